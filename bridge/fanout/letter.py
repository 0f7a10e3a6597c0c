"""The values of a letter: what goes into it, and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from ..posting.post import MailingList, Post
from ..posting.site import Site


class Slot(Enum):
    """What differs from copy to copy: filled with a token's ASCII bytes, at most 70."""

    VERP = "verp"
    """The token of the envelope sender, which no letter shows."""
    REPLY = "reply"
    UNSUBSCRIBE = "unsubscribe"

    __hash__ = object.__hash__  # Enum's own is a Python function, called ten times a copy


@dataclass(frozen=True, slots=True)
class Letter:
    """A composed letter: pieces between which the slots stand."""

    pieces: tuple[bytes | Slot, ...]
    message_id: str
    signatures: Callable[[Mapping[Slot, bytes]], bytes] | None = None
    """Gives the signature headers of one copy, which stand above all others: see `dkim.signed`."""
    vouched: str | None = None
    """What vouched for the mail that the letter passes on, a result as RFC 8601 writes it; None: it passes on none."""

    def fill(self, slots: Mapping[Slot, bytes]) -> bytes:
        """One reader's copy; KeyError where a slot of the letter has no value."""
        # To ask for the class of bytes takes a quarter of the time of `isinstance` with an enum, ten times a copy.
        copy = b"".join([piece if piece.__class__ is bytes else slots[piece] for piece in self.pieces])  # type: ignore[index]
        return self.signatures(slots) + copy if self.signatures else copy

    def for_data(self) -> Letter:
        """The letter as SMTP's DATA takes it but for its end: dots doubled at line starts (RFC 5321 section 4.5.2).

        Once for all copies, for looking through each of 11 kB takes 8 us of 60. No slot begins a line with a dot.
        """
        pieces = [
            piece.replace(b"\r\n.", b"\r\n..") if isinstance(piece, bytes) else piece for piece in self.pieces
        ]
        first, last = pieces[0], pieces[-1]
        if isinstance(first, bytes) and first.startswith(b"."):
            pieces[0] = b"." + first
        closed = isinstance(last, bytes) and last.endswith(b"\r\n")
        return replace(self, pieces=tuple(pieces) if closed else (*pieces, b"\r\n"))


@dataclass(frozen=True, slots=True)
class Answered:
    """The post that a post answers: its author's name and first words, on one line."""

    name: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture that travels with the letter; `content_id` is the ID of `![alt](cid:ID)` in the text."""

    name: str
    type: str
    content: bytes
    content_id: str


@dataclass(frozen=True, slots=True)
class Linked:
    """An attachment that stays on the site; `size` in bytes, `url` absolute."""

    name: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class PostLetter:
    """A post and all that its letter says of it."""

    site: Site
    mailing_list: MailingList
    post: Post
    references: tuple[str, ...]
    """The Message-IDs that lead to the post, oldest first."""
    answers: Answered | None
    pictures: tuple[Picture, ...]
    attachments: tuple[Linked, ...]
    copied: tuple[str, ...]
    """Names, never addresses."""
    permalink: str
    thread_url: str
    thread_subject: str = ""
    """The thread's title, where the letter is to bear it rather than the post's own subject: Gmail joins by it."""
    masked: frozenset[str] = frozenset()
    """Addresses that the text holds and that are not its author's to publish, in lower case."""
    relay: str = ""
    """The address of ours that reaches the author alone; empty where he wants none."""
    language: str = "en"
    """Of what stands around the post."""


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """A letter that the bridge writes itself, to one address; dates in microseconds UTC."""

    site: Site
    to_address: str
    subject: str
    text: str
    message_id: str
    in_reply_to: str
    date: int
    from_name: str
    from_address: str = ""
    """Empty: the site's postmaster."""
    reply_to: str = ""
    attached: bytes = b""
    """A whole mail that the letter is about."""
