"""The road: admit a mail at the door, keep it, receive it, announce its post, compose its letters.

    bytes -> Envelope -> Message -> triage -> Reply -> place -> Post -> Deliveries -> Envelope -> bytes

The mailroom imports the core and the store; doors, pages and the outbox are handed its methods. It is synchronous and
keeps nothing in memory that the database does not hold, so any number of processes may walk mails side by side.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from ..errors import Permanent
from ..fanout.compose import Letter, Slot
from ..mail.envelope import Envelope
from ..mail.recipient import RecipientKind, recipient
from ..mail.token import Purpose
from ..mail.triage import Own
from ..posting.post import MailingList
from ..posting.site import Site
from ..store import alarms, blobs, choices, keys, ledger, lists, people, queue
from ..store.database import Store, Tx
from ..store.queue import Due
from . import bounces, digests, letters, moderation, quiet
from .leaving import lists_of
from .reading import Read, read_here
from .receiving import Receiver
from .vouching import Vouching
from .walk import Ending

RECENT = 1_000_000
"""How long, in microseconds, the door goes by the lists it has read."""
FEW = 4
"""So many mails are no waiting line, whatever the pace: readers are to find one."""
OPERATOR = "the operator"

BOUND = {
    RecipientKind.REPLY: (Purpose.REPLY, Purpose.DIGEST),
    RecipientKind.BOUNCE: (Purpose.BOUNCE,),
    RecipientKind.RELAY: (Purpose.RELAY,),
}
"""Addresses that are ours only with a token that we gave out."""


class Mailroom:
    """The road of one installation. `now` gives microseconds UTC; `wake` is called after what others wait for.

    `read` reads a mail: in this process, or in one that may be killed (`readers`).
    """

    def __init__(
        self, store: Store, site: Site, now: Callable[[], int], wake: Callable[[], None] = lambda: None,
        read: Read = read_here,
    ) -> None:  # fmt: skip
        self.store, self.site, self.now, self.wake, self.read = store, site, now, wake, read
        self.tokens = self._keys().tokens()
        self._list_addresses: frozenset[str] = frozenset()
        self._lists_read = 0
        self._receiver = Receiver(self)
        self.alarm_after = alarms.STUCK
        """For how many microseconds mail may stand still before `alarms` tells of it."""
        self.vouching = Vouching()
        """Who checks whose a mail is; the daemon puts another in its place."""

    def _keys(self) -> keys.Keys:
        """The keys of all address tokens: made at the first start, kept with the database that they belong to."""
        now = self.now()
        known = self.store.read(lambda tx: keys.keys(tx, now))
        return known or self.store.write(lambda tx: keys.begin(tx, secrets.token_bytes(32), now))

    def take_up_keys(self) -> None:
        """Go by the keys that hold now: an operator may have changed them, and old ones end by themselves."""
        self.tokens = self._keys().tokens()

    def lists(self) -> tuple[MailingList, ...]:
        """The lists as they are now."""
        return self.store.read(lists.every)

    def own(self) -> Own:
        """What of a mail's addresses is ours."""
        return Own(self.site.domain, frozenset(each.address for each in self.lists()))

    # -- admit -------------------------------------------------------------------------------------------------

    def admit(self, sender: str, address: str) -> None:
        """Whether a recipient is ours. Raises `Permanent` (550 5.1.1) where it is not (promise S2)."""
        domain = self.site.domain
        if address in self._addresses(RECENT):  # most mail goes to a list, written as it is written
            return
        # Nobody is refused by what was true a moment ago: his list may have been made since.
        meaning = recipient(address, domain, self._addresses(RECENT)) or recipient(
            address, domain, self._addresses(0)
        )
        if meaning is None:
            raise Permanent("no such address here", code=550, status="5.1.1")
        purposes = BOUND.get(meaning.kind)
        if purposes and not any(self.tokens.read(purpose, meaning.token) for purpose in purposes):
            raise Permanent("no such address here", code=550, status="5.1.1")

    def _addresses(self, age: int) -> frozenset[str]:
        """The addresses of all lists as they were not longer ago than `age`, in microseconds."""
        now = self.now()
        if not now - age < self._lists_read <= now:
            self._list_addresses, self._lists_read = self.own().list_addresses, now
        return self._list_addresses

    def keep_all(self, mails: Sequence[tuple[Envelope, str, str]]) -> list[int]:
        """Keep mails (envelope, via, account) in one transaction and wait until it is on disk; gives their ids."""
        now = self.now()
        packed = [
            (blobs.pack(envelope.content), via, account, envelope.sender, envelope.recipients)
            for envelope, via, account in mails
        ]
        kept = self.store.write(lambda tx: ledger.add_all(tx, packed, now))
        self.wake()
        return kept

    def submit(self, envelope: Envelope, via: str, account: str = "") -> Future[int]:
        """Keep a mail; the future is set, with its ledger id, once the mail is on disk (promise D1)."""
        add = partial(
            ledger.add, blob=blobs.pack(envelope.content), via=via, account=account, sender=envelope.sender,
            recipients=envelope.recipients, now=self.now(),
        )  # fmt: skip
        future = self.store.submit(add)
        future.add_done_callback(lambda _: self.wake())
        return future

    def keep(self, envelope: Envelope, via: str, account: str = "") -> int:
        """Keep a mail and wait until it is on disk; gives its ledger id."""
        return self.submit(envelope, via, account).result()

    def behind(self, patience: int) -> bool:
        """Whether a mail has waited longer than `patience`, in microseconds."""
        oldest = self.store.read(ledger.oldest)
        return oldest is not None and oldest < self.now() - patience

    def waits(self) -> tuple[bool, bool]:
        """Whether a mail waits to be walked, and whether a letter waits to be sent."""
        now = self.now()
        mail, letter = self.store.read(lambda tx: (ledger.waits(tx, now), queue.next_due(tx)))
        return mail, letter is not None and letter <= now

    def far_behind(self, seconds: float) -> bool:
        """Whether a mail that came now would wait so long, at the pace at which mails were walked lately.

        Not where walking stands still: waiting at the door helps nobody then, and hides what is the matter.
        """
        if self.store.trouble or self._receiver.stands_still:
            return False
        now, most = self.now(), max(FEW, seconds * self._receiver.pace)
        return self.store.read(lambda tx: ledger.ahead(tx, now, int(most) + 1)) >= most

    # -- receive -----------------------------------------------------------------------------------------------

    def receive_waiting(self, n: int = 20) -> int:
        """Walk up to `n` mails that are due; gives how many there were. Threads that call it walk side by side."""
        return self._receiver.waiting(n)

    def receive(self, ledger_id: int) -> Ending | None:
        """Walk one mail now; None where it does not wait."""
        return self._receiver.one(ledger_id)

    # -- moderate ----------------------------------------------------------------------------------------------

    def release(self, ledger_id: int, mode: str = "", by: str = OPERATOR) -> bool:
        """Let a held or parked mail through: it is walked anew; false where it is neither.

        With a `mode` its sender becomes a member of the list for which it was held.
        """
        return self.store.write(lambda tx: moderation.release(tx, ledger_id, by, self.now(), mode))

    def refuse(self, ledger_id: int, reason: str, by: str = OPERATOR) -> bool:
        """Refuse a held mail for good, and tell its sender where that is safe; false where it is not held."""
        refused = self.store.write(
            lambda tx: moderation.refuse(tx, self.site, lists.every(tx), ledger_id, reason, by, self.now())
        )
        self.wake()
        return refused

    def tell_moderators(self) -> int:
        """Queue the letters about held mails that are due; gives their number."""
        letters = self.store.write(
            lambda tx: moderation.tell_moderators(tx, self.site, self.tokens, lists.every(tx), self.now())
        )
        if letters:
            self.wake()
        return letters

    # -- announce ----------------------------------------------------------------------------------------------

    def letter(self, due: Due) -> Letter:
        """The letter of a delivery, composed once for all who get it."""
        if due.digest_id is not None:
            return self.store.read(
                lambda tx: digests.letter(tx, self.tokens, self.site, lists.every(tx), due)
            )
        return self.store.read(
            lambda tx: letters.of_delivery(tx, self.tokens, self.site, lists.every(tx), due)
        )

    def send_digests(self, now: int | None = None) -> int:
        """Put together every digest that is due; gives their number. Nothing is lost or told twice by a crash."""
        now = self.now() if now is None else now
        quiet.keep(self.store, self.site, now)
        made = digests.send_digests(self.store, self.site, now)
        if made:
            self.wake()
        return made

    def look_after_bounces(self) -> int:
        """Count what relays refused, and take the next step with addresses that bounced; gives how many."""
        steps = self.store.write(lambda tx: bounces.look_after(tx, self.site, self.tokens, self.now()))
        if steps:
            self.wake()
        return steps

    def alarms(self, tx: Tx) -> list[str]:
        """What an operator has to look at, a few words each; [] when all is well."""
        found = alarms.raised(tx, self.now(), self.alarm_after)
        return [f"the database: {self.store.trouble}", *found] if self.store.trouble else found

    def preview_digest(self, address: str) -> bytes:
        """The digest that the owner of an address would get now; it changes nothing.

        Raises LookupError for an unknown address, `Permanent` where nothing is collected for it.
        """

        def compose(tx: Tx) -> Letter:
            person = people.by_address(tx, address)
            if person is None:
                raise LookupError(address)
            return digests.preview(tx, self.tokens, self.site, lists.every(tx), person, self.now())

        return self.store.read(compose).fill({})

    def addresses(self, due: Due) -> tuple[str, Mapping[Slot, bytes]]:
        """The envelope sender and the slots of one copy."""
        return self.addressed([due])[0]

    def addressed(self, dues: Sequence[Due]) -> list[tuple[str, Mapping[Slot, bytes]]]:
        """The same for several copies of one letter."""
        return letters.addressed(self.tokens, self.site, dues)

    def unsubscribable(self, token: str) -> tuple[str, MailingList] | None:
        """Whose subscription to what an unsubscribe token would end; None for a token that we never gave out."""
        person_id, targets = self.store.read(lambda tx: lists_of(tx, self.tokens, token))
        person = self.store.read(lambda tx: people.get(tx, person_id)) if targets else None
        if person is None:
            return None
        return person.name, replace(targets[0], title=", ".join(each.title or each.name for each in targets))

    def unsubscribe(self, token: str) -> bool:
        """End that subscription and stop its letters (RFC 8058: repeating it is fine); false for a bad token."""

        def leave(tx: Tx) -> bool:
            person_id, targets = lists_of(tx, self.tokens, token)
            for target in targets if people.get(tx, person_id) else ():
                choices.leave(tx, target.id, person_id, self.now())
            return bool(targets)

        return self.store.write(leave)
