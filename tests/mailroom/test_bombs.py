"""Promise C6: what is packed stays packed, what is a picture is never decoded, TNEF is a file like any other."""

from __future__ import annotations

import ast
import gzip
import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

import bridge
from tests.guard import soon

from .conftest import ADA, GENERAL, Post

OPENERS = {"zipfile", "tarfile", "bz2", "lzma", "PIL", "tnefparse", "py7zr", "rarfile", "imghdr"}
MEMORY = 100_000_000


def zipped(content: bytes, name: str = "zeros") -> bytes:
    """An archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def nested() -> bytes:
    """Archives in archives, 10 deep."""
    inner = zipped(bytes(20_000_000))
    for level in range(10):
        inner = zipped(inner, f"{level}.zip")
    return inner


def wide_png() -> bytes:
    """A picture of 60,000 x 60,000 points in a few kilobytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(5_000_000)))
        + chunk(b"IEND", b"")
    )


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zeros.zip": ("application/zip", lambda: zipped(bytes(50_000_000))),
    "nested.zip": ("application/zip", nested),
    "zeros.gz": ("application/gzip", lambda: gzip.compress(bytes(50_000_000))),
    "wide.png": ("image/png", wide_png),
    "winmail.dat": ("application/ms-tnef", lambda: b"\x78\x9f\x3e\x22" + b"\x01\xff\xff\xff\xff" * 5000),
    "billion.svg": (
        "image/svg+xml",
        lambda: b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + b"&a;" * 5000 + b'">]><svg>&b;</svg>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_C6_a_bomb_is_kept_as_it_came(post: Post, name: str) -> None:
    kind, make = BOMBS[name]
    bomb = make()
    mail: EmailMessage = post.mail(ADA, "The file is attached.")
    main, _, sub = kind.partition("/")
    mail.add_attachment(bomb, maintype=main, subtype=sub, filename=name)
    raw = mail.as_bytes()
    tracemalloc.start()
    with soon():
        row = post.receive(raw, GENERAL, sender=ADA)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (row["outcome"], most < MEMORY) == ("posted", True), most
    (kept,) = post.room.store.read(
        lambda tx: tx.connection.execute("select name, size from attachment").fetchall()
    )
    assert (kept["name"], kept["size"]) == (name, len(bomb))


def test_C6_nothing_here_opens_archives_or_pictures() -> None:
    root = Path(str(bridge.__file__)).parent
    decoder = root / "thumbnails" / "draw.py"
    """The program of a process of its own: nothing imports it."""
    for path in {*root.rglob("*.py")} - {decoder}:
        source = path.read_text(encoding="utf-8")
        assert "gzip.decompress" not in source and "gzip.open" not in source, path
        for node in ast.walk(ast.parse(source)):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.ImportFrom):
                names += [each.name for each in node.names]
            assert not {name.partition(".")[0] for name in names} & {*OPENERS, "draw"}, path
