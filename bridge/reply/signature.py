"""What stands below an author's words and is not his: signature, contact block, client line, footer, notice.

A signature is sure behind `-- ` (RFC 3676 section 4.3) or in an element that the mail program calls so; else it is
guessed by what its lines hold, and a guess never folds a sentence, a sign-off or a name. Only the last TRAIL lines of
a run of words are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .contact import DELIMITERS, RULE, Found, Writer, card, postscript, reaches, signs_off
from .languages import LANGUAGES, forms
from .legal import legal_notice
from .lines import PICTURE, Hint, Line, ascii_only, count, fold, holds, paragraphs
from .notices import BANNERS, DEVICES, FOOTERS, HEADINGS, SHOUTS
from .parts import Kind

TRAIL = 60
MOTTO = 25
"""Words below a delimiter at most that may be a saying; more are the author's own, where nobody is named."""
ARMOUR = 60
"""Lines of a PGP signature at most."""
DELIMITED = 25
"""Lines below a delimiter at most; more are no signature."""


_SENT = tuple({fold(form): 0 for language in LANGUAGES for form in forms(language.sent_from)})
_SENT_LONG = tuple(form for form in _SENT if len(form) > 3 or not form.isascii())
_HEADS = frozenset(form[:3] for form in (*_SENT, "get", "try"))
"""How every line of a mail program begins; other lines in ASCII are dismissed by one look."""


_MY = re.compile(
    r"(?:[Ss]ent (?:from|via|on) my|[Ff]rom [Mm]y|[Ee]nvoyé (?:de|depuis) mon|[Vv]on [Mm]einem|[Ee]nviado desde mi|"
    r"[Ii]nviato dal mio|[Ee]nviado do meu|[Vv]er(?:zonden|stuurd) vanaf mijn|[Ss]kickat från min|[Ss]endt fra min)"
    r" (?:[A-Z][\w-]*|[a-z]+[A-Z]\w*)(?: [\w-]{1,20}){0,6}$"
)
_MINE = re.compile(
    r"(?<!\w)(?:my|mein\w*|mi|mon|mi[oa]|meu|minha|mijn|min|mitt|mit|moj\w*|m[ůéô]\w*|моего|мого|мой)(?!\w)"
)
"""A mail program's line says whose device it is; a long sentence without it is a person's."""
_GET = re.compile(r"(?:get|try) [\w .-]{2,30} for (?:android|ios|iphone|ipad|mac|windows|desktop)$")
_DEVICE = re.compile(
    "|".join(
        # A short word stands alone; a longer one may have an ending, and scripts without spaces have no bounds.
        (r"(?<![a-z0-9])" if device.isascii() else "")
        + re.escape(device)
        + (r"(?![a-z0-9])" if device.isascii() and len(device) < 5 and device not in ("ipad", "ipod") else "")
        for device in DEVICES
    )
)
_FOOTERS = tuple(FOOTERS)
_FOOTER_HEADS = frozenset(phrase[:3] for phrase in FOOTERS)
_FOOTERS_INSIDE = tuple(phrase for phrase in FOOTERS if len(phrase) >= 24 or "/" in phrase or "-=" in phrase)
_FOOTERS_INSIDE_ASCII = ascii_only(_FOOTERS_INSIDE)
_I = re.compile(r"(?<!\w)(?:i|i'm|i've|i'll)(?!\w)")
_ASKS = re.compile(r"\w[?؟？](?=\s|$)")
_TARGET = re.compile(r"[<(]?https?://[^\s<>()]{1,300}[>)]?")
_ENDS = (".", "!", "?", "…", "。", "！", "？")
_AROUND = " \t*_[]()<>-–—~.!|\"'\ufffc"
_WARNS = re.compile(r"do(?: not|n't) click(?: on)? links|exercise caution|from outside of|outside of your")
_OF_SENDER = (
    *(phrase for phrase in BANNERS if not _WARNS.match(phrase)),
    "unless you",
    "sender",
    "this email",
    "this e-mail",
    "this message",
)
"""What a gateway's warning names; a person who warns of a mail that goes round does not."""
_VIRUS = ("virus-free", "virenfrei", "sans virus", "libre de virus")
_SCANNER_LINKS = ("avast.com/", "avg.com/", "/sig-email")
_SENT_INSIDE = (*(form for form in _SENT_LONG if not form.isascii()), "gönderildi", "omról küldve")


def mark(lines: Sequence[Line], start: int, end: int, who: Writer) -> dict[int, Found]:
    """What of the lines `start` to `end` is not the author's words, by place."""
    found: dict[int, Found] = {}
    for place in range(start, end):
        if lines[place].hint is Hint.SIGNATURE and lines[place].text:
            found[place] = _inside(lines[place].text, "signature, by markup")
    end = _footer(lines, start, end, found)
    end = _delimited(lines, start, end, found)
    for _ in range(12):
        left = [place for place in _last(lines, start, end) if place not in found]
        if not left or not (_last_paragraph(lines, left, who, found) or card(lines, left, who, found)):
            break
    return found


