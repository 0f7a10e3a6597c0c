"""When a person wants to be written to: his next digest, the end of his quiet hours, his return from vacation.

Times are microseconds UTC; hours and weekdays are those of the person's own clock. An hour that a change of the clock
leaves out stands for the moment at which the clock has moved on; of an hour that comes twice the first one counts. So
there is one digest a day, and one a week, whatever the clocks do. Pure: `now` is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

Pace = Literal["daily", "weekly"]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LAST = 4_102_444_800_000_000
"""The year 2100, in microseconds UTC: the end of all vacations, far from where calendars end."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A person's hours: those of a day are 0 to 23 in `timezone`, weekday 0 is Monday, `away_until` is UTC.

    Quiet are the hours from `quiet_from` until `quiet_to`, over midnight too; none where these are equal or absent.
    """

    timezone: str = "UTC"
    hour: int = 7
    weekday: int = 0
    quiet_from: int | None = None
    quiet_to: int | None = None
    away_until: int | None = None

    def away(self, now: int) -> bool:
        """Is he on vacation at that moment?"""
        return self.away_until is not None and now < self.away_until


def next_digest(rhythm: Rhythm, pace: Pace, now: int) -> int:
    """The first digest hour after `now`, and not before the return of somebody who is away; microseconds UTC."""
    if rhythm.away_until is not None:
        now = max(now, min(rhythm.away_until, LAST) - 1)
    clock = zone(rhythm.timezone)
    for day in _days(now, clock, 16):
        if pace == "daily" or day.weekday() == rhythm.weekday:
            at = _moment(day, rhythm.hour, 0, clock)
            if at > now:
                return at
    return now + 7 * 86_400_000_000  # no zone leaves out two of the same weekday in a row


def quiet_end(rhythm: Rhythm, now: int) -> int | None:
    """When the quiet hours end that `now` lies in, in microseconds UTC; None outside of them."""
    clock = zone(rhythm.timezone)
    if rhythm.quiet_to is None or not _quiet(rhythm, now, clock):
        return None
    ends = (
        at for day in _days(now, clock, 4) for fold in (0, 1)
        if (at := _moment(day, rhythm.quiet_to, fold, clock)) > now and not _quiet(rhythm, at, clock)
    )  # fmt: skip
    return min(ends, default=None)


@lru_cache(512)
def zone(name: str) -> ZoneInfo:
    """The time zone of that name; UTC for a name that nobody knows any more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def zone_name(raw: str) -> str | None:
    """The proper name of a zone that somebody typed, as in "europe/brussels" or "New York"; None if there is none."""
    wanted = "_".join(raw.strip().casefold().split())
    return _zones().get(wanted) if wanted else None


@lru_cache(1)
def _zones() -> dict[str, str]:
    """Zone names by their small letters; the city alone will do where only one zone has it."""
    names = sorted(available_timezones())
    whole = {name.casefold(): name for name in names}
    cities: dict[str, set[str]] = {}
    for name in names:
        area, _, city = name.rpartition("/")
        if area and not area.startswith(("posix", "right", "Etc", "SystemV")):
            cities.setdefault(city.casefold(), set()).add(name)
    return {city: min(found) for city, found in cities.items() if len(found) == 1} | whole


def local(now: int, timezone: str) -> datetime:
    """A moment on the clock of a zone."""
    return (EPOCH + now * MICROSECOND).astimezone(zone(timezone))


def at_hour(day: date, hour: int, timezone: str) -> int:
    """When that hour of a day comes in a zone, in microseconds UTC."""
    return _moment(day, hour, 0, zone(timezone))


def _days(now: int, clock: ZoneInfo, n: int) -> Iterator[date]:
    """The days around a moment, from the day before on: a clock may have gone back over midnight."""
    today = (EPOCH + now * MICROSECOND).astimezone(clock).date()
    return (today + timedelta(days=days) for days in range(-1, n - 1))


def _moment(day: date, hour: int, fold: int, clock: ZoneInfo) -> int:
    return (datetime.combine(day, time(hour, fold=fold), clock) - EPOCH) // MICROSECOND


def _quiet(rhythm: Rhythm, now: int, clock: ZoneInfo) -> bool:
    begin, end = rhythm.quiet_from, rhythm.quiet_to
    if begin is None or end is None or begin == end:
        return False
    hour = (EPOCH + now * MICROSECOND).astimezone(clock).hour
    return begin <= hour < end if begin < end else hour >= begin or hour < end
