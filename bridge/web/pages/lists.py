"""The front page with its lists, and a list with its threads."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...store import archive
from ...store.archive import ThreadOverview
from ...store.database import Tx
from .. import shown
from ..room import answer, page, page_number

THREADS = 50
"""Threads on a page."""
NAMED = 3
"""People of a thread that its line names."""


async def front(request: Request) -> Response:
    """All public lists."""

    def build(tx: Tx) -> Response:
        return page(request, "front.html", lists=archive.lists(tx))

    return await answer(request, build)


async def list_page(request: Request) -> Response:
    """The threads of a list, newest activity first."""
    name = request.path_params["list"]
    at = page_number(request)

    def build(tx: Tx) -> Response:
        overview = archive.list_named(tx, name)
        if overview is None:
            raise HTTPException(404)
        pager = shown.pager(at, overview.threads, THREADS)
        if at > pager.last:
            raise HTTPException(404)
        threads = archive.threads(tx, overview.id, size=THREADS, skip=(at - 1) * THREADS)
        lines = [(thread, *_names(thread)) for thread in threads]
        return page(request, "list.html", list=overview, lines=lines, pager=pager)

    return await answer(request, build)


def _names(thread: ThreadOverview) -> tuple[Sequence[str], int]:
    """The first to speak, and how many others there are: never one of them alone, he is named instead."""
    names = thread.names
    shown_names = names if len(names) <= NAMED + 1 else names[:NAMED]
    return shown_names, max(0, thread.people - len(shown_names))
