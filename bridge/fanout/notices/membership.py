"""To those who join, leave, or ask how a list works. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.site import Site
from ..headers import clean
from .form import Notice, command, hello, sign, title


def confirm_subscription(site: Site, mailing_list: MailingList, name: str) -> Notice:
    """To an address for which somebody asked a subscription; the letter's Reply-To bears the token."""
    return Notice(
        f"Please confirm: do you want the mails of {title(mailing_list)}?",
        f"{hello(name)}somebody, we hope it was you, asked that the mails of {title(mailing_list)} be sent to this "
        f"address.\n\nIf you want them, just answer this mail; it may be empty. If not, do nothing: nothing will "
        f"come.\n" + sign(site, mailing_list),
    )


def welcome(site: Site, mailing_list: MailingList, name: str) -> Notice:
    """To a new subscriber."""
    return Notice(
        f"Welcome to {title(mailing_list)}",
        f"{hello(name)}from now on you get the mails of {title(mailing_list)}, and whatever you write to "
        f"{mailing_list.address} goes to everyone there. To answer a mail, just reply to it.\n\n"
        f"The threads stand at {site.url}/{mailing_list.name} too.\n\n"
        f"To leave, write to {command(mailing_list, 'unsubscribe')}, or use the link below any mail.\n"
        + sign(site, mailing_list),
    )


def confirm_unsubscribe(site: Site, mailing_list: MailingList, name: str, link: str) -> Notice:
    """To a subscriber for whom a mail asked to leave; the letter's Reply-To bears the token, as does the link."""
    return Notice(
        f"Please confirm: do you want to leave {title(mailing_list)}?",
        f"{hello(name)}a mail in your name asked that you get no more mails of {title(mailing_list)}.\n\nIf that "
        f"is what you want, just answer this mail, or open this page: {link}\n\nIf not, do nothing: all stays as "
        f"it is.\n" + sign(site, mailing_list),
    )


def unsubscribed(site: Site, mailing_list: MailingList, name: str) -> Notice:
    """To somebody who left."""
    return Notice(
        f"You have left {title(mailing_list)}",
        f"{hello(name)}you get no more mails of {title(mailing_list)}. If that was a mistake, write to "
        f"{command(mailing_list, 'subscribe')} and you are back.\n" + sign(site, mailing_list),
    )


def help_text(site: Site, mailing_list: MailingList) -> Notice:
    """What one can write to, and what it does."""
    description = clean(mailing_list.description)
    rows = (
        (mailing_list.address, "a new thread, or an answer where you reply to a mail"),
        (command(mailing_list, "subscribe"), "get the mails"),
        (command(mailing_list, "unsubscribe"), "get them no more"),
        (command(mailing_list, "owner"), "the people who look after the list"),
    )
    return Notice(
        f"How {title(mailing_list)} works",
        f"Hello,\n\nthis is {title(mailing_list)} at {clean(site.name)}." + (f" {description}" if description else "")
        + "\n\nWhat to write to:\n\n" + "".join(f"- {address}: {what}\n" for address, what in rows)
        + f"\nTo answer a mail, just reply to it. The threads stand at {site.url}/{mailing_list.name} too.\n"
        + sign(site, mailing_list),
    )  # fmt: skip
