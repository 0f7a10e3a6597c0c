"""The footers of mailing lists and newsletters below the words of a mail.

A footer begins with a phrase of its language, below a rule or with a link; people speak of lists too, so a sentence of
their own, or one that begins the mail, is none. Only the last TRAIL lines of a run of words are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .cardlines import RULE
from .contact import Found
from .lines import Line, ascii_only, covering, fold, holds, told
from .notices import FOOTERS, TOLD_WHY, WAYS_OUT
from .parts import Kind

TRAIL = 60
PROSE = 40
"""Characters of a line above which it is no link, name or heading."""
WHY = 4
"""Lines at most in which a newsletter says why one gets it, and how not to."""

_FOOTERS = tuple(FOOTERS)
_FOOTERS_INSIDE = tuple(phrase for phrase in FOOTERS if len(phrase) >= 24 or "/" in phrase or "-=" in phrase)
_FOOTERS_INSIDE_ASCII = ascii_only(_FOOTERS_INSIDE)
_FOOTER_PIECES = covering(
    ("subscri", "mailing list", "receiv", " this email", "-=-=-", "invited to reply", "message online"),
    _FOOTERS_INSIDE,
)
_BEGINS = (*FOOTERS, *TOLD_WHY)
_HEADS = frozenset(phrase[:3] for phrase in _BEGINS)
_I = re.compile(r"(?<!\w)(?:i|i'm|i've|i'll)(?!\w)")
_ASKS = re.compile(r"\w[?؟？](?=\s|$)")


def last_lines(lines: Sequence[Line], start: int, end: int) -> list[int]:
    """The last TRAIL lines with words between `start` and `end`."""
    places: list[int] = []
    for place in range(end - 1, start - 1, -1):
        if lines[place].text:
            places.append(place)
            if len(places) == TRAIL:
                break
    return places[::-1]


def footer(lines: Sequence[Line], start: int, end: int, found: dict[int, Found]) -> int:
    """Folds a list's footer at the end; gives the new end of the words."""
    places = last_lines(lines, start, end)
    suspects = _suspects([lines[place].text for place in places])
    for number, place in enumerate(places):
        if suspects and not suspects[number]:
            continue
        text = lines[place].text
        ruled = _is_long_rule(text) and "mailing list" in _below(lines, places, number)
        if not ruled and _says_why(lines, places, number) and _words_above(lines, place):
            found.update(
                (here, Found(Kind.FOOTER, "a newsletter's footer", False)) for here in range(place, end)
            )
            return place
        if not ruled and not (begins_footer(text) and _words_above(lines, place)):
            continue
        first = place
        while number and RULE.match(lines[places[number - 1]].text):
            number -= 1
            first = places[number]
        if first == place and not ruled and (told(lines, place) or not _leads_out(lines, places[number:])):
            continue
        if first == place == places[-1] and not ruled and len(lines[place - 1].text) > PROSE:
            continue  # a last line of the author's own paragraph
        if first == place and not ruled and _is_own(fold(lines[places[-1]].text)):
            continue
        if len(places) - number > 16 or _sentences(lines, places[number:]) > 8:
            continue
        for here in range(first, end):
            found[here] = Found(Kind.FOOTER, "list footer", True)
        return first
    return end


def _suspects(texts: Sequence[str]) -> list[bool]:
    """Which lines may begin a footer; none are told apart where all may. All are asked at once (60 -> 15 us)."""
    whole = fold("\n".join(texts))
    lines = whole.split("\n")
    if len(lines) != len(texts) or holds(whole, _FOOTER_PIECES):
        return []
    return [line[:3] in _HEADS and line.startswith(_BEGINS) for line in lines]


def _says_why(lines: Sequence[Line], places: list[int], number: int) -> bool:
    """Does a last paragraph or two say why one gets this mail, and with a link how not to? A letter does not end so."""
    if len(places) - number > WHY or not fold(lines[places[number]].text).startswith(TOLD_WHY):
        return False
    texts = [lines[place].text for place in places[number:]]
    linked = any(
        "://" in lines[place].markdown or "mailto:" in lines[place].markdown for place in places[number:]
    )
    return linked and holds(fold(" ".join(texts)), WAYS_OUT)


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
def begins_footer(text: str) -> bool:
    """Does a list's footer begin with this line? Kept: each line is asked thrice while its mail is cleaned."""
    folded = fold(text)
    return _is_footer(folded) and not _is_own(folded)


def _is_footer(text: str) -> bool:
    """Does a list's footer begin with this line (case folded)? Only long phrases and paths count inside a line."""
    inside = _FOOTERS_INSIDE_ASCII if text.isascii() else _FOOTERS_INSIDE
    return (text[:3] in _HEADS and text.startswith(_FOOTERS)) or (len(text) < 300 and holds(text, inside))


def _below(lines: Sequence[Line], places: list[int], number: int) -> str:
    return fold(lines[places[number + 1]].text) if number + 1 < len(places) else ""


def _sentences(lines: Sequence[Line], places: list[int]) -> int:
    return sum(lines[place].text.endswith((".", "!", "?")) for place in places)
