"""Quiet hours hold for letters that a relay put off, too: their next try waits for the end of these.

Looked at twice a minute, like digests; the first pause after a try is a minute. Answers to what somebody has just
written are not meant.
"""

from __future__ import annotations

from ..posting.site import Site
from ..store import choices
from ..store.database import Store

AHEAD = 60 * 1_000_000
"""Letters due within this time are looked at."""


def keep(store: Store, site: Site, now: int) -> int:
    """Put letters off that would leave in their reader's quiet hours; gives how many."""
    if store.read(lambda tx: choices.keep_quiet(tx, site, now, AHEAD)):
        return store.write(lambda tx: int(tx.queue_move(choices.keep_quiet(tx, site, now, AHEAD))))
    return 0
