"""What stands below an author's words and is not his: signature, contact block, client line, footer, notice.

A signature is sure behind `-- ` (RFC 3676 section 4.3) or in an element that the mail program calls so; else it is
guessed by what its lines hold, and a guess never folds a sentence, a sign-off or a name. Only the last TRAIL lines of
a run of words are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import contact
from .cardlines import RULE, about, cardlike, postscript, reaches, tells
from .contact import CARD, DELIMITERS, Found, Writer, card, signs_off
from .footers import TRAIL, begins_footer, footer, last_lines
from .legal import legal_notice, may_hold
from .lines import Hint, Line, count, fold, holds, paragraphs, told
from .notices import BANNERS, HEADINGS, HOURS, LETTERS
from .parts import Kind
from .program import client_line, is_banner

MOTTO = 25
"""Words below a delimiter at most that may be a saying; more are the author's own, where nobody is named."""
MARKS = ('"', "'", "“", "”", "„", "«", "»", "‘", "「", "『")
"""What a person begins a text with that he shows."""
VERSE = 50
"""Characters of a verse at most."""
NOTE = re.compile(r"\[\d{1,2}\]")
DELIMITED = 25
"""Lines below a delimiter at most; more are no signature."""


_ENDS = (".", "!", "?", "…", "。", "！", "？")


def mark(lines: Sequence[Line], start: int, end: int, who: Writer) -> dict[int, Found]:
    """What of the lines `start` to `end` is not the author's words, by place."""
    found: dict[int, Found] = {}
    for place in range(start, end):
        if lines[place].hint is Hint.SIGNATURE and lines[place].text:
            found[place] = _inside(lines[place].text, "signature, by markup")
    end = footer(lines, start, end, found)
    end = _delimited(lines, start, end, found, who)
    for _ in range(12):
        left = [place for place in last_lines(lines, start, end) if place not in found]
        if not left or not (_last_paragraph(lines, left, who, found) or card(lines, left, who, found)):
            break
    _notices_between(lines, start, end, found)
    return found


def _notices_between(lines: Sequence[Line], start: int, end: int, found: dict[int, Found]) -> None:
    """Folds a legal notice straight below a contact block, though words follow: a postscript."""
    if not any(mark.kind is Kind.SIGNATURE for mark in found.values()):
        return
    above = -1
    for run in paragraphs(lines, last_lines(lines, start, end)):
        mark = found.get(above)
        above = run[-1]
        if mark is None or mark.kind is not Kind.SIGNATURE or any(place in found for place in run):
            continue
        reason = legal_notice(fold(" ".join(lines[place].text for place in run)), below=True)
        if reason:
            found.update((place, Found(Kind.DISCLAIMER, reason, False)) for place in run)


def _inside(text: str, reason: str) -> Found:
    """A line in the element of a signature: a sentence there is folded only where words stand elsewhere."""
    if client_line(text):
        return Found(Kind.CLIENT, "client line", True)
    return Found(Kind.SIGNATURE, reason, not _sentence(text))


def _sentence(text: str) -> bool:
    return (
        len(text.split()) > 6 and text.endswith((".", "!", "?", "…", "。")) and not legal_notice(fold(text))
    )


def mark_sure(lines: Sequence[Line], start: int, end: int, who: Writer) -> dict[int, Found]:
    """The signature between words and a quote, where markup or an exact delimiter (RFC 3676 section 4.3) says so."""
    found: dict[int, Found] = {}
    below = 0
    for place in range(end - 1, start - 1, -1):
        line = lines[place]
        if line.hint is Hint.SIGNATURE and not line.blank:
            found[place] = _inside(line.text, "signature, by markup")
        if below <= 8 and (
            (line.markdown == "-- " and not _resumes(lines, place, start, end, who))
            or (line.text == "--" and contact.is_card(lines, place + 1, end))
        ):
            for here in range(place, end):
                found[here] = Found(Kind.SIGNATURE, "below the signature delimiter", True)
        below += not line.blank
    return found


