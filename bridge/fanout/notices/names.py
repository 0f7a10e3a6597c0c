"""To people who add an address to their name, and to that address. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from .form import Notice, hello, sign, title


def confirm_address(site: Site, mailing_list: MailingList, name: str) -> Notice:
    """To an address that somebody says is his; the letter's Reply-To bears the token."""
    name = hide_addresses(clean(name)) or "Somebody"
    return Notice(
        f"Please confirm: is this your address too, {name}?",
        f"Hello,\n\n{name}, who takes part in {title(mailing_list)}, says that this address is his too, so that what "
        f"he writes from it comes under the same name.\n\nIf that is you, just answer this mail; it may be empty. If "
        f"not, do nothing: nothing will come of it.\n" + sign(site, mailing_list),
    )


def address_added(site: Site, mailing_list: MailingList, name: str, address: str) -> Notice:
    """To somebody who has one more address now; he gave it himself, so it is told in full."""
    return Notice(
        "One more address is yours",
        f"{hello(name)}what you write from {clean(address)} now comes under your name in {title(mailing_list)}. "
        f"Letters go on coming to the address that this one came to.\n\nIf it was not you who asked for that, tell "
        f"us at once.\n" + sign(site, mailing_list),
    )
