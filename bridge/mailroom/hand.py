"""What a walk has in hand: one mail, its transaction, its addresses; how it ends, and the notices it brings about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..fanout import notices
from ..fanout.headers import is_id
from ..mail.recipient import Recipient, RecipientKind, recipient
from ..mail.token import Purpose, Tokens
from ..posting.authentication import Vouched
from ..posting.post import MailingList
from ..posting.site import Site
from ..reply.parts import Reply
from ..store.database import Tx
from ..store.ledger import Entry, Outcome
from .announce import DAY, Told, tell
from .reading import Reading

UNASKED = Vouched("", None, "")


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk has in hand: the installation, the transaction, the mail, and the time in microseconds UTC."""

    site: Site
    tokens: Tokens
    lists: tuple[MailingList, ...]
    tx: Tx
    entry: Entry
    reading: Reading
    now: int
    vouched: Vouched = UNASKED
    """Whether anybody vouches for the author."""

    @property
    def reply(self) -> Reply:
        """The reply of a mail that a person wrote."""
        if self.reading.reply is None:
            raise ValueError("only a person's mail has a reply")
        return self.reading.reply

    @property
    def message_id(self) -> str:
        """The mail's Message-ID; one made of its content where it bears none that a letter could bear."""
        own = self.reading.message.message_id
        return own if is_id(own) else f"{self.entry.raw[:40]}@{self.site.domain}"

    @property
    def date(self) -> int:
        """When the mail was written: its Date, or when it came in where that is absent or lies ahead."""
        date = self.reading.message.date
        return date if date is not None and date < self.now + DAY else self.entry.received


@dataclass(frozen=True, slots=True)
class Ending:
    """How a mail's walk ended for one list, or as a whole: its outcome, a code, and the reason in words."""

    outcome: Outcome
    code: str
    reason: str


def addressed(walk: Walk) -> list[Recipient]:
    """What the mail's addresses mean to us: the envelope's, else the headers'; a mailbox has no envelope of its own."""
    envelope = list(meanings(walk, walk.entry.recipients))
    if envelope and walk.entry.via != "imap":
        return envelope
    return list(meanings(walk, header_addresses(walk))) or envelope


def meanings(walk: Walk, addresses: Iterator[str] | tuple[str, ...]) -> Iterator[Recipient]:
    """What those of the addresses mean that are ours."""
    known = frozenset(mailing_list.address for mailing_list in walk.lists)
    for address in addresses:
        if meaning := _meaning(address, walk.site.domain, known):
            yield meaning


_meaning = lru_cache(256)(recipient)
"""A walk asks four times what the same few addresses mean."""


def header_addresses(walk: Walk) -> Iterator[str]:
    """Every address that the headers name as a recipient."""
    message = walk.reading.message
    yield from message.delivered_to
    yield from (mailbox.address for mailbox in (*message.to, *message.cc))


def reply_token(walk: Walk) -> tuple[int, int] | None:
    """(person, post) of the first reply token that holds: in the envelope, then in the headers."""
    everywhere = (*walk.entry.recipients, *header_addresses(walk))
    for meaning in meanings(walk, everywhere):
        if meaning.kind is RecipientKind.REPLY and (bound := walk.tokens.read(Purpose.REPLY, meaning.token)):
            return bound
    return None


def tell_by(
    walk: Walk, target: MailingList, address: str, kind: str, notice: notices.Notice, reply_to: str = ""
) -> bool:
    """Queue a notice that this mail brings about, as an answer to it."""
    author = walk.reading.message.author
    answers = walk.message_id if author and author.address == address else ""
    told = Told(
        address, kind, notice, target, walk.entry.id, walk.site.domain, in_reply_to=answers, reply_to=reply_to
    )
    return tell(walk.tx, told, walk.now)
