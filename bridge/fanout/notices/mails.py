"""To those whose mail was not posted, or not yet, and to those whose reply address it used. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from .form import ENGLISH, Notice, about, command, notice, told, why


def quote_only(
    site: Site, mailing_list: MailingList, name: str, subject: str, language: str = ENGLISH
) -> Notice:
    """To the sender of a mail that held nothing of his own."""
    return notice(site, mailing_list, name, language, "empty", about=about(subject, language))


def held(
    site: Site, mailing_list: MailingList, name: str, subject: str, reason: str, language: str = ENGLISH,
    code: str = "",
) -> Notice:  # fmt: skip
    """To the sender of a mail that waits for a moderator."""
    facts = {"about": about(subject, language), "why": why(language, code, reason)}
    return notice(site, mailing_list, name, language, "held", **facts)


def owner_asked(
    site: Site, mailing_list: MailingList, name: str, stranger: str, subject: str, language: str = ENGLISH
) -> Notice:
    """To the owner of a reply address that somebody unknown wrote to."""
    facts = {
        "who": hide_addresses(clean(stranger)) or told(language, "somebody"),
        "about": about(subject, language), "owner": command(mailing_list, "owner"),
    }  # fmt: skip
    return notice(site, mailing_list, name, language, "owner", **facts)


def refused(
    site: Site, mailing_list: MailingList, name: str, subject: str, reason: str, language: str = ENGLISH,
    code: str = "",
) -> Notice:  # fmt: skip
    """To the sender of a mail that is not posted."""
    facts = {"about": about(subject, language), "why": why(language, code, reason)}
    return notice(site, mailing_list, name, language, "refused", **facts)
