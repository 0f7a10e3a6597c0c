"""The one thread that writes: what is handed over is run as it comes, and shares its commit with what comes meanwhile.

A write is a plain function that takes a `Tx`; it has a savepoint of its own, so that a fault in one undoes nothing of
the others. Futures are set after the commit has reached the disk, those of what is done ahead of it at once: what
they give holds only as long as `Tx.given_up` stays what it was.
Limits: GROUP writes share one commit; a write that may wait is committed LINGER seconds after the first of its group.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from enum import Enum
from typing import Any, NamedTuple

from sqlite_utils.utils import sqlite3

from .faults import trouble
from .transaction import Tx

GROUP = 200
"""How many writes share one commit at the most: enough to hide the fsync, few enough to answer soon."""
LINGER = 0.05
"""Seconds that a write which nobody waits for waits for others to share its commit."""


class Kind(Enum):
    """Whether somebody waits for a write (SOON) or not (LATER), or only for what it gives (AHEAD).

    ALONE is outside a transaction.
    """

    SOON = "soon"
    LATER = "later"
    AHEAD = "ahead"
    ALONE = "alone"


class Write(NamedTuple):
    """What is to be done, and whom it is told to."""

    work: Callable[[Tx], Any]
    future: Future[Any]
    kind: Kind


HURRY = Write(lambda tx: None, Future(), Kind.SOON)
"""No write: those that linger are to be committed now."""
Done = tuple[Future[Any], Any, BaseException | None]
"""Whom to tell after the commit, and of what: what a write gave, or raised."""


class Writer:
    """The thread and its connection: `connect` makes one anew after a fault, `note` hears how each commit went.

    `last` is run before each commit.
    """

    def __init__(
        self,
        connect: Callable[[], Tx],
        note: Callable[[Exception | None], None],
        last: Callable[[Tx], object],
    ) -> None:
        self._connect, self._note, self.last = connect, note, last
        self.linger = LINGER
        self.tx = connect()
        self._waiting: queue.SimpleQueue[Write | None] = queue.SimpleQueue()
        self._back: list[Write | None] = []
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)

    def start(self) -> None:
        """From now on what is handed over is done."""
        self._thread.start()

    def submit(self, work: Callable[[Tx], Any], kind: Kind) -> Future[Any]:
        """Hand something over."""
        future: Future[Any] = Future()
        # From here on it cannot be cancelled: a client that hangs up must not end a write, nor the writer.
        future.set_running_or_notify_cancel()
        self._waiting.put(Write(work, future, kind))
        return future

    def hurry(self) -> None:
        """Somebody waits for what was handed over as LATER."""
        self._waiting.put(HURRY)

    def end(self) -> None:
        """Do what waits, and close the connection."""
        self._waiting.put(None)
        self._thread.join()
        self.tx.connection.close()

    # -- the thread ------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while (write := self._back.pop() if self._back else self._waiting.get()) is not None:
            if write.kind is Kind.ALONE:
                self._at_once(write)
            elif write is not HURRY:
                self._together(write)

    def _at_once(self, write: Write) -> None:
        try:
            write.future.set_result(write.work(self.tx))
        except Exception as error:
            write.future.set_exception(error)

    def _together(self, first: Write) -> None:
        """Run writes in one transaction as they come, commit them, and tell whom they are of."""
        done: list[Done] = []
        try:
            # IMMEDIATE: a deferred transaction that turns into a write meets SQLITE_BUSY without waiting.
            self.tx.connection.execute("begin immediate")
            self.tx.kept.clear()
            self._work(first, done)
            self.last(self.tx)
            self.tx.connection.execute("commit")
        except Exception as error:  # whatever it is: this thread must live, and nobody may wait for ever
            self._undo(error)
            # Where it could not even be begun, those that wait need not find that out one by one.
            for future in [each[0] for each in done] or [first.future, *self._rest()]:
                future.set_exception(error)
            return
        faults = [fault for _, _, fault in done if isinstance(fault, Exception) and trouble(fault)]
        self._note(faults[0] if faults else None)
        for future, value, fault in done:
            if fault is None:
                future.set_result(value)
            else:
                future.set_exception(fault)

    def _work(self, first: Write, done: list[Done]) -> None:
        """Run what comes until the commit is due: once somebody waits, only what is there by then."""
        end, most = time.monotonic() + self.linger, GROUP
        more: Write | None = first
        while more is not None:
            if more.kind is Kind.AHEAD:
                self._at_once(more)
            elif more is not HURRY:
                self._one(more, done)
            if more.kind is Kind.SOON and end:
                end, most = 0.0, min(GROUP, len(done) + self._waiting.qsize())
            more = self._next(end) if len(done) < most else None

    def _next(self, end: float) -> Write | None:
        """What else belongs to the transaction, waiting for it until `end`; None where nothing does."""
        left = end - time.monotonic() if end else 0.0
        try:
            more = self._waiting.get(timeout=left) if left > 0 else self._waiting.get_nowait()
        except queue.Empty:
            return None
        if more is None or more.kind is Kind.ALONE:
            self._back.append(more)
            return None
        return more

    def _rest(self) -> Iterator[Future[Any]]:
        while more := self._next(0):
            if more is not HURRY:
                yield more.future

    def _one(self, write: Write, done: list[Done]) -> None:
        try:
            with savepoint(self.tx.connection):
                done.append((write.future, write.work(self.tx), None))
        except Exception as error:
            done.append((write.future, None, error))
            self.tx.kept.clear()
            if not self.tx.connection.in_transaction:  # a full disk ends the whole transaction
                raise

    def _undo(self, error: Exception) -> None:
        """After a commit that failed: have a connection without a transaction for the next one."""
        self._note(error)
        given_up = self.tx.given_up + 1
        try:
            if self.tx.connection.in_transaction:
                self.tx.connection.execute("rollback")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self.tx.connection.close()
            self.tx = self._connect()
        self.tx.given_up = given_up


@contextlib.contextmanager
def savepoint(connection: Any) -> Iterator[None]:
    """What fails within leaves the rest of the transaction as it is. The name is always the same: it is parsed once."""
    connection.execute("savepoint one")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback to one")
            connection.execute("release one")
        raise
    connection.execute("release one")
