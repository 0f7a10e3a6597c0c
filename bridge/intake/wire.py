"""Reading and answering on one connection of the door: lines, contents, time and the last word.

Everything read passes one buffer, so that pipelined input (RFC 2920) is taken in order and STARTTLS can throw away
what came in the clear.
"""

from __future__ import annotations

import asyncio

from .content import Content
from .desk import Share

LINE = 4096
"""Octets of a command line: RFC 5321 asks for 512, RFC 6531 and parameters for more."""
CHUNK = 65536
LINGER_SECONDS = 5


class Hangup(Exception):
    """The conversation ends here; the text is the last reply."""


class Wire:
    """One client's stream of bytes and the replies to it; no silence may last longer than `seconds`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
        self._reader, self._writer, self._seconds = reader, writer, seconds
        self._inbound = bytearray()
        self.errors = 0

    async def _receive(self) -> bytes:
        """Some bytes, `b""` at the end of the stream; raises TimeoutError when none come for long."""
        async with asyncio.timeout(self._seconds):
            return await self._reader.read(CHUNK)

    async def line(self) -> bytes | None:
        """The next command line without its CRLF, None at the end; raises Hangup for one that is no line."""
        async with asyncio.timeout(self._seconds):
            while (end := self._inbound.find(b"\n")) < 0 and len(self._inbound) <= LINE:
                chunk = await self._reader.read(CHUNK)
                if not chunk:
                    return None
                self._inbound += chunk
                self._check_protocol()
        if not 0 <= end <= LINE:
            raise Hangup("521 5.5.2 the line is too long")
        line = bytes(self._inbound[: end + 1])
        del self._inbound[: end + 1]
        if not line.endswith(b"\r\n"):
            raise Hangup("521 5.5.2 a line must end in CRLF")
        return line[:-2]

    def _check_protocol(self) -> None:
        """A TLS hello or other bytes may hold no line end for long: no command begins with them."""
        first = bytes(self._inbound[:1])
        if not (first.isalpha() or first in (b"\r", b"\n")):
            raise Hangup("521 5.5.1 this is a mail server")

    async def content(self, content: Content, share: Share) -> None:
        """Read a mail up to its end mark; raises ConnectionError when the client goes before it."""
        chunk = bytes(self._inbound)
        self._inbound.clear()
        while True:
            if not share.grow(len(chunk)):
                content.refuse(share.refusal())
            after = content.feed(chunk)
            if after is not None:
                self._inbound += after
                return
            chunk = await self._receive()
            if not chunk:
                raise ConnectionAbortedError

    async def say(self, reply: str) -> None:
        """Send one reply, which may have several lines, and count it where the client is at fault."""
        # A recipient too many is the client's to send later, no misbehaviour (RFC 5321 section 4.5.3.1.10).
        self.errors += reply[0] in "45" and not reply.startswith("452 4.5.3")
        self._writer.write(reply.encode("ascii", "replace") + b"\r\n")
        await self._writer.drain()

    def last_word(self, reply: str) -> None:
        """Send a reply and close."""
        if not self._writer.is_closing():
            self._writer.write(reply.encode("ascii", "replace") + b"\r\n")
            self.close()

    def close(self) -> None:
        """Close; a client that does not read its replies is not waited for."""
        transport = self._writer.transport
        transport.close()
        asyncio.get_running_loop().call_later(LINGER_SECONDS, transport.abort)

    def forget(self) -> None:
        """Throw away all that came and was not read yet (RFC 3207 section 4.2)."""
        self._inbound.clear()
        self._reader._buffer.clear()  # type: ignore[attr-defined]

    def move(self, transport: asyncio.Transport) -> None:
        """Go on over another transport: the same connection, now under TLS."""
        self._reader._transport = self._writer._transport = transport  # type: ignore[attr-defined]

    def push(self, reply: str) -> None:
        """Send a reply without waiting."""
        self._writer.write(reply.encode("ascii", "replace") + b"\r\n")
