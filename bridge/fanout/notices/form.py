"""The form of a notice, and the phrases that all of them share. Pure."""

from __future__ import annotations

from typing import NamedTuple

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean

SUBJECT_MAX = 120


class Notice(NamedTuple):
    """Subject and text of a letter of our own; the text is Markdown that reads well as it is."""

    subject: str
    text: str


def about(subject: str) -> str:
    """A subject, quoted and cut, as part of a sentence."""
    subject = hide_addresses(clean(subject))
    return f"“{subject[:SUBJECT_MAX]}”" if subject else "without a subject"


def hello(name: str) -> str:
    """The first line."""
    name = hide_addresses(clean(name))
    return f"Hello {name},\n\n" if name else "Hello,\n\n"


def title(mailing_list: MailingList) -> str:
    """The name of a list as shown."""
    return clean(mailing_list.title or mailing_list.name)


def command(mailing_list: MailingList, verb: str) -> str:
    """The address of a list that does `verb`."""
    local, _, domain = mailing_list.address.partition("@")
    return f"{local}+{verb}@{domain}"


def sign(site: Site, mailing_list: MailingList) -> str:
    """The end of a notice: who writes, and where a person reads."""
    owner = command(mailing_list, "owner")
    return f"\n-- \n{title(mailing_list)}, {clean(site.name)}\nQuestions? Write to {owner}, where a person reads.\n"
