"""Keeps mails in groups: what comes while one group is written to disk makes the next.

One hand-over to a thread, one transaction and one wake serve all mails of a group; packing them there leaves the loop
to the sockets. A large mail goes by itself in a thread of its own, so that nobody waits for it to be packed. A group
that fails is tried again mail by mail: the fault may be of one alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

from .door import Arrival

KeepAll: TypeAlias = Callable[[Sequence[Arrival]], Sequence[int]]
"""Keeps mails durably in one transaction; gives their ledger ids. Blocks; raises what went wrong."""

LARGE = 65_536
"""Bytes; packing a mail of this size takes about a millisecond."""
GROUP = 100
CROWD = 4
"""From so many mails in one group on there is a rush."""
RUSH_SECONDS = 0.1


class Keeper:
    """Hands arrivals to `keep_all`; made and used on one loop."""

    def __init__(self, keep_all: KeepAll) -> None:
        self._keep_all = keep_all
        self._loop = asyncio.get_running_loop()
        self._waiting: list[tuple[Arrival, asyncio.Future[int]]] = []
        self._group: asyncio.Task[None] | None = None
        self._crowded = float("-inf")
        self._small = ThreadPoolExecutor(1, "keeper")
        self._large = ThreadPoolExecutor(1, "keeper-large")

    @property
    def rush(self) -> bool:
        """Mails come side by side just now: whatever can wait leaves the processor to them."""
        return self._loop.time() - self._crowded < RUSH_SECONDS

    async def keep(self, arrival: Arrival) -> int:
        """The ledger id of a mail once it is on disk; raises what kept it from getting there."""
        if len(arrival.envelope.content) > LARGE:
            return (await self._loop.run_in_executor(self._large, self._keep_all, (arrival,)))[0]
        kept: asyncio.Future[int] = self._loop.create_future()
        self._waiting.append((arrival, kept))
        if self._group is None:
            self._group = self._loop.create_task(self._keep_groups())
        return await kept

    async def _keep_groups(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[:GROUP], self._waiting[GROUP:]
            if len(group) >= CROWD:
                self._crowded = self._loop.time()
            if not await self._kept(group):
                for each in group:
                    await self._kept([each])
        self._group = None

    async def _kept(self, group: list[tuple[Arrival, asyncio.Future[int]]]) -> bool:
        """Keep a group and tell who waits; false where one mail of several may have spoilt it for all."""
        arrivals = [arrival for arrival, _ in group]
        try:
            ids = await self._loop.run_in_executor(self._small, self._keep_all, arrivals)
        except Exception as fault:
            if len(group) > 1:
                return False
            if not group[0][1].done():
                group[0][1].set_exception(fault)
            return True
        for (_, kept), number in zip(group, ids, strict=True):
            if not kept.done():  # its client has gone
                kept.set_result(number)
        return True

    def close(self) -> None:
        """End the threads once they have kept what they have in hand."""
        self._small.shutdown()
        self._large.shutdown()
