"""The parts of the walk that need no database: bytes -> Message -> triage, and then, with what is known, Reply -> HTML.

They may run in any thread or process, take what they need as arguments and give plain values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..mail.message import Message
from ..mail.parse import parse
from ..mail.triage import Nature, Own, Verdict, triage
from ..posting.render import render
from ..reply.clean import body, clean
from ..reply.known import NOTHING, Known
from ..reply.lines import Line
from ..reply.parts import Part, Reply, shown
from ..store.blobs import Blob, pack

PENDING = "/attachment/pending-{}/"
"""Stands in the HTML for the path of an attachment until the store has given it its id."""
QUOTED = '<p class="quoted"><a href="/post/{}">earlier post</a></p>\n'
"""Stands in the HTML below quoted lines; a page puts the name of who wrote them there."""


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
    lines: tuple[Line, ...] = ()
    """The lines of the body of a person's mail that is not cleaned yet."""
    known: Known = NOTHING
    """What was known when it was cleaned."""

    @property
    def empty(self) -> bool:
        """Whether nothing of the mail would be seen: no words, no attachment of its own."""
        return not (self.reply and self.reply.text.strip()) and len(self.unshown) == len(self.blobs)


def read(raw: bytes, sender: str, own: Own) -> Reading:
    """Tell who wrote a mail: a person's is cleaned next (`understand`). Raises `Permanent` where it cannot be parsed.

    `sender` is its envelope sender.
    """
    message = parse(raw)
    verdict = triage(message, sender, own)
    lines = tuple(body(message)) if verdict.nature is Nature.PERSON else ()
    return Reading(message, verdict, None, "", (), frozenset(), lines)


def understand(reading: Reading, known: Known) -> Reading:
    """What a person's mail says to its thread, with what is known of thread and author."""
    message = reading.message
    if reading.verdict.nature is not Nature.PERSON:
        return reading
    reply = clean(message, known, list(reading.lines))
    pictures = {
        a.content_id: PENDING.format(seq) + a.name
        for seq, a in enumerate(message.attachments)
        if a.content_id and a.type.startswith("image/")
    }
    return replace(
        reading,
        reply=reply,
        html=as_html(reply.parts, pictures),
        blobs=tuple(pack(a.content) for a in message.attachments),
        unshown=_unshown(message, reply),
        lines=(),
        known=known,
    )


def as_html(parts: Sequence[Part], pictures: Mapping[str, str]) -> str:
    """The parts that are not folded as HTML, with a link below the quoted lines of each post that is known."""
    seen = [part for part in parts if not part.folded]
    return "".join(
        render(shown(run), pictures) + (QUOTED.format(post) if post else "")
        for post, run in groupby(seen, key=lambda part: part.post)
    )


def _unshown(message: Message, reply: Reply) -> frozenset[int]:
    folded = "\n".join(part.text for part in reply.folded)
    return frozenset(
        seq
        for seq, a in enumerate(message.attachments)
        if a.content_id and f"cid:{a.content_id}" in folded and f"cid:{a.content_id}" not in reply.text
    )
