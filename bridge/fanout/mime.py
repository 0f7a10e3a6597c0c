"""The body of a letter as MIME parts (RFC 2045, 2046, 2387): 7-bit, CRLF, and with slots inside encoded text.

A slot stands at the start of a line of its own after a soft line break (RFC 2045 section 6.7, rule 5), so that a
token of any length up to 70 leaves the encoding right and filling stays a join. Boundaries begin with `=_`, which
neither quoted-printable nor base64 can hold. Pure.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence

from . import headers
from .letter import Picture, Slot

Pieces = list[bytes | Slot]

LINE_MAX = 76
LONGEST = 998
"""Of a line of a mail, without its end (RFC 5322 section 2.1.1)."""
_IMAGE = re.compile(r"image/[a-z0-9.+-]{1,60}")


def quoted_printable(parts: Sequence[str | Slot]) -> Pieces:
    """Text with slots as quoted-printable UTF-8, ended by a line break."""
    pieces: Pieces = []
    for part in parts:
        if isinstance(part, Slot):
            before = pieces.pop() if pieces and isinstance(pieces[-1], bytes) else b""
            assert isinstance(before, bytes)
            pieces += [_soft_break(before), part, b"=\r\n"]
        else:
            pieces.append(_encode(part))
    last = pieces[-1] if pieces else b""
    if isinstance(last, Slot) or not last.endswith(b"\n") or last.endswith(b"=\r\n"):
        pieces.append(b"\r\n")
    return pieces


def _encode(text: str) -> bytes:
    content = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    encoded = re.sub(rb"\r?\n", b"\r\n", binascii.b2a_qp(content, quotetabs=False, istext=True))
    # mbox files would turn it into ">From " (RFC 4155): the break keeps the line below its limit
    return re.sub(rb"(?m)^From ", b"=46rom=\r\n ", encoded)


def _soft_break(encoded: bytes) -> bytes:
    """The encoded text with its last line open, so that the next byte stands at the start of a line."""
    start = encoded.rfind(b"\n") + 1
    if start == len(encoded):
        return encoded
    if len(encoded) - start >= LINE_MAX:
        cut = start + LINE_MAX - 6
        escape = encoded.rfind(b"=", cut - 2, cut)
        cut = escape if escape >= 0 else cut
        encoded = encoded[:cut] + b"=\r\n" + encoded[cut:]
    return encoded + b"=\r\n"


def text_part(subtype: str, parts: Sequence[str | Slot]) -> Pieces:
    """A text/plain or text/html part with its headers."""
    head = headers.line("Content-Type", f"text/{subtype};", "charset=utf-8")
    return [
        head + headers.line("Content-Transfer-Encoding", "quoted-printable") + b"\r\n",
        *quoted_printable(parts),
    ]


def picture_part(picture: Picture, content_id: str) -> Pieces:
    """A picture that the HTML part shows by `cid:content_id`."""
    kind = picture.type.lower() if _IMAGE.fullmatch(picture.type.lower()) else "application/octet-stream"
    head = (
        headers.line("Content-Type", kind)
        + headers.line("Content-Transfer-Encoding", "base64")
        + headers.ids("Content-ID", [content_id])
        + headers.line(
            "Content-Disposition", "inline;", headers.parameter("filename", picture.name or "picture")
        )
    )
    return [head + b"\r\n" + base64.encodebytes(picture.content).replace(b"\n", b"\r\n")]


def mail_part(content: bytes) -> Pieces:
    """A whole mail; one that is not 7-bit goes as a file, for message/rfc822 takes no encoding (RFC 2046 5.2.1)."""
    lines = re.split(rb"\r\n|\n|\r", content)
    plain = content.isascii() and b"\0" not in content and max(map(len, lines)) <= LONGEST
    head = headers.line("Content-Type", "message/rfc822" if plain else "application/octet-stream")
    head += headers.line("Content-Disposition", "attachment;", headers.parameter("filename", "mail.eml"))
    if plain:
        return [head + b"\r\n" + b"\r\n".join(lines) + b"\r\n"]
    encoded = base64.encodebytes(content).replace(b"\n", b"\r\n")
    return [head + headers.line("Content-Transfer-Encoding", "base64") + b"\r\n" + encoded]


def multipart(subtype: str, seed: str, parts: Sequence[Pieces], **parameters: str) -> Pieces:
    """A multipart of parts; the boundary comes from `seed`, which differs for each multipart of a letter."""
    boundary = "=_" + hashlib.sha256(f"{subtype} {seed}".encode("utf-8", "replace")).hexdigest()[:32]
    words = [f"multipart/{subtype};", *(f'{name}="{value}";' for name, value in parameters.items())]
    pieces: Pieces = [headers.line("Content-Type", *words, f'boundary="{boundary}"') + b"\r\n"]
    for part in parts:
        pieces += [f"--{boundary}\r\n".encode(), *part, b"\r\n"]
    return [*pieces, f"--{boundary}--\r\n".encode()]


def joined(pieces: Pieces) -> tuple[bytes | Slot, ...]:
    """The same pieces with as few joins as there can be."""
    short: Pieces = []
    for piece in pieces:
        if isinstance(piece, bytes) and short and isinstance(short[-1], bytes):
            short[-1] += piece
        else:
            short.append(piece)
    return tuple(short)
