"""A thread as a tree or by time, the way to a post in it, and a post with all that its mail held."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...store import archive
from ...store.database import Tx
from .. import posts, shown, tree
from ..room import answer, number, page, page_number
from ..tree import Order

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
        order = _order(tx, thread_id, timely=timely)
        total = len(order.posts)
        pager = shown.pager(at, total, POSTS)
        if not total or at > pager.last:
            raise HTTPException(404)
        here = order.turns((at - 1) * POSTS, at * POSTS)
        shown_posts = posts.some(tx, here, opening_post=order.posts[0], with_answers=timely)
        people = archive.people(tx, thread_id)
        return page(
            request, "thread.html", thread=thread, posts=shown_posts, people=people, total=total, timely=timely,
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
        at = _order(tx, thread_id, timely=False).posts.index(post_id) // POSTS + 1
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
        return page(request, "whole.html", index=False, thread=thread, post=posts.whole(tx, post_id))

    return await answer(request, build)


def _order(tx: Tx, thread_id: int, *, timely: bool) -> Order:
    outline = archive.outline(tx, thread_id)
    return tree.by_time(outline) if timely else tree.as_tree(outline)
