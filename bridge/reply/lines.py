"""The one form in which every mail is judged: lines with a quote depth, from plain text and from HTML alike.

A line of plain text keeps its marks (`> `) in `markdown` and loses them in `text`; a line from HTML has its words in
`text` and its Markdown, with the marks of its blockquotes before it, in `markdown`. Limits: FIRST and
LAST lines and WIDTH characters of a line are judged; what stands between and behind them is kept as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

WIDTH = 2000
FIRST, LAST, RUNS = 1_200, 300, 300
"""Lines at the top and at the end of a mail that are judged one by one; runs of lines between them."""
_MAY_MARK = frozenset(("", *" \t>＞\ufeff\u200b\u200e\u200f\u202a\u202b"))
PICTURE = "￼"
"""Stands in `Line.text` where the Markdown shows a picture."""

_MARKS = frozenset(">＞")
_ODD = re.compile(r"(\||[A-ZА-Я]{1,3}>|[A-Z][a-z]{1,11}>)(?: |$)")
_INITIALS = re.compile(r"([A-ZА-Я]{1,3}>) ")
_SAID = re.compile(r"\d:\d\d.{0,80}:$")
_DATED = re.compile(r"\d{4}|\d[./-]\d")
_PROMPTS = ("PS>", "SQL>", "DOS>", "GDB>", "CMD>")
_OPENED = re.compile(r"\w{3,12}:$")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Hint(Enum):
    """What the markup of the mail program says about a line."""

    NONE = auto()
    ATTRIBUTION = auto()
    """Inside the element in which a mail program writes its attribution line."""
    HEADER = auto()
    """Inside the element in which a mail program writes the header block of the mail below."""
    SIGNATURE = auto()


@dataclass(slots=True)
class Line:
    """One line: the words for judging, the Markdown for showing, the depth of quotation."""

    text: str
    markdown: str
    depth: int = 0
    hint: Hint = Hint.NONE
    paragraph: bool = False
    """The line is a whole paragraph (HTML), not cut at some column."""
    tints: tuple[str, ...] = ()
    """The colours of its words (HTML), as `markup.tint` names them; empty where all are in the usual one."""

    @property
    def blank(self) -> bool:
        """Holds no word and no picture."""
        return not self.text


def bare(text: str) -> str:
    """A line's words for judging: without direction marks and soft hyphens, spaces made plain, cut at WIDTH."""
    text = text[:WIDTH]
    if not text.isascii():
        text = _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ").replace("\u3000", " ")
    return text.strip()


def fold(text: str) -> str:
    """The form in which words of all languages are compared: NFC, case folded, no marks of direction."""
    if text.isascii():
        return text.lower()
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("’", "'")
    # The Turkish capital with a dot folds to two characters.
    return text.replace("İ", "i").casefold()


def holds(text: str, phrases: Iterable[str]) -> bool:
    """Does any of the phrases stand in the text? A plain loop: three times as fast as `any` with a generator."""
    for phrase in phrases:  # noqa: SIM110
        if phrase in text:
            return True
    return False


def count(text: str, phrases: Iterable[str]) -> int:
    """How many of the phrases stand in the text."""
    found = 0
    for phrase in phrases:
        if phrase in text:
            found += 1
    return found


def covering(pieces: Sequence[str], phrases: Iterable[str]) -> tuple[str, ...]:
    """What a text holds that holds any of the phrases: one of these `pieces`, or a phrase that has none of them.

    So a whole mail is asked for a few rare pieces, and its lines for the phrases only where one is there.
    """
    return (*pieces, *(phrase for phrase in phrases if not holds(phrase, pieces)))


def ascii_only(phrases: Iterable[str]) -> tuple[str, ...]:
    """Those of the phrases that can stand in a text in ASCII: most tables are halved by it."""
    return tuple(phrase for phrase in phrases if phrase.isascii())


def split_marks(line: str) -> tuple[int, str]:
    """The number of leading quote marks, and what stands behind them."""
    depth, place, end = 0, 0, len(line)
    start = 0
    while place < end:
        char = line[place]
        if char in _MARKS:
            depth += 1
            start = place + 1
        elif char not in " \t\ufeff\u200b\u200e\u200f\u202a\u202b" or place - start >= 3:
            break
        place += 1
    return depth, line[start:] if depth else line


def from_text(text: str) -> list[Line]:
    """The lines of a plain text body."""
    raws = text.split("\n")
    if len(raws) <= FIRST + LAST:
        return _read(raws)
    return [*_read(raws[:FIRST]), *_runs(raws[FIRST:-LAST]), *_read(raws[-LAST:])]


def _read(raws: list[str]) -> list[Line]:
    lines = []
    code = _fenced(raws) if any(raw.startswith("```") for raw in raws) else frozenset()
    for place, raw in enumerate(raws):
        if place in code or framed(raw):
            depth, words = 0, raw
        elif raw[:1] in _MAY_MARK:
            depth, words = split_marks(raw)
        else:
            depth, words = 0, raw
        lines.append(Line(bare(words), raw, depth))
    read_odd_marks(lines)
    return lines


def framed(text: str) -> bool:
    """Is it an attribution between marks, as GroupWise writes it: `>>> NAME DATE >>>`? They are no quote marks."""
    return text[:4] == ">>> " and text[-4:] == " >>>" and len(text) > 20


