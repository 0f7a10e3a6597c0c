"""The parts of a mail's text: each marked with what it is, and some of them folded.

Nothing is cut: a folded part is kept, shown on demand and restorable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

_GAPS = re.compile(r"\n{3,}")


class Kind(StrEnum):
    """What a part of a mail's text is."""

    WORDS = "words"
    """The author's own words."""
    QUOTE = "quote"
    """Quoted text with its attribution line or header block: an earlier mail."""
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    CLIENT = "client"
    """A line that a mail program or a gateway put in: "Sent from my phone", "Scanned by ...", "External sender"."""
    FOOTER = "footer"
    """A mailing list's footer, ours or another's."""
    FORWARD_HEADER = "forward-header"
    """The From/Date/Subject/To block above forwarded words."""
    FORWARDED = "forwarded"
    """Words passed on from somebody else: content."""


class Tag(NamedTuple):
    """What one line is."""

    kind: Kind = Kind.WORDS
    reason: str = ""
    folded: bool = False
    sure: bool = True


WORDS = Tag()


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a mail's text, as Markdown, with the reason why it was marked so."""

    kind: Kind
    text: str
    reason: str
    folded: bool
    post: int = 0
    """The post that a quote stands in, where the bridge knows it; else 0."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who wrote forwarded words, as the forward's header block says; `address` may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a mail says to its thread.

    `text` is the Markdown of all parts that are not folded; an inline picture stands in it as `![alt](cid:ID)`.
    `quoted_ids` are the Message-IDs and `quoted_links` the http(s) links that stand inside quoted parts.
    """

    parts: tuple[Part, ...]
    text: str
    credit: Credit | None
    quoted_ids: tuple[str, ...]
    quoted_links: tuple[str, ...]

    @property
    def folded(self) -> tuple[Part, ...]:
        """The parts that are kept but not shown."""
        return tuple(part for part in self.parts if part.folded)


def shown(parts: Iterable[Part]) -> str:
    """The Markdown of the parts that are not folded."""
    text = "\n\n".join([part.text.strip("\n") for part in parts if not part.folded])
    text = "\n".join([line.rstrip() for line in text.split("\n")])
    return (_GAPS.sub("\n\n", text) if "\n\n\n" in text else text).strip("\n")
