"""The part of the walk that needs no database: bytes -> Message -> triage -> Reply -> HTML, blobs.

It may run in any thread or process, takes what it needs as arguments and gives a plain value.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..mail.message import Message
from ..mail.parse import parse
from ..mail.triage import Nature, Own, Verdict, triage
from ..posting.render import render
from ..reply.clean import clean
from ..reply.parts import Reply
from ..store.blobs import Blob, pack

PENDING = "/attachment/pending-{}/"
"""Stands in the HTML for the path of an attachment until the store has given it its id."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A mail, understood. `reply` is None where no person wrote it; `blobs` match `message.attachments`."""

    message: Message
    verdict: Verdict
    reply: Reply | None
    html: str
    blobs: tuple[Blob, ...]
    unshown: frozenset[int]
    """Indices of attachments that only a folded part shows: the logo of a signature."""

    @property
    def empty(self) -> bool:
        """Whether nothing of the mail would be seen: no words, no attachment of its own."""
        return not (self.reply and self.reply.text.strip()) and len(self.unshown) == len(self.blobs)


def read(raw: bytes, sender: str, own: Own) -> Reading:
    """Understand a mail; `sender` is its envelope sender. Raises `Permanent` where it cannot be parsed."""
    message = parse(raw)
    verdict = triage(message, sender, own)
    if verdict.nature is not Nature.PERSON:
        return Reading(message, verdict, None, "", (), frozenset())
    reply = clean(message)
    pictures = {
        a.content_id: PENDING.format(seq) + a.name
        for seq, a in enumerate(message.attachments)
        if a.content_id and a.type.startswith("image/")
    }
    return Reading(
        message=message,
        verdict=verdict,
        reply=reply,
        html=render(reply.text, pictures),
        blobs=tuple(pack(a.content) for a in message.attachments),
        unshown=_unshown(message, reply),
    )


def _unshown(message: Message, reply: Reply) -> frozenset[int]:
    folded = "\n".join(part.text for part in reply.folded)
    return frozenset(
        seq
        for seq, a in enumerate(message.attachments)
        if a.content_id and f"cid:{a.content_id}" in folded and f"cid:{a.content_id}" not in reply.text
    )
