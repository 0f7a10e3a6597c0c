"""Where an earlier mail begins: separators, header blocks and attribution lines, in the languages of `languages`.

An opening is found at a line and never reaches further than a bounded number of lines, so that the search is linear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .attribution import attribution, verb
from .headers import bare_block, header_block, label
from .lines import Hint, Line, fold, told
from .openings import COLONS, LONGEST, Opening, words

NEAR = 8
"""Lines that an attribution is wrapped over, with those between it and the quote below it."""
PLEA = 12
"""Characters at least in which a system of tickets asks to write above its marker."""
_ORIGINAL = words("original")
_FORWARDED = words("forwarded")
_FORWARD_PREFIXES = frozenset(words("fwd"))
_NAMED = (
    "forwarded by ",
    "weitergeleitet von ",
    "transféré par ",
    "forwarded message from ",
    "end forwarded message",
    "end of forwarded message",
)
# One class first, so that the search skips from sign to sign: a third of the time of the plain alternatives.
_SIGN = re.compile(r"[:：@<\d\-_=*~─—–#](?:(?<=[:：@<\d])|[-_=*~─—–#])")
_INDENTED = ("    ", "\t")
HEADS = 40
"""Lines of other heads above one that are looked at."""
RAW = 12
"""Fields of a mail's head above its sender that are looked at."""
_FIELD = re.compile(r"[A-Z][A-Za-z]{1,20}(?:-[A-Za-z]{1,20}){0,4}: \S")
_TRAVELLED = (
    "Received: from",
    "Received: by",
    "Return-Path: ",
    "Delivered-To: ",
    "Received-SPF: ",
    "DKIM-Signature: ",
    "ARC-Seal: ",
    "Authentication-Results: ",
    "Message-ID: ",
    "Message-Id: ",
    "MIME-Version: ",
    "X-",
)
_DASHES = " \t-_=*~─—–−>•#+"
_PREFIX = re.compile(
    r"\s*(?:\[[^\]\n]{0,60}\]\s*)?([^\W\d_][\w. -]{0,20}?)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]"
)


def is_forward_subject(subject: str) -> bool:
    """Does the subject's outermost prefix say that the mail was passed on?"""
    found = _PREFIX.match(subject[:200])
    return bool(found) and fold(found.group(1)) in _FORWARD_PREFIXES  # type: ignore[union-attr]


def opening(lines: Sequence[Line], place: int) -> Opening | None:
    """What introduces an earlier mail at `place`, or None."""
    return opening_at(lines, place) if may_open(lines, place) else None


def opening_at(lines: Sequence[Line], place: int) -> Opening | None:
    """What introduces an earlier mail at a `place` that `may_open`, or None."""
    if not lines[place].text or len(lines[place].text) > LONGEST:
        return None
    found = (
        separator(lines, place)
        or header_block(lines, place)
        or bare_block(lines, place)
        or attribution(lines, place)
    )
    return None if found and found.headers and _is_example(lines, found) else found


def _is_example(lines: Sequence[Line], found: Opening) -> bool:
    """Is a header block indented below words that are not? A person shows a mail's head so, no program does.

    So is one without the sender's address below a colon, or with an address alone, or with a sentence for a
    sender, or with a date without a digit; one with no date at all below a question too. The head of a mail as it
    travels is one, below a colon.
    """
    if found.reason == "header block" and _is_raw(lines, found):
        return True
    sender, date = found.fields.get("sender", ""), found.fields.get("date", "")
    if not sender and found.start and label(lines[found.start - 1].text):
        return True  # the rest of a head that was taken for one that is shown
    bare = not sender.strip(" <>*").count(" ")
    if not date and found.reason == "header block" and _shown(lines, found, (*COLONS, "?")):
        return True  # a draft: what a program quotes was sent on some day
    if ("@" not in sender or bare) and (
        list(found.fields)[:2] != ["sender", "date"] or found.fields.keys() <= {"sender", "date", "subject"}
    ):
        ends = COLONS if date else (*COLONS, "?")
        shown = _shown(lines, found, ends)
        if (shown and found.reason == "header block") or (sender.endswith(".") and len(sender.split()) > 3):
            return True
    if date and found.reason == "header block" and not any(map(str.isdigit, date)):
        return True  # "Date: today"
    inside = [line for line in lines[found.start : found.end] if not line.blank]
    if len(inside) < 2 or not all(line.markdown.startswith(_INDENTED) for line in inside):
        return False
    for place in range(found.start - 1, max(found.start - 20, -1), -1):
        if not lines[place].blank and not lines[place].markdown.startswith(_INDENTED):
            return lines[place].depth == 0
    return False


def _shown(lines: Sequence[Line], found: Opening, ends: tuple[str, ...]) -> bool:
    """Does the line above say, with one of these ends, that a block is shown, and no markup that a program made it?

    It may be one of several heads, with nothing but blank lines between.
    """
    first = here = found.start
    while here > max(found.start - HEADS, 0) and (lines[here - 1].blank or label(lines[here - 1].text)):
        here -= 1
        first = first if lines[here].blank else here
    return told(lines, first, ends) and lines[found.start].hint is Hint.NONE


