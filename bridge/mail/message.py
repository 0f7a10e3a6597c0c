"""A mail, parsed: what its headers say and what its body holds, decoded and free of control characters.

Every text in a `Message` is Unicode in NFC, with line ends as LF, without NUL, C0/C1 controls and lone surrogates;
header values hold no line break at all. Message-IDs keep no angle brackets. Nothing here is believed: `author` is
what the From header claims, and `posting.identity` decides what that is worth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an addr-spec (RFC 5322 section 3.4); the address in lower case, the name perhaps empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the body text: its decoded bytes, and how the body refers to it.

    `inline` says that the sender meant it to be seen within the text: Content-Disposition inline, or an HTML body
    that shows it by `cid:`. `content_id` has no angle brackets and is empty where there is none.
    """

    name: str
    type: str
    content: bytes
    content_id: str = ""
    inline: bool = False
    left: int = 0
    """How many bytes of content were left behind where the mail was read, for all but the walk's blobs."""

    @property
    def size(self) -> int:
        """Bytes of its content, wherever that is."""
        return self.left or len(self.content)


@dataclass(frozen=True, slots=True)
class Message:
    """A parsed mail. `text` and `html` are the body's alternatives, `None` where the mail has no such part."""

    message_id: str
    author: Mailbox | None
    author_fault: str
    """Why `author` is None: "no From header", "two From headers", "not one clean address"; else empty."""
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    delivered_to: tuple[str, ...]
    """Addresses of Delivered-To, X-Original-To and Envelope-To, in lower case."""
    subject: str
    date: int | None
    """The Date header in microseconds UTC, None where it is absent or wrong."""
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    headers: Mapping[str, tuple[str, ...]]
    """All headers by lower-case name, each value decoded and unfolded, in the order in which they stand."""
    text: str | None
    html: str | None
    attachments: tuple[Attachment, ...] = ()
    forwarded: tuple[Message, ...] = field(default=())
    """Mails attached whole (message/rfc822), outermost first; never merged into `text`."""
    content_type: str = "text/plain"
    """The type of the whole, as in `multipart/report`."""
    reports: tuple[str, ...] = ()
    """The text of machine-readable parts (message/delivery-status, feedback-report, disposition-notification)."""

    def header(self, name: str) -> str:
        """The first value of a header, empty where it is absent."""
        values = self.headers.get(name.lower())
        return values[0] if values else ""
