"""What comes in and what goes out is one value: the envelope (RFC 5321 section 2.3.1) and the mail inside it."""

from __future__ import annotations

from dataclasses import dataclass

NULL_SENDER = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail under way: its two sides as bare addr-specs (`""` is the null sender `<>`), and its bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
