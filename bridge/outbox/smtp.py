"""Letters leave by SMTP to one relay (smarthost) over connections that are kept.

A transport has two verbs. `send` pulls envelopes, a few ahead, and calls `answered` once for each, in their order,
as soon as the relay has replied. It raises `Temporary` where no relay can be had; letters pulled and not answered by
then have not been sent. It may run several times at once, each on a connection of its own. `close` says good-bye.

aiosmtplib greets, encrypts and logs in; then `dialogue` takes the connection over.

A letter whose connection is lost after the final dot may have been taken: it counts as 4xx and goes out again with
the same Message-ID, for RFC 5321 section 4.5.4.1 prefers a double to a loss.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Literal, cast

import aiosmtplib

from ..errors import Temporary
from ..mail.envelope import Envelope
from .dialogue import LOST, Dialogue, Patience
from .gate import Gate
from .retry import Answer

__all__ = ["Patience", "SmtpTransport"]

RELAY_FAULTS = frozenset({530, 534, 535, 538})
"""Refusals that speak of our login or encryption (RFC 4954 section 6), so not of the letter: it waits."""


class SmtpTransport:
    """Sends envelopes to the relay at `host`, over up to `connections` connections at a time.

    `starttls` is required, never left out; the relay's certificate is verified for `host` unless a `context` says
    otherwise. `password` is asked at each login, so that a changed file is used. `hostname` is said in EHLO.
    """

    for_data = True

    def __init__(
        self,
        host: str,
        port: int,
        *,
        tls: Literal["none", "starttls", "ssl"] = "none",
        user: str = "",
        password: Callable[[], str] | None = None,
        connections: int = 4,
        hostname: str = "localhost",
        context: ssl.SSLContext | None = None,
        patience: Patience | None = None,
    ) -> None:
        self.host, self.port, self.tls = host, port, tls
        self.connections = connections
        self._user, self._password, self._hostname = user, password, hostname
        self._context = context
        self._patience = patience or Patience()
        self._idle: list[tuple[Dialogue, asyncio.TimerHandle]] = []
        self._leaving: set[asyncio.Task[None]] = set()
        self._gate: Gate | None = None
        self._free = asyncio.Semaphore(connections)

    async def send(self, envelopes: Iterable[Envelope], answered: Callable[[Answer], None]) -> None:
        """Send one envelope after another over one connection; raises `Temporary` where no relay is to be had."""

        def checked(answer: Answer) -> None:
            if answer.code not in RELAY_FAULTS:
                answered(answer)
                return
            answered(Answer(451, str(answer)))
            raise Temporary(f"{self._name}: {answer}", code=451)

        letters = iter(envelopes)
        async with self._free:
            dialogue = self._take() or await self._connect()
            while left := await dialogue.carry(letters, checked):
                letters = chain(left, letters)
                dialogue = await self._connect()
            self._keep(dialogue)

    async def close(self) -> None:
        """Say good-bye on every kept connection."""
        for dialogue, timer in self._idle:
            timer.cancel()
            self._leave(dialogue)
        self._idle.clear()
        await asyncio.gather(*self._leaving)

    @property
    def _name(self) -> str:
        return f"{self.host}:{self.port}"

    def _take(self) -> Dialogue | None:
        while self._idle:
            dialogue, timer = self._idle.pop()
            timer.cancel()
            if dialogue.alive:
                return dialogue
        return None

    def _keep(self, dialogue: Dialogue) -> None:
        if dialogue.alive:
            timer = asyncio.get_running_loop().call_later(self._patience.idle, self._retire, dialogue)
            self._idle.append((dialogue, timer))

    def _retire(self, dialogue: Dialogue) -> None:
        self._idle = [kept for kept in self._idle if kept[0] is not dialogue]
        self._leave(dialogue)

    def _leave(self, dialogue: Dialogue) -> None:
        task = asyncio.create_task(dialogue.leave())
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _connect(self) -> Dialogue:
        """A connection that is greeted, encrypted and logged in, as this transport wants it."""
        try:
            if self.tls != "none" and self._context is None:
                self._context = await asyncio.to_thread(ssl.create_default_context)
            password = await asyncio.to_thread(self._password) if self._user and self._password else None
            client = aiosmtplib.SMTP(
                hostname=self.host, port=self.port, local_hostname=self._hostname,
                use_tls=self.tls == "ssl", start_tls=self.tls == "starttls", tls_context=self._context,
                username=self._user or None, password=password, timeout=self._patience.command,
            )  # fmt: skip
            await client.connect(timeout=self._patience.connect)
            await _greet(client)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise Temporary(f"{self._name}: {_said(error)}", code=LOST, status="4.4.1") from error
        # uvloop's transports are asyncio's by their verbs, not by their class
        opened = cast(asyncio.Transport, client.transport)
        self._gate = self._gate or Gate()
        return Dialogue(opened, client.esmtp_extensions, self._patience, self._gate)


async def _greet(client: aiosmtplib.SMTP) -> None:
    """Say EHLO, or HELO to a relay that does not know it, where no login has done so."""
    if not client.is_ehlo_or_helo_needed:
        return
    try:
        try:
            await client.ehlo()
        except aiosmtplib.SMTPHeloError:
            await client.helo()
    except BaseException:
        client.close()
        raise


def _said(error: Exception) -> str:
    """An error as one line."""
    smtp = isinstance(error, aiosmtplib.SMTPException)
    words = " ".join(str(part) for part in error.args) if smtp else str(error)
    return " ".join(words.split()) or type(error).__name__