def _delimited(lines: Sequence[Line], start: int, end: int, found: dict[int, Found], who: Writer) -> int:
    """Folds what stands below a signature delimiter; gives the new end of the words."""
    below = 0
    first = end
    code = _code(lines, start, end)
    for place in range(end - 1, start - 1, -1):
        line = lines[place]
        if line.blank:
            continue
        if line.text in DELIMITERS and _by_markup(lines, place, end):
            found[place] = Found(Kind.SIGNATURE, "signature, by markup", True)
        elif place in code:
            pass
        elif line.text in DELIMITERS and (line.text == "--" or below <= 10):
            if _resumes(lines, place, start, end, who) or _amid_comments(lines, place, start, end):
                return end
            if line.markdown != "-- " and _parts_words(lines, place, start, end, who):
                return end
            first = place
        below += 1
        if below > DELIMITED:
            break
    exact = first < end and (
        lines[first].markdown == "-- "
        or any(line.text and not contact.is_rule(line.text) for line in lines[start:first])
    )
    _fold_below(lines, first, end, found, exact=exact)
    return first


def _fold_below(lines: Sequence[Line], first: int, end: int, found: dict[int, Found], *, exact: bool) -> None:
    """Folds a delimiter and what stands below it, up to a postscript; `exact`: it is a delimiter beyond doubt."""
    for place in range(first, end):
        if postscript(lines[place].text) and lines[place - 1].blank:
            break
        text = fold(lines[place].text)
        notice = legal_notice(text, below=True) if len(text) > 80 else ""
        kind = Kind.DISCLAIMER if notice else Kind.SIGNATURE
        sure = exact and not _sentence(lines[place].text)
        found.setdefault(place, Found(kind, "below the signature delimiter", sure or kind is Kind.DISCLAIMER))


def _code(lines: Sequence[Line], start: int, end: int) -> frozenset[int]:
    """The lines inside blocks of code: a delimiter there is part of a program."""
    fences = [place for place in range(start, end) if lines[place].markdown.startswith("```")]
    pairs = zip(fences[::2], fences[1::2], strict=False)
    return frozenset(place for first, last in pairs for place in range(first, last))


def _by_markup(lines: Sequence[Line], place: int, end: int) -> bool:
    """Does markup say how far the signature below a delimiter goes, with other words behind it?"""
    hinted = [here for here in range(place + 1, min(end, place + DELIMITED)) if not lines[here].blank]
    last = max((here for here in hinted if lines[here].hint is Hint.SIGNATURE), default=-1)
    return (
        bool(hinted) and last >= hinted[0] and lines[hinted[0]].hint is Hint.SIGNATURE and last < hinted[-1]
    )


def _parts_words(lines: Sequence[Line], place: int, start: int, end: int, who: Writer) -> bool:
    """Does a delimiter that is not exact part what an author says, rather than end it?"""
    return (
        _introduced(lines, place, start)
        or _ends_asking(lines, place, end)
        or _is_bullet(lines, place, end)
        or (place > start and lines[place - 1].text.startswith(lines[place].text + " "))
        or _notes_follow(lines, place, start, end)
        or _goes_on(lines, place, end, who)
        or _divides(lines, place, start, end, who)
        or _parts_verses(lines, place, start, end, who)
    )


def _amid_comments(lines: Sequence[Line], place: int, start: int, end: int) -> bool:
    """Is it a blank line of a comment in a program, with others that begin so below it and above?"""
    near = range(max(start, place - DELIMITED), place)
    return _is_bullet(lines, place, end) and any(
        lines[here].text.startswith(lines[place].text + " ") for here in near
    )


def _parts_verses(lines: Sequence[Line], place: int, start: int, end: int, who: Writer) -> bool:
    """Do verses stand above and below, nothing else below: short lines of which the last ends a sentence?"""
    above = paragraphs(lines, last_lines(lines, start, place))[-1:]
    below = paragraphs(lines, range(place + 1, end))
    return len(below) == 1 and bool(above) and all(_is_verse(lines, run, who) for run in (above[0], below[0]))


def _is_verse(lines: Sequence[Line], run: Sequence[int], who: Writer) -> bool:
    texts = [lines[place].text for place in run]
    return (
        1 < len(texts) <= CARD
        and texts[-1].endswith(_ENDS)
        and texts[0].endswith((",", ";", *_ENDS))
        and all(len(text.split()) > 2 and len(text) < VERSE for text in texts)
        and not any(reaches(text) or about(text) or signs_off(text, who) for text in texts)
    )


def _is_bullet(lines: Sequence[Line], place: int, end: int) -> bool:
    """Does a line of a list or of comments, which begins with the same dashes, stand below?"""
    return place < end - 1 and lines[place + 1].text.startswith(lines[place].text + " ")


