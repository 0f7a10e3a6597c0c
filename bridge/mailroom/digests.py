"""Digests on the road: put together when they are due, and composed when they are sent.

`send_digests` decides what stands in a digest, once and for all; the letter is made of that when a sender asks for it,
with the posts as they are by then. Each reader's letter is his own: it holds his reply addresses.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import Any

from ..errors import Permanent
from ..fanout.digest import DigestLetter, DigestPost, DigestThread, compose_digest, in_order
from ..fanout.letter import Answered, Letter
from ..mail.token import Purpose, Tokens
from ..posting.post import MailingList, Person
from ..posting.render import excerpt
from ..posting.site import Site
from ..store import choices, digests, people
from ..store.database import Store, Tx
from ..store.queue import Due
from . import tongue
from .letters import masked

BATCH = 200
AT_ONCE = 20
"""Digests that one person gets at a time at most; what is beyond waits for the next look."""


def send_digests(store: Store, site: Site, now: int) -> int:
    """Put together every digest that is due at `now`, each person's in one transaction; gives their number.

    A fault with one person keeps back nobody else; the first of them is raised in the end.
    """
    made, last, fault = 0, 0, None
    while persons := store.read(partial(digests.due_people, now=now, after=last, n=BATCH)):
        last = persons[-1]
        waiting = [
            store.submit(partial(_collect, site=site, person_id=person, now=now)) for person in persons
        ]
        for future in waiting:
            fault = fault or future.exception()
            made += 0 if future.exception() else future.result()
    if fault:
        raise fault
    return made


def _collect(tx: Tx, *, site: Site, person_id: int, now: int) -> int:
    made = 0
    while made < AT_ONCE and digests.collect(tx, site, person_id, now) is not None:
        made += 1
    return made


def letter(tx: Tx, tokens: Tokens, site: Site, lists: tuple[MailingList, ...], due: Due) -> Letter:
    """The letter of a digest. Raises `Permanent` where nothing of it is left to tell."""
    found = digests.get(tx, due.digest_id or 0)
    person = people.get(tx, found.person_id) if found else None
    rows = tx.digest_posts(digest_id=due.digest_id)
    threads = in_order(threads_of(tx, tokens, site, lists, person.id, rows)) if person else ()
    if found is None or person is None or not threads:
        raise Permanent("nothing of this digest is left")
    before = tx.digest_before(id=found.id, person_id=person.id)["created"]
    return compose_digest(_told(tx, tokens, site, person, due.address, threads, found, before))


def preview(
    tx: Tx, tokens: Tokens, site: Site, lists: tuple[MailingList, ...], person: Person, now: int
) -> Letter:
    """The digest that a person would get now of all that is collected for him. Raises `Permanent` for nothing."""
    threads = in_order(threads_of(tx, tokens, site, lists, person.id, tx.digest_preview(person_id=person.id)))
    if not threads:
        raise Permanent("nothing is collected for a digest")
    found = digests.Collected(0, person.id, now, f"digest.0.{now}@{site.domain}")
    before = tx.digest_before(id=1 << 60, person_id=person.id)["created"]
    address = person.addresses[0] if person.addresses else f"nobody@{site.domain}"
    return compose_digest(_told(tx, tokens, site, person, address, threads, found, before))


def _told(
    tx: Tx, tokens: Tokens, site: Site, person: Person, address: str, threads: tuple[DigestThread, ...],
    found: digests.Collected, before: int | None,
) -> DigestLetter:  # fmt: skip
    lists = {thread.mailing_list.id for thread in threads}
    own = {
        each: f"{site.url}/unsubscribe/{tokens.mint(Purpose.UNSUBSCRIBE, person.id, each)}"
        for each in sorted(lists)
    }
    if len(lists) == 1:
        leave = tokens.mint(Purpose.UNSUBSCRIBE, person.id, next(iter(lists)))
    else:
        leave = tokens.mint(Purpose.LEAVE_DIGEST, person.id, found.id)
    return DigestLetter(
        site=site, name=person.name, address=address, threads=threads, message_id=found.message_id,
        date=found.created, since=before, timezone=choices.preferences(tx, person.id).rhythm(site).timezone,
        reply_to=f"reply+{tokens.mint(Purpose.DIGEST, person.id, found.id)}@{site.domain}",
        leave_url=f"{site.url}/unsubscribe/{leave}", leave_address=f"unsubscribe+{leave}@{site.domain}",
        leave_links=own, language=tongue.of_person(tx, site, person.id),
    )  # fmt: skip


def threads_of(
    tx: Tx, tokens: Tokens, site: Site, lists: tuple[MailingList, ...], person_id: int, rows: Iterable[Any]
) -> list[DigestThread]:
    """The threads of these posts, with the reader's own reply addresses."""
    by_id = {each.id: each for each in lists}
    known = sorted((row for row in rows if row["list_id"] in by_id), key=lambda row: row["thread_id"])
    threads = []
    for thread_id, group in groupby(known, key=lambda row: row["thread_id"]):
        new = sorted(group, key=lambda row: (row["date"], row["id"]))
        posts = tuple(_post(tx, tokens, site, person_id, row) for row in new)
        target, row = by_id[new[0]["list_id"]], new[0]
        threads.append(
            DigestThread(
                id=thread_id, mailing_list=target, title=row["title"], size=row["posts"], posts=posts,
                url=f"{site.url}/{target.name}/{thread_id}", reply_to=posts[-1].reply_to,
            )
        )  # fmt: skip
    return threads


def _post(tx: Tx, tokens: Tokens, site: Site, person_id: int, row: Any) -> DigestPost:
    answers = row["parent_author"] is not None
    return DigestPost(
        id=row["id"], author=row["author"], date=row["date"], text=row["text"], guest=bool(row["guest"]),
        permalink=f"{site.url}/post/{row['id']}", credit=row["credit"], attachments=row["attachments"],
        reply_to=f"reply+{tokens.mint(Purpose.REPLY, person_id, row['id'])}@{site.domain}",
        answers=Answered(row["parent_author"], excerpt(row["parent_text"])) if answers else None,
        mentions=row["reason"] == "mentioned", masked=masked(tx, row["text"], row["author_id"]),
    )  # fmt: skip
