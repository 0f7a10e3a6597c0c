"""When somebody who is away will be back, by his absence note: "until 14 August", "vom 3. bis 14.8.", "back on Monday".

Seven languages. A day counts behind a word such as "until", at the end of a stretch of days ("du 3 au 14 août"), and
behind "on" in a sentence that speaks of returning; the day itself is read by `dates`. The first such day holds: what
follows is about others as often as not ("Tom is here until the 20th"). Only the first 2,000 characters are read, and a
day more than 90 days ahead is not believed. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from .commands import plain
from .dates import Unclear, is_day, until

READ = 2_000
FARTHEST = timedelta(days=90)
WORDS = 6
_UNTIL = re.compile(
    r"\b(?:until|till|through|thru|back (?:in the office )?on|back|returning|return(?:ing)?(?: to the office)? on)\s"
)
_UNTIL_ELSEWHERE = re.compile(
    r"\b(?:bis(?: einschliesslich| inkl\.?| einschl\.?)?|ab dem|jusqu'?\s?au|jusqu’au|de retour le|a partir du|"
    r"hasta(?: el)?|a partir del|fino al?|a partire dal|ate(?: o dia| ao dia)?|a partir de|tot(?: en met)?|t/m|vanaf)\s"
)
_ON = re.compile(r"\b(?:on|am|ab|ab dem|le|il|el|em|no dia|op|dal|date:?|am:)\s")
_RETURN = re.compile(
    r"\b(?:back|return|returning|wieder|zuruck|retour|reviens|reviendrai|rentre|rentrerai|vuelvo|volvere|vuelta|regreso|"
    r"regresare|reincorpor\w+|torno|tornero|rientro|rientrero|volto|voltarei|regresso|regressarei|terug|weer)\b"
)
_STRETCH = re.compile(
    r"(?:\b(?:to|bis(?: zum)?|au|al|a|as|ate(?: o dia)?|tot(?: en met)?|t/m|through|thru|and|und)\s|[-–—]\s?)"
    r"(?=(?:[a-z]{2,12},?\s){0,3}\d)"
)
_STRETCH_BEGINS = re.compile(r"(?:\d|[a-z]{3})\.?,?\s?$")
_OTHERS = re.compile(
    r"\b(?:(?<!not )here|open|valid|register|apply|geoffnet|gultig|ouverte?s?|valables?|abiert[oa]s?|apert[oaie]|"
    r"abert[oa]s?|geldig)\s$"
)
"""What stands before a day that is no absence's: "open until"."""
_STOP = re.compile(r"[!?;\n(]|(?<!\d)(?<!\b[a-z]{3})\.(?:\s|$)")
_HOUR = re.compile(r"(?<=\d)t\d\d:[\d:.z+-]{2,20}")


def back(text: str, today: date) -> date | None:
    """The first day that the text names as the end of an absence, None where it names none after today."""
    lowered = _HOUR.sub("", plain(text[:READ]))
    named = [*_untils(lowered, today), *_returns(lowered, today), *_stretches(lowered, today)]
    return min(named)[1] if named else None


def _untils(text: str, today: date) -> Iterator[tuple[int, date]]:
    """Where days behind "until" stand, and these; `3/8/2026` is in doubt in English alone."""
    for words, language in ((_UNTIL, "en"), (_UNTIL_ELSEWHERE, "")):
        for found in words.finditer(text):
            day = _day(text[found.end() :], today, language)
            if day and not _OTHERS.search(text, max(0, found.start() - 30), found.start()):
                yield found.start(), day


def _returns(text: str, today: date) -> Iterator[tuple[int, date]]:
    """Days behind "on" in a sentence about returning: "am 17. August wieder im Büro"."""
    for found in _ON.finditer(text):
        before, after = text[max(0, found.start() - 60) : found.start()], text[found.end() :][:80]
        sentence = f"{_STOP.split(before)[-1]} {_STOP.split(after, maxsplit=1)[0]}"
        if _RETURN.search(sentence) and (day := _day(text[found.end() :], today)):
            yield found.start(), day


def _stretches(text: str, today: date) -> Iterator[tuple[int, date]]:
    """The ends of stretches that begin with a day, or its number alone: "3 August to 14 August", "3-14 August"."""
    for found in _STRETCH.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        if not (_STRETCH_BEGINS.search(before) and _ends_in_day(before)):
            continue
        day = _day(text[found.end() :], today, figures=True)
        if day:
            yield found.start(), day


def _ends_in_day(text: str) -> bool:
    words = text.split()[-WORDS:]
    number = words[-1].rstrip(".") if words else ""
    if number.isdigit() and 1 <= int(number) <= 31:
        return True
    return any(
        any(map(str.isdigit, run)) and is_day(run)
        for at in range(len(words))
        for run in [" ".join(words[at:])]
    )


def _day(rest: str, today: date, language: str = "en", *, figures: bool = False) -> date | None:
    """The longest run of the first words that is a day; `figures`: one of the calendar, no length of time."""
    words = _STOP.split(rest[:80], maxsplit=1)[0].split()[:WORDS]
    for length in range(len(words), 0, -1):
        run = " ".join(words[:length]).rstrip(".,)")
        try:
            day = until(run, today, language)
        except Unclear:
            continue
        if figures and _is_span(run, today):
            return None
        return day if day <= today + FARTHEST else None
    return None


def _is_span(run: str, today: date) -> bool:
    """Whether a run of words means another day on another day and bears a number: "4 days", "2 weeks"."""
    try:
        return until(run, today) != until(run, today - timedelta(days=1))
    except Unclear:
        return False
