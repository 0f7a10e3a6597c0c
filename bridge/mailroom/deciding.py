"""What moderators do by mail: they decide on held mails, and are reached by whoever writes to those who run a list.

A decision counts only with its token and from an address of the moderator to whom the token went, who is one still
(promise A9). Deciding twice is fine: the second one hears who was first.
"""

from __future__ import annotations

import re

from ..fanout import notices
from ..mail.recipient import Recipient, RecipientKind
from ..mail.token import Purpose
from ..posting import moderation as policy
from ..posting.identity import Hold
from ..posting.people import display_name
from ..posting.post import MailingList, Person
from ..reply.parts import Kind
from ..store import lists, people
from ..store import moderation as held_mails
from . import caretakers, moderation, tongue
from .announce import Told, tell, write
from .hand import Ending, Walk

REASON_LENGTH = 500
ALWAYS = re.compile(r"\b(?:always|immer|toujours|siempre|sempre|altijd)\b", re.I)
PASSED_ON = "passed-on"
"""How the kind of a notice begins that carries the mail it is about."""
ATTACHED = 5_000_000
"""The largest mail, in bytes, that is attached whole when it is passed on."""
UNASKED = "a moderator of the list refused it"


def by_token(walk: Walk, token: str) -> Ending | None:
    """Decide on a held mail; None where the token is for something else."""
    for purpose in (Purpose.APPROVE, Purpose.REFUSE):
        if bound := walk.tokens.read(purpose, token):
            return _decide(walk, purpose, *bound)
    return None


def _decide(walk: Walk, purpose: Purpose, person_id: int, ledger_id: int) -> Ending:
    person = people.get(walk.tx, person_id)
    target = _of_moderator(walk, person.id, ledger_id) if person else None
    if person is None or target is None:
        return Ending(
            "refused", "not-moderator", "the mail to decide on is gone, or its moderator is none now"
        )
    if fault := _doubt(walk, person):
        return Ending("refused", "not-moderator", fault)
    held = next(one for one in held_mails.of_mail(walk.tx, ledger_id) if one.list_id == target.id)
    made = (_approve if purpose is Purpose.APPROVE else _refuse)(walk, person, ledger_id, held.safe)
    outcome = made or moderation.standing(walk.tx, ledger_id)
    author = walk.reading.message.author
    notice = notices.decided(
        walk.site, target, person.name, held.subject, outcome, _language(walk, person.id)
    )
    address = author.address if author else person.addresses[0]
    write(
        walk.tx,
        Told(
            address, "decided", notice, target, walk.entry.id, walk.site.domain, in_reply_to=walk.message_id
        ),
        walk.now,
    )
    return Ending("command", purpose.value, f"mail {ledger_id}: {outcome.told()}")


def _language(walk: Walk, person_id: int) -> str:
    return tongue.of_person(walk.tx, walk.site, person_id)


def _of_moderator(walk: Walk, person_id: int, ledger_id: int) -> MailingList | None:
    """The list for which the mail was held and whose moderator the person is."""
    for held in held_mails.of_mail(walk.tx, ledger_id):
        target = next((each for each in walk.lists if each.id == held.list_id), None)
        if target and any(one.person_id == person_id for one in lists.moderators(walk.tx, target.id)):
            return target
    return None


def _doubt(walk: Walk, person: Person) -> str:
    """Why the mail is not the moderator's own, or nothing."""
    author = walk.reading.message.author
    if author is None or author.address not in person.addresses:
        return f"a decision of {person.name}, but not from an address of his"
    if walk.vouched.passed is False:
        return f"a decision of {person.name}, but no trusted sign that he wrote it"
    return ""


def _words(walk: Walk) -> list[str]:
    """The lines that the moderator wrote himself, without quoted ones, up to an address that decides."""
    parts = walk.reading.reply.parts if walk.reading.reply else ()
    lines = "\n".join(part.text for part in parts if part.kind is Kind.WORDS and not part.folded).splitlines()
    own: list[str] = []
    for line in lines:
        if "confirm+" in line.casefold():
            break
        if line.strip() and not line.lstrip().startswith(">"):
            own.append(" ".join(line.split()))
    return own


def _approve(walk: Walk, person: Person, ledger_id: int, safe: bool) -> notices.Outcome | None:
    mode = "none" if any(ALWAYS.search(line[:200]) for line in _words(walk)[:1]) else ""
    if not moderation.release(walk.tx, ledger_id, person.name, walk.now, mode):
        return None
    return notices.Outcome("always" if mode else "released")


def _refuse(walk: Walk, person: Person, ledger_id: int, safe: bool) -> notices.Outcome | None:
    reason = " ".join(_words(walk))[:REASON_LENGTH] or UNASKED
    if not moderation.refuse(walk.tx, walk.site, walk.lists, ledger_id, reason, person.name, walk.now):
        return None
    return notices.Outcome("refused_told" if safe else "refused")


def pass_on(walk: Walk, asked: Recipient) -> Ending:
    """Pass a mail to NAME+owner on to its moderators, to postmaster to the operators; hold it where there are none.

    So it is where too much came.
    """
    target = next((each for each in walk.lists if each.address == asked.list_address), None)
    everyone = asked.kind is RecipientKind.POSTMASTER
    readers = (
        caretakers.of_site(walk.tx, walk.site, None)
        if everyone or target is None
        else caretakers.of_list(walk.tx, walk.site, target.id)
    )
    target = target or (walk.lists[0] if walk.lists else None)
    # a moderator's answer to what he was told of is for the others
    author = walk.reading.message.author
    others = tuple(one for one in readers if not (author and one.address == author.address))
    why = Hold("owner", "it is for the people who run this, who see it here")
    if target is None:
        return Ending("held", why.code, why.reason)
    passed = [one for one in others or readers if _pass_to(walk, target, one, everyone)]
    if not passed:
        return moderation.hold(walk, target, why)
    count = "1 person who looks" if len(passed) == 1 else f"{len(passed)} people who look"
    return Ending("command", "owner", f"passed on to {count} after it")


def _pass_to(walk: Walk, target: MailingList, reader: lists.Moderator, everyone: bool) -> bool:
    message = walk.reading.message
    author = message.author
    local, _, domain = target.address.partition("@")
    written_to = f"postmaster@{walk.site.domain}" if everyone else f"{local}+owner@{domain}"
    one = notices.Waiting(
        display_name(author) if author else "", author.address if author else "", message.subject,
        walk.entry.received, "",
        policy.shown(message, walk.reply), "", "", told=False,
    )  # fmt: skip
    told = Told(
        reader.address, f"{PASSED_ON}-{walk.entry.id}",
        notices.passed_on(walk.site, target, reader.name, one, written_to, walk.entry.size <= ATTACHED,
                          tongue.of_address(walk.tx, walk.site, reader.address)),
        target, walk.entry.id, walk.site.domain, reply_to=one.address,
    )  # fmt: skip
    if walk.entry.released:
        write(walk.tx, told, walk.now)
        return True
    return tell(walk.tx, told, walk.now)
