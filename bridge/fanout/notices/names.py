"""To people who add an address to their name, and to that address. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from .form import ENGLISH, Notice, notice, told


def confirm_address(site: Site, mailing_list: MailingList, name: str, language: str = ENGLISH) -> Notice:
    """To an address that somebody says is his; the letter's Reply-To bears the token."""
    shown = hide_addresses(clean(name)) or told(language, "somebody")
    return notice(site, mailing_list, "", language, "address", name=shown)


def address_added(
    site: Site, mailing_list: MailingList, name: str, address: str, language: str = ENGLISH
) -> Notice:
    """To somebody who has one more address now; he gave it himself, so it is told in full."""
    return notice(site, mailing_list, name, language, "added", address=clean(address))
