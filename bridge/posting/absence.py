"""When somebody who is away will be back, by his absence note: "until 14 August", "bis zum 3.11.", "back on Monday".

Seven languages, by the words that come before such a day; the day itself is read by `dates`. Only the first 2,000
characters are read, and a day more than 90 days ahead is not believed. Pure.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from .commands import plain
from .dates import Unclear, until

READ = 2_000
FARTHEST = timedelta(days=90)
WORDS = 6
_BEFORE = re.compile(
    r"\b(?:until|till|through|back (?:in the office )?on|back|"
    r"return(?:ing)?(?: to the office)? on|bis(?: einschliesslich)?|"
    r"zuruck (?:am|ab)|wieder (?:am|ab|erreichbar ab|da ab)|ab dem|jusqu'?\s?au|jusqu’au|de retour le|a partir du|"
    r"hasta(?: el)?|a partir del|de vuelta el|fino al?|torno il|a partire dal|ate(?: o dia)?|de volta em|a partir de|"
    r"tot(?: en met)?|terug op|vanaf)\s"
)
_STOP = re.compile(r"[.!?;\n(](?:\s|$)|\n")


def back(text: str, today: date) -> date | None:
    """The last day that the text names as the end of an absence, None where it names none after today."""
    lowered = plain(text[:READ])
    days = [day for found in _BEFORE.finditer(lowered) if (day := _day(lowered[found.end() :], today))]
    return max(days, default=None)


def _day(rest: str, today: date) -> date | None:
    """The longest run of the first words that is a day."""
    words = _STOP.split(rest[:80], maxsplit=1)[0].split()[:WORDS]
    for length in range(len(words), 0, -1):
        try:
            day = until(" ".join(words[:length]).rstrip(".,"), today)
        except Unclear:
            continue
        return day if day <= today + FARTHEST else None
    return None
