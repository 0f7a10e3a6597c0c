"""SQLite as the hub: one thread that writes and commits in groups (`writer`), read-only connections beside it.

A write is a plain function that takes a `Tx`; its future is set after the commit has reached the disk
(`synchronous=FULL`), which is what lets the door say 250. Only the writer's connection writes.

    store = Store.open(path)
    mail_id = store.write(lambda tx: ledger.add(tx, ...))
    rows = store.read(lambda tx: archive.threads(tx, ...))
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from .. import maillog
from ..posting.mentions import first
from . import backup, opening
from .faults import PASSING, StoreError, Trouble, trouble
from .transaction import Tx
from .writer import Kind, Writer, savepoint

__all__ = ["DatabaseError", "OperationalError", "Store", "StoreError", "Tx", "trouble"]

T = TypeVar("T")
BUSY_MS = 10_000
STATEMENTS = 512
"""More than there are named queries, so that each is parsed once."""
CACHE_KB = 8_000
"""What the writer keeps of the file in memory, at the most."""
RELAXED = 2.0
"""Seconds that an archive's mails wait for others to share their commit: few pages are then written more than once."""
LOG_BYTES = 16_777_216
"""To what size the WAL is cut when it begins anew: a reader that stayed long may have let it grow."""

DatabaseError = sqlite3.DatabaseError
OperationalError = sqlite3.OperationalError
"""What the database raises where it is in use, read-only or full: trying again may help."""


