"""Atom feeds (RFC 4287): the newest posts of the site or of one list."""

from __future__ import annotations

import io
import re

from feedgenerator import Atom1Feed
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...posting.site import Site
from ...store import archive
from ...store.archive import Latest
from ...store.database import Tx
from .. import shown
from ..room import answer, fresh, room

POSTS = 40
TYPE = "application/atom+xml; charset=utf-8"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


async def site_feed(request: Request) -> Response:
    """The newest posts of all public lists."""

    def build(tx: Tx) -> Response:
        site = room(request).site
        feed = _feed(site, site.name, "/", "/feed.atom")
        return fresh(request, _write(site, feed, archive.latest(tx, None, size=POSTS)), TYPE)

    return await answer(request, build)


async def list_feed(request: Request) -> Response:
    """The newest posts of a list."""
    name = request.path_params["list"]

    def build(tx: Tx) -> Response:
        site = room(request).site
        overview = archive.list_named(tx, name)
        if overview is None:
            raise HTTPException(404)
        feed = _feed(site, f"{overview.title} – {site.name}", f"/{name}", f"/{name}/feed.atom")
        return fresh(request, _write(site, feed, archive.latest(tx, overview.id, size=POSTS)), TYPE)

    return await answer(request, build)


def _feed(site: Site, title: str, path: str, own_path: str) -> Atom1Feed:
    return Atom1Feed(
        title=_xml(shown.safe_text(title)),
        link=site.url + path,
        feed_guid=site.url + own_path,
        feed_url=site.url + own_path,
        description=None,
    )


def _write(site: Site, feed: Atom1Feed, posts: list[Latest]) -> bytes:
    for post in posts:
        link = f"{site.url}/post/{post.id}"
        title = shown.safe_title(post.title, post.masking)
        feed.add_item(
            title=_xml(f"Re: {title}" if post.parent_id else title),
            link=link,
            unique_id=link,
            description=None,
            content=_xml(_absolute(site, shown.safe_html(post.html, post.masking))),
            author_name=_xml(shown.safe_text(_writer(post))),
            pubdate=shown.when(post.date),
        )
    text = io.StringIO()
    feed.write(text, "utf-8")
    return text.getvalue().encode()


def _writer(post: Latest) -> str:
    return f"{post.credit}, forwarded by {post.author}" if post.credit else post.author


def _absolute(site: Site, html: str) -> str:
    """Pictures by their full address: a feed reader does not know where the page stood."""
    return html.replace('src="/attachment/', f'src="{site.url}/attachment/')


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