def banner(lines: Sequence[Line], start: int, end: int) -> dict[int, Found]:
    """The warning that a gateway puts above the words."""
    found: dict[int, Found] = {}
    seen = 0
    for run in paragraphs(lines, range(start, min(end, start + 12))):
        seen += len(run)
        text = fold(" ".join(lines[place].text for place in run))
        if (
            len(text) < 700
            and _shouts(text)
            and count(text, BANNERS) >= (1 if len(run) < 4 else 2)
            and (holds(text, _OF_SENDER) or not _WARNS.search(text))
        ):
            found.update((place, Found(Kind.CLIENT, "external-sender banner", True)) for place in run)
        elif not RULE.match(text):
            break
    return found


def _inside(text: str, reason: str) -> Found:
    """A line in the element of a signature: a sentence there is folded only where words stand elsewhere."""
    if client_line(text):
        return Found(Kind.CLIENT, "client line", True)
    return Found(Kind.SIGNATURE, reason, not _sentence(text))


def _sentence(text: str) -> bool:
    return (
        len(text.split()) > 6 and text.endswith((".", "!", "?", "…", "。")) and not legal_notice(fold(text))
    )


def mark_sure(lines: Sequence[Line], start: int, end: int) -> dict[int, Found]:
    """The signature between words and a quote, where markup or an exact delimiter (RFC 3676 section 4.3) says so."""
    found: dict[int, Found] = {}
    below = 0
    for place in range(end - 1, start - 1, -1):
        line = lines[place]
        if line.hint is Hint.SIGNATURE and not line.blank:
            found[place] = _inside(line.text, "signature, by markup")
        if below <= 8 and line.markdown == "-- ":
            for here in range(place, end):
                found[here] = Found(Kind.SIGNATURE, "below the signature delimiter", True)
        below += not line.blank
    return found


def client_lines(lines: Sequence[Line], start: int, end: int) -> dict[int, Found]:
    """Lines of a mail program that stand alone, wherever they stand."""
    found: dict[int, Found] = {}
    for place in range(start, end):
        text = lines[place].text
        if text.startswith("-----BEGIN PGP S"):
            found.update((here, Found(Kind.CLIENT, "PGP", True)) for here in _armour(lines, place, end))
        if text == PICTURE and holds(lines[place].markdown, _SCANNER_LINKS):
            found[place] = Found(Kind.CLIENT, "a scanner's picture", True)
        if not text or len(text) > 160 or not client_line(text):
            continue
        alone = (place == start or lines[place - 1].blank) and (place + 1 == end or lines[place + 1].blank)
        if alone or place + 1 == end:
            found[place] = Found(Kind.CLIENT, "client line", True)
    return found


def _armour(lines: Sequence[Line], place: int, end: int) -> range:
    """The lines in which PGP frames a text that it signs: the head with its hash, or the signature."""
    if lines[place].text == "-----BEGIN PGP SIGNED MESSAGE-----":
        last = place
        while last + 1 < min(end, place + 4) and lines[last + 1].text.startswith("Hash:"):
            last += 1
        return range(place, last + 1)
    if lines[place].text == "-----BEGIN PGP SIGNATURE-----":
        for last in range(place, min(end, place + ARMOUR)):
            if lines[last].text == "-----END PGP SIGNATURE-----":
                return range(place, last + 1)
    return range(0)


def _shouts(text: str) -> bool:
    head = text.lstrip(" [*_!#⚠️-")[:60]
    return head.startswith(SHOUTS)


def _last(lines: Sequence[Line], start: int, end: int) -> list[int]:
    places: list[int] = []
    for place in range(end - 1, start - 1, -1):
        if lines[place].text:
            places.append(place)
            if len(places) == TRAIL:
                break
    return places[::-1]


def _footer(lines: Sequence[Line], start: int, end: int, found: dict[int, Found]) -> int:
    """Folds a list's footer at the end; gives the new end of the words."""
    places = _last(lines, start, end)
    for number, place in enumerate(places):
        text = lines[place].text
        ruled = _is_long_rule(text) and "mailing list" in _below(lines, places, number)
        if not ruled and not (_begins_footer(text) and _words_above(lines, place)):
            continue
        first = place
        while number and RULE.match(lines[places[number - 1]].text):
            number -= 1
            first = places[number]
        if first == place and not ruled and not _leads_out(lines, places[number:]):
            continue
        if len(places) - number > 16 or _sentences(lines, places[number:]) > 8:
            continue
        for here in range(first, end):
            found[here] = Found(Kind.FOOTER, "list footer", True)
        return first
    return end


def _leads_out(lines: Sequence[Line], places: list[int]) -> bool:
    """Does a footer with no rule above it give an address or a link, or say two such things? A sentence does not."""
    said = sum(_is_footer(fold(lines[place].text)) for place in places)
    return said > 1 or any("@" in lines[place].markdown or "/" in lines[place].markdown for place in places)


def _words_above(lines: Sequence[Line], place: int) -> bool:
    """Does anything stand above? A footer that begins the mail is its author's sentence."""
    return any(not lines[here].blank for here in range(place))


