"""C6: a picture that is made to do harm costs a process of its own some CPU and memory, and itself; nothing else."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bridge.thumbnails.process import Drawer, NotDrawn

from . import drawn
from .drawn import chunk, file_of, png, scene

ZEROS = bytes(10_000_000)


def noise() -> bytes:
    """A picture of a megabyte."""
    return file_of(Image.effect_noise((1500, 1500), 60).convert("RGB"), "JPEG")


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
JPEG = b"\xff\xd8\xff\xc0\0\x11\x08\xff\xdc\xff\xdc\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"
GIF = b"GIF89a" + b"\xff" * 4 + bytes(3) + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x01\0\0;"
PROFILE = chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(60_000_000)))
TEXTS = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(900_000))) * 500

BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "PNG of 50,000 x 50,000": (lambda: png(50_000, 50_000, pixels=ZEROS), "left"),
    "PNG of 2^31 pixels a side": (lambda: png(2**31 - 1, 2**31 - 1), "left"),
    "PNG of 30 million points in colours": (lambda: png(6_000, 5_000, pixels=ZEROS), "left"),
    "PNG as large as is decoded": (lambda: png(4_470, 4_470, pixels=bytes(4_470 * (4 * 4_470 + 1))), "drawn"),
    "grey PNG as large as is decoded": (
        lambda: png(6_300, 6_300, pixels=bytes(6_300 * 6_301), colours=0),
        "drawn",
    ),
    "PNG without its pixels": (lambda: png(3_000, 3_000, pixels=b"few"), "left"),
    "PNG with texts that unpack to 450 MB": (lambda: png(9, 9, pixels=bytes(9 * 37), before=TEXTS), "left"),
    "PNG with a profile that unpacks to 60 MB": (
        lambda: png(9, 9, pixels=bytes(9 * 37), before=PROFILE),
        "left",
    ),
    "PNG cut off": (lambda: file_of(scene(), "PNG")[:1_000], "left"),
    "JPEG cut off": (lambda: noise()[:20_000], "left"),
    "JPEG of 65,500 x 65,500": (lambda: JPEG + ZEROS, "left"),
    "JPEG as large as is decoded": (lambda: file_of(Image.new("RGB", (6_300, 6_300)), "JPEG"), "drawn"),
    "GIF of a million frames": (lambda: drawn.gif_of_frames(1_000_000), "drawn"),
    "GIF that says 65,535 x 65,535": (lambda: GIF, "left"),
    "WebP of 16,383 x 16,383, moving": (lambda: drawn.webp_that_says(16_383, 16_383), "left"),
    "WebP of 6,000 x 6,000, moving": (lambda: drawn.webp_that_says(6_000, 6_000), "left"),
    "WebP cut off": (lambda: file_of(scene(), "WEBP")[:300], "left"),
    "SVG": (lambda: SVG, "left"),
    "TIFF": (lambda: file_of(scene(100, 100), "TIFF"), "left"),
    "BMP": (lambda: file_of(scene(100, 100), "BMP"), "left"),
    "PPM": (lambda: file_of(scene(100, 100), "PPM"), "left"),
    "nothing": (lambda: b"", "left"),
    "words": (lambda: b"This is no picture. " * 1_000, "left"),
}
WATCHED = """
import atexit, sys
from bridge.thumbnails.draw import main
def told():
    status = open_before.read()
    print([line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")][0], file=sys.stderr)
open_before = open("/proc/self/status")
atexit.register(told)
main()
"""
"""The process as it is, that says at its end how many kilobytes it had at most."""


SAYS = "import sys; sys.stdout.buffer.write(b'r'); sys.stdout.buffer.flush()"


def memory() -> int:
    """Bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


@pytest.mark.parametrize("name", BOMBS)
def test_C6_a_bomb_costs_its_process_little_and_the_daemon_nothing(name: str) -> None:
    make, state = BOMBS[name]
    content = make()
    before, used = memory(), resource.getrusage(resource.RUSAGE_CHILDREN)
    made = Drawer().draw(content)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert made.state == state, made.why
    assert (made.why == "") == (state != "left")
    assert after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime < 3.5  # the kernel ends it at 2 s
    assert memory() - before < 100_000_000


@pytest.mark.parametrize("name", [name for name in BOMBS if "large" in name or "moving" in name])
def test_C6_the_largest_that_is_decoded_stays_within_its_memory(name: str) -> None:
    program = WATCHED.replace("def told", "import bridge.thumbnails.draw\ndef told")
    done = subprocess.run(
        [sys.executable, "-c", program], input=BOMBS[name][0](), capture_output=True, check=True
    )
    assert int(done.stderr) < 450_000  # kilobytes


@pytest.mark.parametrize(
    ("does", "ends"),
    [
        ("bytearray(600_000_000)", "MemoryError"),
        ("open('/etc/passwd')", "Too many open files"),
        ("open('/tmp/x', 'w')", "Too many open files"),
        ("__import__('socket').socket()", "Too many open files"),
    ],
)
def test_C6_the_process_has_its_limits_before_it_reads(does: str, ends: str) -> None:
    program = f"import socket\nfrom bridge.thumbnails import draw\ndraw.confine()\n{does}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and ends in done.stderr


def test_C6_what_decodes_for_too_long_is_ended_by_the_kernel() -> None:
    program = f"{SAYS}\nfrom bridge.thumbnails import draw\ndraw.CPU = 1\ndraw.confine()\nwhile True: pass"
    made = Drawer(program=program).draw(noise())
    assert (made.state, made.why.endswith("(SIGKILL)") or made.why.endswith("(SIGXCPU)")) == ("left", True)


def test_C6_what_hangs_is_ended() -> None:
    made = Drawer(wall=0.2, program=f"{SAYS}; import time; time.sleep(100)").draw(noise() * 10)
    assert (made.state, "SIGKILL" in made.why) == ("left", True)


WEBP = file_of(scene(600, 400), "WEBP")
LIES = {
    "without end": "while True: out.write(b'x' * 65536)",
    "nothing": "pass",
    "garbage": "out.write(b'zzzzzzzzzzzz')",
    "too wide": f"out.write(struct.pack('>cHH', b'd', 60000, 400) + {WEBP!r})",
    "no size": f"out.write(struct.pack('>cHH', b'd', 0, 400) + {WEBP!r})",
    "a page": "out.write(struct.pack('>cHH', b'd', 600, 400) + b'<html><script>canary()</script>')",
    "too heavy": "out.write(struct.pack('>cHH', b'd', 600, 400) + b'RIFF    WEBP' + bytes(200000))",
    "small, and more": "out.write(struct.pack('>cHH', b's', 60, 40) + b'more')",
    "a fault": "raise ValueError",
    "a long reason": "out.write(struct.pack('>cHH', b'l', 0, 0) + b'\\x1b[31m' + b'x' * 9000)",
}


@pytest.mark.parametrize("lie", LIES)
def test_C6_nothing_that_the_process_says_is_believed(lie: str) -> None:
    program = f"{SAYS}\nimport struct\nout = sys.stdout.buffer\nsys.stdin.buffer.read()\n{LIES[lie]}"
    before = memory()
    made = Drawer(wall=20, program=program).draw(scene(50, 50).tobytes())
    assert (made.state, made.content) == ("left", b"")
    assert made.why.isprintable() and len(made.why) <= 200
    assert memory() - before < 20_000_000


def test_a_process_that_does_not_start_is_no_fault_of_the_picture() -> None:
    with pytest.raises(NotDrawn):
        Drawer(program="import a_module_that_is_not_there").draw(noise())


def test_a_daemon_that_ends_ends_the_process_and_starts_no_other() -> None:
    drawer = Drawer(program="import time; time.sleep(100)")
    threading.Timer(0.2, drawer.close).start()
    for _ in range(2):
        with pytest.raises(NotDrawn):
            drawer.draw(noise())
