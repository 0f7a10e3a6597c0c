"""Leaving a list by the link of a letter (RFC 8058): GET shows a button and changes nothing, POST acts.

Mail programs and scanners fetch links by themselves, so only POST counts; its body (`List-Unsubscribe=One-Click` or
the form of our own page) says nothing that the token does not, and is not read. No cookie takes part: whoever holds
the token may do this one thing, and doing it again is no fault.
"""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..room import page, room

LONGEST = 200


async def unsubscribe_page(request: Request) -> Response:
    """Ask, or act."""
    here = room(request)
    token = request.path_params["token"]
    known = await asyncio.to_thread(here.unsubscribable, token) if len(token) <= LONGEST else None
    if known is None:
        raise HTTPException(404)
    person, mailing_list = known
    done = request.method == "POST"
    if done:
        await asyncio.to_thread(here.unsubscribe, token)
    response = page(request, "unsubscribe.html", index=False, person=person, list=mailing_list, done=done)
    response.headers["Cache-Control"] = "no-store"
    return response
