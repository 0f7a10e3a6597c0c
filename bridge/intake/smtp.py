"""The SMTP and LMTP door (RFC 5321, RFC 2033): mail comes in over a socket on the daemon's own loop.

`250` is said only when the callable that keeps mail has returned. Nothing is relayed: every recipient must be
admitted. Limits: see `Limits`. No list, person or database is known here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from .conversation import Conversation
from .desk import Desk
from .door import Accept, Admit, Arrival, Limits, Tls

__all__ = ["Accept", "Admit", "Arrival", "Door", "Limits", "Tls", "serve"]

BACKLOG = 4096


class Door:
    """An open door; `stop` closes it."""

    def __init__(self, server: asyncio.Server, desk: Desk) -> None:
        self._server, self._desk = server, desk
        self.port: int = server.sockets[0].getsockname()[1]

    @property
    def connections(self) -> int:
        """How many clients are in."""
        return len(self._desk.guests)

    def change(self, limits: Limits, tls: Tls | None) -> None:
        """Other limits for those who come from now on, and certificates read anew; raises OSError as `serve` does."""
        if self._desk.tls and tls:
            self._desk.tls.load_cert_chain(tls.certificate, tls.key)
        # Who is counted by which network must stay as it is while they are in.
        kept = self._desk.limits
        self._desk.limits = replace(limits, relays=kept.relays, guesses=kept.guesses)

    async def stop(self, grace_seconds: float = 8.0) -> None:
        """Stop listening, let mails under way come to their end for so long, then close every connection."""
        self._server.close()
        self._desk.closing = True
        for guest in tuple(self._desk.guests):
            guest.leave(at_once=False)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace_seconds):
                await self._desk.quiet()
        for guest in tuple(self._desk.guests):
            guest.leave(at_once=True)


class _Threshold(asyncio.Protocol):
    """Sends away a client for whom there is no room, before a conversation is built for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def connection_made(self, opened: asyncio.BaseTransport) -> None:
        """Let the client in, or say 421."""
        transport = cast(asyncio.Transport, opened)  # uvloop's is none by its class
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if isinstance(peer, tuple) else ""
        if why := self._desk.why_not(address):
            transport.write(f"421 4.7.0 {why}, try again later\r\n".encode("ascii"))
            transport.close()
            return
        conversation = Conversation(self._desk)
        self._desk.enter(conversation, address)
        transport.set_protocol(conversation)
        conversation.connection_made(transport)


async def serve(
    host: str,
    port: int,
    *,
    lmtp: bool = False,
    hostname: str,
    admit: Admit,
    accept: Accept,
    limits: Limits | None = None,
    tls: Tls | None = None,
    behind: Callable[[], bool] = lambda: False,
) -> Door:
    """Open a door at host and port (0: any free one); raises OSError (port taken, bad PEM file).

    While `behind` says that reading is far behind, mails are kept one after another (`Turns`).
    """
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # below that aiosmtpd writes addresses and peers
    context = None
    if tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(tls.certificate, tls.key)
    desk = Desk(
        hostname, lmtp, admit, accept, limits or Limits(), context, bool(tls and tls.required), behind
    )
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Threshold(desk), host, port, backlog=BACKLOG)
    return Door(server, desk)