def _is_own(text: str) -> bool:
    """Does a line (case folded) speak in the first person, or ask something? A list's footer does neither."""
    return bool(_I.search(text)) or bool(_ASKS.search(text))


def _is_long_rule(text: str) -> bool:
    return len(text) > 15 and text[0] in "_-=" and not text.strip("_-=")


@lru_cache(maxsize=2048)
def _begins_footer(text: str) -> bool:
    """Does a list's footer begin with this line? Kept: each line is asked thrice while its mail is cleaned."""
    folded = fold(text)
    return _is_footer(folded) and not _is_own(folded)


def _is_footer(text: str) -> bool:
    """Does a list's footer begin with this line (case folded)? Only long phrases and paths count inside a line."""
    inside = _FOOTERS_INSIDE_ASCII if text.isascii() else _FOOTERS_INSIDE
    return (text[:3] in _FOOTER_HEADS and text.startswith(_FOOTERS)) or (
        len(text) < 300 and holds(text, inside)
    )


def _below(lines: Sequence[Line], places: list[int], number: int) -> str:
    return fold(lines[places[number + 1]].text) if number + 1 < len(places) else ""


def _sentences(lines: Sequence[Line], places: list[int]) -> int:
    return sum(lines[place].text.endswith((".", "!", "?")) for place in places)


def _delimited(lines: Sequence[Line], start: int, end: int, found: dict[int, Found]) -> int:
    """Folds what stands below a signature delimiter; gives the new end of the words."""
    below = 0
    first = end
    for place in range(end - 1, start - 1, -1):
        line = lines[place]
        if line.blank:
            continue
        if line.text in DELIMITERS and (line.text == "--" or below <= 10):
            if line.markdown != "-- " and (
                _introduced(lines, place, start)
                or _ends_asking(lines, place, end)
                or _goes_on(lines, place, end)
            ):
                return end
            first = place
        below += 1
        if below > DELIMITED:
            break
    for place in range(first, end):
        if postscript(lines[place].text) and lines[place - 1].blank:
            break
        text = fold(lines[place].text)
        notice = legal_notice(text, below=True) if len(text) > 80 else ""
        kind = Kind.DISCLAIMER if notice else Kind.SIGNATURE
        sure = not _sentence(lines[place].text) or kind is Kind.DISCLAIMER
        found.setdefault(place, Found(kind, "below the signature delimiter", sure))
    return first


def _ends_asking(lines: Sequence[Line], place: int, end: int) -> bool:
    """Is a question the last paragraph below? Then a person goes on there."""
    last = next((here for here in range(end - 1, place, -1) if not lines[here].blank), place)
    return last > place + 1 and lines[last - 1].blank and lines[last].text.endswith("?")


def _goes_on(lines: Sequence[Line], place: int, end: int) -> bool:
    """Is there nothing but prose below: a question, or more than a motto, with no name and nothing to reach one by?"""
    texts = [line.text for line in lines[place + 1 : end] if not line.blank]
    if not texts or len(texts[0].split()) < 5 or any(map(reaches, texts)):
        return False
    words = sum(len(text.split()) for text in texts)
    return texts[-1].endswith("?") if len(texts) == 1 else words > MOTTO and texts[-1].endswith(_ENDS)


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
    below = len(own) < len(run) or bool(above and (signs_off(above, who) or RULE.match(above)))
    below = below or any(mark.kind is Kind.DISCLAIMER for place, mark in found.items() if place > run[-1])
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
    for first in range(len(run)):
        reason = ""
        if first == 0 or _begins_notice(lines[run[first]].text):
            text = fold(" ".join(lines[place].text for place in run[first:]))
            reason = legal_notice(text, below=below or first > 0)
        if reason:
            found.update((place, Found(Kind.DISCLAIMER, reason, False)) for place in run[first:])
            return True
        if first > 20:
            break
    return False


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


@lru_cache(maxsize=2048)
def client_line(text: str) -> bool:
    """Did a mail program add this line, as in "Sent from my iPhone"? Kept, as above."""
    if len(text) > 160:
        return False
    text = (_TARGET.sub("", text) if "http" in text else text).replace("[", "").replace("]", "")
    folded = fold(text).strip(_AROUND)
    if folded[:3] not in _HEADS and folded.isascii() and "vir" not in folded:
        return False
    if folded in _SENT or _GET.match(folded):
        return True
    if text.rstrip().endswith(".") and len(folded.split()) > 9 and not _MINE.search(folded):
        return False
    if folded.startswith(_SENT_LONG):
        named = len(folded) < 90 and len(folded.split()) < 15 and bool(_DEVICE.search(folded))
        return named or bool(_MY.match(text.strip(_AROUND)))
    if folded.isascii() and "vir" not in folded:
        return False
    if len(folded) < 60 and holds(folded, _VIRUS):
        return True
    if len(folded) > 60 or not holds(folded, _SENT_INSIDE):
        return False
    return bool(_DEVICE.search(folded))
