"""Each person once, and nobody what he has already (promise O6)."""

from __future__ import annotations

from collections.abc import Container

from bridge.fanout.deliveries import Planned, Subscriber, plan

ADA = Subscriber(1, "ada@garden.test", "each", False)
BEN = Subscriber(2, "ben@garden.test", "each", True)
CY = Subscriber(3, "cy@garden.test", "none", False)
DEE = Subscriber(4, "Dee@garden.test", "each", False)


def _told(author: int = 9, copied: Container[int] = (), told: Container[int] = ()) -> list[int]:
    everyone = [ADA, BEN, CY, DEE, ADA]
    return [one.person_id for one in plan(everyone, author_id=author, copied=copied, told=told)]


def test_each_subscriber_once_and_who_wants_none_gets_none() -> None:
    assert _told() == [1, 2, 4]
    assert plan([ADA], author_id=9, now=5) == [Planned(1, "ada@garden.test", "subscribed", due=5)]


def test_O6_an_author_gets_his_own_post_only_where_he_wants_it() -> None:
    assert _told(author=1) == [2, 4]
    assert _told(author=2) == [1, 2, 4]
    assert plan([BEN], author_id=2)[0].reason == "own post"


def test_O6_who_was_copied_or_told_gets_no_second_copy() -> None:
    assert _told(copied={1, 4}) == [2]
    assert _told(told={1, 2}) == [4]
    assert _told(author=2, copied={2}) == [1, 2, 4]


def test_a_subscriber_without_an_address_is_left_out() -> None:
    assert plan([Subscriber(5, "", "each", False)], author_id=9) == []
