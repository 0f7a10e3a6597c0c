"""The web pages as an ASGI application: which path leads to which page.

    app = create(store, site, unsubscribable=..., unsubscribe=...)

Paths: `/` the lists; `/NAME` a list; `/NAME/THREAD` a thread, `?by=time`; `/post/ID` leads to a post in its thread,
`/post/ID/whole` shows all of it; `/people/ID`; `/search`; `/feed.atom` and `/NAME/feed.atom`; `/attachment/ID/NAME`,
`/attachment/ID/thumbnail/NAME`; `/unsubscribe/TOKEN`; `/static/NAME`; `/health`, `/metrics`. Lists for members are
not there at all. No cookies, no scripts.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..posting.site import Site
from ..store.database import Store
from . import metrics
from .callers import Callers
from .guard import Guard
from .pages import attachments, feeds, health, lists, people, search, threads, unsubscribe
from .room import Alarms, Room, Unsubscribable, Unsubscribe, page, quiet, templates
from .static import static_file

RESERVED = frozenset({"post", "people", "search", "attachment", "unsubscribe", "static", "health", "metrics"})
"""Names that no list may have, because a page of its own stands there."""


class Number(Convertor[int]):
    """A number of the database. One of more digits has none, and one of thousands Python refuses to read."""

    regex = "[0-9]{1,19}"

    def convert(self, value: str) -> int:
        """As it stands in a path."""
        return int(value)

    def to_string(self, value: int) -> str:
        """As it is written there."""
        return str(value)


register_url_convertor("number", Number())
ROUTES = [
    Route("/", lists.front),
    Route("/health", health.health),
    Route("/metrics", metrics.metrics),
    Route("/robots.txt", health.robots),
    Route("/static/{name}", static_file),
    Route("/feed.atom", feeds.site_feed),
    Route("/search", search.search_page),
    Route("/people/{person:number}", people.person_page),
    Route("/post/{post:number}", threads.permalink),
    Route("/post/{post:number}/whole", threads.whole_page),
    Route("/attachment/{attachment:number}/thumbnail/{name}", attachments.thumbnail),
    Route("/attachment/{attachment:number}/{name:path}", attachments.attachment),
    Route("/unsubscribe/{token}", unsubscribe.unsubscribe_page, methods=["GET", "POST"]),
    Route("/{list}/feed.atom", feeds.list_feed),
    Route("/{list}/{thread:number}", threads.thread_page),
    Route("/{list}", lists.list_page),
]
SAID = {
    404: "There is nothing at this address. It may have been moved, or it was never public.",
    429: "Too many requests came from where you are. Please wait a little.",
    503: "There is too much to do at the moment. Please try again in a little while.",
    405: "This address does not take that kind of request.",
}


def create(
    store: Store,
    site: Site,
    *,
    unsubscribable: Unsubscribable,
    unsubscribe: Unsubscribe,
    alarms: Alarms = quiet,
    callers: Callers | None = None,
) -> Starlette:
    """The application over a store; the two callables may block, they are called off the loop."""
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(Guard)],
        exception_handlers={HTTPException: refused},
    )
    app.router.redirect_slashes = False
    app.state.room = Room(store, site, templates(), unsubscribable, unsubscribe, alarms, callers or Callers())
    return app


async def refused(request: Request, fault: Exception) -> Response:
    """The page for what is not there, or not allowed."""
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    path = request.url.path
    if status == 404 and path.endswith("/") and (bare := "/" + path.strip("/")) != path:
        return RedirectResponse(bare, 308)
    headers = getattr(fault, "headers", None) or {}
    response = page(
        request,
        "error.html",
        status=status,
        index=False,
        phrase=HTTPStatus(status).phrase,
        said=SAID.get(status, "This cannot be shown."),
    )
    response.headers.update(headers)
    return response
