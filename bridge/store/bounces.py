"""Bounces and the standing of the addresses that they came back for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..posting.bounces import SCORES, Cause, Standing
from .database import Tx


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter that did not arrive; `kind` is its notice's, empty for a post's letter or a digest."""

    id: int
    person_id: int | None
    list_id: int | None
    address: str
    created: int
    answer: str
    kind: str


def _returned(row: Any) -> Returned:
    return Returned(
        row["id"], row["person_id"], row["list_id"], row["address"], row["created"], row["answer"], row["kind"] or ""
    )  # fmt: skip


def letter(tx: Tx, delivery_id: int) -> Returned | None:
    """The letter of a delivery."""
    row = tx.bounce_letter(id=delivery_id)
    return _returned(row) if row else None


def unscored(tx: Tx, since: int, n: int) -> list[Returned]:
    """Letters that a relay refused for good since then, and that nobody has scored yet."""
    return [_returned(row) for row in tx.bounce_unscored(since=since, n=n)]


def scored(tx: Tx, delivery_id: int) -> bool:
    """Whether a bounce of this letter was counted: each counts once."""
    return tx.bounce_of(delivery_id=delivery_id) is not None


def add(tx: Tx, of: Returned, why: Cause, status: str, answer: str, ledger_id: int | None, now: int) -> None:
    """Write a bounce down."""
    tx.bounce_add(
        at=now, delivery_id=of.id, person_id=of.person_id, address=of.address, cause=why.value, status=status,
        score=SCORES[why], answer=answer[:400], ledger_id=ledger_id,
    )  # fmt: skip


def standing(tx: Tx, address: str) -> Standing | None:
    """How an address stands; None for one that is nobody's."""
    row = tx.standing_get(address=address)
    return Standing(row["state"], row["score"], row["scored"], row["probe_at"]) if row else None


def stand(tx: Tx, address: str, as_now: Standing) -> None:
    """Write an address's standing."""
    tx.standing_put(
        address=address,
        state=as_now.state,
        score=as_now.score,
        scored=as_now.scored,
        probe_at=as_now.probe_at,
    )


def due(tx: Tx, now: int, n: int) -> list[tuple[str, int]]:
    """(address, person) of standings whose next step is due."""
    return [(row["address"], row["person_id"]) for row in tx.standing_due(now=now, n=n)]
