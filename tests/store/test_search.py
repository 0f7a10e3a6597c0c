"""What a search may cost: short beginnings are words, and a query that takes too long is given up."""

from __future__ import annotations

import itertools

import pytest
from sqlite_utils.utils import sqlite3

from bridge.posting.post import MailingList
from bridge.store import lists, people, search
from bridge.store.database import Store, Tx


@pytest.mark.parametrize(
    ("terms", "expression"),
    [
        (["gar*"], '"gar" *'),
        (["ga*"], '"ga"'),
        (["木*"], '"木" *'),
        (["one*", "two*", "three*"], '"one" * AND "two" * AND "three"'),
        (['a"b* OR c', "NEAR(x"], '"ab* OR c" AND "NEAR(x"'),
    ],
)
def test_R7_beginnings_are_bounded(terms: list[str], expression: str) -> None:
    assert search.expression(terms) == expression


def test_R7_a_query_that_takes_too_long_is_given_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(
        lambda tx: tx.connection.executemany(
            "insert into post_fts (rowid, subject, author, text) values (?, '', '', ?)",
            [(n, "one" if n % 2 else "two") for n in range(20_000)],
        )
    )
    monkeypatch.setattr(search, "PATIENCE", -1)
    monkeypatch.setattr(search, "STEPS", 1)
    assert store.read(lambda tx: search.hits(tx, ["one", "two"], "")) == ([], False)
    monkeypatch.undo()
    assert store.read(lambda tx: search.hits(tx, ["one", "two"], "")) == ([], True)


