"""A store in a fresh file, and the shortest way to put a list, a person and posts into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.posting.post import MailingList
from bridge.store import lists
from bridge.store.database import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "test.db")
    opened.write(lambda tx: lists.put(tx, MailingList(0, "general", "general@forum.example", "General")))
    yield opened
    opened.close()
