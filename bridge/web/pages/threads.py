"""A thread as a tree or by time, the way to a post in it, and a post with all that its mail held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...mail.message import Mailbox
from ...posting.people import display_name
from ...store import archive
from ...store.archive import Body, Entry, FoldedPart, StoredAttachment
from ...store.database import Tx
from .. import shown, tree
from ..room import answer, number, page, page_number
from ..tree import Turn

POSTS = 100
"""Posts on a page."""
DEEPEST = 9
"""Indentation ends here: the line "in reply to" tells the rest."""
LONG_POST = 100_000
"""A post with more HTML than this has a page of its own, so that a page of posts stays light."""
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
FOLDED_NAMES = {
    "quote": "Quoted text",
    "signature": "Signature",
    "disclaimer": "Disclaimer",
    "client": "Line of the mail program",
    "footer": "List footer",
    "forward-header": "Header of the forwarded mail",
}


@dataclass(frozen=True, slots=True)
class Fold:
    """A folded part as shown: `more` characters of it are left to the post's own page."""

    label: str
    reason: str
    text: str
    more: int


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post ready for its template: addresses hidden, what its mail held sorted by how it is shown."""

    entry: Entry
    depth: int
    parent: Entry | None
    parent_link: str
    parent_words: str
    answers: tuple[tuple[Entry, str], ...]
    html: Markup
    cut: str
    opening: str
    pictures: tuple[StoredAttachment, ...]
    files: tuple[StoredAttachment, ...]
    logos: tuple[StoredAttachment, ...]
    folds: tuple[Fold, ...]
    copied: tuple[str, ...]
    waiting: bool


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
        if at > pager.last:
            raise HTTPException(404)
        posts = _posts(tx, turns, at, timely=timely)
        people = len({turn.entry.author_id for turn in turns})
        return page(
            request, "thread.html", thread=thread, posts=posts, people=people, total=len(turns), timely=timely,
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
        body = archive.bodies(tx, [post_id], whole=True)[post_id]
        words = archive.openings(tx, [turn.parent.id] if turn.parent else [])
        post = _shown(turn, body, words, {}, whole=True)
        return page(request, "whole.html", index=False, thread=thread, post=post)

    return await answer(request, build)


def _turns(tx: Tx, thread_id: int, *, timely: bool) -> list[Turn]:
    entries = archive.outline(tx, thread_id)
    return tree.by_time(entries) if timely else tree.as_tree(entries)


def _posts(tx: Tx, turns: Sequence[Turn], at: int, *, timely: bool) -> list[ShownPost]:
    """The posts of one page; a link to one that stands on another page goes by its permalink."""
    here = turns[(at - 1) * POSTS : at * POSTS]
    bodies = archive.bodies(tx, [turn.entry.id for turn in here])
    words = archive.openings(tx, [turn.parent.id for turn in here if turn.parent])
    links = {turn.entry.id: f"#p{turn.entry.id}" for turn in here}
    posts = []
    for index, turn in enumerate(here):
        # The first post of a page does not stand below its parent, even where it follows it.
        below = turn.follows_parent and index > 0
        posts.append(_shown(turn, bodies[turn.entry.id], words, links, below=below, with_answers=timely))
    return posts


def _shown(
    turn: Turn, body: Body, words: dict[int, str], links: dict[int, str], *, whole: bool = False,
    below: bool = False, with_answers: bool = False,
) -> ShownPost:  # fmt: skip
    loose = [a for a in body.attachments if not a.folded and f"/attachment/{a.id}/" not in body.html]
    pictures = tuple(a for a in loose if a.type in PICTURES)
    parent = turn.parent
    cut = "" if whole or len(body.html) <= LONG_POST else shown.opening(body.text, 900)
    return ShownPost(
        entry=turn.entry,
        depth=min(turn.depth, DEEPEST),
        parent=parent,
        parent_link=_link(parent, links) if parent else "",
        parent_words=shown.opening(words[parent.id]) if parent and not below else "",
        answers=tuple((entry, _link(entry, links)) for entry in turn.answers) if with_answers else (),
        html=Markup("") if cut else shown.safe_html(body.html),
        cut=cut,
        opening=shown.opening(body.text, 90),
        pictures=pictures,
        files=tuple(a for a in loose if a not in pictures),
        logos=tuple(a for a in body.attachments if a.folded),
        folds=tuple(_fold(part) for part in body.folded),
        copied=tuple(sorted(display_name(Mailbox(name, address)) for name, address in body.copied)),
        waiting=body.waiting and parent is None,
    )


def _link(entry: Entry, links: dict[int, str]) -> str:
    return links.get(entry.id, f"/post/{entry.id}")


def _fold(part: FoldedPart) -> Fold:
    label = FOLDED_NAMES.get(part.kind, part.kind.capitalize())
    text = part.text if len(part.text) == part.length else part.text.rsplit(None, 1)[0]
    return Fold(label, part.reason, shown.safe_folded(text), part.length - len(text))