def test_R7_what_was_found_before_a_query_is_given_up_is_shown(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(store, [("tools", "marmalade")] * 300)
    everything = found(store, "marmalade")
    clock = itertools.count()
    monkeypatch.setattr(search, "STEPS", 1)
    monkeypatch.setattr(search, "PATIENCE", 300)
    monkeypatch.setattr("bridge.store.search.time.thread_time", lambda: next(clock))
    some, whole = store.read(lambda tx: search.hits(tx, ["marmalade"], ""))
    assert not whole and 0 < len(some) < 300 and some == everything[: len(some)]


def _post(tx: Tx, message_id: str, text: str) -> int:
    row = tx.post_add(
        list_id=1, thread_id=tx.thread_add(list_id=1, title="T", subject_key="t", date=0)["id"], parent_id=None,
        author_id=people.add_person(tx, "Ada", ["ada@members.example"], [], True, 0).id, author="Ada", guest=0,
        credit="", subject="T", date=0, received=0, message_id=message_id, origin="email", ledger_id=None,
        placed_by="new", text=text, html="",
    )  # fmt: skip
    return int(row["id"])


def _change(tx: Tx, post_id: int, text: str) -> None:
    tx.post_hang(id=post_id, parent_id=None, placed_by="orphan")
    tx.post_html(id=post_id, html=f"<p>{text}</p>")
    tx.connection.execute("update post set text = ? where id = ?", [text, post_id])


def _found(tx: Tx, *words: str) -> list[int]:
    tx.connection.execute("insert into post_fts (post_fts, rank) values ('integrity-check', 1)")
    count = "select count(*) from post_fts where post_fts match ?"
    return [tx.connection.execute(count, [word]).fetchone()[0] for word in words]


def test_the_index_follows_a_post_s_words_and_stays_sound(store: Store) -> None:
    def begin(tx: Tx) -> tuple[int, int]:
        """Posts that are changed, and deleted, in the transaction in which they are written."""
        first, second = _post(tx, "a@x", "marmalade"), _post(tx, "b@x", "medlar")
        _change(tx, first, "quince")
        third = _post(tx, "c@x", "plum")
        tx.connection.execute("delete from post where id = ?", [third])
        return first, second

    first, second = store.write(begin)
    assert store.write(lambda tx: _found(tx, "quince", "medlar", "marmalade", "plum")) == [1, 1, 0, 0]

    def go_on(tx: Tx) -> None:
        _change(tx, first, "damson")
        tx.connection.execute("delete from post where id = ?", [second])
        _post(tx, "d@x", "sloe")  # with the number of the one that is gone

    store.write(go_on)
    assert store.write(lambda tx: _found(tx, "damson", "sloe", "quince", "medlar")) == [1, 1, 0, 0]


def test_mail_is_posted_where_the_index_cannot_be_written(store: Store) -> None:
    def damaged() -> int:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = 11
        raise error

    store._writer.tx.search_add = damaged
    store.write(lambda tx: _post(tx, "a@x", "quince"))
    assert store.trouble == "damaged"
    del store._writer.tx.search_add
    assert found(store, "quince") == []
    store.write(lambda tx: _post(tx, "b@x", "medlar"))
    assert store.write(lambda tx: _found(tx, "quince", "medlar")) == [1, 1]


def posted(store: Store, texts: list[tuple[str, str]]) -> list[int]:
    """Posts in lists of these names, which are for members where the name says so; their numbers."""

    def write(tx: Tx) -> list[int]:
        author = people.add_person(tx, "Ada", ["ada@members.example"], [], True, 0).id
        numbers = []
        for name, text in texts:
            visibility = "members" if name.startswith("board") else "public"
            place = lists.put(tx, MailingList(0, name, f"{name}@forum.example", name, visibility=visibility))
            row = tx.post_add(
                list_id=place, thread_id=tx.thread_add(list_id=place, title="T", subject_key="t", date=0)["id"],
                parent_id=None, author_id=author, author="Ada", guest=0, credit="", subject="T", date=0, received=0,
                message_id=f"{len(numbers)}@x", origin="email", ledger_id=None, placed_by="new", text=text, html="",
            )  # fmt: skip
            numbers.append(row["id"])
        return numbers

    return store.write(write)


def found(store: Store, query: str, name: str = "") -> list[int]:
    numbers, whole = store.read(lambda tx: search.hits(tx, search.terms(query), name))
    assert whole
    return numbers


def test_a_search_keeps_to_its_list_and_to_lists_that_anybody_may_see(store: Store) -> None:
    names = ["tools", "board", "garden", "tools", "board 2"]
    tools, _, garden, more, _ = posted(store, [(name, "the marmalade") for name in names])
    assert found(store, "marmalade") == [more, garden, tools]
    assert found(store, "marm*", "tools") == [more, tools]
    assert found(store, "marmalade", "board") == found(store, "marmalade", "nothing") == []
    assert found(store, "\ue0002") == found(store, f'"{search.PLACE}2"', "tools") == []
    store.write(lambda tx: lists.put(tx, MailingList(0, "board", "b@x.example", "Board")))
    assert len(found(store, "marmalade")) == 4
    # Now most lists are not public, and those that are are named in place of the others.
    for name in ("tools", "garden"):
        shut = MailingList(0, name, f"{name}@forum.example", name, visibility="members")
        store.write(lambda tx, shut=shut: lists.put(tx, shut))  # type: ignore[misc]
    assert found(store, "marmalade") == [2]


def test_what_a_post_says_of_a_place_moves_it_nowhere(store: Store) -> None:
    texts = [("tools", f"marmalade {search.PLACE}1 {search.PLACE}3"), ("garden", "marmalade")]
    tools, garden = posted(store, texts)
    assert found(store, "marmalade", "tools") == [tools] and found(store, "marmalade", "garden") == [garden]


@pytest.mark.parametrize("many", [1, 1_000_000])
def test_R7_a_beginning_finds_every_word_that_begins_so(
    store: Store, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(search, "GATHERED", many)
    words = "neighbour neighbours' Neighbourly neighbour's neighing Ne\u0301ighbourhood eighbour".split()
    numbers = posted(store, [("tools", word) for word in words])
    assert found(store, "neighb*") == [numbers[n] for n in (5, 3, 2, 1, 0)]
    assert found(store, "neig*") == found(store, "nei*") == [numbers[n] for n in (5, 4, 3, 2, 1, 0)]
    assert found(store, "NEIGHBOURH* nei*", "tools") == [numbers[5]]
    assert found(store, "zzzzzz*") == []
