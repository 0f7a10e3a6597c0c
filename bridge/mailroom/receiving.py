"""Receiving: mails of the ledger are leased, read, settled in one transaction each, and have their one outcome.

Reading is done ahead of the commits, so that mails share these. A fault of ours is tried again, then the mail is
parked; what passes by itself (a full disk, a database in use) is no try. Nothing is kept in memory that the database
does not hold, but which mails are in hand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic, perf_counter
from typing import Protocol

from .. import maillog
from ..errors import Permanent
from ..mail.parse import message_id_of
from ..mail.recipient import RecipientKind
from ..mail.token import Tokens
from ..mail.triage import Nature, Own
from ..posting.authentication import Vouched
from ..posting.post import MailingList
from ..posting.site import Site
from ..reply.known import Known
from ..store import blobs, ledger, lists
from ..store.blobs import Blob
from ..store.database import Store, Tx
from ..store.faults import PASSING, StoreError, trouble
from ..store.ledger import Entry
from . import asking, bounces, commands, relay
from .complaints import complained
from .knowledge import gather
from .order import Order
from .reading import Read, Reading
from .vouching import Unsettled, Vouching
from .walk import Ending, Walk, addressed, post_to_lists

LEASE = 120 * 1_000_000
"""How long a mail is one worker's, in microseconds: far longer than a walk takes."""
CLAIMED = 20
"""How many mails are leased at once: one write for all of them."""
AHEAD = 20
"""How many mails a walker reads ahead of the commit of the first: so that they share one."""
LATELY = 32
"""Of how many mails the pace is told."""
STILL = 3.0
"""Seconds without a mail that was walked to its end: walking is kept from going on, by a full disk or so."""
TRIES = 3
PAUSES = (5_000_000, 60_000_000)
"""What a mail waits after its first and its second failed walk, in microseconds."""


@dataclass(frozen=True, slots=True)
class Settling:
    """A mail that was read and is being written; `begun` on the clock of `perf_counter`."""

    entry: Entry
    begun: float
    ending: Future[Ending]


class Undone(StoreError):
    """What a mail was read by was not committed: it is to be read again, and that is no fault of it."""


@dataclass(slots=True)
class Sight:
    """What a mail's reader was told of mails that were not on disk yet; `given_up` None where it was told of none."""

    given_up: int | None = None

    def check(self, tx: Tx) -> None:
        """Raises `Undone` where one of those mails was undone since."""
        if self.given_up is not None and self.given_up != tx.given_up:
            raise Undone("the mails before it could not be written")


class Room(Protocol):
    """What a receiver needs of its mailroom, and asks each time: keys, lists and who reads may change."""

    store: Store
    site: Site
    now: Callable[[], int]
    wake: Callable[[], None]
    read: Read
    tokens: Tokens
    vouching: Vouching

    def lists(self) -> tuple[MailingList, ...]:
        """The lists as they are now."""

    def tell_moderators(self) -> int:
        """Queue the letters about held mails that are due."""


