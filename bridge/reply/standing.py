"""What of a mail stands in a post of its thread, whatever the mail program did to it, and what of it is our footer.

Runs of four words are looked up in the posts, across line breaks, so a quote may be wrapped anew, and lose its marks,
quote signs and dashes. Lines of the author's own that stand in somebody else's post become quoted lines; whoever
repeats himself means it. Time is linear in the mail and in the posts: WORDS words of the mail are looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from .attribution import verb
from .known import Known, KnownPost
from .layout import Form, stretches
from .lines import Line
from .wording import is_link, weight, words

_WORD = re.compile(r"[^\W_]+")

RUN = 4
"""Words in a row that must stand in a post."""
WORDS = 200_000
SURE = 8
"""Words from which on a run is no chance; shorter ones only where several stand in one post."""
TOGETHER = 10
STRANGE = 3
"""Words of no footer of ours that a program or a person's name may have put into its line."""
NEAR = 3
"""Posts looked at for one run of words."""


@dataclass(slots=True)
class Stand:
    """The post that a line stands in (0: in none), what share of its words does, and how many words it has."""

    post: int = 0
    share: float = 0.0
    words: float = 0.0
    own: bool = False
    """It stands in a post of the mail's own author alone."""
    lead: int = 0
    """Words in a row at its begin that stand in the post."""


def stands(lines: Sequence[Line], posts: Sequence[KnownPost]) -> list[Stand]:
    """For each line where it stands."""
    found = [Stand() for _ in lines]
    tokens: list[str] = []
    place_of: list[int] = []
    for place, line in enumerate(lines):
        here = words(line.text) if line.text else []
        found[place].words = float(len(here)) if line.text.isascii() else weight(here)
        tokens += here
        place_of += [place] * len(here)
        if len(tokens) > WORDS:
            break
    grams = _grams(tokens)
    where = _where(grams, posts)
    if where:
        _cover(found, [where.get(gram, ()) for gram in grams], place_of, posts)
    return found


def _where(grams: Sequence[int], posts: Sequence[KnownPost]) -> dict[int, tuple[int, ...]]:
    """The first NEAR posts, by number, in which each run of words stands; most stand in one."""
    wanted = set(grams)
    where: dict[int, tuple[int, ...]] = {}
    for number, post in enumerate(posts):
        here = _index(post.text, post.around) & wanted
        again = here & where.keys()
        where.update(dict.fromkeys(here - again, (number,)))
        for gram in again:
            where[gram] = (*where[gram], number)
            if len(where[gram]) == NEAR:
                wanted.discard(gram)
    return where


def _cover(
    found: list[Stand], at: Sequence[Sequence[int]], place_of: Sequence[int], posts: Sequence[KnownPost]
) -> None:
    """Says of each line in which post most of its words stand; `at` are the posts of each run of words."""
    sizes = Counter(place_of)
    ends = dict(zip(sizes, accumulate(sizes.values()), strict=True))
    counts: Counter[tuple[int, int]] = Counter()
    leads: dict[tuple[int, int], int] = {}
    for number, first, end in _spans(at, len(posts)):
        while first < end:
            place = place_of[first]
            stop = min(end, ends[place])
            counts[place, number] += stop - first
            if first == ends[place] - sizes[place]:
                leads[place, number] = stop - first
            first = stop
    best: dict[int, tuple[int, bool, int]] = {}
    numbers = {post.id: number for number, post in enumerate(posts)}
    for (place, number), size in counts.items():
        post = posts[number]
        rank = (-size, post.own, post.id)
        if place not in best or rank < best[place]:
            best[place] = rank
    for place, (most_words, own, post_id) in best.items():
        stand = found[place]
        stand.post, stand.share, stand.own = post_id, -most_words / sizes[place], own
        lead = leads.get((place, numbers[post_id]), 0)
        stand.lead = lead if lead == -most_words else 0


