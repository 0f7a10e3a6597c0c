"""Searching the posts of public lists: what the reader typed, as an FTS5 expression, and what matches it.

A query is words, all of which must occur, and "phrases in quotes"; a word that ends in `*` matches by its beginning.
Accents and case do not matter. Newest first: that order streams from the index, however many posts match. A beginning
has at least three letters and a query at most two of them: each gathers the posts of all words that begin so. What
takes longer than `PATIENCE` is given up: common words that never stand together are looked for in every post.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ..posting.private import has_private
from .archive import Found, found
from .database import OperationalError, Tx

MAX_QUERY = 200
MAX_TERMS = 16
MAX_COUNT = 400
"""Counting stops here: a reader does not need to know how many more there are."""

BEGINNING = 3
BEGINNINGS = 2
PATIENCE = 0.12
"""Seconds of CPU time for one query of the index."""
STEPS = 500
"""How often the clock is looked at, in steps of SQLite."""

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
    beginnings = 0
    for term in wanted:
        bare = term.rstrip("*").replace('"', "")
        # A letter of Chinese or Japanese says as much as a word.
        long = len(bare) >= BEGINNING or not bare.isascii()
        begins = term.endswith("*") and long and beginnings < BEGINNINGS
        beginnings += begins
        parts.append(f'"{bare}"' + (" *" if begins else ""))
    return " ".join(parts)


class TooLong(Exception):
    """A query was given up; rarer words would be found sooner."""


def hits(tx: Tx, wanted: Sequence[str], list_name: str) -> list[int]:
    """The numbers of the posts that hold all terms, newest first, at most MAX_COUNT + 1. Raises `TooLong`.

    `list_name` is empty for all public lists.
    """
    if not wanted:
        return []
    with _patiently(tx):
        rows = tx.search_hits(expression=expression(wanted), list=list_name, most=MAX_COUNT + 1)
        return [row["id"] for row in rows]


def posts(tx: Tx, ids: Sequence[int]) -> list[Found]:
    """These posts, newest first, with their whole texts."""
    return [found(row) for row in tx.search_posts(ids=json.dumps(ids))]


@contextmanager
def _patiently(tx: Tx) -> Iterator[None]:
    """SQLite asks now and then whether to go on; the index, too, when it reads on."""
    end = time.thread_time() + PATIENCE
    late = False

    def look() -> bool:
        nonlocal late
        late = time.thread_time() > end
        return late

    tx.connection.set_progress_handler(look, STEPS)
    try:
        yield
    except OperationalError as error:
        if not late:
            raise
        raise TooLong from error
    finally:
        tx.connection.set_progress_handler(None, 0)


def list_names(tx: Tx) -> list[tuple[str, str]]:
    """Name and title of every public list, by title."""
    return [(row["name"], row["title"]) for row in tx.search_lists()]
