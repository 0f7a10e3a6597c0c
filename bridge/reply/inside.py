"""Answers that the author typed into a quote without marks: by what he says above it, and by their colour.

Programs such as Outlook quote without marks. Who types into such a quote says so above it, or says nothing there, or
writes in another colour; Outlook on the web marks the blocks that were typed. Only the mail that is answered is looked
at, none of those below it. Where nothing tells the answers from the rest, all of that mail stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from . import standing
from .answers import has_words
from .contact import Writer, is_name_of, signs_off
from .layout import Form, Stretch
from .lines import Line, fold, unmark
from .markup import TYPED
from .openings import Opening
from .parts import Kind, Tag
from .pointing import names_colour, points_below
from .quotes import opening

ASKS = ("?", "？", "؟")
LOOKED = 200
"""Lines of the mail below that are looked at where its author says nothing."""
_NAMED = re.compile(r"[^\W\d_][\w .]{0,20}: \S")
_ARROW = re.compile(r"(?:-{1,3}>|={1,2}>|[→⇒➔➜►▶])\s?\S")
_BEHIND = re.compile(r"[?？؟]\s{0,8}(?:-{1,3}>|={1,2}>|<{2,3}|>{2,3}|--|[–—→⇒➔➜►▶])\s?\w")
"""An answer on the line of the question, set off as people do it: `Shall we? -- yes`."""
NEAR = 4
"""Lines above an answer among which the words that it answers are looked for."""


def show(lines: Sequence[Line], tags: list[Tag], layout: list[Stretch], who: Writer, *, bare: bool) -> None:
    """Unfolds what was typed into a quote, or all of the quote. `bare`: nothing came with the mail but its words."""
    number = next((n for n, part in enumerate(layout) if part.form is not Form.OWN), len(layout))
    if number == len(layout) or number > 1:
        return
    quote = layout[number]
    if tags[quote.start].kind is not Kind.QUOTE or not quote.opening:
        return
    if any(each.form is Form.OWN and has_words(lines, tags, each) for each in layout[number + 1 :]):
        return
    first = next((place for place in range(quote.body, quote.end) if not lines[place].blank), quote.end)
    if first == quote.end:
        return
    said = [
        place for place in range(quote.start) if tags[place].kind is Kind.WORDS and not lines[place].blank
    ]
    silent = all(tags[place].sure for place in range(quote.start)) and all(
        is_name_of(lines[place].text, who) for place in said
    )
    pointed = not silent and points_below(lines, said, who)
    if lines[first].depth and not lines[first].paragraph:
        if silent or pointed:
            _show_behind(lines, tags, first, quote.end)
        return
    found = _tinted(lines, first, quote.end) if any(line.tints for line in lines[first : quote.end]) else []
    marked = _marked(lines, first, _end(lines, first, quote.end), who)
    if found and _trusted(lines, found, said, silent=silent, pointed=pointed):
        _unfold(lines, tags, found, first, "in another colour than the quote around it")
    elif marked:
        _unfold(lines, tags, marked, first, "an answer behind a mark")
    elif pointed or (
        silent
        and bare
        and (
            _asks_and_tells(lines, first, _end(lines, first, quote.end), who)
            or _signed_below(lines, first, _end(lines, first, quote.end), quote.opening, who)
        )
    ):
        end = quote.end if pointed else _end(lines, first, quote.end)
        why = "the author says that he answers below" if pointed else "the author says nothing above it"
        for place in range(first, end):
            tags[place] = Tag(Kind.QUOTE, why, False)


def _show_behind(lines: Sequence[Line], tags: list[Tag], first: int, end: int) -> None:
    """Unfolds lines behind quote marks in which an arrow or dashes follow a question: its answer was typed there."""
    for place in range(first, min(end, first + LOOKED)):
        if lines[place].depth == lines[first].depth and _BEHIND.search(lines[place].text):
            tags[place] = Tag(Kind.QUOTE, "answered on the line of the question", False)


def _asks_and_tells(lines: Sequence[Line], first: int, end: int, who: Writer) -> bool:
    """Does a line in the mail that is answered follow a question at once, and ask nothing itself?"""
    said = [lines[place].text for place in range(first, min(end, first + LOOKED)) if lines[place].text]
    return (
        any(
            above.endswith(ASKS)
            and not below.endswith(ASKS)
            and not signs_off(below, who)
            and len(below.split()) > 1
            for above, below in pairwise(said[:-1] if signs_off(said[-1], who) else said)
        )
        if said
        else False
    )


def _signed_below(lines: Sequence[Line], first: int, end: int, start: Opening, who: Writer) -> bool:
    """Does the mail that is answered end with the name of the one who answers it?"""
    sender = fold(start.fields.get("sender", ""))
    if not sender or any(name in sender for name in who.name):
        return False
    last = [lines[place].text for place in range(max(first, end - 12), end) if lines[place].text][-3:]
    return any(is_name_of(text, who) for text in last)


def _end(lines: Sequence[Line], first: int, end: int) -> int:
    """Where the mail that is answered ends: at the one that it answers itself."""
    for place in range(first + 1, end):
        if not lines[place].blank and opening(lines, place):
            return place
    return end


def _tinted(lines: Sequence[Line], first: int, end: int) -> list[int]:
    """The lines of the mail that is answered which hold words in another colour than its own."""
    end = _end(lines, first, end)
    main = ""
    if lines[first].tints:
        sizes: Counter[str] = Counter()
        for line in lines[first:end]:
            sizes[line.tints[0] if line.tints else ""] += len(line.text)
        main = sizes.most_common(1)[0][0]
    return [
        place
        for place in range(first, end)
        if not lines[place].blank and any(tint != main for tint in lines[place].tints or ("",))
    ]


def _trusted(
    lines: Sequence[Line], found: Sequence[int], said: Sequence[int], *, silent: bool, pointed: bool
) -> bool:
    """Are lines in another colour answers, and no emphasis of the mail that is answered?"""
    tints = {tint for place in found for tint in lines[place].tints if tint}
    if TYPED in tints or any(tint in tints for place in said for tint in lines[place].tints):
        return True
    if pointed and any(names_colour(lines[place].text) for place in said):
        return True
    runs = sum(place - 1 not in found for place in found)
    asked = any(lines[above].text.endswith(ASKS) for above in _above(lines, found))
    return asked or (silent and runs > 1)


def _above(lines: Sequence[Line], found: Sequence[int]) -> list[int]:
    """For each run of these lines the one above it."""
    known = frozenset(found)
    above: list[int] = []
    for place in found:
        near = next((n for n in range(place - 1, max(place - NEAR, -1), -1) if not lines[n].blank), -1)
        if near >= 0 and near not in known:
            above.append(near)
    return above


def _marked(lines: Sequence[Line], first: int, end: int, who: Writer) -> list[int]:
    """Lines behind an arrow, or behind the writer's name or initials, if each of them stands below a question."""
    found: list[int] = []
    above = ""
    for place in range(first, min(end, first + LOOKED)):
        text = lines[place].text
        if not text:
            continue
        if not lines[place].depth and (_ARROW.match(text) or _names_writer(text, who)):
            if not above.endswith(ASKS) and (not found or above is not lines[found[-1]].text):
                return []
            found.append(place)
        elif found and above is lines[found[-1]].text and _NAMED.match(text) and _NAMED.match(above):
            return []  # a list of who does what
        above = text
    return found


def _names_writer(text: str, who: Writer) -> bool:
    """Does a line begin with the writer's name or initials and a colon, as in "JB: yes"?"""
    head, colon, rest = text[:30].partition(":")
    if not colon or not rest or not who.name or not head[:1].isupper():
        return False
    initials = sorted(word[0] for word in who.name)
    return is_name_of(head, who) or (len(initials) > 1 and sorted(head.lower()) == initials)


def _unfold(lines: Sequence[Line], tags: list[Tag], found: Sequence[int], first: int, why: str) -> None:
    for place in _above(lines, found):
        if place >= first:
            if not lines[place].depth:
                standing.quote(lines, [place])
            tags[place] = Tag(Kind.QUOTE, "quoted lines that are answered", False)
    for place in found:
        unmark(lines[place])
        tags[place] = Tag(Kind.WORDS, why)
