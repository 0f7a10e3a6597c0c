"""What a role of the daemon is: work that goes on until it is told to stop, and then ends in time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from .. import maillog
from ..intake.keeper import RUSH_SECONDS, Keeper
from ..mailroom import Mailroom
from ..mailroom.readers import Readers
from ..store.clock import Clock

LOOK = 1.0
"""How often, in seconds, it is looked whether there is work: what another process wrote wakes nobody."""
LONG = 30.0
"""After how many seconds a walker looks by itself, whoever should have woken it."""
DRAIN = 8.0
PATIENCE = 3 * 1_000_000
"""While mail comes in a rush it is kept first; what has waited so long, in microseconds, is walked all the same."""
REST = 10.0
"""After how many seconds without mail a reader's process ends."""


@asynccontextmanager
async def role(work: asyncio.Task[None], stop: asyncio.Event) -> AsyncIterator[None]:
    """A role that ends by itself soon after `stop`; one that does not is ended."""
    try:
        yield
    finally:
        stop.set()
        done, _ = await asyncio.wait({work}, timeout=DRAIN)
        if not done:
            work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


@asynccontextmanager
async def working(
    mailroom: Mailroom, readers: Readers, wake: asyncio.Event, keeper: Keeper
) -> AsyncIterator[None]:
    """As many walkers as there are readers, so that each always finds one."""
    stop = asyncio.Event()

    async def work() -> None:
        while not stop.is_set():
            wake.clear()
            while keeper.rush and not stop.is_set() and not mailroom.behind(PATIENCE):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), RUSH_SECONDS)
            try:
                more = await asyncio.to_thread(mailroom.receive_waiting)
            except Exception as fault:
                maillog.role_failed("worker", fault)
                await asyncio.sleep(LOOK)  # what waits behind a full disk must not be asked for without end
                continue
            if not more:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), LONG)

    walkers = [asyncio.create_task(work(), name=f"walker {number}") for number in range(readers.size)]
    try:
        async with repeated("readers", REST, partial(readers.rest, REST)):
            yield
    finally:
        stop.set()
        wake.set()
        _, late = await asyncio.wait(walkers, timeout=DRAIN)
        readers.close()  # a mail that hangs there is read when the daemon is back
        for walker in late:
            walker.cancel()
        await asyncio.gather(*walkers, return_exceptions=True)


@asynccontextmanager
async def looking(
    mailroom: Mailroom, clock: Clock, mail_waits: asyncio.Event, letters_wait: asyncio.Event
) -> AsyncIterator[None]:
    """One look a second for all roles: a look of each one's own, in a thread, made 22 wakes a second of what are 4."""

    async def look() -> None:
        while True:
            if clock.was_set:
                await asyncio.to_thread(clock.look)
            try:
                mail, letter = mailroom.waits()
            except Exception:  # whoever looks for himself will say it
                mail = letter = True
            if mail:
                mail_waits.set()
            if letter:
                letters_wait.set()
            await asyncio.sleep(LOOK)

    task = asyncio.create_task(look(), name="look")
    try:
        yield
    finally:
        task.cancel()


@asynccontextmanager
async def repeated(name: str, seconds: float, work: Callable[[], object]) -> AsyncIterator[None]:
    """Work that is done at once and then every so many seconds, in a thread; a fault is logged and it goes on."""

    async def repeat() -> None:
        while True:
            try:
                await asyncio.to_thread(work)
            except Exception as fault:
                maillog.role_failed(name, fault)
            await asyncio.sleep(seconds)

    task = asyncio.create_task(repeat(), name=name)
    try:
        yield
    finally:
        task.cancel()
