"""How values look on a page: dates in UTC, sizes, names; and what of a text may be shown to everybody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from markupsafe import Markup

from ..posting import render

MEMO = 20_000
"""Texts up to this many characters are remembered once their addresses are hidden."""
HIDDEN_NUMBER = "(phone number hidden)"

# A run of digits with the marks that people put between them; bounded, so that no text makes it slow.
_NUMBER = re.compile(r"[+(]{0,2}\d[\d ().\u00a0/\-]{5,24}\d")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./-]\d\d?[./-]\d{2,4}|\d{4}[./]\d\d?[./]\d\d?")
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
    date = when(microseconds)
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def day_until(first: int, last: int) -> str:
    """The first day of a span, without what the last one says again: the `1` of `1 – 5 July 2019`."""
    start, end = when(first), when(last)
    if start.year != end.year:
        return day(first)
    return str(start.day) if start.month == end.month else f"{start.day} {_MONTHS[start.month - 1]}"


def moment(microseconds: int) -> str:
    """As in `3 July 2019, 14:05`."""
    return f"{day(microseconds)}, {when(microseconds):%H:%M}"


def iso(microseconds: int) -> str:
    """For the `datetime` attribute (RFC 3339)."""
    return f"{when(microseconds):%Y-%m-%dT%H:%M:%SZ}"


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


def initials(name: str) -> str:
    """One or two letters that stand for a name in its mark."""
    words = [word for word in name.split() if word[:1].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()[:2] or "·"


def safe_text(text: str) -> str:
    """A text with the addresses in it hidden."""
    return _hidden(text) if len(text) <= MEMO else render.hide_addresses(text)


def safe_html(html: str) -> Markup:
    """A post's sanitised HTML, the addresses in it hidden."""
    return Markup(safe_text(html))  # noqa: S704 - sanitised by posting.render before it was stored


def safe_folded(text: str) -> str:
    """A folded text as plain words, without addresses and phone numbers: signatures hold them by nature."""
    text = _LINK.sub(_link, _BOLD.sub(r"\1", text))
    return _NUMBER.sub(_number, safe_text(text))


def opening(text: str, length: int = 110) -> str:
    """What a post is about, in one line without marks; reads on only where quotes come first."""
    line = _opening(_head(text, 4 * length), length)
    return (
        line if len(line) >= length // 3 or len(text) <= 4 * length else _opening(_head(text, 2000), length)
    )


def _head(text: str, size: int) -> str:
    """The beginning of a text, cut between words: half an address would not be known as one."""
    return text if len(text) <= size else text[:size].rpartition(" ")[0]


@lru_cache(maxsize=4096)
def _hidden(text: str) -> str:
    return render.hide_addresses(text)


@lru_cache(maxsize=8192)
def _opening(text: str, length: int) -> str:
    return render.excerpt(text, length)


def _link(match: re.Match[str]) -> str:
    words, target = match[1].strip(), match[2]
    if target.startswith("cid:"):
        return f"[picture: {words}]" if words else "[picture]"
    return target if not words or words in target else f"{words} ({target})"


def _number(match: re.Match[str]) -> str:
    run = match[0]
    digits = sum(character.isdigit() for character in run)
    return run if not 7 <= digits <= 16 or _DATE.match(run) else HIDDEN_NUMBER


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
