"""The process that decodes one picture and draws it small. The only place where pictures are decoded.

By standard output goes READY; then a picture comes in by standard input, and ANSWER goes out (what became of it,
width, height), behind it a WebP file without metadata, or the reason why there is none. JPEG, PNG, WebP and the first
frame of GIF are read, nothing else.

Limits, set before the first byte is read: CPU seconds, address space, no file opened or written. What a picture says
of its size is weighed before a pixel of it is decoded.
"""

from __future__ import annotations

import io
import os
import resource
import struct
import sys
import warnings
from pathlib import Path

from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin
from PIL.ExifTags import Base

READY = b"r"
ANSWER = struct.Struct(">cHH")
DRAWN, SMALL, LEFT = b"d", b"s", b"l"
"""A thumbnail; a picture that needs none, and only its size is told; one that is left as it came, and why."""

SIZES = ((720, 72), (720, 40), (480, 40), (320, 30))
"""Pixels on the longer side and quality of a thumbnail: the first of these that is light enough.

Pages show it at two thirds of that, so that it is sharp on dense screens.
"""
ENOUGH = (1440, 1440)
"""A JPEG is decoded at the eighth, quarter or half of its size that is still so large."""
MOST = 96 * 1024
"""The heaviest thumbnail, in bytes."""
SMALL_PIXELS, SMALL_BYTES = 480, 64 * 1024
"""Who is no larger needs no thumbnail."""
PIXELS = 40_000_000
ROOM = 80_000_000
"""Bytes of a picture that is decoded: 20 million points in colours, more for a JPEG, which is decoded at a fraction."""
CPU = 2
MEMORY = 400_000_000
"""Bytes of address space beyond what the process has at rest."""
NICE = 10
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_NEEDED = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Loaded before no file can be opened any more: Pillow looks for them when it meets a picture that needs them."""
_ONE_BYTE = frozenset({"1", "L"})


class Unfit(Exception):
    """A picture that is not drawn; the text says why."""


def confine() -> None:
    """Give way to all else, and take no more than the limits from here on."""
    _warm_up()
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    os.nice(NICE)
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for which, amount in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_AS, mapped + MEMORY),
        (resource.RLIMIT_CPU, CPU),
    ):
        resource.setrlimit(which, (amount, amount))


def _warm_up() -> None:
    """Have all loaded that a picture may need: afterwards no file can be opened, so nothing can be imported."""
    Image.preinit()
    for kind in FORMATS:
        file = io.BytesIO()
        exif = Image.Exif()
        exif[Base.Orientation] = 6
        Image.new("RGB", (2, 1)).save(file, kind, exif=exif.tobytes())
        with Image.open(file, formats=FORMATS) as image:
            _light(_colours(image))


def draw(content: bytes) -> tuple[bytes, int, int, bytes]:
    """What became of a picture, the size at which it is turned upright, and its thumbnail.

    Raises `Unfit`, and whatever Pillow makes of a file that is damaged.
    """
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        _weigh(image)
        whole = image.size
        image.draft(None, ENOUGH)
        _weigh(image, decoded=True)
        image.load()
        if max(whole) <= SMALL_PIXELS and len(content) <= SMALL_BYTES:
            return SMALL, *_upright(image).size, b""
        return DRAWN, *_light(_colours(image))


def _weigh(image: Image.Image, *, decoded: bool = False) -> None:
    """Raises `Unfit` for a picture that is larger than we decode."""
    points = image.size[0] * image.size[1]
    if points > PIXELS:
        raise Unfit(f"{image.size[0]} x {image.size[1]} pixels")
    if decoded and points * (1 if image.mode in _ONE_BYTE else 4) > ROOM:
        raise Unfit(f"{image.size[0]} x {image.size[1]} pixels in colours")


def _colours(image: Image.Image) -> Image.Image:
    """The picture, small and upright, in RGB or RGBA."""
    if image.mode.startswith("I"):  # 16 bits of grey; Pillow would cut off what is above 255
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.mode not in ("L", "RGB", "RGBA", "CMYK") or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((SIZES[0][0],) * 2, reducing_gap=2.0)
    upright = _upright(image)
    return upright if upright.mode in ("RGB", "RGBA") else upright.convert("RGB")


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held (EXIF Orientation); as it is where that cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # of whatever kind: Pillow reads EXIF with a parser for TIFF
        return image


def _light(image: Image.Image) -> tuple[int, int, bytes]:
    """Width, height and file of the thumbnail. Raises `Unfit` where it is too heavy in any form."""
    for pixels, quality in SIZES:
        image.thumbnail((pixels, pixels))
        bare = Image.new(image.mode, image.size)
        bare.paste(image)
        out = io.BytesIO()
        bare.save(out, "WEBP", quality=quality, method=4)
        if out.tell() <= MOST:
            return *image.size, out.getvalue()
    raise Unfit("no thumbnail of it is light")


def main() -> None:
    """Draw the picture of standard input."""
    confine()
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    content = sys.stdin.buffer.read()
    try:
        what, width, height, made = draw(content)
    except MemoryError:
        what, width, height, made = LEFT, 0, 0, b"more memory than a picture is given"
    except Exception as fault:  # whatever is wrong with a picture, this process is there for it alone
        said = str(fault) if isinstance(fault, Unfit) else type(fault).__name__
        what, width, height, made = LEFT, 0, 0, said.encode("ascii", "replace")[:200]
    sys.stdout.buffer.write(ANSWER.pack(what, width, height) + made)
