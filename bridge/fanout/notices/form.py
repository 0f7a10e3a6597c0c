"""The form of a notice, and the phrases that all of them share, in the language of its reader. Pure."""

from __future__ import annotations

from typing import NamedTuple

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from ..languages import LETTERS, SENTENCES

SUBJECT_MAX = 120
ENGLISH = "en"


class Notice(NamedTuple):
    """Subject and text of a letter of our own; the text is Markdown that reads well as it is."""

    subject: str
    text: str


def told(language: str, key: str, **facts: object) -> str:
    """A text of a letter with its facts, which come in as they may be shown."""
    return LETTERS.get(language, LETTERS[ENGLISH])[key].format_map(facts)


def why(language: str, code: str, reason: str, **facts: object) -> str:
    """Why a mail is not posted, without its full stop: by its code; what a moderator wrote himself as it stands."""
    key = f"why_{code}"
    if key in LETTERS[ENGLISH]:
        return told(language, key, **facts)
    return hide_addresses(clean(reason))


def about(subject: str, language: str = ENGLISH) -> str:
    """A subject, quoted and cut, as part of a sentence."""
    subject = hide_addresses(clean(subject))
    return told(language, "about", subject=subject[:SUBJECT_MAX]) if subject else told(language, "about_none")


def hello(name: str, language: str = ENGLISH) -> str:
    """The first line."""
    name = hide_addresses(clean(name))
    sentences = SENTENCES.get(language, SENTENCES[ENGLISH])
    return (sentences["hello"].format_map({"name": name}) if name else sentences["hello_all"]) + "\n\n"


def title(mailing_list: MailingList) -> str:
    """The name of a list as shown."""
    return clean(mailing_list.title or mailing_list.name)


def command(mailing_list: MailingList, verb: str) -> str:
    """The address of a list that does `verb`."""
    local, _, domain = mailing_list.address.partition("@")
    return f"{local}+{verb}@{domain}"


def sign(site: Site, mailing_list: MailingList, language: str = ENGLISH) -> str:
    """The end of a notice: who writes, and where a person reads."""
    sentence = SENTENCES.get(language, SENTENCES[ENGLISH])["sign"]
    asked = sentence.format_map({"owner": command(mailing_list, "owner")})
    return f"\n-- \n{title(mailing_list)}, {clean(site.name)}\n{asked}\n"


def notice(
    site: Site, mailing_list: MailingList, name: str, language: str, key: str, /, **facts: object
) -> Notice:
    """The letter of a key: a greeting, its text, the signature; `list` is a fact of each."""
    facts["list"] = title(mailing_list)
    text = f"{hello(name, language)}{told(language, key, **facts)}\n{sign(site, mailing_list, language)}"
    return Notice(told(language, f"{key}_subject", **facts), text)
