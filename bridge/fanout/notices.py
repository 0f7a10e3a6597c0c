"""What the bridge writes itself, in plain words: each notice says what happened, why, and what to do now.

Notices never quote a mail at length, so that nobody can have us send his text to others. Names come in as shown;
addresses only where the reader knows them already. Pure.
"""

from __future__ import annotations

from typing import NamedTuple

from ..posting.post import MailingList
from ..posting.render import hide_addresses
from ..posting.site import Site
from .headers import clean

SUBJECT_MAX = 120


class Notice(NamedTuple):
    """Subject and text of a letter of our own; the text is Markdown that reads well as it is."""

    subject: str
    text: str


def _about(subject: str) -> str:
    subject = hide_addresses(clean(subject))
    return f"“{subject[:SUBJECT_MAX]}”" if subject else "without a subject"


def _hello(name: str) -> str:
    name = hide_addresses(clean(name))
    return f"Hello {name},\n\n" if name else "Hello,\n\n"


def _title(mailing_list: MailingList) -> str:
    return clean(mailing_list.title or mailing_list.name)


def _command(mailing_list: MailingList, command: str) -> str:
    local, _, domain = mailing_list.address.partition("@")
    return f"{local}+{command}@{domain}"


def _sign(site: Site, mailing_list: MailingList) -> str:
    owner = _command(mailing_list, "owner")
    return f"\n-- \n{_title(mailing_list)}, {clean(site.name)}\nQuestions? Write to {owner}, where a person reads.\n"


def quote_only(site: Site, mailing_list: MailingList, name: str, subject: str) -> Notice:
    """To the sender of a mail that held nothing but quoted text."""
    return Notice(
        f"Your mail to {_title(mailing_list)} held no words of your own",
        f"{_hello(name)}your mail {_about(subject)} came in, but all that we found in it was the quoted text of an "
        f"earlier mail, so there was nothing to post. Perhaps it was sent too soon.\n\n"
        f"Just answer once more: write above or below the quoted text, or between its lines.\n"
        + _sign(site, mailing_list),
    )


def held(site: Site, mailing_list: MailingList, name: str, subject: str, reason: str) -> Notice:
    """To the sender of a mail that waits for a moderator."""
    return Notice(
        f"Your mail to {_title(mailing_list)} waits for a moderator",
        f"{_hello(name)}your mail {_about(subject)} is safe with us, but a person looks at it before it is posted."
        f"\n\nWhy: {hide_addresses(clean(reason))}.\n\nThere is nothing that you need to do; please do not send it "
        f"again.\n" + _sign(site, mailing_list),
    )


def owner_asked(site: Site, mailing_list: MailingList, name: str, stranger: str, subject: str) -> Notice:
    """To the owner of a reply address that somebody unknown wrote to."""
    who = hide_addresses(clean(stranger)) or "Somebody"
    return Notice(
        f"Somebody wrote to your personal reply address of {_title(mailing_list)}",
        f"{_hello(name)}each of our letters to you has a reply address that is yours alone. {who} has written to one "
        f"of them, {_about(subject)}, from an address that we do not know. We hold that mail, and nothing was posted "
        f"in your name.\n\n"
        f"- Was it you, from another address? Tell {_command(mailing_list, 'owner')}, so that it is added to your "
        f"name.\n"
        f"- Did you pass our letter on to somebody whom you want to take part? Copy him when you next write to the "
        f"list: then his mail is posted under his own name.\n"
        f"- Do you know nothing of it? Then there is nothing that you need to do.\n"
        + _sign(site, mailing_list),
    )


def refused(site: Site, mailing_list: MailingList, name: str, subject: str, reason: str) -> Notice:
    """To the sender of a mail that is not posted."""
    return Notice(
        f"Your mail to {_title(mailing_list)} was not posted",
        f"{_hello(name)}your mail {_about(subject)} was not posted.\n\nWhy: {hide_addresses(clean(reason))}.\n"
        + _sign(site, mailing_list),
    )


def confirm_subscription(site: Site, mailing_list: MailingList, name: str) -> Notice:
    """To an address for which somebody asked a subscription; the letter's Reply-To bears the token."""
    return Notice(
        f"Please confirm: do you want the mails of {_title(mailing_list)}?",
        f"{_hello(name)}somebody, we hope it was you, asked that the mails of {_title(mailing_list)} be sent to this "
        f"address.\n\nIf you want them, just answer this mail; it may be empty. If not, do nothing: nothing will "
        f"come.\n" + _sign(site, mailing_list),
    )


def welcome(site: Site, mailing_list: MailingList, name: str) -> Notice:
    """To a new subscriber."""
    return Notice(
        f"Welcome to {_title(mailing_list)}",
        f"{_hello(name)}from now on you get the mails of {_title(mailing_list)}, and whatever you write to "
        f"{mailing_list.address} goes to everyone there. To answer a mail, just reply to it.\n\n"
        f"The threads stand at {site.url}/{mailing_list.name} too.\n\n"
        f"To leave, write to {_command(mailing_list, 'unsubscribe')}, or use the link below any mail.\n"
        + _sign(site, mailing_list),
    )


def confirm_unsubscribe(site: Site, mailing_list: MailingList, name: str, link: str) -> Notice:
    """To a subscriber for whom a mail asked to leave; the letter's Reply-To bears the token, as does the link."""
    return Notice(
        f"Please confirm: do you want to leave {_title(mailing_list)}?",
        f"{_hello(name)}a mail in your name asked that you get no more mails of {_title(mailing_list)}.\n\nIf that "
        f"is what you want, just answer this mail, or open this page: {link}\n\nIf not, do nothing: all stays as "
        f"it is.\n" + _sign(site, mailing_list),
    )


def unsubscribed(site: Site, mailing_list: MailingList, name: str) -> Notice:
    """To somebody who left."""
    return Notice(
        f"You have left {_title(mailing_list)}",
        f"{_hello(name)}you get no more mails of {_title(mailing_list)}. If that was a mistake, write to "
        f"{_command(mailing_list, 'subscribe')} and you are back.\n" + _sign(site, mailing_list),
    )


def help_text(site: Site, mailing_list: MailingList) -> Notice:
    """What one can write to, and what it does."""
    description = clean(mailing_list.description)
    rows = (
        (mailing_list.address, "a new thread, or an answer where you reply to a mail"),
        (_command(mailing_list, "subscribe"), "get the mails"),
        (_command(mailing_list, "unsubscribe"), "get them no more"),
        (_command(mailing_list, "owner"), "the people who look after the list"),
    )
    return Notice(
        f"How {_title(mailing_list)} works",
        f"Hello,\n\nthis is {_title(mailing_list)} at {clean(site.name)}." + (f" {description}" if description else "")
        + "\n\nWhat to write to:\n\n" + "".join(f"- {address}: {what}\n" for address, what in rows)
        + f"\nTo answer a mail, just reply to it. The threads stand at {site.url}/{mailing_list.name} too.\n"
        + _sign(site, mailing_list),
    )  # fmt: skip
