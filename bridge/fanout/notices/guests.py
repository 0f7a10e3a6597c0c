"""To people whom a member copied, and to those who write to one another through us. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from .form import Notice, about, hello, sign, title


def guest_note(
    site: Site, mailing_list: MailingList, name: str, member: str, subject: str, stop_address: str
) -> Notice:
    """To an outsider whom a member copied: what this is, what his answer does, how to hear no more of it."""
    member = hide_addresses(clean(member)) or "A member"
    reads = "anybody can read it on the web" if mailing_list.visibility == "public" else "its members read it"
    first = " A moderator looks at it first." if mailing_list.guests == "hold" else ""
    return Notice(
        f"{member} copied you in a conversation of {title(mailing_list)}",
        f"{hello(name)}{member} has sent you a copy of a mail {about(subject)}, which went to {title(mailing_list)}, "
        f"a mailing list and forum of {clean(site.name)}. You have no account there and need none; this is the only "
        f"letter of this kind about that conversation.\n\n"
        f"- If you answer that mail with the list among its recipients, or answer this letter, your answer joins the "
        f"conversation under your name, as a guest's; {reads}.{first} From then on you get what others write there.\n"
        f"- If you write to {member} only, the list hears nothing of it.\n"
        f"- If you want nothing of this, do nothing. To be sure, answer this letter with the one word: stop\n"
        f"  or send an empty mail to {stop_address}; then we do not write to you again about what others copy to "
        f"you.\n" + sign(site, mailing_list),
    )


def guest_stopped(site: Site, mailing_list: MailingList, name: str, subject: str) -> Notice:
    """To a guest who said stop."""
    return Notice(
        "You get no more of this conversation",
        f"{hello(name)}we send you no more of the conversation {about(subject)} of {title(mailing_list)}, and no "
        f"notes about mails that somebody copies to you. People who copy you still write to you themselves.\n\n"
        f"Was that a mistake? Write to {mailing_list.address.replace('@', '+subscribe@')} and you get all mails of "
        f"the list.\n" + sign(site, mailing_list),
    )


def guest_asked(site: Site, mailing_list: MailingList, name: str, subject: str) -> Notice:
    """To a guest in whose name a mail without a token said stop; the letter's Reply-To bears the token."""
    return Notice(
        f"Shall we send you no more of {title(mailing_list)}?",
        f"{hello(name)}a mail in your name said stop. If you want no more of the conversation {about(subject)}, just "
        f"answer this letter; it may be empty. If not, do nothing.\n" + sign(site, mailing_list),
    )


def not_passed_on(site: Site, mailing_list: MailingList, name: str, subject: str, reason: str) -> Notice:
    """To a member whose mail to one person alone was not passed on."""
    return Notice(
        "Your mail was not passed on",
        f"{hello(name)}your mail {about(subject)} to one person alone was not passed on, and nobody has seen it.\n\n"
        f"Why: {hide_addresses(clean(reason))}.\n" + sign(site, mailing_list),
    )
