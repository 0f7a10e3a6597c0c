"""Whom a post names, and whom its mail copied: the people whom it is meant for, written before it is announced."""

from __future__ import annotations

import json
from typing import Any

from ..posting.mentions import Candidates, Named, Names, mentioned
from ..posting.post import MailingList
from ..store import people
from ..store.database import Tx


def note(tx: Tx, target: MailingList, post_id: int) -> None:
    """Write the mentions of a post: those in its text, and the members whom its mail copied."""
    post = tx.post_get(id=post_id)
    names = _names(tx, target, post)
    named = set(mentioned(post["text"], names)) if names else set()
    for row in tx.copied_list(post_id=post_id):
        if row["person_id"] and people.mode(tx, target.id, row["person_id"]) is not None:
            named.add(row["person_id"])
    for person_id in sorted(named - {post["author_id"]}):
        tx.mention_put(post_id=post_id, person_id=person_id)


def _names(tx: Tx, target: MailingList, post: Any) -> Names:
    """What the people of a list are called, of those whom a post may name: a large list has thousands."""
    candidates = Candidates(post["text"])
    within = {"list_id": target.id, "thread_id": post["thread_id"]}
    handles: dict[int, list[str]] = {}
    if candidates.handles:
        for row in tx.mention_handles(handles=json.dumps(sorted(candidates.handles))):
            handles.setdefault(row["person_id"], []).append(row["handle"])
    named = {
        person_id: Named(person_id, name, tuple(handles.get(person_id, ())))
        for person_id, name in (json.loads(tx.mention_people(**within)[0]) if candidates else ())
        if person_id == post["author_id"] or person_id in handles or candidates.may_be(name)
    }
    # The author counts where somebody else may be named, and has his name.
    return Names(named.values() if named.keys() - {post["author_id"]} else [])
