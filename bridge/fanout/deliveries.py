"""Who hears of a post, and when: one delivery per person, whatever the reasons.

Nobody is told who has the mail already: its author (unless he wants his own posts), those whom it copied, and those
who got the same Message-ID by another list. Who is collected for a digest by one list is told at once where another
list wants that. What is chosen for a branch beats the choice for its thread, and that beats the mode: a thread may
have one of its own. Pure.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..posting.post import Mode
from .timetable import Rhythm, next_digest, quiet_end

ANY_HOUR = Rhythm()
Choice = Literal["follow", "daily", "weekly", "mentions", "mute"]
"""What somebody may choose for a thread: `follow` is each of its posts, `mute` none, else the mode that it names."""
Reason = Literal["subscribed", "own post", "followed", "mentioned", "guest"]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who may hear of a post: `mode` is "none" for a guest of its thread, who has no subscription.

    `address` is the one that letters go to, empty where it bounces. `muted` says that the post lies in a branch that
    he mutes, `mentioned` that it names him.
    """

    person_id: int
    address: str
    mode: Mode
    own_posts: bool = False
    choice: Choice | Literal[""] = ""
    muted: bool = False
    mentioned: bool = False
    guest: bool = False
    rhythm: Rhythm = ANY_HOUR

    @property
    def wanted(self) -> Mode:
        """The mode that counts in this thread; whoever follows it, or is its guest, is told whatever that is."""
        if self.choice in ("", "follow", "mute") or self.guest:
            return self.mode
        return self.choice  # type: ignore[return-value]


class Timing(NamedTuple):
    """When a letter leaves: `waiting` by itself, `digest` with others; `due` in microseconds UTC."""

    state: Literal["waiting", "digest"]
    due: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A delivery to be made; `due` 0 is at once."""

    person_id: int
    address: str
    reason: Reason
    state: Literal["waiting", "digest"] = "waiting"
    due: int = 0


def plan(
    people: Iterable[Subscriber],
    *,
    author_id: int,
    copied: Container[int] = (),
    told: Container[int] = (),
    collected: Container[int] = (),
    now: int = 0,
) -> list[Planned]:
    """One delivery for each person who is to get the post: now, after his quiet hours, or in a digest.

    All but the first are persons' ids: whom the mail copied, who was told of it already, and for whose digest it
    waits already (these get a letter at most). `now` is in microseconds UTC.
    """
    planned: dict[int, Planned] = {}
    when: dict[tuple[str, bool, Rhythm], Timing | None] = {}  # most people share their hours
    for one in people:
        if not one.address or one.person_id in planned or one.person_id in told:
            continue
        own = one.person_id == author_id
        if one.person_id in copied and not own:
            continue
        reason = why(one, own)
        if reason is None:
            continue
        mode = one.wanted
        key = (mode, _at_once(mode, reason), one.rhythm)
        if key not in when:
            when[key] = timing(mode, reason, one.rhythm, now)
        at = when[key]
        # A digest holds what others wrote, and what waits in one needs no second.
        if at is None or (at.state == "digest" and (own or one.person_id in collected)):
            continue
        planned[one.person_id] = Planned(one.person_id, one.address, reason, at.state, at.due)
    return list(planned.values())


def why(one: Subscriber, own: bool) -> Reason | None:
    """The strongest reason to tell somebody of a post, None where there is none."""
    if one.muted or one.choice == "mute":
        return None
    mode = one.wanted
    if own:
        return "own post" if one.own_posts and mode == "each" else None
    if one.guest:
        return "guest"
    if one.choice == "follow":
        return "followed"
    if mode == "none" or (mode == "mentions" and not one.mentioned):
        return None
    return "mentioned" if one.mentioned else "subscribed"


def timing(mode: Mode, reason: str, rhythm: Rhythm, now: int) -> Timing | None:
    """When somebody of that mode is told of a post for that reason; None for never."""
    if not _at_once(mode, reason):
        return Timing("digest", next_digest(rhythm, mode, now)) if mode in ("daily", "weekly") else None
    if rhythm.away(now):
        return Timing("digest", next_digest(rhythm, "daily", now))
    return Timing("waiting", quiet_end(rhythm, now) or now)


def _at_once(mode: Mode, reason: str) -> bool:
    return mode == "each" or reason in ("followed", "guest") or (mode == "mentions" and reason == "mentioned")
