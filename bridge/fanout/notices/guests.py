"""To people whom a member copied, and to those who write to one another through us. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from .form import ENGLISH, Notice, about, command, notice, told, why


def guest_note(
    site: Site, mailing_list: MailingList, name: str, member: str, subject: str, stop_address: str,
    language: str = ENGLISH,
) -> Notice:  # fmt: skip
    """To an outsider whom a member copied: what this is, what his answer does, how to hear no more of it."""
    facts = {
        "member": hide_addresses(clean(member)) or told(language, "a_member"),
        "about": about(subject, language), "site": clean(site.name), "stop": stop_address,
        "reads": told(language, "guest_public" if mailing_list.visibility == "public" else "guest_members"),
        "first": f" {told(language, 'guest_first')}" if mailing_list.guests == "hold" else "",
    }  # fmt: skip
    return notice(site, mailing_list, name, language, "guest", **facts)


def guest_stopped(
    site: Site, mailing_list: MailingList, name: str, subject: str, language: str = ENGLISH
) -> Notice:
    """To a guest who said stop."""
    facts = {"about": about(subject, language), "address": command(mailing_list, "subscribe")}
    return notice(site, mailing_list, name, language, "stopped", **facts)


def guest_asked(
    site: Site, mailing_list: MailingList, name: str, subject: str, language: str = ENGLISH
) -> Notice:
    """To a guest in whose name a mail without a token said stop; the letter's Reply-To bears the token."""
    return notice(site, mailing_list, name, language, "stop", about=about(subject, language))


def not_passed_on(
    site: Site, mailing_list: MailingList, name: str, subject: str, code: str, language: str = ENGLISH, /,
    **facts: object,
) -> Notice:  # fmt: skip
    """To a member whose mail to one person alone was not passed on; `facts` are those of `why_CODE`."""
    shown = {key: hide_addresses(clean(str(fact))) for key, fact in facts.items()}
    reason = why(language, code, code, **shown)
    return notice(
        site, mailing_list, name, language, "not_passed", about=about(subject, language), why=reason
    )


def came_back(
    site: Site, mailing_list: MailingList, name: str, to: str, subject: str, language: str = ENGLISH
) -> Notice:
    """To the sender of a mail to one person alone that could not be delivered; the address stays hidden."""
    to = hide_addresses(clean(to)) or told(language, "a_member")
    return notice(site, mailing_list, name, language, "lost", name=to, about=about(subject, language))
