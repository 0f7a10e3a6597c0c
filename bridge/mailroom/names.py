"""One person's several addresses: he asks for one more, that address itself agrees, and then it is his.

    claim(walk, target, person, written, language) -> str   execution of `add ADDRESS`; gives what he is told
    by_token(walk, token) -> Ending | None                  the answer of the address to `confirm+TOKEN@`

Whether it was he who asked is settled before (a token, or his own confirmation): otherwise whoever forges his From
could make a stranger's address his. An address of another member is not added; a guest's is, with what he wrote.
Limits: three claims a day for a person, one letter a day to an address (promise L4); a claim lasts `[limits]
confirm_days`.
"""

from __future__ import annotations

from ..fanout import notices
from ..fanout.notices import commands as texts
from ..fanout.notices.form import command as command_address
from ..mail.address import addr_spec
from ..mail.recipient import recipient
from ..mail.token import Purpose
from ..posting.post import MailingList, Person
from ..posting.verbs import Verb
from ..store import merge, people
from . import tongue
from .announce import DAY
from .guests import is_robot
from .hand import Ending, Walk, tell_by

CLAIMS_A_DAY = 3
KIND = "add-address"


def claim(walk: Walk, target: MailingList, person: Person, written: str, language: str = "en") -> str:
    """Write to an address that a person says is his; gives the sentence that tells him so, or why not."""
    tx, address = walk.tx, addr_spec(written)
    if address is None:
        word = texts.word(language, Verb.ADD)
        return texts.link(language, "add_form", example=f"{word} sam@work.example")
    if address in person.addresses:
        return texts.link(language, "add_own", address=address)
    recent = tx.claim_count(person_id=person.id, since=walk.now - DAY)["n"]
    if recent >= CLAIMS_A_DAY or not _free(walk, address):
        return texts.link(language, "add_not", address=address, owner=command_address(target, "owner"))
    row = tx.claim_add(person_id=person.id, address=address, now=walk.now)
    token = walk.tokens.mint(Purpose.ADD_ADDRESS, person.id, row["id"])
    notice = notices.confirm_address(walk.site, target, person.name, language)
    tell_by(walk, target, address, KIND, notice, f"confirm+{token}@{walk.site.domain}")
    return texts.link(language, "add_asked", address=address)


def _free(walk: Walk, address: str) -> bool:
    """Whether an address may become somebody's: it is none of ours, no robot's, and no other member's."""
    known = frozenset(each.address for each in walk.lists)
    if is_robot(address) or recipient(address, walk.site.domain, known) is not None:
        return False
    owner = people.by_address(walk.tx, address)
    return owner is None or not _is_member(walk, owner)


def _is_member(walk: Walk, person: Person) -> bool:
    return person.member or any(walk.tx.subscriptions_of(person_id=person.id))


def by_token(walk: Walk, token: str) -> Ending | None:
    """The ending of an address's answer to the letter that asked it; None where the token is for something else."""
    bound = walk.tokens.read(Purpose.ADD_ADDRESS, token)
    if bound is None:
        return None
    tx, person = walk.tx, people.get(walk.tx, bound[0])
    row = tx.claim_get(id=bound[1], person_id=person.id) if person else None
    if person is None or row is None:
        return Ending("refused", "bad-token", "nobody asks for this address any more")
    address: str = row["address"]
    if row["created"] < walk.now - walk.site.confirm_days * DAY:
        return Ending("refused", "expired", f"{address} was asked about too long ago")
    if address in person.addresses:
        return Ending("command", KIND, f"{address} is {person.name}'s already")
    if not _free(walk, address):
        return Ending("refused", "taken", f"{address} is another member's")
    guest = people.by_address(tx, address)
    if guest is not None:
        merge.merge(tx, person.id, guest.id)
    else:
        tx.address_add(address=address, person_id=person.id)
    tx.claim_drop(person_id=person.id, address=address)
    tx.ledger_rewalk_held_of(author=address, now=walk.now)
    _tell(walk, person, address)
    return Ending("command", KIND, f"{address} is {person.name}'s from now on")


def _tell(walk: Walk, person: Person, address: str) -> None:
    """Tell it to the address that letters go to: if it was not he who asked, he knows by this."""
    rows = walk.tx.subscriptions_of(person_id=person.id)
    ids = [row["list_id"] for row in rows]
    target = next((each for each in walk.lists if each.id in ids), walk.lists[0])
    language = tongue.of_person(walk.tx, walk.site, person.id)
    notice = notices.address_added(walk.site, target, person.name, address, language)
    tell_by(walk, target, person.addresses[0], f"{KIND}-done", notice)
