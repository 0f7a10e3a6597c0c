"""Promise P1 on pages: what is private in a post is masked, unless its list or its author shows it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bridge.posting.post import MailingList
from bridge.store import lists
from bridge.store.database import Store
from bridge.web.app import create

from .conftest import SITE, Archive

SECRETS = ("960123", "960456", "14 Mill Lane", "Fq8sKx20PzL")
TEXT = (
    "> Bo: 01632 960456\n\nSince 2019-07-03 I am at 14 Mill Lane, call 01632 960123 or join "
    "https://chat.whatsapp.com/Fq8sKx20PzL, ada@private.example"
)
PATHS = (
    "/{list}",
    "/{list}/1",
    "/post/1/whole",
    "/people/1",
    "/search?q=since",
    "/feed.atom",
    "/{list}/feed.atom",
)


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[tuple[Archive, Any]]:
    archive = Archive(Store.open(tmp_path / "t.db"))
    archive.store.write(lambda tx: lists.put(tx, MailingList(0, "tools", "tools@forum.example", "Tools")))
    ada = (archive.person("Ada", "ada@private.example"), "Ada")
    archive.post(1, archive.thread(1, "Ring 01632 960123"), ada, TEXT)
    app = create(archive.store, SITE, unsubscribable=lambda _: None, unsubscribe=lambda _: False)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="https://forum.example") as client:
        yield archive, client
    archive.store.close()


async def shown(client: Any) -> str:
    """All pages together."""
    pages = [(await client.get(path.format(list="tools"))).text for path in PATHS]
    assert all("Ring" in page for page in pages)
    return "\n".join(pages)


async def test_P1_private_things_are_masked_everywhere(small: tuple[Archive, Any]) -> None:
    everything = await shown(small[1])
    assert not [secret for secret in (*SECRETS, "ada@private") if secret in everything]
    assert "2019-07-03" in everything and "(phone number hidden)" in everything


async def test_a_list_may_show_all_but_addresses(small: tuple[Archive, Any]) -> None:
    plain = MailingList(0, "tools", "tools@forum.example", "Tools", mask_private=False)
    small[0].store.write(lambda tx: lists.put(tx, plain))
    everything = await shown(small[1])
    assert all(secret in everything for secret in SECRETS) and "ada@private" not in everything


async def test_an_author_may_show_his_own(small: tuple[Archive, Any]) -> None:
    small[0].store.write(lambda tx: tx.post_unmask(id=1, unmasked=1))
    thread = (await small[1].get("/tools/1")).text
    assert "14 Mill Lane" in thread and "call 01632 960123" in thread and "960456" not in thread
    assert "<h1><bdi>Ring (phone number hidden)" in thread  # the title is the thread's
    assert "ada@private" not in thread


async def test_P1_a_search_tells_nobody_whether_a_number_occurs(small: tuple[Archive, Any]) -> None:
    for query in ('"01632 960123"', "+441632960123"):
        assert "Nothing found" not in (await small[1].get("/search", params={"q": query})).text
        assert "01632 960123</mark>" not in (await small[1].get("/search", params={"q": query})).text
