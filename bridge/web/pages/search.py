"""Searching: newest first, each post with the passage that matches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...mail import charset
from ...posting import render
from ...posting.private import Masking
from ...store import search
from ...store.database import Tx
from .. import shown
from ..room import answer, page, page_number, room

POSTS = 20
READ = 50_000
"""How many characters of a post are searched for the passage to show."""
BEFORE, AFTER, PASSAGE = 90, 500, 280
Piece = tuple[str, bool]
_QUOTE_MARKS = re.compile(r"^[> ]{1,40}", re.M)


async def search_page(request: Request) -> Response:
    """The form, and what a query found."""
    query = charset.clean(request.query_params.get("q", "")[: search.MAX_QUERY])
    wanted_list = request.query_params.get("list", "")
    at = page_number(request)
    terms = search.terms(query)
    callers = room(request).callers
    if terms and callers.searches:
        callers.spend("search", callers.address(request), callers.searches)

    def build(tx: Tx) -> Response:
        hits, slow = _hits(tx, terms, wanted_list)
        total = min(len(hits), search.MAX_COUNT)
        pager = shown.pager(at, total, POSTS)
        if at > pager.last:
            raise HTTPException(404)
        posts = search.posts(tx, hits[:total][(at - 1) * POSTS : at * POSTS])
        lines = [(post, passage(post.text, terms, post.masking)) for post in posts]
        lists = search.list_names(tx)
        return page(
            request, "search.html", index=False, query=query, lists=lists, wanted_list=wanted_list, asked=bool(terms),
            total=total, more=len(hits) > total, slow=slow, lines=lines, pager=pager,
        )  # fmt: skip

    return await answer(request, build)


def _hits(tx: Tx, terms: Sequence[str], wanted_list: str) -> tuple[list[int], bool]:
    """What was found, and whether looking for it was given up."""
    try:
        return search.hits(tx, terms, wanted_list), False
    except search.TooLong:
        return [], True


def passage(text: str, terms: Sequence[str], masking: Masking = "all") -> list[Piece]:
    """Some words of a post around the first match, cut into pieces of which the matching ones are marked.

    What is private is masked before anything is marked, so that no mark falls between the parts of it.
    """
    text = shown.safe_words(text[:READ], masking)
    patterns = _patterns(terms)
    folded = fold(text)
    starts = [match.start() for pattern in patterns if (match := pattern.search(folded))]
    start = max(0, min(starts, default=0) - BEFORE)
    if start:
        start = text.find(" ", start, start + 60) + 1 or start
    # What a post quotes may match too: shown as words, for an excerpt leaves quotes out.
    plain = render.excerpt(_QUOTE_MARKS.sub("", text[start : start + AFTER]), PASSAGE)
    pieces = mark(plain, patterns)
    return [("… ", False), *pieces] if start else pieces


def fold(text: str) -> str:
    """A text without accents and case, as the index compares it; almost always of the same length."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in spread if not unicodedata.combining(c))).lower()


def mark(plain: str, patterns: Sequence[re.Pattern[str]]) -> list[Piece]:
    """Cut a short text where a pattern matches its folded form."""
    folded, origin = _traced(plain)
    marked = bytearray(len(plain))
    for pattern in patterns:
        for match in pattern.finditer(folded):
            for place in {origin[at] for at in range(match.start(), match.end())}:
                marked[place] = 1
    pieces: list[Piece] = []
    for flag, run in groupby(range(len(plain)), marked.__getitem__):
        first, *_, last = (*run,) * 2
        pieces.append((plain[first : last + 1], bool(flag)))
    return pieces


def _traced(plain: str) -> tuple[str, Sequence[int]]:
    """A text folded, and for each character of that the place that it came from."""
    if plain.isascii():
        return plain.lower(), range(len(plain))
    parts = [fold(character) for character in plain]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]


def _patterns(terms: Sequence[str]) -> list[re.Pattern[str]]:
    patterns = []
    for term in terms:
        words = re.findall(r"\w+", fold(term))
        if words:
            end = r"\w*" if term.endswith("*") else r"\b"
            patterns.append(re.compile(r"\b" + r"\W{1,20}".join(map(re.escape, words)) + end))
    return patterns
