"""The one letter that a mail with commands is answered with: a question or an answer, in the language of the command.

An address gets at most ten letters of ours a day, and addresses that no member has two hundred an hour together, from
the fifty-first on only in answer to mails that are half as large as ours (promise L4: nobody has us send much more than
he sends). The Reply-To bears a token, so that an answer to it is known for what it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..fanout.notices import commands as texts
from ..mail.token import Purpose
from ..posting.commands import Command
from ..store import people
from .announce import DAY
from .hand import Ending, Walk, tell_by
from .orders import Order

ANSWERS_A_DAY = 10
STRANGERS_AN_HOUR = 200
STRANGERS_FREE = 50
"""Letters to strangers in an hour that any mail brings about, however small; a real one has headers enough."""
LETTER = 4_000
"""Bytes that a letter to a stranger has at most."""
HOUR = DAY // 24


def question(order: Order, language: str, subject: str, paragraphs: list[str], kind: str) -> Ending:
    walk = order.walk
    address = address_of(order)
    if not may_answer(walk, address):
        return Ending("ignored", "capped", f"{address} has had its letters of today")
    back = f"confirm+{walk.tokens.mint(Purpose.WANTED, order.person.id, order.about)}@{walk.site.domain}"
    notice = texts.answer(walk.site, order.target, order.person.name, language, subject, paragraphs)
    tell_by(walk, order.target, address, f"command-{kind}", notice, back)
    return Ending("command", "asked", f"asked {address}: {kind.partition('-')[0]}")


def answer(
    order: Order, language: str, subject: str, paragraphs: list[str], what: str, *, claimed: bool = False
) -> Ending:
    """Queue the one answer of a mail, if its reader has not had too many; its Reply-To takes more commands."""
    walk, address = order.walk, address_of(order)
    said = [texts.say(language, each) if each == "unchanged" else each for each in paragraphs]
    notice = texts.answer(walk.site, order.target, order.person.name, language, subject, said)
    back = ""
    if order.person.id and not claimed:
        token = walk.tokens.mint(Purpose.ANSWERED, order.person.id, order.about)
        back = f"confirm+{token}@{walk.site.domain}"
    kind = f"command-{what}-{order.target.name}" if claimed else f"command-{walk.entry.id}"
    told = may_answer(walk, address) and tell_by(
        walk, order.target, address, kind, notice, back or texts.request(order.target)
    )
    return Ending(
        "command", what, f"{what} of {address}" + ("" if told else ", who has had our answers of today")
    )


def address_of(order: Order) -> str:
    author = order.walk.reading.message.author
    own = author is not None and author.address in order.person.addresses
    return author.address if own and author else order.person.addresses[0]


def may_answer(walk: Walk, address: str) -> bool:
    """Whether an address, and all strangers together, may get one more letter for what they sent (promise L4)."""
    tx = walk.tx
    if tx.notices_to(address=address, since=walk.now - DAY)["n"] >= ANSWERS_A_DAY:
        return False
    person = people.by_address(tx, address)
    if person and list(tx.subscriptions_of(person_id=person.id)):
        return True
    told = int(tx.notices_to_strangers(since=walk.now - HOUR)["n"])
    return told < (STRANGERS_AN_HOUR if walk.entry.size * 2 >= LETTER else STRANGERS_FREE)


def verbs_of(commands: Sequence[Command]) -> str:
    return "+".join(dict.fromkeys(command.verb.value for command in commands))
