"""Whom a post names, and whom its mail copied: the people whom it is meant for, written before it is announced."""

from __future__ import annotations

from ..posting.mentions import Named, Names, mentioned
from ..posting.post import MailingList
from ..store import people
from ..store.database import Tx


def note(tx: Tx, target: MailingList, post_id: int) -> None:
    """Write the mentions of a post: those in its text, and the members whom its mail copied."""
    post = tx.post_get(id=post_id)
    names = Names(
        Named(row["id"], row["name"], tuple((row["handles"] or "").split()))
        for row in tx.mention_people(list_id=target.id, thread_id=post["thread_id"])
    )
    named = set(mentioned(post["text"], names))
    for row in tx.copied_list(post_id=post_id):
        if row["person_id"] and people.mode(tx, target.id, row["person_id"]) is not None:
            named.add(row["person_id"])
    for person_id in sorted(named - {post["author_id"]}):
        tx.mention_put(post_id=post_id, person_id=person_id)
