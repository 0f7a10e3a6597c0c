"""Digest hours and quiet hours on clocks that are changed: by examples, and as properties over all sorts of zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bridge.fanout.timetable import LAST, Rhythm, at_hour, local, next_digest, quiet_end, zone_name

HOUR = 3_600_000_000
DAY = 24 * HOUR
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Whole hours, half hours, a change at midnight, one of half an hour, none, a day left out, Ramadan, far east and west.
ZONES = (
    "Europe/Brussels", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana", "UTC",
    "Asia/Beirut", "Pacific/Apia", "Africa/Casablanca", "Asia/Tehran", "Pacific/Kiritimati", "America/Sao_Paulo",
    "Africa/Cairo", "America/St_Johns", "Atlantic/Azores",
)  # fmt: skip
FROM, TO = 1_230_768_000_000_000, 2_000_000_000_000_000
hours = st.integers(0, 23)
moments = st.integers(FROM, TO)
rhythms = st.builds(Rhythm, st.sampled_from(ZONES), hours, st.integers(0, 6), hours, hours)
BRUSSELS = Rhythm("Europe/Brussels", 7)


def utc(text: str) -> int:
    """Microseconds of a time in UTC."""
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)


def test_the_hour_of_a_day_is_that_of_its_own_clock() -> None:
    assert next_digest(BRUSSELS, "daily", utc("2026-01-10 05:59")) == utc("2026-01-10 06:00")
    assert next_digest(BRUSSELS, "daily", utc("2026-01-10 06:00")) == utc("2026-01-11 06:00")
    assert next_digest(BRUSSELS, "daily", utc("2026-07-10 05:00")) == utc("2026-07-11 05:00")
    assert next_digest(Rhythm("Asia/Kolkata", 0), "daily", utc("2026-02-28 18:00")) == utc("2026-02-28 18:30")


def test_months_and_years_end() -> None:
    assert next_digest(BRUSSELS, "daily", utc("2027-02-28 12:00")) == utc("2027-03-01 06:00")
    assert next_digest(BRUSSELS, "daily", utc("2028-02-28 12:00")) == utc("2028-02-29 06:00")
    assert next_digest(BRUSSELS, "weekly", utc("2026-12-29 12:00")) == utc("2027-01-04 06:00")
    sunday = Rhythm("UTC", 23, 6)
    assert next_digest(sunday, "weekly", utc("2026-11-29 23:00")) == utc("2026-12-06 23:00")


def test_an_hour_that_does_not_exist_is_the_moment_after_the_gap() -> None:
    early = Rhythm("Europe/Brussels", 2)
    assert next_digest(early, "daily", utc("2026-03-28 12:00")) == utc("2026-03-29 01:00")  # 3:00 summer time
    assert next_digest(early, "daily", utc("2026-03-29 01:00")) == utc("2026-03-30 00:00")
    midnight = Rhythm("Asia/Beirut", 0)
    assert local(next_digest(midnight, "daily", utc("2026-03-28 12:00")), "Asia/Beirut").hour == 1


def test_of_an_hour_that_exists_twice_the_first_counts() -> None:
    early = Rhythm("Europe/Brussels", 2)
    assert next_digest(early, "daily", utc("2026-10-24 12:00")) == utc("2026-10-25 00:00")
    assert next_digest(early, "daily", utc("2026-10-25 00:00")) == utc("2026-10-26 01:00")
    assert next_digest(early, "daily", utc("2026-10-25 01:00")) == utc(
        "2026-10-26 01:00"
    )  # 2:00 again: no second


def test_a_day_that_was_left_out_has_no_second_digest() -> None:
    apia = Rhythm("Pacific/Apia", 7)  # 30 December 2011 never came there
    first = next_digest(apia, "daily", utc("2011-12-29 18:00"))
    assert next_digest(apia, "daily", first) - first == DAY


def test_who_is_away_gets_it_after_his_return() -> None:
    back = utc("2026-05-10 06:00")
    away = Rhythm("Europe/Brussels", 7, 2, away_until=back)
    assert away.away(back - 1) and not away.away(back)
    assert next_digest(away, "daily", utc("2026-05-01 00:00")) == utc("2026-05-11 05:00")
    assert next_digest(away, "weekly", utc("2026-05-01 00:00")) == utc("2026-05-13 05:00")
    assert next_digest(away, "daily", utc("2026-06-01 00:00")) == utc("2026-06-01 05:00")
    exactly = Rhythm("UTC", 6, away_until=back)
    assert next_digest(exactly, "daily", utc("2026-05-01 00:00")) == back
    assert next_digest(Rhythm(away_until=LAST * 9), "daily", FROM) < LAST + 2 * DAY


@pytest.mark.parametrize(
    ("begin", "end", "now", "until"),
    [
        (22, 7, "2026-01-10 21:30", "2026-01-11 06:00"),
        (22, 7, "2026-01-10 04:00", "2026-01-10 06:00"),
        (22, 7, "2026-01-10 06:00", None),
        (22, 7, "2026-01-10 20:59", None),
        (9, 17, "2026-01-10 08:00", "2026-01-10 16:00"),
        (0, 6, "2026-03-29 00:30", "2026-03-29 04:00"),  # a night of five hours
        (0, 6, "2026-10-24 22:30", "2026-10-25 05:00"),  # and one of seven
        (22, 2, "2026-03-29 00:30", "2026-03-29 01:00"),  # 2:00 does not exist
        (2, 3, "2026-10-25 00:30", "2026-10-25 02:00"),  # 2:30 comes twice
        (7, 7, "2026-01-10 06:30", None),
    ],
)
def test_quiet_hours_end(begin: int, end: int, now: str, until: str | None) -> None:
    rhythm = Rhythm("Europe/Brussels", quiet_from=begin, quiet_to=end)
    assert quiet_end(rhythm, utc(now)) == (utc(until) if until else None)


def test_zones_are_found_by_what_people_type() -> None:
    assert zone_name("europe/brussels ") == "Europe/Brussels"
    assert zone_name("New York") == zone_name("new_york") == "America/New_York"
    assert zone_name("utc") == "UTC"
    assert [zone_name(raw) for raw in ("", "Mars", "../etc/passwd", "Europe", "x" * 9999)] == [None] * 5
    assert local(0, "No/Such_Zone").tzinfo == ZoneInfo("UTC")
    assert at_hour(datetime(2026, 1, 10, tzinfo=UTC).date(), 0, "Europe/Brussels") == utc("2026-01-09 23:00")


@settings(max_examples=200, deadline=None)
@given(rhythms, moments, st.sampled_from(("daily", "weekly")))
@example(Rhythm("Pacific/Apia", 7, 4), utc("2011-12-29 12:00"), "weekly")
def test_a_digest_comes_once_a_period_at_its_hour(rhythm: Rhythm, now: int, pace: str) -> None:
    times = [now]
    for _ in range(4):
        times.append(next_digest(rhythm, pace, times[-1]))  # type: ignore[arg-type]
    period, slack = (DAY, 2 * HOUR) if pace == "daily" else (7 * DAY, DAY + 2 * HOUR)
    assert now < times[1] <= now + (period + slack if pace == "daily" else 14 * DAY)
    for before, after in pairwise(times[1:]):
        at = local(after, rhythm.timezone)
        assert at.hour == rhythm.hour or _skipped(rhythm, after)
        if pace == "daily":
            assert abs(after - before - period) <= slack
        else:
            assert after - before <= 14 * DAY and at.weekday() in (rhythm.weekday, (rhythm.weekday + 1) % 7)


@settings(max_examples=100, deadline=None)
@given(rhythms, moments, st.floats(0, 1))
def test_the_next_digest_stays_the_next_until_it_comes(rhythm: Rhythm, now: int, part: float) -> None:
    then = next_digest(rhythm, "daily", now)
    between = now + int((then - 1 - now) * part)
    assert next_digest(rhythm, "daily", between) == then
    assert next_digest(rhythm, "daily", then) > then


@settings(max_examples=200, deadline=None)
@given(rhythms, moments)
@example(Rhythm("America/St_Johns", 0, 0, 22, 0), utc("2010-11-07 02:45"))
def test_quiet_hours_end_at_the_first_hour_that_is_not_quiet(rhythm: Rhythm, now: int) -> None:
    end = quiet_end(rhythm, now)
    if end is None:
        return
    assert now < end <= now + 25 * HOUR and quiet_end(rhythm, end) is None
    step = max(1, (end - now) // 40)
    assert all(quiet_end(rhythm, at) is not None for at in range(now, end, step))


def _skipped(rhythm: Rhythm, at: int) -> bool:
    """Has the clock just been moved on over the digest hour?"""
    before, after = local(at - 3 * HOUR, rhythm.timezone), local(at, rhythm.timezone)
    return before.utcoffset() != after.utcoffset()
