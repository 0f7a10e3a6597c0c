"""The words of a post, whole or cut for a digest: between paragraphs where possible, never inside a mark. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ...posting.private import hide_addresses, hide_keys
from ...posting.render import excerpt

SLACK = 1.3
"""A post this much longer than the limit is shown whole: a link to three more words would be a nuisance."""
_PICTURE = re.compile(r"!\[([^\[\]\n]{0,300})\]\(<?cid:[^()<>\s]{1,300}>?\)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_MARKS = re.compile(r"([\\`*_\[\]<>~|#!])")


class Words(NamedTuple):
    """The words as Markdown, the same to be read as they are, and how many of the post's words are not in them."""

    markdown: str
    plain: str
    left: int


@lru_cache(512)
def words(text: str, masked: frozenset[str], size: int) -> Words:
    """About `size` characters of a post, without the addresses that its letter is not to pass on."""
    whole = shown_words(text, masked)
    if len(whole) <= size * SLACK:
        return Words(whole, whole, 0)
    kept: list[str] = []
    room = size
    for block in _blocks(whole):
        if len(block) > room:
            break
        kept.append(block)
        room -= len(block) + 2
    if kept and room < size * 0.7:
        markdown = plain = "\n\n".join(kept)
    else:  # a line of plain words may be cut anywhere; what is left of a cut list or table may not
        plain = excerpt(whole, size)
        markdown = _MARKS.sub(r"\\\1", plain)
    return Words(markdown, plain, max(1, len(whole.split()) - len(plain.split())))


def shown_words(text: str, masked: Iterable[str]) -> str:
    """The post's Markdown without pictures, the addresses of others, and the tokens of another's letter."""
    text = hide_keys(text)
    for address in masked:
        text = re.sub(re.escape(address), f"{address.partition('@')[0]}@…", text, flags=re.IGNORECASE)
    text = "\n".join(hide_addresses(row) if row.lstrip().startswith(">") else row for row in text.split("\n"))
    return _PICTURE.sub(lambda m: f"(picture: {m[1]})" if m[1] else "(picture)", text).strip("\n")


def _blocks(text: str) -> Iterable[str]:
    """Paragraphs between blank lines; what stands between fences is one."""
    block: list[str] = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        if line.strip() or fenced:
            block.append(line)
        elif block:
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)
