"""Whose word is taken for the author of a mail: our own checks of what came to the SMTP door, else our MTA's.

A check takes time, so it runs beside the road: until it is done the mail waits. Where the DNS does not answer, the
mail waits longer and is checked again, and after the last time it counts as one that nobody vouches for: it is held,
never refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..mail.message import Message
from ..posting.authentication import Organizational, Vouched, trusted
from ..store.ledger import Entry

SOON = 500_000
"""What a mail waits that is being checked, in microseconds."""
PAUSES = (60_000_000, 300_000_000, 900_000_000, 3_600_000_000)
"""What it waits after the first, second ... check without an answer from the DNS."""


class Unsettled(Exception):
    """It is not known yet whose a mail is; `pause` in microseconds, `counts` says that a check was in vain."""

    def __init__(self, reason: str, pause: int, *, counts: bool) -> None:
        super().__init__(reason)
        self.pause, self.counts = pause, counts


@dataclass(frozen=True, slots=True)
class Vouching:
    """`verify` gives what was found of a mail, None while it is looked for; without it only our MTA is believed."""

    verify: Callable[[Entry, bytes], Vouched | None] | None = None
    organizational: Organizational | None = None

    def check(self, entry: Entry, raw: bytes) -> Vouched | None:
        """What our own check of a mail says; None where there is none. Raises `Unsettled`."""
        if self.verify is None or entry.via != "smtp" or entry.released:
            return None
        found = self.verify(entry, raw)
        if found is None:
            raise Unsettled("it is being checked who sent it", SOON, counts=False)
        if found.passed is not None:
            return found
        if entry.tries > len(PAUSES):
            return replace(found, passed=False)
        raise Unsettled(found.reason, PAUSES[max(entry.tries, 1) - 1], counts=True)

    def conclude(self, found: Vouched | None, message: Message, authserv_id: str) -> Vouched:
        """What counts for the author of a mail, with what our own check found; `passed` None: nobody was asked."""
        address = message.author.address if message.author else ""
        if found is not None:
            # both have read From by the same rules; if they ever differ, nobody is believed
            same = found.domain == address.rpartition("@")[2]
            return found if same else Vouched(found.domain, False, "its author cannot be told with certainty")
        return trusted(message.headers, address, authserv_id, self.organizational)
