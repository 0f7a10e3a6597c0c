"""The IMAP intake: one thread for each mailbox, which lives through everything the network and the server do.

A session that breaks is built anew, after 1 s, then longer, up to five minutes; a refused password waits five minutes
at once, unless it is changed. Progress is the spool's cursor, so that ending this thread at any moment loses and
doubles nothing.
"""

from __future__ import annotations

import random
import selectors
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from .. import maillog
from ..errors import BridgeError
from .account import Account, Cursor, Fetched, Secret, Skipped, Spool, Waits, from_command, from_file
from .login import WrongPassword
from .mailbox import Mailbox

__all__ = [
    "Account", "Cursor", "Fetched", "Poller", "Secret", "Skipped", "Spool", "Waits", "from_command", "from_file",
]  # fmt: skip

LONG_SECONDS = 300.0
LOOK_SECONDS = 5.0
"""How often the password file is looked at while the server refuses what it holds."""
HEALTHY_SECONDS = 60.0
"""A session that lasted this long ends the count of failures."""


MANY = 45
"""After so many failures, some 20 minutes, tries become rare."""


def backoff(failures: int) -> float:
    """Seconds to the next try after so many failures in a row: 1, 2, 4 ... 30, and 300 after 20 minutes."""
    seconds = min(30.0, 2.0 ** min(failures - 1, 10)) if failures <= MANY else LONG_SECONDS / 1.25
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
        waits: Waits | None = None,
    ) -> None:
        super().__init__(name=f"imap {account.user}", daemon=True)
        self._account, self._spool, self._backoff, self._on_state = account, spool, backoff, on_state
        self._waits = waits or Waits()
        self._stopping = threading.Event()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._failed_fetches: Counter[int] = Counter()
        self._state = self._told = ""

    def stop(self) -> None:
        """Ask it to end: at once when it waits, else after the mails in hand. `join` waits for that."""
        if not self._stopping.is_set():
            self._stopping.set()
            self.retry()

    def retry(self) -> None:
        """If it waits, for mail or for a server in trouble, have it look now."""
        with suppress(OSError):  # it may have ended meanwhile
            self._wake_writer.send(b"x")

    def run(self) -> None:
        """Session after session until `stop`."""
        failures = 0
        while not self._stopping.is_set():
            self._advanced, started = False, time.monotonic()
            try:
                self._session()
            except WrongPassword as refused:
                self._tell("wrong-password", str(refused))
                failures = 0
                self._wait_for_password()
            except Exception as fault:  # imaplib, imapclient and servers in trouble raise nearly anything
                healthy = self._advanced or time.monotonic() - started > HEALTHY_SECONDS
                failures = 1 if healthy else failures + 1
                words = _words(self._account, fault)
                self._tell("unreachable", words, words.partition(":")[0])
                # A server that is not there is not bothered by being looked for: its mail is to come soon after it.
                away = isinstance(fault, OSError) and not isinstance(fault, ssl.SSLError)
                self._pause(self._backoff(min(failures, MANY) if away else failures))
        self._tell("stopped", "")
        self._wake_reader.close()
        self._wake_writer.close()

    def _session(self) -> None:
        mailbox = Mailbox(self._account, self._spool, self._stopping, self._failed_fetches, self._waits)
        try:
            mailbox.tidy()
            mailbox.catch_up()
            self._tell("connected", "")
            while not self._stopping.is_set():
                mailbox.wait(self._wake_reader)
                self._woken()
                mailbox.catch_up()
        finally:
            self._advanced = mailbox.advanced
            mailbox.close()

    def _wait_for_password(self) -> None:
        """Five minutes, so that no account is locked; less where its file now holds another, or somebody asks."""
        refused, end = self._password(), time.monotonic() + LONG_SECONDS * random.uniform(1.0, 1.1)  # noqa: S311
        while not self._stopping.is_set() and (left := end - time.monotonic()) > 0:
            if self._pause(min(LOOK_SECONDS, left)) or self._password() != refused:
                return

    def _password(self) -> str:
        with suppress(BridgeError):
            return self._account.watched() if self._account.watched else ""
        return ""

    def _pause(self, seconds: float) -> bool:
        """Wait, and tell whether somebody cut it short."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_reader, selectors.EVENT_READ)
            woken = bool(selector.select(seconds))
        self._woken()
        return woken

    def _woken(self) -> None:
        """Take what was sent to wake us, so that it wakes once; a stop is known by its event."""
        self._wake_reader.setblocking(False)
        with suppress(BlockingIOError):
            self._wake_reader.recv(1000)

    def _tell(self, state: str, why: str, kind: str = "") -> None:
        """Say what changed: the state, or the kind of trouble."""
        if why and (state, kind) != (self._state, self._told):
            maillog.imap_trouble(self._account.name, why)
        if state != self._state:
            self._on_state(state)
        self._state, self._told = state, kind


def _words(account: Account, fault: Exception) -> str:
    """What went wrong, for an operator."""
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"the certificate of {account.host} does not hold: {fault.verify_message}"
    if isinstance(fault, BridgeError):
        return str(fault)
    return f"{type(fault).__name__}: {fault}"
