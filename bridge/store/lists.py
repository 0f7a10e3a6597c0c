"""The lists: those of the config are written in at every start, under their names."""

from __future__ import annotations

from ..posting.post import MailingList
from .database import Tx

FIELDS = ("id", "name", "address", "title", "description", "who_can_post", "visibility", "guests")


def put(tx: Tx, mailing_list: MailingList) -> None:
    """Add a list, or bring the one of that name up to date; its `id` is not used."""
    tx.list_put(**{key: getattr(mailing_list, key) for key in FIELDS if key != "id"})


def every(tx: Tx) -> tuple[MailingList, ...]:
    """All lists, oldest first."""
    return tuple(MailingList(**{key: row[key] for key in FIELDS}) for row in tx.list_all())
