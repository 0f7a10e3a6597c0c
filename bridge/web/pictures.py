"""Pictures without what they tell beside what they show: where and when they were taken, by whom, with what.

Blocks of JPEG, PNG and WebP files are left out or kept as they are; no pixel is decoded, so that no picture, however
large it says it is, costs more than its bytes. Kept are colours and how the camera was held. A file that is not built
as it should be is given from there on as it came.
"""

from __future__ import annotations

import struct

_KEPT_SEGMENTS = frozenset({0xE0, 0xE2, 0xEE})
"""Of the application segments of JPEG: JFIF, the colour profile, Adobe's colour transform."""
_COMMENT, _EXIF, _SCAN, _END = 0xFE, 0xE1, 0xDA, 0xD9
_PNG_LEFT_OUT = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_LEFT_OUT = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS = 0x08 | 0x04
"""In the header of an extended WebP: there is EXIF, there is XMP."""
_ORIENTATION = 0x0112
_ENTRIES = 200


def bare(kind: str, content: bytes) -> bytes:
    """The picture of that media type without its metadata; other types as they are."""
    if kind == "image/jpeg":
        return _jpeg(content)
    if kind == "image/png":
        return _png(content)
    return _webp(content) if kind == "image/webp" else content


def _jpeg(content: bytes) -> bytes:
    pieces, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] not in (_SCAN, _END):
        marker, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at : at + 2 + size]
        at += 2 + size
        if marker == _EXIF and (turn := _turn(segment[4:])) > 1:
            pieces.append(_only_turn(turn))
        if size < 2:
            break
        if marker != _COMMENT and (not 0xE0 <= marker <= 0xEF or marker in _KEPT_SEGMENTS):
            pieces.append(segment)
    # Behind the picture some cameras put another one, with metadata of its own.
    end = (
        content.rfind(b"\xff\xd9")
        if content.count(b"\xff\xd8\xff", at) == 0
        else content.find(b"\xff\xd9", at)
    )
    return b"".join([*pieces, content[at : end + 2] if end >= at else content[at:]])


def _turn(exif: bytes) -> int:
    """How the camera was held, 1 to 8 (EXIF 2.3 section 4.6.4); 0 where it is not said."""
    order = {b"II": "<", b"MM": ">"}.get(exif[6:8], "")
    if exif[:6] != b"Exif\0\0" or not order or len(exif) < 16:
        return 0
    place = 6 + int(struct.unpack_from(order + "I", exif, 10)[0])
    count = struct.unpack_from(order + "H", exif, place)[0] if place + 2 <= len(exif) else 0
    for entry in range(place + 2, place + 2 + 12 * min(count, _ENTRIES), 12):
        if entry + 12 > len(exif):
            break
        tag, _, _, value = struct.unpack_from(order + "HHIH", exif, entry)
        if tag == _ORIENTATION:
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _only_turn(turn: int) -> bytes:
    """An EXIF segment that says this alone."""
    table = struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, turn, 0, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + table
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _png(content: bytes) -> bytes:
    pieces, at = [content[:8]], 8
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if kind not in _PNG_LEFT_OUT:
            pieces.append(content[at : at + 12 + size])
        at += 12 + size
        if kind == b"IEND":  # what stands behind it belongs to no picture
            break
    return b"".join(pieces)


def _webp(content: bytes) -> bytes:
    pieces, at = [], 12
    while at + 8 <= len(content):
        kind, size = struct.unpack_from("<4sI", content, at)
        chunk = content[at : at + 8 + size + size % 2]
        at += 8 + size + size % 2
        if kind == b"VP8X" and len(chunk) > 8:
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:]
        if kind not in _WEBP_LEFT_OUT:
            pieces.append(chunk)
    body = b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
