"""The tree is the same in whatever order its mails arrive."""

from __future__ import annotations

import contextlib
import random
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge.posting.post import MailingList
from bridge.posting.threads import is_answer
from bridge.store import lists, people, threads
from bridge.store.database import Store, Tx
from bridge.store.threads import Place
from bridge.store.transaction import queries


@dataclass(frozen=True)
class Mail:
    id: str
    chain: tuple[str, ...]
    date: int
    subject: str = "Tools"


def put(tx: Tx, mail: Mail, author: int = 1) -> int:
    """Place and write a mail as the walk does."""
    place = threads.by_chain(tx, 1, mail.chain)
    answer = is_answer(mail.subject)
    place = place or threads.by_ghost(tx, 1, mail.id, mail.chain)
    if place is None and answer:
        place = threads.by_subject(tx, 1, mail.subject, author, mail.date)
    place = place or Place(None, None, "orphan" if answer else "new")
    if place.thread_id is None:
        place = Place(threads.begin(tx, 1, mail.subject, mail.date), None, place.found_by)
    row = tx.post_add(
        list_id=1, thread_id=place.thread_id, parent_id=place.parent_id, author_id=author, author="Ada", guest=0,
        credit="", subject=mail.subject, date=mail.date, received=mail.date, message_id=mail.id, origin="email",
        ledger_id=None, placed_by=place.found_by, text="words", html="",
    )  # fmt: skip
    post_id: int = row["id"]
    threads.settle(
        tx, list_id=1, post_id=post_id, place=place, message_id=mail.id, chain=mail.chain, date=mail.date
    )
    if place.found_by == "new" and place.thread_id:
        threads.adopt_orphans(tx, 1, post_id, place.thread_id, mail.subject, mail.date)
    return post_id


def tree(tx: Tx) -> dict[str, str | None]:
    """Each Message-ID with its parent's."""
    rows = tx.connection.execute(
        "select p.message_id, q.message_id from post p left join post q on q.id = p.parent_id"
    )
    return dict(tuple(row) for row in rows)


def threads_of(tx: Tx) -> set[frozenset[str]]:
    """The Message-IDs that stand together in a thread."""
    found: dict[int, set[str]] = {}
    for thread_id, message_id in tx.connection.execute("select thread_id, message_id from post"):
        found.setdefault(thread_id, set()).add(message_id)
    return {frozenset(ids) for ids in found.values()}


@pytest.fixture
def ready(store: Store) -> Store:
    store.write(lambda tx: people.add_person(tx, "Ada", ["ada@members.example"], [], True, 0))
    return store


def arrive(store: Store, mails: list[Mail]) -> tuple[dict[str, str | None], set[frozenset[str]]]:
    for mail in mails:
        store.write(lambda tx, mail=mail: put(tx, mail))
    return store.read(lambda tx: (tree(tx), threads_of(tx)))


FAMILY = [
    Mail("a", (), 1),
    Mail("b", ("a",), 2, "Re: Tools"),
    Mail("c", ("b", "a"), 3, "Re: Tools"),
    Mail("d", ("b", "a"), 4, "Re: Tools"),
    Mail("e", ("c", "b", "a"), 5, "Re: Tools"),
    Mail("f", (), 6, "Seeds"),
]
RIGHT = {"a": None, "b": "a", "c": "b", "d": "b", "e": "c", "f": None}


@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_arrival_gives_the_same_tree(ready: Store, seed: int) -> None:
    mails = list(FAMILY)
    random.Random(seed).shuffle(mails)
    parents, together = arrive(ready, mails)
    assert parents == RIGHT
    assert together == {frozenset("abcde"), frozenset("f")}


def test_a_thread_is_named_after_its_head_also_when_the_head_comes_last(ready: Store) -> None:
    arrive(ready, [*FAMILY[1:5], Mail("a", (), 1, "The tool library")])
    row = ready.read(
        lambda tx: tx.connection.execute("select title, posts, first_date, last_date from thread").fetchall()
    )
    assert [tuple(each) for each in row] == [("The tool library", 5, 1, 5)]


def test_two_answers_to_a_missing_mail_stand_in_one_thread(ready: Store) -> None:
    parents, together = arrive(
        ready, [Mail("x", ("gone",), 2, "Re: Tools"), Mail("y", ("gone",), 3, "Re: Tools")]
    )
    assert parents == {"x": None, "y": None}
    assert together == {frozenset("xy")}


