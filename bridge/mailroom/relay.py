"""Mail to one person alone: passed on with both addresses hidden, and never posted.

`to+TOKEN@` is bound to a person and the post whose letter gave it. Only members and guests of that post's list may
write to it, so many times a day, and only while its owner is one of them and wants it. Who is neither learns nothing.
"""

from __future__ import annotations

from ..fanout import notices
from ..mail.recipient import Recipient, RecipientKind
from ..mail.token import Purpose
from ..posting.post import MailingList, Person
from ..store import choices, people, queue
from ..store.database import Tx
from . import tongue
from .announce import DAY
from .hand import Ending, Walk, tell_by

A_DAY = 20
"""How many mails of one sender are passed on within a day."""
RECIPIENTS = 5
KIND = "relay"


def asked(recipients: list[Recipient]) -> list[str]:
    """The tokens of the persons whom a mail is for alone."""
    return list(dict.fromkeys(r.token for r in recipients if r.kind is RecipientKind.RELAY))[:RECIPIENTS]


def reachable(tx: Tx, list_id: int, person: Person | None) -> bool:
    """Whether somebody may be written to through us: he belongs to the list, has an address and does not object."""
    if person is None or not person.addresses or not belongs(tx, list_id, person):
        return False
    return bool(tx.relay_of(person_id=person.id)["relay"])


def belongs(tx: Tx, list_id: int, person: Person) -> bool:
    """Whether somebody is a member of a list or a guest of one of its threads."""
    return (
        people.mode(tx, list_id, person.id) is not None
        or tx.guest_of_list(list_id=list_id, person_id=person.id) is not None
    )


def pass_on(walk: Walk, tokens: list[str]) -> Ending:
    """Pass the mail on to each of the persons whom it is for; gives the ending of the first that failed, if any."""
    message = walk.reading.message
    sender = people.by_address(walk.tx, message.author.address) if message.author else None
    if sender is None or message.author is None:
        return Ending("refused", "unknown-sender", "only members and guests may write to one person alone")
    if walk.vouched.passed is False:
        return Ending("refused", "unauthenticated", walk.vouched.reason)
    endings = [_to_one(walk, token, sender) for token in tokens]
    return next((ending for ending in endings if ending.outcome != "command"), endings[0])


def _to_one(walk: Walk, token: str, sender: Person) -> Ending:
    bound = walk.tokens.read(Purpose.RELAY, token)
    post = walk.tx.post_get(id=bound[1]) if bound else None
    person = people.get(walk.tx, bound[0]) if bound else None
    target = next((each for each in walk.lists if post and each.id == post["list_id"]), None)
    if person is None or post is None or target is None:
        return Ending("refused", "bad-token", "the address is not one that we gave out, or its post is gone")
    if not belongs(walk.tx, target.id, sender):
        return Ending(
            "refused", "unknown-sender", f"{sender.name} is neither member nor guest of {target.name}"
        )
    if person.id == sender.id:
        return Ending("ignored", "self", f"{sender.name} wrote to himself alone")
    code, fault = _fault(walk, target, sender, person)
    if code:
        return _not_passed(walk, target, sender, person, code, fault)
    address = person.addresses[0]
    own_id = walk.reading.message.message_id
    if own_id and walk.tx.relay_done(address=address, message_id=own_id, author=_author(walk)):
        return Ending("ignored", "duplicate", f"the same mail was passed on to {person.name} already")
    back = walk.tokens.mint(Purpose.RELAY, sender.id, post["id"])
    row = walk.tx.notice_add(
        now=walk.now, address=address, kind=KIND, subject=walk.reading.message.subject, text="",
        message_id=f"relay.{walk.entry.id}.{person.id}@{walk.site.domain}", in_reply_to=post["message_id"],
        reply_to=f"to+{back}@{walk.site.domain}", list_id=target.id, ledger_id=walk.entry.id,
    )  # fmt: skip
    due = choices.awake(walk.tx, walk.site, person.id, walk.now)
    queue.enqueue_notice(walk.tx, row["id"], person.id, address, walk.now, due)
    return Ending(
        "command", KIND, f"passed on to {person.name} alone, about post {post['id']} of {target.name}"
    )


def _fault(walk: Walk, target: MailingList, sender: Person, person: Person) -> tuple[str, str]:
    """Why a mail is not passed on, as a code and in words for the ledger; empty where nothing is in the way."""
    if not reachable(walk.tx, target.id, person):
        return "no-relay", f"{person.name} takes no mail through {target.title}"
    if walk.tx.relay_count(author=_author(walk), since=walk.now - DAY)["n"] >= A_DAY:
        return "relay-cap", f"{sender.name} has sent {A_DAY} such mails today; tomorrow there may be more"
    return "", ""


def _not_passed(
    walk: Walk, target: MailingList, sender: Person, person: Person, code: str, fault: str
) -> Ending:
    notice = notices.not_passed_on(
        walk.site, target, sender.name, walk.reading.message.subject, code, tongue.of_sender(walk),
        name=person.name, list=target.title, number=A_DAY,
    )  # fmt: skip
    tell_by(walk, target, _author(walk), "not-passed-on", notice)
    return Ending("refused", "not-passed-on", fault)


def _author(walk: Walk) -> str:
    author = walk.reading.message.author
    return author.address if author else ""
