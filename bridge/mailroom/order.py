"""Mails that are claimed and being walked: handed out oldest first, an answer after what it may answer.

Mails may be walked side by side, and any order gives the same threads; but the words that an answer quotes are known
only once the mail it answers was handed to the writer. Whoever answers nothing waits for nobody. In an archive
those of one author and thread wait too, so that how he ends his mails is learned in their order.
Limits: a mail waits PATIENCE seconds for earlier ones at most, so that one which hangs holds up nobody for long.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from ..mail.message import Message
from ..posting.threads import chain, is_answer, subject_key
from ..store.ledger import Entry

PATIENCE = 1.0
LARGE = 65_536
"""Bytes of a mail that may take long to read."""


class Order:
    """Hands out what `claim` gives, from any thread."""

    def __init__(self, claim: Callable[[], list[Entry]]) -> None:
        self._claim = claim
        self._handed = set[int]()
        self._claiming, self._changed = threading.Lock(), threading.Condition()
        self._claimed: deque[Entry] = deque()
        self._walked: dict[int, frozenset[str] | None] = {}
        self._large = set[int]()

    def take(self) -> Entry | None:
        """The oldest mail that nobody walks yet; None where none is due.

        While a large one is walked, other large ones let small ones pass: a reader is left to these.
        """
        with self._claiming:
            if not self._claimed:
                # A lease that ran out because the clock was set is still ours.
                self._claimed.extend(each for each in self._claim() if each.id not in self._walked)
            if not self._claimed:
                return None
            entry = self._next() if self._large else self._claimed[0]
            self._claimed.remove(entry)
            if entry.size > LARGE:
                self._large.add(entry.id)
            with self._changed:
                self._walked[entry.id] = None
            return entry

    def _next(self) -> Entry:
        """The oldest small mail of those that are claimed; an answer among them waits for those that it passes."""
        entry = next((each for each in self._claimed if each.size <= LARGE), self._claimed[0])
        with self._changed:
            self._walked.update((each.id, None) for each in self._claimed if each.id < entry.id)
        return entry

    def enter(self, entry: Entry) -> None:
        """A mail that nobody claimed, as one of an archive, is being walked."""
        with self._changed:
            self._walked[entry.id] = None

    def put_back(self, entry: Entry) -> None:
        """The disk would not have it: it waits its turn again, and this was no try of it."""
        with self._claiming:
            self._claimed = deque(sorted((entry, *self._claimed), key=lambda each: each.id))

    def wait(self, entry: Entry, message: Message) -> bool:
        """Wait until no earlier mail is being read that has to do with this one, or is not parsed yet.

        Gives whether one of them may not be committed yet.
        """
        if entry.id not in self._walked:
            return False
        if entry.via == "import":
            own = needs = relations(message)
        else:
            own, needs = frozenset((message.message_id, _topic(message))), answered(message)
        end = time.monotonic() + PATIENCE
        with self._changed:
            self._walked[entry.id] = own
            self._changed.notify_all()
            while before := self._before(entry, needs):
                if before <= self._handed or not self._changed.wait(end - time.monotonic()):
                    break
        return bool(before)

    def _before(self, entry: Entry, needs: frozenset[str]) -> set[int]:
        """The earlier mails that this one needs to know, or that are not parsed yet."""
        if not needs:
            return set()
        return {
            number
            for number, theirs in self._walked.items()
            if number < entry.id and (theirs is None or not theirs.isdisjoint(needs))
        }

    def handed(self, entry: Entry) -> None:
        """The writer has a mail, and what comes after it is done after it."""
        with self._changed:
            if entry.id in self._walked:  # it may be done by now
                self._handed.add(entry.id)
                self._changed.notify_all()

    def done(self, entry: Entry) -> None:
        """A mail has its outcome."""
        with self._changed:
            self._walked.pop(entry.id, None)
            self._large.discard(entry.id)
            self._handed.discard(entry.id)
            self._changed.notify_all()


def relations(message: Message) -> frozenset[str]:
    """What an archive's mails have in common that should not be walked at the same time: author, ids, subject."""
    author = message.author.address if message.author else ""
    return frozenset(each for each in (author, message.message_id, *chain(message), _topic(message)) if each)


def answered(message: Message) -> frozenset[str]:
    """What a mail may answer: the ids that it names; its subject, where that says so."""
    return frozenset((*chain(message), _topic(message)) if is_answer(message.subject) else chain(message))


def _topic(message: Message) -> str:
    return f"s {subject_key(message.subject)}"
