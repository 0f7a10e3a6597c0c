"""A digest as text: what is in it, the threads with their posts, and how to answer. Readable as it is. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from .form import (
    DigestLetter,
    DigestPost,
    DigestThread,
    among,
    counted,
    moment,
    shown,
    summary,
    title_of,
)
from .words import words

WIDTH = 72


def text_body(digest: DigestLetter, size: int) -> str:
    """The text part; of each post about `size` characters."""
    lines = [f"{digest.title}: {summary(digest)}", *_since(digest), "", *_contents(digest)]
    for mailing_list, threads in digest.sections():
        if len(digest.lists) > 1:
            lines += ["", "", title_of(mailing_list).upper()]
        for number, thread in threads:
            lines += ["", "", *_thread(digest, number, thread, size)]
    return "\n".join([*lines, "", *_footer(digest)]) + "\n"


def _since(digest: DigestLetter) -> Iterator[str]:
    if digest.since is not None:
        yield f"Since {moment(digest.since, digest.date, digest.zone)}"


def _contents(digest: DigestLetter) -> Iterator[str]:
    if len(digest.threads) < 2:
        return
    yield "In this mail:"
    for mailing_list, threads in digest.sections():
        if len(digest.lists) > 1:
            yield f"\n  {title_of(mailing_list)}"
        for number, thread in threads:
            title = textwrap.shorten(shown(thread.title), 50, placeholder="…")
            yield f"  {number:>2}. {title} ({len(thread.posts)} new: {among(thread.names)})"


def _thread(digest: DigestLetter, number: int, thread: DigestThread, size: int) -> Iterator[str]:
    rule = "=" * WIDTH
    yield rule
    yield from textwrap.wrap(f"{number}. {shown(thread.title)}", WIDTH, subsequent_indent="   ")
    yield f"   {counts(thread)}"
    yield rule
    for post in thread.posts:
        yield ""
        yield from _post(digest, post, size)
    yield ""
    yield "To answer this thread, write to:"
    yield thread.reply_to


def counts(thread: DigestThread) -> str:
    """How much of a thread is new: "2 new of 9 posts"."""
    new = len(thread.posts)
    return f"{new} new of {thread.size} posts" if thread.size > new else counted(new, "new post")


def about(post: DigestPost) -> Iterator[str]:
    """What is to be said of a post beside its words."""
    if post.mentions:
        yield "mentions you"
    if post.guest:
        yield "a guest"
    if post.credit:
        yield f"words of {shown(post.credit)}, forwarded"
    if post.attachments:
        yield counted(post.attachments, "attachment")


def _post(digest: DigestLetter, post: DigestPost, size: int) -> Iterator[str]:
    more = "".join(f"; {one}" for one in about(post))
    yield f"--- {shown(post.author) or 'Somebody'}, {moment(post.date, digest.date, digest.zone)}{more} ---"
    if post.answers:
        said = f"In reply to {shown(post.answers.name)}: {shown(post.answers.excerpt)}"
        yield textwrap.shorten(said, 2 * WIDTH, placeholder=" …")
    yield ""
    cut = words(post.text, post.masked, size)
    if cut.plain:
        yield cut.plain
    if cut.left:
        yield f"\n[{counted(cut.left, 'more word')}: {post.permalink}]"
    else:
        yield f"\n[{post.permalink}]"


def how_to_answer(digest: DigestLetter) -> tuple[str, ...]:
    """The lines that say how a digest is answered: one of a single thread is answered as any mail."""
    if len(digest.threads) == 1:
        return ("To answer, just reply to this mail.",)
    return (
        "To answer, write to the address below a thread; or reply to this",
        "mail and keep of it only what you answer.",
    )


def _footer(digest: DigestLetter) -> Iterator[str]:
    yield "-- "
    yield from how_to_answer(digest)
    yield f"{shown(digest.site.name)}: {digest.site.url}/"
    for mailing_list in digest.lists:
        link = digest.leave_links.get(mailing_list.id)
        if link:
            yield f"Unsubscribe from {title_of(mailing_list)}: {link}"
