"""Complaints (ARF, RFC 5965): whoever calls a letter of ours spam gets no more of the list that it came by.

Which letter it was is told by tokens that only its reader's mail system has: the links to leave in the letter that is
attached, or our envelope sender, to which the complaint comes or which it names. A report of the same form that is no
complaint (RFC 6591: a failed DMARC check; `not-spam`) ends nothing. Limits: 500 lines of each report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..mail.message import Message
from ..mail.recipient import RecipientKind
from ..mail.token import Purpose
from ..store import bounces, choices, people
from .hand import Ending, Walk, addressed
from .leaving import lists_of

LINES = 500
NO_COMPLAINTS = frozenset(("auth-failure", "not-spam"))
_TYPE = re.compile(r"(?im)^feedback-type:[ \t]{0,9}([a-z-]{1,40})")
_TOKEN = re.compile(r"(?:\b(unsubscribe|bounce)\+|/unsubscribe/)([a-z2-7]{20,120})\b", re.I)


def complained(walk: Walk) -> Ending | None:
    """A complaint about a letter of ours ends the subscriptions it came by; None for any other mail."""
    message = walk.reading.message
    kind = _TYPE.search("\n".join(text[:4_000] for text in message.reports))
    if "feedback-report" not in message.header("content-type").lower() and kind is None:
        return None
    if kind and kind[1].lower() in NO_COMPLAINTS:
        return Ending("ignored", "report", f"a report that is no complaint: {kind[1].lower()}")
    for purpose, token in _tokens(walk):
        person_id, list_ids = _meant(walk, purpose, token)
        if list_ids:
            for list_id in list_ids:
                choices.leave(walk.tx, list_id, person_id, walk.now)
            left = ", ".join(map(str, list_ids))
            return Ending("bounce", "complaint", f"person {person_id} complained, and has left list {left}")
    return Ending("bounce", "complaint", "a complaint that holds no letter of ours")


def _tokens(walk: Walk) -> Iterator[tuple[Purpose, str]]:
    """The tokens of the letter that is complained of: those to leave first, for they tell the lists of a digest."""
    found = [match for line in _lines(walk.reading.message) for match in _TOKEN.finditer(line)]
    yield from ((Purpose.UNSUBSCRIBE, each[2]) for each in found if (each[1] or "").lower() != "bounce")
    yield from ((Purpose.BOUNCE, each[2]) for each in found if (each[1] or "").lower() == "bounce")
    yield from ((Purpose.BOUNCE, to.token) for to in addressed(walk) if to.kind is RecipientKind.BOUNCE)


def _lines(message: Message) -> Iterator[str]:
    """List-Unsubscribe and Return-Path of the letter, attached whole, and the lines of reports and bare headers."""
    for attached in message.forwarded:
        for name in ("list-unsubscribe", "return-path"):
            yield from attached.headers.get(name, ())
    for text in message.reports:
        yield from text.split("\n")[:LINES]


def _meant(walk: Walk, purpose: Purpose, token: str) -> tuple[int, tuple[int, ...]]:
    """Whose letter it was, and of which lists; (0, ()) for a token that we never gave out."""
    if purpose is Purpose.UNSUBSCRIBE:
        person_id, targets = lists_of(walk.tx, walk.tokens, token)
        return person_id, tuple(each.id for each in targets)
    bound = walk.tokens.read(purpose, token)
    of = bounces.letter(walk.tx, bound[1]) if bound else None
    person = people.get(walk.tx, of.person_id) if of and of.person_id else None
    return (person.id, (of.list_id,)) if person and of and of.list_id else (0, ())
