"""Answers to a digest: to which of its threads they go, and who is asked where that is not clear.

An answer is known by the token in its address, or by In-Reply-To where the reader of the digest wrote it. What it
answers is found (`posting.answered`), or it is held with the code `which-thread`, and its sender gets one mail in which
he taps the thread. Then it is walked again, as if it had been sent to the reply address of that thread.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from ..fanout.digest import order
from ..fanout.notices.digests import Choice, which_thread
from ..mail.recipient import RecipientKind
from ..mail.token import Purpose
from ..posting.answered import Told, answered
from ..posting.post import MailingList
from ..posting.render import excerpt
from ..posting.threads import is_answer
from ..reply.known import KnownPost
from ..store import digests, people
from ..store.digests import Collected
from ..store.threads import Place
from . import tongue
from .hand import Ending, Walk, header_addresses, meanings, tell_by

NUMBER = re.compile(r"\s{0,9}[#(]?(\d{1,3})\b")
NOT_A_POST = re.compile(r"(?:digest|notice)\.[0-9]{1,18}\.")
CHOICE = re.compile(r"confirm\+([a-z2-7]{20,52})@")


def digest_of(walk: Walk) -> Collected | None:
    """The digest that a mail answers, if it does."""
    for meaning in meanings(walk, (*walk.entry.recipients, *header_addresses(walk))):
        if meaning.kind is RecipientKind.REPLY:
            if walk.tokens.read(Purpose.REPLY, meaning.token):
                return None  # it names its post
            bound = walk.tokens.read(Purpose.DIGEST, meaning.token)
            if bound and (found := digests.get(walk.tx, bound[1])) and found.person_id == bound[0]:
                return found
    author = walk.reading.message.author
    for message_id in walk.reading.message.in_reply_to[:3]:
        found = digests.by_message_id(walk.tx, message_id)
        sender = people.by_address(walk.tx, author.address) if found and author else None
        if found and sender and found.person_id == sender.id:
            return found
    return None


def told_of(walk: Walk, found: Collected) -> list[Told]:
    """The threads of a digest in its own order, with the posts that it told of."""
    author = walk.reading.message.author
    sender = people.by_address(walk.tx, author.address) if author else None
    threads: dict[int, tuple[str, list[KnownPost]]] = {}
    last: dict[int, tuple[int, int]] = {}
    for row in walk.tx.digest_posts(digest_id=found.id):  # the oldest first
        last[row["thread_id"]] = row["list_id"], row["date"]
        post = KnownPost(
            row["id"], row["author"], row["text"], own=bool(sender and sender.id == row["author_id"])
        )
        threads.setdefault(row["thread_id"], (row["title"], []))[1].append(post)
    return [Told(each, threads[each][0], tuple(threads[each][1])) for each in order(last)]


def subject(walk: Walk, place: Place) -> str:
    """A mail's subject; that of its thread where it only repeats the subject of a digest or a notice of ours."""
    message = walk.reading.message
    ours = any(
        named.endswith(f"@{walk.site.domain}") and NOT_A_POST.match(named)
        for named in message.in_reply_to[:3]
    )
    ours = ours and place.parent_id is not None and is_answer(message.subject)
    row = walk.tx.thread_get(id=place.thread_id) if ours else None
    return f"Re: {row['title']}" if row else message.subject


@dataclass(frozen=True, slots=True)
class Found:
    """Where an answer to a digest goes: whose digest, the list, and the post; None begins a thread."""

    person_id: int
    target: MailingList
    post_id: int | None


