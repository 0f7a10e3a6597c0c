"""Who is told: the deliveries of a post, and the letters that the bridge writes itself."""

from __future__ import annotations

from dataclasses import dataclass

from ..fanout.deliveries import plan
from ..fanout.notices import Notice
from ..mail.message import Message
from ..posting.post import MailingList
from ..store import people, queue
from ..store.database import Tx

DAY = 86_400 * 1_000_000


def announce(tx: Tx, message: Message, target: MailingList, post_id: int, now: int) -> int:
    """Queue a letter to everyone who hears of a post and has not been told of this mail; gives their number."""
    post = tx.post_get(id=post_id)
    copied = frozenset(mailbox.address for mailbox in (*message.to, *message.cc))
    # Somebody may be copied at an address that our letters do not go to.
    have_it = {row["person_id"] for each in copied if (row := tx.person_of_address(address=each))}
    planned = plan(
        people.subscribers(tx, target.id),
        author_id=post["author_id"],
        copied=copied,
        told=have_it | {row["person_id"] for row in tx.post_told(message_id=post["message_id"])},
    )
    queue.enqueue_post(tx, post_id, target.id, planned, now)
    return len(planned)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice to queue: what brings it about (`kind`, the mail), whom it goes to, and where an answer to it goes."""

    address: str
    kind: str
    notice: Notice
    target: MailingList
    ledger_id: int
    domain: str
    in_reply_to: str = ""
    reply_to: str = ""


def tell(tx: Tx, told: Told, now: int) -> bool:
    """Queue a notice, at most one a day of each kind to an address and one a mail; false where it was told."""
    if tx.notice_recent(address=told.address, kind=told.kind, since=now - DAY, ledger_id=told.ledger_id):
        return False
    row = tx.notice_add(
        now=now, address=told.address, kind=told.kind, subject=told.notice.subject, text=told.notice.text,
        in_reply_to=told.in_reply_to, reply_to=told.reply_to, list_id=told.target.id, ledger_id=told.ledger_id,
        message_id=f"notice.{told.ledger_id}.{told.kind}.{now}@{told.domain}",
    )  # fmt: skip
    person = people.by_address(tx, told.address)
    queue.enqueue_notice(tx, row["id"], person.id if person else None, told.address, now)
    return True
