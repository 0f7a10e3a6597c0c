"""The reading order of a thread."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.store.archive import Outline
from bridge.web import tree


def outline(*parents: int | None) -> Outline:
    return Outline(list(range(1, len(parents) + 1)), list(parents))


def order(*parents: int | None) -> list[tuple[int, int]]:
    turns = tree.as_tree(outline(*parents)).turns(0, len(parents))
    return [(turn.post, turn.depth) for turn in turns]


def test_answers_stand_below_what_they_answer_by_date() -> None:
    assert order(None, 1, 1, 2, None, 5) == [(1, 0), (2, 1), (4, 2), (3, 1), (5, 0), (6, 1)]


def test_a_parent_elsewhere_leaves_a_post_at_the_edge() -> None:
    assert order(99, 1) == [(1, 0), (2, 1)]


def test_a_circle_is_shown_once() -> None:
    assert sorted(number for number, _ in order(2, 1, None)) == [1, 2, 3]


def test_ten_thousand_answers_deep() -> None:
    assert order(None, *range(1, 10_000))[-1] == (10_000, 9_999)


def test_follows_parent_only_where_it_stands_right_below() -> None:
    turns = tree.as_tree(outline(None, 1, 1)).turns(0, 3)
    assert [turn.follows_parent for turn in turns] == [False, True, False]
    assert [turn.parent for turn in turns] == [None, 1, 1]


def test_by_time_keeps_the_order_and_knows_the_parents() -> None:
    turns = tree.by_time(outline(None, None, 1)).turns(0, 9)
    assert [(turn.post, turn.depth, turn.parent) for turn in turns] == [(1, 0, None), (2, 0, None), (3, 0, 1)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(1, 40)), max_size=40), st.randoms())
def test_every_post_stands_exactly_once(parents: list[int | None], chance: random.Random) -> None:
    posts = list(enumerate(parents, 1))
    chance.shuffle(posts)
    shuffled = Outline([number for number, _ in posts], [parent for _, parent in posts])
    for found in (tree.as_tree(shuffled), tree.by_time(shuffled)):
        assert sorted(turn.post for turn in found.turns(0, 99)) == sorted(shuffled.posts)
