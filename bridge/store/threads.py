"""The tree of a list's posts, kept right whatever the order in which mails arrive.

A post hangs from the nearest id of its chain (posting.threads.chain) that is a post. Ids that have not arrived are
ghosts: they hold a place in the thread, so that two answers to a missing mail stand in one thread, and when the mail
comes it takes its answers, with all that hangs below them. A parent that a reply token named is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..posting.threads import clean_subject, subject_key
from . import lists
from .database import Tx

RECENT = 60 * 86_400 * 1_000_000
"""How old a thread may be, in microseconds, for its subject alone to draw an answer into it."""
MAX_DEPTH = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post goes: `thread_id` None begins a thread; `found_by` says what decided."""

    thread_id: int | None
    parent_id: int | None
    found_by: str


def at_post(tx: Tx, post_id: int, found_by: str) -> Place | None:
    """The place below a post."""
    row = tx.post_parent(id=post_id)
    return Place(row["thread_id"], post_id, found_by) if row else None


def by_chain(tx: Tx, list_id: int, chain: Sequence[str]) -> Place | None:
    """The nearest id of the chain that is a post."""
    for reference in chain:
        row = tx.known_id_get(list_id=list_id, message_id=reference)
        if row and row["post_id"]:
            return Place(row["thread_id"], row["post_id"], "reference")
    return None


def by_ghost(tx: Tx, list_id: int, message_id: str, chain: Sequence[str]) -> Place | None:
    """The thread of the first ghost: of the chain, or of the mail's own id, which an answer named before it came."""
    for reference in chain:
        if row := tx.known_id_get(list_id=list_id, message_id=reference):
            return Place(row["thread_id"], None, "reference")
    row = tx.known_id_get(list_id=list_id, message_id=message_id)
    # With a post it is another mail, which bore this id first: its thread is a stranger's choice (promise A10).
    return Place(row["thread_id"], None, "reference") if row and not row["post_id"] else None


def by_quotes(tx: Tx, list_id: int, message_ids: Sequence[str], post_ids: Sequence[int]) -> Place | None:
    """The first post of this list that the quoted part names by Message-ID or permalink."""
    for message_id in message_ids:
        row = tx.known_id_get(list_id=list_id, message_id=message_id)
        if row and row["post_id"]:
            return Place(row["thread_id"], row["post_id"], "quote")
    for post_id in post_ids:
        row = tx.post_get(id=post_id)
        if row and row["list_id"] == list_id:
            return Place(row["thread_id"], post_id, "quote")
    return None


def by_subject(tx: Tx, list_id: int, subject: str, person_id: int, now: int) -> Place | None:
    """The head of the latest thread of that subject in which the person took part; none for no subject at all."""
    key = subject_key(subject)
    if not key:
        return None
    row = tx.thread_by_subject(list_id=list_id, subject_key=key, since=now - RECENT, person_id=person_id)
    return Place(row["id"], row["head"], "subject") if row else None


def begin(tx: Tx, list_id: int, subject: str, date: int) -> int:
    """A new thread; its title follows its head from then on."""
    title = _title(tx, list_id, subject)
    return int(tx.thread_add(list_id=list_id, title=title, subject_key=subject_key(subject), date=date)["id"])


def settle(
    tx: Tx, *, list_id: int, post_id: int, place: Place, message_id: str, chain: Sequence[str], date: int
) -> None:
    """Make a stored post known to its list: its id, its ghosts, and the answers that waited for it."""
    thread_id = place.thread_id
    if thread_id is None:
        raise ValueError("a post is settled in a thread that exists")
    old = tx.known_id_get(list_id=list_id, message_id=message_id)
    tx.known_id_post(list_id=list_id, message_id=message_id, thread_id=thread_id, post_id=post_id)
    for nearness, reference in enumerate(chain):
        tx.known_id_ghost(list_id=list_id, message_id=reference, thread_id=thread_id)
        tx.reference_add(list_id=list_id, message_id=reference, post_id=post_id, nearness=nearness)
    tx.thread_grow(id=thread_id, date=date)
    # A thread that this post begins was named by `begin`: four statements less for every other mail.
    begun = place.found_by in ("new", "orphan")
    touched = {thread_id} if place.parent_id is None and not begun else set()
    if old is not None:
        for row in list(tx.reference_waiting(list_id=list_id, message_id=message_id)):
            nearer = row["parent_nearness"] is None or row["nearness"] < row["parent_nearness"]
            if row["post_id"] != post_id and nearer and _free(tx, row["post_id"], post_id):
                tx.post_hang(id=row["post_id"], parent_id=post_id, placed_by="reference")
                touched |= _move(tx, row["post_id"], row["thread_id"], thread_id)
    for touched_id in touched:
        _name(tx, touched_id)


def adopt_orphans(tx: Tx, list_id: int, post_id: int, thread_id: int, subject: str, date: int) -> None:
    """Hang answers that came before this first post of a thread, and named no id, below it."""
    key = subject_key(subject)
    if not key:
        return
    orphans = list(tx.thread_orphans(list_id=list_id, subject_key=key, since=date, until=date + RECENT))
    touched = {thread_id}
    for row in orphans:
        if row["thread_id"] != thread_id:
            tx.post_hang(id=row["id"], parent_id=post_id, placed_by="subject")
            touched |= _move(tx, row["id"], row["thread_id"], thread_id)
    if orphans:
        for touched_id in touched:
            _name(tx, touched_id)


def _free(tx: Tx, upper: int, lower: int) -> bool:
    """Whether `upper` may hang below `lower`: no circle, or one that only a parent found by subject would close.

    A subject is a guess and References are not: such a parent is let go.
    """
    guessed: int | None = None
    at: int | None = lower
    for _ in range(MAX_DEPTH):
        if at is None:
            return True
        if at == upper:
            if guessed is not None:
                tx.post_hang(id=guessed, parent_id=None, placed_by="orphan")
            return guessed is not None
        row = tx.post_parent(id=at)
        if row["placed_by"] == "subject":
            guessed = at
        at = row["parent_id"]
    return False


def _move(tx: Tx, post_id: int, old: int, new: int) -> set[int]:
    """Take a post with all below it into another thread; gives the threads that have changed and still are."""
    if old == new:
        return {new}
    under_way = [post_id]
    while under_way:
        at = under_way.pop()
        tx.post_move(id=at, thread_id=new)
        tx.known_id_move_post(post_id=at, thread_id=new)
        under_way += [row["id"] for row in tx.post_children(id=at)]
    if tx.thread_size(id=old)["posts"] == 0:
        tx.known_id_move_thread(old=old, new=new)
        for move, forget in (
            (tx.thread_choice_move, tx.thread_choice_forget),
            (tx.guest_move, tx.guest_forget),
        ):
            move(old=old, new=new)
            forget(thread_id=old)
        tx.thread_drop(id=old)
        return {new}
    return {old, new}


def _title(tx: Tx, list_id: int, subject: str) -> str:
    """A subject as a title: without reply prefixes and the list's own tag; a tag of its author's stays."""
    names = next(([each.name, each.title] for each in lists.every(tx) if each.id == list_id), None)
    return clean_subject(subject, names) or "(no subject)"


def _name(tx: Tx, thread_id: int) -> None:
    """Bring title, subject, dates and size of a thread up to date."""
    tx.thread_refresh(id=thread_id)
    head = tx.thread_head(id=thread_id)
    if head is not None:
        tx.thread_name(
            id=thread_id, title=_title(tx, head["list_id"], head["subject"]),
            subject_key=subject_key(head["subject"]),
        )  # fmt: skip
