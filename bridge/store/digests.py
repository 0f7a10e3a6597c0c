"""Digests: what was collected for a person becomes one letter, in one transaction.

A delivery in state `digest` waits until it is due. `collect` takes all that is due for one person: a row of `digest`,
these deliveries marked `digested` with its id, and one more delivery that carries it. Since this happens together or
not at all, and a row leaves `digest` once, each post stands in one digest, whatever dies in between. Times are
microseconds UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..fanout.timetable import next_digest, quiet_end
from ..posting.site import Site
from . import choices
from .database import Tx

LARGEST = 100
"""Posts that one digest holds; what is beyond comes in the next one at once."""


@dataclass(frozen=True, slots=True)
class Collected:
    """A digest as stored: for whom, when it was put together, and its Message-ID."""

    id: int
    person_id: int
    created: int
    message_id: str


def due_people(tx: Tx, now: int, after: int = 0, n: int = 500) -> list[int]:
    """Up to `n` persons, with ids above `after`, for whom posts are to be collected now."""
    return [row["person_id"] for row in tx.digest_people(now=now, after=after, n=n)]


def collect(tx: Tx, site: Site, person_id: int, now: int) -> int | None:
    """Put together what is due for a person; gives the digest's id, None where nothing is left to tell him.

    While he is away, or his address is not one that letters go to, it is put off.
    """
    rhythm = choices.preferences(tx, person_id).rhythm(site)
    address = tx.digest_address(person_id=person_id)
    if rhythm.away(now) or address is None or address["state"] != "ok":
        tx.digest_put_off(person_id=person_id, now=now, due=next_digest(rhythm, "daily", now))
        return None
    rows = list(tx.digest_rows(person_id=person_id, now=now, n=LARGEST))
    unwanted = _unwanted(tx, person_id, rows)
    tx.digest_leave_out([{"id": id, "now": now} for id in unwanted])
    wanted = [row for row in rows if row["id"] not in unwanted]
    if not wanted:
        return None
    digest_id = int(tx.digest_add(person_id=person_id, now=now)["id"])
    tx.digest_name(id=digest_id, message_id=f"digest.{digest_id}.{now}@{site.domain}")
    tx.digest_hold([{"id": row["id"], "digest_id": digest_id, "now": now} for row in wanted])
    lists = {row["list_id"] for row in wanted}
    tx.digest_carry(
        digest_id=digest_id, person_id=person_id, list_id=lists.pop() if len(lists) == 1 else None,
        address=address["address"], due=quiet_end(rhythm, now) or now, now=now,
    )  # fmt: skip
    return digest_id


def _unwanted(tx: Tx, person_id: int, rows: list[Any]) -> set[int]:
    """Rows that he would not want any more: of a thread or branch that he mutes now, by his own hand, of no list."""
    mutes = tx.digest_mutes(person_id=person_id) is not None
    return {
        row["id"]
        for row in rows
        if row["muted"]
        or row["author_id"] == person_id
        or (row["reason"] != "guest" and row["mode"] is None)
        or (row["mode"] == "none" and row["reason"] not in ("followed", "guest"))
        or (mutes and tx.digest_branch_muted(person_id=person_id, post_id=row["post_id"]))
    }


def get(tx: Tx, digest_id: int) -> Collected | None:
    """The digest of that id."""
    row = tx.digest_get(id=digest_id)
    return Collected(**dict(row)) if row else None


def by_message_id(tx: Tx, message_id: str) -> Collected | None:
    """The digest of a Message-ID: these begin `digest.ID.`."""
    name, _, rest = message_id.partition(".")
    number = rest.partition(".")[0]
    if name != "digest" or not number.isascii() or not number.isdigit() or len(number) > 12:
        return None
    found = get(tx, int(number))
    return found if found and found.message_id == message_id else None
