"""Searching the posts of public lists: what the reader typed, as an FTS5 expression, and what matches it.

A query is words, all of which must occur, and "phrases in quotes"; a word that ends in `*` matches by its beginning.
Accents and case do not matter. Newest first: that order streams from the index, however many posts match.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..posting.private import has_private
from .archive import Found, found
from .database import Tx

MAX_QUERY = 200
MAX_TERMS = 16
MAX_COUNT = 1_000
"""Counting stops here: a reader does not need to know how many more there are."""

_TERM = re.compile(r'"([^"]{1,200})"?|([^\s"]{1,200})')


def terms(query: str) -> list[str]:
    """The words and phrases of a query; a trailing `*` is kept. Telephone numbers, and what follows an `@`, are not."""
    wanted = []
    for phrase, word in _TERM.findall(query[:MAX_QUERY].replace("\0", "")):
        # Whether an address occurs in the archive is nobody's business: only what stands before its @ is searched.
        term = " ".join((phrase or word).split("@", 1)[0].split())
        if any(character.isalnum() for character in term) and not has_private(term):
            wanted.append(term)
    return wanted[:MAX_TERMS]


def expression(wanted: Sequence[str]) -> str:
    """An FTS5 expression in which every term is a quoted string, so that no operator of FTS5 is heard."""
    parts = []
    for term in wanted:
        bare = term.rstrip("*").replace('"', "")
        parts.append(f'"{bare}"' + (" *" if term.endswith("*") else ""))
    return " ".join(parts)


def posts(tx: Tx, wanted: Sequence[str], list_name: str, *, size: int, skip: int) -> list[Found]:
    """The posts that hold all terms, newest first, whole texts; `list_name` empty for all public lists."""
    if not wanted:
        return []
    rows = tx.search_newest(expression=expression(wanted), list=list_name, size=size, skip=skip)
    return [found(row) for row in rows]


def count(tx: Tx, wanted: Sequence[str], list_name: str) -> int:
    """How many posts hold all terms, at most MAX_COUNT + 1."""
    if not wanted:
        return 0
    row = tx.search_count(expression=expression(wanted), list=list_name, most=MAX_COUNT + 1)
    return int(row["posts"])


def list_names(tx: Tx) -> list[tuple[str, str]]:
    """Name and title of every public list, by title."""
    return [(row["name"], row["title"]) for row in tx.search_lists()]
