"""Who hears of a post: one delivery per person, whatever the reasons.

Nobody is told who has the mail already: its author (unless he wants his own posts), those in To and Cc, and
those who got the same Message-ID by another list. Pure.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A subscription: `address` is the one that letters go to, `mode` a `posting.post.Mode`."""

    person_id: int
    address: str
    mode: str
    own_posts: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """A delivery to be made: `reason` is "subscribed" or "own post"."""

    person_id: int
    address: str
    reason: str


def plan(
    subscribers: Iterable[Subscriber], *, author_id: int, copied: Container[str], told: Container[int]
) -> list[Planned]:
    """One delivery for each person who is to get the post now.

    `copied` holds the lower-case addresses in To and Cc of the mail, `told` the persons who have it already.
    """
    planned: dict[int, Planned] = {}
    for one in subscribers:
        if one.mode != "each" or not one.address or one.person_id in planned or one.person_id in told:
            continue
        own = one.person_id == author_id
        if own and not one.own_posts:
            continue
        if not own and one.address.lower() in copied:
            continue
        planned[one.person_id] = Planned(one.person_id, one.address, "own post" if own else "subscribed")
    return list(planned.values())
