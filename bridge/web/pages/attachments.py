"""Attachments: pictures that browsers draw safely are shown, everything else is a download.

The type is read off the bytes, never believed; pictures are given without their metadata. Under `sandbox` nothing in a
file can run, even when it is opened.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...store import archive, thumbnails
from ...store.database import Tx
from .. import pictures, shown
from ..room import answer, number

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
LONGEST = 255


async def attachment(request: Request) -> Response:
    """The bytes of an attachment of a public list; the name in the path is for the reader's eyes."""
    attachment_id = number(request, "attachment")

    def build(tx: Tx) -> Response:
        found = archive.attachment(tx, attachment_id)
        if found is None:
            raise HTTPException(404)
        name, content = found
        kind = picture(content)
        return _file(name, pictures.bare(kind, content), kind)

    return await answer(request, build)


async def thumbnail(request: Request) -> Response:
    """The small form of a picture in a public list, as it was drawn before."""
    attachment_id = number(request, "attachment")

    def build(tx: Tx) -> Response:
        found = thumbnails.shown(tx, attachment_id)
        if found is None:
            raise HTTPException(404)
        name, content = found
        return _file(f"{name}.webp", content, "image/webp")

    return await answer(request, build)


def _file(name: str, content: bytes, kind: str) -> Response:
    """What is shown where it is of a `kind` of picture, and else saved."""
    headers = {
        "Content-Security-Policy": POLICY,
        "Content-Disposition": disposition(name, inline=bool(kind)),
        "Cache-Control": "private, max-age=86400",
    }
    return Response(content, 200, headers, kind or "application/octet-stream")


def picture(content: bytes) -> str:
    """The media type of a picture that may be shown, by its first bytes; empty for all else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return ""


def disposition(name: str, *, inline: bool) -> str:
    """Content-Disposition (RFC 6266), the file name in ASCII and in UTF-8, without paths, controls and addresses."""
    clean = "".join(c for c in shown.safe_text(name) if c.isprintable() and c not in '/\\"')
    clean = clean.lstrip(". ") or "attachment"
    while len(clean.encode()) > LONGEST:
        clean = clean[:-1]
    ascii_name = "".join(c if c.isascii() and c != "%" else "_" for c in clean)
    way = "inline" if inline else "attachment"
    return f"{way}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(clean, safe='')}"
