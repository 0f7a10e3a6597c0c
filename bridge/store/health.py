"""How a database is, looked at from outside: nothing is made, upgraded or locked."""

from __future__ import annotations

import contextlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3


@dataclass(frozen=True, slots=True)
class Health:
    """What was found; ages in microseconds, `size` in bytes, `fault` empty where the file is whole."""

    fault: str = ""
    size: int = 0
    newest: int = 0
    """When the newest mail came."""
    mails: int = 0
    oldest_mail: int = 0
    """For how long the mail that waits longest is due."""
    parked: int = 0
    letters: int = 0
    oldest_letter: int = 0


def health(path: Path, now: int) -> Health | None:
    """Look at a database; None where there is none."""
    if not path.exists():
        return None
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            connection.execute("pragma busy_timeout=5000")
            whole = connection.execute("pragma quick_check(1)").fetchone()[0]
            if whole != "ok":
                return Health(fault=str(whole).splitlines()[-1][:200])
            return _figures(connection, path, now)
    except sqlite3.DatabaseError as error:
        return Health(fault=str(error))


def kept(path: Path, message_id: str) -> bytes | None:
    """The raw mail of a Message-ID; None as long as there is none."""
    query = "select packed, content from ledger join blob on blob.sha256 = ledger.raw where message_id = ?"
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            row = connection.execute(query, (message_id,)).fetchone()
    except sqlite3.DatabaseError:  # it is being written to, or not there yet
        return None
    return None if row is None else zlib.decompress(row[1]) if row[0] else bytes(row[1])


def _figures(connection: Any, path: Path, now: int) -> Health:
    def one(sql: str) -> tuple[Any, ...]:
        row: tuple[Any, ...] = connection.execute(sql, {"now": now}).fetchone()
        return row

    mails, oldest = one("select count(*), min(due) from ledger where outcome = 'waiting' and due <= :now")
    letters, letter = one(
        "select count(*), min(created) from delivery where state = 'waiting' and (due <= :now or attempts > 0)"
    )
    return Health(
        size=path.stat().st_size,
        newest=one("select coalesce(max(received), 0) from ledger")[0],
        mails=mails,
        oldest_mail=now - (now if oldest is None else oldest),
        parked=one("select count(*) from ledger where outcome = 'parked'")[0],
        letters=letters,
        oldest_letter=now - (now if letter is None else letter),
    )
