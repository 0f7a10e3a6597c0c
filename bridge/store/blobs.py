"""Bytes kept by content: a raw mail or an attachment that comes twice is stored once."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .database import Tx

WORTH_PACKING = 0.9
"""Packed bytes are kept only where they are at most this share of the plain ones."""
PROBE = 65_536
"""A large content is packed only if its beginning packs: pictures and archives do not."""
WINDOW = 12
"""As a power of two: the usual one costs more than a mail of 4 kB itself, 77 us in place of 30, and packs no better."""


@dataclass(frozen=True, slots=True)
class Blob:
    """Content ready to be stored: packed outside the transaction, so that the writer only writes."""

    sha256: str
    size: int
    packed: bool
    stored: bytes


def pack(content: bytes) -> Blob:
    """Digest and, where it helps, compress."""
    digest = hashlib.sha256(content).hexdigest()
    probe = zlib.compress(content[:PROBE], 1, WINDOW)
    if len(probe) > WORTH_PACKING * len(content[:PROBE]):
        return Blob(digest, len(content), False, content)
    return Blob(digest, len(content), True, probe if len(content) <= PROBE else zlib.compress(content, 1))


def put(tx: Tx, blob: Blob) -> str:
    """Store a blob where it is not yet; gives its sha-256 in hex."""
    tx.blob_put(sha256=blob.sha256, size=blob.size, packed=int(blob.packed), content=blob.stored)
    return blob.sha256


def put_all(tx: Tx, several: Iterable[Blob]) -> None:
    """Store those that are not yet there."""
    tx.blob_put_all(
        [
            {"sha256": blob.sha256, "size": blob.size, "packed": int(blob.packed), "content": blob.stored}
            for blob in several
        ]
    )


def get(tx: Tx, sha256: str) -> bytes | None:
    """The content with that digest, None where it is not (or no longer) kept."""
    row = tx.blob_get(sha256=sha256)
    return _content(row["packed"], row["content"]) if row else None


def several(tx: Tx, sha256s: Iterable[str]) -> dict[str, bytes]:
    """The contents with these digests, as far as they are kept."""
    rows = tx.blob_several(sha256s=json.dumps(list(sha256s)))
    return {sha256: _content(packed, content) for sha256, packed, content in rows}


def _content(packed: int, content: bytes) -> bytes:
    return zlib.decompress(content) if packed else bytes(content)
