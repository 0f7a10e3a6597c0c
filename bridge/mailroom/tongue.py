"""In which language a person is written to: that of his last command, else his mail program's, else the site's.

A command that is one language's alone tells it (`learn`); what a mail program says of itself (Content-Language,
Accept-Language: RFC 3282) counts where nothing else is known, but for English, which many programs say unasked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..posting.commands import Command
from ..posting.phrases import LANGUAGES
from ..posting.post import Person
from ..posting.site import Site
from ..store import choices, people
from ..store.database import Tx
from .hand import Walk

TAG = re.compile(r"\s{0,9}([a-z]{2})(?:[-_][a-z0-9]{2,8})?\s{0,9}(?:[,;]|$)", re.I)


def of_person(tx: Tx, site: Site, person_id: int | None) -> str:
    """The language to write to a person in, or to somebody of whom nothing is known."""
    return known(site, choices.preferences(tx, person_id).language if person_id else "")


def known(site: Site, language: str) -> str:
    """A person's language as it is stored, or the site's where nothing is known of it."""
    return language if language in LANGUAGES else site.language


def of_address(tx: Tx, site: Site, address: str) -> str:
    """The language to write to an address in."""
    row = tx.person_of_address(address=address)
    return of_person(tx, site, row["person_id"] if row else None)


def of_sender(walk: Walk) -> str:
    """The language to answer the mail in hand in."""
    author = walk.reading.message.author
    person = people.by_address(walk.tx, author.address) if author else None
    known = choices.preferences(walk.tx, person.id).language if person else ""
    return known or of_program(walk) or walk.site.language


def of_program(walk: Walk) -> str:
    """What the mail program of the mail in hand says, where we write that language; never English."""
    for name in ("content-language", "accept-language"):
        found = TAG.match(walk.reading.message.header(name)[:100])
        if found and found[1].lower() in LANGUAGES and found[1].lower() != "en":
            return found[1].lower()
    return ""


def of_commands(commands: Sequence[Command], otherwise: str) -> str:
    """The language of the first command that is one language's alone; else `otherwise`, unless none is in that."""
    own = next((c.language for c in commands if is_sure(c)), "")
    if own or any(otherwise in c.spoken for c in commands):
        return own or otherwise
    return next((c.language for c in commands if c.language != "en"), otherwise)


def is_sure(command: Command) -> bool:
    """Whether a command tells the language of its writer."""
    return len(command.spoken) == 1


def learn(tx: Tx, person: Person, language: str) -> None:
    """Write to a person in this language from now on."""
    if person.id and language in LANGUAGES:
        tx.person_speak(person_id=person.id, language=language)
