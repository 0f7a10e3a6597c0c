"""What we say to a relay on one connection, from after the login to the end: letters, as fast as it takes them.

Where the relay offers PIPELINING (RFC 2920), one write carries a letter's end and the envelope of the next one (`MAIL
RCPT DATA`), and one read brings their four replies: a round trip a letter, and no small packet that waits for an
acknowledgement. The letter after that is filled meanwhile. Elsewhere each command waits for its reply (RFC 5321).

The final dot waits at the `gate` while a letter of another connection is in doubt; the content before it does not,
so that the relay reads one letter while it answers another. Nothing is gained by CHUNKING (RFC 3030), which spares
the wait for 354 only by leaving more letters in doubt. Replies are bounded to `LINE_MAX` bytes a line and `LINES_MAX`
lines.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import partial

from ..mail.envelope import Envelope
from .gate import Gate
from .retry import Answer

LOST = 421
LINE_MAX = 4096
LINES_MAX = 100
QUIT_SECONDS = 2.0
_TAKEN = re.compile(rb"250 ([^\r\n]*)\r\n250 [^\r\n]*\r\n250 [^\r\n]*\r\n354 [^\r\n]*\r\n")
"""All four replies of a group in which nothing was refused."""
_PATH = re.compile(r"[!-;=?-~]{0,320}")
"""What may stand between angle brackets: printable ASCII, no space, no bracket."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: the last for RFC 5321 section 4.5.3.2.6, where giving up early sends doubles."""

    connect: float = 30
    command: float = 120
    idle: float = 30
    data: float = 600


class _Letter:
    """A letter on its way: `begun` once the relay has accepted its sender, `refusal` the first word against it."""

    __slots__ = ("begun", "commands", "envelope", "refusal")

    def __init__(self, envelope: Envelope, size: bool) -> None:
        self.envelope, self.begun = envelope, False
        self.refusal: Answer | None = None
        self.commands: list[bytes] = []
        if not all(map(_PATH.fullmatch, (envelope.sender, *envelope.recipients))):
            self.refusal = Answer(553, "5.1.3 an address that cannot be written to this relay")
            return
        bytes_said = f" SIZE={len(envelope.content)}" if size else ""
        self.commands.append(f"MAIL FROM:<{envelope.sender}>{bytes_said}\r\n".encode("ascii"))
        self.commands += [f"RCPT TO:<{address}>\r\n".encode("ascii") for address in envelope.recipients]
        self.commands.append(b"DATA\r\n")


