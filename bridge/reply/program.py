"""What programs put into a mail: their own line, a gateway's warning, the frame of PGP, a scanner's picture.

A line counts only where it stands alone. The phrases are data of the languages; what a line says is kept, for it is
asked several times while its mail is cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .cardlines import RULE
from .contact import Found
from .languages import LANGUAGES, forms
from .legal import ONESELF
from .lines import PICTURE, Line, count, fold, holds, paragraphs
from .notices import BANNERS, BANNERS_OF, DAYS, DEVICES, HEEDS, SHOUTS, VIRUS
from .parts import Kind

K9 = 7
"""Words of the plea at most that K-9 puts behind its name: "Please excuse my brevity"."""
TAG = 4
"""Words of a gateway's mark at most, as in "[EXTERNAL EMAIL]"; more name sender, links or files."""
ARMOUR = 60
"""Lines of a PGP signature at most."""

_VOWELS = str.maketrans("", "", "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
"""Arabic is written with its vowel marks or without."""
_SENT = tuple(
    {fold(form).translate(_VOWELS): 0 for language in LANGUAGES for form in forms(language.sent_from)}
)
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
_ADVERT = re.compile(
    r"\b(?:Outlook|BlueMail|AquaMail|TypeApp|Yahoo Mail|Proton Mail|Edison Mail|Spark|myMail)\b"
    r"[\w\s]{0,24}\b(?:iOS|Android)\w{0,3}(?:[\s]\w{1,12}){0,2}$"
)
_DEVICE = re.compile(
    "|".join(
        # A short word stands alone; a longer one may have an ending, and scripts without spaces have no bounds.
        (r"(?<![a-z0-9])" if device.isascii() else "")
        + re.escape(device)
        + (r"(?![a-z0-9])" if device.isascii() and len(device) < 5 and device not in ("ipad", "ipod") else "")
        for device in DEVICES
    )
)
_REF = re.compile(r"\[? ?ref:[\w!.]{4,60}:ref ?\]?$")
"""By which Salesforce knows an answer to a case."""
_TARGET = re.compile(r"[<(]?https?://[^\s<>()]{1,300}[>)]?")
_AROUND = " \t*_[]()<>-–—~.!|\"'\ufffc"
_WARNS = re.compile(r"do(?: not|n't) click(?: on)? links|exercise caution|from outside of|outside of your")
_SPEAKS = re.compile(r"(?<!\w)(?:i|i'm|i've|i'd|my|me|mine)(?!\w)")
_OF_SENDER = (
    *(phrase for phrase in BANNERS if not _WARNS.match(phrase)),
    "unless you",
    "sender",
    "this email",
    "this e-mail",
    "this message",
)
"""What a gateway's warning names; a person who warns of a mail that goes round does not."""
_SCANNER_LINKS = ("avast.com/", "avg.com/", "/sig-email")
_ADVERT_LINKS = (
    "//aka.ms/o0ukef",
    "//aka.ms/AAb9ysg",
    "//aka.ms/GetOutlookFor",
    "avast.com/sig-email",
    "avg.com/sig-email",
)
"""Where the lines of Outlook and of scanners lead, in whatever language."""
_SENT_INSIDE = (*(form for form in _SENT_LONG if not form.isascii()), "gönderildi", "omról küldve")


def banner(lines: Sequence[Line], start: int, end: int) -> dict[int, Found]:
    """The warning that a gateway puts above the words."""
    found: dict[int, Found] = {}
    seen = 0
    for run in paragraphs(lines, range(start, min(end, start + 12))):
        seen += len(run)
        text = fold(" ".join(lines[place].text for place in run))
        if is_banner(text, len(run)):
            sure = count(text, BANNERS) > 1
            found.update((place, Found(Kind.CLIENT, "external-sender banner", sure)) for place in run)
        elif not RULE.match(text):
            break
    return found


def is_banner(text: str, size: int) -> bool:
    """Is a paragraph (case folded, of `size` lines) a gateway's warning?"""
    return (
        len(text) < 700
        and _shouts(text)
        and count(text, BANNERS) >= (1 if size < 4 else 2)
        and (not _WARNS.search(text) or (holds(text, _OF_SENDER) and not _SPEAKS.search(text)))
        and not _is_persons(text)
        and (len(text.split()) <= TAG or count(text, BANNERS) > 1 or holds(text, HEEDS))
    )


def _is_persons(text: str) -> bool:
    """Does one who warns name a day, or himself in the language of the warning? A gateway does neither."""
    return holds(text, DAYS) or any(
        language in ONESELF and holds(text, phrases) and ONESELF[language].search(text)
        for language, phrases in BANNERS_OF.items()
    )


def _shouts(text: str) -> bool:
    head = text.lstrip(" [*_!#⚠️-")[:60]
    return head.startswith(SHOUTS)


def client_lines(lines: Sequence[Line], start: int, end: int) -> dict[int, Found]:
    """Lines of a mail program that stand alone, wherever they stand."""
    found: dict[int, Found] = {}
    for place in range(start, end):
        text = lines[place].text
        if text.startswith("-----BEGIN PGP S"):
            found.update((here, Found(Kind.CLIENT, "PGP", True)) for here in _armour(lines, place, end))
        if text == PICTURE and holds(lines[place].markdown, _SCANNER_LINKS):
            found[place] = Found(Kind.CLIENT, "a scanner's picture", True)
        if not text or len(text) > 160:
            continue
        last = place + 1 == end
        if not last and (lines[place + 1].text or (place > start and lines[place - 1].text)):
            continue  # asked first, for most lines stand among others
        if client_line(text) or ("://" in lines[place].markdown and _is_advert(lines[place])):
            found[place] = Found(Kind.CLIENT, "client line", True)
    return found


def _is_advert(line: Line) -> bool:
    """A link to a mail program for a telephone, as in "Get Outlook for iOS", in whatever language."""
    if "://" not in line.markdown:
        return False
    if len(line.text) < 70 and holds(line.markdown, _ADVERT_LINKS):
        return True
    if not holds(line.text, ("iOS", "Android")):
        return False
    text = _TARGET.sub("", line.text).strip(_AROUND)
    return len(text) < 70 and len(text.split()) < 9 and bool(_ADVERT.search(text))


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


@lru_cache(maxsize=2048)
def client_line(text: str) -> bool:
    """Did a mail program add this line, as in "Sent from my iPhone"? Kept, as above."""
    if len(text) > 160:
        return False
    if text.endswith(("ref", "ref ]", "ref]")) and _REF.match(text):
        return True
    text = (_TARGET.sub("", text) if "http" in text else text).replace("[", "").replace("]", "")
    folded = fold(text).strip(_AROUND)
    if not folded.isascii():
        folded = folded.translate(_VOWELS)
    if folded[:3] not in _HEADS and folded.isascii() and "vir" not in folded:
        return False
    if folded in _SENT or _GET.match(folded):
        return True
    folded, mail, excuse = folded.partition("k-9 mail")
    pleads = excuse[:1] == "." and "." not in folded and len(excuse.split()) <= K9
    folded += mail if pleads else mail + excuse
    if text.rstrip().endswith(".") and len(folded.split()) > 9 and not _MINE.search(folded):
        return False
    if folded.startswith(_SENT_LONG):
        label, colon, value = folded.partition(": ")
        if colon and value and _DEVICE.search(label):
            return False  # a line of a list: what was sent from there
        named = len(folded) < 90 and len(folded.split()) < 15 and bool(_DEVICE.search(folded))
        return named or bool(_MY.match(text.strip(_AROUND)))
    if folded.isascii() and "vir" not in folded:
        return False
    if len(folded) < 60 and holds(folded, VIRUS):
        return True
    if len(folded) > 60 or not holds(folded, _SENT_INSIDE):
        return False
    return bool(_DEVICE.search(folded))