def _runs(raws: list[str]) -> list[Line]:
    """The middle of an endless text: its lines in runs, quoted ones and others."""
    found = []
    for quoted, run in groupby(raws, _looks_quoted):
        found.append(_run(list(run), int(quoted)))
        if len(found) > RUNS:
            found.append(_run(raws[_count(found) :], 0))
            break
    return found


def _looks_quoted(raw: str) -> bool:
    return (raw[:1] in ">＞" and raw != "") or raw.lstrip()[:1] == ">"


def _count(lines: list[Line]) -> int:
    return sum(line.markdown.count("\n") + 1 for line in lines)


def _run(raws: list[str], depth: int) -> Line:
    markdown = "\n".join(raws)
    return Line(bare(" ".join(markdown[:WIDTH].split())), markdown, depth)


def capped(lines: list[Line]) -> list[Line]:
    """Lines of which the first and the last are judged one by one, those between them in runs of one depth."""
    if len(lines) <= FIRST + LAST:
        return lines
    found = []
    for depth, run in groupby(lines[FIRST:-LAST], _depth):
        found.append(_run([line.markdown for line in run], depth))
    if len(found) > RUNS:
        found[RUNS:] = [_run([line.markdown for line in found[RUNS:]], 0)]
    return [*lines[:FIRST], *found, *lines[-LAST:]]


def _depth(line: Line) -> int:
    return line.depth


def _fenced(raws: list[str]) -> frozenset[int]:
    """The places of lines in fenced code blocks that are closed again: no marks are read there."""
    fences = [place for place, raw in enumerate(raws) if raw.startswith("```")]
    pairs = zip(fences[::2], fences[1::2], strict=False)
    return frozenset(place for first, last in pairs if last - first < 400 for place in range(first, last + 1))


def read_odd_marks(lines: list[Line], *, wrapped: bool = True) -> None:
    """Reads the marks of older programs: `| text`, `JB> text`; where `wrapped`, quoted lines cut by a narrow wrap too.

    One such line alone is prose; a Markdown table ends its lines with a bar.
    """
    last = ""
    often, end = _often(lines), len(lines) - 1
    for place, line in enumerate(lines):
        if line.depth:
            last = ""
            if (
                wrapped
                and _OPENED.match(line.text)
                and place
                and not lines[place - 1].depth
                and not lines[place - 1].blank
            ):
                line.depth = 0
            continue
        above = lines[place - 1] if place else None
        below = lines[place + 1] if place < end else None
        odd = _ODD.match(line.text) if ">" in line.text or "|" in line.text else None
        mark = odd.group(1) if odd and not line.text.endswith("|") else ""
        if mark and (
            mark == last
            or mark in often
            or (below and below.text.startswith(mark))
            or (above and above.text[-1:] == ":")
        ):
            line.depth, line.text, last = 1, line.text[len(mark) :].strip(), mark
            continue
        last = ""
        if mark:
            continue
        if wrapped and above and below and above.depth and below.depth and _cut(above.text, line.text):
            line.depth = above.depth


def _often(lines: list[Line]) -> frozenset[str]:
    """Initials that stand before several lines, as in `JB> text` between answers; prompts of consoles are none.

    One letter may be a drive: it counts where the first of these lines stands below one that says when and who; more
    of them count there alone, below a date. A bar counts where the first of several stands below a colon.
    """
    marks: Counter[str] = Counter()
    said = ""
    for line in lines:
        if line.text[:2] == "| " and line.text[-1] != "|" and (marks["|"] or said.endswith(":")):
            marks["|"] += 1
        found = _INITIALS.match(line.text) if ">" in line.text else None
        opened = bool(found and _SAID.search(said))
        if found and (len(found.group(1)) > 2 or marks[found.group(1)] or opened):
            marks[found.group(1)] += 2 if opened and len(found.group(1)) > 2 and _DATED.search(said) else 1
        said = line.text or said
    return frozenset(mark for mark, count in marks.items() if count > 1 and mark not in _PROMPTS)


def _cut(above: str, text: str) -> bool:
    return len(above) >= 60 and above[-1] not in ".!?:;" and text[:1].islower() and len(text) < len(above)


def without_mark(markdown: str) -> str:
    """A quoted line, or a run of them, with its outermost mark taken off."""
    if "\n" in markdown:
        return "\n".join(without_mark(line) for line in markdown.split("\n"))
    place = 0
    while place < len(markdown) and markdown[place] not in _MARKS:
        if not markdown[place].isspace():
            return markdown
        place += 1
    rest = markdown[place + 1 :]
    return rest[1:] if rest[:1] == " " else rest


def unmark(line: Line, marks: int = 8) -> None:
    """Takes the quote marks off a line, so many at most."""
    for _ in range(min(line.depth, marks)):
        line.markdown, line.depth = without_mark(line.markdown), line.depth - 1


def told(lines: Sequence[Line], place: int, ends: tuple[str, ...] = (":", "：")) -> bool:
    """Does the line above, of the last three, end with a colon, or with another of these ends?"""
    above = next((line.text for line in lines[max(place - 3, 0) : place][::-1] if line.text), "")
    return above.endswith(ends)


def paragraphs(lines: Sequence[Line], places: Iterable[int]) -> list[list[int]]:
    """The places of lines that are not blank, in runs that stand together."""
    runs: list[list[int]] = []
    last = -2
    for place in places:
        if not lines[place].text:
            continue
        if place != last + 1:
            runs.append([])
        runs[-1].append(place)
        last = place
    return runs
