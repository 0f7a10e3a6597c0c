"""Counts that pages show are kept as posts come, move, change hands and go; and what is asked uses the indexes."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bridge.posting.post import MailingList
from bridge.store import archive, lists
from bridge.store.database import Store, Tx
from bridge.store.transaction import queries

COUNTED = """
select l.name, (select count(*) from thread where list_id = l.id and posts > 0),
       (select coalesce(sum(posts), 0) from thread where list_id = l.id),
       (select count(distinct author_id) from post where list_id = l.id) from list l order by l.name
"""


def change(tx: Tx, chance: random.Random) -> None:
    """One thing that may happen to posts."""
    run = tx.connection.execute
    posts = [row[0] for row in run("select id from post")]
    match chance.randrange(6) if posts else 0:
        case 0 | 1 | 2:
            mailing_list = chance.choice((1, 2))
            row = tx.thread_add(list_id=mailing_list, title="t", subject_key="t", date=1)
            for _ in range(chance.randint(0, 3)):
                person = chance.choice([each[0] for each in run("select id from person")])
                tx.post_add(
                    list_id=mailing_list, thread_id=row["id"], parent_id=None, author_id=person, author="A", guest=0,
                    credit="", subject="s", date=1, received=1, message_id="m", origin="mail", ledger_id=None,
                    placed_by="new", text="x", html="x",
                )  # fmt: skip
                tx.thread_grow(id=row["id"], date=1)
        case 3:
            people = [row[0] for row in run("select id from person order by random()")]
            run("update post set author_id = ? where author_id = ?", people[:2])
        case 4:
            post = chance.choice(posts)
            old, home = run("select thread_id, list_id from post where id = ?", (post,)).fetchone()
            new = run("select id from thread where list_id = ? order by random()", (home,)).fetchone()[0]
            tx.post_move(id=post, thread_id=new)
            tx.thread_refresh(id=new)
            tx.connection.execute(
                "update thread set posts = (select count(*) from post where thread_id = ?) where id = ?",
                (old, old),
            )
        case 5:
            post = chance.choice(posts)
            thread = run("select thread_id from post where id = ?", (post,)).fetchone()[0]
            run("delete from post where id = ?", (post,))
            run("update thread set posts = posts - 1 where id = ?", (thread,))
            if not run("select posts from thread where id = ?", (thread,)).fetchone()[0]:
                tx.thread_drop(id=thread)


@pytest.mark.parametrize("seed", range(5))
def test_figures_are_what_counting_gives(store: Store, seed: int) -> None:
    chance = random.Random(seed)

    def ground(tx: Tx) -> None:
        for name in ("one", "two"):
            lists.put(tx, MailingList(0, name, f"{name}@forum.example", name))
        for name in "ABCD":
            tx.person_add(name=name, member=1, now=1)

    store.write(ground)
    for _ in range(60):
        store.write(lambda tx: change(tx, chance))
        kept = store.read(lambda tx: [(o.name, o.threads, o.posts, o.people) for o in archive.lists(tx)])
        assert sorted(kept) == [
            tuple(row) for row in store.read(lambda tx: list(tx.connection.execute(COUNTED)))
        ]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("archive_outline", "COVERING INDEX post_outline"),
        ("archive_people", "COVERING INDEX post_outline"),
        ("archive_threads", "COVERING INDEX thread_lively"),
        ("archive_lists", "COVERING INDEX thread_lively"),
        ("archive_latest_of", "INDEX post_list"),
        ("archive_person_posts", "INDEX post_author"),
    ],
)
def test_pages_read_by_index(store: Store, query: str, index: str) -> None:
    def plan(tx: Tx) -> list[str]:
        statement = getattr(queries(), query).sql
        values: dict[str, Any] = dict.fromkeys(
            ("thread_id", "list_id", "size", "skip", "name", "ids", "id", "person_id"), 1
        )
        return [row[3] for row in tx.connection.execute(f"explain query plan {statement}", values)]

    steps = store.read(plan)
    assert any(index in step for step in steps), steps
    assert not any(step.startswith("SCAN post") for step in steps)
