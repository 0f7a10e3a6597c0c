"""C6: what grows when it is unpacked or decoded is kept and passed on as it came: never unpacked, never decoded."""

from __future__ import annotations

import base64
import gzip
import io
import resource
import struct
import zipfile
import zlib

import pytest

from bridge.mail.triage import Own
from bridge.mailroom.reading import read, understand
from bridge.reply.known import NOTHING
from bridge.web.pages.attachments import picture
from tests.guard import soon

ZEROS = bytes(30_000_000)


def zipped(levels: int) -> bytes:
    """A zip in a zip in a zip of 30 MB of nothing."""
    content = ZEROS
    for level in range(levels):
        folder = io.BytesIO()
        with zipfile.ZipFile(folder, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(1 if not level else 20):
                archive.writestr(f"{copy}.zip", content)
        content = folder.getvalue()
    return content


def png(side: int) -> bytes:
    """A picture that claims to have so many pixels a side, all of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(ZEROS, 9))
        + chunk(b"IEND", b"")
    )


def attached(name: str, kind: str, content: bytes) -> bytes:
    return (
        b"From: Ada <a@b.example>\r\nTo: general@forum.example\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee\r\n--b\r\n"
        + f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'.encode()
        + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content) + b"\r\n--b--\r\n"
    )  # fmt: skip


def nested(depth: int) -> bytes:
    """Parts in parts; deeper than any mail is."""
    head = b"From: Ada <a@b.example>\r\nTo: general@forum.example\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
    opens = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level)
        for level in range(depth)
    )
    return head + opens + b"Content-Type: text/plain\r\n\r\nsee\r\n"


TNEF = struct.pack("<IH", 0x223E9F78, 1) + (b"\x02" + struct.pack("<II", 0x0006800F, 0xFFFFFFF0)) * 50_000
BOMBS = {
    "zip": ("bomb.zip", "application/zip", zipped(3)),
    "gzip": ("bomb.gz", "application/gzip", gzip.compress(ZEROS)),
    "png": ("bomb.png", "image/png", png(50_000)),
    "winmail": ("winmail.dat", "application/ms-tnef", TNEF),
}


@pytest.mark.parametrize("name", BOMBS)
def test_C6_bombs_are_kept_as_they_came(name: str) -> None:
    file, kind, content = BOMBS[name]
    raw = attached(file, kind, content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with soon():
        found = understand(read(raw, "a@b.example", Own("forum.example", frozenset())), NOTHING)
    assert found.message.attachments[0].content == content and found.reply
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes
    assert picture(content) == ("image/png" if name == "png" else "")


def test_C6_parts_in_parts_have_an_end() -> None:
    for depth in (40, 400, 4_000):
        try:
            with soon():
                read(nested(depth), "a@b.example", Own("forum.example", frozenset()))
        except Exception as verdict:
            assert type(verdict).__name__ == "Permanent"
