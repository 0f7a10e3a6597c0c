"""Posts made ready for their template: what their mails held, sorted by how it is shown, addresses hidden."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..mail.message import Mailbox
from ..posting.mentions import Names, linked
from ..posting.people import display_name
from ..posting.render import shortened
from ..store import archive
from ..store.archive import Body, Entry, FoldedPart, StoredAttachment
from ..store.database import Tx
from . import shown, thumbnails
from .tree import Turn

_QUOTED = re.compile(r'<p class="quoted"><a href="/post/([0-9]{1,18})">[^<]{0,40}</a></p>')
"""What the walk writes below quoted lines whose post it knows."""

DEEPEST = 9
"""Indentation ends here: the line "in reply to" tells the rest."""
OUTLINE = 90
"""Characters of a post's line in the outline of its thread."""
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
    """A folded part: its name leads to the post's own page, where its lines stand; other pages do not hold them."""

    label: str
    reason: str
    lines: tuple[str, ...]


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


def some(tx: Tx, turns: Sequence[Turn], *, opening_post: int, with_answers: bool) -> list[ShownPost]:
    """The posts of one page. A link to a post that stands on another page goes by its permalink.

    What a post answers is told in a few words, unless it stands right above or is the thread's opening post.
    """
    ids = [turn.post for turn in turns]
    here = set(ids)
    parents = {turn.parent for turn in turns if turn.parent}
    bodies = archive.bodies(tx, ids)
    known = {post: body.entry for post, body in bodies.items()} | archive.entries(tx, parents - here)
    words = {post: _words(body, here) for post, body in bodies.items()}
    said = {post: _line(body, words[post]) for post, body in bodies.items()}
    said |= {post: shown.opening(*each) for post, each in archive.openings(tx, parents - here).items()}
    answers = archive.answers(tx, ids) if with_answers else {}
    edge = min((turn.depth for turn in turns), default=0)
    near = {opening_post} & here
    posts = []
    for index, turn in enumerate(turns):
        plain = near | {turn.parent} if turn.parent and turn.follows_parent and index else near
        post = _shown(
            bodies[turn.post],
            known[turn.parent] if turn.parent else None,
            words[turn.post],
            said[turn.post],
            depth=turn.depth - edge,
            here=here,
            parent_words=said[turn.parent] if turn.parent and turn.parent not in plain else "",
            answers=answers.get(turn.post, ()),
        )
        posts.append(post)
    return posts


def whole(tx: Tx, post_id: int) -> ShownPost:
    """One post alone, nothing of it cut."""
    body = archive.bodies(tx, [post_id], whole=True)[post_id]
    above = [body.entry.parent_id] if body.entry.parent_id else []
    parent = next(iter(archive.entries(tx, above).values()), None)
    said = "".join(shown.opening(*each) for each in archive.openings(tx, above).values())
    return _shown(body, parent, _words(body, (), uncut=True), "", depth=0, here=(), parent_words=said)


def _words(body: Body, here: Container[int], *, uncut: bool = False) -> Markup:
    """The post's HTML as everybody may read it, with links and thumbnails; nothing of a very long one."""
    if len(body.html) > LONG_POST and not uncut:
        return Markup("")
    written = shown.safe_html(_linked(body, _quoting(body, here)), body.masking)
    return thumbnails.placed(written, body.attachments)


def _line(body: Body, words: Markup) -> str:
    """What the post is about, in one line."""
    return shown.first_words(words) if words else shown.opening(body.text, body.masking)


def _shown(
    body: Body, parent: Entry | None, words: Markup, said: str, *, depth: int, here: Container[int], parent_words: str,
    answers: Sequence[Entry] = (),
) -> ShownPost:  # fmt: skip
    loose = [a for a in body.attachments if not a.folded and f"/attachment/{a.id}/" not in body.html]
    pictures = tuple(a for a in loose if a.type in PICTURES and a.drawn != "left")
    cut = "" if words or not body.html else shown.opening(body.text, body.masking, 900)
    return ShownPost(
        entry=body.entry,
        depth=min(depth, DEEPEST),
        parent=parent,
        parent_link=_link(parent, here) if parent else "",
        parent_words=parent_words,
        answers=tuple((answer, _link(answer, here)) for answer in answers),
        html=words,
        cut=cut,
        opening=shortened(said, OUTLINE) or _instead(body),
        pictures=pictures,
        files=tuple(a for a in loose if a not in pictures),
        logos=tuple(a for a in body.attachments if a.folded),
        folds=tuple(_fold(part) for part in body.folded),
        copied=tuple(sorted(display_name(Mailbox(name, address)) for name, address in body.copied)),
        waiting=body.waiting and parent is None,
    )


def _linked(body: Body, written: str) -> str:
    """The HTML with the people whom the post mentions as links to their pages."""
    return linked(written, Names(body.mentioned), "/people/{}".format) if body.mentioned else written


def _quoting(body: Body, here: Container[int]) -> str:
    """The post's HTML with a link below each quote of an earlier post, which names who wrote that."""
    names = dict(body.quoted)

    def name(link: re.Match[str]) -> str:
        number = int(link[1])
        if number not in names:
            return ""
        target = f"#p{number}" if number in here else f"/post/{number}"
        return f'<p class="quoted"><a href="{target}"><bdi>{escape(names[number])}</bdi></a></p>'

    return _QUOTED.sub(name, body.html)


def _instead(body: Body) -> str:
    """What stands in an outline for a post without words."""
    return f"({body.attachments[0].name})" if body.attachments else ""


def _link(entry: Entry, here: Container[int]) -> str:
    return f"#p{entry.id}" if entry.id in here else f"/post/{entry.id}"


def _fold(part: FoldedPart) -> Fold:
    label = FOLDED_NAMES.get(part.kind, part.kind.capitalize())
    lines = tuple(shown.safe_folded(part.text).split("\n")) if part.text else ()
    return Fold(label, part.reason, lines)
