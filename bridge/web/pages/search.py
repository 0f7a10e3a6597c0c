"""Searching: newest first, each post with the passage that matches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, takewhile

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
BEFORE, AFTER, PASSAGE = 90, 500, 280
PLACES = 10
"""Of each term so many matches are looked at for the passage to show."""
Piece = tuple[str, bool]
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
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
        hits, whole = search.hits(tx, terms, wanted_list)
        total = min(len(hits), search.MAX_COUNT)
        pager = shown.pager(at, total, POSTS)
        if at > pager.last:
            if whole:
                raise HTTPException(404)
            pager = shown.pager(pager.last, total, POSTS)  # this time it found less
        posts = search.posts(tx, hits[:total][(pager.at - 1) * POSTS : pager.at * POSTS])
        sought = patterns(terms)
        lines = [
            (
                post,
                mark(shown.safe_title(post.title, post.masking), sought),
                passage(post.text, sought, post.masking),
            )
            for post in posts
        ]
        lists = search.list_names(tx)
        return page(
            request, "search.html", index=False, query=query, lists=lists, wanted_list=wanted_list, asked=bool(terms),
            total=total, more=len(hits) > total, whole=whole, lines=lines, pager=pager,
        )  # fmt: skip

    return await answer(request, build)


def passage(text: str, sought: Sequence[re.Pattern[str]], masking: Masking = "all") -> list[Piece]:
    """Some words of a post around what was sought, cut into pieces of which the matching ones are marked.

    What is private is masked before anything is marked, so that no mark falls between the parts of it.
    """
    text = shown.safe_words(text, masking)
    start = max(0, densest(fold(text), sought) - BEFORE)
    if start:
        start = text.find(" ", start, start + 60) + 1 or start
    # What a post quotes may match too: shown as words, for an excerpt leaves quotes out.
    plain = render.excerpt(_QUOTE_MARKS.sub("", text[start : start + AFTER]), PASSAGE)
    pieces = mark(plain, sought)
    return [("… ", False), *pieces] if start else pieces


def densest(folded: str, sought: Sequence[re.Pattern[str]]) -> int:
    """The first match behind which most of the terms stand within one passage; 0 where there is none."""
    if len(sought) == 1:
        first = sought[0].search(folded)
        return first.start() if first else 0
    found = [islice(pattern.finditer(folded), PLACES) for pattern in sought]
    places = sorted((match.start(), term) for term, matches in enumerate(found) for match in matches)
    most, best = 0, 0
    for place, (start, _) in enumerate(places):
        near = takewhile(lambda each: each[0] < start + PASSAGE - BEFORE, islice(places, place, None))  # noqa: B023
        terms = len({term for _, term in near})
        if terms > most:
            most, best = terms, start
    return best


def fold(text: str) -> str:
    """A text without accents and case, as the index compares it; almost always of the same length."""
    return text.lower() if text.isascii() else _FOREIGN.sub(lambda run: _bare(run[0]), text).lower()


def _bare(text: str) -> str:
    """A text without its accents; a mark that follows an ASCII letter stands at the beginning of a run."""
    return unicodedata.normalize("NFC", "".join(map(_unaccented, unicodedata.normalize("NFD", text))))


@lru_cache(4096)  # what is written in one script has few letters
def _unaccented(character: str) -> str:
    return "" if unicodedata.combining(character) else character


def mark(plain: str, patterns: Sequence[re.Pattern[str]]) -> list[Piece]:
    """Cut a short text where a pattern matches its folded form."""
    folded, origin = _traced(plain)
    spans = sorted(match.span() for pattern in patterns for match in pattern.finditer(folded))
    pieces: list[Piece] = []
    at = 0
    for first, last in spans:
        start, end = max(at, origin[first]), origin[last - 1] + 1
        if end > start:
            pieces += [(plain[at:start], False), (plain[start:end], True)]
            at = end
    return [piece for piece in (*pieces, (plain[at:], False)) if piece[0]]


def _traced(plain: str) -> tuple[str, Sequence[int]]:
    """A text folded, and for each character of that the place that it came from."""
    if plain.removesuffix("…").isascii():
        return plain.lower(), range(len(plain))
    parts = list(map(_letter, plain))
    folded = "".join(parts)
    if len(folded) == len(plain) and "" not in parts:
        return folded, range(len(plain))
    return folded, [place for place, part in enumerate(parts) for _ in part]


@lru_cache(4096)
def _letter(character: str) -> str:
    return fold(character)


def patterns(terms: Sequence[str]) -> list[re.Pattern[str]]:
    """What finds the terms of a query in a folded text."""
    found = []
    for term in terms:
        words = re.findall(r"\w+", fold(term))
        if words:
            end = r"\w*" if term.endswith("*") else r"\b"
            first, *others = map(re.escape, words)
            # Letters are sought ten times as fast as where a word begins, so that is asked behind them.
            found.append(re.compile(r"\W{1,20}".join([rf"{first}(?<!\w{first})", *others]) + end))
    return found
