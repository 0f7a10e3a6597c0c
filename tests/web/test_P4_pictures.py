"""P4: a picture tells nothing but what it shows; what is broken is given as it is, and costs nothing."""

from __future__ import annotations

import random
import struct
import zlib

import pytest

from bridge.web.pictures import bare
from tests.guard import soon

GPS = b"51.5074N 0.1278W"


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def exif(turn: int) -> bytes:
    table = struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, turn, 0, 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + table + GPS


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(k + struct.pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for k, c in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


SCAN = segment(0xDA, b"scan") + b"pixels \xff\x00 pixels" + b"\xff\xd9"
JPEG = (
    b"\xff\xd8" + segment(0xE0, b"JFIF\0") + segment(0xE1, exif(6)) + segment(0xE1, b"http://ns.adobe.com/xap" + GPS)
    + segment(0xE2, b"ICC_PROFILE") + segment(0xED, b"Photoshop" + GPS) + segment(0xFE, GPS)
    + segment(0xDB, b"table") + SCAN
)  # fmt: skip
FILLED = (
    b"\xff\xd8\xff\xff\xff"
    + segment(0xE1, exif(1))
    + b"\xff"
    + segment(0xFE, GPS)
    + segment(0xDB, b"table")
    + SCAN
)
PNG = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"head") + chunk(b"tEXt", GPS) + chunk(b"eXIf", GPS)
    + chunk(b"IDAT", b"pixels") + chunk(b"IEND", b"") + GPS
)  # fmt: skip
GIF_HEAD = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
LOOP = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
FRAME = b"!\xf9\x04\0\0\0\0\0" + b"," + bytes(8) + b"\x80" + bytes(6) + b"\x02\x06pixels\0"
XMP = b"!\xff\x0bXMP DataXMP" + bytes([len(GPS)]) + GPS + b"\0"
NOTE = b"!\xfe" + bytes([len(GPS)]) + GPS + b"\0"
GIF = GIF_HEAD + LOOP + NOTE + FRAME + XMP + FRAME + NOTE + b";"
WEBP = riff((b"VP8X", b"\x1c" + bytes(9)), (b"VP8 ", b"pixels!"), (b"EXIF", GPS), (b"XMP ", GPS))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/jpeg", JPEG), ("image/jpeg", FILLED), ("image/png", PNG), ("image/webp", WEBP), ("image/gif", GIF),
    ],
)  # fmt: skip
def test_P4_no_place_is_told(kind: str, content: bytes) -> None:
    shown = bare(kind, content)
    assert GPS not in shown and b"pixels" in shown
    assert bare(kind, shown) == shown


def test_P4_colours_and_how_the_camera_was_held_stay() -> None:
    shown = bare("image/jpeg", JPEG)
    assert shown.endswith(SCAN) and b"ICC_PROFILE" in shown and b"JFIF" in shown
    assert shown.count(b"Exif\0\0") == 1 and struct.pack(">HHIH", 0x0112, 3, 1, 6) in shown
    assert bare("image/webp", WEBP)[20] == 0x10
    assert bare("image/jpeg", JPEG + JPEG) == shown  # a second picture behind the first
    assert bare("image/gif", GIF) == GIF_HEAD + LOOP + FRAME + FRAME + b";"
    assert bare("image/gif", b"GIF89a") == b"GIF89a"


MANY = {
    "image/png": b"\x89PNG\r\n\x1a\n" + chunk(b"tEXt", b"") * 500_000,
    "image/jpeg": b"\xff\xd8" + segment(0xE1, b"") * 2_000_000,
    "image/webp": b"RIFF\0\0\0\0WEBP" + b"XMP \0\0\0\0" * 1_000_000,
    "image/gif": GIF_HEAD + b"!\xfe\x01x\0" * 2_000_000,
}


@pytest.mark.parametrize("kind", MANY)
def test_C6_R8_a_picture_of_a_million_blocks_keeps_no_page_waiting(kind: str) -> None:
    with soon():  # 0.2 s, where it was 7
        assert len(bare(kind, MANY[kind])) > 1_000_000


@pytest.mark.parametrize(
    ("kind", "content"), [("image/jpeg", JPEG), ("image/png", PNG), ("image/webp", WEBP), ("image/gif", GIF)]
)
def test_P4_what_is_broken_does_no_harm(kind: str, content: bytes) -> None:
    dice = random.Random(1)
    for _ in range(2_000):
        damaged = bytearray(content[: dice.randint(0, len(content))])
        for _ in range(dice.randint(0, 5)):
            if damaged:
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        assert len(bare(kind, bytes(damaged))) <= len(damaged) + 100
