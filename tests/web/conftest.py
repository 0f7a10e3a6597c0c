"""A small archive with everything that a page can show, hostile and private things among it, and a client for it."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx2
import pytest

from bridge.posting.post import MailingList
from bridge.posting.render import render
from bridge.posting.site import Site
from bridge.store import blobs, lists
from bridge.store.database import Store, Tx
from bridge.web.app import create

SITE = Site("Mill Lane Commons", "forum.example", "https://forum.example")
START = 1_562_000_000_000_000
HOUR = 3_600_000_000
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
)
SECRETS = ("ada.secret@private.example", "ben.secret@private.example", "jo@outside.example", "01632 960123")
TOOLS = MailingList(1, "tools", "tools@forum.example", "Tools", "The shared workshop")
Folded = tuple[str, str, str]


@dataclass
class Archive:
    """The store, and helpers that put things into it; numbers of what a test needs by name."""

    store: Store
    ids: dict[str, int] = field(default_factory=dict)
    clock: int = START

    def person(self, name: str, address: str, *, member: bool = True) -> int:
        """Somebody new."""

        def write(tx: Tx) -> int:
            person: int = tx.person_add(name=name, member=int(member), now=START)["id"]
            tx.address_add(address=address, person_id=person)
            return person

        return self.store.write(write)

    def thread(self, list_id: int, title: str) -> int:
        """A thread without posts."""

        def write(tx: Tx) -> int:
            row = tx.thread_add(list_id=list_id, title=title, subject_key=title.lower(), date=self.clock)
            return int(row["id"])

        return self.store.write(write)

    def post(
        self, list_id: int, thread: int, author: tuple[int, str], text: str, parent: int | None = None, *,
        guest: bool = False, credit: str = "", folded: tuple[Folded, ...] = (), copied: dict[str, str] | None = None,
        files: tuple[tuple[str, str, bytes, str], ...] = (), waiting: bool = False,
    ) -> int:  # fmt: skip
        """A post an hour after the last one; `files` are (name, type, content, content id)."""
        self.clock += HOUR

        def write(tx: Tx) -> int:
            message_id = f"{random.random()}@mail.example"
            post: int = tx.post_add(
                list_id=list_id, thread_id=thread, parent_id=parent, author_id=author[0], author=author[1],
                guest=int(guest), credit=credit, subject="s", date=self.clock, received=self.clock,
                message_id=message_id, origin="mail", ledger_id=None, placed_by="new", text=text, html="",
            )["id"]  # fmt: skip
            pictures = {}
            for seq, (name, kind, content, cid) in enumerate(files):
                sha = blobs.put(tx, blobs.pack(content))
                number = tx.attachment_add(
                    post_id=post, seq=seq, name=name, type=kind, size=len(content), sha256=sha, inline=int(bool(cid)),
                    content_id=cid, folded=int(cid == "logo"),
                )["id"]  # fmt: skip
                self.ids[name] = number
                pictures[cid] = f"/attachment/{number}/{name}"
            tx.post_html(id=post, html=render(text, pictures))
            tx.part_add(
                [
                    {
                        "post_id": post,
                        "seq": seq,
                        "kind": kind,
                        "text": kept,
                        "reason": why,
                        "folded": 1,
                        "quoted_id": None,
                    }
                    for seq, (kind, kept, why) in enumerate(folded)
                ]
            )
            tx.copied_add([{"post_id": post, "address": a, "name": n} for a, n in (copied or {}).items()])
            if waiting:
                tx.known_id_ghost(list_id=list_id, message_id=f"ghost{post}", thread_id=thread)
                tx.reference_add(list_id=list_id, message_id=f"ghost{post}", post_id=post, nearness=0)
            tx.thread_grow(id=thread, date=self.clock)
            return post

        return self.store.write(write)


def compression_bomb(size: int) -> bytes:
    """A PNG that claims to be huge: never decoded here, only passed on."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        PNG[:8]
        + struct.pack(">I", 13)
        + b"IHDR"
        + head
        + struct.pack(">I", zlib.crc32(b"IHDR" + head))
        + bytes(size)
    )


