"""Letters leave by SMTP to one relay (smarthost) over connections that are kept.

A transport has two verbs. `send` pulls one envelope after another, and calls `answered` once for each, in their
order, as soon as the relay has replied. It raises `Temporary` where no relay can be had; letters pulled and not
answered by then have not been sent. It may run several times at once, each on a connection of its own. `close`
says good-bye. A writer that pipelines (RFC 2920) can stand in its place: it would pull a few envelopes ahead.

A letter whose connection is lost after the final dot may have been taken: it counts as 4xx and goes out again with
the same Message-ID, for RFC 5321 section 4.5.4.1 prefers a double to a loss.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import aiosmtplib

from ..errors import Temporary
from ..mail.envelope import Envelope
from .retry import Answer

LOST = 421
RELAY_FAULTS = frozenset({530, 534, 535, 538})
"""Refusals that speak of our login or encryption (RFC 4954 section 6), so not of the letter: it waits."""
QUIT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: the last for RFC 5321 section 4.5.3.2.6, where giving up early sends doubles."""

    connect: float = 30
    command: float = 120
    idle: float = 30
    data: float = 600


class SmtpTransport:
    """Sends envelopes to the relay at `host`, over up to `connections` connections at a time.

    `starttls` is required, never left out; the relay's certificate is verified for `host` unless a `context` says
    otherwise. `password` is asked at each login, so that a changed file is used. `hostname` is said in EHLO.
    """

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
        self._idle: list[tuple[aiosmtplib.SMTP, asyncio.TimerHandle]] = []
        self._leaving: set[asyncio.Task[None]] = set()

    async def send(self, envelopes: Iterable[Envelope], answered: Callable[[Answer], None]) -> None:
        """Send one envelope after another over one connection; raises `Temporary` where no relay is to be had."""
        client = self._take() or await self._connect()
        whole = False
        try:
            for envelope in envelopes:
                if not client.is_connected:
                    client = await self._connect()
                answer, begun = await self._transfer(client, envelope)
                if (
                    answer.code == LOST and not begun
                ):  # the relay had left a kept connection: no fault of the letter
                    client.close()
                    client = await self._connect()
                    answer, _ = await self._transfer(client, envelope)
                fault = answer.code in RELAY_FAULTS
                answered(Answer(451, str(answer)) if fault else answer)
                if fault:
                    raise Temporary(f"{self._name}: {answer}", code=451)
            whole = True
        finally:
            if whole:
                self._keep(client)
            else:
                client.close()

    async def close(self) -> None:
        """Say good-bye on every kept connection."""
        for client, timer in self._idle:
            timer.cancel()
            self._leave(client)
        self._idle.clear()
        await asyncio.gather(*self._leaving)

    @property
    def _name(self) -> str:
        return f"{self.host}:{self.port}"

    def _take(self) -> aiosmtplib.SMTP | None:
        while self._idle:
            client, timer = self._idle.pop()
            timer.cancel()
            if client.is_connected:
                return client
        return None

    def _keep(self, client: aiosmtplib.SMTP) -> None:
        if client.is_connected:
            timer = asyncio.get_running_loop().call_later(self._patience.idle, self._retire, client)
            self._idle.append((client, timer))

    def _retire(self, client: aiosmtplib.SMTP) -> None:
        self._idle = [kept for kept in self._idle if kept[0] is not client]
        self._leave(client)

    def _leave(self, client: aiosmtplib.SMTP) -> None:
        task = asyncio.create_task(_quit(client))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _connect(self) -> aiosmtplib.SMTP:
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
        return client

    async def _transfer(self, client: aiosmtplib.SMTP, envelope: Envelope) -> tuple[Answer, bool]:
        """The relay's answer to one letter, and whether it had accepted the sender before that."""
        begun = False
        try:
            size = [f"SIZE={len(envelope.content)}"] if client.supports_extension("size") else []
            await client.mail(envelope.sender, options=size)
            begun = True
            for recipient in envelope.recipients:
                await client.rcpt(recipient)
            reply = await client.data(envelope.content, timeout=self._patience.data)
        except aiosmtplib.SMTPResponseException as refusal:
            if not 400 <= refusal.code < 600:  # not SMTP: nothing on this connection is to be trusted
                client.close()
                return Answer(451, f"an answer that is not SMTP: {_said(refusal)}"), True
            if refusal.code != LOST:
                await self._reset(client)
            return Answer(refusal.code, refusal.message), begun
        except aiosmtplib.SMTPTimeoutError as error:
            client.close()
            return Answer(LOST, f"4.4.2 {_said(error)}"), True
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            return Answer(LOST, f"4.4.2 connection lost: {_said(error)}"), begun
        except ValueError as error:  # an address that cannot be written to this relay, as one not in ASCII
            await self._reset(client)
            return Answer(553, f"5.1.3 {_said(error)}"), True
        return Answer(reply.code, reply.message), True

    async def _reset(self, client: aiosmtplib.SMTP) -> None:
        """Make the connection ready for the next letter, or leave it."""
        try:
            await client.rset()
        except (aiosmtplib.SMTPException, OSError):
            client.close()


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


async def _quit(client: aiosmtplib.SMTP) -> None:
    with contextlib.suppress(aiosmtplib.SMTPException, OSError):
        await client.quit(timeout=QUIT_SECONDS)
    client.close()


def _said(error: Exception) -> str:
    """An error as one line."""
    smtp = isinstance(error, aiosmtplib.SMTPException)
    words = " ".join(str(part) for part in error.args) if smtp else str(error)
    return " ".join(words.split()) or type(error).__name__
