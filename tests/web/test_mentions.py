"""A mention that was resolved is a link to the person's page; what was not is text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.store import lists
from bridge.store.archive import bodies
from bridge.store.database import Store
from bridge.web.posts import _linked

from .conftest import TOOLS, Archive


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Archive]:
    """An archive for one test."""
    store = Store.open(tmp_path / "own.db")
    store.write(lambda tx: lists.put(tx, TOOLS))
    yield Archive(store)
    store.close()


def shown(own: Archive, post: int, whom: int) -> str:
    """The post's HTML as a page shows it, once it is known to mention somebody."""
    own.store.write(lambda tx: tx.mention_put(post_id=post, person_id=whom))
    body = own.store.read(lambda tx: bodies(tx, [post]))[post]
    return _linked(body, body.html)


def test_a_mention_is_a_link_to_the_page_of_whom_it_names(own: Archive) -> None:
    mike, sam = (
        own.person("Mike Hales", "mike@private.example"),
        own.person("Sam Berg", "sam@private.example"),
    )
    thread = own.thread(TOOLS.id, "Mentions")
    own.post(TOOLS.id, thread, (mike, "Mike Hales"), "I am here.")
    post = own.post(TOOLS.id, thread, (sam, "Sam Berg"), "@mike_hales and `@mike`, Mike Hales, @sam, @nobody")
    page = shown(own, post, mike)
    assert page.count(f'<a href="/people/{mike}">@mike_hales</a>') == 1
    assert page.count(f'<a href="/people/{mike}">Mike Hales</a>') == 1
    assert "<code>@mike</code>" in page
    assert ", @sam, @nobody" in page


def test_who_has_no_page_is_text(own: Archive) -> None:
    quiet, sam = (
        own.person("Quinn Silent", "q@private.example"),
        own.person("Sam Berg", "sam@private.example"),
    )
    thread = own.thread(TOOLS.id, "Mentions")
    post = own.post(TOOLS.id, thread, (sam, "Sam Berg"), "Ask Quinn Silent")
    assert "/people/" not in shown(own, post, quiet)