def place(walk: Walk) -> Found | Ending | None:
    """What an answer to a digest answers; its ending where that is asked; None for any other mail."""
    found = digest_of(walk)
    threads = told_of(walk, found) if found else []
    if found is None or not threads:
        return None
    addresses = {
        walk.tokens.mint(Purpose.REPLY, found.person_id, post.id): post.id
        for each in threads
        for post in each.posts
    }
    post_id = answered(threads, walk.reply.parts, walk.reading.message.subject, addresses)
    last = threads[-1].posts[-1].id
    target = _list_of(walk, post_id or last)
    if target is None:
        return None
    if post_id is None and walk.entry.released:
        return Found(found.person_id, target, None)  # a moderator sees no thread for it either
    if post_id is None and _may_ask(walk):
        return _ask(walk, target, threads)
    # whose it is decides before its place does: a stranger's mail, or one without words, goes no further than that
    return Found(found.person_id, target, post_id or last)


def _may_ask(walk: Walk) -> bool:
    author = walk.reading.message.author
    sender = people.by_address(walk.tx, author.address) if author else None
    return bool(sender and sender.member and not walk.reading.empty)


def _ask(walk: Walk, target: MailingList, threads: list[Told]) -> Ending:
    """Hold the mail, and send its author the threads to choose from."""
    author = walk.reading.message.author
    sender = people.by_address(walk.tx, author.address) if author else None
    if walk.tx.digest_asked(message_id=walk.reading.message.message_id, id=walk.entry.id):
        return Ending("ignored", "duplicate", "the same mail has come in already, and was asked about")
    if author and sender:
        domain, mint = walk.site.domain, walk.tokens.mint
        choices = [
            Choice(each.title, f"confirm+{mint(Purpose.CHOOSE, walk.entry.id, each.thread_id)}@{domain}")
            for each in threads
        ]
        notice = which_thread(
            walk.site, target, sender.name, walk.reading.message.subject, excerpt(walk.reply.text), choices,
            tongue.of_sender(walk),
        )  # fmt: skip
        back = f"confirm+{mint(Purpose.CHOOSE, walk.entry.id, 0)}@{domain}"
        tell_by(walk, target, author.address, f"which-thread-{walk.entry.id}", notice, back)
    return Ending(
        "held", "which-thread", "it answers a digest of several threads; its author is asked which he means"
    )


def _list_of(walk: Walk, post_id: int) -> MailingList | None:
    post = walk.tx.post_get(id=post_id)
    return next((each for each in walk.lists if post and each.id == post["list_id"]), None)


def by_token(walk: Walk, token: str) -> Ending | None:
    """What a mail to an address of that letter does; None for any other token."""
    bound = walk.tokens.read(Purpose.CHOOSE, token)
    if bound is None:
        return None
    ledger_id, thread_id = bound
    row = walk.tx.ledger_get(id=ledger_id)
    if row is None or row["outcome"] != "held" or row["code"] != "which-thread":
        return Ending("command", "choose", f"mail {ledger_id} waits for no choice any more")
    if not thread_id:
        thread_id = _numbered(walk, ledger_id)
    last = walk.tx.digest_last_post(thread_id=thread_id, received=row["received"])
    sender = people.by_address(walk.tx, row["author"])
    if last is None or sender is None:
        return Ending("held", "unclear-choice", f"it chooses no thread for mail {ledger_id}")
    address = f"reply+{walk.tokens.mint(Purpose.REPLY, sender.id, last['id'])}@{walk.site.domain}"
    walk.tx.ledger_readdress(id=ledger_id, recipients=json.dumps([address]), now=walk.now)
    return Ending("command", "choose", f"mail {ledger_id} goes to thread {thread_id}")


def _numbered(walk: Walk, ledger_id: int) -> int:
    """The thread of the number that an answer to that letter begins with; 0 where there is none."""
    number = NUMBER.match(walk.reply.text)
    row = walk.tx.digest_question(ledger_id=ledger_id, kind=f"which-thread-{ledger_id}")
    tokens = CHOICE.findall(row["text"]) if row else []
    # each address stands twice: in its link, and to be read
    every = list(dict.fromkeys(tokens))
    if number is None or not 0 < int(number[1]) <= len(every):
        return 0
    bound = walk.tokens.read(Purpose.CHOOSE, every[int(number[1]) - 1])
    return bound[1] if bound and bound[0] == ledger_id else 0
