"""What authors and their domains end their mails with: learned when a post is written, forgotten when it is old.

A fingerprint (`reply.tails`) belongs to an author's address and, unless a public mail provider runs it, to the domain
of that address. A tail that was not seen for a year is forgotten, and so is one that turns up amid words; the oldest
go where an owner has more than he could need.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from ..reply.domains import shared
from ..reply.known import DOUBTED, Sightings
from .database import Tx

YEAR = 366 * 86_400 * 1_000_000
"""How long a tail that is not seen again is remembered, in microseconds."""
KEEP_AUTHOR, KEEP_DOMAIN = 400, 2_000
"""Fingerprints remembered of one owner."""
PRUNED = 512
"""One mail in so many looks whether its owners have more than that: it takes 5 ms."""
CONTRADICTED, RESTORED = 0, -3
"""Where the count of a tail that was wrong starts from again: it takes so many more mails until it is folded."""


def seen(tx: Tx, address: str, prints: Collection[str], now: int) -> dict[str, Sightings]:
    """How often the author of that address, and his domain, ended a mail with each of these, if at all."""
    if not address or not prints:
        return {}
    rows = tx.tail_seen(
        owner=f"author:{address}", common=_domain(address) or "-", prints=json.dumps(list(prints)),
        since=now - YEAR,
    )  # fmt: skip
    return {
        fingerprint: DOUBTED if author is not None and author < 1 else Sightings(author or 0, domain or 0)
        for fingerprint, author, domain in rows
    }


def learn(
    tx: Tx, address: str, author: Collection[str], domain: Collection[str], ledger_id: int, now: int
) -> None:
    """Count a mail's last lines as seen once more, of its author and of his domain."""
    own, common, since = f"author:{address}", _domain(address), now - YEAR
    if author or domain:
        tx.tail_add(
            owner=own, author=json.dumps(sorted(author)),
            common=common, domain=json.dumps(sorted(domain) if common else []),
            now=now, since=since, ledger_id=ledger_id,
        )  # fmt: skip
    if not ledger_id % PRUNED:
        tx.tail_prune(owner=own, since=since, keep=KEEP_AUTHOR)
        tx.tail_prune(owner=common, since=since, keep=KEEP_DOMAIN)


def doubt(tx: Tx, address: str, prints: Collection[str], now: int, mails: int = CONTRADICTED) -> None:
    """Forget tails of an author that turned out to be his words, or that he wants to be seen."""
    owner = f"author:{address}"
    tx.tail_doubt([{"owner": owner, "fingerprint": each, "now": now, "mails": mails} for each in prints])


def _domain(address: str) -> str:
    domain = shared(address)
    return f"domain:{domain}" if domain else ""
