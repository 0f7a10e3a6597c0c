"""One HTTP connection with bounds that uvicorn has not: how long a request may take to come, how large it may be, how
many there are at a time.

A request is a head and, of those of unsubscribing, a short body: 64 kB in 10 seconds, then it is cut off. When all
places are taken, he who has kept us waiting longest loses his, so that a newcomer gets in whatever others do.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

CONNECTIONS = 1_000
PER_ADDRESS = 100
"""Of one address that is no proxy of ours."""
LARGEST = 65_536
REQUEST_SECONDS = 10.0
ANSWER_SECONDS = 120.0
"""An answer that nobody has read by then is given up."""
_REFUSAL = (
    b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 10\r\nCache-Control: no-store\r\n"
    b"Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nX-Content-Type-Options: nosniff\r\n"
    b"Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n"
)
"""Without a body; what no route has answered is confined all the same."""


class Crowd:
    """The connections there are, and those of them of which a request is awaited, the oldest first."""

    def __init__(self, ours: Callable[[str], bool] = lambda _: False) -> None:
        self._ours = ours
        self._waiting: dict[Connection, None] = {}
        self._of: Counter[str] = Counter()
        self.open = 0

    def enter(self, one: Connection) -> bool:
        """Take a newcomer in; false where his address has its share."""
        address = one.client[0] if one.client else ""
        if self._of[address] >= PER_ADDRESS and not self._ours(address):
            return False
        if self.open >= CONNECTIONS and self._waiting:
            next(iter(self._waiting)).cut()
        if self.open >= CONNECTIONS + PER_ADDRESS:  # all are being answered
            return False
        self._of[address] += 1
        self.open += 1
        return True

    def leave(self, one: Connection) -> None:
        """He is gone."""
        address = one.client[0] if one.client else ""
        self.open -= 1
        self._of[address] -= 1
        if not self._of[address]:
            del self._of[address]
        self._waiting.pop(one, None)

    def awaited(self, one: Connection) -> None:
        """A request of his is awaited."""
        self._waiting.setdefault(one)

    def heard(self, one: Connection) -> None:
        """His request has come."""
        self._waiting.pop(one, None)


class Connection(HttpToolsProtocol):
    """uvicorn's connection, in a crowd."""

    crowd: Crowd

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has come."""
        super().connection_made(transport)
        self._taken, self._timer = 0, None
        self._in = self.crowd.enter(self)
        if self._in:
            self._await()
        else:
            self._refuse(b"503 Service Unavailable")

    def connection_lost(self, exc: Exception | None) -> None:
        """He is gone."""
        if self._timer:
            self._timer.cancel()
        if self._in:
            self._in = False
            self.crowd.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """More of a request."""
        self._taken += len(data)
        if not self._in or self.transport.is_closing():
            return
        if self._taken > LARGEST:
            self._refuse(b"413 Content Too Large")
        else:
            super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """What is no request of HTTP: uvicorn's own answer is not confined."""
        self._refuse(b"400 Bad Request")

    def _unsupported_upgrade_warning(self) -> None:
        """A stranger's wish for another protocol is no news, nor a reason to install anything."""

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._taken = 0
        self.crowd.heard(self)
        self._arm(ANSWER_SECONDS)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """It was answered."""
        super().on_response_complete()
        if not self.transport.is_closing() and not self.pipeline:
            self._await()

    def cut(self) -> None:
        """End it without another word."""
        if self._in:
            self._in = False
            self.crowd.leave(self)
        self.transport.abort()

    def _await(self) -> None:
        self.crowd.awaited(self)
        self._arm(REQUEST_SECONDS)

    def _arm(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self.loop.call_later(seconds, self.cut)

    def _refuse(self, said: bytes) -> None:
        self.transport.write(_REFUSAL % said)
        self.transport.close()
        self._arm(REQUEST_SECONDS)

    _in: bool
    _taken: int
    _timer: Any


def connection(ours: Callable[[str], bool]) -> type[Connection]:
    """The protocol of a server of its own crowd; `ours` tells proxies, which bring many callers."""
    return type("CrowdedConnection", (Connection,), {"crowd": Crowd(ours)})
