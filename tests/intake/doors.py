"""A door with fakes that remember, and a client of raw bytes to knock at it."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bridge.errors import Permanent, Refusal
from bridge.intake.smtp import Arrival, Door, Limits, Tls, serve

OURS = ("general@forum.example", "reply+abc@forum.example", "postmaster@forum.example")
MAIL = b"From: ann@home.example\r\nSubject: Hello\r\n\r\nThe ladder is back.\r\n"


@dataclass
class Mailroom:
    """Admits the addresses of OURS, remembers what it kept; `fault` is raised, `answers` are given instead."""

    kept: list[Arrival] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    fault: Exception | None = None
    admit_fault: Exception | None = None
    answers: tuple[Refusal | None, ...] | None = None
    gate: asyncio.Event | None = None
    behind: bool = False
    entered: asyncio.Event = field(default_factory=asyncio.Event)

    async def admit(self, sender: str, recipient: str) -> None:
        self.asked.append((sender, recipient))
        if self.admit_fault:
            raise self.admit_fault
        if recipient.lower() not in OURS:
            raise Permanent("no such address here", code=550, status="5.1.1")

    async def accept(self, arrival: Arrival) -> tuple[Refusal | None, ...]:
        self.entered.set()
        if self.gate:
            await self.gate.wait()
        if self.fault:
            raise self.fault
        self.kept.append(arrival)
        return self.answers or (None,) * len(arrival.envelope.recipients)


class Client:
    """Speaks raw bytes; each wait is bounded."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def reply(self) -> str:
        """One reply, its lines joined; "" when the door closed the connection."""
        lines = []
        while True:
            async with asyncio.timeout(5):
                try:
                    line = (await self.reader.readline()).decode()
                except ConnectionError:
                    return ""
            lines.append(line.rstrip("\r\n"))
            if line[3:4] != "-":
                return "\n".join(lines)

    async def send(self, *pieces: bytes) -> None:
        """Each piece in a TCP segment of its own."""
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()
            if len(pieces) > 1:
                await asyncio.sleep(0.005)

    async def say(self, line: str | bytes) -> str:
        """One command and its reply."""
        await self.send((line.encode() if isinstance(line, str) else line) + b"\r\n")
        return await self.reply()

    async def begin(self, *recipients: str, sender: str = "ann@home.example", hello: str = "EHLO") -> None:
        """Up to the 354 of DATA, every step of it well."""
        await self.say(f"{hello} home.example")
        assert (await self.say(f"MAIL FROM:<{sender}>")).startswith("250 2.1.0")
        for recipient in recipients or OURS[:1]:
            assert (await self.say(f"RCPT TO:<{recipient}>")).startswith("250 2.1.5"), recipient
        assert (await self.say("DATA")).startswith("354")

    async def ended(self) -> bool:
        """The door has closed the connection."""
        async with asyncio.timeout(5):
            try:
                return await self.reader.read() == b""
            except ConnectionError:
                return True

    def reset(self) -> None:
        """Cut the connection with a TCP reset."""
        linger = struct.pack("ii", 1, 0)
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()

    def close(self) -> None:
        self.writer.close()


Knock = Callable[[], Awaitable[Client]]


@asynccontextmanager
async def open_door(
    room: Mailroom, *, lmtp: bool = False, limits: Limits | None = None, tls: Tls | None = None
) -> AsyncIterator[tuple[Door, Knock]]:
    """A door on a free port, and how to knock: a client that has read the greeting."""
    door = await serve(
        "127.0.0.1",
        0,
        lmtp=lmtp,
        hostname="forum.example",
        admit=room.admit,
        accept=room.accept,
        limits=limits,
        tls=tls,
        behind=lambda: room.behind,
    )
    clients: list[Client] = []

    async def knock() -> Client:
        client = Client(*await asyncio.open_connection("127.0.0.1", door.port))
        clients.append(client)
        assert (await client.reply()).startswith("220 forum.example ")
        return client

    try:
        yield door, knock
    finally:
        for client in clients:
            client.close()
        await door.stop(0.2)
