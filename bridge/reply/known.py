"""What only a bridge knows of a mail: the posts of its thread, its own letters, and how its author ends his mails.

Plain values, read from the store before a mail is cleaned; `NOTHING` where nothing is known. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post of the thread at hand, as Markdown.

    `around` is what was folded of its mail (signature, notice): a mail that quotes it may quote that too. `own` says
    that the author of the mail at hand wrote it.
    """

    id: int
    author: str
    text: str
    around: str = ""
    own: bool = False


class Sightings(NamedTuple):
    """In how many mails of the author, and of anybody at his domain, a line or paragraph stood at the end."""

    author: int = 0
    domain: int = 0


DOUBTED = Sightings(-1, -1)
"""Of a line that the author has restored, or used amid his words: it is no tail, whatever else is known."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a mail is cleaned."""

    posts: tuple[KnownPost, ...] = ()
    footer: tuple[str, ...] = ()
    """The lines that our letters put around a post, without the links in them."""
    url: str = ""
    """The site's URL: a line with a link of ours to unsubscribe is our footer."""
    tails: Mapping[str, Sightings] = field(default_factory=dict)
    """By fingerprint (`tails.fingerprints`)."""


NOTHING = Known()
