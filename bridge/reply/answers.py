"""Which quoted lines stay: those that answers hang on, and those that the author put in himself.

Answers between quoted stretches are told by the layout alone; what was typed inside a stretch is for `inside`. Each
question is asked once of each line.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import contact
from .layout import Form, Stretch
from .lines import Line, paragraphs, told
from .parts import Kind, Tag

LEADS = 5
"""Words at least of a sentence that leads to a quote; attributions in languages that we do not know are shorter."""
SHOWN = 12
"""Lines at most of what a person quotes so; he leaves longer quotes to his program."""


def keep_answered(lines: Sequence[Line], tags: list[Tag], layout: list[Stretch], *, typed: bool) -> None:
    """Unfolds the quoted lines that answers hang on, and those that the author put in himself."""
    wordy = [
        number
        for number, part in enumerate(layout)
        if part.form is Form.OWN
        and has_words(lines, tags, part)
        and (number == 0 or not _signs_off(lines, tags, part))
    ]
    standing = frozenset(wordy)
    quotes = [number for number, part in enumerate(layout) if part.form is Form.QUOTE]
    below = frozenset(
        number for number in quotes if not layout[number].opening and lines[layout[number].start].depth
    )
    introduced = [number for number in quotes if layout[number].opening]
    answered = frozenset(number for number in quotes if number + 1 in standing)
    spoken = [number for number in wordy if not _greets(lines, layout[number])]
    last = max(answered, default=len(layout))
    amid = any(number > last for number in below)
    interleaved = len(answered) > 1 or bool(answered and (amid or (spoken and spoken[0] < min(answered))))
    for number in quotes:
        part = layout[number]
        if part.opening is None and (
            typed
            or _leads_to(lines, part)
            or (introduced and number < introduced[-1] and wordy and number > wordy[0])
        ):
            places = list(range(part.start, part.end))
        elif typed and number and part.opening and not part.opening.headers and number in answered:
            places = list(range(part.start, part.end))  # a new mail, in which somebody else is quoted
        elif number in answered and (interleaved or part.opening is None):
            places = _last_said(lines, part.body, part.end)
        else:
            continue
        for place in places:
            tags[place] = Tag(Kind.QUOTE, "quoted lines that are answered", False)


def _leads_to(lines: Sequence[Line], part: Stretch) -> bool:
    """Does a sentence of the author's, with a colon, lead to a few quoted lines? Programs name a day or an address."""
    if not told(lines, part.start) or part.end - part.start > SHOWN:
        return False
    above = next(line for line in lines[max(part.start - 3, 0) : part.start][::-1] if line.text)
    words = above.text.split()
    return (
        above.depth == 0
        and len(words) >= LEADS
        and not any(char.isdigit() or char in "@<" for char in above.text)
        and sum(map(str.islower, words)) * 2 > len(words)
    )


def _last_said(lines: Sequence[Line], start: int, end: int) -> list[int]:
    """The last paragraph of a quote; with the one above it where it may be a name, and that alone above a sign-off."""
    runs = paragraphs(lines, range(start, end))
    if len(runs) > 1 and len(runs[-1]) <= 3:
        texts = [lines[place].text for place in runs[-1]]
        if contact.closing(texts[0]) and all(len(text) < 40 for text in texts):
            return runs[-2]
        if len(texts) == 1 and len(texts[0]) < 30 and texts[0][-1].isalnum() and len(texts[0].split()) <= 3:
            return list(range(runs[-2][0], runs[-1][-1] + 1))
    return runs[-1] if runs else []


def _greets(lines: Sequence[Line], part: Stretch) -> bool:
    """Is there nothing but a salutation?"""
    texts: list[str] = []
    for line in lines[part.start : part.end]:
        if line.text:
            texts.append(line.text)
            if len(texts) > 1:
                return False
    return (
        len(texts) == 1
        and len(texts[0]) < 40
        and texts[0][-1] in ",!.，،"
        and len(texts[0].split()) <= 4
        and "?" not in texts[0]
    )


def _signs_off(lines: Sequence[Line], tags: Sequence[Tag], part: Stretch) -> bool:
    """Is there nothing but a sign-off with a name?"""
    left: list[str] = []
    for place in range(part.start, part.end):
        if lines[place].text and tags[place].kind is Kind.WORDS:
            left.append(lines[place].text)
            if len(left) > 3:
                return False
    return bool(left) and bool(contact.closing(left[0])) and all(len(text) < 40 for text in left)


def has_words(lines: Sequence[Line], tags: Sequence[Tag], stretch: Stretch) -> bool:
    for place in range(stretch.start, stretch.end):  # noqa: SIM110 - it is asked of each line
        if speaks(lines[place], tags[place]):
            return True
    return False


def speaks(line: Line, tag: Tag) -> bool:
    return bool(line.text) and tag.kind in (Kind.WORDS, Kind.FORWARDED) and not contact.is_rule(line.text)


def named_answers(lines: Sequence[Line], start: int, end: int, who: contact.Writer) -> list[int]:
    """Lines that the writer put into the mail below behind his name, as in `[Jo] Yes.`, with the line above each."""
    if not who.name:
        return []
    kept: list[int] = []
    answering, above = False, -1
    for place in range(start, end):
        text = lines[place].text
        head, closed, rest = text[1:42].partition("]") if text[:1] == "[" else ("", "", "")
        if closed and rest and contact.is_name_of(head, who):
            if not answering and above >= 0:
                kept.append(above)
            answering = True
            kept.append(place)
        elif not text:
            answering = False
        else:
            answering, above = False, place
    return kept