class Receiver:
    """Walks the mails of one mailroom."""

    def __init__(self, room: Room) -> None:
        self._room, self._store = room, room.store
        self._order = Order(self._claim)
        self._lists: tuple[MailingList, ...] | None = None
        self._ended = deque[tuple[float, int]](maxlen=LATELY)

    @property
    def pace(self) -> float:
        """The weight of mails that a second lately saw walked, counting the time since the last one."""
        ended = tuple(self._ended)
        took = monotonic() - ended[0][0] if ended else 0.0
        return sum(weight for _, weight in ended) / max(took, 0.001)

    @property
    def stands_still(self) -> bool:
        """Whether no mail has come to its end for a while."""
        return bool(self._ended) and monotonic() - self._ended[-1][0] > STILL

    def waiting(self, n: int) -> int:
        """Walk up to `n` mails that are due; gives how many there were. Threads that call it walk side by side."""
        count, begun, faults = 0, deque[Settling](), list[Exception]()
        try:
            while count < n and not faults and (entry := self._order.take()):
                count += 1
                begun.append(self._begin(entry))
                while begun and (len(begun) > AHEAD or begun[0].ending.done()):
                    faults += self._faults(begun.popleft())
        finally:
            for each in begun:
                faults += self._faults(each)
        if faults:
            raise faults[0]
        return count

    def _faults(self, mail: Settling) -> list[Exception]:
        """What kept a mail from having its outcome; if it was the disk, the mail is one of the next again."""
        try:
            self._finish(mail)
        except Exception as fault:
            if trouble(fault) in PASSING or isinstance(fault, Undone):
                self._order.put_back(mail.entry)
            return [fault]
        return []

    def _claim(self) -> list[Entry]:
        now = self._room.now()
        if not self._store.read(lambda tx: ledger.waits(tx, now)):
            return []
        entries, self._lists = self._store.write(
            lambda tx: (ledger.claim(tx, now, LEASE, CLAIMED), lists.every(tx))
        )
        return entries

    def one(self, ledger_id: int) -> Ending | None:
        """Walk one mail now; None where it does not wait."""
        until = self._room.now() + LEASE
        entry = self._store.write(lambda tx: ledger.claim_one(tx, ledger_id, until))
        return self._finish(self._begin(entry)) if entry else None

    # -- an archive, whose mails are not in the ledger yet; `entry` bears any number that grows --------------------

    def enter(self, entry: Entry) -> None:
        """A mail is about to be read: those that belong to it, and come later, wait for it."""
        self._order.enter(entry)

    def bring(self, entry: Entry, raw: bytes, blob: Blob, every: tuple[MailingList, ...]) -> Future[Ending]:
        """Read a mail, and have it written with all that follows from it; `every` are the lists."""
        begun = perf_counter()
        sight = Sight()
        reading = self._read(entry, raw, every, sight)

        def write(tx: Tx) -> Ending:
            sight.check(tx)
            return self._settle(tx, _kept(tx, entry, blob), reading, None, begun)

        return self._handed(entry, write)

    def park(self, entry: Entry, raw: bytes, blob: Blob, ending: Ending) -> Future[Ending]:
        """Have a mail written that cannot be read."""
        begun = perf_counter()

        def write(tx: Tx) -> Ending:
            self._park(tx, _kept(tx, entry, blob), raw, ending, begun)
            return ending

        return self._handed(entry, write)

    def _handed(self, entry: Entry, write: Callable[[Tx], Ending]) -> Future[Ending]:
        """Hand a mail to the writer. Nobody waits for it yet: it may share the commit of those that are read next."""
        ending = self._store.submit(write, soon=False)
        ending.add_done_callback(lambda _: self._order.done(entry))
        self._order.handed(entry)
        return ending

    # -- one mail --------------------------------------------------------------------------------------------------

    def _begin(self, entry: Entry) -> Settling:
        """Read the mail, and hand all that follows from it to the writer, as one transaction."""
        begun = perf_counter()
        try:
            raw, every = self._opened(entry)
            vouched = self._room.vouching.check(entry, raw)
            sight = Sight()
            reading = self._read(entry, raw, every, sight)

            def write(tx: Tx) -> Ending:
                sight.check(tx)
                return self._settle(tx, entry, reading, vouched, begun)

            ending = self._handed(entry, write)
            ending.add_done_callback(lambda _: self._room.wake())
        except Exception as fault:
            ending = Future()
            ending.set_exception(fault)
        return Settling(entry, begun, ending)

    def _opened(self, entry: Entry) -> tuple[bytes, tuple[MailingList, ...]]:
        """A mail and the lists, which a small one was claimed with."""
        if entry.content is not None and self._lists is not None:
            return entry.content, self._lists
        raw, every = self._store.read(lambda tx: (blobs.get(tx, entry.raw), lists.every(tx)))
        return raw or b"", every

    def _finish(self, mail: Settling) -> Ending:
        """Wait until that is on disk; a fault is tried again, then parked."""
        entry, begun = mail.entry, mail.begun
        if not mail.ending.done():
            self._store.hurry()
        try:
            ending = mail.ending.result()
        except Unsettled as pause:
            return self._pause(entry, pause)
        except Permanent as fault:
            ending = self._parked(entry, Ending("parked", "unparsable", str(fault)), begun)
        except Exception as fault:
            if trouble(fault) in PASSING or isinstance(fault, Undone):
                raise
            ending = self._failed(entry, fault, begun)
        finally:
            self._order.done(entry)
            self._room.wake()
        self._ended.append((monotonic(), ledger.weight(entry.size)))
        maillog.walked(entry.id, ending.outcome, ending.code, _ms(begun))
        if ending.outcome == "held":
            self._tell_at_once()
        return ending

    def _pause(self, entry: Entry, pause: Unsettled) -> Ending:
        """The mail waits until it is known whose it is."""
        due, again = self._room.now() + pause.pause, int(not pause.counts)
        self._store.write(
            lambda tx: tx.ledger_later(id=entry.id, due=due, reason=str(pause)[:500], again=again)
        )
        return Ending("waiting", "unsettled", str(pause))

    def _tell_at_once(self) -> None:
        """What fails here is done a minute later, when the daemon asks again; the mail itself is held already."""
        try:
            self._room.tell_moderators()
        except Exception as fault:
            maillog.role_failed("moderation", fault)

    def _read(self, entry: Entry, raw: bytes, every: tuple[MailingList, ...], sight: Sight) -> Reading:
        """A mail in both steps; every list's address is ours."""
        addresses = frozenset(each.address for each in every)
        own = Own(self._room.site.domain, addresses, archive=entry.via == "import")
        return self._room.read(raw, entry.sender, own, partial(self._known, entry, every, sight))

    def _known(self, entry: Entry, every: tuple[MailingList, ...], sight: Sight, reading: Reading) -> Known:
        """What thread and author tell of a mail before it is cleaned."""
        room, now = self._room, self._room.now()

        def look(tx: Tx) -> Known:
            return gather(Walk(room.site, room.tokens, every, tx, entry, reading, now))

        def ahead(tx: Tx) -> Known:
            sight.given_up = tx.given_up
            return look(tx)

        if self._order.wait(entry, reading.message):
            return room.store.ahead(ahead)
        return room.store.read(look)

    def _settle(
        self, tx: Tx, entry: Entry, reading: Reading, vouched: Vouched | None, begun: float
    ) -> Ending:
        room, message = self._room, reading.message
        author = message.author.address if message.author else ""
        believed = room.vouching.conclude(vouched, message, room.site.authserv_id)
        tx.ledger_identify(id=entry.id, message_id=message.message_id, author=author, vouched=believed.result)
        walk = Walk(room.site, room.tokens, lists.every(tx), tx, entry, reading, room.now(), believed)
        ending = _decide(walk)
        self._end(tx, entry, ending, begun)
        return ending

    def _end(self, tx: Tx, entry: Entry, ending: Ending, begun: float) -> None:
        ledger.end(tx, entry.id, ending.outcome, ending.code, ending.reason, self._room.now(), _ms(begun))

    def _parked(self, entry: Entry, ending: Ending, begun: float) -> Ending:
        raw = self._store.read(lambda tx: blobs.get(tx, entry.raw)) or b""
        self._store.write(lambda tx: self._park(tx, entry, raw, ending, begun))
        return ending

    def _park(self, tx: Tx, entry: Entry, raw: bytes, ending: Ending, begun: float) -> None:
        """What cannot be read is found by the Message-ID that it claims all the same (promise X3)."""
        tx.ledger_named(id=entry.id, message_id=message_id_of(raw))
        self._end(tx, entry, ending, begun)

    def _failed(self, entry: Entry, fault: Exception, begun: float) -> Ending:
        """A fault of ours: the mail waits and is walked again; after the third time it is parked."""
        maillog.walk_failed(entry.id, entry.tries, fault)
        reason = f"{type(fault).__name__}: {fault}"[:500]
        if entry.tries >= TRIES:
            return self._parked(entry, Ending("parked", "fault", reason), begun)
        due = self._room.now() + PAUSES[entry.tries - 1]
        self._store.write(lambda tx: tx.ledger_again(id=entry.id, due=due, reason=reason))
        return Ending("waiting", "fault", reason)


