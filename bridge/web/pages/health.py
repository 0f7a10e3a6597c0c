"""What machines ask: is it alive, and what may be crawled."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ...store import archive
from ...store.database import Tx
from ..room import answer

ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /unsubscribe/\nDisallow: /post/\n"


async def health(request: Request) -> Response:
    """`ok` when the store can be read."""

    def build(tx: Tx) -> Response:
        archive.place(tx, 0)
        return PlainTextResponse("ok\n")

    return await answer(request, build)


async def robots(_request: Request) -> Response:
    """What a crawler should leave alone."""
    return PlainTextResponse(ROBOTS)
