"""Promise D9: the clock is set by a day, an hour, decades; what waits keeps its distance, times of day stay."""

from __future__ import annotations

import pytest

from bridge.store import blobs, ledger, queue
from bridge.store.clock import DAY, Clock
from bridge.store.database import Store, Tx

MINUTE = 60_000_000
START = 1_714_730_000_000_000
HOURS = (-400 * 24, -24, -1, 1, 24, 24 * 365 * 14)


class Hands:
    """Two clocks: one that can be set, one that cannot."""

    def __init__(self) -> None:
        self.wall, self.steady = START, 77 * MINUTE

    def go(self, microseconds: int) -> None:
        self.wall += microseconds
        self.steady += microseconds


def letter(tx: Tx, number: int, due: int, answer: str = "", state: str = "waiting", at: int = START) -> None:
    tx.connection.execute(
        "insert into delivery (id, address, reason, state, due, attempts, answer, created, updated)"
        " values (?, 'a@x.example', 'each', ?, ?, ?, ?, ?, ?)",
        [number, state, due, int(bool(answer)), answer, at, at],
    )


def dues(store: Store) -> dict[int, int]:
    return dict(
        tuple(row)
        for row in store.read(lambda tx: tx.connection.execute("select id, due from delivery").fetchall())
    )


@pytest.mark.parametrize("hours", HOURS)
def test_D9_pauses_are_spans_and_quiet_hours_are_times_of_day(store: Store, hours: int) -> None:
    hands = Hands()
    clock = Clock(store, lambda: hands.wall, lambda: hands.steady)
    store.write(lambda tx: letter(tx, 1, START + 60 * MINUTE, "451 later"))
    store.write(lambda tx: letter(tx, 2, START))
    store.write(lambda tx: letter(tx, 3, START + 300 * MINUTE))  # quiet hours
    hands.go(MINUTE)
    assert clock.look() == 0
    hands.wall += hours * 60 * MINUTE
    assert clock.look() == hours * 60 * MINUTE
    found = dues(store)
    assert found[1] - hands.wall == 59 * MINUTE, "the retry comes when it would have come"
    assert found[2] <= hands.wall
    assert found[3] == START + 300 * MINUTE
    assert clock.look() == 0


@pytest.mark.parametrize("hours", HOURS)
def test_D9_no_mail_waits_for_the_clock(store: Store, hours: int) -> None:
    hands = Hands()
    clock = Clock(store, lambda: hands.wall, lambda: hands.steady)
    blob = blobs.pack(b"a mail")
    number = store.write(
        lambda tx: ledger.add(tx, blob, via="smtp", account="", sender="", recipients=[], now=hands.wall)
    )
    hands.wall += hours * 60 * MINUTE
    clock.look()
    assert [entry.id for entry in store.write(lambda tx: ledger.claim(tx, hands.wall, MINUTE))] == [number]


def test_D9_a_lease_is_a_span(store: Store) -> None:
    hands = Hands()
    clock = Clock(store, lambda: hands.wall, lambda: hands.steady)
    store.write(lambda tx: letter(tx, 1, START))
    assert store.write(lambda tx: queue.claim(tx, hands.wall, 30 * MINUTE))
    hands.wall += DAY
    clock.look()
    assert not store.write(lambda tx: queue.claim(tx, hands.wall, 30 * MINUTE))
    hands.go(31 * MINUTE)
    assert store.write(lambda tx: queue.claim(tx, hands.wall, 30 * MINUTE))


def test_D9_a_start_after_a_clock_that_ran_ahead(store: Store) -> None:
    """The daemon wrote all this a year ahead, was stopped, and the clock was set right meanwhile."""
    ahead = START + 365 * DAY
    store.write(lambda tx: letter(tx, 1, ahead + 15 * MINUTE, "451 later", at=ahead))
    store.write(lambda tx: letter(tx, 2, ahead, at=ahead))
    blob = blobs.pack(b"a mail")
    store.write(lambda tx: ledger.add(tx, blob, via="smtp", account="", sender="", recipients=[], now=ahead))
    Clock(store, lambda: START, lambda: 0)
    assert dues(store) == {1: START + 15 * MINUTE, 2: START}
    assert store.write(lambda tx: ledger.claim(tx, START, MINUTE))


def test_D9_a_digest_that_was_collected_ahead_keeps_its_hour_and_comes_once(store: Store) -> None:
    hands = Hands()
    clock = Clock(store, lambda: hands.wall, lambda: hands.steady)
    hands.wall += DAY
    clock.look()
    hands.go(MINUTE)
    store.write(lambda tx: letter(tx, 1, hands.wall + 120 * MINUTE, state="digest", at=hands.wall))
    hands.wall -= DAY
    clock.look()
    assert dues(store)[1] - hands.wall == 120 * MINUTE