class Dialogue(asyncio.Protocol):
    """One connection to a relay that has greeted us and let us in; `offers` are its extensions, in lower case."""

    def __init__(
        self, transport: asyncio.Transport, offers: Container[str], patience: Patience, gate: Gate
    ) -> None:
        self._transport, self._patience, self._gate = transport, patience, gate
        self._pipelining, self._size = "pipelining" in offers, "size" in offers
        self._loop = asyncio.get_running_loop()
        self._partial, self._said = b"", list[bytes]()
        self._expected: deque[Callable[[int, bytes], None]] = deque()
        self._rest: deque[bytes] = deque()
        self._ahead: _Letter | None = None
        self._offered: _Letter | None = None
        self._dotted: _Letter | None = None
        self._reset, self._used, self._waits = False, False, False
        self._usual = deque([self._heard_dot, self._heard_mail, self._heard_rcpt, self._heard_data])
        self._turn = partial(self._guarded, self._dot)
        self._deadline = 0.0
        self._done: asyncio.Future[list[Envelope]] | None = None
        self._closed: asyncio.Future[None] = self._loop.create_future()
        transport.set_protocol(self)

    @property
    def alive(self) -> bool:
        """Whether another letter may be sent over this connection."""
        return not self._transport.is_closing()

    async def carry(self, letters: Iterator[Envelope], answered: Callable[[Answer], None]) -> list[Envelope]:
        """Send all letters, and call `answered` for each in its order; contents come as `Letter.for_data` makes them.

        Where the connection ends before, those of which the relay may have heard count as 421; pulled ones that it has
        not heard of are given back, to be sent over another connection.
        """
        self._letters, self._answered = letters, answered
        self._done = self._loop.create_future()
        shortest = min(self._patience.command, self._patience.data)
        self._watcher = self._loop.call_later(shortest, self._watch)
        try:
            if self.alive:
                self._guarded(self._offer)
            else:
                self._end("4.4.2 connection lost")
            return await self._done
        except BaseException:
            self.abort()
            raise
        finally:
            self._watcher.cancel()
            self._leave_gate()
            self._done = self._offered = self._dotted = self._ahead = None

    def abort(self) -> None:
        """Close without a word."""
        self._transport.abort()

    async def leave(self) -> None:
        """Say good-bye."""
        if self.alive:
            self._transport.write(b"QUIT\r\n")
            if not (await asyncio.wait({self._closed}, timeout=QUIT_SECONDS))[0]:
                self.abort()

    # ---- what we say

    def _offer(self, *before: bytes) -> None:
        """Write `before`, the end of a letter, and with it the next one's envelope as far as the relay allows that."""
        letter, self._ahead = self._ahead or self._pull(), None
        while letter and letter.refusal and not before:
            self._answered(letter.refusal)
            letter = self._pull()
        if letter is None or letter.refusal or (before and not self._pipelining):
            self._ahead = letter
            if before:
                self._write(*before)
            elif self._done and not self._done.done():
                self._done.set_result([])
            return
        self._offered = letter
        commands = letter.commands
        if self._reset:
            commands = [b"RSET\r\n", *commands]
            self._expected.append(self._heard_reset)
            self._reset = False
        self._expected.append(self._heard_mail)
        self._expected.extend([self._heard_rcpt] * len(letter.envelope.recipients))
        self._expected.append(self._heard_data)
        self._loop.call_soon(self._guarded, self._look_ahead)
        if self._pipelining:
            self._write(*before, *commands)
        else:
            self._rest = deque(commands)
            self._write(self._rest.popleft())

    def _write(self, *parts: bytes) -> None:
        """Write once, for each small write of its own may wait for a delayed ACK."""
        self._transport.write(b"".join(parts))
        wait = self._patience.data if self._dotted else self._patience.command
        self._deadline = self._loop.time() + wait

    def _look_ahead(self) -> None:
        if self._ahead is None and self._done and not self._done.done():
            self._ahead = self._pull()

    def _pull(self) -> _Letter | None:
        envelope = next(self._letters, None)
        return None if envelope is None else _Letter(envelope, self._size)

    # ---- what we hear

    def _heard_reset(self, code: int, text: bytes) -> None:
        if code >= 400:
            self._end("4.4.2 the relay does not begin anew")
        elif not self._pipelining:
            self._write(self._rest.popleft())

    def _heard_mail(self, code: int, text: bytes) -> None:
        assert self._offered
        self._offered.begun = code < 300
        self._accepted(code, text)

    def _heard_rcpt(self, code: int, text: bytes) -> None:
        self._accepted(code, text)

    def _accepted(self, code: int, text: bytes) -> None:
        """Go on with the envelope, or drop it at the first word against it."""
        assert self._offered
        if code >= 300 and self._offered.refusal is None:
            self._offered.refusal = _answer(code, text)
        if self._pipelining:
            return
        if self._offered.refusal is None:
            self._write(self._rest.popleft())
        else:
            self._expected.clear()
            self._drop()

    def _heard_data(self, code: int, text: bytes) -> None:
        letter = self._offered
        assert letter
        if code != 354:
            letter.refusal = letter.refusal or _answer(code, text)
            self._drop()
        elif (
            letter.refusal
        ):  # for want of recipients the dot alone is due, and changes nothing: RFC 2920 section 3.1
            self._dot()
        elif self._gate.enter(self._turn):
            self._dot(letter.envelope.content)
        else:
            self._waits = True
            self._write(letter.envelope.content)

    def _dot(self, content: bytes = b"") -> None:
        """End the letter, of which the relay has all but perhaps this content: it is in doubt from here on."""
        self._waits, self._dotted, self._offered = False, self._offered, None
        self._expected.append(self._heard_dot)
        self._offer(content, b".\r\n")

    def _drop(self) -> None:
        """The offered letter is refused: the next one begins anew."""
        letter, self._offered, self._reset, self._used = self._offered, None, True, True
        assert letter and letter.refusal
        self._answered(letter.refusal)
        self._offer()

    def _heard_dot(self, code: int, text: bytes) -> None:
        letter, self._dotted, self._used = self._dotted, None, True
        assert letter
        try:
            self._answered(letter.refusal or _answer(code, text))
        finally:
            if letter.refusal is None:
                self._gate.leave()
        if self._offered is None:
            self._offer()

    def _all_taken(self, text: bytes) -> None:
        """The four replies of nearly every group at once: reply by reply they take 3 us more of a letter's 60."""
        self._expected.clear()
        self._heard_dot(250, text.rstrip())
        if self._offered and not self._transport.is_closing():
            self._offered.begun = True
            self._heard_data(354, b"")

    def _lines(self, lines: list[bytes]) -> None:
        """Take lines of replies (RFC 5321 section 4.2.1); the last one of a reply has no hyphen behind its code."""
        for line in lines:
            code, follows, text = line[:3], line[3:4], line[4:].rstrip()
            if self._transport.is_closing():
                return
            if not (code.isdigit() and follows in (b" ", b"-", b"", b"\r")) or len(self._said) > LINES_MAX:
                shown = line[:100].decode("utf-8", "replace")
                self._end(f"4.5.0 an answer that is not SMTP: {shown}", code=451)
            elif follows == b"-":
                self._said.append(text)
            else:
                if self._said:
                    text, self._said = b" ".join((*self._said, text)), []
                self._heard(int(code), text)

    def _heard(self, code: int, text: bytes) -> None:
        if code == 221 and not self._expected:
            self._transport.close()
        elif code == LOST or not self._expected:
            self._end(text.decode("utf-8", "replace"))
        elif (
            200 <= code < 300 or 400 <= code < 600 or (code == 354 and self._expected[0] == self._heard_data)
        ):
            self._expected.popleft()(code, text)
        else:
            self._end(f"4.5.0 an answer that is not SMTP: {code}", code=451)

    def data_received(self, data: bytes) -> None:
        """Called by the loop with what came in."""
        if (taken := _TAKEN.fullmatch(data)) and self._expected == self._usual and not self._partial:
            self._guarded(self._all_taken, taken[1])
            return
        *lines, self._partial = (self._partial + data).split(b"\n")
        self._guarded(self._lines, lines)
        if len(self._partial) > LINE_MAX:
            self._end("4.5.0 an answer that is not SMTP: an endless line", code=451)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop at the end of the connection."""
        self._end("4.4.2 connection lost")
        if not self._closed.done():
            self._closed.set_result(None)

    # ---- the end

    def _guarded(self, step: Callable[..., None], *words: object) -> None:
        """Run a step; what breaks in it, as in filling a letter, ends the sending and not the loop."""
        try:
            step(*words)
        except Exception as error:
            self._transport.abort()
            if self._done and not self._done.done():
                self._done.set_exception(error)

    def _watch(self) -> None:
        """Look once in a while whether the relay has fallen silent: cheaper than a timer for each reply."""
        left = self._deadline - self._loop.time()
        if left > 0:
            self._watcher = self._loop.call_later(left, self._watch)
        else:
            self._end("4.4.2 no answer in time")

    def _end(self, why: str, code: int = LOST) -> None:
        """The connection is of no more use: say what that means for each letter on it."""
        self._transport.abort()
        if self._done and not self._done.done():
            self._guarded(partial(self._settle, Answer(code, why)))

    def _leave_gate(self) -> None:
        if self._waits:
            self._gate.give_up(self._turn)
        elif self._dotted and self._dotted.refusal is None:
            self._gate.leave()
        self._waits = False

    def _settle(self, fault: Answer) -> None:
        left = [letter.envelope for letter in (self._offered, self._ahead) if letter]
        if self._dotted:
            self._answered(self._dotted.refusal or fault)
        self._leave_gate()
        self._dotted = None
        # On a connection that was kept, and on which it was not begun, the fault is none of the letter's
        if self._offered and (self._offered.begun or not self._used or fault.code != LOST):
            left.pop(0)
            self._answered(self._offered.refusal or fault)
        if self._done:
            self._done.set_result(left)


def _answer(code: int, text: bytes) -> Answer:
    return Answer(code, text.decode("utf-8", "replace"))
