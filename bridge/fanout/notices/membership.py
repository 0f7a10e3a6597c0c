"""To those who join or leave. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.site import Site
from .form import ENGLISH, Notice, command, notice, told


def confirm_subscription(
    site: Site, mailing_list: MailingList, name: str, language: str = ENGLISH, *, expired: int = 0
) -> Notice:
    """To an address for which somebody asked a subscription; the letter's Reply-To bears the token.

    `expired`: the letter before this one was answered too late, after more than so many days.
    """
    made = notice(site, mailing_list, name, language, "confirm")
    if not expired:
        return made
    head, _, rest = made.text.partition("\n\n")
    return Notice(made.subject, f"{head}\n\n{told(language, 'expired', days=expired)}\n\n{rest}")


def welcome(site: Site, mailing_list: MailingList, name: str, language: str = ENGLISH) -> Notice:
    """To a new subscriber."""
    leave, page = command(mailing_list, "unsubscribe"), f"{site.url}/{mailing_list.name}"
    facts = {"address": mailing_list.address, "page": page, "leave": leave}
    return notice(site, mailing_list, name, language, "welcome", **facts)


def confirm_unsubscribe(
    site: Site, mailing_list: MailingList, name: str, link: str, language: str = ENGLISH
) -> Notice:
    """To a subscriber for whom a mail asked to leave; the letter's Reply-To bears the token, as does the link."""
    return notice(site, mailing_list, name, language, "leave", link=link)


def unsubscribed(site: Site, mailing_list: MailingList, name: str, language: str = ENGLISH) -> Notice:
    """To somebody who left."""
    return notice(site, mailing_list, name, language, "left", address=command(mailing_list, "subscribe"))
