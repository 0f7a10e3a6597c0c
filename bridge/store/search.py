"""Searching the posts of public lists: what the reader typed, as an FTS5 expression, and what matches it.

A query is words, all of which must occur, and "phrases in quotes"; a word that ends in `*` matches by its beginning.
Accents and case do not matter. Newest first: that order streams from the index, however many posts match. A beginning
has at least three letters, and a query at most two of them. Those of three and four letters are indexed themselves. For
a longer one the index would gather all posts of all words that begin so, and put them in order, before the first is
told: where these are many posts, the words are asked for one by one. What takes longer than `PATIENCE` is given up,
and what was found by then counts: common words that hardly ever stand together are looked for in every post.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from functools import partial

from ..posting.private import has_private
from .archive import Found, found
from .database import OperationalError, Tx

MAX_QUERY = 200
MAX_TERMS = 16
MAX_COUNT = 400
"""Counting stops here: a reader does not need to know how many more there are."""

READ = 50_000
"""How many characters of a post are read for the passage to show."""

BEGINNING = 3
BEGINNINGS = 2
INDEXED = 4
"""Letters of the longest beginning that has an index of its own."""
WORDS, GATHERED = 300, 20_000
"""So many words are asked for one by one at the most; so many posts at the least."""
PATIENCE = 0.12
"""Seconds of CPU time for one query of the index."""
STEPS = 500
"""How often the clock is looked at, in steps of SQLite."""
PLACE = "\ue000"
"""Begins the word that says in the index which list a post stands in; it has a column of its own there."""

_TERM = re.compile(r'"([^"]{1,200})"?|([^\s"]{1,200})')


def terms(query: str) -> list[str]:
    """The words and phrases of a query; a trailing `*` is kept. Telephone numbers, and what follows an `@`, are not."""
    wanted = []
    for phrase, word in _TERM.findall(query[:MAX_QUERY].replace("\0", "").replace(PLACE, "")):
        # Whether an address occurs in the archive is nobody's business: only what stands before its @ is searched.
        term = " ".join((phrase or word).split("@", 1)[0].split())
        if any(character.isalnum() for character in term) and not has_private(term):
            wanted.append(term)
    return wanted[:MAX_TERMS]


def expression(wanted: Sequence[str], begins: Callable[[str], str] = '"{}" *'.format) -> str:
    """An FTS5 expression in which every term is a quoted string, so that no operator of FTS5 is heard.

    `begins` says what is asked for a beginning.
    """
    parts = []
    beginnings = 0
    for term in wanted:
        bare = term.rstrip("*").replace('"', "")
        # A letter of Chinese or Japanese says as much as a word.
        long = len(bare) >= BEGINNING or not bare.isascii()
        is_beginning = term.endswith("*") and long and beginnings < BEGINNINGS
        beginnings += is_beginning
        parts.append(begins(bare) if is_beginning else f'"{bare}"')
    return " AND ".join(parts)


def _beginning(tx: Tx, bare: str) -> str:
    """What is asked for a beginning: its words, where they are many posts' and not too many."""
    plain = f'"{bare}" *'
    if len(bare) <= INDEXED or not (bare.isascii() and bare.isalnum()):
        return plain
    first = bare.lower()
    words = tx.search_words(first=first, end=first[:-1] + chr(ord(first[-1]) + 1), most=WORDS + 1).fetchall()
    if len(words) > WORDS or sum(row["posts"] for row in words) < GATHERED:
        return plain
    return "({})".format(" OR ".join(f'"{row["term"]}"' for row in words))


def hits(tx: Tx, wanted: Sequence[str], list_name: str) -> tuple[list[int], bool]:
    """The numbers of the posts that hold all terms, newest first, at most MAX_COUNT + 1; and whether none is missing.

    `list_name` is empty for all public lists. The index alone tells which posts stand there: none is looked at.
    """
    numbers: list[int] = []
    lists = tx.search_lists().fetchall()
    here = {number for number, name, _, public in lists if public and list_name in ("", name)}
    if not wanted or not here:
        return numbers, True
    others = {number for number, *_ in lists} - here
    with _patiently(tx) as given_up:
        asked = f"({expression(wanted, partial(_beginning, tx))}){_within(here, others)}"
        for row in tx.search_hits(expression=asked, most=MAX_COUNT + 1):
            numbers.append(row["id"])  # one by one: what was found before it was given up is good
    return numbers, not given_up


def _within(here: Set[int], others: Set[int]) -> str:
    """What an expression ends in that finds posts of the lists `here` alone: those are named, or all others are."""
    if not others:
        return ""
    named, verb = (here, "AND") if len(here) <= len(others) else (others, "NOT")
    return f" {verb} place : ({' OR '.join(f'{PLACE}{number}' for number in named)})"


def posts(tx: Tx, ids: Sequence[int]) -> list[Found]:
    """These posts, newest first, with the first READ characters of their texts."""
    return [found(row) for row in tx.search_posts(ids=json.dumps(ids), size=READ)]


@contextmanager
def _patiently(tx: Tx) -> Iterator[list[float]]:
    """SQLite asks now and then whether to go on; the index, too, when it reads on. What is given up leaves a mark."""
    end = time.thread_time() + PATIENCE
    given_up: list[float] = []

    def look() -> bool:
        if time.thread_time() > end:
            given_up.append(end)
        return bool(given_up)

    tx.connection.set_progress_handler(look, STEPS)
    try:
        yield given_up
    except OperationalError:
        if not given_up:
            raise
    finally:
        tx.connection.set_progress_handler(None, 0)


def list_names(tx: Tx) -> list[tuple[str, str]]:
    """Name and title of every public list, by title."""
    return [(name, title) for _, name, title, public in tx.search_lists() if public]
