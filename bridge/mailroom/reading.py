"""The parts of the walk that need no database: bytes -> Message -> triage, and then, with what is known, Reply -> HTML.

They may run in any thread or process, take what they need as arguments and give plain values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, takewhile

from ..mail.message import Message
from ..mail.parse import parse
from ..mail.triage import Nature, Own, Verdict, triage
from ..posting.render import render
from ..reply.clean import body, clean
from ..reply.known import Known
from ..reply.lines import Line
from ..reply.parts import Part, Reply, shown
from ..reply.tails import contradicted, fingerprints, lessons
from ..store.blobs import Blob, pack

PENDING = "/attachment/pending-{}/"
"""Stands in the HTML for the path of an attachment until the store has given it its id."""
QUOTED = '<p class="quoted"><a href="/post/{}">earlier post</a></p>\n'
"""Stands in the HTML below quoted lines; a page puts the name of who wrote them there."""
NOTE_LINES = 60
"""Lines of an automatic answer that are read for the day of a return."""
LINES = 300
"""Lines at each end of a body that are looked up among the tails."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Fingerprints of tails that a mail teaches, of its author and of his domain, and of those that it refutes."""

    author: tuple[str, ...]
    domain: tuple[str, ...]
    wrong: frozenset[str]


NO_LESSONS = Lessons((), (), frozenset())


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
    prints: frozenset[str] = frozenset()
    """Fingerprints of the lines at both ends of the body, to be looked up among the tails."""
    teaches: Lessons = NO_LESSONS
    """How its author ended it."""
    note: str = ""
    """What an automatic answer says above what it quotes."""

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
    note = _note(message) if verdict.nature is Nature.AUTO_REPLY else ""
    return Reading(message, verdict, None, "", (), frozenset(), lines, _prints(lines), note=note)


Read = Callable[[bytes, str, Own, Callable[[Reading], Known]], Reading]
"""Reads a mail in both steps: its bytes, its envelope sender, what is ours; and what is known, asked between them."""


def read_here(raw: bytes, sender: str, own: Own, known: Callable[[Reading], Known]) -> Reading:
    """Both steps in this process; `known` tells what is known of the mail as it is after the first."""
    first = read(raw, sender, own)
    return understand(first, known(first))


def _note(message: Message) -> str:
    own = takewhile(lambda line: not line.depth, body(message))
    return "\n".join(line.text for line in islice(own, NOTE_LINES))


def _prints(lines: Sequence[Line]) -> frozenset[str]:
    ends = [lines] if len(lines) <= 2 * LINES else [lines[:LINES], lines[-LINES:]]
    return frozenset().union(
        *(each for end in ends for each in fingerprints([line.markdown for line in end]))
    )


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
        prints=frozenset(),
        teaches=_lessons(reply, known),
    )


def _lessons(reply: Reply, known: Known) -> Lessons:
    author, domain = lessons(reply.parts)
    wrong = contradicted(reply.parts, known)
    return Lessons(tuple(each for each in author if each not in wrong), tuple(domain), frozenset(wrong))


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
