"""What a mail to one of the command addresses does: subscribe, unsubscribe, confirm, help, owner, bounces.

A change of state needs a token that was sent to the subscriber, or the answer to one; whoever merely bears an
address in From gets a letter that asks (promise A5).
"""

from __future__ import annotations

from ..fanout import notices
from ..mail.recipient import Recipient, RecipientKind
from ..mail.token import Purpose
from ..mail.triage import Nature
from ..posting.post import MailingList
from ..store import choices, people
from . import answers, asking, bounces, deciding, guests, joining, names, tongue
from .announce import DAY
from .leaving import lists_of
from .walk import Ending, Walk, tell_by

COMMANDS = frozenset(RecipientKind) - {RecipientKind.POST, RecipientKind.REPLY, RecipientKind.RELAY}
CONFIRMS = (deciding.by_token, guests.by_token, names.by_token, asking.by_token, answers.by_token)
"""Whoever knows a token of confirm+TOKEN@ settles it; the last meaning is to confirm a subscription."""


def obey(walk: Walk, asked: Recipient) -> Ending:
    """Do what the address asks for, and say what was done."""
    kind = asked.kind
    if kind is RecipientKind.BOUNCE:
        return bounces.returned(walk, asked)
    if kind in (RecipientKind.OWNER, RecipientKind.POSTMASTER):
        return deciding.pass_on(walk, asked)
    if walk.reading.verdict.nature is not Nature.PERSON:
        return Ending("ignored", "robot", f"a command that no person wrote: {walk.reading.verdict.reason}")
    if kind in (RecipientKind.CONFIRM, RecipientKind.UNSUBSCRIBE_TOKEN):
        return _by_token(walk, asked)
    author = walk.reading.message.author
    target = next((each for each in walk.lists if each.address == asked.list_address), None)
    if author is None or target is None:
        return Ending("ignored", "no-author", walk.reading.message.author_fault or "no list of ours is named")
    if kind is RecipientKind.SUBSCRIBE:
        return joining.ask_to_join(walk, target, author)
    if kind is RecipientKind.UNSUBSCRIBE:
        return joining.ask_to_leave(walk, target, author)
    if kind is RecipientKind.HELP:
        return asking.give_help(walk, target, author)
    return asking.requested(walk, target, author)


def _by_token(walk: Walk, asked: Recipient) -> Ending:
    joins = asked.kind is RecipientKind.CONFIRM
    for by_token in CONFIRMS if joins else ():
        if ending := by_token(walk, asked.token):
            return ending
    if not joins:
        return _leave(walk, asked)
    bound = walk.tokens.read(Purpose.CONFIRM, asked.token)
    person = people.get(walk.tx, bound[0]) if bound else None
    target = next((each for each in walk.lists if bound and each.id == bound[1]), None)
    if person is None or target is None or not person.addresses:
        return Ending("refused", "bad-token", "the address holds no token that we gave out")
    address = person.addresses[0]
    bounces.reached(walk.tx, person)
    if people.mode(walk.tx, target.id, person.id) is not None:
        return Ending("command", "confirm", f"{address} is subscribed to {target.name} already")
    asked_at = walk.tx.notice_asked(person_id=person.id, kind=f"confirm-{target.name}")["at"] or 0
    if asked_at < walk.now - walk.site.confirm_days * DAY:
        joining.ask_again(walk, target, person)
        return Ending("refused", "expired", f"{address} confirmed too late, and was asked once more")
    people.subscribe(walk.tx, target.id, address, "", "each", walk.now)
    language = tongue.of_person(walk.tx, walk.site, person.id)
    tell_by(
        walk,
        target,
        address,
        f"welcome-{target.name}",
        notices.welcome(walk.site, target, person.name, language),
    )
    return Ending("command", "confirm", f"{address} is subscribed to {target.name}")


def _leave(walk: Walk, asked: Recipient) -> Ending:
    """Leave the list of a letter, or all lists of a digest."""
    person_id, targets = lists_of(walk.tx, walk.tokens, asked.token)
    person = people.get(walk.tx, person_id) if targets else None
    if person is None or not person.addresses:
        return Ending("refused", "bad-token", "the address holds no token that we gave out")
    for target in targets:
        leave(walk, target, person.id)
        language = tongue.of_person(walk.tx, walk.site, person.id)
        notice = notices.unsubscribed(walk.site, target, person.name, language)
        tell_by(walk, target, person.addresses[0], f"left-{target.name}", notice)
    names = ", ".join(target.name for target in targets)
    return Ending("command", "unsubscribe", f"{person.addresses[0]} has left {names}")


def leave(walk: Walk, target: MailingList, person_id: int) -> bool:
    """End a subscription, and stop the letters that wait for it."""
    return choices.leave(walk.tx, target.id, person_id, walk.now)
