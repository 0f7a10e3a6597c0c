"""Pictures of every kind for tests, and such as are made to do harm."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

PLACE = "Secret Lane 7"
RED, BLUE = (220, 30, 30), (30, 30, 220)


def file_of(image: Image.Image, kind: str, **given: Any) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **given)
    return out.getvalue()


def scene(width: int = 1200, height: int = 800) -> Image.Image:
    """Blue, the quarter at the top left red."""
    image = Image.new("RGB", (width, height), BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), RED)
    return image


def exif(turn: int = 1) -> bytes:
    """EXIF with a place, a name and how the camera was held."""
    told = Image.Exif()
    told[Base.Orientation] = turn
    told[Base.Artist] = PLACE
    told.get_ifd(IFD.GPSInfo)[GPS.GPSAreaInformation] = PLACE
    return told.tobytes()


def photograph(width: int = 4000, height: int = 3000, turn: int = 1) -> bytes:
    """As a telephone makes it."""
    return file_of(
        scene(width, height), "JPEG", exif=exif(turn), comment=PLACE.encode(), icc_profile=b"x" * 500
    )


def opened(content: bytes) -> Image.Image:
    """A thumbnail's file, decoded."""
    image = Image.open(io.BytesIO(content), formats=["WEBP"])
    image.load()
    return image


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *, pixels: bytes = b"", before: bytes = b"", colours: int = 6) -> bytes:
    """A PNG file of 8 bits that says it is of that size, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)
    parts = (chunk(b"IHDR", head), before, chunk(b"IDAT", zlib.compress(pixels, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def gif_of_frames(frames: int) -> bytes:
    """A GIF of 8 x 8 that many times over."""
    one = file_of(Image.new("P", (8, 8)), "GIF")
    frame = 13 + 3 * 2 ** (one[10] % 8 + 1)
    return one[:frame] + one[frame:-1] * frames + b";"


def webp_that_says(width: int, height: int) -> bytes:
    """A WebP file that is no more than its head: an animation of that size."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size + b"ANIM" + struct.pack("<I", 6) + bytes(6)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def moving(kind: str) -> bytes:
    """An animation: red, then blue."""
    red, blue = Image.new("RGB", (900, 600), RED), Image.new("RGB", (900, 600), BLUE)
    return file_of(red, kind, save_all=True, append_images=[blue] * 5, duration=100)
