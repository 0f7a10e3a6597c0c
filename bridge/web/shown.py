"""How values look on a page: dates in UTC, sizes, names; and what of a text may be shown to everybody."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from markupsafe import Markup, escape

from ..posting import private, render
from ..posting.private import Masking
from ..store.archive import Entry, Found, ListOverview

GUEST = ' <span class="guest" title="Not a member: somebody copied this person in">guest</span>'

MEMO = 4_000
"""Texts up to this many characters are remembered once their addresses are hidden: 20 MB of them at the very most."""

LINE = 110
"""How long a line is that says what a post is about."""

_PIECE = re.compile(r'<(/?)([a-z][a-z0-9]{0,9})\b(?:[^<>"]|"[^"]{0,4000}"){0,40}>|([^<]+|<)')
_WHOSE = re.compile(r'<p class="quoted">.{0,900}?</p>', re.S)
_INLINE = {**dict.fromkeys(("a", "em", "strong", "code", "s", "bdi"), ""), "img": "(picture)"}
"""What tags that part no words stand for in plain text."""
# The marks of Markdown that a plain reader stumbles over.
_BOLD = re.compile(r"\*\*([^*\n]{1,200})\*\*")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\(([^\s()]{1,500})\)")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def when(microseconds: int) -> datetime:
    """A stored date as a datetime in UTC; one that no calendar has is its nearest end."""
    seconds = min(max(microseconds // 1_000_000, -62_135_596_800), 253_402_300_799)
    return datetime.fromtimestamp(seconds, UTC)


def day(microseconds: int) -> str:
    """As in `3 July 2019`."""
    return _day(when(microseconds))


def _day(date: datetime) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _moment(date: datetime) -> str:
    return f"{_day(date)}, {date.hour:02}:{date.minute:02}"


def _iso(date: datetime) -> str:
    # `strftime` takes five times as long.
    return f"{date.year:04}-{date.month:02}-{date.day:02}T{date.hour:02}:{date.minute:02}:{date.second:02}Z"


def day_until(first: int, last: int) -> str:
    """The first day of a span, without what the last one says again: the `1` of `1 – 5 July 2019`."""
    start, end = when(first), when(last)
    if start.year != end.year:
        return day(first)
    return str(start.day) if start.month == end.month else f"{start.day} {_MONTHS[start.month - 1]}"


def moment(microseconds: int) -> str:
    """As in `3 July 2019, 14:05`."""
    return _moment(when(microseconds))


def iso(microseconds: int) -> str:
    """For the `datetime` attribute (RFC 3339)."""
    return _iso(when(microseconds))


# What stands on a page many times is written by a function: a macro of a template takes ten times as long.


def at(microseconds: int) -> Markup:
    """Day and hour as HTML."""
    date = when(microseconds)
    return Markup(f'<time datetime="{_iso(date)}">{_moment(date)}</time>')  # noqa: S704 - digits and months


def on(microseconds: int) -> Markup:
    """A day as HTML."""
    date = when(microseconds)
    return Markup(f'<time datetime="{_iso(date)}">{_day(date)}</time>')  # noqa: S704 - digits and months


@lru_cache(maxsize=4096)
def named(name: str) -> Markup:
    """A name as HTML: its direction is its own, an address in it is hidden."""
    return Markup(f"<bdi>{escape(private.hide_addresses(name))}</bdi>")  # noqa: S704 - escaped


def figures(overview: ListOverview) -> str:
    """As in `3 threads, 12 posts by 1 person`."""
    written = f"{count(overview.threads, 'thread')}, {count(overview.posts, 'post')}"
    return f"{written} by {count(overview.people, 'person', 'people')}"


def author(post: Entry | Found) -> Markup:
    """Who wrote a post, as a link to his page; before him whose words it passes on, behind him that he is a guest."""
    passed_on = f'<b>{named(post.credit)}</b><span class="by">, forwarded by </span>' if post.credit else ""
    who = f'<a class="who" href="/people/{int(post.author_id)}">{named(post.author)}</a>'
    return Markup(f"{passed_on}{who}{GUEST if post.guest else ''}")  # noqa: S704 - names are escaped


def marked(pieces: Iterable[tuple[str, bool]]) -> Markup:
    """A text in pieces, of which some are marked."""
    said = [f"<mark>{escape(text)}</mark>" if sought else escape(text) for text, sought in pieces]
    return Markup("".join(said))  # noqa: S704 - escaped


def voices(names: Sequence[str], others: int) -> Markup:
    """As in `Ada, Ben and 3 others`."""
    said: list[str] = [named(name) for name in names]
    if others:
        said.append(count(others, "other"))
    return Markup(" and ".join([", ".join(said[:-1]), *said[-1:]] if len(said) > 1 else said))  # noqa: S704 - escaped


def size(octets: int) -> str:
    """As in `12 kB` or `3.4 MB`."""
    if octets < 1000:
        return f"{octets} B"
    if octets < 999_500:
        return f"{round(octets / 1000)} kB"
    return f"{octets / 1_000_000:.1f} MB"


def count(number: int, one: str, many: str = "") -> str:
    """As in `1 post` or `1,204 posts`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """One or two letters that stand for a name in its mark."""
    words = [word for word in name.split() if word[:1].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()[:2] or "·"


def safe_text(text: str) -> str:
    """A text with the addresses in it hidden."""
    return _hidden(text) if len(text) <= MEMO else private.hide_addresses(text)


def safe_words(text: str, masking: Masking) -> str:
    """A post's Markdown, what is private in it masked as its list and its author want it."""
    return _masked(text, masking) if len(text) <= MEMO else private.mask(text, masking)


def safe_title(title: str, masking: Masking) -> str:
    """A title, which is no post's own: masked unless its list masks nothing."""
    return safe_words(title, "none" if masking == "none" else "all")


def safe_html(written: str, masking: Masking) -> Markup:
    """A post's sanitised HTML, what is private in it masked."""
    short = len(written) <= MEMO
    masked = _masked_html(written, masking) if short else private.mask_html(written, masking)
    return Markup(masked)  # noqa: S704 - sanitised by posting.render before it was stored


def safe_folded(text: str) -> str:
    """A folded text as plain words, always masked: nobody meant a signature to be published."""
    return safe_words(_LINK.sub(_link, _BOLD.sub(r"\1", safe_words(text, "all"))), "all")


def opening(text: str, masking: Masking, length: int = LINE) -> str:
    """What a post is about, in one line without marks; reads on only where quotes come first."""
    most = max(length, LINE)  # the same line serves the outline and the answers, and is made once
    line = _opening(_head(text, 4 * most), masking, most)
    if len(line) < length // 3 and len(text) > 4 * most:
        line = _opening(_head(text, 2000), masking, most)
    return line if length == most else render.shortened(line, length)


def first_words(written: str, length: int = LINE) -> str:
    """The same line from a post's HTML as everybody may read it: in a tenth of the time, as nothing is parsed again."""
    if 'class="quoted"' in written:
        written = _WHOSE.sub("", written)
    said: list[str] = []
    quotes = size = 0
    for piece in _PIECE.finditer(written):
        closing, tag, words = piece.groups()
        if tag == "blockquote":
            quotes += -1 if closing else 1
        elif not quotes:
            said.append(words or (_INLINE.get(tag, " ")))
            size += len(words or "")
        if size > 3 * length:
            break
    line = " ".join(html.unescape("".join(said)).split())
    return render.shortened(private.hide_addresses(line), length)


def _head(text: str, size: int) -> str:
    """The beginning of a text, cut between lines or words: half an address would not be known as one."""
    return text if len(text) <= size else text[:size].rpartition("\n" if "\n" in text[:size] else " ")[0]


@lru_cache(maxsize=1024)
def _hidden(text: str) -> str:
    return private.hide_addresses(text)


@lru_cache(maxsize=1024)
def _masked(text: str, masking: Masking) -> str:
    return private.mask(text, masking)


@lru_cache(maxsize=512)
def _masked_html(written: str, masking: Masking) -> str:
    return private.mask_html(written, masking)


@lru_cache(maxsize=8192)
def _opening(text: str, masking: Masking, length: int) -> str:
    return render.excerpt(private.mask(text, masking), length)


def _link(match: re.Match[str]) -> str:
    words, target = match[1].strip(), match[2]
    if target.startswith("cid:"):
        return f"[picture: {words}]" if words else "[picture]"
    return target if not words or words in target else f"{words} ({target})"


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page of how many; `numbers` are those worth a link, 0 where some are left out."""

    at: int
    last: int

    @property
    def numbers(self) -> Sequence[int]:
        """The first, the last, and those around this one."""
        near = {1, self.last, *range(self.at - 2, self.at + 3)}
        wanted = sorted(n for n in near if 1 <= n <= self.last)
        numbers: list[int] = []
        for n in wanted:
            if numbers and n > numbers[-1] + 1:
                numbers.append(0)
            numbers.append(n)
        return numbers


def pager(at: int, total: int, per_page: int) -> Pager:
    """The pages of `total` entries."""
    return Pager(at, max(1, -(-total // per_page)))
