"""Bringing in an archive: each mail and its post are written in one transaction, many of them in one commit.

So an import that is cut short leaves nothing half. What it brought is on disk at the end of each lot, and brought
again it is passed over by its content. Several mails are read at a time; those that belong together one after another.
Limits: a lot has LOT mails and LOT_BYTES, and no more than two lots are in memory.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import count
from typing import NamedTuple

from ..errors import Permanent
from ..posting.post import MailingList
from ..store import ledger
from ..store.blobs import Blob, pack
from ..store.faults import PASSING, trouble
from ..store.ledger import Entry
from .hand import Ending
from .receiving import Receiver, Room

LOT = 500
LOT_BYTES = 16_777_216
THERE = "there already"
"""What is counted beside the outcomes: mails that an import has brought before."""


class Mail(NamedTuple):
    """A mail of an archive, with its envelope sender, and packed as it is kept."""

    sender: str
    content: bytes
    blob: Blob


class Archive:
    """An archive on its way to one list; `size` mails are read side by side."""

    def __init__(self, room: Room, address: str, size: int) -> None:
        self._room, self._receiver, self._recipients = room, Receiver(room), (address,)
        self._size, self._numbers, self._next = size, count(1), threading.Lock()
        # For all lots the same threads: each has a connection to the database, which stays open as long as that.
        self._readers = ThreadPoolExecutor(size, "import")
        room.store.relax()

    def close(self) -> None:
        """End the threads."""
        self._readers.shutdown()

    def bring(self, mails: Sequence[Mail]) -> Counter[str]:
        """Bring in one lot and wait until it is on disk; gives how many had which outcome.

        Raises what the database raises when it is full or in use: the mails that are not in it come again.
        """
        lot, every = self._new(mails), self._room.lists()
        found = Counter({THERE: len(mails) - len(lot)})
        waiting = iter(lot)
        begun = [self._readers.submit(self._read, waiting, every) for _ in range(self._size)]
        wait(begun)
        self._room.store.hurry()
        for thread in begun:
            for ending in thread.result():
                found[ending.result().outcome] += 1
        self._room.store.flush()
        return +found

    def _new(self, mails: Sequence[Mail]) -> list[Mail]:
        """Those that no import has brought to this list."""
        brought = self._room.store.read(
            lambda tx: ledger.imported(tx, self._recipients, [mail.blob.sha256 for mail in mails])
        )
        return [mail for mail in mails if mail.blob.sha256 not in brought]

    def _read(self, waiting: Iterator[Mail], every: tuple[MailingList, ...]) -> list[Future[Ending]]:
        """Read one mail after another, as one of several threads; what follows is the writer's."""
        endings: list[Future[Ending]] = []
        while True:
            with self._next:
                mail = next(waiting, None)
                if mail is None:
                    return endings
                sender, content, blob = mail
                entry = Entry(
                    next(self._numbers), self._room.now(), "import", "", sender, self._recipients, blob.sha256,
                    len(content), 1, False,
                )  # fmt: skip
                self._receiver.enter(entry)
            endings.append(self._begin(entry, content, blob, every))

    def _begin(
        self, entry: Entry, content: bytes, blob: Blob, every: tuple[MailingList, ...]
    ) -> Future[Ending]:
        try:
            return self._receiver.bring(entry, content, blob, every)
        except Exception as fault:
            if trouble(fault) in PASSING:
                raise
            code = "unparsable" if isinstance(fault, Permanent) else "fault"
            return self._receiver.park(entry, content, blob, Ending("parked", code, str(fault)[:500]))


def lots(mails: Iterator[tuple[str, bytes]]) -> Iterator[list[Mail]]:
    """The mails, as (sender, content), in lots of bounded number and size."""
    lot: list[Mail] = []
    size = 0
    for sender, content in mails:
        lot.append(Mail(sender, content, pack(content)))
        size += len(content)
        if len(lot) >= LOT or size >= LOT_BYTES:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def ahead(several: Iterator[list[Mail]]) -> Iterator[list[Mail]]:
    """Each lot, while the next one is read from its file."""
    with ThreadPoolExecutor(1, "archive") as reader:
        waiting = reader.submit(next, several, None)
        while lot := waiting.result():
            waiting = reader.submit(next, several, None)
            yield lot
