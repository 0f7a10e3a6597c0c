"""Before a database is used: it is ours alone where it must be, it is one, it is whole, and as new as the program.

A new database is made beside its place (`.new`) and moved there when it is on disk, so a file at that place is never
half made: an empty one, or a log without its file, is a loss that is told and not covered by a new database. Whoever
makes or upgrades one holds `threadbridge.lock`; the daemon holds it while it runs. Before an upgrade the database is
copied to `backups/before-MIGRATION.db`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from .. import maillog
from .backup import FOLDER, copy, sync
from .faults import StoreError
from .migrations import migrations

ANEW = "restore a backup (threadbridge restore FILE), or move it away to begin anew"


class Lock:
    """The right to be alone with a database: a POSIX lock, which children do not inherit and no kill leaves behind."""

    def __init__(self, database: Path) -> None:
        """Take it. Raises `StoreError` where another process has it."""
        self.path = database.with_suffix(".lock")
        self._file: int | None = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            whose = os.pread(self._file, 20, 0).decode("ascii", "replace").strip()
            self.release()
            raise StoreError(
                f"{database.parent} is in use by another threadbridge"
                f"{f' (process {whose})' if whose.isdigit() else ''}: stop it first, or name another data_dir"
            ) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Give it back; twice does no harm."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


@contextmanager
def held(database: Path, lock: Lock | None) -> Iterator[None]:
    """Be alone with the database for a while: by the lock that is held already, or by one of our own."""
    own = lock or Lock(database)
    try:
        yield
    finally:
        if lock is None:
            own.release()


def find(path: Path, lock: Lock | None) -> None:
    """See that there is a database at `path`; makes one where there never was any. Raises `StoreError`, OSError."""
    if path.exists():
        if not path.stat().st_size:
            raise StoreError(f"{path} is empty: the database that was there is lost; {ANEW}")
        return
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise StoreError(f"{path} is gone, but its log {log.name} is there: put it back, or {ANEW}")
    with held(path, lock):
        if not path.exists():
            _make(path)
            maillog.database_made(str(path))


def _make(path: Path) -> None:
    new = path.with_name(path.name + ".new")
    for left in (new, *(new.with_name(new.name + end) for end in ("-wal", "-shm", "-journal"))):
        left.unlink(missing_ok=True)
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(str(new), isolation_level=None)
    try:
        connection.execute("pragma synchronous=OFF")  # synced as a whole, before it counts
        db = Database(connection, recursive_triggers=False)
        migrations.apply(db)
        db.enable_wal()
    finally:
        connection.close()
    sync(new)
    new.replace(path)
    sync(path.parent)


def upgrade(connection: Any, path: Path, lock: Lock | None) -> None:
    """Bring the tables up to this version, after a copy. Raises `StoreError` for a file of a newer version."""
    db = Database(connection, recursive_triggers=False)
    known = {migration.name for migration in migrations._migrations}
    newer = [migration.name for migration in migrations.applied(db) if migration.name not in known]
    if newer:
        raise StoreError(
            f"{path} was made by a newer threadbridge (it has: {', '.join(newer)}); upgrade the program"
        )
    if not migrations.pending(db):
        return
    with held(path, lock):
        pending = [migration.name for migration in migrations.pending(db)]
        if not pending:  # another process was faster
            return
        if migrations.applied(db):
            _copy_before(connection, path, pending[0])
        migrations.apply(db)
        maillog.database_upgraded(pending)


def _copy_before(connection: Any, path: Path, first: str) -> None:
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True, mode=0o700)
    target = folder / f"before-{first}.db"
    with contextlib.suppress(FileNotFoundError):
        target.unlink()
    try:
        copy(connection, target)
    except (sqlite3.Error, OSError) as error:
        size = path.stat().st_size // 1_000_000 + 1
        raise StoreError(
            f"{target}: {error}; before an upgrade the database is copied: make room for {size} MB there"
        ) from error


def check(connection: Any) -> None:
    """Read through the whole file. Raises `sqlite3.DatabaseError` where it is damaged."""
    verdict = connection.execute("pragma quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"the database is damaged ({verdict.splitlines()[-1]})")