def _ends_asking(lines: Sequence[Line], place: int, end: int) -> bool:
    """Is a question the last paragraph below? Then a person goes on there."""
    last = next((here for here in range(end - 1, place, -1) if not lines[here].blank), place)
    return last > place + 1 and lines[last - 1].blank and lines[last].text.endswith("?")


def _notes_follow(lines: Sequence[Line], place: int, start: int, end: int) -> bool:
    """Is a footnote below, as in "[1] https://...", to which the words above point?"""
    mark = NOTE.match(lines[place + 1].text) if place + 1 < end else None
    return mark is not None and any(
        mark.group() in lines[here].text for here in last_lines(lines, start, place)
    )


def _goes_on(lines: Sequence[Line], place: int, end: int, who: Writer) -> bool:
    """Is there nothing but prose below: a question, or more than a motto, with nothing to reach anybody by?

    His sign-off or name may end it.
    """
    texts = [line.text for line in lines[place + 1 : end] if not line.blank]
    while len(texts) > 1 and signs_off(texts[-1], who):
        texts.pop()
    if not texts or len(texts[0].split()) < 5 or any(map(reaches, texts)):
        return False
    words = sum(len(text.split()) for text in texts)
    said = len(texts) == 1 and (texts[0].endswith("?") or _tells(texts[0]))
    return said or _ends_first(lines, place, end) or (words > MOTTO and texts[-1].endswith(_ENDS))


def _ends_first(lines: Sequence[Line], place: int, end: int) -> bool:
    """Is the first of several paragraphs below a sentence, and none about the mail?"""
    runs = paragraphs(lines, range(place + 1, end))
    text = fold(" ".join(lines[here].text for here in runs[0]))
    return len(runs) > 1 and text.endswith(_ENDS) and not holds(text, LETTERS) and not about(text)


def _resumes(lines: Sequence[Line], place: int, start: int, end: int, who: Writer) -> bool:
    """Does the author show a signature, and go on below it? His own name ends what he says, or a colon began it."""
    runs = [[lines[here].text for here in run] for run in paragraphs(lines, range(place + 1, end))]
    size = sum(map(len, runs))
    while runs and signs_off(runs[-1][-1], who):
        runs[-1].pop()
        if not runs[-1]:
            runs.pop()
    if len(runs) < 2 or any(signs_off(text, who) for text in runs[0]):
        return False
    text = " ".join(runs[-1])
    if not _tells(text) or reaches(text) or holds(fold(text), HOURS) or legal_notice(fold(text), below=True):
        return False
    return sum(map(len, runs)) < size or any(
        lines[here].text.endswith((":", "：")) and lines[here + 1].blank
        for here in range(max(start, place - TRAIL), place)
    )


def _divides(lines: Sequence[Line], place: int, start: int, end: int, who: Writer) -> bool:
    """Are such delimiters rules between verses? They stand more than once, and nobody is named or reached below."""
    near = range(max(start, place - DELIMITED), min(end, place + DELIMITED))
    same = [here for here in near if lines[here].text == lines[place].text]
    if len(same) < 2 or not any(line.text for line in lines[start : same[0]]):
        return False
    below = [lines[here].text for here in range(same[0] + 1, end) if lines[here].text and here not in same]
    return len(below) >= len(same) and not any(
        reaches(text) or signs_off(text, who) or begins_footer(text) or client_line(text)
        for text in below[:TRAIL]
    )


def _tells(text: str) -> bool:
    """Is it a sentence, and not one about the mail that it stands in?"""
    return text.endswith(".") and tells(text, half=True) and not holds(fold(text), LETTERS)


def _introduced(lines: Sequence[Line], place: int, start: int) -> bool:
    """Does the line above end with a colon? Then it is about what stands below: a list, no signature."""
    for here in range(place - 1, max(start, place - 4) - 1, -1):
        if not lines[here].blank:
            return lines[here].text.endswith((":", "：")) and lines[here].depth == 0
    return False


