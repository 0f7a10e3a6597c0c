"""The IMAP intake: one thread for each mailbox, which lives through everything the network and the server do.

A session that breaks is built anew, after 1 s, then longer, up to five minutes; a refused password waits five minutes
at once. Progress is the spool's cursor, so that ending this thread at any moment loses and doubles nothing.
"""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from .. import maillog
from .account import Account, Cursor, Fetched, Secret, Spool, from_command, from_file
from .mailbox import Mailbox, WrongPassword

__all__ = ["Account", "Cursor", "Fetched", "Poller", "Secret", "Spool", "from_command", "from_file"]

LONG_SECONDS = 300.0
HEALTHY_SECONDS = 60.0
"""A session that lasted this long ends the count of failures."""


def backoff(failures: int) -> float:
    """Seconds to the next try after so many failures in a row: 1, 2, 4 ... 30, and 300 after 20 minutes."""
    seconds = min(30.0, 2.0 ** min(failures - 1, 10)) if failures <= 45 else LONG_SECONDS / 1.25
    return seconds * random.uniform(0.75, 1.25)  # noqa: S311 (only to spread the tries)


class Poller(threading.Thread):
    """Reads one mailbox for ever; `on_state` hears each change: connected, unreachable, wrong-password, stopped."""

    def __init__(
        self,
        account: Account,
        spool: Spool,
        *,
        backoff: Callable[[int], float] = backoff,
        on_state: Callable[[str], None] = lambda state: None,
    ) -> None:
        super().__init__(name=f"imap {account.user}", daemon=True)
        self._account, self._spool, self._backoff, self._on_state = account, spool, backoff, on_state
        self._stopping = threading.Event()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._failed_fetches: Counter[int] = Counter()
        self._state = ""

    def stop(self) -> None:
        """Ask it to end: at once when it waits, else after the mails in hand. `join` waits for that."""
        if not self._stopping.is_set():
            self._stopping.set()
            with suppress(OSError):  # it may have ended meanwhile
                self._wake_writer.send(b"x")

    def run(self) -> None:
        """Session after session until `stop`."""
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                self._session()
            except WrongPassword as refused:
                self._tell("wrong-password", str(refused))
                failures = 0
                self._stopping.wait(LONG_SECONDS * random.uniform(1.0, 1.1))  # noqa: S311
            except Exception as fault:  # imaplib, imapclient and servers in trouble raise nearly anything
                healthy = time.monotonic() - started > HEALTHY_SECONDS
                failures = 1 if healthy else failures + 1
                self._tell("unreachable", f"{type(fault).__name__}: {fault}")
                self._stopping.wait(self._backoff(failures))
        self._tell("stopped", "")
        self._wake_reader.close()
        self._wake_writer.close()

    def _session(self) -> None:
        mailbox = Mailbox(self._account, self._spool, self._stopping, self._failed_fetches)
        try:
            mailbox.tidy()
            mailbox.catch_up()
            self._tell("connected", "")
            while not self._stopping.is_set():
                mailbox.wait(self._wake_reader)
                mailbox.catch_up()
        finally:
            mailbox.close()

    def _tell(self, state: str, why: str) -> None:
        if state == self._state:
            return
        self._state = state
        if why:
            maillog.imap_trouble(self._account.name, why)
        self._on_state(state)
