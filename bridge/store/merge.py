"""People merged and split: who turns out to be one person, or two.

    merge(tx, kept, gone) -> Person     all that was of `gone` is `kept`'s; tokens given to `gone` go on working
    split(tx, address, name, now) -> Person   the address becomes a new person's, with what was written from it
    find(tx, word) -> Person | None     by address, @handle or number

Each post reaches a person once, before and after. What both wanted differently stays as `kept` has it.
"""

from __future__ import annotations

from ..mail.message import Mailbox
from ..posting.people import display_name, same_name
from ..posting.people import handle as handle_of
from ..posting.post import Person
from . import people
from .database import Tx

FURTHER = ("cancelled", "failed", "digest", "waiting", "digested", "sent")
"""The states of a letter by how far it is on its way: of two of one post the further one counts."""


def find(tx: Tx, word: str) -> Person | None:
    """The person of an address, a handle (with or without `@`) or a number."""
    if word.isascii() and word.isdigit() and len(word) < 15:
        return people.get(tx, int(word))
    if "@" in word[1:]:
        return people.by_address(tx, word)
    row = tx.person_of_handle(handle=word.removeprefix("@").casefold())
    return people.get(tx, row["person_id"]) if row else None


def merge(tx: Tx, kept: int, gone: int) -> Person:
    """Make two people one, under the name of the first. Raises ValueError where they are one already, or unknown."""
    first, second = people.get(tx, kept), people.get(tx, gone)
    if first is None or second is None or first.id == second.id:
        raise ValueError("these are not two people")
    both = {"kept": first.id, "gone": second.id}
    for row in list(tx.merge_letters_of_both(**both)):
        behind = FURTHER.index(row["kept_state"]) < FURTHER.index(row["gone_state"])
        tx.delivery_drop(id=row["kept_id"] if behind else row["gone_id"])
    moves = (
        tx.merge_addresses, tx.merge_handles, tx.merge_posts, tx.merge_subscriptions, tx.merge_choices,
        tx.merge_mutes, tx.merge_guests, tx.merge_mentions, tx.merge_moderators, tx.merge_deliveries,
        tx.merge_digests, tx.merge_bounces, tx.merge_claims, tx.merge_person, tx.merge_point,
    )  # fmt: skip
    for move in moves:
        move(**both)
    left = (
        tx.merge_left_subscriptions, tx.merge_left_choices, tx.merge_left_mutes, tx.merge_left_guests,
        tx.merge_left_mentions, tx.merge_left_moderators,
    )  # fmt: skip
    for drop in left:
        drop(gone=second.id)
    return _person(tx, first.id)


def split(tx: Tx, address: str, name: str, now: int) -> Person:
    """Give an address, and all that came from it, to a new person. Raises ValueError where it is its owner's only one.

    He has the subscriptions of the old one, as either of them may have made them, and those handles that fit his name.
    Without a `name` he bears the one that most of the posts from this address bear.
    """
    owner = people.by_address(tx, address)
    if owner is None or len(owner.addresses) < 2:
        raise ValueError(f"{address} is not one of several addresses of a person")
    row = tx.split_name(address=address)
    name = name or (row["name"] if row else display_name(Mailbox("", address)))
    new: int = tx.person_add(name=name, member=int(owner.member), now=now)["id"]
    tx.split_address(address=address, new=new)
    tx.split_posts(address=address, old=owner.id, new=new, name=name)
    tx.split_deliveries(address=address, old=owner.id, new=new)
    tx.split_subscriptions(old=owner.id, new=new)
    tx.split_guests(old=owner.id, new=new)
    tx.split_bounces(address=address, new=new)
    for handle in owner.handles:
        if handle_of(handle) == handle_of(name) and not same_name(name, owner.name):
            tx.split_handle(handle=handle, old=owner.id, new=new)
    people.make_handle(tx, new)
    return _person(tx, new)


def _person(tx: Tx, person_id: int) -> Person:
    person = people.get(tx, person_id)
    if person is None:  # made or found above, within this transaction
        raise LookupError(f"person {person_id} is gone")
    return person
