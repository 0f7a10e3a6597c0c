"""SQLite as the hub: one writer thread that commits in groups, read-only connections beside it.

A write is a plain function that takes a `Tx`. Closures that wait at the same time share one COMMIT, each in its own
savepoint, so that a fault in one undoes nothing of the others; their futures are set after the commit has reached
the disk (`synchronous=FULL`), which is what lets the door say 250. Only the writer's connection writes.

    store = Store.open(path)
    mail_id = store.write(lambda tx: ledger.add(tx, ...))
    rows = store.read(lambda tx: archive.threads(tx, ...))
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiosql
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from ..errors import BridgeError
from .migrations import migrations

T = TypeVar("T")
GROUP = 200
"""How many writes share one commit at the most: enough to hide the fsync, few enough to answer soon."""
BUSY_MS = 10_000

OperationalError = sqlite3.OperationalError
"""What the database raises where it is in use, read-only or full: trying again may help."""

_queries: Any = None


class StoreError(BridgeError):
    """The database cannot be used: damaged, made by a newer version, or not writable."""


class Tx:
    """A transaction: every named query of `store/sql/*.sql` is a method, parameters by keyword."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def __getattr__(self, name: str) -> Any:
        call = partial(getattr(_queries, name), self.connection)
        setattr(self, name, call)
        return call


class Store:
    """The open database. `read` and `write` block; `submit` gives a future for an event loop to wrap."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._readers: list[Any] = []
        self._waiting: queue.SimpleQueue[tuple[Callable[[Tx], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._writer = self._connect()
        self._thread = threading.Thread(target=self._write_loop, name="store-writer", daemon=True)
        self._closed = False

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open the database at `path`, making or upgrading it. Raises `StoreError` with one clear line."""
        global _queries
        if _queries is None:
            _queries = aiosql.from_path(Path(__file__).with_name("sql"), "sqlite3")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = not path.exists()
            store = cls(path)
            store._prepare(fresh)
        except OSError as error:
            hint = "; run it as the user whose data this is" if isinstance(error, PermissionError) else ""
            raise StoreError(f"{path}: {error.strerror}{hint}") from error
        except (
            sqlite3.OperationalError
        ) as error:  # in use, read-only, disk full: the data is as good as it was
            raise StoreError(f"{path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{path}: {error}; restore a backup, or move the file away to begin anew"
            ) from error
        store._thread.start()
        return store

    def _prepare(self, fresh: bool) -> None:
        db = Database(self._writer, recursive_triggers=False)
        if fresh:
            self.path.chmod(0o600)
        elif (verdict := db.execute("pragma quick_check(1)").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(f"the database is damaged ({verdict})")
        db.enable_wal()
        known = {migration.name for migration in migrations._migrations}
        newer = [migration.name for migration in migrations.applied(db) if migration.name not in known]
        if newer:
            raise StoreError(
                f"{self.path} was made by a newer threadbridge (it has: {', '.join(newer)}); upgrade the program"
            )
        migrations.apply(db)

    def _connect(self, *, read_only: bool = False) -> Any:
        connection = sqlite3.connect(str(self.path), isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute(f"pragma busy_timeout={BUSY_MS}")
        connection.execute("pragma synchronous=FULL")
        connection.execute("pragma foreign_keys=ON")
        if read_only:
            connection.execute("pragma query_only=1")
        return connection

    def read(self, work: Callable[[Tx], T]) -> T:
        """Run `work` on this thread's read-only connection, within one snapshot."""
        tx: Tx | None = getattr(self._local, "tx", None)
        if tx is None:
            tx = self._local.tx = Tx(self._connect(read_only=True))
            self._readers.append(tx.connection)
        tx.connection.execute("begin")
        try:
            return work(tx)
        finally:
            tx.connection.execute("rollback")

    def submit(self, work: Callable[[Tx], T]) -> Future[T]:
        """Hand `work` to the writer; the future is set once its effects are on disk, or with what it raised."""
        if self._closed:
            raise StoreError("the database is closed")
        future: Future[T] = Future()
        # From here on it cannot be cancelled: a client that hangs up must not end a write, nor the writer.
        future.set_running_or_notify_cancel()
        self._waiting.put((work, future))
        return future

    def write(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in a transaction and wait until it is on disk."""
        return self.submit(work).result()

    def compact(self) -> bool:
        """Write the file anew, so that nothing of what was deleted is left in it or in its WAL; false where a reader
        kept the WAL from being emptied. Other writes wait meanwhile."""
        future: Future[bool] = Future()
        future.set_running_or_notify_cancel()
        self._waiting.put((_compact, future))
        return future.result()

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

    def _write_loop(self) -> None:
        while True:
            first = self._waiting.get()
            if first is None:
                return
            group = [first]
            last = False
            while len(group) < GROUP and not last:
                try:
                    more = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    last = True
                else:
                    group.append(more)
            self._write_group(group)
            if last:
                return

    def _write_group(self, group: list[tuple[Callable[[Tx], Any], Future[Any]]]) -> None:
        for work, future in group:
            if work is _compact:
                self._alone(work, future)
        group = [each for each in group if each[0] is not _compact]
        if group:
            self._write_together(group)

    def _alone(self, work: Callable[[Tx], Any], future: Future[Any]) -> None:
        try:
            future.set_result(work(Tx(self._writer)))
        except Exception as error:
            future.set_exception(error)

    def _write_together(self, group: list[tuple[Callable[[Tx], Any], Future[Any]]]) -> None:
        tx = Tx(self._writer)
        db = Database(self._writer, recursive_triggers=False, execute_plugins=False)
        done: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            # IMMEDIATE: a deferred transaction that turns into a write meets SQLITE_BUSY without waiting.
            self._writer.execute("begin immediate")
            for work, future in group:
                try:
                    with db.atomic():
                        done.append((future, work(tx), None))
                except Exception as error:
                    done.append((future, None, error))
                    if not self._writer.in_transaction:  # a full disk ends the whole transaction
                        raise
            self._writer.execute("commit")
        except Exception as error:
            if self._writer.in_transaction:
                self._writer.execute("rollback")
            for _, future in group:
                future.set_exception(error)
            return
        for future, value, fault in done:
            if fault is None:
                future.set_result(value)
            else:
                future.set_exception(fault)


def _compact(tx: Tx) -> bool:
    """Outside a transaction: the index keeps words of deleted posts until it is rebuilt, and free pages all else."""
    tx.connection.execute("insert into post_fts (post_fts) values ('rebuild')")
    tx.connection.execute("vacuum")
    busy: int = tx.connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    return not busy
