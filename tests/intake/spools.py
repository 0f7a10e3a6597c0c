"""A spool that remembers, and fails when told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from bridge.intake.imap import Cursor, Fetched, Skipped


class Spool:
    """Keeps mails by content as the ledger does; `before` and `after` are called around each keep and may raise."""

    def __init__(self) -> None:
        self.mails: list[Fetched] = []
        self.skipped: list[tuple[int, int]] = []
        self.at: Cursor | None = None
        self.doubles = 0
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None
        self._changed = threading.Condition()

    def cursor(self) -> Cursor | None:
        return self.at

    def keep(self, mails: Sequence[Fetched], cursor: Cursor, skipped: Sequence[Skipped]) -> None:
        self.before()
        with self._changed:
            here = {mail.content for mail in self.mails}
            new = [mail for mail in mails if mail.content not in here]
            self.doubles += len(mails) - len(new)
            self.mails += new
            self.skipped += [(each.uid, each.size) for each in skipped]
            self.at = cursor
            self._changed.notify_all()
        self.after()

    def wait_for(self, count: int, seconds: float = 60) -> list[bytes]:
        """The contents once there are so many; AssertionError after `seconds`."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.mails) >= count, seconds), (
                f"{len(self.mails)} of {count} mails came"
            )
            return [mail.content for mail in self.mails]


def wait_until(true: Callable[[], object], seconds: float = 60) -> None:
    """Ask every 5 ms until it holds; AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.005)
