"""Who is told: the deliveries of a post, and the letters that the bridge writes itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..fanout.deliveries import plan
from ..fanout.notices import Notice
from ..fanout.notices.form import command
from ..posting.post import MailingList
from ..posting.site import Site
from ..store import choices, people, queue
from ..store.database import Tx

DAY = 86_400 * 1_000_000
LETTERS_A_DAY = 10
"""How many automatic letters an address gets within a day: so two robots that answer one another die out (L1)."""


def announce(tx: Tx, site: Site, target: MailingList, post: Any, now: int, *, copied: bool = True) -> int:
    """Queue a post's letter for everyone who hears of it and was not told of its mail; gives their number.

    `post` is its row. Whom its mail copied, who is a guest of its thread and whom it mentions are to be written before;
    not `copied`: nobody was.
    """
    mail = {"message_id": post["message_id"], "author_id": post["author_id"]}
    told = {row["person_id"]: row["collected"] for row in tx.post_told(**mail)}
    plain = choices.enqueue_plain(tx, post, target.id, now)
    hearers = list(choices.hearers(tx, site, post, target.id))
    planned = plan(
        hearers,
        author_id=post["author_id"],
        copied={row["person_id"] for row in tx.post_copied_people(post_id=post["id"])} if copied else (),
        told={person for person, collected in told.items() if not collected},
        collected={person for person, collected in told.items() if collected},
        now=now,
    )
    queue.enqueue_post(tx, post["id"], target.id, planned, now)
    if told:
        tx.queue_supersede(post_id=post["id"], **mail, now=now)
    return plain + len(planned)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice to queue: what brings it about (`kind`, the mail), whom it goes to, and where an answer to it goes."""

    address: str
    kind: str
    notice: Notice
    target: MailingList
    ledger_id: int | None
    domain: str
    in_reply_to: str = ""
    reply_to: str = ""


def tell(tx: Tx, told: Told, now: int, unasked: Site | None = None) -> bool:
    """Queue a notice, at most one a day of each kind to an address, one a mail, ten in all; false else.

    One that its reader does not await, at the site given as `unasked`, waits for the end of his quiet hours.
    """
    since = now - DAY
    if tx.notice_recent(address=told.address, kind=told.kind, since=since, ledger_id=told.ledger_id):
        return False
    if tx.notice_count(address=told.address, since=since)["n"] >= LETTERS_A_DAY:
        return False
    write(tx, told, now, unasked)
    return True


def write(tx: Tx, told: Told, now: int, unasked: Site | None = None) -> None:
    """Queue a notice that no limit holds back: to a moderator, who has his own, or as the answer to a token.

    A plain answer to one reaches those who look after its list, as its last line says.
    """
    row = tx.notice_add(
        now=now, address=told.address, kind=told.kind, subject=told.notice.subject, text=told.notice.text,
        in_reply_to=told.in_reply_to, reply_to=told.reply_to or command(told.target, "owner"),
        list_id=told.target.id, ledger_id=told.ledger_id,
        message_id=f"notice.{told.ledger_id or 0}.{told.kind}.{now}@{told.domain}",
    )  # fmt: skip
    person = people.by_address(tx, told.address)
    due = choices.awake(tx, unasked, person.id, now) if unasked and person else now
    queue.enqueue_notice(tx, row["id"], person.id if person else None, told.address, now, due)
