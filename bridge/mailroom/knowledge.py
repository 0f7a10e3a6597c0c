"""What is known of a mail before it is cleaned, and what is learned of it once it is posted.

The thread is found by the reply token and by the chain of Message-IDs alone: what the mail quotes is known only after
the cleaning. Limits: the posts that the mail names and the LATEST of the thread up to its date, of them
TEXT characters.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from ..fanout.body import alone, furniture
from ..mail.recipient import RecipientKind
from ..mail.triage import Nature
from ..posting.threads import chain
from ..reply.known import NOTHING, Known, KnownPost
from ..store import people, tails, threads
from .answers import digest_of, told_of
from .hand import Walk, addressed, reply_token

LATEST = 20
TEXT = 300_000


def gather(walk: Walk) -> Known:
    """The posts of the thread, our letters' footer, and which lines the author is known to end mails with."""
    message = walk.reading.message
    if walk.reading.verdict.nature is not Nature.PERSON:
        return NOTHING
    address = message.author.address if message.author else ""
    digest = digest_of(walk)
    told = told_of(walk, digest) if digest else []
    posts = tuple(post for each in told for post in each.posts) or _posts(walk, address)
    titles = tuple(each.title or each.name for each in walk.lists)
    return Known(
        posts=posts,
        footer=_footer(titles, walk.site.name, frozenset(post.author for post in posts)),
        url=walk.site.url,
        tails=tails.seen(walk.tx, address, walk.reading.prints, walk.now),
    )


def learn(walk: Walk) -> None:
    """Remember how the author of a mail that is posted ended it, and forget what turned out to be his words."""
    author = walk.reading.message.author
    if author is None:
        return
    taught = walk.reading.teaches
    tails.doubt(walk.tx, author.address, taught.wrong, walk.now)
    tails.learn(walk.tx, author.address, taught.author, taught.domain, walk.entry.id, walk.now)


_alone = lru_cache(1024)(alone)
"""A thread has the same authors for each of its mails, and their lines in seven languages take 50 us each."""


@lru_cache(128)
def _footer(titles: tuple[str, ...], site: str, authors: frozenset[str]) -> tuple[str, ...]:
    """The lines of our letters' footers. The longest first: "answer to Ada" may begin "answer to Ada Hall"."""
    lines = {line for title in titles for line in furniture(title, site)}
    lines |= {line for author in authors for line in _alone(author)}
    return tuple(sorted(sorted(lines), key=len, reverse=True))


def _posts(walk: Walk, address: str) -> tuple[KnownPost, ...]:
    tx, named = walk.tx, chain(walk.reading.message)
    within = _threads(walk, named)
    author = people.by_address(tx, address) if address and within else None
    posts: dict[int, KnownPost] = {}
    left = TEXT
    before = walk.date  # a mail that comes late quotes no answer to it: there its own words are the quote
    for thread_id in within:
        for row in tx.known_posts(thread_id=thread_id, chain=json.dumps(named), before=before, size=LATEST):
            left -= len(row["text"]) + len(row["around"] or "")
            if left < 0:
                break
            own = author is not None and row["author_id"] == author.id
            posts[row["id"]] = KnownPost(row["id"], row["author"], row["text"], row["around"] or "", own)
    return tuple(posts.values())


def _threads(walk: Walk, named: Sequence[str]) -> list[int]:
    """The threads that the mail is for, as far as token and chain tell: one in each of its lists."""
    found: list[int] = []
    bound = reply_token(walk)
    if bound and (place := threads.at_post(walk.tx, bound[1], "token")) and place.thread_id:
        found.append(place.thread_id)
    wanted = {each.list_address for each in addressed(walk) if each.kind is RecipientKind.POST}
    for target in walk.lists:
        if target.address in wanted and (place := threads.by_chain(walk.tx, target.id, named)):
            found += [place.thread_id] if place.thread_id else []
    return list(dict.fromkeys(found))[:3]
