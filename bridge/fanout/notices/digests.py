"""To those whose answer to a digest could belong to several threads. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from .form import ENGLISH, Notice, about, notice, told


class Choice(NamedTuple):
    """A thread that an answer may belong to, and the address that says so."""

    title: str
    address: str


def which_thread(
    site: Site, mailing_list: MailingList, name: str, subject: str, words: str, choices: Sequence[Choice],
    language: str = ENGLISH,
) -> Notice:  # fmt: skip
    """To the sender of an answer that names no thread; `words` are its first ones, on one line."""
    tapped = quote(told(language, "which_post"), safe="")
    rows = "".join(
        f"{number}. [{_title(each.title)}](mailto:{quote(each.address, safe='@+')}?subject={tapped})\n"
        f"   {each.address}\n\n"
        for number, each in enumerate(choices, 1)
    )
    facts = {"about": about(subject, language), "words": hide_addresses(clean(words)), "rows": rows}
    return notice(site, mailing_list, name, language, "which", **facts)


def _title(title: str) -> str:
    return hide_addresses(clean(title)).translate({ord(sign): None for sign in "[]<>\\`*"}) or "(no subject)"
