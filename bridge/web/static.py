"""The style sheet and the icon: read once at start, served under a name that changes with their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

TYPES = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_FOLDER = Path(__file__).with_name("static")
_FILES = {name: _FOLDER.joinpath(name).read_bytes() for name in TYPES}
_MARKS = {name: hashlib.blake2b(content, digest_size=6).hexdigest() for name, content in _FILES.items()}


def url(name: str) -> str:
    """The address of a static file, with the mark of its content."""
    return f"/static/{name}?v={_MARKS[name]}"


async def static_file(request: Request) -> Response:
    """Serve a static file; under its marked address it may be kept for good."""
    name = request.path_params["name"]
    if name not in _FILES:
        raise HTTPException(404)
    lasting = request.query_params.get("v") == _MARKS[name]
    cache = "public, max-age=31536000, immutable" if lasting else "no-cache"
    etag = f'"{_MARKS[name]}"'
    headers = {"Cache-Control": cache, "ETag": etag}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(_FILES[name], 200, headers, TYPES[name])
