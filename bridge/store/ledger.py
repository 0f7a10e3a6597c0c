"""The ledger of incoming mail: one row a mail, from its acknowledgement to its one outcome.

`waiting` rows are claimed with a lease; a process that dies gives its rows back when the lease runs out. The states
and what leads from one to another stand in docs/internals.md.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from . import blobs
from .blobs import Blob
from .database import DatabaseError, Tx

SMALL = 65_536
"""Bytes of a mail that is read with its claim, while others wait their turn in memory."""
HEAVY = 16_384
"""Bytes of a mail that take as long to walk as a small one does."""

Outcome = Literal["posted", "held", "refused", "command", "bounce", "ignored", "parked", "waiting"]
Via = Literal["smtp", "lmtp", "imap", "pipe", "import"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail of the ledger, claimed to be walked; `recipients` are the envelope's, those that are ours."""

    id: int
    received: int
    via: str
    account: str
    sender: str
    recipients: tuple[str, ...]
    raw: str
    size: int
    tries: int
    released: bool
    content: bytes | None = field(default=None, compare=False, repr=False)
    """A small mail itself, where it was read with its claim."""


def _entry(row: Any) -> Entry:
    return Entry(
        id=row["id"],
        received=row["received"],
        via=row["via"],
        account=row["account"],
        sender=row["sender"],
        recipients=tuple(json.loads(row["recipients"])),
        raw=row["raw"] or "",
        size=row["size"],
        tries=row["tries"],
        released=bool(row["released"]),
    )


def add(
    tx: Tx, blob: Blob, *, via: str, account: str, sender: str, recipients: Sequence[str], now: int
) -> int:
    """Keep a mail with its envelope; gives its ledger id."""
    raw = blobs.put(tx, blob)
    row = tx.ledger_add(
        received=now, via=via, account=account, sender=sender, recipients=json.dumps(list(recipients)), raw=raw,
        size=blob.size,
    )  # fmt: skip
    return int(row["id"])


def add_all(tx: Tx, mails: Sequence[tuple[Blob, str, str, str, Sequence[str]]], now: int) -> list[int]:
    """Keep a group of mails as (content, via, account, sender, recipients); gives their ledger ids, in their order."""
    blobs.put_all(tx, [blob for blob, *_ in mails])
    rows = [
        (via, account, sender, json.dumps(list(recipients)), blob.sha256, blob.size)
        for blob, via, account, sender, recipients in mails
    ]
    # Not as ASCII: what is no text must fail here, as in `add`, and not be kept in a form that nothing can read.
    added = tx.ledger_add_all(received=now, mails=json.dumps(rows, ensure_ascii=False))
    return sorted(row["id"] for row in added)


def imported(tx: Tx, recipients: Sequence[str], sha256: Sequence[str]) -> set[str]:
    """Which of these contents an import has brought to the same recipients."""
    rows = tx.ledger_imported(raws=json.dumps(sha256), recipients=json.dumps(list(recipients)))
    return {row["raw"] for row in rows}


def claim(tx: Tx, now: int, lease_us: int, n: int = 20) -> list[Entry]:
    """Lease up to `n` mails that are due, oldest first; the small ones with their content."""
    rows = tx.ledger_claim(now=now, until=now + lease_us, n=n)
    entries = sorted((_entry(row) for row in rows), key=lambda entry: entry.id)
    # Read by themselves they cost a look at the database each, for which all of its pages are read anew.
    contents: dict[str, bytes] = {}
    with suppress(DatabaseError, zlib.error):  # of a damaged one the walk hears, and of no other
        contents = blobs.several(tx, [entry.raw for entry in entries if entry.size <= SMALL])
    return [replace(entry, content=contents.get(entry.raw)) for entry in entries]


def claim_one(tx: Tx, ledger_id: int, until: int) -> Entry | None:
    """Lease one mail that waits."""
    row = tx.ledger_claim_one(id=ledger_id, until=until)
    return _entry(row) if row else None


def get(tx: Tx, ledger_id: int) -> Entry | None:
    """A mail of the ledger, whatever became of it."""
    row = tx.ledger_get(id=ledger_id)
    return _entry(row) if row else None


def waits(tx: Tx, now: int) -> bool:
    """Whether a mail is due that nobody walks; as quick with a hundred thousand of them as with one."""
    return tx.ledger_waits(now=now) is not None


def weight(size: int) -> int:
    """What a mail of so many bytes weighs for those who wait behind it: a small one weighs 1."""
    return 1 + size // HEAVY


def ahead(tx: Tx, now: int, most: int) -> int:
    """The weight of the mails that are due and have no outcome yet, walked just now or not; of the first `most`."""
    found: int = tx.ledger_ahead(now=now, most=most, heavy=HEAVY)["weight"]
    return found


def oldest(tx: Tx) -> int | None:
    """When the first of the waiting mails was or will be due, in a walker's hands or not; None where none waits."""
    due: int | None = tx.ledger_oldest()["due"]
    return due


def end(tx: Tx, ledger_id: int, outcome: Outcome, code: str, reason: str, now: int, ms: float) -> None:
    """Give a mail its outcome."""
    tx.ledger_end(id=ledger_id, outcome=outcome, code=code, reason=reason, now=now, ms=ms)


def raw(tx: Tx, ledger_id: int) -> bytes | None:
    """The mail as it came, None where it is no longer kept."""
    row = tx.ledger_get(id=ledger_id)
    return blobs.get(tx, row["raw"]) if row and row["raw"] else None
