"""The queue of outgoing letters: a row per letter and person, from its post to its last answer.

A row is `waiting` until the relay has taken the letter (`sent`), has refused it for good or for too long
(`failed`), or the person has left (`cancelled`). A post may be in state `digest` instead, to be collected when it
is due, and `digested` once a digest holds it; that digest has a row of its own. A sender claims waiting rows with a
lease; if it dies, they are due again when the lease runs out, or when a sender that is alone with the database
calls `release_all`.
All times are microseconds UTC. Only an attempt that reached the relay counts in `attempts`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, NamedTuple

from ..fanout.deliveries import Planned
from .database import Tx

State = Literal["waiting", "sent", "failed", "cancelled", "digest", "digested"]
ANSWER_LENGTH = 500
"""How many characters of a relay's answer are kept."""
AT_ONCE = 10_000
"""How many letters one statement queues: it bounds the memory that a large list takes."""


class Due(NamedTuple):
    """A delivery in a sender's hand: of a post, a notice or a digest; `attempts` are those before this one.

    A tuple takes 0.3 us to make and a frozen dataclass 1.4 us, for each copy of a letter.
    """

    id: int
    post_id: int | None
    notice_id: int | None
    person_id: int | None
    list_id: int | None
    address: str
    attempts: int
    created: int
    digest_id: int | None = None
    language: str = ""
    """His own, empty where nothing is known of it."""


class Result(NamedTuple):
    """What became of an attempt. `retry` waits until `due`; so does `later`, which reached no relay."""

    id: int
    state: Literal["sent", "retry", "later", "failed"]
    answer: str
    due: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the queue as an operator sees it."""

    id: int
    post_id: int | None
    notice_id: int | None
    person_id: int | None
    list_id: int | None
    address: str
    reason: str
    state: State
    due: int
    attempts: int
    answer: str
    created: int
    updated: int
    message_id: str | None
    subject: str | None


def enqueue_post(tx: Tx, post_id: int, list_id: int, planned: Iterable[Planned], now: int) -> None:
    """Queue a post's letters; a person who has this post already gets no second."""
    people = iter(planned)
    while some := [
        (one.person_id, one.address, one.reason, one.state, one.due or now) for one in islice(people, AT_ONCE)
    ]:
        tx.queue_add_post(post_id=post_id, list_id=list_id, planned=json.dumps(some), now=now)


def enqueue_notice(
    tx: Tx, notice_id: int, person_id: int | None, address: str, now: int, due: int | None = None
) -> None:
    """Queue the one letter of a notice, to leave at `due` or at once."""
    tx.queue_add_notice(
        notice_id=notice_id, person_id=person_id, address=address, due=now if due is None else due, now=now
    )


def claim(tx: Tx, now: int, lease_us: int, n: int = 20) -> list[Due]:
    """Lease up to `n` deliveries that are due, in the order in which they were queued."""
    rows = tx.queue_claim(now=now, until=now + lease_us, n=n)
    return sorted(map(Due._make, rows))


def record(tx: Tx, results: Iterable[Result], now: int) -> None:
    """Write what became of a chunk of attempts, at most one for each delivery."""
    rows = [
        (
            result.id,
            result.state if result.state in ("sent", "failed") else "waiting",
            _line(result.answer),
            result.due,
            result.state != "later",
        )
        for result in results
    ]
    tx.queue_record(results=json.dumps(rows), now=now)


def record_taken(tx: Tx, taken: Iterable[tuple[int, int, str]], now: int) -> None:
    """Write what was sent before a crash, as (delivery, its `created`, answer): a number alone might be another's."""
    tx.queue_taken(
        [
            {"id": delivery_id, "created": created, "answer": _line(answer), "now": now}
            for delivery_id, created, answer in taken
        ]
    )


def release_all(tx: Tx) -> int:
    """End all leases: for a sender that starts and knows that no other one works on this database."""
    return int(tx.queue_release_all())


def cancel(tx: Tx, person_id: int, list_id: int | None, now: int) -> int:
    """Take back what still waits for a person, in digests too, of one list (None: of all); gives how many.

    Notices stay.
    """
    return int(tx.queue_cancel(person_id=person_id, list_id=list_id, now=now))


def next_due(tx: Tx) -> int | None:
    """When the first waiting delivery is due (perhaps one in a sender's hand), None where none waits."""
    row: Any = tx.queue_next_due()
    due: int | None = row["due"]
    return due


def counts(tx: Tx) -> dict[State, int]:
    """How many deliveries are in each state; a state without any is absent."""
    return {row["state"]: row["n"] for row in tx.queue_counts()}


def listing(tx: Tx, state: State = "waiting", n: int = 100) -> list[Listed]:
    """The first `n` deliveries in a state, by when they are due."""
    return [Listed(*row) for row in tx.queue_listing(state=state, n=n)]


def _line(answer: str) -> str:
    """A relay's answer as one line that a terminal may show and the database can hold."""
    line = " ".join(answer[:ANSWER_LENGTH].split())
    return line if line.isprintable() else "".join(sign if sign.isprintable() else "?" for sign in line)