def fill(archive: Archive) -> None:
    """One public list with a rich thread, a hostile thread and a long one; one list for members."""
    for mailing_list in (
        TOOLS,
        MailingList(0, "board", "board@forum.example", "Board", "Money", "members", "members"),
        MailingList(0, "empty", "empty@forum.example", "Nothing yet"),
    ):
        archive.store.write(partial(lists.put, mailing_list=mailing_list))
    ada = (archive.person("Ada Winter", SECRETS[0]), "Ada Winter")
    ben = (archive.person("Ben Oduya", SECRETS[1]), "Ben Oduya")
    jo = (archive.person("Jo", SECRETS[2], member=False), "Jo")
    cara = (archive.person("Cara Hidden", "cara@private.example"), "Cara Hidden")
    evil = (
        archive.person('<img src=x onerror="canary()">', "e@private.example"),
        '<img src=x onerror="canary()">',
    )
    ids = archive.ids
    ids |= {"ada": ada[0], "ben": ben[0], "jo": jo[0], "cara": cara[0]}

    ids["saws"] = saws = archive.thread(1, "Who may borrow the saw?")
    ids["first"] = first = archive.post(
        1, saws, ben, "Shall we lend the **circular saw**?\n\nWrite to ben.secret@private.example.",
        copied={SECRETS[2]: "Jo", "nameless.one@outside.example": ""},
        files=(("terms.pdf", "application/pdf", b"%PDF" + bytes(2_310_000), ""),),
    )  # fmt: skip
    ids["signed"] = archive.post(
        1, saws, ada, "Yes, after an induction at the café.", first,
        folded=(
            ("signature", f"Ada\n{SECRETS[0]}\nTel {SECRETS[3]}\non 2019-07-03 14:05", "lines after `-- `"),
            ("quote", "> " + "Shall we lend " * 300, "Gmail's quote"),
        ),
    )  # fmt: skip
    ids["drawn"] = archive.post(
        1, saws, jo, "Look:\n\n![plan](cid:plan)\n\nthere", ids["signed"], guest=True,
        files=(
            ("plan.png", "image/png", PNG, "plan"),
            ("loose.png", "image/png", PNG, ""),
            ("logo.png", "image/png", PNG, "logo"),
        ),
    )  # fmt: skip
    ids["aside"] = archive.post(1, saws, ada, "Another answer to the first", first)
    ids["late"] = archive.post(1, saws, ben, "An answer to something unseen", None, waiting=True)
    ids["passed on"] = archive.post(1, saws, ben, "Words from the county", first, credit="Philippa Ashdown")

    ids["evil"] = bad = archive.thread(
        1, '</title><script>canary()</script> "quoted" ann.secret@private.example'
    )
    archive.post(
        1, bad, evil, "<script>canary()</script>\n\n[x](javascript:canary())\n\n![p](https://tracker.example/x.gif)",
        credit="<b onclick=canary()>", copied={"x@outside.example": "<svg onload=canary()>"},
        folded=(("quote", "</pre></details><script>canary()</script>", "<i onclick=canary()>"),),
        files=(
            ('"><svg onload=canary()>.svg', "image/svg+xml", b"<svg onload='canary()'/>", ""),
            ("page.png", "image/png", b"<html><script>canary()</script>", ""),
            ("bomb.png", "image/png", compression_bomb(1000), ""),
        ),
    )  # fmt: skip

    ids["huge"] = archive.post(1, bad, evil, "word " * 30_000)

    ids["long"] = long = archive.thread(1, "A long one")
    parent: int | None = None
    for index in range(230):
        parent = archive.post(1, long, (ada, ben)[index % 2], f"Post number {index} about slugs", parent)
        ids[f"long {index}"] = parent

    ids["minutes"] = minutes = archive.thread(2, "Zanzibar minutes")
    ids["secret"] = archive.post(
        2, minutes, cara, "The zanzibar budget", files=(("budget.png", "image/png", PNG, ""),)
    )
    archive.post(2, minutes, ada, "More zanzibar")


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    store = Store.open(tmp_path_factory.mktemp("web") / "archive.db")
    archive = Archive(store)
    fill(archive)
    yield archive
    store.close()


class Leaving:
    """What the unsubscribe pages call; remembers who left."""

    def __init__(self) -> None:
        self.left: list[str] = []

    def unsubscribable(self, token: str) -> tuple[str, MailingList] | None:
        """The token `good` is ours."""
        return ("Ada Winter", TOOLS) if token.lower() == "good" else None

    def unsubscribe(self, token: str) -> bool:
        """True only the first time."""
        self.left.append(token)
        return self.left.count(token) == 1


@pytest.fixture
def leaving() -> Leaving:
    return Leaving()


@pytest.fixture
async def web(archive: Archive, leaving: Leaving) -> Any:
    app = create(archive.store, SITE, unsubscribable=leaving.unsubscribable, unsubscribe=leaving.unsubscribe)
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="https://forum.example") as client:
        yield client
