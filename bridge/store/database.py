"""SQLite as the hub: one writer thread that commits in groups, read-only connections beside it.

A write is a plain function that takes a `Tx`. Closures that wait at the same time share one COMMIT, each in its own
savepoint, so that a fault in one undoes nothing of the others; their futures are set after the commit has reached
the disk (`synchronous=FULL`), which is what lets the door say 250. Only the writer's connection writes.

    store = Store.open(path)
    mail_id = store.write(lambda tx: ledger.add(tx, ...))
    rows = store.read(lambda tx: archive.threads(tx, ...))
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import aiosql
from aiosql.types import SQLOperationType as Kind
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from .. import maillog
from . import backup, opening
from .faults import StoreError, Trouble, trouble

__all__ = ["DatabaseError", "OperationalError", "Store", "StoreError", "Tx", "trouble"]

T = TypeVar("T")
GROUP = 200
"""How many writes share one commit at the most: enough to hide the fsync, few enough to answer soon."""
LINGER = 0.05
"""Seconds that a write which may wait (`submit(..., soon=False)`) waits for others to share its commit."""
BUSY_MS = 10_000
STATEMENTS = 512
"""More than there are named queries, so that each is parsed once."""
CACHE_KB = 8_000
"""What the writer keeps of the file in memory, at the most."""
LOG_BYTES = 16_777_216
"""To what size the WAL is cut when it begins anew: a reader that stayed long may have let it grow."""

DatabaseError = sqlite3.DatabaseError
OperationalError = sqlite3.OperationalError
"""What the database raises where it is in use, read-only or full: trying again may help."""

_queries: Any = None
_calls: dict[str, Callable[[Any], Callable[..., Any]]] = {}


Write = tuple[Callable[["Tx"], Any], Future[Any], bool]
"""What is to be written, whom it is told to, and whether he waits for it."""
HURRY: Write = (lambda tx: None, Future(), True)
"""No write: those that linger are to be written now."""


class Tx:
    """A transaction: every named query of `store/sql/*.sql` is a method, parameters by keyword."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def __getattr__(self, name: str) -> Any:
        if name not in _calls:
            _calls[name] = _call(getattr(_queries, name))
        call = _calls[name](self.connection)
        setattr(self, name, call)
        return call


def _call(query: Any) -> Callable[[Any], Callable[..., Any]]:
    """A named query, made for a connection: a mail's walk takes sixty, and aiosql's own way to run one costs 15 us."""
    sql, kind = query.sql, query.operation
    if kind is Kind.SELECT:
        return lambda connection: lambda **values: connection.execute(sql, values)
    if kind is Kind.SELECT_ONE:
        return lambda connection: lambda **values: connection.execute(sql, values).fetchone()
    if kind is Kind.INSERT_UPDATE_DELETE_MANY:
        return lambda connection: lambda rows: connection.executemany(sql, rows).rowcount if rows else 0
    return lambda connection: lambda **values: connection.execute(sql, values).rowcount


