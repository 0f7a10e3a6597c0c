"""What machines ask: is it alive, and what may be crawled."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ...store import archive
from ...store.database import DatabaseError, Tx
from ..room import room

ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /unsubscribe/\nDisallow: /post/\n"


async def health(request: Request) -> Response:
    """`ok`, or 503 and a line for each thing that an operator should look at."""

    def build(tx: Tx) -> Response:
        archive.place(tx, 0)
        return _told(room(request).alarms(tx))

    try:
        # In a thread of the loop's own: a flood of pages is no reason to be thought dead.
        return await asyncio.to_thread(room(request).store.read, build)
    except DatabaseError:
        return _told(["the database cannot be read"])


def _told(alarms: list[str]) -> Response:
    return PlainTextResponse("\n".join(alarms or ["ok"]) + "\n", 503 if alarms else 200)


async def robots(_request: Request) -> Response:
    """What a crawler should leave alone."""
    return PlainTextResponse(ROBOTS)
