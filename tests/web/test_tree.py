"""The reading order of a thread."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.store.archive import Entry
from bridge.web import tree


def entry(number: int, parent: int | None) -> Entry:
    return Entry(number, parent, 1, "Ada", "", False, number)


def order(*parents: int | None) -> list[tuple[int, int]]:
    turns = tree.as_tree([entry(number, parent) for number, parent in enumerate(parents, 1)])
    return [(turn.entry.id, turn.depth) for turn in turns]


def test_answers_stand_below_what_they_answer_by_date() -> None:
    assert order(None, 1, 1, 2, None, 5) == [(1, 0), (2, 1), (4, 2), (3, 1), (5, 0), (6, 1)]


def test_a_parent_elsewhere_leaves_a_post_at_the_edge() -> None:
    assert order(99, 1) == [(1, 0), (2, 1)]


def test_a_circle_is_shown_once() -> None:
    assert sorted(number for number, _ in order(2, 1, None)) == [1, 2, 3]


def test_ten_thousand_answers_deep() -> None:
    assert order(None, *range(1, 10_000))[-1] == (10_000, 9_999)


def test_follows_parent_only_where_it_stands_right_below() -> None:
    turns = tree.as_tree([entry(1, None), entry(2, 1), entry(3, 1)])
    assert [turn.follows_parent for turn in turns] == [False, True, False]
    assert [[answer.id for answer in turn.answers] for turn in turns] == [[2, 3], [], []]


def test_by_time_keeps_the_order_and_knows_the_parents() -> None:
    turns = tree.by_time([entry(1, None), entry(2, None), entry(3, 1)])
    assert [(turn.entry.id, turn.depth, turn.parent and turn.parent.id) for turn in turns] == [
        (1, 0, None),
        (2, 0, None),
        (3, 0, 1),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(1, 40)), max_size=40), st.randoms())
def test_every_post_stands_exactly_once(parents: list[int | None], chance: random.Random) -> None:
    entries = [entry(number, parent) for number, parent in enumerate(parents, 1)]
    chance.shuffle(entries)
    for turns in (tree.as_tree(entries), tree.by_time(entries)):
        assert sorted(turn.entry.id for turn in turns) == sorted(e.id for e in entries)
