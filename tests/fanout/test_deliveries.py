"""Each person once, for the strongest of all reasons, when he wants it, and nobody what he has already (promise O6)."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

import pytest

from bridge.fanout.deliveries import Planned, Subscriber, Timing, plan, timing
from bridge.fanout.timetable import Rhythm, next_digest

NOW = 1_800_000_000_000_000  # 2027-01-15 08:00 UTC
HOUR = 3_600_000_000
ADA = Subscriber(1, "ada@garden.test", "each", False)
BEN = Subscriber(2, "ben@garden.test", "each", True)
CY = Subscriber(3, "cy@garden.test", "none", False)
DEE = Subscriber(4, "Dee@garden.test", "each", False)


def _told(author: int = 9, copied: Container[int] = (), told: Container[int] = ()) -> list[int]:
    everyone = [ADA, BEN, CY, DEE, ADA]
    return [one.person_id for one in plan(everyone, author_id=author, copied=copied, told=told)]


def test_each_subscriber_once_and_who_wants_none_gets_none() -> None:
    assert _told() == [1, 2, 4]
    assert plan([ADA], author_id=9, now=5) == [Planned(1, "ada@garden.test", "subscribed", due=5)]


def test_O6_an_author_gets_his_own_post_only_where_he_wants_it() -> None:
    assert _told(author=1) == [2, 4]
    assert _told(author=2) == [1, 2, 4]
    assert plan([BEN], author_id=2)[0].reason == "own post"
    for changed in (
        {"mode": "daily"},
        {"mode": "mentions"},
        {"choice": "mute"},
        {"choice": "weekly"},
        {"muted": True},
    ):
        assert plan([replace(BEN, **changed)], author_id=2) == []  # type: ignore[arg-type]
    assert plan([replace(BEN, choice="follow")], author_id=2)[0].reason == "own post"


def test_O6_who_was_copied_or_told_gets_no_second_copy() -> None:
    assert _told(copied={1, 4}) == [2]
    assert _told(told={1, 2}) == [4]
    assert _told(author=2, copied={2}) == [1, 2, 4]
    mentioned = replace(ADA, mentioned=True, choice="follow", mode="daily")
    assert plan([mentioned], author_id=9, copied={1}) == plan([mentioned], author_id=9, told={1}) == []


def test_O6_what_waits_in_a_digest_is_told_at_once_where_another_list_wants_that() -> None:
    assert plan([replace(ADA, mode="weekly")], author_id=9, collected={1}) == []
    assert plan([ADA], author_id=9, collected={1})[0].state == "waiting"
    away = replace(ADA, rhythm=Rhythm(away_until=NOW + HOUR))
    assert plan([away], author_id=9, collected={1}, now=NOW) == []


def test_a_subscriber_without_an_address_is_left_out() -> None:
    assert plan([Subscriber(5, "", "each", False)], author_id=9) == []


# What reaches whom: the mode, the choice for the thread, a muted branch, a mention; then the state and the reason.
MATRIX = """
each                       waiting subscribed
each mention               waiting mentioned
each follow                waiting followed
each mute                  -
each mute mention          -
each branch                -
each branch follow         -
each branch mention        -
daily                      digest  subscribed
daily mention              digest  mentioned
daily follow               waiting followed
daily follow mention       waiting followed
daily mute                 -
daily branch follow        -
weekly                     digest  subscribed
weekly mute                -
mentions                   -
mentions mention           waiting mentioned
mentions follow            waiting followed
mentions mute mention      -
mentions branch mention    -
none                       -
none mention               -
none follow                waiting followed
none follow mention        waiting followed
each ~daily                digest  subscribed
each ~weekly mention       digest  mentioned
each ~mentions             -
each ~mentions mention     waiting mentioned
daily ~weekly              digest  subscribed
weekly ~daily              digest  subscribed
none ~daily                digest  subscribed
none ~mentions mention     waiting mentioned
mentions ~daily            digest  subscribed
each ~daily branch         -
none ~daily guest          waiting guest
none mute                  -
none guest                 waiting guest
none guest mention         waiting guest
none guest mute            -
"""


@pytest.mark.parametrize("line", MATRIX.strip().splitlines())
def test_what_reaches_whom(line: str) -> None:
    wishes, expected = line[:27].split(), line[27:].split()
    one = Subscriber(
        1,
        "ada@garden.test",
        wishes[0],  # type: ignore[arg-type]
        choice=next((w.strip("~") for w in wishes if w in ("follow", "mute") or w[0] == "~"), ""),  # type: ignore[arg-type]
        muted="branch" in wishes,
        mentioned="mention" in wishes,
        guest="guest" in wishes,
    )
    planned = plan([one], author_id=9, now=NOW)
    assert [part for each in planned for part in (each.state, each.reason)] == (
        expected if expected != ["-"] else []
    )
    for each in planned:
        assert each.due == (NOW if each.state == "waiting" else next_digest(one.rhythm, one.wanted, NOW))  # type: ignore[arg-type]


def test_quiet_hours_and_vacations() -> None:
    quiet = Rhythm(quiet_from=6, quiet_to=10)
    assert timing("each", "subscribed", quiet, NOW) == Timing("waiting", NOW + 2 * HOUR)
    assert timing("daily", "subscribed", quiet, NOW) == Timing("digest", NOW + 23 * HOUR)
    away = replace(quiet, away_until=NOW + 48 * HOUR)
    for mode, reason in (
        ("each", "subscribed"),
        ("none", "followed"),
        ("mentions", "mentioned"),
        ("daily", "subscribed"),
    ):
        assert timing(mode, reason, away, NOW) == Timing("digest", NOW + 71 * HOUR)  # type: ignore[arg-type]
    assert timing("weekly", "subscribed", away, NOW) == Timing("digest", NOW + 71 * HOUR)  # a Monday
    assert timing("none", "subscribed", quiet, NOW) is None
    assert timing("mentions", "subscribed", quiet, NOW) is None


def test_ten_thousand_people_are_planned_at_once() -> None:
    rhythms = [Rhythm("Europe/Brussels", hour, quiet_from=22, quiet_to=6) for hour in range(24)]
    people = [Subscriber(n, f"p{n}@garden.test", "daily", rhythm=rhythms[n % 24]) for n in range(10_000)]
    planned = plan(people, author_id=5, copied=range(100, 200), now=NOW)
    assert len(planned) == 9_899 and len({each.due for each in planned}) == 24
