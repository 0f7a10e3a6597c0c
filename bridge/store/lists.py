"""The lists: those of the config are written in at every start, under their names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..mail.message import Mailbox
from ..posting.people import display_name
from ..posting.post import MailingList
from . import people
from .database import Tx

FIELDS = (
    "id", "name", "address", "title", "description", "who_can_post", "visibility", "guests", "first_posts",
    "mask_private", "who", "spam_header", "spam_score",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moderator:
    """Somebody who decides on held mails of a list, and the address that he is told at."""

    person_id: int
    name: str
    address: str
    last_told: int


def put(tx: Tx, mailing_list: MailingList) -> int:
    """Add a list, or bring the one of that name up to date; its `id` is not used. Gives the id it has."""
    tx.kept.pop("lists", None)
    return int(tx.list_put(**{key: getattr(mailing_list, key) for key in FIELDS if key != "id"})["id"])


def every(tx: Tx) -> tuple[MailingList, ...]:
    """All lists, oldest first."""
    found: tuple[MailingList, ...] | None = tx.kept.get("lists")
    if found is None:
        found = tx.kept["lists"] = tuple(_list(*row) for row in tx.list_all())
    return found


@lru_cache(512)  # each transaction asks for all of them, and they hardly ever change
def _list(*row: Any) -> MailingList:
    values = dict(zip(FIELDS, row, strict=True))
    return MailingList(**{**values, "mask_private": bool(values["mask_private"])})


def appoint(tx: Tx, list_id: int, addresses: Iterable[str], now: int) -> None:
    """Make the owners of these addresses the moderators of a list, and nobody else."""
    kept = []
    for address in addresses:
        known = people.by_address(tx, address)
        name = display_name(Mailbox("", address))
        kept.append((known or people.add_person(tx, name, [address], [], False, now)).id)
    tx.moderator_drop_others(list_id=list_id, kept=json.dumps(kept))
    for person_id in kept:
        tx.moderator_add(list_id=list_id, person_id=person_id)


def moderators(tx: Tx, list_id: int | None) -> tuple[Moderator, ...]:
    """Who decides on the mails of a list; None: the moderators of all lists, each once."""
    rows = tx.moderator_all() if list_id is None else tx.moderator_list(list_id=list_id)
    return tuple(Moderator(*row) for row in rows)
