"""What is wrong with the database, in one word: whether trying again may help, and what an operator has to do.

SQLite says so by its result codes (https://sqlite.org/rescode.html), the file system by errno. A write beyond
RLIMIT_FSIZE comes as an I/O error, so that counts as no room.
"""

from __future__ import annotations

import errno
from typing import Literal

from sqlite_utils.utils import sqlite3

from ..errors import BridgeError

Trouble = Literal["no room", "in use", "damaged", "not writable", ""]

PASSING: frozenset[Trouble] = frozenset(("no room", "in use", "not writable"))
"""What may be over in a while, and is the fault of no mail."""

_CODES: dict[int, Trouble] = {
    5: "in use", 6: "in use", 8: "not writable", 10: "no room", 11: "damaged", 13: "no room",
    14: "not writable", 26: "damaged",
}  # fmt: skip
"""BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB."""
_ERRNOS: dict[int, Trouble] = {
    errno.ENOSPC: "no room", errno.EDQUOT: "no room", errno.EFBIG: "no room",
    errno.EROFS: "not writable", errno.EACCES: "not writable", errno.EPERM: "not writable",
}  # fmt: skip


class StoreError(BridgeError):
    """The database cannot be used: damaged, in use, made by a newer version, or not writable."""


def trouble(fault: BaseException) -> Trouble:
    """What is wrong with the disk or the database; "" where a fault is about something else."""
    if isinstance(fault, sqlite3.Error):
        code = getattr(fault, "sqlite_errorcode", None)
        return _CODES.get(code & 0xFF, "") if isinstance(code, int) else ""
    if isinstance(fault, OSError) and fault.errno is not None:
        return _ERRNOS.get(fault.errno, "")
    return ""
