"""The time of day was set: what waits is moved with it, so that no queue stalls for a day and none is flooded.

Times in the database are of the wall clock. A pause after a try, a lease, a mail that is due at once are spans of time,
and follow the clock when it is set; a digest hour or the end of quiet hours is a time of day, and stays. The jump is
seen by comparing with a clock that nobody can set. What a former process wrote under a clock that ran ahead is known
by a time in the future. Times are microseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from .. import maillog
from .database import Store, Tx

JUMP = 10_000_000
"""Smaller steps are those of a clock that is being kept right."""
AHEAD = 60_000_000
"""A row from further in the future than this was written under another clock."""
DAY = 86_400 * 1_000_000


def steadily() -> int:
    """A clock that nobody can set."""
    return time.monotonic_ns() // 1000


class Clock:
    """Compares the wall clock with a steady one; `look` is called every few seconds, from one thread at a time."""

    def __init__(self, store: Store, now: Callable[[], int], steady: Callable[[], int] = steadily) -> None:
        self._store, self._now, self._steady = store, now, steady
        self._apart = now() - steady()
        self._began = now()
        store.write(partial(calm, now=now()))

    @property
    def was_set(self) -> bool:
        """Whether the clock was set since the last look: `look` has something to do."""
        return abs(self._now() - self._steady() - self._apart) >= JUMP

    def look(self) -> int:
        """How far the clock was set since the last look; 0 for less than `JUMP`."""
        now = self._now()
        jump = now - self._steady() - self._apart
        if abs(jump) >= JUMP:
            self._store.write(partial(move, jump=jump, began=self._began, now=now))
            self._began += jump
            maillog.clock_set(jump // 1_000_000)
        self._apart += jump
        return jump if abs(jump) >= JUMP else 0


def move(tx: Tx, *, jump: int, began: int, now: int) -> None:
    """The clock was set by `jump`: move what was written since `began` of the former clock."""
    before = now - jump
    tx.clock_move_letters(jump=jump, began=began, before=before)
    tx.clock_move_mails(jump=jump, before=before)
    days = abs(jump) // DAY * DAY * (1 if jump > 0 else -1)
    if days < 0:  # collected under a clock that ran ahead: his next digest, not the one after
        tx.clock_move_collected(days=days, began=began, now=now)
    calm(tx, now=now)


def calm(tx: Tx, *, now: int) -> None:
    """What was written in the future is of now."""
    tx.clock_calm_letters(now=now, ahead=now + AHEAD)
    tx.clock_calm_mails(now=now, ahead=now + AHEAD)
