"""A relay that remembers what it was told, and can be told to misbehave; it lives in the loop of the test.

`script` holds what it answers at a stage, first come first served: `relay.say("rcpt", "550 5.1.1 nobody")`. The
answer CUT closes the connection without a word, HANG says nothing for as long as the test lasts. A stage without
a script takes everything. What is cut after the dot is kept, for a real relay may have done so.
"""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections import defaultdict, deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

CUT, HANG = "cut", "hang"
PASSWORD = b"sesame"


@dataclass(frozen=True)
class Mail:
    sender: str
    recipients: tuple[str, ...]
    content: bytes
    tls: bool
    user: bytes


class Session(SMTP):
    """One connection, counted."""

    def __init__(self, relay: Relay, **options: Any) -> None:
        super().__init__(relay, hostname="relay.test", **options)
        self.relay = relay

    def connection_made(self, transport: Any) -> None:
        if not isinstance(transport, asyncio.Transport) or transport.get_extra_info("sslcontext") is None:
            self.relay.opened += 1
        if self not in self.relay.sessions:  # STARTTLS makes the connection a second time
            self.relay.sessions.append(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self.relay.sessions:
            self.relay.sessions.remove(self)
            self.relay.left.set()
        super().connection_lost(error)

    async def push(self, status: Any) -> Any:
        if str(status).startswith("220 relay.test") and (said := await self.relay.word("greeting", self)):
            status = said
        return await super().push(status)


class Relay:
    """The relay: `mails` as they came, `opened` connections, `left` once one ended, `passwords` it was shown."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.opened = 0
        self.sessions: list[Session] = []
        self.passwords: list[bytes] = []
        self.script: defaultdict[str, deque[str]] = defaultdict(deque)
        self.port = 0
        self.left = asyncio.Event()

    def say(self, stage: str, *words: str) -> None:
        self.script[stage].extend(words)

    async def listen(self, *, wrapped: ssl.SSLContext | None = None, **options: Any) -> Relay:
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(
            lambda: Session(self, authenticator=self.authenticate, **options), "127.0.0.1", 0, ssl=wrapped
        )
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def drop_all(self) -> None:
        """Close every connection, as a relay does with those that idle."""
        for session in list(self.sessions):
            cut(session)

    async def close(self) -> None:
        self.server.close()
        self.drop_all()
        await asyncio.sleep(0)

    async def word(self, stage: str, session: Session) -> str:
        said = self.script[stage].popleft() if self.script[stage] else ""
        if said == HANG:
            await asyncio.Event().wait()
        if said == CUT:
            cut(session)
            return "421 cut"
        return said

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.passwords.append(data.password)
        return AuthResult(success=data.password == PASSWORD, handled=False, auth_data=data.login)

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        said = await self.word("mail", server)
        if not said:
            envelope.mail_from = address
        return said or "250 2.1.0 ok"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        said = await self.word("rcpt", server)
        if not said:
            envelope.rcpt_tos.append(address)
        return said or "250 2.1.5 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        planned = self.script["dot"][0] if self.script["dot"] else ""
        if planned in ("", CUT):
            tls, user = session.ssl is not None, session.auth_data or b""
            self.mails.append(Mail(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content, tls, user))
        return await self.word("dot", server) or "250 2.0.0 kept"


def cut(session: Session) -> None:
    """End a connection without a word."""
    assert isinstance(session.transport, asyncio.Transport)
    session.transport.abort()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a fresh certificate for 127.0.0.1, and a client's that trusts it."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))
