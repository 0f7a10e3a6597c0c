"""Whom one statement tells of a post is told as the rule of `fanout.deliveries` has it, whatever people chose."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bridge.fanout.deliveries import plan
from bridge.mailroom.announce import announce
from bridge.posting.post import MailingList
from bridge.store import choices, lists, people
from bridge.store.database import Store, Tx

from .conftest import SITE, START

LISTS = [
    MailingList(number, name, f"{name}@forum.example", name) for number, name in ((1, "one"), (2, "two"))
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "t.db")
    for each in LISTS:
        opened.write(lambda tx, each=each: lists.put(tx, each))  # type: ignore[misc]
    yield opened
    opened.close()


def _somebody(tx: Tx, chance: random.Random, number: int, thread_id: int, posts: list[int]) -> int:
    """A person with a few of all the things that one may choose."""
    person = people.add_person(tx, f"P{number}", [f"p{number}@members.example"], [], True, START).id
    for each in LISTS:
        if chance.random() < 0.7:
            mode = chance.choice(("each",) * 6 + ("daily", "mentions", "none"))
            tx.subscription_put(list_id=each.id, person_id=person, mode=mode, now=START)
    few = {
        "quiet_to": chance.choice((None, None, None, 5)), "quiet_from": 22,
        "away_until": chance.choice((None, None, None, START - 1, START + 10**12)),
        "own_posts": chance.random() < 0.3, "person": person,
    }  # fmt: skip
    tx.connection.execute(
        "update person set quiet_from = :quiet_from, quiet_to = :quiet_to, away_until = :away_until,"
        " own_posts = :own_posts where id = :person",
        few,
    )
    if chance.random() < 0.2:
        tx.connection.execute("update address set state = 'paused' where person_id = ?", [person])
    if chance.random() < 0.2:
        choice = chance.choice(("mute", "follow"))
        tx.thread_choice_put(person_id=person, thread_id=thread_id, choice=choice)
    if chance.random() < 0.1:
        tx.branch_mute_put(person_id=person, post_id=chance.choice(posts))
    if chance.random() < 0.1:
        tx.guest_put(thread_id=thread_id, person_id=person, since=1, told=1)
    return person


def _post(tx: Tx, list_id: int, thread_id: int, parent: int | None, author: int, message_id: str) -> int:
    row = tx.post_add(
        list_id=list_id, thread_id=thread_id, parent_id=parent, author_id=author, author="A", guest=0, credit="",
        subject="T", date=START, received=START, message_id=message_id, origin="email", ledger_id=None,
        placed_by="new", text="x", html="x",
    )  # fmt: skip
    return int(row["id"])


def _by_the_rule(tx: Tx, post: Any) -> set[tuple[Any, ...]]:
    mail = {key: post[key] for key in ("message_id", "author_id")}
    told = {row["person_id"]: row["collected"] for row in tx.post_told(**mail)}
    planned = plan(
        choices.hearers(tx, SITE, post, post["list_id"], all_of_them=True),
        author_id=post["author_id"],
        copied={row["person_id"] for row in tx.post_copied_people(post_id=post["id"])},
        told={person for person, collected in told.items() if not collected},
        collected={person for person, collected in told.items() if collected},
        now=START,
    )
    return {(one.person_id, one.address, one.reason, one.state, one.due or START) for one in planned}


@pytest.mark.parametrize("seed", range(12))
def test_one_statement_and_the_rule_agree(store: Store, seed: int) -> None:
    chance = random.Random(seed)

    def live(tx: Tx) -> None:
        author = people.add_person(tx, "A", ["a@members.example"], [], True, START).id
        threads = [tx.thread_add(list_id=each.id, title="T", subject_key="t", date=0)["id"] for each in LISTS]
        above = _post(tx, 1, threads[0], None, author, "above@members.example")
        below = _post(tx, 1, threads[0], above, author, "mail@members.example")
        crowd = [_somebody(tx, chance, number, threads[0], [above, below]) for number in range(60)]
        for person in chance.sample(crowd, 8):
            tx.mention_put(post_id=below, person_id=person)
        for number in chance.sample(range(60), 8):
            tx.copied_add([{"post_id": below, "address": f"p{number}@members.example", "name": ""}])
        twin = _post(tx, 2, threads[1], None, author, "mail@members.example")
        if seed % 2:  # the same mail by another list first
            announce(tx, SITE, LISTS[1], tx.post_get(id=twin), START)
        post = tx.post_get(id=below)
        expected = _by_the_rule(tx, post)
        assert announce(tx, SITE, LISTS[0], tx.post_get(id=below), START) == len(expected)
        rows = tx.connection.execute(
            "select person_id, address, reason, state, due from delivery where post_id = ?", [below]
        )
        assert {tuple(row) for row in rows} == expected

    store.write(live)
