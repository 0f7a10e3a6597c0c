"""A mail -> what its author wrote: parts marked with what they are, some of them folded, nothing cut.

The order: lines, stretches (own, quoted, tail), a forward or a reply, which quoted lines answers hang on, what stands
below the words. In doubt a line stays. Time grows linearly with the mail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..mail.message import Message
from . import answers, contact, footers, forward, html, inside, program, signature, standing, tails, typed
from .attribution import split_shared
from .contact import Found, Writer
from .known import NOTHING, Known
from .layout import Form, Stretch, stretches
from .lines import Hint, Line, capped, from_text, paragraphs, unmark
from .openings import Opening
from .parts import WORDS, Credit, Kind, Part, Reply, Tag, shown
from .quotes import is_forward_subject, opening
from .standing import Stand

TEXT = 1_000_000
"""Characters of a plain text that are judged; what stands behind them is kept as words."""
ROUNDS = 4
LONG = 1500
"""Lines from which on a mail is gone over once only."""

ATTACHED = 20
"""Attached mails whose words are shown."""

_IDS = re.compile(r"<([^\s<>@]{1,200}@[^\s<>@]{1,200})>")
_LINKS = re.compile(r"https?://[^\s<>\"')\]]{1,1000}")


def clean(message: Message, known: Known = NOTHING, lines: list[Line] | None = None) -> Reply:
    """What the author of the mail wrote; never raises on a parsed mail. `lines` are its `body`, if read already."""
    lines = body(message) if lines is None else lines
    footer = standing.footer_lines(lines, known)
    found = standing.quote_known(lines, known, footer, forwarding=is_forward_subject(message.subject))
    tags, credit = _tags(message, lines, known, pointed=not any(stand.post for stand in found))
    if known is not NOTHING and credit is None:
        _mark_known(lines, tags, footer, found, known)
    parts = _parts(lines, tags, found)
    if message.forwarded:
        parts, credit = _attached(message, parts, credit)
    quoted = "\n".join(part.text for part in parts if part.kind in (Kind.QUOTE, Kind.FOOTER))[:TEXT]
    ids = tuple(dict.fromkeys(_IDS.findall(quoted)))[:100]
    links = tuple(dict.fromkeys(_LINKS.findall(quoted)))[:100]
    return Reply(tuple(parts), shown(parts), credit, ids, links)


def body(message: Message) -> list[Line]:
    """The lines of the body: of its HTML where that holds the words, else of its text."""
    text = message.text or ""
    if message.html:
        lines = capped(html.read(message.html))
        words = sum(len(line.text) for line in lines)
        if words and (words >= len(text) // 3 or words > 20_000 or not text.strip()):
            return lines
    return split_shared(from_text(text))


def _tags(
    message: Message, lines: Sequence[Line], known: Known, *, pointed: bool
) -> tuple[list[Tag], Credit | None]:
    """Marks the lines, and goes over what stays until nothing more is found."""
    tags = [WORDS] * len(lines)
    places = list(range(len(lines)))
    who = contact.writer(message.author.name, message.author.address) if message.author else Writer()
    credit, seen, whole = None, False, False
    for turn in range(ROUNDS if len(lines) < LONG else 1):
        here = [lines[place] for place in places]
        layout = stretches(here, forwarding=is_forward_subject(message.subject), seen=seen)
        if whole and _is_plain(here, layout):
            marked, found = [WORDS] * len(here), None
            _mark_learned(here, marked, layout, who, known)
        else:
            marked, found = _mark(message, here, layout, who, known, first=turn == 0, pointed=pointed)
        credit = credit or found
        for place, tag in zip(places, marked, strict=True):
            if tags[place] == WORDS or (tag != WORDS and not _answered(tags[place], tag)):
                tags[place] = tag
        left = [place for place in places if not tags[place].folded]
        if credit is not None or len(left) == len(places):
            break
        places, whole = left, _stays_whole(here, marked)
        seen = seen or any(
            tag.kind is Kind.QUOTE and tag.folded and tag.reason != "quoted text" for tag in marked
        )
    return tags, credit


def _answered(before: Tag, tag: Tag) -> bool:
    """Were they quoted lines that answers hang on while the whole mail was seen?"""
    return before.kind is tag.kind is Kind.QUOTE and not before.folded


def _stays_whole(lines: Sequence[Line], tags: Sequence[Tag]) -> bool:
    """Is what stays one run of plain words, without rules? Then what stands below them has been looked for."""
    said = [place for place, line in enumerate(lines) if line.text]
    kept = [place for place in said if not tags[place].folded]
    at = said.index(kept[0]) if kept else 0
    return said[at : at + len(kept)] == kept and not any(
        tags[place] is not WORDS
        or lines[place].depth
        or lines[place].hint is not Hint.NONE
        or contact.is_rule(lines[place].text)
        for place in kept
    )


def _is_plain(lines: Sequence[Line], layout: Sequence[Stretch]) -> bool:
    """Are there no quotes, no warning above and no footer below, now that nothing else stands around?

    Most mails are so when they are looked at again: two thirds of that look are spared, a sixth of the cleaning.
    """
    end = len(lines)
    return (
        len(layout) == 1
        and layout[0].form is Form.OWN
        and not program.banner(lines, 0, end)
        and footers.footer(lines, 0, end, {}) == end
    )


def _mark(
    message: Message, lines: list[Line], layout: list[Stretch], who: Writer, known: Known,
    *, first: bool, pointed: bool,
) -> tuple[list[Tag], Credit | None]:  # fmt: skip
    tags = [WORDS] * len(lines)
    passed = _passed_on(message, lines, layout, ours=bool(known.posts)) if first else None
    if passed is not None:
        passed = Stretch(passed.form, passed.start, len(lines), passed.opening)
        layout = [part for part in layout if part.start < passed.start] + [passed]
    credit = None
    for number, stretch in enumerate(layout):
        if stretch is passed and stretch.opening:
            credit = _mark_forward(lines, tags, stretch, stretch.opening, who)
            if credit is None:
                credit = Credit("", "")
        elif stretch.form is not Form.OWN:
            reason = stretch.opening.reason if stretch.opening else "quoted text"
            tags[stretch.start : stretch.end] = [Tag(Kind.QUOTE, reason, True)] * (
                stretch.end - stretch.start
            )
            for place in answers.named_answers(lines, stretch.body, stretch.end, who):
                tags[place] = Tag(Kind.QUOTE, "an answer behind the author's name", False)
        else:
            for place in range(stretch.start, stretch.end):
                if lines[place].depth:
                    tags[place] = Tag(Kind.QUOTE, "quoted text", True)
            _put(tags, program.client_lines(lines, stretch.start, stretch.end))
            if number == 0:
                _put(tags, program.banner(lines, stretch.start, stretch.end))
    _mark_below(lines, tags, layout, who)
    _mark_learned(lines, tags, layout, who, known)
    if pointed:
        inside.show(lines, tags, layout, who, bare=not message.attachments)
    alone = all(stretch.form is Form.QUOTE and stretch.opening is None for stretch in layout)
    keep_typed = (bool(message.message_id or message.subject) or alone) and not forward.answers(message)
    answers.keep_answered(lines, tags, layout, typed=keep_typed)
    _keep_something(lines, tags, who, bare=not message.attachments)
    return tags, credit


def _put(tags: list[Tag], found: dict[int, Found]) -> None:
    for place, mark in found.items():
        tags[place] = Tag(mark.kind, mark.reason, True, mark.sure)


def _passed_on(
    message: Message, lines: Sequence[Line], layout: list[Stretch], *, ours: bool
) -> Stretch | None:
    for stretch in layout:
        if stretch.form is Form.OWN:
            continue
        if stretch.opening is None:
            bare = stretch is layout[-1] and forward.is_new(message)
            start = Opening(stretch.start, stretch.start, "forwarded words", True, False)
            return replace(stretch, opening=start) if bare else None
        above = any(not line.blank for line in lines[: stretch.start])
        tail = stretch.form is Form.TAIL
        return (
            stretch
            if forward.passes_on(message, stretch.opening, above=above, tail=tail, ours=ours)
            else None
        )
    return None


def _mark_forward(
    lines: list[Line], tags: list[Tag], stretch: Stretch, start: Opening, own: Writer
) -> Credit | None:
    """Marks the header and the body of a forward; a body behind quote marks loses one of them."""
    for place in range(stretch.start, start.end):
        tags[place] = Tag(Kind.FORWARD_HEADER, start.reason, True)
    place = start.end
    heads: set[int] = set()
    while place < stretch.end:
        nested = opening(lines, place) if not lines[place].blank else None
        if nested and nested.headers:
            heads.update(range(place, nested.end))  # it tells whose words follow, and is no contact block
        if nested and nested.forward and nested.end <= stretch.end:
            for here in range(place, nested.end):
                tags[here] = Tag(Kind.FORWARD_HEADER, nested.reason, True)
            place = nested.end
            continue
        tags[place] = Tag(Kind.FORWARDED, "forwarded words")
        place += 1
    words = (
        n for n in range(start.end, stretch.end) if tags[n].kind is Kind.FORWARDED and not lines[n].blank
    )
    first = next(words, stretch.end)
    body_depth = lines[first].depth if first < stretch.end else 0
    for line in lines[start.end : stretch.end]:
        unmark(line, min(body_depth, 8))
    credit = forward.credit(start)
    who = contact.writer(credit.name, credit.address) if credit else Writer()
    below = signature.mark(lines, start.end, stretch.end, who)
    signed = [place for place, mark in below.items() if mark.kind is Kind.SIGNATURE]
    if contact.signs(lines, signed) and not any(
        contact.is_name_of(lines[place].text, own) for place in signed
    ):
        below = {place: mark for place, mark in below.items() if mark.kind is not Kind.SIGNATURE}
    for here in _commented(lines, below, who, own):
        tags[here] = Tag(Kind.WORDS, "below the forwarded mail")
    for here, mark in below.items():
        if tags[here].kind is Kind.FORWARDED and lines[here].depth == 0 and here not in heads:
            tags[here] = Tag(mark.kind, mark.reason, True, mark.sure)
    return credit


def _commented(lines: list[Line], below: dict[int, Found], who: Writer, own: Writer) -> list[int]:
    """What the one who passes a mail on wrote below its signature, where his own name ends it."""
    last = max((place for place in below if not lines[place].blank), default=-1)
    if last < 0 or who.name & own.name or not contact.is_name_of(lines[last].text, own):
        return []
    runs = paragraphs(lines, sorted(below))
    return [place for run in runs[1:] for place in run if below[place].kind is Kind.SIGNATURE]


def _mark_below(lines: Sequence[Line], tags: list[Tag], layout: list[Stretch], who: Writer) -> None:
    """Marks what stands below the words: in the last own stretches, up to one that holds words."""
    for stretch in reversed(layout):
        if stretch.form is not Form.OWN:
            continue
        _put(tags, signature.mark(lines, stretch.start, stretch.end, who))
        if answers.has_words(lines, tags, stretch):
            break
    for stretch in layout[:-1]:
        if stretch.form is Form.OWN:
            _put(tags, signature.mark_sure(lines, stretch.start, stretch.end, who))


def _mark_learned(
    lines: Sequence[Line], tags: list[Tag], layout: list[Stretch], who: Writer, known: Known
) -> None:
    """Marks what the author has ended mails with before, in the last own stretch that holds words."""
    if known is NOTHING:
        return
    stretch = next(
        (each for each in reversed(layout) if each.form is Form.OWN and answers.has_words(lines, tags, each)),
        None,
    )
    if stretch is None:
        return
    own = [place for place in range(stretch.start, stretch.end) if not lines[place].blank]
    folded = frozenset(place for place in own if tags[place].folded)
    texts = [line.markdown for line in lines]
    quoted = tails.quoted_of(texts, [n for n, tag in enumerate(tags) if tag.kind is Kind.QUOTE], who)
    _put(tags, tails.learned(texts, own, folded, who, known, quoted))


def _mark_known(
    lines: Sequence[Line], tags: list[Tag], footer: Sequence[int], found: Sequence[Stand], known: Known
) -> None:
    """Marks our own footer, and unfolds what was typed between the lines of a quoted post."""
    for place in footer:
        tags[place] = Tag(Kind.FOOTER, "footer of our own letters", True)
    if not found:
        return
    quoted = [n for n, tag in enumerate(tags) if tag.kind is Kind.QUOTE and tag.folded and not lines[n].blank]
    new, answered = typed.answers_inside(lines, found, quoted, known.url)
    for place in answered:
        if not lines[place].depth:
            standing.quote(lines, [place])
        tags[place] = Tag(Kind.QUOTE, "quoted lines that are answered", False)
    for place in new:
        unmark(lines[place])
        tags[place] = Tag(Kind.WORDS, "new amid the lines of a quoted post")
    for place in typed.going_on(lines, found, quoted, known.posts):
        unmark(lines[place])
        tags[place] = Tag(Kind.WORDS, f"goes on where a line of post {found[place].post} ends")


def _keep_something(lines: Sequence[Line], tags: list[Tag], who: Writer, *, bare: bool) -> None:
    """A mail of which everything but his name was guessed away shows what was guessed; rules alone are no words."""
    for line, tag in zip(lines, tags, strict=True):
        if answers.speaks(line, tag) and not contact.is_name_of(line.text, who):
            return
    for place, tag in enumerate(tags):
        if not tag.sure and bare:
            tags[place] = Tag(tag.kind, tag.reason, False)
        elif tag == WORDS and contact.is_rule(lines[place].text):
            tags[place] = Tag(Kind.SIGNATURE, "a rule with no words", True)


def _parts(lines: Sequence[Line], tags: Sequence[Tag], found: Sequence[Stand] = ()) -> list[Part]:
    """Runs of lines of one kind; blank lines go with the lines above them."""
    parts: list[Part] = []
    start, current = 0, WORDS
    for place, (line, tag) in enumerate(zip(lines, tags, strict=True)):
        if not line.text and (place > start or not tag.folded) and not line.markdown.strip():
            continue
        if tag is not current and tag[:3] != current[:3]:
            if place > start:
                parts.append(_part(lines, start, place, current, found))
            start, current = place, tag
    if start < len(lines):
        parts.append(_part(lines, start, len(lines), current, found))
    return parts


def _part(lines: Sequence[Line], start: int, end: int, tag: Tag, found: Sequence[Stand]) -> Part:
    text = "\n".join(line.markdown for line in lines[start:end])
    post = standing.most(found[start:end]) if tag.kind is Kind.QUOTE else 0
    if not post:
        return Part(tag.kind, text, tag.reason, tag.folded)
    stands = f"stands in post {post}"
    plain = tag.reason in ("quoted text", "quoted lines that are answered")
    return Part(tag.kind, text, stands if plain else f"{tag.reason}; {stands}", tag.folded, post)


def _attached(message: Message, parts: list[Part], credit: Credit | None) -> tuple[list[Part], Credit | None]:
    """Adds the words of mails that came as attachments (message/rfc822); the first of them is credited."""
    for inner in message.forwarded[:ATTACHED]:
        words = "\n".join(line.markdown for line in body(inner)).strip("\n")
        if not words:
            continue
        name, address = (inner.author.name, inner.author.address) if inner.author else ("", "")
        if credit is None:
            credit = Credit(name, address) if inner.author else None
        elif (name, address) != (credit.name, credit.address):
            words = ", ".join(said for said in (name, inner.subject) if said) + f":\n\n{words}"
        parts = [*parts, Part(Kind.FORWARDED, words, "attached mail", False)]
    return parts, credit
