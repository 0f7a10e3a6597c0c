"""People, their addresses and handles, and what they are subscribed to.

Addresses are compared as `mail.address.addr_spec` gives them: lower case, domain in its ASCII form. The functions
take the transaction they belong to, so that a caller decides what is done together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..posting.people import handle as handle_of
from ..posting.post import Mode, Person
from .database import Tx


def get(tx: Tx, person_id: int) -> Person | None:
    """The person of that id, or the one whom he was merged into."""
    return _person(tx.person_get(id=person_id))


def by_address(tx: Tx, address: str) -> Person | None:
    """Whose address this is, if anybody's."""
    return _person(tx.person_by_address(address=address.lower()))


def _person(row: Any) -> Person | None:
    if row is None:
        return None
    person_id, name, member, own_posts, addresses, handles = row
    return Person(
        id=person_id,
        name=name,
        addresses=tuple(json.loads(addresses)),
        handles=tuple(json.loads(handles)),
        member=bool(member),
        own_posts=bool(own_posts),
    )


def add_person(
    tx: Tx, name: str, addresses: Iterable[str], handles: Iterable[str], member: bool, now: int
) -> Person:
    """The person with these addresses and handles, made where no address is known, completed where one is.

    A guest who is added as a member becomes one; an address or handle that is somebody else's stays his.
    """
    addresses = [address.lower() for address in addresses]
    known = [row["person_id"] for a in addresses if (row := tx.person_of_address(address=a))]
    person_id: int = known[0] if known else tx.person_add(name=name, member=int(member), now=now)["id"]
    if known and name:
        tx.person_rename(id=person_id, name=name)
    if member:
        tx.person_enrol(id=person_id)
    for address in addresses:
        tx.address_add(address=address, person_id=person_id)
    for handle in handles:
        add_handle(tx, person_id, handle)
    person = get(tx, person_id)
    if person is None:  # made or found above, within this transaction
        raise LookupError(f"person {person_id} is gone")
    return person


def add_handle(tx: Tx, person_id: int, handle: str) -> bool:
    """Give a person a handle (without `@`); false where it is taken."""
    return bool(tx.handle_add(handle=handle.removeprefix("@").casefold(), person_id=person_id))


def make_handle(tx: Tx, person_id: int) -> None:
    """Give a person without a handle one made of his name, if that is free."""
    person = get(tx, person_id)
    if person is None or person.handles or not any(sign.isalnum() for sign in person.name):
        return
    add_handle(tx, person.id, handle_of(person.name))


def subscribe(tx: Tx, list_id: int, address: str, name: str, mode: str, now: int) -> int:
    """Make the owner of `address` a member of the list with that mode; gives the person's id."""
    person = add_person(tx, name, [address], [], True, now)
    tx.subscription_put(list_id=list_id, person_id=person.id, mode=mode, now=now)
    make_handle(tx, person.id)
    return person.id


def unsubscribe(tx: Tx, list_id: int, person_id: int) -> bool:
    """End a subscription; false where there was none."""
    return bool(tx.subscription_drop(list_id=list_id, person_id=person_id))


def mode(tx: Tx, list_id: int, person_id: int) -> Mode | None:
    """The delivery mode of a subscription, None without one."""
    row = tx.subscription_get(list_id=list_id, person_id=person_id)
    found: Mode | None = row["mode"] if row else None
    return found
