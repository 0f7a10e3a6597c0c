"""What makes a mail wait for a moderator though its writer is known, and who may be told of it.

A list may hold first posts and mails that a spam filter scores high; the site may hold large mails. Two brakes end
loops between robots that hide what they are: somebody who answers with the same words again and again within a day,
and somebody who writes more in an hour than any person does. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..mail.message import Message
from ..reply.parts import Reply
from .identity import Hold
from .post import MailingList
from .site import Site

REPEATS = 3
"""Equal answers of one sender to others in a thread within a day, beyond which the next one is held."""
REPEATED_SIZE = 30
"""The shortest text, in characters, that counts as repeated: people do say "Thank you!" many times a day."""
SHOWN = 4000
"""How many characters of a mail its moderators are shown."""
FINAL = frozenset(("no-author", "bad-token"))
"""Why a mail is held that no moderator can let through: nobody can be named as its writer, or it has no place."""
_SCORE = re.compile(r"score=\s{0,3}(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)", re.I)
_BRACKETS = re.compile(r"\[\s{0,3}(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)\s{0,3}/")
_NUMBER = re.compile(r"\s{0,9}([+-]?[0-9]{1,6}(?:\.[0-9]{1,6})?)(?![0-9.])")
_STARS = re.compile(r"\s{0,9}([*+]{1,100})\s{0,9}$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a mail whose writer is decided."""

    mailing_list: MailingList
    name: str
    size: int
    """Of the whole mail, in bytes."""
    score: float | None
    """What the trusted spam filter gave it, None where it said nothing."""
    first: bool
    """Its author has no post on this list yet, and no member has copied him."""
    hourly: int
    """His posts to the list within the last hour."""
    repeats: int
    """How often he has answered others in this thread with these very words within the last day."""


def second_look(facts: Facts, site: Site) -> Hold | None:
    """Why the mail waits, or None."""
    if facts.repeats >= REPEATS:
        return Hold("repeats", f"{facts.name} has answered with the same words {facts.repeats} times today")
    if site.posts_per_hour and facts.hourly >= site.posts_per_hour:
        return Hold("rate", f"{facts.name} has written {facts.hourly} mails within the last hour")
    target = facts.mailing_list
    if target.spam_header and facts.score is not None and facts.score >= target.spam_score:
        score = "yes" if facts.score == float("inf") else f"{facts.score:g}"
        return Hold("spam", f"the spam filter gave it {score}; from {target.spam_score:g} on a mail is held")
    if site.hold_bytes and facts.size > site.hold_bytes:
        return Hold("size", f"it is larger than {_size(site.hold_bytes)}")
    if target.first_posts == "hold" and facts.first:
        return Hold("first-post", f"it is the first mail of {facts.name} to {target.title or target.name}")
    return None


def spam_score(values: Iterable[str]) -> float | None:
    """The highest score in the values of a header, as SpamAssassin, rspamd and others write it; None without one.

    The highest, for a stranger can put the header into his mail too: so he only ever makes it worse.
    """
    scores = [score for value in values if (score := _score(value[:2000])) is not None]
    return max(scores, default=None)


def _score(value: str) -> float | None:
    for form in (_SCORE, _BRACKETS):
        if found := form.search(value):
            return float(found[1])
    if found := _NUMBER.match(value):
        return float(found[1])
    if found := _STARS.match(value):
        return float(found[1].count("*") or found[1].count("+"))
    word = value.strip().partition(",")[0].strip().casefold()
    return float("inf") if word in ("yes", "spam", "true") else None


def repeatable(text: str) -> bool:
    """Whether a text is long enough to tell by its return that a robot writes it."""
    return len(" ".join(text[: 4 * REPEATED_SIZE].split())) >= REPEATED_SIZE


def may_tell(member: bool, authenticated: bool | None) -> bool:
    """Whether the From address may be told what became of a person's mail, so that no stranger is who never wrote."""
    return authenticated is True or (member and authenticated is None)


def shown(message: Message, reply: Reply) -> str:
    """A mail as its moderators see it: its own words, quoted, and one line each for what is folded and attached."""
    text = reply.text.strip()
    words = text[:SHOWN] + (" …" if len(text) > SHOWN else "")
    quoted = "\n".join(f"> {line}".rstrip() for line in words.splitlines())
    lines = [quoted or "It has no words of its own."]
    if reply.folded:
        counts = (f"{part.kind.value} ({_lines(part.text)})" for part in reply.folded[:20])
        lines.append("Folded: " + ", ".join(counts))
    if message.attachments:
        files = (f"{a.name or 'a file'} ({a.type}, {_size(a.size)})" for a in message.attachments[:20])
        lines.append("Attached: " + ", ".join(files))
    return "\n\n".join(lines)


def _lines(text: str) -> str:
    count = len(text.strip().splitlines())
    return "1 line" if count == 1 else f"{count} lines"


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"