def _last_paragraph(lines: Sequence[Line], left: list[int], who: Writer, found: dict[int, Found]) -> bool:
    """Marks the last paragraph if it is a notice, or its last line if a program wrote it."""
    run = paragraphs(lines, left)[-1]
    closed = []
    while len(run) > 1 and RULE.match(lines[run[-1]].text):
        closed.append(run.pop())
    own = _below_name(lines, run, who)
    above = lines[left[-len(run) - len(closed) - 1]].text if len(left) > len(run) + len(closed) else ""
    reached = len(above) < 60 and reaches(above)
    below = len(own) < len(run) or bool(above and (reached or signs_off(above, who) or RULE.match(above)))
    below = below or any(mark.kind is Kind.DISCLAIMER for place, mark in found.items() if place > run[-1])
    rest = left[: -len(run) - len(closed)]
    below = below or _is_twin(lines, own, rest) or _below_card(lines, rest)
    if _notice_or_line(lines, own, found, below=below):
        found.update((place, Found(Kind.SIGNATURE, "rule below a notice", False)) for place in closed)
        return True
    run += closed[::-1]
    if RULE.match(lines[run[-1]].text):
        if not any(place > run[-1] for place in found):
            return False
        found[run[-1]] = Found(Kind.SIGNATURE, "rule above a signature", False)
        return True
    if fold(lines[run[-1]].text).strip(" *_:：#-") in HEADINGS and any(
        found[place].kind is Kind.DISCLAIMER for place in found if place > run[-1]
    ):
        found[run[-1]] = Found(Kind.DISCLAIMER, "heading of a notice", False)
        return True
    return False


def _below_card(lines: Sequence[Line], above: list[int]) -> bool:
    """Does a sign-off stand above, with nothing below it but what a contact block may hold?"""
    for place in reversed(above[-contact.CARD :]):
        if contact.closing(lines[place].text):
            return True
        if not cardlike(lines[place].text) or tells(lines[place].text):
            return False
    return False


def _is_twin(lines: Sequence[Line], run: Sequence[int], above: list[int]) -> bool:
    """Is a paragraph a notice, and the one above it one in another language that needs no sign-off to be known?"""
    if not above:
        return False
    text = fold(" ".join(lines[place].text for place in run))
    if not may_hold(text) or "?" in text:
        return False
    other = fold(" ".join(lines[place].text for place in paragraphs(lines, above)[-1]))
    if not may_hold(other) or not (reason := legal_notice(text, below=True)):
        return False
    return legal_notice(other) not in ("", reason)


def _below_name(lines: Sequence[Line], run: list[int], who: Writer) -> list[int]:
    """What of a paragraph stands below the author's sign-off or name, both his words; all of it without them."""
    for number in range(len(run) - 2, -1, -1):
        if signs_off(lines[run[number]].text, who):
            return run[number + 1 :]
    return run


def _notice_or_line(lines: Sequence[Line], run: list[int], found: dict[int, Found], *, below: bool) -> bool:
    for size in (1, 2, 3):
        text = " ".join(lines[place].text for place in run[-size:])
        if len(run) >= size and client_line(text):
            found.update((place, Found(Kind.CLIENT, "client line", True)) for place in run[-size:])
            return True
    text = fold(" ".join(lines[place].text for place in run[:12]))
    if below and is_banner(text, len(run)) and count(text, BANNERS) > 1:
        found.update((place, Found(Kind.CLIENT, "external-sender banner", False)) for place in run)
        return True
    whole = fold(" ".join(lines[place].text for place in run))
    if not may_hold(whole):
        return False
    if _is_shown(lines, run[0], whole):
        return False
    for first in range(len(run)):
        reason = ""
        if first == 0 or _begins_notice(lines[run[first]].text):
            text = fold(" ".join(lines[place].text for place in run[first:])) if first else whole
            reason = legal_notice(text, below=below or first > 0)
        if reason:
            found.update((place, Found(Kind.DISCLAIMER, reason, False)) for place in run[first:])
            return True
        if first > 20:
            break
    return False


def _is_shown(lines: Sequence[Line], place: int, text: str) -> bool:
    """Is a text (case folded) in quotation marks introduced by words of the author's that end with a colon?"""
    return text.startswith(MARKS) and told(lines, place)


def _begins_notice(text: str) -> bool:
    folded = fold(text).lstrip(" *_#-")
    return bool(legal_notice(folded)) or folded.startswith(
        (
            "disclaimer",
            "confidential",
            "notice",
            "this email",
            "this e-mail",
            "this message",
            "the information",
            "diese e-mail",
            "ce message",
            "este ",
        )
    )
