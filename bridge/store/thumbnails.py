"""Thumbnails: one for each picture that posts have, by its content; kept while an attachment has that content.

Triggers of the database keep the rows: a picture that comes waits for its thumbnail, and what was drawn of it goes
with the last attachment that shows it, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from . import blobs
from .database import Tx

State = Literal["drawn", "small", "left"]


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """What became of a picture: its size in points and a WebP file where it was drawn, `why` where it was left."""

    state: State
    width: int = 0
    height: int = 0
    content: bytes = b""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A picture that is to be drawn, and the number of an attachment that shows it."""

    sha256: str
    attachment: int
    content: bytes | None


def waiting(tx: Tx) -> Waiting | None:
    """The newest picture that waits, None where there is none."""
    row = tx.thumbnail_waiting()
    if row is None:
        return None
    return Waiting(row["sha256"], row["attachment"] or 0, blobs.get(tx, row["sha256"]))


def put(tx: Tx, sha256: str, made: Thumbnail) -> None:
    """Note what became of a picture; of one that was removed meanwhile nothing is kept."""
    tx.thumbnail_put(
        sha256=sha256, state=made.state, width=made.width, height=made.height, content=made.content or None
    )


def shown(tx: Tx, attachment_id: int) -> tuple[str, bytes] | None:
    """Name and WebP file of the thumbnail of an attachment in a public list; None where there is none."""
    row = tx.thumbnail_shown(id=attachment_id)
    return (row["name"], bytes(row["content"])) if row else None
