"""What crosses the pipe between daemon and reader: tuples of plain values, which `marshal` writes and reads.

    Ask, Known           what the daemon asks, in two steps
    told, rest           what a reader tells of a mail after each: all of `Reading` but its lines, each thing once
    FAILED               why there is no reading: permanent (the mail's fault), memory or fault (ours), and more of it

Objects that are pickled have their fields gathered and set again one by one, in Python: 150 us a mail of 4 kB, both
sides together, and 45 as tuples (in a busy machine's caches 300 and 90). And nothing that a reader writes, whatever a
mail has made of it, calls anything in the daemon.

Limits: as `marshal` has them, 2 GB a value; attached mails are nested 50 deep at most (`mail.limits`).
"""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from ..mail.message import Attachment, Mailbox, Message
from ..mail.triage import Nature, Own, Verdict
from ..reply.known import Known, KnownPost, Sightings
from ..reply.parts import Credit, Kind, Part, Reply
from ..store.blobs import Blob
from .reading import Lessons, Reading

Plain = tuple[Any, ...]
"""What it is, one of the five below, and its values. Sets cross as tuples: `marshal` would sort them."""
ASK, KNOWN, TOLD, REST, FAILED = range(5)


@dataclass(frozen=True, slots=True)
class Ask:
    """A mail to be read. `cpu` in seconds, `memory` in bytes beyond what the reader has."""

    raw: bytes
    sender: str
    own: Own
    cpu: int
    memory: int


def packed(plain: Plain) -> bytes:
    """As it crosses the pipe."""
    return marshal.dumps(plain)


def unpacked(written: bytes | bytearray | memoryview) -> Plain:
    """What was `packed`. Raises ValueError, EOFError, TypeError where it was not."""
    plain: Plain = marshal.loads(written)  # noqa: S302  # values alone, no code is run
    return plain


# -- what the daemon asks --------------------------------------------------------------------------------------------

_KNOWN_POST = attrgetter("id", "author", "text", "around", "own")


def of_ask(ask: Ask) -> Plain:
    """The mail, and what is ours."""
    own = ask.own
    return ASK, ask.raw, ask.sender, own.domain, tuple(own.list_addresses), own.archive, ask.cpu, ask.memory


def ask_of(plain: Plain) -> Ask:
    """As it was."""
    _, raw, sender, domain, addresses, archive, cpu, memory = plain
    return Ask(raw, sender, Own(domain, frozenset(addresses), archive), cpu, memory)


def of_known(known: Known) -> Plain:
    """What is known of thread and author."""
    tails = {each: tuple(seen) for each, seen in known.tails.items()}
    return KNOWN, tuple(map(_KNOWN_POST, known.posts)), known.footer, known.url, tails


def known_of(plain: Plain) -> Known:
    """As it was."""
    _, posts, footer, url, tails = plain
    return Known(
        tuple([KnownPost(*post) for post in posts]),
        footer,
        url,
        {each: Sightings(*seen) for each, seen in tails.items()},
    )


# -- what the reader tells -------------------------------------------------------------------------------------------

_MAILBOX = attrgetter("name", "address")
_ATTACHMENT = attrgetter("name", "type", "content_id", "inline", "size")
_HEAD = attrgetter(
    "message_id", "author_fault", "delivered_to", "subject", "date", "in_reply_to", "references"
)
_BODY = attrgetter("headers", "text", "html", "content_type", "reports")
_BLOB = attrgetter("sha256", "size", "packed", "stored")
_KINDS = {kind.value: kind for kind in Kind}
_NATURES = {nature.value: nature for nature in Nature}


def of_told(reading: Reading) -> Plain:
    """What is known after the first step. Of attachments the contents stay behind: the blobs hold them later."""
    nature, reason = reading.verdict.nature.value, reading.verdict.reason
    return TOLD, _of_message(reading.message), nature, reason, tuple(reading.prints), reading.note


def told_of(plain: Plain) -> Reading:
    """As it was, but for lines and contents."""
    _, message, nature, reason, prints, note = plain
    verdict = Verdict(_NATURES[nature], reason)
    return Reading(_message_of(message), verdict, None, "", (), frozenset(), (), frozenset(prints), note=note)


def of_rest(reading: Reading) -> Plain:
    """What the second step adds."""
    reply, taught = reading.reply, reading.teaches
    return (
        REST,
        reply and _of_reply(reply),
        reading.html,
        tuple(map(_BLOB, reading.blobs)),
        tuple(reading.unshown),
        (taught.author, taught.domain, tuple(taught.wrong)),
    )


def rest_of(plain: Plain, told: Reading) -> Reading:
    """The whole reading, of which this much was `told`."""
    _, reply, html, blobs, unshown, (author, domain, wrong) = plain
    return Reading(
        told.message,
        told.verdict,
        reply and _reply_of(reply),
        html,
        tuple([Blob(*blob) for blob in blobs]),
        frozenset(unshown),
        teaches=Lessons(author, domain, frozenset(wrong)),
        note=told.note,
    )


def _of_message(message: Message) -> Plain:
    return (
        message.author and _MAILBOX(message.author),
        tuple(map(_MAILBOX, message.to)),
        tuple(map(_MAILBOX, message.cc)),
        _HEAD(message),
        _BODY(message),
        tuple(map(_ATTACHMENT, message.attachments)),
        tuple(map(_of_message, message.forwarded)),
    )


def _message_of(plain: Plain) -> Message:
    author, to, cc, head, body, attachments, forwarded = plain
    message_id, author_fault, delivered_to, subject, date, in_reply_to, references = head
    headers, text, html, content_type, reports = body
    return Message(
        message_id,
        author and Mailbox(*author),
        author_fault,
        tuple([Mailbox(*each) for each in to]),
        tuple([Mailbox(*each) for each in cc]),
        delivered_to,
        subject,
        date,
        in_reply_to,
        references,
        headers,
        text,
        html,
        tuple(
            [Attachment(name, kind, b"", cid, inline, size) for name, kind, cid, inline, size in attachments]
        ),
        tuple(map(_message_of, forwarded)),
        content_type,
        reports,
    )


def _of_reply(reply: Reply) -> Plain:
    parts = [(part.kind.value, part.text, part.reason, part.folded, part.post) for part in reply.parts]
    credit = reply.credit and (reply.credit.name, reply.credit.address)
    return parts, reply.text, credit, reply.quoted_ids, reply.quoted_links


def _reply_of(plain: Plain) -> Reply:
    parts, text, credit, ids, links = plain
    made = tuple([Part(_KINDS[kind], *rest) for kind, *rest in parts])
    return Reply(made, text, credit and Credit(*credit), ids, links)
