"""Below quoted lines stands whose words they are, with a link to the post."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bridge.mailroom.reading import QUOTED
from bridge.store.database import Store, Tx
from bridge.web.app import create

from .conftest import SITE, Archive, Leaving, fill


@pytest.fixture
def quoting(tmp_path: Path) -> Iterator[Archive]:
    store = Store.open(tmp_path / "archive.db")
    archive = Archive(store)
    fill(archive)
    yield archive
    store.close()


def quote(archive: Archive, post: int, *quoted: int) -> None:
    """Let a post quote others."""

    def write(tx: Tx) -> None:
        html = "".join(f"<blockquote><p>x</p></blockquote>{QUOTED.format(each)}" for each in quoted)
        tx.post_html(id=post, html=f"{html}<p>Yes.</p>")
        tx.part_add([
            {"post_id": post, "seq": 90 + n, "kind": "quote", "text": "> x", "reason": "stands", "folded": 0,
             "quoted_id": each}
            for n, each in enumerate(quoted)
        ])  # fmt: skip

    archive.store.write(write)


async def page(archive: Archive, path: str) -> Any:
    app = create(
        archive.store, SITE, unsubscribable=Leaving().unsubscribable, unsubscribe=Leaving().unsubscribe
    )
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="https://forum.example") as client:
        return (await client.get(path)).text


async def test_a_quote_names_its_writer_and_links_the_post(quoting: Archive) -> None:
    ids = quoting.ids
    quote(quoting, ids["aside"], ids["first"])
    html = await page(quoting, f"/tools/{ids['saws']}")
    assert f'<p class="quoted"><a href="#p{ids["first"]}"><bdi>' in html
    alone = await page(quoting, f"/post/{ids['aside']}/whole")
    assert f'<p class="quoted"><a href="/post/{ids["first"]}"><bdi>' in alone


async def test_a_quote_of_another_thread_or_of_a_post_that_is_gone_names_nobody(quoting: Archive) -> None:
    ids = quoting.ids
    quote(quoting, ids["aside"], ids["huge"])
    html = await page(quoting, f"/tools/{ids['saws']}")
    assert 'class="quoted"' not in html and "earlier post" not in html
