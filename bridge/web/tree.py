"""A thread's posts in the order in which they are read, as a tree or by time: numbers alone, however many."""

from __future__ import annotations

from dataclasses import dataclass

from ..store.archive import Outline


@dataclass(frozen=True, slots=True)
class Turn:
    """A post in reading order; `depth` 0 stands at the edge. `parent` is None where it answers nothing here."""

    post: int
    depth: int
    parent: int | None
    follows_parent: bool
    """Its parent is the very post before it, so that nobody needs to look for it."""


class Order:
    """The posts of a thread in reading order, with what a page needs to know of some of them."""

    def __init__(self, posts: list[int], depths: list[int], parents: dict[int, int]) -> None:
        self.posts, self._depths, self._parents = posts, depths, parents

    def turns(self, first: int, last: int) -> list[Turn]:
        """Those from place `first` up to, not including, `last`."""
        turns = []
        for place in range(first, min(last, len(self.posts))):
            post = self.posts[place]
            parent = self._parents.get(post)
            follows = place > 0 and parent is not None and self.posts[place - 1] == parent
            turns.append(Turn(post, self._depths[place], parent, follows))
        return turns


def as_tree(outline: Outline) -> Order:
    """Depth first, answers by date below what they answer. Without recursion: threads may be thousands deep.

    A post whose parent stands elsewhere begins at the edge, and so does one of a circle, should there ever be one.
    """
    known = set(outline.posts)
    below: dict[int, list[int]] = {}
    heads = []
    # Backwards, so that the earliest answer is the one that is taken first.
    for post, parent in zip(reversed(outline.posts), reversed(outline.parents), strict=True):
        if parent is not None and parent in known:
            below.setdefault(parent, []).append(post)
        else:
            heads.append(post)
    posts: list[int] = []
    depths: list[int] = []
    parents: dict[int, int] = {}
    waiting = [(head, 0) for head in heads]
    rest = iter(outline.posts)
    seen: set[int] = set()
    while len(posts) < len(known):
        if not waiting:  # what is left answers itself in a circle
            waiting = [(next(post for post in rest if post not in seen), 0)]
        post, depth = waiting.pop()
        if post in seen:
            continue
        seen.add(post)
        posts.append(post)
        depths.append(depth)
        for answer in below.get(post, ()):
            if answer not in seen:
                parents[answer] = post
                waiting.append((answer, depth + 1))
    return Order(posts, depths, parents)


def by_time(outline: Outline) -> Order:
    """Oldest first, all at the edge."""
    known = set(outline.posts)
    parents = {
        post: parent
        for post, parent in zip(outline.posts, outline.parents, strict=True)
        if parent is not None and parent in known
    }
    return Order(outline.posts, [0] * len(outline.posts), parents)