def _kept(tx: Tx, entry: Entry, blob: Blob) -> Entry:
    """The entry with the number that it has in the ledger."""
    ledger_id = ledger.add(
        tx, blob, via=entry.via, account=entry.account, sender=entry.sender, recipients=entry.recipients,
        now=entry.received,
    )  # fmt: skip
    return replace(entry, id=ledger_id)


def _decide(walk: Walk) -> Ending:
    """The one outcome of a mail: guards for what no person wrote, then commands, then posts."""
    meanings = addressed(walk)
    verdict = walk.reading.verdict
    asked = next((meaning for meaning in meanings if meaning.kind in commands.COMMANDS), None)
    if complaint := complained(walk):
        return complaint
    if asked and asked.kind is RecipientKind.BOUNCE:
        return commands.obey(walk, asked)
    if verdict.nature is Nature.BOUNCE:
        return Ending("bounce", "no-token", verdict.reason)
    if verdict.nature is Nature.AUTO_REPLY and (away := bounces.away(walk, meanings)):
        return away
    if verdict.nature is not Nature.PERSON:
        return Ending("ignored", verdict.nature.value, verdict.reason)
    posts = any(m.kind in (RecipientKind.POST, RecipientKind.REPLY) for m in meanings)
    if alone := relay.asked(meanings):
        passed = relay.pass_on(walk, alone)
        if not posts:
            return passed
    if asked and not posts:
        return commands.obey(walk, asked)
    return asking.in_answer(walk) or post_to_lists(walk, meanings)


def _ms(begun: float) -> float:
    return round((perf_counter() - begun) * 1000, 3)