def _is_raw(lines: Sequence[Line], found: Opening) -> bool:
    """Is it a mail's head as it travels, which a person shows below a colon? No program quotes the way of a mail."""
    first = found.start
    while first > max(found.start - RAW, 0) and _FIELD.match(lines[first - 1].text):
        first -= 1
    near = lines[first : found.end + 1]
    return any(line.text.startswith(_TRAVELLED) for line in near) and told(lines, first)


def may_open(lines: Sequence[Line], place: int) -> bool:
    """A quick look: an opening holds a colon, a digit, an address or a rule on its first line, or just below."""
    line = lines[place]
    if not line.text:
        return False
    if line.hint is not Hint.NONE or _signed(line.text):
        return True
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    return _signed(below) or _says(line.text)


def openers(lines: Sequence[Line]) -> list[bool]:
    """For each line without marks whether it `may_open`.

    A verb of saying alone opens nothing where no sign and no quote stands near below: most lines are not asked for
    one (2 us each).
    """
    found = [False] * len(lines)
    near, below = len(lines) + NEAR, False
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        text = line.text
        if line.depth:
            near, below = place, True
        elif not text:
            below = False
        elif line.hint is not Hint.NONE or _signed(text):
            near, below, found[place] = place, True, True
        else:
            signed = below and _signed(lines[place + 1].text)
            alone = near - place > NEAR and text[0] not in _DASHES and not text.endswith(COLONS)
            found[place] = signed or (not alone and _says(text))
            below = False
    return found


@lru_cache(maxsize=2048)
def _signed(text: str) -> bool:
    """Holds a colon, a digit, an address or a rule. Kept: a line is asked four times while its mail is cleaned."""
    return bool(_SIGN.search(text))


@lru_cache(maxsize=2048)
def _says(text: str) -> bool:
    """Ends with a verb of saying. Kept, as above."""
    return bool(verb(text[-40:]))


def separator(lines: Sequence[Line], place: int) -> Opening | None:
    """A known phrase between dashes, or alone above a header block; the block belongs to it."""
    text = lines[place].text
    core = fold(text.strip(_DASHES)).rstrip(":：. ")
    if not core:
        return _ruled(lines, place)
    if (
        text.startswith("##-") and text.endswith("-##") and len(core) > PLEA
    ):  # "Reply above this line", in any language
        return Opening(place, place + 1, "original message separator")
    if len(core) > 120:
        return _run_together(lines, place) if text.startswith("--") else None
    dashed = text[:2].strip(_DASHES) == "" and len(text) > len(core) + 3
    if core == "original" and not dashed:
        return None
    forward = core in _FORWARDED or (dashed and core.startswith(_NAMED))
    if not forward and core not in _ORIGINAL:
        framed = dashed and text[-2:].strip(_DASHES) == "" and len(core.split()) <= 6
        return (_run_together(lines, place) if text.startswith("--") else None) or (
            _ruled(lines, place) if framed else None
        )
    follows = _next(lines, place + 1, lines[place].depth)
    block = None if follows is None else header_block(lines, follows, sure=True)
    if block is not None:
        return Opening(
            place, block.end, f"{_kind(forward)}, {_code(core)}", forward, True, block.fields, language=block.language
        )  # fmt: skip
    if core == "original" or (not dashed and not (forward and text.rstrip().endswith(COLONS))):
        return None
    quote = None if follows is None else attribution(lines, follows)
    end, said = (place + 1, "") if quote is None else (quote.end, quote.attribution)
    return Opening(place, end, f"{_kind(forward)}, {_code(core)}", forward, False, {}, said)


def _run_together(lines: Sequence[Line], place: int) -> Opening | None:
    """A separator and a header block that a mail program ran together into one line."""
    line = lines[place]
    phrase, dashes, rest = line.text.strip("-– ").partition("--")
    core = fold(phrase.strip(_DASHES))
    if not dashes or not (core in _FORWARDED or core in _ORIGINAL):
        return None
    block = header_block([Line(rest.strip(_DASHES), "", line.depth, line.hint)], 0, sure=True)
    if block is None:
        return None
    forward = core in _FORWARDED
    return Opening(place, place + 1, f"{_kind(forward)}, {_code(core)}", forward, True, block.fields)


def _kind(forward: bool) -> str:
    return "forward separator" if forward else "original message separator"


def _code(core: str) -> str:
    return _FORWARDED.get(core) or _ORIGINAL.get(core) or "en"


def _ruled(lines: Sequence[Line], place: int) -> Opening | None:
    """A rule straight above a header block belongs to the block."""
    if len(lines[place].text) < 3:
        return None
    follows = _next(lines, place + 1, lines[place].depth)
    block = None if follows is None else header_block(lines, follows)
    if block is None:
        return None
    return Opening(
        place, block.end, block.reason, False, True, block.fields, language=block.language
    )  # fmt: skip


def _next(lines: Sequence[Line], place: int, depth: int) -> int | None:
    """The next line that is not blank, at this depth, at most three lines on."""
    for here in range(place, min(place + 4, len(lines))):
        if not lines[here].blank:
            return here if lines[here].depth in (depth, depth + 1) else None
    return None
