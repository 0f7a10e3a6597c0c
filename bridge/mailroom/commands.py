"""What a mail to one of the command addresses does: subscribe, unsubscribe, confirm, help, owner, bounces.

A change of state needs a token that was sent to the subscriber, or the answer to one; whoever merely bears an
address in From gets a letter that asks (promise A5).
"""

from __future__ import annotations

from ..fanout import notices
from ..mail.bounce import report
from ..mail.message import Mailbox
from ..mail.recipient import Recipient, RecipientKind
from ..mail.token import Purpose
from ..mail.triage import Nature
from ..posting.people import display_name
from ..posting.post import MailingList
from ..store import choices, people
from . import guests
from .walk import Ending, Walk, tell_by

WORDS = {
    "subscribe": RecipientKind.SUBSCRIBE,
    "join": RecipientKind.SUBSCRIBE,
    "unsubscribe": RecipientKind.UNSUBSCRIBE,
    "leave": RecipientKind.UNSUBSCRIBE,
    "help": RecipientKind.HELP,
}
COMMANDS = frozenset(RecipientKind) - {RecipientKind.POST, RecipientKind.REPLY}


def obey(walk: Walk, asked: Recipient) -> Ending:
    """Do what the address asks for, and say what was done."""
    kind = asked.kind
    if kind is RecipientKind.BOUNCE:
        return _bounce(walk, asked)
    if kind in (RecipientKind.OWNER, RecipientKind.POSTMASTER):
        return Ending("held", "owner", "it is for the people who run this, who see it here")
    if walk.reading.verdict.nature is not Nature.PERSON:
        return Ending("ignored", "robot", f"a command that no person wrote: {walk.reading.verdict.reason}")
    if kind in (RecipientKind.CONFIRM, RecipientKind.UNSUBSCRIBE_TOKEN):
        return _by_token(walk, asked)
    author = walk.reading.message.author
    target = next((each for each in walk.lists if each.address == asked.list_address), None)
    if author is None or target is None:
        return Ending("ignored", "no-author", walk.reading.message.author_fault or "no list of ours is named")
    if kind is RecipientKind.REQUEST:
        kind = _requested(walk)
    if kind is RecipientKind.SUBSCRIBE:
        return _ask_to_confirm(walk, target, author)
    if kind is RecipientKind.UNSUBSCRIBE:
        return _ask_to_leave(walk, target, author)
    tell_by(walk, target, author.address, "help", notices.help_text(walk.site, target))
    return Ending("command", "help", f"sent {author.address} the help of {target.name}")


def _requested(walk: Walk) -> RecipientKind:
    """The command of a mail to NAME-request: the subject, else the first line of its words."""
    lines = [walk.reading.message.subject, *walk.reply.text.splitlines()[:1]]
    for line in lines:
        word = line.strip().casefold().split(" ", 1)[0]
        if word in WORDS:
            return WORDS[word]
    return RecipientKind.HELP


def _ask_to_confirm(walk: Walk, target: MailingList, author: Mailbox) -> Ending:
    person = people.by_address(walk.tx, author.address) or people.add_person(
        walk.tx, display_name(author), [author.address], [], False, walk.now
    )
    if people.mode(walk.tx, target.id, person.id) is not None:
        return Ending("command", "subscribe", f"{author.address} is subscribed to {target.name} already")
    token = walk.tokens.mint(Purpose.CONFIRM, person.id, target.id)
    notice = notices.confirm_subscription(walk.site, target, person.name)
    tell_by(
        walk, target, author.address, f"confirm-{target.name}", notice, f"confirm+{token}@{walk.site.domain}"
    )
    return Ending(
        "command", "subscribe", f"asked {author.address} to confirm the subscription to {target.name}"
    )


def _ask_to_leave(walk: Walk, target: MailingList, author: Mailbox) -> Ending:
    person = people.by_address(walk.tx, author.address)
    if person is None or people.mode(walk.tx, target.id, person.id) is None:
        return Ending("command", "unsubscribe", f"{author.address} is not subscribed to {target.name}")
    token = walk.tokens.mint(Purpose.UNSUBSCRIBE, person.id, target.id)
    notice = notices.confirm_unsubscribe(
        walk.site, target, person.name, f"{walk.site.url}/unsubscribe/{token}"
    )
    tell_by(
        walk,
        target,
        author.address,
        f"leave-{target.name}",
        notice,
        f"unsubscribe+{token}@{walk.site.domain}",
    )
    return Ending("command", "unsubscribe", f"asked {author.address} to confirm leaving {target.name}")


def _by_token(walk: Walk, asked: Recipient) -> Ending:
    joins = asked.kind is RecipientKind.CONFIRM
    if joins and (ending := guests.by_token(walk, asked.token)):
        return ending
    bound = walk.tokens.read(Purpose.CONFIRM if joins else Purpose.UNSUBSCRIBE, asked.token)
    person = people.get(walk.tx, bound[0]) if bound else None
    target = next((each for each in walk.lists if bound and each.id == bound[1]), None)
    if person is None or target is None or not person.addresses:
        return Ending("refused", "bad-token", "the address holds no token that we gave out")
    address = person.addresses[0]
    if joins and people.mode(walk.tx, target.id, person.id) is not None:
        return Ending("command", "confirm", f"{address} is subscribed to {target.name} already")
    if joins:
        people.subscribe(walk.tx, target.id, address, "", "each", walk.now)
        tell_by(
            walk, target, address, f"welcome-{target.name}", notices.welcome(walk.site, target, person.name)
        )
        return Ending("command", "confirm", f"{address} is subscribed to {target.name}")
    leave(walk, target, person.id)
    tell_by(
        walk, target, address, f"left-{target.name}", notices.unsubscribed(walk.site, target, person.name)
    )
    return Ending("command", "unsubscribe", f"{address} has left {target.name}")


def leave(walk: Walk, target: MailingList, person_id: int) -> bool:
    """End a subscription, and stop the letters that wait for it."""
    return choices.leave(walk.tx, target.id, person_id, walk.now)


def _bounce(walk: Walk, asked: Recipient) -> Ending:
    """Write what a bounce says beside the delivery whose envelope sender it came back to."""
    bound = walk.tokens.read(Purpose.BOUNCE, asked.token)
    if bound is None:
        return Ending("bounce", "bad-token", "a bounce to an address that we never gave out")
    told = report(walk.reading.message)
    answer = f"{told.status} {told.diagnostic}".strip() if told else walk.reading.message.subject
    walk.tx.delivery_bounced(id=bound[1], answer=f"bounced: {answer[:400]}", now=walk.now)
    return Ending("bounce", "verp", f"of delivery {bound[1]}: {answer[:200]}")