def _spans(at: Sequence[Sequence[int]], posts: int) -> Iterator[tuple[int, int, int]]:
    """The words that stand in each post, in stretches: number of the post, first word, end. Some hundred words each."""
    firsts, ends = [0] * posts, [0] * posts
    for first, numbers in enumerate(at):
        for number in numbers:
            if first > ends[number]:
                yield number, firsts[number], ends[number]
                firsts[number] = first
            ends[number] = first + RUN
    yield from zip(range(posts), firsts, ends, strict=True)


def _grams(tokens: Sequence[str]) -> list[int]:
    return list(map(hash, zip(*(tokens[offset:] for offset in range(RUN)), strict=False)))


@lru_cache(maxsize=512)
def _index(text: str, around: str) -> frozenset[int]:
    """The runs of words of a post, and of what was folded of its mail."""
    return frozenset(_grams(words(text)) + _grams(words(around)))


def quote_known(
    lines: Sequence[Line], known: Known, footer: Sequence[int], *, forwarding: bool
) -> list[Stand]:
    """Marks own lines that stand in posts of others, or in our `footer`, as quoted; gives where each line stands."""
    found = stands(lines, known.posts) if known.posts else []
    if forwarding or not (footer or any(stand.post for stand in found)):
        return found
    authors = {post.id: post.author for post in known.posts}
    if not footer and not any(
        stand.share >= 1 and not stand.own and not line.depth
        for stand, line in zip(found, lines, strict=True)
    ):
        _quote_above(
            lines, found, authors
        )  # the quotes have their marks: a look at the layout would find no more
        return found
    layout = stretches(lines)
    own = [
        place
        for part in layout
        if part.form is Form.OWN
        for place in range(part.start, part.end)
        if not lines[place].blank and not lines[place].depth
    ]
    ours = frozenset(footer)
    runs = _runs(lines, [place for place in own if place not in ours], found) if found else []
    quoted = [place for run in _trusted(runs, found) for place in run]
    if len(quoted) + sum(place in ours for place in own) == len(own):
        quoted = []  # all that he wrote: then he means it
    quote(lines, quoted)
    quote(lines, [place for place in own if place in ours])
    if found:
        _quote_above(lines, found, authors)
    return found


def _runs(lines: Sequence[Line], own: Sequence[int], found: Sequence[Stand]) -> list[list[int]]:
    """Lines that wholly stand in one post of another, one after the other, with the links that stand between them."""
    runs: list[list[int]] = []
    links: list[int] = []
    last = 0
    for place in own:
        stand = found[place]
        if last and not stand.words and is_link(lines[place].text):
            links.append(place)
            continue
        if not stand.post or stand.own or stand.share < 1:
            last, links = 0, []
            continue
        if stand.post != last:
            runs.append([])
        else:
            runs[-1] += links
        runs[-1].append(place)
        last, links = stand.post, []
    return runs


def _trusted(runs: list[list[int]], found: Sequence[Stand]) -> list[list[int]]:
    """Runs too long for chance, and short ones of which several stand in one post."""
    sizes = [sum(found[place].words for place in run) for run in runs]
    several: Counter[int] = Counter()
    count: Counter[int] = Counter()
    for run, size in zip(runs, sizes, strict=True):
        if size >= RUN:
            several[found[run[0]].post] += int(size)
            count[found[run[0]].post] += 1
    return [
        run
        for run, size in zip(runs, sizes, strict=True)
        if size >= SURE
        or (size >= RUN and count[found[run[0]].post] > 1 and several[found[run[0]].post] >= TOGETHER)
    ]


def quote(lines: Sequence[Line], run: Sequence[int]) -> None:
    """Makes quoted lines of these."""
    for place in run:
        lines[place].depth, lines[place].markdown = 1, f"> {lines[place].markdown}"


def _quote_above(lines: Sequence[Line], found: Sequence[Stand], authors: dict[int, str]) -> None:
    """The line above a quote that names who wrote the post it stands in, in whatever language, belongs to it."""
    for place, line in enumerate(lines):
        above = place - 1
        while above >= 0 and above > place - 3 and lines[above].blank:
            above -= 1
        if not line.depth or not found[place].post or above < 0 or lines[above].depth or lines[above].blank:
            continue
        if _names(lines[above].text, authors[found[place].post]):
            quote(lines, [above])


