"""What every page needs: the store, the site, the templates; and how a page becomes a response.

All reads of a request happen in one thread hop and one snapshot: a page gives `answer` a plain function of the
transaction that ends in a response. Threads come from the loop's own pool, because the store keeps a connection
for each.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..posting.post import MailingList
from ..posting.site import Site
from ..store.database import Store, Tx
from . import shown, static, thumbnails
from .callers import Callers

Unsubscribable = Callable[[str], tuple[str, MailingList] | None]
"""Whom and which list an unsubscribe token names, subscribed or not any more; None for a token that is not ours."""
Unsubscribe = Callable[[str], bool]
"""Ends the subscription that a token names; false where there was none."""
Alarms = Callable[[Tx], list[str]]
"""What an operator should look at, a few words each; [] when all is well."""
FILTERS = (
    "safe_text",
    "safe_title",
    "day",
    "day_until",
    "iso",
    "at",
    "on",
    "named",
    "author",
    "figures",
    "marked",
    "voices",
    "size",
    "count",
    "initials",
)
WORTH_PACKING = 1_000
PACKING = 4
"""How hard a page is packed: one more saves 2 of 100 bytes, and takes half as long again."""
THREADS = 4
QUEUE = 200
"""So many requests may wait for a thread: at 5 ms each they are through within a second or so."""
PACKED = re.compile(r"(?:^|,)\s*gzip\s*(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))(?:[;,]|$)", re.IGNORECASE)
"""In Accept-Encoding: packed is welcome (RFC 9110 section 12.5.3)."""
LARGEST = 2**63 - 1
"""The largest number that the database knows."""


def quiet(_: Tx) -> list[str]:
    """Nobody watches."""
    return []


@dataclass(frozen=True)
class Room:
    """What the pages are handed."""

    store: Store
    site: Site
    templates: Environment
    unsubscribable: Unsubscribable
    unsubscribe: Unsubscribe
    alarms: Alarms = quiet
    callers: Callers = field(default_factory=Callers)
    threads: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, THREADS, "page"))
    """Of the pages' own, so that no flood of them keeps a mail waiting."""


@cache
def templates() -> Environment:
    """The templates: escaping everything, and failing on a name that was not given."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update({name: getattr(shown, name) for name in FILTERS})
    environment.globals["asset"] = static.url
    environment.filters["sized"] = thumbnails.sized
    return environment


def room(request: Request) -> Room:
    """The room that a request came into."""
    found: Room = request.app.state.room
    return found


async def answer(request: Request, build: Callable[[Tx], Response]) -> Response:
    """Read and render off the loop, in one thread and one snapshot of the store. 503 where too many wait for that."""
    here = room(request)
    if here.threads._work_queue.qsize() >= QUEUE:
        raise HTTPException(503, headers={"Retry-After": "5"})
    return await asyncio.get_running_loop().run_in_executor(here.threads, here.store.read, build)


def page(
    request: Request, template: str, *, status: int = 200, index: bool = True, **values: Any
) -> Response:
    """Render a template; a browser that has this very page already gets 304 (RFC 9110 section 13.1.2)."""
    here = room(request)
    body = here.templates.get_template(template).render(site=here.site, **values).encode()
    return fresh(request, body, "text/html; charset=utf-8", status=status, index=index)


def fresh(request: Request, body: bytes, media: str, *, status: int = 200, index: bool = True) -> Response:
    """A response that caches must ask about each time, by its ETag; packed where the browser takes it so."""
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if not index:
        headers["X-Robots-Tag"] = "noindex"
    if status == 200:
        # Weak: packed and plain are the same page (RFC 9110 section 8.8.1).
        headers["ETag"] = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        known = request.headers.get("if-none-match", "").split(",")
        if headers["ETag"] in (tag.strip() for tag in known):
            return Response(status_code=304, headers=headers)
    if len(body) > WORTH_PACKING and PACKED.search(request.headers.get("accept-encoding", "")[:400]):
        body = gzip.compress(body, PACKING, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, status, headers, media)


def number(request: Request, name: str) -> int:
    """A number of the path; one that no row can have is not found."""
    value: int = request.path_params[name]
    if value > LARGEST:
        raise HTTPException(404)
    return value


def page_number(request: Request) -> int:
    """The page asked for, from 1; what is not a sensible number is not found."""
    text = request.query_params.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) >= 1):
        raise HTTPException(404)
    return int(text)
