"""What somebody wrote, newest first."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...store import archive
from ...store.database import Tx
from .. import shown
from ..room import answer, number, page, page_number

POSTS = 50


async def person_page(request: Request) -> Response:
    """A person's posts in public lists."""
    person_id, at = number(request, "person"), page_number(request)

    def build(tx: Tx) -> Response:
        person = archive.person(tx, person_id)
        pager = shown.pager(at, person.posts if person else 0, POSTS)
        if person is None or at > pager.last:
            raise HTTPException(404)
        posts = archive.person_posts(tx, person_id, size=POSTS, skip=(at - 1) * POSTS)
        lines = [(post, shown.opening(post.text, post.masking, 260)) for post in posts]
        return page(request, "person.html", person=person, lines=lines, pager=pager)

    return await answer(request, build)
