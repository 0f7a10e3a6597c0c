"""Which thread of a digest an answer to it belongs to.

A digest is quoted like any letter, in whole or in part. What stands in the quote is known by the links and reply
addresses that stand with each post, and by the words of the posts themselves. A thread is clear where only one is
quoted; where the words stand between quoted lines of one, as under the post that they answer; where the subject is a
thread's; or where the digest has no other. All else is doubt, and doubt is asked. Pure; linear in the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..reply.known import KnownPost
from ..reply.lines import Line, from_text
from ..reply.parts import Kind, Part
from ..reply.standing import SURE, stands
from .threads import subject_key

PERMALINK = re.compile(r"/post/([0-9]{1,18})\b")
REPLY = re.compile(r"reply\+([a-z2-7]{20,52})@", re.IGNORECASE)
QUOTED = frozenset((Kind.QUOTE, Kind.FOOTER))
TITLE = 20
"""Characters from which on the beginning of a title is taken for it: long ones are wrapped."""
MOSTLY = 0.6
"""The share of a line's words that must stand in a post for the line to be of it."""

SHORT = 12
"""Lines of a few words, all of which stand in a post, that are looked for in the other threads."""


@dataclass(frozen=True, slots=True)
class Told:
    """A thread of a digest: its title, and the posts that the digest told of, oldest first."""

    thread_id: int
    title: str
    posts: tuple[KnownPost, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the answer: the post (or with 0 only the thread) that it quotes, or words of the author's own."""

    thread_id: int = 0
    post_id: int = 0
    own: bool = False
    quoted: bool = False


def answered(
    threads: Sequence[Told], parts: Iterable[Part], subject: str, addresses: Mapping[str, int]
) -> int | None:
    """The post that an answer to a digest answers, None where that is not clear.

    `addresses` are the tokens of the reply addresses in the digest, each with its post.
    """
    rows = list(_rows(threads, parts, addresses))
    # a title alone may stand in the contents; what stands with a post says more
    quoted = {row.thread_id for row in rows if row.post_id} or {
        row.thread_id for row in rows if row.thread_id
    }
    below = _below(rows)
    if len(quoted) == 1:
        thread = next(each for each in threads if each.thread_id in quoted)
        named = {row.post_id for row in rows if row.post_id}
        return named.pop() if len(named) == 1 else below.get(thread.thread_id) or _last(thread)
    if len(below) == 1:
        thread_id, post_id = below.popitem()
        return post_id or _last(next(each for each in threads if each.thread_id == thread_id))
    key = subject_key(subject)
    named_so = [each for each in threads if key and subject_key(each.title) == key]
    if len(named_so) == 1:
        return _last(named_so[0])
    return _last(threads[0]) if len(threads) == 1 else None


def _last(thread: Told) -> int:
    return thread.posts[-1].id


def _below(rows: Sequence[_Row]) -> dict[int, int]:
    """The threads between whose quoted lines there are words, each with the post above the first of these."""
    last_quoted = max((place for place, row in enumerate(rows) if row.quoted), default=-1)
    found: dict[int, int] = {}
    thread_id = post_id = 0
    for row in rows[: last_quoted + 1]:
        if row.thread_id:
            post_id = row.post_id or (post_id if row.thread_id == thread_id else 0)
            thread_id = row.thread_id
        elif row.own and thread_id:
            found.setdefault(thread_id, post_id)
    return found


def _rows(threads: Sequence[Told], parts: Iterable[Part], addresses: Mapping[str, int]) -> Iterator[_Row]:
    """The lines that quote a thread, and those of the author's own words; all others say nothing here."""
    of_post = {post.id: each.thread_id for each in threads for post in each.posts}
    posts = [post for each in threads for post in each.posts]
    titles = {subject_key(each.title): each.thread_id for each in threads}
    short = SHORT
    for part in parts:
        lines = from_text(part.text)
        found = stands(lines, posts)
        for line, stand in zip(lines, found, strict=True):
            if line.blank:
                continue
            if part.kind not in QUOTED and not line.depth:
                yield _Row(own=part.kind is Kind.WORDS)
                continue
            post_id = _marked(line.markdown, addresses, of_post)
            if not post_id and stand.share >= MOSTLY and stand.words >= SURE:
                post_id = stand.post
            elif not post_id and stand.post and stand.share == 1 and short:
                short -= 1
                post_id = stand.post if _alone(threads, of_post[stand.post], line) else 0
            thread_id = of_post.get(post_id, 0) or _titled(line.text, titles)
            yield _Row(thread_id, post_id, quoted=True)


def _alone(threads: Sequence[Told], thread_id: int, line: Line) -> bool:
    """Whether a line of a few words stands in no other thread."""
    others = [post for each in threads if each.thread_id != thread_id for post in each.posts]
    return not stands([line], others)[0].post


def _marked(text: str, addresses: Mapping[str, int], of_post: Mapping[int, int]) -> int:
    """The post whose link or reply address stands in a line."""
    for found in PERMALINK.finditer(text):
        if int(found[1]) in of_post:
            return int(found[1])
    for found in REPLY.finditer(text):
        if post_id := addresses.get(found[1].lower(), 0):
            return post_id
    return 0


_NUMBER = re.compile(r"(?:#{1,6}\s+)?(?:\d{1,3}\.\s+)?")


def _titled(text: str, titles: Mapping[str, int]) -> int:
    """The thread whose heading a line is: the title alone, or the first line of a long one."""
    key = subject_key(_NUMBER.sub("", text, count=1))
    if key in titles:
        return titles[key]
    if len(key) < TITLE:
        return 0
    return next((thread_id for title, thread_id in titles.items() if title.startswith(key)), 0)
