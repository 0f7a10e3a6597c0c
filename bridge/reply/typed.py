"""What the author typed into a quote of a post that is known: lines that stand in none, and the ends of some that do.

Linear in the quoted lines; an answer has GAP lines at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import signature
from .cardlines import reaches
from .contact import Writer
from .known import KnownPost
from .lines import Line
from .quotes import opening
from .standing import RUN, Stand
from .wording import words

_WORD = re.compile(r"[^\W_]+")
GAP = 12
"""Lines of an answer between quoted ones at most."""
LONGEST = 60
"""Words behind a quoted sentence at most that are an answer."""
CLOSELY = 100
"""Lines that are looked up in the posts as they stand."""
REACH = 300
"""Characters at the end of a line in which a link or an address may have been changed on the way."""
ASKS = ("?", "？", "؟")
SET_OFF = frozenset("?？؟.!:;-–—>/=([。！：，…")
"""What parts a quoted line from the answer behind it."""


def answers_inside(
    lines: Sequence[Line], found: Sequence[Stand], quoted: Sequence[int], url: str
) -> tuple[list[int], list[int]]:
    """The lines among `quoted` that were typed between lines of one post, and the lines of the post above them."""
    typed: list[int] = []
    answered: list[int] = []
    last = -1
    for number, place in enumerate(quoted):
        if not found[place].post or found[place].share < 0.5:
            continue
        if last >= 0:
            between = quoted[last + 1 : number]
            if between and _is_answer(lines, found, quoted[last], between, place):
                typed += between
                answered += _paragraph_above(lines, found, quoted[: last + 1])
        last = number
    below = _below(lines, found, quoted[last:], url) if last >= 0 else []
    if below and lines[quoted[last]].text.endswith(ASKS):
        answered += _paragraph_above(lines, found, quoted[: last + 1])
    return typed + below, answered


def going_on(
    lines: Sequence[Line], found: Sequence[Stand], quoted: Sequence[int], posts: Sequence[KnownPost]
) -> Iterator[int]:
    """The lines among `quoted` behind whose own end an answer was typed, as in "Who comes? I do.".

    A line that begins like one of a post and stands wholly in another is that other's.
    """
    maybe = [place for place in quoted if _goes_on(lines[place], found[place])][:CLOSELY]
    whole = (
        [f" {' '.join(words(text))} " for post in posts for text in (post.text, post.around)] if maybe else []
    )
    for place in maybe:
        said = f" {' '.join(words(lines[place].text))} "
        if not any(said in each for each in whole):
            yield place


def _goes_on(line: Line, stand: Stand) -> bool:
    rest = int(stand.words) - stand.lead
    if not stand.post or stand.lead < RUN or not 0 < rest <= LONGEST or reaches(line.text[-REACH:]):
        return False
    starts = [found.start() for found in _WORD.finditer(line.text)]
    return len(starts) > rest and line.text[: starts[-rest]].rstrip()[-1:] in SET_OFF


def _below(lines: Sequence[Line], found: Sequence[Stand], quoted: Sequence[int], url: str) -> list[int]:
    """What was typed below the end of a post whose quote has no marks; `quoted` begins with its last line.

    A letter of ours in which more stands below the post, as in a digest, has links to our `url` there.
    """
    last, *below = quoted
    if found[last].share < 1 or not 0 < len(below) <= GAP:
        return []
    if url and any(url in lines[place].markdown for place in below):
        return []
    for number, place in enumerate(below):
        if opening(lines, place):
            below = below[:number]
            break
    depth = lines[last].depth
    if any(lines[place].depth != depth or (depth and not lines[place].paragraph) for place in below):
        return []
    if any(found[place].share >= 0.2 or not found[place].words for place in below):
        return []
    folded = signature.mark(lines, last, below[-1] + 1, Writer()) if below else {}
    return [place for place in below if place not in folded]


def _is_answer(
    lines: Sequence[Line], found: Sequence[Stand], above: int, between: Sequence[int], below: int
) -> bool:
    post = found[above].post
    return (
        len(between) <= GAP
        and found[below].post == post
        and found[above].share == found[below].share == 1
        and all(lines[place].depth <= lines[below].depth == lines[above].depth for place in between)
        and all(found[place].share < 0.2 and found[place].words for place in between)
        and not any(opening(lines, place) for place in between)
    )


def _paragraph_above(lines: Sequence[Line], found: Sequence[Stand], quoted: Sequence[int]) -> list[int]:
    """The last lines of a post, up to a blank line."""
    run = [quoted[-1]]
    for place in reversed(quoted[:-1]):
        if place != run[0] - 1 or found[place].post != found[run[0]].post or len(run) > GAP:
            break
        run.insert(0, place)
    return run
