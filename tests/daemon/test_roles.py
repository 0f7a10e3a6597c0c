"""One look a second for all roles: what another process wrote is found, and a clock that was set."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import Any

from bridge.daemon.roles import looking


@dataclass
class Room:
    """What is due, or what reading that raises."""

    due: tuple[bool, bool] = (False, False)
    fault: Exception | None = None

    def waits(self) -> tuple[bool, bool]:
        if self.fault:
            raise self.fault
        return self.due


@dataclass
class Clock:
    """A clock that was set, or not."""

    was_set: bool = False
    looked: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        self.was_set = False
        self.looked.set()


async def looked(room: Any, clock: Any) -> tuple[bool, bool]:
    """Who is woken by a look."""
    mail, letters = asyncio.Event(), asyncio.Event()
    async with looking(room, clock, mail, letters):
        await asyncio.sleep(0.05)
    return mail.is_set(), letters.is_set()


async def test_whoever_has_work_is_woken_and_nobody_else() -> None:
    assert await looked(Room(), Clock()) == (False, False)
    assert await looked(Room((True, False)), Clock()) == (True, False)
    assert await looked(Room((False, True)), Clock()) == (False, True)


async def test_where_it_cannot_be_told_each_looks_for_himself() -> None:
    assert await looked(Room(fault=OSError("gone")), Clock()) == (True, True)


async def test_D9_a_clock_that_was_set_is_looked_at() -> None:
    clock = Clock(was_set=True)
    await looked(Room(), clock)
    assert clock.looked.is_set()
    still = Clock()
    await looked(Room(), still)
    assert not still.looked.is_set()
