"""Held mails as their moderators see them, what was decided on them, and what an author has written so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .database import Tx

HOUR = 3_600 * 1_000_000
DAY = 24 * HOUR
LATEST = 200
"""How many posts of a thread are looked through for words that were sent again and again."""
Verdict = Literal["released", "refused"]


@dataclass(frozen=True, slots=True)
class Held:
    """A mail that waits for the moderators of a list: `text` is what they are shown of it.

    `safe` says that its sender may be told; `told` is when the moderators were, in microseconds UTC.
    """

    ledger_id: int
    list_id: int
    at: int
    code: str
    reason: str
    name: str
    address: str
    subject: str
    text: str
    safe: bool
    told: int | None = None
    received: int = 0
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a mail, by whom, when (microseconds UTC)."""

    verdict: Verdict
    name: str
    at: int


def hold(tx: Tx, held: Held) -> None:
    """Note that a mail waits; one that waits again is not told of anew."""
    tx.held_put(
        ledger_id=held.ledger_id, list_id=held.list_id, at=held.at, code=held.code, reason=held.reason,
        name=held.name, subject=held.subject, text=held.text, safe=int(held.safe),
    )  # fmt: skip


def untold(tx: Tx, list_id: int, n: int) -> tuple[Held, ...]:
    """The first `n` mails of a list that wait and of which the moderators have not been told."""
    return tuple(_held(row) for row in tx.held_untold(list_id=list_id, n=n))


def mark_told(tx: Tx, list_id: int, told: tuple[Held, ...], now: int) -> None:
    """Note that the moderators of a list have been told of these mails."""
    for held in told:
        tx.held_told(ledger_id=held.ledger_id, list_id=list_id, now=now)
    tx.moderators_told(list_id=list_id, now=now)


def of_mail(tx: Tx, ledger_id: int) -> tuple[Held, ...]:
    """The lists for which a mail was held, also when that is over."""
    return tuple(_held(row) for row in tx.held_of(ledger_id=ledger_id))


def _held(row: tuple[object, ...]) -> Held:
    values = dict(zip(Held.__slots__, row, strict=True))
    return Held(**{**values, "safe": bool(values["safe"])})  # type: ignore[arg-type]


def decide(tx: Tx, ledger_id: int, verdict: Verdict, name: str, now: int) -> None:
    """Write down who decided what."""
    tx.decision_put(ledger_id=ledger_id, verdict=verdict, name=name, now=now)


def decision(tx: Tx, ledger_id: int) -> Decision | None:
    """The last decision on a mail, None where there was none."""
    row = tx.decision_get(ledger_id=ledger_id)
    return Decision(*row) if row else None


def habits(
    tx: Tx, list_id: int, author_id: int, thread_id: int | None, text: str, now: int, enough: int
) -> tuple[bool, int, int]:
    """Whether somebody has posted to a list, how often within an hour, how often these words in turn within a day.

    Those of an hour are counted to `enough`, and the words looked for among the LATEST posts of the thread: both
    would take longer with each mail of a rush (2 ms at 6,000).
    """
    row = tx.author_habits(
        list_id=list_id, author_id=author_id, thread_id=thread_id, text=text, hour=now - HOUR, day=now - DAY,
        enough=enough, latest=LATEST,
    )  # fmt: skip
    return bool(row["posted"]), row["hourly"], row["repeats"]
