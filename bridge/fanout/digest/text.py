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
    framed,
    moment,
    shown,
    summary,
    title_of,
    upper,
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
        when = moment(digest.since, digest.date, digest.zone, digest.language)
        yield upper(framed(digest.language, "since", when=when))


def _contents(digest: DigestLetter) -> Iterator[str]:
    if len(digest.threads) < 2:
        return
    yield framed(digest.language, "contents")
    for mailing_list, threads in digest.sections():
        if len(digest.lists) > 1:
            yield f"\n  {title_of(mailing_list)}"
        for number, thread in threads:
            title = textwrap.shorten(shown(thread.title), 50, placeholder="…")
            new = counted(digest.language, "new", len(thread.posts))
            yield f"  {number:>2}. {title} ({new}: {among(digest.language, thread.names)})"


def _thread(digest: DigestLetter, number: int, thread: DigestThread, size: int) -> Iterator[str]:
    rule = "=" * WIDTH
    yield rule
    yield from textwrap.wrap(f"{number}. {shown(thread.title)}", WIDTH, subsequent_indent="   ")
    yield f"   {counts(digest, thread)}"
    yield rule
    for post in thread.posts:
        yield ""
        yield from _post(digest, post, size)
    yield ""
    yield framed(digest.language, "to_answer")
    yield thread.reply_to


def counts(digest: DigestLetter, thread: DigestThread) -> str:
    """How much of a thread is new: "2 new of 9 posts"."""
    new = len(thread.posts)
    if thread.size > new:
        return framed(digest.language, "new_of_1" if new == 1 else "new_of_n", n=new, size=thread.size)
    return counted(digest.language, "post", new)


def about(digest: DigestLetter, post: DigestPost) -> Iterator[str]:
    """What is to be said of a post beside its words."""
    if post.mentions:
        yield framed(digest.language, "mentions_you")
    if post.guest:
        yield framed(digest.language, "guest")
    if post.credit:
        yield framed(digest.language, "words_of", name=shown(post.credit))
    if post.attachments:
        yield counted(digest.language, "attachment", post.attachments)


def _post(digest: DigestLetter, post: DigestPost, size: int) -> Iterator[str]:
    more = "".join(f"; {one}" for one in about(digest, post))
    when = moment(post.date, digest.date, digest.zone, digest.language)
    yield f"--- {shown(post.author) or 'Somebody'}, {when}{more} ---"
    if post.answers:
        to = framed(digest.language, "in_reply_to", name=shown(post.answers.name))
        said = f"{to} {shown(post.answers.excerpt)}"
        yield textwrap.shorten(said, 2 * WIDTH, placeholder=" …")
    yield ""
    cut = words(post.text, post.masked, size)
    if cut.plain:
        yield cut.plain
    if cut.left:
        yield f"\n[{counted(digest.language, 'word', cut.left)}: {post.permalink}]"
    else:
        yield f"\n[{post.permalink}]"


def how_to_answer(digest: DigestLetter) -> str:
    """How a digest is answered: one of a single thread is answered as any mail."""
    return framed(digest.language, "answer_one" if len(digest.threads) == 1 else "answer_many")


def _footer(digest: DigestLetter) -> Iterator[str]:
    yield "-- "
    yield from textwrap.wrap(how_to_answer(digest), WIDTH)
    yield f"{shown(digest.site.name)}: {digest.site.url}/"
    for mailing_list in digest.lists:
        link = digest.leave_links.get(mailing_list.id)
        if link:
            leave = framed(digest.language, "unsubscribe", list=title_of(mailing_list))
            yield f"{leave}: {link}"