def test_an_answer_without_ids_waits_for_its_subject(ready: Store) -> None:
    parents, together = arrive(ready, [Mail("b", (), 2, "AW: Tools"), Mail("a", (), 1, "Tools")])
    assert parents == {"a": None, "b": "a"}
    assert together == {frozenset("ab")}


def test_a_new_mail_with_an_old_subject_begins_a_thread(ready: Store) -> None:
    _, together = arrive(ready, [Mail("a", (), 1, "Tools"), Mail("b", (), 2, "Tools")])
    assert together == {frozenset("a"), frozenset("b")}


def test_mails_that_answer_each_other_close_no_circle(ready: Store) -> None:
    parents, _ = arrive(ready, [Mail("a", ("b",), 1), Mail("b", ("a",), 2)])
    assert parents == {"a": None, "b": "a"}


def test_a_parent_guessed_by_subject_gives_way_to_references(ready: Store) -> None:
    """`b` is hung below `d` by its subject, until `c` tells that `d` hangs below `b`."""
    mails = [
        Mail("d", ("c",), 4, "Re: Tools"),
        Mail("b", ("a",), 2, "Re: Tools"),
        Mail("c", ("b",), 3, "Re: Tools"),
        Mail("a", (), 1, "Tools"),
    ]
    parents, together = arrive(ready, mails)
    assert parents == {"a": None, "b": "a", "c": "b", "d": "c"}
    assert together == {frozenset("abcd")}


@st.composite
def forests(draw: st.DrawFn) -> list[Mail]:
    """A random forest, each mail naming its whole chain or only its parent, in a random order."""
    mails: list[Mail] = []
    for number in range(draw(st.integers(2, 9))):
        parent = draw(st.integers(-1, number - 1))
        if parent < 0:
            mails.append(Mail(f"m{number}", (), number, f"Subject {number}"))
            continue
        above = mails[parent]
        chain = (above.id, *above.chain) if draw(st.booleans()) else (above.id,)
        mails.append(Mail(f"m{number}", chain, number, f"Re: {above.subject.removeprefix('Re: ')}"))
    return draw(st.permutations(mails))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(forests())
def test_every_forest_is_rebuilt_and_has_no_circle(mails: list[Mail]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "t.db")
        store.write(lambda tx: lists.put(tx, MailingList(0, "general", "general@forum.example", "General")))
        store.write(lambda tx: people.add_person(tx, "Ada", ["ada@members.example"], [], True, 0))
        parents, together = arrive(store, mails)
        store.close()
    assert parents == {mail.id: (mail.chain[0] if mail.chain else None) for mail in mails}
    roots: dict[str, set[str]] = {}
    for mail in mails:
        top = mail.id
        while (above := parents[top]) is not None:
            top = above
        roots.setdefault(top, set()).add(mail.id)
    assert together == {frozenset(ids) for ids in roots.values()}


def test_an_author_s_own_tag_stays_in_the_title(tmp_path: Path) -> None:
    with contextlib.closing(Store.open(tmp_path / "t.db")) as store:
        store.write(lambda tx: lists.put(tx, MailingList(0, "commons", "commons@forum.example", "Commons")))
        store.write(lambda tx: people.add_person(tx, "Ada", ["ada@members.example"], [], True, 0))
        store.write(lambda tx: put(tx, Mail("a@x", (), 1, "[Commons] [Draft] Roof")))
        assert store.read(lambda tx: tx.thread_get(id=1)["title"]) == "[Draft] Roof"


@pytest.mark.parametrize("name", ["thread_orphans", "author_habits", "known_posts"])
def test_no_step_of_the_walk_searches_all_posts(name: str, tmp_path: Path) -> None:
    """By their list alone, or by having no parent, posts are as many as the archive has."""
    with contextlib.closing(Store.open(tmp_path / "t.db")) as store:
        sql = getattr(queries(), name).sql
        values = dict.fromkeys(re.findall(r":([a-z_]+)", sql), "[]")
        plan = store.read(lambda tx: tx.connection.execute(f"explain query plan {sql}", values).fetchall())
    steps = [row["detail"] for row in plan]
    assert not [
        step for step in steps if step.startswith("SCAN p") or "parent_id=?" in step or "(list_id=?)" in step
    ]
