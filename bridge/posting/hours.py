"""Hours, weekdays and stretches of quiet as people write them behind a command, in seven languages. Pure.

    hour("18:00") -> 18     weekday("freitag") -> 4     quiet("22-7") -> (22, 7)     quiet("off") -> ()

None for what is none of these. Limits: 40 characters; whole hours.
"""

from __future__ import annotations

import re

from .dates import weekday

__all__ = ["hour", "is_zone", "quiet", "weekday"]

LENGTH = 40
_HOUR = r"(\d{1,2})(?:[:.h]?00)?\s?(?:h|uhr|uur|hours?|heures?|horas?|ore)?"
_ONE = re.compile(_HOUR)
_FROM, _TO = r"(?:from |von |de |das |dalle |van )?", r"(?:-|–|to|until|bis|a|as|alle|ate|tot)"
_TWO = re.compile(rf"{_FROM}{_HOUR}\s?{_TO}\s?{_HOUR}")
_OFF = frozenset("off none no aus keine aucune non ninguna nessuna nenhuma nao uit geen".split())
_ZONE = re.compile(r"utc|[a-z]{2,20}/[a-z_+-]{2,30}(?:/[a-z_+-]{2,30})?")


def hour(text: str) -> int | None:
    """An hour of the day, 0 to 23."""
    found = _ONE.fullmatch(text[:LENGTH].strip().lower())
    return int(found[1]) if found and int(found[1]) < 24 else None


def quiet(text: str) -> tuple[int, int] | tuple[()] | None:
    """From which hour to which nothing comes; empty for none at all."""
    text = text[:LENGTH].strip().lower()
    if text in _OFF:
        return ()
    found = _TWO.fullmatch(text)
    hours = (int(found[1]), int(found[2])) if found else None
    return hours if hours and max(hours) < 24 and hours[0] != hours[1] else None


def is_zone(text: str) -> bool:
    """Whether a text has the form of a time zone's name."""
    return bool(_ZONE.fullmatch(text[:LENGTH].strip().lower()))
