"""Whom a post names, and whom its mail copied: the people whom it is meant for, written before it is announced."""

from __future__ import annotations

import json
from typing import Any

from ..posting.mentions import Candidates, Named, Names, mentioned
from ..posting.post import MailingList
from ..store import people
from ..store.database import Tx


def note(tx: Tx, target: MailingList, post: Any, *, copied: bool) -> None:
    """Write the mentions of a post, given as its row: those in its text, and the members whom its mail `copied`."""
    names = _names(tx, target, post)
    named = set(mentioned(post["text"], names)) if names else set()
    for row in tx.copied_list(post_id=post["id"]) if copied else ():
        if row["person_id"] and people.mode(tx, target.id, row["person_id"]) is not None:
            named.add(row["person_id"])
    for person_id in sorted(named - {post["author_id"]}):
        tx.mention_put(post_id=post["id"], person_id=person_id)


def _names(tx: Tx, target: MailingList, post: Any) -> Names:
    """What the people of a list are called, of those whom a post may name: a large list has thousands."""
    candidates = Candidates(post["text"])
    if not candidates:
        return Names([])
    rows = tx.mention_people(
        list_id=target.id, thread_id=post["thread_id"],
        firsts=json.dumps([*candidates.firsts]), handles=json.dumps([*candidates.handles]),
    ).fetchall()  # fmt: skip
    if all(person_id == post["author_id"] for person_id, _, _ in rows):
        return Names([])  # most mails end with the name of their author
    named = {
        person_id: Named(person_id, name, tuple((handles or "").split()))
        for person_id, name, handles in rows
        if handles or candidates.may_be(name)
    }
    # The author counts where somebody else may be named, and has his name.
    return Names(named.values() if named.keys() - {post["author_id"]} else [])
