"""What a thumbnail looks like: small, upright, in its colours, and telling nothing but what it shows (P4)."""

from __future__ import annotations

import pytest
from PIL import Image, ImageCms

from bridge.thumbnails.process import LARGEST, MOST, Drawer

from . import drawn
from .drawn import BLUE, PLACE, RED, file_of, opened, photograph, scene

Point = tuple[int, ...]


def clear() -> Image.Image:
    """The scene, in which only the red quarter is there."""
    image = scene().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    image.paste((*RED, 255), (0, 0, 600, 400))
    return image


def grey16() -> Image.Image:
    """16 bits: light in the red quarter, dark elsewhere."""
    light, dark = b"\0\xe0" * 600, b"\0\x20" * 600
    return Image.frombytes("I;16", (1200, 800), (light + dark) * 400 + (dark + dark) * 400)


def black_and_white() -> Image.Image:
    """White in the red quarter."""
    return scene().convert("L").point(lambda value: 255 * (value > 60), "1")


KINDS: dict[str, tuple[bytes, tuple[Point, Point]]] = {
    "JPEG": (photograph(), (RED, BLUE)),
    "JPEG that builds up": (file_of(scene(), "JPEG", progressive=True), (RED, BLUE)),
    "JPEG of a printer (CMYK)": (file_of(scene().convert("CMYK"), "JPEG"), (RED, BLUE)),
    "JPEG in grey": (file_of(scene().convert("L"), "JPEG"), ((87,) * 3, (48,) * 3)),
    "PNG": (file_of(scene(), "PNG"), (RED, BLUE)),
    "PNG with alpha": (file_of(clear(), "PNG"), ((*RED, 255), (0, 0, 0, 0))),
    "PNG with a palette that is clear": (
        file_of(clear().quantize(4), "PNG"),
        ((*RED, 255), (0, 0, 0, 0)),
    ),
    "PNG with one clear colour": (
        file_of(scene(), "PNG", transparency=BLUE),
        ((*RED, 255), (0, 0, 0, 0)),
    ),
    "PNG of 16 bits": (file_of(grey16(), "PNG"), ((0xE0,) * 3, (0x20,) * 3)),
    "PNG of one bit": (file_of(black_and_white(), "PNG"), ((255,) * 3, (0,) * 3)),
    "PNG, grey with alpha": (file_of(clear().convert("LA"), "PNG"), ((87, 87, 87, 255), (0, 0, 0, 0))),
    "GIF": (file_of(scene().quantize(8), "GIF"), (RED, BLUE)),
    "GIF that moves": (drawn.moving("GIF"), (RED, RED)),
    "PNG that moves": (drawn.moving("PNG"), (RED, RED)),
    "WebP": (file_of(scene(), "WEBP", quality=90), (RED, BLUE)),
    "WebP with alpha": (file_of(clear(), "WEBP", lossless=True), ((*RED, 255), (0, 0, 0, 0))),
    "WebP that moves": (drawn.moving("WEBP"), (RED, RED)),
}  # fmt: skip


def near(point: Point, wanted: Point) -> bool:
    if len(wanted) == 4 and not wanted[3]:
        return point[3] < 10
    return len(point) == len(wanted) and all(abs(a - b) < 24 for a, b in zip(point, wanted, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_is_drawn_in_its_colours(kind: str) -> None:
    content, (red, blue) = KINDS[kind]
    made = Drawer().draw(content)
    assert (made.state, made.why) == ("drawn", "")
    image = opened(made.content)
    assert image.size == (made.width, made.height) and max(image.size) == LARGEST
    assert len(made.content) <= MOST
    first, last = image.getpixel((50, 50)), image.getpixel((made.width - 50, made.height - 50))
    assert isinstance(first, tuple) and isinstance(last, tuple)
    assert near(first, red) and near(last, blue), (first, last)


@pytest.mark.parametrize("turn", range(1, 9))
def test_it_is_turned_as_the_camera_was_held(turn: int) -> None:
    made = Drawer().draw(photograph(800, 600, turn))
    image = opened(made.content)
    assert image.size == ((720, 540) if turn < 5 else (540, 720))
    # Where the sides that are row 0 and column 0 of the file belong (EXIF 2.3 section 4.6.4).
    top, left = turn in (1, 2, 5, 6), turn in (1, 4, 5, 8)
    corners = {
        (side, end): image.getpixel((40 if end else image.width - 40, 40 if side else image.height - 40))
        for side in (True, False)
        for end in (True, False)
    }
    red = [place for place, point in corners.items() if isinstance(point, tuple) and near(point, RED)]
    assert red == [(top, left)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_P4_a_thumbnail_tells_nothing_but_what_it_shows(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = file_of(scene(), kind, exif=drawn.exif(6), icc_profile=profile)
    assert PLACE.encode() in content
    made = Drawer().draw(content)
    image = opened(made.content)
    assert PLACE.encode() not in made.content and b"Exif" not in made.content and b"ICCP" not in made.content
    assert not image.getexif() and not {"exif", "icc_profile", "xmp", "comment"} & image.info.keys()
    assert image.size == (480, 720)


def test_a_picture_with_much_in_it_is_drawn_coarser_until_it_is_light() -> None:
    made = Drawer().draw(file_of(Image.effect_noise((2000, 2000), 90), "PNG"))
    assert (made.state, max(made.width, made.height) < LARGEST, len(made.content) <= MOST) == (
        "drawn",
        True,
        True,
    )


def test_a_small_picture_needs_no_thumbnail() -> None:
    made = Drawer().draw(file_of(scene(300, 200), "JPEG", exif=drawn.exif(6)))
    assert (made.state, made.width, made.height, made.content) == ("small", 200, 300, b"")


def test_a_picture_whose_exif_is_broken_is_drawn_as_it_lies() -> None:
    broken = b"Exif\0\0II*\0\x08\0\0\0" + b"\xff" * 40
    assert Drawer().draw(file_of(scene(), "JPEG", exif=broken)).state == "drawn"
