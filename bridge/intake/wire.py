"""Reading and answering on one connection of the door: lines, contents, time and the last word.

Everything read passes one buffer, so that pipelined input (RFC 2920) is taken in order and STARTTLS can throw away
what came in the clear. Replies are collected and leave together when more input is needed: a pipelined group is
answered in one segment. Neither a task nor a timer is made for each line: one timer looks now and then.
"""

from __future__ import annotations

import asyncio

from ..errors import Permanent
from .content import Content
from .desk import Share

LINE = 4096
"""Octets of a command line: RFC 5321 asks for 512, RFC 6531 and parameters for more."""
LONGEST = 65_536
"""A longer line is read to its end and refused; beyond this the connection ends."""
AHEAD = 131_072
"""No more is read while so much waits to be looked at."""
PROGRESS = 1024
"""Octets of a mail that must come in the time of one command: a drip holds no place for long."""
LINGER_SECONDS = 5


class Hangup(Exception):
    """The conversation ends here; the text is the last reply."""


class Wire:
    """One client's stream of bytes and the replies to it; no silence may last longer than `seconds`."""

    def __init__(self, transport: asyncio.Transport, seconds: float) -> None:
        self._transport, self._seconds = transport, seconds
        self._loop = asyncio.get_running_loop()
        self._inbound = bytearray()
        self._replies: list[bytes] = []
        self._waiter: asyncio.Future[None] | None = None
        self._ended = self._full = self._choked = False
        self._deadline = self._loop.time() + seconds
        self._watch: asyncio.TimerHandle | None = self._loop.call_later(seconds, self._look)
        self.errors = 0

    # What the protocol tells

    def feed(self, chunk: bytes) -> None:
        """Bytes have come."""
        self._inbound += chunk
        if len(self._inbound) > AHEAD and not self._full:
            self._full = True
            self._transport.pause_reading()
        self._wake()

    def end(self) -> None:
        """The client will send no more."""
        self._ended = True
        self._wake()

    def choke(self, choked: bool) -> None:
        """The client does not read its replies, or reads them again."""
        self._choked = choked
        self._wake()

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)

    def _look(self) -> None:
        """The time of one command is over: has the client kept us waiting so long?"""
        left = self._deadline - self._loop.time()
        if left > 0 or self._waiter is None or self._waiter.done():
            self._watch = self._loop.call_later(max(left, min(self._seconds, 1.0)), self._look)
        else:
            self._waiter.set_exception(TimeoutError())

    async def _wait(self) -> None:
        """Send what was said, and wait until something changes; raises TimeoutError at the deadline."""
        self._flush()
        if self._full and len(self._inbound) <= AHEAD:
            self._full = False
            self._transport.resume_reading()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    # What the conversation asks

    async def line(self) -> bytes | None:
        """The next command line without its CRLF, None at the end. Raises Hangup for one that is no line,
        TimeoutError where it does not come."""
        self._deadline = self._loop.time() + self._seconds
        while self._choked:
            await self._wait()
        looked = 0
        while (end := self._inbound.find(b"\n", looked)) < 0:
            looked = len(self._inbound)
            if looked:
                self._check_protocol()
            if looked > LONGEST:
                break
            if self._ended:
                return None
            await self._wait()
        if not 0 <= end <= LONGEST:
            raise Hangup("521 5.5.2 the line is too long")
        line = bytes(self._inbound[: end + 1])
        del self._inbound[: end + 1]
        if not line.endswith(b"\r\n"):
            raise Hangup("521 5.5.2 a line must end in CRLF")
        if end > LINE:
            raise Permanent("the line is too long", code=500, status="5.5.2")
        return line[:-2]

    def _check_protocol(self) -> None:
        """A TLS hello or other bytes may hold no line end for long: no command begins with them."""
        first = bytes(self._inbound[:1])
        if not (first.isalpha() or first in (b"\r", b"\n")):
            raise Hangup("521 5.5.1 this is a mail server")

    async def content(self, content: Content, share: Share) -> None:
        """Read a mail up to its end mark; raises ConnectionError when the client goes before it."""
        self._deadline = self._loop.time() + self._seconds
        since = 0
        while True:
            chunk = bytes(self._inbound)
            self._inbound.clear()
            if not share.grow(len(chunk)):
                content.refuse(share.refusal())
            after = content.feed(chunk)
            if after is not None:
                self._inbound += after
                return
            since += len(chunk)
            if since >= PROGRESS:
                self._deadline, since = self._loop.time() + self._seconds, 0
            if self._ended:
                raise ConnectionAbortedError
            await self._wait()

    def say(self, reply: str) -> None:
        """Give one reply, which may have several lines, and count it where the client is at fault."""
        # A recipient too many is the client's to send later, no misbehaviour (RFC 5321 section 4.5.3.1.10).
        self.errors += reply[0] in "45" and not reply.startswith("452 4.5.3")
        self._replies.append(reply.encode("ascii", "replace") + b"\r\n")

    def last_word(self, reply: str) -> None:
        """Send a reply and close."""
        if not self._transport.is_closing():
            self._replies.append(reply.encode("ascii", "replace") + b"\r\n")
            self.close()

    def close(self) -> None:
        """Close; a client that does not read its replies is not waited for."""
        if self._watch:
            self._watch.cancel()
            self._watch = None
            self._loop.call_later(LINGER_SECONDS, self._transport.abort)
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._replies and not self._transport.is_closing():
            self._transport.write(b"".join(self._replies))
        self._replies.clear()

    def secure(self) -> None:
        """Say that TLS may begin, and forget all that came and was not read yet (RFC 3207 section 4.2)."""
        self.say("220 2.0.0 go on")
        self._flush()
        self._inbound.clear()
        if self._full:
            self._full = False
            self._transport.resume_reading()

    def move(self, transport: asyncio.Transport) -> None:
        """Go on over another transport: the same connection, now under TLS."""
        self._transport = transport
