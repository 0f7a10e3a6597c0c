"""A mail's lines -> stretches: the author's own, quoted by mark or blockquote, and the tail below an opening.

A tail has no marks: everything below the opening belongs to the earlier mail. The reading is linear: each line is
looked at by a bounded number of openings, and a stretch is never entered twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from .lines import Hint, Line
from .openings import ADDRESS, CLOCK, DATE, Opening, ascii_digits
from .quotes import may_open, openers, opening_at

FENCED = 80
"""Lines of a block of code at most; fences further apart belong to different mails."""
TRIES = 600
"""Lines that are looked at closely for an opening; more stand in no honest mail."""


class Form(Enum):
    """How a stretch of lines is set off."""

    OWN = auto()
    QUOTE = auto()
    TAIL = auto()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines `start` to `end` (exclusive) of one form, with what introduces them."""

    form: Form
    start: int
    end: int
    opening: Opening | None = None

    @property
    def body(self) -> int:
        """The first line behind the opening."""
        return self.opening.end if self.opening else self.start


def stretches(lines: Sequence[Line], *, forwarding: bool = False, seen: bool = False) -> list[Stretch]:
    """The stretches of a mail, in order, covering all its lines; a forward has a tail even with no words above.

    `seen`: the opening of the mail that is answered was found before.
    """
    found: list[Stretch] = []
    own, place, count, words, tries = 0, 0, len(lines), False, 0
    code, opens = _code(lines), openers(lines)
    while place < count:
        line = lines[place]
        if not line.text:
            place += 1
            continue
        if place in code:
            place, words = code[place], True
            continue
        start, first = None, not forwarding and not words
        if tries < TRIES and (may_open(lines, place) if line.depth else opens[place]):
            tries += 1
            start = opening_at(lines, place)
            start = None if start and first and _is_plan(line, start) else start
        if forwarding and line.depth and start is None:
            start = _headed(lines, place)
        follows = _next(lines, start.end) if start else None
        end = _end(lines, place, start, follows, first=first)
        if end == place:
            place, words = place + 1, True
            continue
        if own < place:
            found.append(Stretch(Form.OWN, own, place))
        form = (
            Form.TAIL
            if end == count and start and line.depth == 0 and not _marked(lines, follows)
            else Form.QUOTE
        )
        found.append(Stretch(form, place, end, start))
        own = place = end
    if own < count:
        found.append(Stretch(Form.OWN, own, count))
    return _said(found, seen=seen)


def _end(
    lines: Sequence[Line], place: int, start: Opening | None, follows: int | None, *, first: bool
) -> int:
    """Behind the quoted lines that begin at `place`, or there where it is the author's own; `follows` is the first line
    below an opening, and `first` says that no words stand above it."""
    depth = lines[place].depth
    if start and follows is not None and lines[follows].depth > depth:
        return _quote_end(lines, follows, max(depth - 1, 0))
    if start and not depth:
        # Without words above, unmarked text below an attribution may well be the answer.
        return start.end if first and start.attribution and not start.headers else len(lines)
    return _quote_end(lines, place, 0) if depth else place


def _headed(lines: Sequence[Line], place: int) -> Opening | None:
    """The header block below a line in a blockquote that says, in words that we do not know, that it was passed on."""
    below = _next(lines, place + 1)
    if below is None or lines[below].depth != lines[place].depth or not may_open(lines, below):
        return None
    found = opening_at(lines, below)
    return replace(found, start=place, forward=True) if found and found.headers else None


def _said(found: list[Stretch], *, seen: bool) -> list[Stretch]:
    """Takes back what only looked like an attribution: a program writes one, with an address or a time."""
    last = next((n for n in range(len(found) - 1, 0, -1) if _is_sure(found[n].opening)), 0)
    last = len(found) if seen else last
    read: list[Stretch] = []
    for number, part in enumerate(found):
        start = part.opening
        if number >= last or part.form is not Form.QUOTE or not start or start.headers or _is_sure(start):
            read.append(part)
            continue
        above = read.pop().start if read and read[-1].form is Form.OWN else part.start
        read += [Stretch(Form.OWN, above, start.end), Stretch(Form.QUOTE, start.end, part.end)]
    return read


def _is_sure(start: Opening | None) -> bool:
    """Does an opening hold what a program knows of a mail: its header, an address, a date with a clock?"""
    if not start or not start.attribution:
        return bool(start and start.headers)
    text = ascii_digits(start.attribution)
    return bool(ADDRESS.search(text) or (CLOCK.search(text) and DATE.search(text)))


def _is_plan(line: Line, start: Opening) -> bool:
    """Does a mail begin with From, To and Date, and no address? Then it is a journey, or an hour, of its author's."""
    if not start.fields or line.depth or line.hint is not Hint.NONE or start.reason != "header block":
        return False
    named = any("@" in value for value in start.fields.values())
    return not named and list(start.fields)[:2] != ["sender", "date"]


def _code(lines: Sequence[Line]) -> dict[int, int]:
    """Where blocks of code begin, with the line behind each: an example of a mail's head is no opening."""
    fences = [place for place, line in enumerate(lines) if not line.depth and line.markdown.startswith("```")]
    pairs = zip(fences[::2], fences[1::2], strict=False)
    return {first: last + 1 for first, last in pairs if last - first <= FENCED}


def _marked(lines: Sequence[Line], place: int | None) -> bool:
    return place is not None and lines[place].depth > 0


def _next(lines: Sequence[Line], place: int) -> int | None:
    for here in range(place, min(place + 8, len(lines))):
        if lines[here].text:
            return here
    return None


def _quote_end(lines: Sequence[Line], place: int, depth: int) -> int:
    """Behind the last line deeper than `depth` that stands together with the line at `place`."""
    end = place + 1
    for here in range(place, len(lines)):
        if lines[here].depth > depth:
            end = here + 1
        elif lines[here].text:
            break
    return end
