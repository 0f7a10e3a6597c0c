"""Who is told: the deliveries of a post, and the letters that the bridge writes itself."""

from __future__ import annotations

from ..fanout.deliveries import plan
from ..mail.message import Message
from ..posting.post import MailingList
from ..posting.site import Site
from ..store import people, queue
from ..store.database import Tx

DAY = 86_400 * 1_000_000


def announce(tx: Tx, message: Message, target: MailingList, post_id: int, now: int) -> int:
    """Queue a letter to everyone who hears of a post and has not been told of this mail; gives their number."""
    post = tx.post_get(id=post_id)
    planned = plan(
        people.subscribers(tx, target.id),
        author_id=post["author_id"],
        copied=frozenset(mailbox.address for mailbox in (*message.to, *message.cc)),
        told=frozenset(row["person_id"] for row in tx.post_told(message_id=post["message_id"])),
    )
    queue.enqueue_post(tx, post_id, target.id, planned, now)
    return len(planned)


def tell(
    tx: Tx,
    site: Site,
    address: str,
    kind: str,
    subject: str,
    text: str,
    in_reply_to: str,
    ledger_id: int,
    now: int,
) -> bool:
    """Queue a notice, at most one a day of each kind to an address and one a mail; false where it was told."""
    if tx.notice_recent(address=address, kind=kind, since=now - DAY, ledger_id=ledger_id) is not None:
        return False
    row = tx.notice_add(
        now=now, address=address, kind=kind, subject=subject, text=text, in_reply_to=in_reply_to,
        ledger_id=ledger_id, message_id=f"notice.{ledger_id}.{kind}.{now}@{site.domain}",
    )  # fmt: skip
    person = people.by_address(tx, address)
    queue.enqueue_notice(tx, row["id"], person.id if person else None, address, now)
    return True
