"""When letters come back: the probe to the person, and the word to whoever looks after the list. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.site import Site
from .form import ENGLISH, Notice, notice, sign, title


def probe(site: Site, mailing_list: MailingList, name: str, language: str = ENGLISH) -> Notice:
    """To an address whose letters came back: does this one arrive?"""
    return notice(site, mailing_list, name, language, "probe")


def unreachable(site: Site, mailing_list: MailingList, name: str, address: str, answer: str) -> Notice:
    """To whoever looks after a list: a member's address is gone for good."""
    return Notice(
        f"{name or 'A member'} of {title(mailing_list)} cannot be reached any more",
        f"Hello,\n\nthe mails to {name or 'a member'} <{address}> keep coming back, the last test too:\n\n"
        f"> {answer[:300]}\n\nNo more mails go there; the membership stays, without mails. If you know another "
        f"address, add it with `threadbridge people import`.\n" + sign(site, mailing_list),
    )


def refused_by_policy(site: Site, mailing_list: MailingList, domain: str, answer: str) -> Notice:
    """To whoever looks after a list: a mail system refuses us by its rules, which no member can mend."""
    return Notice(
        f"{domain} refuses the mails of {title(mailing_list)}",
        f"Hello,\n\nthe mail system of {domain} refuses our mails by its rules. It said:\n\n> {answer[:300]}\n\n"
        f"This counts against none of its members. Often SPF, DKIM or DMARC of {site.domain} are to be mended, or the "
        f"address of the server stands on a block list; `threadbridge check` tells what it sees.\n"
        + sign(site, mailing_list),
    )
