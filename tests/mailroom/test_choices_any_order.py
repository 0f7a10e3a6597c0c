"""Whatever a person changes, and whenever: each post reaches him once, by a letter or in a digest, never while away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.mailroom.announce import announce
from bridge.posting.post import MailingList
from bridge.store import choices, digests, lists, people, queue
from bridge.store.database import Store, Tx
from bridge.store.queue import Result

from .conftest import SITE, START

HOUR = 3_600_000_000
DAY = 24 * HOUR
GENERAL = MailingList(1, "general", "general@forum.example", "General")
hours = st.none() | st.integers(0, 23)
zones = st.sampled_from(("", "Europe/Brussels", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia"))
steps = st.one_of(
    st.tuples(st.just("post"), st.none()),
    st.tuples(st.just("mode"), st.sampled_from(("each", "daily", "weekly"))),
    st.tuples(st.just("prefer"), st.fixed_dictionaries({}, optional={
        "timezone": zones, "hour": hours, "weekday": st.integers(0, 6), "quiet_from": hours, "quiet_to": hours})),
    st.tuples(st.just("away"), st.none() | st.integers(1, 20 * 24)),
    st.tuples(st.just("wait"), st.integers(1, 60)),
    st.tuples(st.just("claim"), st.none()),
    st.tuples(st.just("collect"), st.none()),
)  # fmt: skip


class Reader:
    """Somebody with a subscription, and what has reached him."""

    def __init__(self, tx: Tx, number: int) -> None:
        self.tx, self.now, self.told = tx, START + number * 400 * DAY, Counter[int]()
        self.thread_id = tx.thread_add(list_id=1, title="T", subject_key="t", date=0)["id"]
        self.author = people.add_person(tx, "Ada", [f"ada{number}@a.example"], [], True, self.now).id
        self.id = people.subscribe(tx, 1, f"bo{number}@b.example", "Bo", "each", self.now)
        self.posts: list[int] = []

    def take(self, step: str, value: Any) -> None:
        """Do one thing, an instant after the one before."""
        self.now += 1
        getattr(self, step)(value)

    def post(self, _: None) -> None:
        """Somebody else writes."""
        row = self.tx.post_add(
            list_id=1, thread_id=self.thread_id, parent_id=None, author_id=self.author, author="Ada", guest=0,
            credit="", subject="T", date=self.now, received=self.now,
            message_id=f"{self.thread_id}.{len(self.posts)}@a.example",
            origin="email", ledger_id=None, placed_by="new", text="x", html="x",
        )  # fmt: skip
        self.posts.append(row["id"])
        announce(self.tx, SITE, GENERAL, self.tx.post_get(id=row["id"]), self.now)

    def mode(self, mode: Any) -> None:
        """A change of mode."""
        choices.set_mode(self.tx, SITE, 1, self.id, mode, self.now)

    def prefer(self, wanted: dict[str, Any]) -> None:
        """A change of his hours."""
        new = replace(choices.preferences(self.tx, self.id), **wanted)
        choices.prefer(self.tx, SITE, self.id, new, self.now)

    def away(self, hours: int | None) -> None:
        """A vacation, or the end of one."""
        choices.away(self.tx, SITE, self.id, self.now + hours * HOUR if hours else None, self.now)

    def wait(self, hours: int) -> None:
        """Time goes by, and nobody works."""
        self.now += hours * HOUR

    def claim(self, _: None) -> None:
        """A sender takes what is due and sends it, digests too."""
        due = [each for each in queue.claim(self.tx, self.now, HOUR, 500) if each.person_id == self.id]
        for each in due:
            if each.post_id is not None:
                assert not choices.preferences(self.tx, self.id).rhythm(SITE).away(self.now)
                self.told[each.post_id] += 1
        digest_ids = [each.digest_id for each in due if each.digest_id is not None]
        for digest_id in digest_ids:
            self.told.update(row["id"] for row in self.tx.digest_posts(digest_id=digest_id))
        queue.record(self.tx, [Result(each.id, "sent", "250", self.now) for each in due], self.now)

    def collect(self, _: None) -> None:
        """The digest's hour, where it has come."""
        if self.id in digests.due_people(self.tx, self.now):
            digests.collect(self.tx, SITE, self.id, self.now)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(Path(tmp_path_factory.mktemp("choices")) / "t.db")
    opened.write(lambda tx: lists.put(tx, GENERAL))
    yield opened
    opened.close()


NUMBERS = count()


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=30))
def test_each_post_reaches_its_reader_once(store: Store, story: list[tuple[str, Any]]) -> None:
    number = next(NUMBERS)

    def live(tx: Tx) -> tuple[Counter[int], list[int]]:
        tx.connection.execute("delete from subscription")
        reader = Reader(tx, number)
        for step, value in story:
            reader.take(step, value)
        for _ in range(40):
            for step, value in (
                ("wait", 24),
                ("collect", None),
                ("claim", None),
                ("wait", 23),
                ("claim", None),
            ):
                reader.take(step, value)
        return reader.told, reader.posts

    told, posts = store.write(live)
    assert told == Counter(posts)
