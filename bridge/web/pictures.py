"""Pictures without what they tell beside what they show: where and when they were taken, by whom, with what.

Blocks of JPEG, PNG, WebP and GIF files are left out or kept as they are; no pixel is decoded, so that no picture,
however large it says it is, costs more than its bytes. Kept are colours, how the camera was held, and how often a GIF
is played. A file that is not built as it should be, or of more than BLOCKS, is given from there on as it came.
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
BLOCKS = 20_000
"""A photograph has some hundred; a million empty ones would keep a page waiting for a second."""
RUNS = 400_000
"""Runs of at most 255 bytes, in which a GIF keeps its pixels."""
_PLAYED = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_EXTENSION, _FRAME = 0x21, 0x2C
_NOTE, _APPLICATION = 0xFE, 0xFF


def bare(kind: str, content: bytes) -> bytes:
    """The picture of that media type without its metadata; other types as they are."""
    if kind == "image/jpeg":
        return _jpeg(content)
    if kind == "image/png":
        return _png(content)
    if kind == "image/gif":
        return _gif(content)
    return _webp(content) if kind == "image/webp" else content


def _jpeg(content: bytes) -> bytes:
    pieces, at, left = [content[:2]], 2, BLOCKS
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] not in (_SCAN, _END):
        if not (left := left - 1):
            return b"".join([*pieces, content[at:]])
        if content[at + 1] == 0xFF:  # fill before a marker (ITU T.81, B.1.1.2)
            at += 1
            continue
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
    pieces, at, left = [content[:8]], 8, BLOCKS
    while at + 8 <= len(content):
        if not (left := left - 1):
            return b"".join([*pieces, content[at:]])
        size, kind = struct.unpack_from(">I4s", content, at)
        if kind not in _PNG_LEFT_OUT:
            pieces.append(content[at : at + 12 + size])
        at += 12 + size
        if kind == b"IEND":  # what stands behind it belongs to no picture
            break
    return b"".join(pieces)


def _webp(content: bytes) -> bytes:
    pieces, at, left = [], 12, BLOCKS
    while at + 8 <= len(content):
        if not (left := left - 1):
            pieces.append(content[at:])
            break
        kind, size = struct.unpack_from("<4sI", content, at)
        chunk = content[at : at + 8 + size + size % 2]
        at += 8 + size + size % 2
        if kind == b"VP8X" and len(chunk) > 8:
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:]
        if kind not in _WEBP_LEFT_OUT:
            pieces.append(chunk)
    body = b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _gif(content: bytes) -> bytes:
    pieces, done = list[bytes](), 0
    at, left = 13 + _table(content, 10), RUNS
    while at + 2 <= len(content) and content[at] in (_EXTENSION, _FRAME) and left > 0:
        began, frame = at, content[at] == _FRAME
        at += 11 + _table(content, at + 9) if frame else 2
        at, left = _behind_runs(content, at, left)
        if not frame and _tells(content, began):
            pieces.append(content[done:began])
            done = at
    return b"".join([*pieces, content[done:]])


def _table(content: bytes, place: int) -> int:
    """The bytes of the colour table that the flags at that place tell of."""
    flags = content[place] if place < len(content) else 0
    return 3 * 2 ** (flags % 8 + 1) if flags & 0x80 else 0


def _tells(content: bytes, at: int) -> bool:
    """Whether an extension holds a comment, or what some application wrote of its own."""
    label = content[at + 1]
    return label == _NOTE or (label == _APPLICATION and not content.startswith(_PLAYED, at + 3))


def _behind_runs(content: bytes, at: int, left: int) -> tuple[int, int]:
    """Where the runs end that begin at `at`, and how many of those that are `left` may still come."""
    while left > 0 and at < len(content) and content[at]:
        at += 1 + content[at]
        left -= 1
    return at + 1, left - 1
