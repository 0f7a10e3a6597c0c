"""Who asks by mail to join a list, or to leave it, gets a letter whose answer does it.

The From of a mail is a mere claim: only who reads the mail of an address can confirm (promise A5).
"""

from __future__ import annotations

from collections.abc import Sequence

from ..fanout import notices
from ..mail.message import Mailbox
from ..mail.token import Purpose
from ..posting.commands import Command
from ..posting.identity import Hold
from ..posting.people import display_name
from ..posting.post import MailingList, Person
from ..posting.verbs import Verb
from ..store import people
from . import moderation, tongue
from .hand import Ending, Walk, tell_by
from .orders import Order, carry_out
from .said import answer, may_answer

ASKS = Hold("join", "its sender asks to join a list for members")


def ask_to_join(walk: Walk, target: MailingList, author: Mailbox, commands: Sequence[Command] = ()) -> Ending:
    """Send the letter whose answer subscribes; to a list for members once a moderator has let him in (promise A6)."""
    person = people.by_address(walk.tx, author.address)
    if person and people.mode(walk.tx, target.id, person.id) is not None:
        _say_so(walk, target, author, person, Verb.SUBSCRIBE, commands)
        return Ending("command", "subscribe", f"{author.address} is subscribed to {target.name} already")
    if target.visibility != "public" and not walk.entry.released:
        return moderation.hold(walk, target, ASKS)
    if not may_answer(walk, author.address):
        return Ending("ignored", "capped", f"{author.address} has had its letters of today")
    person = person or people.add_person(walk.tx, display_name(author), [author.address], [], False, walk.now)
    language = tongue.of_commands(commands, tongue.of_sender(walk))
    if not person.member and language != walk.site.language:
        # He who confirms is welcomed in it; nobody else reads this yet.
        tongue.learn(walk.tx, person, language)
    _confirm(walk, target, person, author.address, language)
    reason = f"asked {author.address} to confirm the subscription to {target.name}"
    return Ending("command", "subscribe", reason)


def _say_so(
    walk: Walk,
    target: MailingList,
    author: Mailbox,
    person: Person | None,
    verb: Verb,
    commands: Sequence[Command],
) -> None:
    """To whoever asks for what is so already: how it stands, as he wrote from this address. It changes nothing."""
    asking = person or Person(0, display_name(author), (author.address,), member=False)
    order = Order(walk, asking, target, None, walk.entry.received, walk.entry.id)
    language = tongue.of_commands(commands, tongue.of_sender(walk))
    paragraphs = carry_out(order, Command(verb, language=language))
    answer(order, language, "subject_told", paragraphs, verb.value, claimed=True)


def ask_again(walk: Walk, target: MailingList, person: Person) -> None:
    """To somebody who confirmed too late: a new letter, where he may get one."""
    if may_answer(walk, person.addresses[0]):
        language = tongue.of_person(walk.tx, walk.site, person.id)
        _confirm(walk, target, person, person.addresses[0], language, walk.site.confirm_days)


def _confirm(
    walk: Walk, target: MailingList, person: Person, address: str, language: str, expired: int = 0
) -> None:
    token = walk.tokens.mint(Purpose.CONFIRM, person.id, target.id)
    notice = notices.confirm_subscription(walk.site, target, person.name, language, expired=expired)
    tell_by(walk, target, address, f"confirm-{target.name}", notice, f"confirm+{token}@{walk.site.domain}")


def ask_to_leave(
    walk: Walk, target: MailingList, author: Mailbox, commands: Sequence[Command] = ()
) -> Ending:
    """Send the letter whose answer, or link, ends a subscription."""
    person = people.by_address(walk.tx, author.address)
    if person is None or people.mode(walk.tx, target.id, person.id) is None:
        # Nobody hears of a list for members by guessing its name (promise A6).
        if target.visibility == "public":
            _say_so(walk, target, author, person, Verb.UNSUBSCRIBE, commands)
        return Ending("command", "unsubscribe", f"{author.address} is not subscribed to {target.name}")
    language = tongue.of_commands(commands, tongue.of_sender(walk))
    token = walk.tokens.mint(Purpose.UNSUBSCRIBE, person.id, target.id)
    link = f"{walk.site.url}/unsubscribe/{token}"
    notice = notices.confirm_unsubscribe(walk.site, target, person.name, link, language)
    back = f"unsubscribe+{token}@{walk.site.domain}"
    tell_by(walk, target, author.address, f"leave-{target.name}", notice, back)
    return Ending("command", "unsubscribe", f"asked {author.address} to confirm leaving {target.name}")
