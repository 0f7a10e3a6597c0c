"""What the database does to itself from time to time: raw mails are kept for the configured time, then forgotten."""

from __future__ import annotations

from .database import Tx

DAY = 86_400 * 1_000_000


def forget_raw(tx: Tx, keep_days: int, now: int) -> int:
    """Drop raw mails older than `keep_days` (0 keeps all), unless somebody has still to decide; gives their number."""
    if keep_days == 0:
        return 0
    tx.held_forget(before=now - keep_days * DAY)
    forgotten: int = tx.raw_forget(before=now - keep_days * DAY)
    if forgotten:
        tx.blob_sweep()
    return forgotten
