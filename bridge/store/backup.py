"""A copy of the database that is whole and on disk, made while others write; and a look at whether a copy is good.

`VACUUM INTO` reads one snapshot and keeps nobody from writing; what was deleted is not in the copy. It is written
beside its place, synced, and moved there: a file with the name that was asked for is a finished one. Mode 0600.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3

from .faults import StoreError
from .migrations import migrations

FOLDER = "backups"
"""Below the data directory: where copies go if no other place is named."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a copy holds; the schema is the name of its last migration."""

    mails: int
    posts: int
    letters: int
    people: int
    schema: str


def sync(path: Path) -> None:
    """Have a file, or what a folder lists, on disk. Raises OSError."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def copy(connection: Any, target: Path) -> None:
    """Copy the database of a connection to `target`, which must not exist. Raises `sqlite3.Error`, OSError."""
    if target.exists():
        raise FileExistsError(17, "exists already", str(target))
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # an empty file is taken as none
        connection.execute("vacuum into ?", [str(part)])
        sync(part)
        os.link(part, target)  # unlike a rename it fails where somebody else was faster
        sync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def verify(path: Path) -> Verified:
    """Read a copy through: pages, indexes, references, the key of all addresses. Raises `StoreError`, OSError."""
    if not path.stat().st_size:
        raise StoreError(f"{path} is empty: it is no backup")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return _verified(connection)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {error}; it is no whole backup, take another one") from error
    finally:
        connection.close()


def _verified(connection: Any) -> Verified:
    verdict = connection.execute("pragma integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"damaged ({verdict.splitlines()[-1]})")
    loose = connection.execute("pragma foreign_key_check").fetchone()
    if loose is not None:
        raise sqlite3.DatabaseError(f"a row of {loose[0]} names a row of {loose[2]} that is not there")
    if connection.execute("select 1 from setting where key = 'token_secret'").fetchone() is None:
        raise sqlite3.DatabaseError("the key of the reply addresses is not in it")
    mails, posts, letters, people = (
        connection.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608
        for table in ("ledger", "post", "delivery", "person")
    )
    schema = connection.execute("select name from _sqlite_migrations order by id desc limit 1").fetchone()[0]
    return Verified(mails, posts, letters, people, schema)


def too_new(schema: str) -> bool:
    """Whether a copy was made by a newer version than this one."""
    return schema not in {migration.name for migration in migrations._migrations}


def put_back(source: Path, database: Path, moment: str) -> Path | None:
    """Put a copy in the place of a database that nobody has open; gives where the former one is kept. Raises OSError.

    At each moment there is a whole database in its place: the former one is linked aside with its log, the copy is
    synced beside it and then moved over it.
    """
    new = database.with_name(database.name + ".new")
    new.unlink(missing_ok=True)
    new.touch(0o600, exist_ok=False)
    with source.open("rb") as given, new.open("wb") as copied:
        shutil.copyfileobj(given, copied, 1 << 20)
    sync(new)
    log, shared = (database.with_name(database.name + end) for end in ("-wal", "-shm"))
    aside = None
    if database.exists():
        _fold(database)
        folder = database.parent / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        aside = folder / f"before-restore-{moment}.db"
        os.link(database, aside)
    if aside and log.exists() and log.stat().st_size:  # of a damaged file: who mends it may want its log
        log.replace(aside.with_name(f"{aside.name}-wal"))
    log.unlink(missing_ok=True)
    shared.unlink(missing_ok=True)
    new.replace(database)
    sync(database.parent)
    return aside


def _fold(database: Path) -> None:
    """Fold the log into the file, where that is whole enough."""
    with contextlib.suppress(sqlite3.Error):
        connection = sqlite3.connect(str(database))
        try:
            connection.execute("pragma wal_checkpoint(truncate)")
        finally:
            connection.close()
