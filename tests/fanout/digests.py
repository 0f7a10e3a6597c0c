"""Digests for the tests: two lists, a few threads, invented people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bridge.fanout.digest import DigestLetter, DigestPost, DigestThread, in_order
from bridge.fanout.letter import Answered
from bridge.posting.post import MailingList
from bridge.posting.site import Site

SITE = Site("Example Commons", "forum.example", "https://forum.example", timezone="Europe/Brussels")
GENERAL = MailingList(1, "general", "general@forum.example", "Tool Library")
SEEDS = MailingList(2, "seeds", "seeds@forum.example", "Seed Swap")
NOW = 1_795_413_600_000_000
"""Monday 23 November 2026, 7:00 in Brussels."""
HOUR = 3_600_000_000
LONG = (
    "I took the lathe apart on Saturday, and this is what I found. The **headstock bearings** are dry but not worn, "
    "the belt is cracked in two places, and somebody has replaced the drive pulley with one that is too large.\n\n"
    "What we need:\n\n- a belt, A38, about 12 euro\n- bearing grease, which Bo has\n- an afternoon with two people\n\n"
) + "\n\n".join(
    f"Part {n}: the slide should be cleaned as well, and while we are at it the tailstock, which has not moved since "
    "the move from Mill Lane. I would do it myself, yet I cannot lift it alone, and the manual warns of doing so."
    for n in range(1, 9)
)


def token(n: int) -> str:
    """An address that looks like a reply address."""
    return f"reply+{'abcdefghijklmnopqrstuvwxyz234567'[n % 32] * 32}@forum.example"


def post(n: int, author: str, hours_ago: float, text: str, **facts: Any) -> DigestPost:
    """A post of some hours ago."""
    return DigestPost(
        id=n, author=author, date=NOW - int(hours_ago * HOUR), text=text,
        permalink=f"https://forum.example/post/{n}", reply_to=token(n), **facts,
    )  # fmt: skip


def thread(n: int, mailing_list: MailingList, title: str, size: int, *posts: DigestPost) -> DigestThread:
    """A thread with these new posts."""
    url = f"https://forum.example/{mailing_list.name}/{n}"
    return DigestThread(n, mailing_list, title, url, size, posts[-1].reply_to, posts)


LATHE = thread(
    1, GENERAL, "Who can repair the lathe?", 9,
    post(11, "Bo Ekström", 17, LONG),
    post(12, "Chidi Obi", 15.5, "I can bring the belt on Friday.\n\nIs 17:00 fine for you, @ada?", mentions=True,
         answers=Answered("Bo Ekström", "I took the lathe apart on Saturday, and this is what I found …")),
    post(13, "Pat Conaty", 2.2, "> an afternoon with two people\n\nCount me in. See https://tools.example/lathe for it"
         "; my own address is hidden here: pat@elsewhere.example.", guest=True, attachments=2,
         answers=Answered("Chidi Obi", "I can bring the belt on Friday.")),
)  # fmt: skip
KEYS = thread(
    2, GENERAL, "Keys for the shed: who has one, who needs one, and what of the lock that sticks in winter",
    2, post(14, "Dana Novák", 20, "I have two. One could go to **Freya**, who opens on Thursdays."),
)  # fmt: skip
SWAP = thread(
    3, SEEDS, "Beans, peas and what is left of the squash", 3,
    post(15, "Freya Holm", 40, "Six kinds:\n\n| kind | grams |\n| --- | --- |\n| Borlotti | 120 |\n| Runner | 80 |"),
    post(16, "Emre Kaya", 30, "```\npeas 40 g\n```\nand the squash is gone.", credit="Gus Marsh"),
)  # fmt: skip
DIGEST = DigestLetter(
    site=SITE, name="Ada Lind", address="ada@members.example", threads=in_order([SWAP, LATHE, KEYS]),
    message_id="digest.4.1795413600000000@forum.example", date=NOW, since=NOW - 24 * HOUR, timezone="",
    reply_to="reply+" + "q" * 32 + "@forum.example", leave_url="https://forum.example/unsubscribe/" + "u" * 32,
    leave_address="unsubscribe+" + "u" * 32 + "@forum.example",
    leave_links={n: f"https://forum.example/unsubscribe/{'-vw'[n] * 32}" for n in (1, 2)},
)  # fmt: skip


def changed(**facts: Any) -> DigestLetter:
    """The digest with other facts."""
    return replace(DIGEST, **facts)