class Store:
    """The open database. `read` and `write` block; `submit` gives a future for an event loop to wrap."""

    def __init__(self, path: Path, lock: opening.Lock | None = None) -> None:
        self.path, self._lock = path, lock
        self._local = threading.local()
        self._readers: list[Any] = []
        self._waiting: queue.SimpleQueue[Write | None] = queue.SimpleQueue()
        self._writer = self._connect()
        self._thread = threading.Thread(target=self._write_loop, name="store-writer", daemon=True)
        self._closed = False
        self._trouble: Trouble = ""

    @classmethod
    def open(cls, path: Path, *, alone: bool = False) -> Store:
        """Open the database at `path`, making or upgrading it. Raises `StoreError` with one clear line.

        `alone` is for the daemon: no other one may have it open, and the whole file is read through first.
        """
        global _queries
        if _queries is None:
            _queries = aiosql.from_path(Path(__file__).with_name("sql"), "sqlite3")
        with contextlib.ExitStack() as undo:
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                lock = opening.Lock(path) if alone else None
                if lock:
                    undo.callback(lock.release)
                opening.find(path, lock)
                store = cls(path, lock)
                undo.callback(store._writer.close)
                store._prepare()
            except OSError as error:
                hint = "; run it as the user whose data this is" if trouble(error) == "not writable" else ""
                raise StoreError(f"{path}: {error.strerror}{hint}") from error
            except sqlite3.DatabaseError as error:
                raise StoreError(f"{path}: {error}{_cure(error)}") from error
            undo.pop_all()
        store._thread.start()
        return store

    def _prepare(self) -> None:
        if self._lock:
            opening.check(self._writer)
        Database(self._writer, recursive_triggers=False).enable_wal()
        opening.upgrade(self._writer, self.path, self._lock)
        if self._lock:  # a file that can only be read is told of now, not with the first mail
            self._writer.execute("begin immediate")
            self._writer.execute("rollback")

    def _connect(self, *, read_only: bool = False) -> Any:
        connection = sqlite3.connect(
            str(self.path), isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS
        )
        connection.row_factory = sqlite3.Row
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

        Not `soon`: it may wait LINGER seconds, until `hurry`, or until another write comes.
        """
        if self._closed:
            raise StoreError("the database is closed")
        future: Future[T] = Future()
        # From here on it cannot be cancelled: a client that hangs up must not end a write, nor the writer.
        future.set_running_or_notify_cancel()
        self._waiting.put((work, future, soon))
        return future

    def hurry(self) -> None:
        """Somebody waits for what was handed over as not `soon`."""
        self._waiting.put(HURRY)

    def write(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in a transaction and wait until it is on disk."""
        return self.submit(work).result()

    def compact(self) -> bool:
        """Write the file anew, so that nothing of what was deleted is left in it or in its WAL; false where a reader
        kept the WAL from being emptied. Other writes wait meanwhile."""
        return self._outside(_compact)

    def relax(self) -> None:
        """From now on a commit is sure to be on disk only after `flush`: for who can do his writes again."""
        self._outside(_relax)

    def flush(self) -> None:
        """Have all that is committed on disk."""
        log = self.path.with_name(f"{self.path.name}-wal")
        with contextlib.suppress(FileNotFoundError), log.open("rb") as file:
            os.fsync(file.fileno())  # what is not in the log any more was synced when it left

    def _outside(self, work: Callable[[Tx], T]) -> T:
        """Run what cannot be done within a transaction."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        self._waiting.put((work, future, True))
        return future.result()

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
        self._waiting.put(None)
        self._thread.join()
        for reader in self._readers:
            reader.close()
        self._writer.close()
        if self._lock:
            self._lock.release()

    def _write_loop(self) -> None:
        last = False
        while not last:
            group, last = self._group()
            self._write_group([(work, future) for work, future, _ in group])

    def _group(self) -> tuple[list[Write], bool]:
        """The writes of the next commit, and whether they are the last ones: all that wait by now."""
        group: list[Write] = []
        more = self._waiting.get()
        end = time.monotonic() + LINGER
        while more is not None:
            if more is not HURRY:
                group.append(more)
            if len(group) == GROUP:
                return group, False
            if more[2]:
                end = 0.0
            left = end - time.monotonic()
            try:
                more = self._waiting.get(timeout=left) if left > 0 else self._waiting.get_nowait()
            except queue.Empty:
                return group, False
        return group, True

    def _write_group(self, group: list[tuple[Callable[[Tx], Any], Future[Any]]]) -> None:
        for work, future in group:
            if work in (_compact, _relax):
                self._alone(work, future)
        group = [each for each in group if each[0] not in (_compact, _relax)]
        if group:
            try:
                self._write_together(group)
            except Exception as error:  # whatever it is: this thread must live, and nobody may wait for ever
                self._failed(error)
                for _, future in group:
                    if not future.done():
                        future.set_exception(error)

    def _take_note(self, error: Exception) -> None:
        """Tell of trouble once, when it begins; damage is never over by itself."""
        found = trouble(error)
        if not found or self._trouble in (found, "damaged"):
            return
        self._trouble = found
        if self._lock:  # a command says so itself
            maillog.database_trouble(str(self.path), found, error)

    def _failed(self, error: Exception) -> None:
        """After a commit that failed: have a connection without a transaction for the next one."""
        self._take_note(error)
        try:
            if self._writer.in_transaction:
                self._writer.execute("rollback")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._writer.close()
            self._writer = self._connect()

    def _alone(self, work: Callable[[Tx], Any], future: Future[Any]) -> None:
        try:
            future.set_result(work(Tx(self._writer)))
        except Exception as error:
            future.set_exception(error)

    def _write_together(self, group: list[tuple[Callable[[Tx], Any], Future[Any]]]) -> None:
        tx = Tx(self._writer)
        done: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            # IMMEDIATE: a deferred transaction that turns into a write meets SQLITE_BUSY without waiting.
            self._writer.execute("begin immediate")
            for work, future in group:
                try:
                    with _savepoint(self._writer):
                        done.append((future, work(tx), None))
                except Exception as error:
                    done.append((future, None, error))
                    if not self._writer.in_transaction:  # a full disk ends the whole transaction
                        raise
            self._writer.execute("commit")
        except Exception as error:
            self._failed(error)
            for _, future in group:
                future.set_exception(error)
            return
        faults = [fault for _, _, fault in done if isinstance(fault, Exception) and trouble(fault)]
        if faults:
            self._failed(faults[0])
        elif self._trouble not in ("", "damaged"):
            self._trouble = ""
            if self._lock:
                maillog.database_well(str(self.path))
        for future, value, fault in done:
            if fault is None:
                future.set_result(value)
            else:
                future.set_exception(fault)


@contextlib.contextmanager
def _savepoint(connection: Any) -> Iterator[None]:
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
    tx.connection.execute("insert into post_fts (post_fts) values ('rebuild')")
    tx.connection.execute("vacuum")
    busy: int = tx.connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    return not busy
