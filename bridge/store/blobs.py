"""Bytes kept by content: a raw mail or an attachment that comes twice is stored once."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .database import Tx

WORTH_PACKING = 0.9
"""Packed bytes are kept only where they are at most this share of the plain ones."""
PROBE = 65_536
"""A large content is packed only if its beginning packs: pictures and archives do not."""


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
    probe = _deflate(content[:PROBE])
    if len(probe) > WORTH_PACKING * len(content[:PROBE]):
        return Blob(digest, len(content), False, content)
    return Blob(digest, len(content), True, probe if len(content) <= PROBE else zlib.compress(content, 1))


def _deflate(content: bytes) -> bytes:
    # The tables of the usual window cost more than a mail of 4 kB itself: 30 us in place of 77, and no longer.
    packer = zlib.compressobj(1, zlib.DEFLATED, 12, 5)
    return packer.compress(content) + packer.flush()


def put(tx: Tx, blob: Blob) -> str:
    """Store a blob where it is not yet; gives its sha-256 in hex."""
    tx.blob_put(sha256=blob.sha256, size=blob.size, packed=int(blob.packed), content=blob.stored)
    return blob.sha256


def get(tx: Tx, sha256: str) -> bytes | None:
    """The content with that digest, None where it is not (or no longer) kept."""
    row = tx.blob_get(sha256=sha256)
    if row is None:
        return None
    return zlib.decompress(row["content"]) if row["packed"] else bytes(row["content"])
