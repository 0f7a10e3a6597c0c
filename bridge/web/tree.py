"""A thread's posts in the order in which they are read: as a tree, or by time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..store.archive import Entry


@dataclass(frozen=True, slots=True)
class Turn:
    """A post in reading order; `depth` 0 stands at the edge. `parent` is None where it answers nothing here."""

    entry: Entry
    depth: int
    parent: Entry | None
    follows_parent: bool
    """Its parent is the very post before it, so that nobody needs to look for it."""
    answers: tuple[Entry, ...]


def as_tree(entries: Sequence[Entry]) -> list[Turn]:
    """Depth first, answers by date below what they answer. Without recursion: threads may be thousands deep.

    A post whose parent stands elsewhere begins at the edge, and so does one of a circle, should there ever be one.
    """
    known, below = _family(entries)
    turns: list[Turn] = []
    seen: set[int] = set()
    heads = [entry for entry in entries if entry.parent_id not in known]
    for head in (*heads, *entries):
        waiting = [(head, 0)]
        while waiting:
            entry, depth = waiting.pop()
            if entry.id in seen:
                continue
            seen.add(entry.id)
            parent = known.get(entry.parent_id or 0) if depth else None
            before = turns[-1].entry if turns else None
            answers = below.get(entry.id, [])
            turns.append(Turn(entry, depth, parent, parent is not None and parent is before, tuple(answers)))
            waiting += [(answer, depth + 1) for answer in reversed(answers)]
    return turns


def by_time(entries: Sequence[Entry]) -> list[Turn]:
    """Oldest first, all at the edge."""
    known, below = _family(entries)
    turns: list[Turn] = []
    before: Entry | None = None
    for entry in entries:
        parent = known.get(entry.parent_id or 0)
        turns.append(
            Turn(entry, 0, parent, parent is not None and parent is before, tuple(below.get(entry.id, [])))
        )
        before = entry
    return turns


def _family(entries: Sequence[Entry]) -> tuple[dict[int, Entry], dict[int, list[Entry]]]:
    known = {entry.id: entry for entry in entries}
    below: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.parent_id in known:
            below.setdefault(entry.parent_id or 0, []).append(entry)
    return known, below
