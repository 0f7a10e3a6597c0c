"""Secrets change without breaking letters that are out, and one person's tokens can be made worthless (promise A1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.mail.token import Purpose, Tokens
from bridge.store import keys, people
from bridge.store.database import Store

OLD, NEW, NEWER = b"o" * 32, b"n" * 32, b"m" * 32


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "t.db")
    yield store
    store.close()


def now_good(store: Store, now: int) -> Tokens:
    found = store.read(lambda tx: keys.keys(tx, now))
    assert found is not None
    return found.tokens()


def test_A1_an_old_secret_reads_until_its_time_is_over(store: Store) -> None:
    assert store.read(lambda tx: keys.keys(tx, 0)) is None
    store.write(lambda tx: keys.begin(tx, OLD, 0))
    store.write(lambda tx: keys.begin(tx, NEW, 0))  # there is one already
    first = now_good(store, 0).mint(Purpose.REPLY, 1, 2)
    assert first == Tokens(OLD).mint(Purpose.REPLY, 1, 2)
    assert store.write(lambda tx: keys.rotate(tx, NEW, 100, 500))
    second = now_good(store, 101).mint(Purpose.REPLY, 1, 2)
    assert second == Tokens(NEW).mint(Purpose.REPLY, 1, 2)
    assert store.write(lambda tx: keys.rotate(tx, NEWER, 200, 900))
    assert [now_good(store, 499).read(Purpose.REPLY, each) for each in (first, second)] == [(1, 2), (1, 2)]
    assert [now_good(store, 500).read(Purpose.REPLY, each) for each in (first, second)] == [None, (1, 2)]
    assert now_good(store, 900).read(Purpose.REPLY, second) is None


def test_A1_with_no_time_left_the_old_secret_ends_at_once(store: Store) -> None:
    store.write(lambda tx: keys.begin(tx, OLD, 0))
    store.write(lambda tx: keys.rotate(tx, NEW, 100, 100))
    assert now_good(store, 100).read(Purpose.REPLY, Tokens(OLD).mint(Purpose.REPLY, 1, 2)) is None


def test_A1_a_new_secret_never_hides_an_old_one(store: Store) -> None:
    store.write(lambda tx: keys.begin(tx, OLD, 0))
    taken = 0
    for number in range(600):
        secret = number.to_bytes(32, "big")
        before = now_good(store, 1).mint(Purpose.REPLY, 1, 2)
        if not store.write(lambda tx, s=secret: keys.rotate(tx, s, 1, 10)):  # type: ignore[misc]
            taken += 1
        assert now_good(store, 2).read(Purpose.REPLY, before) == (1, 2)
        if taken:
            return
    pytest.fail("no two secrets of 600 have one name")


def test_A1_a_persons_tokens_are_revoked_and_nobody_elses(store: Store) -> None:
    store.write(lambda tx: keys.begin(tx, OLD, 0))
    ada = store.write(lambda tx: people.add_person(tx, "Ada", ["ada@x.example"], [], True, 0)).id
    bo = store.write(lambda tx: people.add_person(tx, "Bo", ["bo@x.example"], [], True, 0)).id
    store.write(lambda tx: keys.revoke(tx, ada, 5))
    tokens = now_good(store, 6)
    for purpose in keys.MARKS:
        assert tokens.read(purpose, tokens.mint(purpose, ada, 0)) is None
        assert tokens.read(purpose, tokens.mint(purpose, ada, 1)) == (ada, 1)  # what comes afterwards
        assert tokens.read(purpose, tokens.mint(purpose, bo, 0)) == (bo, 0)
    for purpose in (Purpose.UNSUBSCRIBE, Purpose.LEAVE_DIGEST, Purpose.BOUNCE, Purpose.STOP):
        assert tokens.read(purpose, tokens.mint(purpose, ada, 0)) == (ada, 0)


def test_A1_what_was_given_under_a_merged_number_is_revoked_too(store: Store) -> None:
    store.write(lambda tx: keys.begin(tx, OLD, 0))
    ada = store.write(lambda tx: people.add_person(tx, "Ada", ["ada@x.example"], [], True, 0)).id
    other = store.write(lambda tx: people.add_person(tx, "Ada", ["ada@y.example"], [], True, 0)).id
    store.write(
        lambda tx: tx.connection.execute("update person set merged_into = ? where id = ?", [ada, other])
    )
    store.write(lambda tx: keys.revoke(tx, ada, 5))
    tokens = now_good(store, 6)
    assert tokens.read(Purpose.REPLY, tokens.mint(Purpose.REPLY, other, 0)) is None
