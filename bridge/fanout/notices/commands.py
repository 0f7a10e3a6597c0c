"""Answers to commands, in the language of the command: what was done, and how to undo it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...posting.commands import Command
from ...posting.phrases import PHRASES
from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ...posting.verbs import Verb
from ..headers import clean
from ..languages import DOES, SENTENCES
from .form import SUBJECT_MAX, Notice, command, title

HELPED = (
    Verb.MUTE, Verb.MUTE_BRANCH, Verb.FOLLOW, Verb.THREAD_DAILY, Verb.THREAD_WEEKLY, Verb.THREAD_MENTIONS, Verb.UNMUTE,
    Verb.EACH, Verb.DAILY, Verb.WEEKLY, Verb.MENTIONS, Verb.NONE,
    Verb.VACATION, Verb.BACK, Verb.STATUS, Verb.LISTS, Verb.WHO, Verb.SUBSCRIBE, Verb.UNSUBSCRIBE, Verb.KEEP,
    Verb.UNMASK, Verb.ADD, Verb.RELAY_OFF, Verb.HOUR, Verb.WEEKDAY, Verb.QUIET, Verb.ZONE, Verb.OWN_ON,
    Verb.OWN_OFF, Verb.FORGET_ME, Verb.FORGET_ALL, Verb.HELP,
)  # fmt: skip


def say(language: str, key: str, **facts: object) -> str:
    """A sentence with its facts; these come in as they are known, and lose line breaks and addresses."""
    return _of(language)[key].format_map({name: shown(str(fact)) for name, fact in facts.items()})


def link(language: str, key: str, **facts: str) -> str:
    """A sentence that gives an address or a link of ours."""
    return _of(language)[key].format_map({name: clean(fact) for name, fact in facts.items()})


def does(language: str, verb: Verb) -> str:
    """What a verb does, as in "one digest a day"."""
    return DOES.get(language, DOES["en"])[verb]


def word(language: str, verb: Verb) -> str:
    """The word to write for a verb."""
    return PHRASES.get(language, PHRASES["en"])[verb].partition("|")[0].strip()


def shown(text: str) -> str:
    """A name or title on one line, without addresses."""
    return hide_addresses(clean(text))[: 2 * SUBJECT_MAX]


def bullets(rows: Iterable[str]) -> str:
    """Rows of a list."""
    return "\n".join(f"- {row}" for row in rows)


def rows_of(language: str, commands: Sequence[Command]) -> str:
    """Commands as they were understood."""
    return bullets(
        " ".join(part for part in (word(language, c.verb), clean(c.argument), clean(c.list_name)) if part)
        + f": {does(language, c.verb)}"
        for c in commands
        if c.verb in DOES["en"]
    )


def answer(
    site: Site, mailing_list: MailingList, name: str, language: str, subject: str, paragraphs: Sequence[str]
) -> Notice:
    """The letter: `subject` is the key of its subject, `paragraphs` is what it says."""
    hello = say(language, "hello", name=name) if shown(name) else say(language, "hello_all")
    sign = link(language, "sign", owner=command(mailing_list, "owner"))
    text = "\n\n".join((hello, *paragraphs))
    return Notice(
        say(language, subject, list=title(mailing_list)),
        f"{text}\n\n-- \n{title(mailing_list)}, {clean(site.name)}\n{sign}\n",
    )


def help_paragraphs(site: Site, mailing_list: MailingList, language: str) -> list[str]:
    """All that one can do by mail."""
    return [
        link(language, "help", list_address=mailing_list.address, request_address=request(mailing_list)),
        bullets(f"**{word(language, verb)}**: {does(language, verb)}" for verb in HELPED),
        link(language, "help_page", url=f"{site.url}/{mailing_list.name}"),
    ]


def request(mailing_list: MailingList) -> str:
    """The address of a list that takes commands."""
    local, _, domain = mailing_list.address.partition("@")
    return f"{local}-request@{domain}"


def _of(language: str) -> dict[str, str]:
    return SENTENCES.get(language, SENTENCES["en"])
