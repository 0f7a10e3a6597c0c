"""Takes down what became of letters and writes it to the queue in batches, losing none of it.

A batch is committed about `RECORD_SECONDS` after its first result, for each commit costs an fsync; until then the
journal remembers what was taken. Where the disk or the database refuses, results are kept for the next time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from .. import maillog
from ..store import queue
from ..store.database import Store, Tx
from ..store.queue import Due, Result
from .journal import Journal, Taken

T = TypeVar("T")
RECORD_SECONDS = 0.05
FACTS = {"retry": maillog.deferred, "failed": maillog.failed}


class Recorder:
    """The results of one sender, on their way to the database."""

    def __init__(self, store: Store, journal: Path, now: Callable[[], int]) -> None:
        self._store, self._now = store, now
        self._journal = Journal(journal)
        self._results: list[Result] = []
        self._lock = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None
        self._closing = False

    async def recover(self, *, alone: bool) -> None:
        """Record what a killed sender had sent and, where no other sender works, take back what it had claimed."""
        now, left = self._now(), self._journal.left_over()
        await self.write(lambda tx: queue.record_taken(tx, left, now))
        if alone:
            await self.write(queue.release_all)
        self._journal.forget()

    @property
    def behind(self) -> bool:
        """Whether there are results that are not committed."""
        return bool(self._results)

    def note(self, due: Due, result: Result) -> None:
        """Take down a result; it is committed very soon."""
        self._results.append(result)
        if result.state == "sent":
            try:
                self._journal.note(Taken(due.id, due.created, result.answer))
            except OSError as error:
                maillog.role_failed("sender", error)
        elif result.state in FACTS:
            FACTS[result.state](due.id, result.answer)
        if self._timer is None and not self._closing:
            self._timer = asyncio.create_task(self._commit_soon())

    async def commit(self) -> None:
        """Commit the results so far."""
        async with self._lock:
            batch, self._results = self._results, []
            if not batch:
                return
            self._journal.turn()
            try:
                now = self._now()
                await self.write(lambda tx: queue.record(tx, batch, now))
            except Exception as error:  # whatever it is: these letters are gone and must not be forgotten
                self._results = batch + self._results
                maillog.role_failed("sender", error)
                return
            self._journal.committed()
            maillog.sent(sum(result.state == "sent" for result in batch))

    def wait_for_close(self) -> None:
        """From here on results wait for `close`: a task begun in a loop that ends would only be torn down."""
        self._closing = True

    async def close(self) -> None:
        """Commit the last results."""
        if self._timer:
            await self._timer
        await self.commit()
        self._journal.close()

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Run a write, and give what it gives once that is on disk."""
        return await asyncio.wrap_future(self._store.submit(work))

    async def _commit_soon(self) -> None:
        await asyncio.sleep(RECORD_SECONDS)
        await self.commit()
        self._timer = None
