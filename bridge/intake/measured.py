"""What an IMAP server says, taken in by measure: over imapclient and imaplib, which would wait and store for ever.

An answer may bring so many bytes, and take so long, whatever the server says: a line is at most a million bytes, a
literal (RFC 3501 section 4.3) no larger than what is allowed for it, and drops that come in time each by itself do not
go on without end. What came in the clear is not taken for something said over TLS (RFC 3501 section 6.2.1).
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import time
from typing import Any

from imapclient import IMAPClient, SocketTimeout

from ..errors import BridgeError
from .account import Account, Waits

LINE = 1_000_000
ANSWER = 16_777_216
"""Bytes that an answer without mails may have."""
OVERHEAD = 100
"""What a line costs in memory besides its bytes."""
PIECE = 65_536


class TooMuch(BridgeError):
    """The server says more than it was asked for."""


class Wire(imaplib.IMAP4):
    """A connection of which each answer is limited; `allowance` is for those to come, in bytes."""

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None, waits: Waits) -> None:
        self._tls, self._waits = tls, waits
        self._received = bytearray()
        self._in_clear = tls is None
        self.allowance = ANSWER
        self._begin()
        super().__init__(host, port)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        plain = socket.create_connection((self.host, self.port), self._waits.connect)
        try:
            return self._tls.wrap_socket(plain, server_hostname=self.host) if self._tls else plain
        except BaseException:
            plain.close()
            raise

    def _begin(self) -> None:
        self._left, self._until = self.allowance, time.monotonic() + self._waits.answer

    def send(self, data: Any) -> None:
        """Send a command, from which on the answer is measured."""
        if self._in_clear and isinstance(self.sock, ssl.SSLSocket):
            self._in_clear = False
            if self._received:
                raise self.abort("the server said more before TLS began")
        self._begin()
        super().send(data)

    def read(self, size: int) -> bytes:
        """A literal; shorter where the connection ends in it."""
        self._spend(size)
        while len(self._received) < size and self._more():
            pass
        with memoryview(self._received) as whole:
            found = bytes(whole[:size])
        del self._received[:size]
        return found

    def readline(self) -> bytes:
        """A line with its end; without it where the connection ends in it."""
        seen = 0
        while (end := self._received.find(b"\n", seen)) < 0:
            seen = len(self._received)
            if seen > LINE:
                raise TooMuch("the server sends a line without end")
            if not self._more():
                end = seen - 1
                break
        line = bytes(self._received[: end + 1])
        del self._received[: end + 1]
        self._spend(len(line) + OVERHEAD)
        return line

    def waiting(self) -> bool:
        """Has it already said more than was read? No poll would tell."""
        return bool(self._received) or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending() > 0)

    def _more(self) -> bool:
        if time.monotonic() > self._until:
            raise TimeoutError("the server does not come to the end of its answer")
        piece = self.sock.recv(PIECE)
        self._received += piece
        return bool(piece)

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise TooMuch("the server says more than it was asked for")


class Client(IMAPClient):  # type: ignore[misc]
    """imapclient over a `Wire`."""

    def __init__(self, account: Account, waits: Waits) -> None:
        self._waits = waits
        super().__init__(
            account.host,
            account.port,
            ssl=account.tls == "ssl",
            timeout=SocketTimeout(waits.connect, waits.read),
        )
        self.normalise_times = False

    @property
    def wire(self) -> Wire:
        """The connection."""
        wire: Wire = self._imap
        return wire

    def _create_IMAP4(self) -> Wire:
        tls = ssl.create_default_context(purpose=ssl.Purpose.SERVER_AUTH) if self.ssl else None
        return Wire(self.host, self.port, tls, self._waits)