def _names(text: str, author: str) -> bool:
    """Does a short line name the author, and a time, an address or a colon, or say that he wrote, besides?"""
    name = words(author)
    if len(text) > 240 or not name or not set(name) <= set(words(text)):
        return False
    if text.rstrip().endswith((":", "：")) or "@" in text or sum(char.isdigit() for char in text) > 2:
        return True
    return len(text) < 80 and text[-1].isalpha() and bool(verb(text))


def most(found: Sequence[Stand]) -> int:
    """The post that most of these lines stand in; 0 where most stand in none."""
    said: dict[int, int] = {}
    for stand in found:
        post = stand.post if stand.share >= 0.5 else 0
        said[post] = said.get(post, 0) + int(stand.words)
    post, most_words = max(said.items(), key=lambda entry: entry[1], default=(0, 0))
    if not post and (known := {key: size for key, size in said.items() if key}):
        post, most_words = max(known.items(), key=lambda entry: entry[1])
    return post if most_words >= RUN else 0


def footer_lines(lines: Sequence[Line], known: Known) -> list[int]:
    """The places of the footer of our own letters: its link to unsubscribe, and what stands around it."""
    if not known.url:
        return []
    phrases = [said for line in known.footer if (said := _phrase(line))]
    link = f"{known.url}/unsubscribe/"
    sure = [
        place for place, line in enumerate(lines)
        if link in line.markdown and len(line.text) <= 600 and not _asks_of_it(line.text, phrases)
    ]  # fmt: skip
    ours = [
        place for place in _beginning(lines, phrases) if _all_phrases(words(lines[place].text[:400]), phrases)
    ]
    near = frozenset(ours)
    found: set[int] = set()
    for place in [
        *sure,
        *(here for here in ours if any(other in near for other in range(here + 1, here + 4))),
    ]:
        found.add(place)
        for step in (-1, 1):
            here, missed = place + step, 0
            while 0 <= here < len(lines) and missed < 2 and abs(here - place) < 12 and here not in found:
                if here in near or lines[here].text == "--" or is_link(lines[here].text):
                    found.add(here)
                    missed = 0
                elif not lines[here].blank:
                    break
                else:
                    missed += 1
                here += step
    return sorted(found)


@lru_cache(maxsize=1024)
def _phrase(line: str) -> tuple[str, ...]:
    """A line of our footer in words. Kept: a list has mostly the same for each mail, and threads the same people."""
    return tuple(words(line))


def _asks_of_it(text: str, phrases: Sequence[tuple[str, ...]]) -> bool:
    """Does a line with a link of ours say what no footer of ours says, as who asks why the link does nothing?"""
    vocabulary = {word for phrase in phrases for word in phrase}
    return text.endswith("?") or sum(word not in vocabulary for word in words(text)) > STRANGE


def _beginning(lines: Sequence[Line], phrases: Sequence[tuple[str, ...]]) -> list[int]:
    """The lines that begin with the first word of a phrase. Most are dismissed by two letters (1.2 -> 0.3 us)."""
    firsts = {phrase[0] for phrase in phrases}
    heads = {first[:2] for first in firsts}
    found = []
    for place, line in enumerate(lines):
        head = line.text[:2]
        if not head or (head.isascii() and head.isalnum() and head.lower() not in heads):
            continue
        if _first(line.text) in firsts:
            found.append(place)
    return found


def _first(text: str) -> str:
    """The first word of a line, as `words` has it."""
    found = _WORD.search(text[:100])
    return found[0].casefold() if found else ""


def _all_phrases(said: list[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    """Is a line nothing but lines of our footer, in their order or run together?"""
    at = 0
    while at < len(said):
        for phrase in phrases:
            if tuple(said[at : at + len(phrase)]) == phrase:
                at += len(phrase)
                break
        else:
            return False
    return bool(said)
