"""The facts that a letter tells, gathered from the store; `fanout.compose` makes bytes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from ..errors import Permanent
from ..fanout.compose import (
    Answered,
    Letter,
    Linked,
    NoticeLetter,
    Picture,
    PostLetter,
    Slot,
    compose,
    compose_notice,
)
from ..fanout.relayed import RelayLetter, compose_relayed
from ..mail.token import Purpose, Tokens
from ..posting.post import MailingList, Post
from ..posting.render import excerpt
from ..posting.site import Site
from ..store import blobs, ledger, people
from ..store.database import Tx
from ..store.queue import Due
from . import relay, tongue
from .deciding import ATTACHED, PASSED_ON

SMALL_PICTURE = 256 * 1024
"""Pictures up to this size, in bytes, travel inside the letter; what is larger is a link."""
PICTURES = 10
PUNCTUATION = ".!#$%&'*+/=?^`{|}~_-"
BOUNCE, REPLY, UNSUBSCRIBE = Purpose.BOUNCE, Purpose.REPLY, Purpose.UNSUBSCRIBE
VERP_SLOT, REPLY_SLOT, UNSUBSCRIBE_SLOT = Slot.VERP, Slot.REPLY, Slot.UNSUBSCRIBE
"""Looked up once: to find a member of an enum takes 0.2 us, and each copy needs six."""
Addressed = tuple[str, Mapping[Slot, bytes]]
"""The envelope sender of a copy, and what goes into its slots."""
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,253}")


def of_delivery(tx: Tx, tokens: Tokens, site: Site, lists: tuple[MailingList, ...], due: Due) -> Letter:
    """The letter of a delivery, the same for all who read his language. Raises `Permanent` where its post is gone."""
    if due.notice_id is not None:
        return _notice(tx, site, lists, due.notice_id)
    post = _post(tx, due.post_id)
    target = next((each for each in lists if each.id == post.list_id), None)
    if target is None:
        raise Permanent("the list of this post is gone")
    pictures, linked = _attachments(tx, site, post.id)
    letter = compose(
        PostLetter(
            site=site,
            mailing_list=target,
            post=post,
            references=_references(tx, post),
            answers=_answers(tx, post),
            pictures=pictures,
            attachments=linked,
            copied=tuple(row["name"] for row in tx.copied_names(post_id=post.id)),
            permalink=f"{site.url}/post/{post.id}",
            thread_url=f"{site.url}/{target.name}/{post.thread_id}",
            masked=masked(tx, post.text, post.author_id),
            relay=_relay(tx, tokens, site, post),
            language=tongue.known(site, due.language),
        )
    )
    mail = tx.post_vouched(id=post.id)
    return replace(letter, vouched=mail["vouched"]) if mail else letter


def addressed(tokens: Tokens, site: Site, dues: Sequence[Due]) -> list[Addressed]:
    """For each of several copies its envelope sender (VERP), and what goes into its slots."""
    verps = tokens.mint_all(BOUNCE, [(due.person_id or 0, due.id) for due in dues])
    senders = [f"bounce+{verp.decode('ascii')}@{site.domain}" for verp in verps]
    if dues[0].post_id is None:  # the copies are of one letter
        return [(sender, {VERP_SLOT: verp}) for sender, verp in zip(senders, verps, strict=True)]
    replies = tokens.mint_all(REPLY, [(due.person_id or 0, due.post_id or 0) for due in dues])
    leaving = tokens.mint_all(UNSUBSCRIBE, [(due.person_id or 0, due.list_id or 0) for due in dues])
    return [
        (sender, {VERP_SLOT: verp, REPLY_SLOT: reply, UNSUBSCRIBE_SLOT: leave})
        for sender, verp, reply, leave in zip(senders, verps, replies, leaving, strict=True)
    ]


def _post(tx: Tx, post_id: int | None) -> Post:
    row = tx.post_get(id=post_id)
    if row is None:
        raise Permanent("the post is gone")
    return Post(**{key: row[key] for key in row.keys() if key != "guest"}, guest=bool(row["guest"]))  # noqa: SIM118


def _references(tx: Tx, post: Post) -> tuple[str, ...]:
    """The chain that the mail itself named, oldest first; else its parent, whatever found it."""
    named = tuple(row["message_id"] for row in tx.post_references(id=post.id))
    parent = tx.post_get(id=post.parent_id) if post.parent_id else None
    if parent is None or parent["message_id"] in named[-1:]:
        return named
    return (*(each for each in named if each != parent["message_id"]), parent["message_id"])


def _answers(tx: Tx, post: Post) -> Answered | None:
    parent = tx.post_get(id=post.parent_id) if post.parent_id else None
    return Answered(parent["author"], excerpt(parent["text"])) if parent else None


def _attachments(tx: Tx, site: Site, post_id: int) -> tuple[tuple[Picture, ...], tuple[Linked, ...]]:
    pictures: list[Picture] = []
    linked: list[Linked] = []
    for row in tx.attachment_list(post_id=post_id):
        if row["folded"]:
            continue
        small = row["type"].startswith("image/") and row["size"] <= SMALL_PICTURE and len(pictures) < PICTURES
        content = blobs.get(tx, row["sha256"]) if small and row["inline"] else None
        if content is not None:
            content_id = row["content_id"] or f"picture-{row['id']}"
            pictures.append(Picture(row["name"], row["type"], content, content_id))
        else:
            url = f"{site.url}/attachment/{row['id']}/{quote(row['name'])}"
            linked.append(Linked(row["name"], row["size"], url))
    return tuple(pictures), tuple(linked)


def _relay(tx: Tx, tokens: Tokens, site: Site, post: Post) -> str:
    """The address that reaches the author alone; empty where he takes no mail through us."""
    if not relay.reachable(tx, post.list_id, people.get(tx, post.author_id)):
        return ""
    return f"to+{tokens.mint(Purpose.RELAY, post.author_id, post.id)}@{site.domain}"


def masked(tx: Tx, text: str, author_id: int) -> frozenset[str]:
    """Addresses in a text that are another person's, known here: not its author's to pass on (promise O3)."""
    words = {word.lower().rstrip(".-_") for word in ADDRESS.findall(text)}
    # `*ada@x.test*` and `'ada@x.test'.` are the address and the signs around it, and may be all of an odd address too
    found = words | {word.lstrip(PUNCTUATION) for word in words}
    owners = {address: tx.person_of_address(address=address) for address in found}
    return frozenset(a for a, owner in owners.items() if owner and owner["person_id"] != author_id)


def _notice(tx: Tx, site: Site, lists: tuple[MailingList, ...], notice_id: int) -> Letter:
    row = tx.notice_get(id=notice_id)
    if row is None:
        raise Permanent("the notice is gone")
    if row["kind"] == relay.KIND:
        return _relayed(tx, site, row)
    return compose_notice(
        NoticeLetter(
            site=site, to_address=row["address"], subject=row["subject"], text=row["text"],
            message_id=row["message_id"], in_reply_to=row["in_reply_to"], date=row["created"],
            from_name=next((each.title for each in lists if each.id == row["list_id"]), site.name),
            reply_to=row["reply_to"], attached=_attached(tx, row),
        )
    )  # fmt: skip


def _attached(tx: Tx, row: Any) -> bytes:
    """The mail that a notice passes on, if it is one that does and the mail is not too large."""
    if not row["kind"].startswith(PASSED_ON):
        return b""
    content = ledger.raw(tx, row["ledger_id"]) or b""
    return content if len(content) <= ATTACHED else b""


def _relayed(tx: Tx, site: Site, row: Any) -> Letter:
    """A mail to one person alone, as it came in but for its headers."""
    mail = tx.ledger_get(id=row["ledger_id"])
    content = blobs.get(tx, mail["raw"]) if mail else None
    if content is None:
        raise Permanent("the mail to pass on is no longer kept")
    sender = people.by_address(tx, mail["author"])
    person = people.by_address(tx, row["address"])
    return compose_relayed(
        RelayLetter(
            site=site, sender=sender.name if sender else "", address=row["reply_to"],
            to_name=person.name if person else "", to_address=row["address"], subject=row["subject"],
            date=row["created"], message_id=row["message_id"], in_reply_to=row["in_reply_to"], content=content,
        )
    )  # fmt: skip
