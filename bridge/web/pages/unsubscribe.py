"""Leaving a list by the link of a letter (RFC 8058): GET shows a button and changes nothing, POST acts.

Mail programs and scanners fetch links by themselves, so only POST counts; its body (`List-Unsubscribe=One-Click` or
the form of our own page) says nothing that the token does not, and is thrown away. No cookie takes part: whoever holds
the token may do this one thing, and doing it again is no fault; only without end is it told to wait.
"""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ..callers import LINK_POSTS, WRONG_LINKS
from ..room import page, room

LONGEST = 200
BODY = 65_536


async def unsubscribe_page(request: Request) -> Response:
    """Ask, or act."""
    here = room(request)
    token = request.path_params["token"]
    done = request.method == "POST"
    if done:
        await _heard_out(request)
    address = here.callers.address(request)
    here.callers.refuse_spent("link", address, WRONG_LINKS)
    known = await asyncio.to_thread(here.unsubscribable, token) if len(token) <= LONGEST else None
    if known is None:
        here.callers.spend("link", address, WRONG_LINKS)
        raise HTTPException(404)
    # Capitals are the same token, and no other one.
    here.callers.spend(request.method, token.lower(), LINK_POSTS if done else 10 * LINK_POSTS)
    person, mailing_list = known
    if done:
        await asyncio.to_thread(here.unsubscribe, token)
    response = page(request, "unsubscribe.html", index=False, person=person, list=mailing_list, done=done)
    response.headers["Cache-Control"] = "no-store"
    return response


async def _heard_out(request: Request) -> None:
    """Take what is sent, so that nobody is cut off while he speaks."""
    size = 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size > BODY:
                raise HTTPException(413)
    except ClientDisconnect:
        raise HTTPException(400) from None