class Store:
    """The open database. `read` and `write` block; `submit` gives a future for an event loop to wrap."""

    def __init__(self, path: Path, lock: opening.Lock | None = None) -> None:
        self.path, self._lock = path, lock
        self._local = threading.local()
        self._readers: list[Any] = []
        self._trouble: Trouble = ""
        self._writer = Writer(lambda: Tx(self._connect()), self._take_note, self._index)
        self._closed = False

    @classmethod
    def open(cls, path: Path, *, alone: bool = False) -> Store:
        """Open the database at `path`, making or upgrading it. Raises `StoreError` with one clear line.

        `alone` is for the daemon: no other one may have it open, and the whole file is read through first.
        """
        with contextlib.ExitStack() as undo:
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                lock = opening.Lock(path) if alone else None
                if lock:
                    undo.callback(lock.release)
                opening.find(path, lock)
                store = cls(path, lock)
                undo.callback(store._writer.tx.connection.close)
                store._prepare()
            except OSError as error:
                hint = "; run it as the user whose data this is" if trouble(error) == "not writable" else ""
                raise StoreError(f"{path}: {error.strerror}{hint}") from error
            except sqlite3.DatabaseError as error:
                raise StoreError(f"{path}: {error}{_cure(error)}") from error
            undo.pop_all()
        store._writer.start()
        return store

    def _prepare(self) -> None:
        connection = self._writer.tx.connection
        if self._lock:
            opening.check(connection)
        Database(connection, recursive_triggers=False).enable_wal()
        opening.upgrade(connection, self.path, self._lock)
        if self._lock:  # a file that can only be read is told of now, not with the first mail
            connection.execute("begin immediate")
            connection.execute("rollback")

    def _connect(self, *, read_only: bool = False) -> Any:
        connection = sqlite3.connect(
            str(self.path), isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS
        )
        connection.row_factory = sqlite3.Row
        connection.create_function("first_word", 1, first, deterministic=True)
        connection.execute(f"pragma busy_timeout={BUSY_MS}")
        connection.execute("pragma synchronous=FULL")
        connection.execute("pragma foreign_keys=ON")
        if read_only:
            connection.execute("pragma query_only=1")
        else:
            connection.execute(f"pragma journal_size_limit={LOG_BYTES}")
            # A page that many mails change is copied from the WAL into the file once for all of them.
            connection.execute(f"pragma wal_autocheckpoint={LOG_BYTES // 4096}")
            connection.execute("pragma temp_store=memory")  # what a savepoint may have to undo
            connection.execute(f"pragma cache_size=-{CACHE_KB}")
        return connection

    @property
    def trouble(self) -> Trouble:
        """What was wrong with disk or database at the last write; "" when all is well."""
        return self._trouble

    def read(self, work: Callable[[Tx], T]) -> T:
        """Run `work` on this thread's read-only connection, within one snapshot."""
        tx: Tx | None = getattr(self._local, "tx", None)
        if tx is None:
            tx = self._local.tx = Tx(self._connect(read_only=True))
            self._readers.append(tx.connection)
        tx.connection.execute("begin")
        tx.kept.clear()
        try:
            return work(tx)
        except sqlite3.DatabaseError as error:
            self._take_note(error)
            raise
        finally:
            if tx.connection.in_transaction:  # a fault of the disk may have ended it
                tx.connection.execute("rollback")

    def submit(self, work: Callable[[Tx], T], *, soon: bool = True) -> Future[T]:
        """Hand `work` to the writer; the future is set once its effects are on disk, or with what it raised.

        Not `soon`: it may wait a moment (`writer.LINGER`), until `hurry`, or until somebody waits for another write.
        """
        if self._closed:
            raise StoreError("the database is closed")
        return self._writer.submit(work, Kind.SOON if soon else Kind.LATER)

    def hurry(self) -> None:
        """Somebody waits for what was handed over as not `soon`."""
        self._writer.hurry()

    def ahead(self, work: Callable[[Tx], T]) -> T:
        """Run `work`, which only reads, after all that was handed over; that need not be committed yet.

        What it gives is good for nothing once `Tx.given_up` has changed.
        """
        if self._closed:
            raise StoreError("the database is closed")
        given: T = self._writer.submit(work, Kind.AHEAD).result()
        return given

    def write(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in a transaction and wait until it is on disk."""
        return self.submit(work).result()

    def compact(self) -> bool:
        """Write the file anew, so that nothing of what was deleted is left in it or in its WAL; false where a reader
        kept the WAL from being emptied. Other writes wait meanwhile."""
        return self._outside(_compact)

    def relax(self) -> None:
        """From now on what lingers does so for longer, and is on disk only after `flush`: for who can do it again."""
        self._outside(_relax)
        self._writer.linger = RELAXED

    def flush(self) -> None:
        """Have all that is committed on disk."""
        log = self.path.with_name(f"{self.path.name}-wal")
        with contextlib.suppress(FileNotFoundError), log.open("rb") as file:
            os.fsync(file.fileno())  # what is not in the log any more was synced when it left

    def _outside(self, work: Callable[[Tx], T]) -> T:
        """Run what cannot be done within a transaction."""
        given: T = self._writer.submit(work, Kind.ALONE).result()
        return given

    def copy(self, target: Path) -> None:
        """Copy all that is committed into a new file, while others write. Raises `DatabaseError`, OSError."""
        connection = self._connect()
        try:
            backup.copy(connection, target)
        finally:
            connection.close()

    def close(self) -> None:
        """Finish what waits, fold the WAL into the file and close."""
        if self._closed:
            return
        self._closed = True
        self._writer.end()
        for reader in self._readers:
            reader.close()
        if self._lock:
            self._lock.release()

    def _index(self, tx: Tx) -> None:
        """Put the posts of a transaction into the search index, all at once: 0.1 ms less for each than one by one.

        If the index is damaged, mail is posted all the same; what is missing is added once that is possible.
        """
        try:
            with savepoint(tx.connection):
                if tx.search_add():
                    tx.search_added()
        except sqlite3.Error as error:
            if trouble(error) in PASSING or not tx.connection.in_transaction:
                raise
            self._take_note(error)

    def _take_note(self, error: Exception | None) -> None:
        """Tell of trouble once, when it begins and when it is over; damage is never over by itself."""
        found = trouble(error) if error else ""
        if self._trouble in (found, "damaged") or (error and not found):
            return
        self._trouble = found
        if not self._lock:  # a command says so itself
            return
        if error:
            maillog.database_trouble(str(self.path), found, error)
        else:
            maillog.database_well(str(self.path))


def _cure(error: Exception) -> str:
    """What an operator has to do about a database that cannot be opened."""
    cures: dict[Trouble, str] = {
        "in use": "; another program has it open: end that one",
        "no room": "; make room on the disk",
        "not writable": "; run it as the user whose data this is, on a disk that can be written",
    }
    # in use, read-only, disk full: the data is as good as it was
    return cures.get(trouble(error), f"; {opening.ANEW}")


def _relax(tx: Tx) -> None:
    tx.connection.execute("pragma synchronous=NORMAL")


def _compact(tx: Tx) -> bool:
    """Outside a transaction: the index keeps words of deleted posts until it is rebuilt, and free pages all else."""
    tx.connection.execute("begin immediate")
    tx.connection.execute("insert into post_fts (post_fts) values ('rebuild')")
    tx.search_added()
    tx.connection.execute("commit")
    tx.connection.execute("vacuum")
    busy: int = tx.connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    return not busy
