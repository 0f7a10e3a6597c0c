"""Days as people write them: `2026-11-03`, `3.11.`, `3 November`, `le 3 novembre 2026`, `2 weeks`, `Friday`.

Seven languages, read together. `3/11/2026` is the third of November, but in English it could be the eleventh of March
as well: then it is nobody's guess. A day without a year is the next one of its kind. Text comes in as `commands.plain`
gives it, and is read up to 60 characters. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

TEXT_MAX = 60
FARTHEST = 2 * 366
"""The longest vacation, in days."""

_MONTHS = (
    "january januar janvier enero gennaio janeiro januari janner",
    "february februar fevrier febrero febbraio fevereiro februari",
    "march marz maerz mars marzo marco maart mrt mrz",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre settembre setembro sept",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
)
_WEEKDAYS = (
    "monday montag lundi lunes lunedi segunda maandag",
    "tuesday dienstag mardi martes martedi terca dinsdag",
    "wednesday mittwoch mercredi miercoles mercoledi quarta woensdag",
    "thursday donnerstag jeudi jueves giovedi quinta donderdag",
    "friday freitag vendredi viernes venerdi sexta vrijdag",
    "saturday samstag sonnabend samedi sabado sabato zaterdag",
    "sunday sonntag dimanche domingo domenica zondag",
)
_TOMORROW = frozenset("tomorrow morgen demain manana domani amanha".split())
_UNITS = {
    1: "day days tag tage tagen jour jours dia dias giorno giorni dag dagen",
    7: "week weeks woche wochen semaine semaines semana semanas settimana settimane weken",
    30: "month months monat monate monaten mois mes meses mese mesi maand maanden",
}
_NUMBERS = (
    "one a an ein eine einen einer un une uno una um uma een",
    "two zwei deux dos due dois duas twee",
    "three drei trois tres tre drie",
    "four vier quatre cuatro quattro quatro",
    "five funf fuenf cinq cinco cinque vijf",
    "six sechs seis sei zes",
)
_SMALL = frozenset(
    "until till to for the of on bis zum zu am an auf der den dem fur fuer jusqu jusque au a le la du de des pendant "
    "pour hasta el dia del durante por fino al alla per il ate ao o os tot en met voor op feira next nachsten "
    "naechsten".split()
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})(?:\s?[./-]\s?(\d{4}|\d{2})?)?")
_WORD = re.compile(r"\d{1,4}|[a-z]{1,20}")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|e|o|a)\b")


class Unclear(ValueError):
    """A day that cannot be told: `why` is `form`, `ambiguous`, `past` or `far`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def until(text: str, today: date, language: str = "en") -> date:
    """The day that a text names, after `today`. Raises `Unclear`."""
    day = _read(text[:TEXT_MAX], today, language)
    if day <= today:
        raise Unclear("past")
    if day > today + timedelta(days=FARTHEST):
        raise Unclear("far")
    return day


def is_day(text: str) -> bool:
    """Whether a text is a day or a length of time and nothing else, whatever today is."""
    try:
        _read(text[:TEXT_MAX], date(2024, 1, 1), "en")
    except Unclear as fault:
        return fault.why != "form"
    return True


def _read(text: str, today: date, language: str) -> date:
    text = _ORDINAL.sub("", text.strip(" .,;:!\"'"))
    bare = _without_small(text)
    if iso := _ISO.fullmatch(bare):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if numeric := _NUMERIC.fullmatch(bare):
        return _numeric(numeric, today, language)
    words = [word for word in _WORD.findall(text) if word not in _SMALL or _number(word) == 1]
    if re.sub(r"[\s.,'’-]", "", text) != "".join(_WORD.findall(text)):
        raise Unclear("form")
    return _relative(words, today) or _written(words, today)


def _without_small(text: str) -> str:
    """A text without small words and weekdays before its first digit."""
    found = re.search(r"\d", text)
    head = _WORD.findall(text[: found.start()]) if found else []
    known = all(word in _SMALL or _index(_WEEKDAYS, word) is not None for word in head)
    return text[found.start() :].strip() if found and known else text


def _numeric(found: re.Match[str], today: date, language: str) -> date:
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) if found[4] else None
    if year is not None and year < 100:
        year += 2000
    if found[2] != "." and language == "en":
        if second > 12:
            first, second = second, first
        elif first <= 12 and first != second:
            raise Unclear("ambiguous")
    return _day(year, second, first) if year else _next(today, second, first)


def _written(words: list[str], today: date) -> date:
    """Day, month in words, and perhaps a year, in either order: at most a weekday beside them."""
    rest = [word for word in words if _index(_WEEKDAYS, word) is None and _index(_MONTHS, word) is None]
    months = [month for word in words if (month := _index(_MONTHS, word)) is not None and word not in rest]
    numbers = [int(word) for word in rest if word.isdigit()]
    rest = [word for word in rest if not word.isdigit() and word not in _SMALL]
    if rest or len(months) != 1 or not 1 <= len(numbers) <= 2 or len(words) > 5:
        raise Unclear("form")
    day = next((number for number in numbers if number < 32), 0)
    years = [number for number in numbers if number > 31]
    if len(numbers) - len(years) != 1:
        raise Unclear("form")
    return _day(years[0], months[0] + 1, day) if years else _next(today, months[0] + 1, day)


def _relative(words: list[str], today: date) -> date | None:
    """A length of time, tomorrow, or a weekday by itself."""
    if len(words) == 1:
        if words[0] in _TOMORROW:
            return today + timedelta(days=1)
        weekday = _index(_WEEKDAYS, words[0])
        return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    size, number = (_unit(words[1]), _number(words[0])) if len(words) == 2 else (None, None)
    if size is None or number is None:
        return None
    if number * size > FARTHEST:
        raise Unclear("far")
    return _months(today, number) if size == 30 else today + timedelta(days=number * size)


def _months(today: date, number: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + number, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear("form") from None


def _next(today: date, month: int, day: int) -> date:
    """The next such day; a 29 February may be years ahead."""
    for year in range(today.year, today.year + 9):
        if 1 <= month <= 12 and day == 29 and month == 2 and monthrange(year, 2)[1] == 28:
            continue
        if (found := _day(year, month, day)) > today:
            return found
    raise Unclear("form")


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return next((n for n, names in enumerate(_NUMBERS, 1) if word in names.split()), None)


def weekday(text: str) -> int | None:
    """The weekday that a word names in any of our languages, 0 for Monday."""
    bare = unicodedata.normalize("NFKD", text[:TEXT_MAX].casefold())
    words = "".join(c for c in bare if not unicodedata.combining(c)).replace("-", " ").split()
    return _index(_WEEKDAYS, words[0]) if words and words[1:] in ([], ["feira"]) else None


def _unit(word: str) -> int | None:
    return next((size for size, names in _UNITS.items() if word in names.split()), None)


@cache
def _index(table: tuple[str, ...], word: str) -> int | None:
    """The row of a table where a name is `word`, or begins with its three letters or more in no other row."""
    if len(word) < 3:
        return None
    exact = [row for row, names in enumerate(table) if word in names.split()]
    rows = exact or [row for row, names in enumerate(table) if any(n.startswith(word) for n in names.split())]
    return rows[0] if len(rows) == 1 else None
