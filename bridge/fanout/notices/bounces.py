"""When letters come back: the probe to the person. What others hear of it stands in `moderation`. Pure."""

from __future__ import annotations

from ...posting.post import MailingList
from ...posting.site import Site
from .form import ENGLISH, Notice, notice


def probe(site: Site, mailing_list: MailingList, name: str, language: str = ENGLISH) -> Notice:
    """To an address whose letters came back: does this one arrive?"""
    return notice(site, mailing_list, name, language, "probe")
