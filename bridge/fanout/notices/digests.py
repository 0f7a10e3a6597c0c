"""To those whose answer to a digest could belong to several threads. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from .form import Notice, about, hello, sign


class Choice(NamedTuple):
    """A thread that an answer may belong to, and the address that says so."""

    title: str
    address: str


def which_thread(
    site: Site, mailing_list: MailingList, name: str, subject: str, words: str, choices: Sequence[Choice]
) -> Notice:
    """To the sender of an answer that names no thread; `words` are its first ones, on one line."""
    rows = "".join(
        f"{number}. [{_title(each.title)}](mailto:{quote(each.address, safe='@+')}?subject=Post%20it%20there)\n"
        f"   {each.address}\n\n"
        for number, each in enumerate(choices, 1)
    )
    return Notice(
        "Which thread is your answer for?",
        f"{hello(name)}your answer {about(subject)} begins:\n\n> {hide_addresses(clean(words))}\n\n"
        "It came in, but it answers a mail with several threads, and we cannot tell which one you mean. It is safe "
        "with us and not posted yet.\n\nTap the thread that it is for, and send the mail that opens; it may be empty. "
        f"Or answer this mail with the number alone.\n\n{rows}"
        "Next time, use the button below the thread, or keep of our mail only what you answer.\n"
        + sign(site, mailing_list),
    )


def _title(title: str) -> str:
    return hide_addresses(clean(title)).translate({ord(sign): None for sign in "[]<>\\`*"}) or "(no subject)"
