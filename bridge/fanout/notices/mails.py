"""To those whose mail was not posted, or not yet, and to those whose reply address it used. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from .form import Notice, about, command, hello, sign, title


def quote_only(site: Site, mailing_list: MailingList, name: str, subject: str) -> Notice:
    """To the sender of a mail that held nothing but quoted text."""
    return Notice(
        f"Your mail to {title(mailing_list)} held no words of your own",
        f"{hello(name)}your mail {about(subject)} came in, but all that we found in it was the quoted text of an "
        f"earlier mail, so there was nothing to post. Perhaps it was sent too soon.\n\n"
        f"Just answer once more: write above or below the quoted text, or between its lines.\n"
        + sign(site, mailing_list),
    )


def held(site: Site, mailing_list: MailingList, name: str, subject: str, reason: str) -> Notice:
    """To the sender of a mail that waits for a moderator."""
    return Notice(
        f"Your mail to {title(mailing_list)} waits for a moderator",
        f"{hello(name)}your mail {about(subject)} is safe with us, but a person looks at it before it is posted."
        f"\n\nWhy: {hide_addresses(clean(reason))}.\n\nThere is nothing that you need to do; please do not send it "
        f"again.\n" + sign(site, mailing_list),
    )


def owner_asked(site: Site, mailing_list: MailingList, name: str, stranger: str, subject: str) -> Notice:
    """To the owner of a reply address that somebody unknown wrote to."""
    who = hide_addresses(clean(stranger)) or "Somebody"
    return Notice(
        f"Somebody wrote to your personal reply address of {title(mailing_list)}",
        f"{hello(name)}each of our letters to you has a reply address that is yours alone. {who} has written to one "
        f"of them, {about(subject)}, from an address that we do not know. We hold that mail, and nothing was posted "
        f"in your name.\n\n"
        f"- Was it you, from another address? Tell {command(mailing_list, 'owner')}, so that it is added to your "
        f"name.\n"
        f"- Did you pass our letter on to somebody whom you want to take part? Copy him when you next write to the "
        f"list: then his mail is posted under his own name.\n"
        f"- Do you know nothing of it? Then there is nothing that you need to do.\n"
        + sign(site, mailing_list),
    )


def refused(site: Site, mailing_list: MailingList, name: str, subject: str, reason: str) -> Notice:
    """To the sender of a mail that is not posted."""
    return Notice(
        f"Your mail to {title(mailing_list)} was not posted",
        f"{hello(name)}your mail {about(subject)} was not posted.\n\nWhy: {hide_addresses(clean(reason))}.\n"
        + sign(site, mailing_list),
    )
