"""A thread as a tree or by time, the way to a post in it, and a post with all that its mail held."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...store import archive
from ...store.database import Tx
from .. import posts, shown, tree
from ..room import answer, number, page, page_number
from ..tree import Turn

POSTS = 100
"""Posts on a page."""


async def thread_page(request: Request) -> Response:
    """One page of a thread."""
    thread_id, at = number(request, "thread"), page_number(request)
    timely = request.query_params.get("by") == "time"

    def build(tx: Tx) -> Response:
        thread = archive.thread(tx, thread_id)
        if thread is None or thread.list_name != request.path_params["list"]:
            raise HTTPException(404)
        turns = _turns(tx, thread_id, timely=timely)
        pager = shown.pager(at, len(turns), POSTS)
        if not turns or at > pager.last:
            raise HTTPException(404)
        here = turns[(at - 1) * POSTS : at * POSTS]
        shown_posts = posts.some(tx, here, opening_post=turns[0].entry.id, with_answers=timely)
        people = len({turn.entry.author_id for turn in turns})
        return page(
            request, "thread.html", thread=thread, posts=shown_posts, people=people, total=len(turns), timely=timely,
            pager=pager,
        )  # fmt: skip

    return await answer(request, build)


async def permalink(request: Request) -> Response:
    """Lead to a post, on whichever page of its thread it stands by now."""
    post_id = number(request, "post")

    def build(tx: Tx) -> Response:
        place = archive.place(tx, post_id)
        if place is None:
            raise HTTPException(404)
        list_name, thread_id = place
        turns = _turns(tx, thread_id, timely=False)
        position = next(index for index, turn in enumerate(turns) if turn.entry.id == post_id)
        at = position // POSTS + 1
        query = f"?page={at}" if at > 1 else ""
        return RedirectResponse(f"/{list_name}/{thread_id}{query}#p{post_id}", 302)

    return await answer(request, build)


async def whole_page(request: Request) -> Response:
    """A post with all of its text and all that was folded."""
    post_id = number(request, "post")

    def build(tx: Tx) -> Response:
        place = archive.place(tx, post_id)
        thread = archive.thread(tx, place[1]) if place else None
        if thread is None:
            raise HTTPException(404)
        turns = _turns(tx, thread.id, timely=True)
        turn = next(turn for turn in turns if turn.entry.id == post_id)
        return page(request, "whole.html", index=False, thread=thread, post=posts.whole(tx, turn))

    return await answer(request, build)


def _turns(tx: Tx, thread_id: int, *, timely: bool) -> list[Turn]:
    entries = archive.outline(tx, thread_id)
    return tree.by_time(entries) if timely else tree.as_tree(entries)
