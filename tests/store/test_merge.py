"""Two people who are one, and one who is two: everything follows, and each post reaches a person once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bridge.posting.post import MailingList
from bridge.store import lists, merge, people
from bridge.store.database import Store, Tx

NOW = 1_800_000_000_000_000
ADA, WORK, BO = "ada@home.example", "ada@work.example", "bo@x.example"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "t.db")
    for number, name in enumerate(("general", "seeds"), 1):
        opened.write(
            lambda tx, n=name, i=number: lists.put(tx, MailingList(i, n, f"{n}@forum.example", n.title()))
        )
    opened.write(_people)
    yield opened
    opened.close()


def _people(tx: Tx) -> None:
    people.subscribe(tx, 1, ADA, "Ada Lind", "each", NOW)
    people.subscribe(tx, 1, WORK, "A. Lind", "daily", NOW)
    people.subscribe(tx, 2, WORK, "", "weekly", NOW)
    people.subscribe(tx, 1, BO, "Bo", "each", NOW)
    people.add_handle(tx, 2, "ada2")
    run = tx.connection.execute
    run("insert into thread values (1, 1, 'T', 't', 0, 0, 9)")
    for post, author in enumerate((2, 2, 3, 3, 3), 1):
        name, address = {2: ("A. Lind", WORK), 3: ("Bo", BO)}[author]
        run(
            "insert into ledger (id, received, via, sender, recipients, size, author, due)"
            " values (?, 0, 'smtp', '', '[]', 0, ?, 0)",
            [post, address],
        )
        run(
            "insert into post (id, list_id, thread_id, author_id, author, guest, subject, date, received, message_id,"
            " origin, ledger_id, placed_by, text, html) values (?,1,1,?,?,0,'s',0,0,?,'email',?,'new','words','')",
            [post, author, name, f"m{post}", post],
        )
    for post, person, address, state in (
        (3, 1, ADA, "waiting"), (3, 2, WORK, "sent"), (4, 1, ADA, "sent"), (4, 2, WORK, "waiting"),
        (5, 2, WORK, "digest"),
    ):  # fmt: skip
        run(
            "insert into delivery (post_id, person_id, list_id, address, reason, state, due, created, updated)"
            " values (?,?,1,?,'subscribed',?,0,0,0)",
            [post, person, address, state],
        )
    for person in (1, 2):
        run("insert into thread_choice values (?, 1, ?)", [person, "follow" if person == 1 else "mute"])
        run("insert into branch_mute values (?, 3)", [person])
        run("insert into guest values (1, ?, ?, 1, ?)", [person, person, person - 1])
        run("insert into mention values (3, ?)", [person])
        run("insert into moderator values (1, ?, 0)", [person])
        run("insert into digest values (?, ?, 0, ?)", [person, person, f"d{person}"])
        run("insert into address_claim values (?, ?, 'new@x.example', 0)", [person, person])
    run(
        "insert into bounce (at, person_id, address, cause, status, score, answer) values (0, 2, ?, 'full', '', 0, '')",
        [WORK],
    )


def sql(store: Store, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in store.read(lambda tx: tx.connection.execute(query, values).fetchall())]


def references(store: Store) -> list[tuple[str, str]]:
    """Every column that refers to a person, as (table, column)."""
    tables = [row[0] for row in sql(store, "select name from sqlite_master where type = 'table'")]
    return [
        (table, row[3])
        for table in tables
        for row in sql(store, f"pragma foreign_key_list('{table}')")
        if row[2] == "person" and table != "person"
    ]


def test_all_that_was_ones_is_the_others(store: Store) -> None:
    person = store.write(lambda tx: merge.merge(tx, 1, 2))
    assert (person.name, person.addresses, person.handles) == (
        "Ada Lind",
        (ADA, WORK),
        ("ada2", "adalind", "alind"),
    )
    for table, column in references(store):
        assert sql(store, f"select count(*) from {table} where {column} = 2") == [(0,)], table
    assert sql(store, "select list_id, mode from subscription where person_id = 1") == [
        (1, "each"),
        (2, "weekly"),
    ]
    assert sql(store, "select distinct author from post where author_id = 1") == [("Ada Lind",)]
    assert sql(store, "select choice from thread_choice") == [("follow",)]
    assert sql(store, "select since, stopped from guest") == [(2, 1)]


def test_each_post_still_reaches_him_once_by_the_letter_that_is_further(store: Store) -> None:
    store.write(lambda tx: merge.merge(tx, 1, 2))
    assert sql(store, "select post_id, state, address from delivery order by post_id") == [
        (3, "sent", WORK),
        (4, "sent", ADA),
        (5, "digest", WORK),
    ]


def test_tokens_of_the_one_that_is_gone_lead_to_the_one_that_stays(store: Store) -> None:
    store.write(lambda tx: merge.merge(tx, 1, 2))
    store.write(lambda tx: merge.merge(tx, 3, 1))
    found = [store.read(lambda tx, i=i: people.get(tx, i)) for i in (1, 2, 3)]
    assert {person.id for person in found if person} == {3}
    new = store.write(lambda tx: people.add_person(tx, "Cy", ["cy@x.example"], [], False, NOW))
    assert new.id == 4


def test_a_person_is_found_by_address_handle_and_number(store: Store) -> None:
    for word in (WORK, "@ada2", "ada2", "2"):
        person = store.read(lambda tx, w=word: merge.find(tx, w))
        assert person and person.id == 2
    assert store.read(lambda tx: merge.find(tx, "@nobody")) is None


@pytest.mark.parametrize("pair", [(1, 1), (1, 99), (99, 1)])
def test_what_are_not_two_people_is_refused(store: Store, pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="two people"):
        store.write(lambda tx: merge.merge(tx, *pair))


def test_an_address_is_split_off_with_what_came_from_it(store: Store) -> None:
    store.write(lambda tx: merge.merge(tx, 1, 2))
    new = store.write(lambda tx: merge.split(tx, WORK, "Anna Lindqvist", NOW))
    assert (new.addresses, new.handles, new.member) == ((WORK,), ("annalindqvist",), True)
    assert sql(store, "select id, author from post where author_id = ?", new.id) == [
        (1, "Anna Lindqvist"), (2, "Anna Lindqvist"),
    ]  # fmt: skip
    assert sql(store, "select post_id from delivery where person_id = ? order by 1", new.id) == [(3,), (5,)]
    assert sql(store, "select list_id from subscription where person_id = ?", new.id) == [(1,), (2,)]
    old = store.read(lambda tx: people.get(tx, 1))
    assert old and old.addresses == (ADA,)
    with pytest.raises(ValueError, match="several"):
        store.write(lambda tx: merge.split(tx, ADA, "", NOW))


def test_a_new_member_has_a_handle_of_his_name_if_it_is_free(store: Store) -> None:
    handles = sql(store, "select person_id, handle from handle order by 1, 2")
    assert handles == [(1, "adalind"), (2, "ada2"), (2, "alind"), (3, "bo")]
    store.write(lambda tx: people.subscribe(tx, 1, "bo@other.example", "Bo", "each", NOW))
    assert sql(store, "select count(*) from handle where person_id = 4") == [(0,)]
    store.write(lambda tx: people.subscribe(tx, 1, "x@other.example", "???", "each", NOW))
    assert sql(store, "select count(*) from handle where person_id = 5") == [(0,)]
