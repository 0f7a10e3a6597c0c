"""A smarthost that remembers: an SMTP server on a thread of its own, which can be told to misbehave.

It keeps the envelope and the very bytes of each mail it took. `plan` decides what becomes of a mail: it is
called at RCPT and after the dot with `(stage, sender, recipient, nth)`, where `nth` counts the tries of that
recipient and stage from 0, and gives "" (take it), a reply line such as "451 4.2.1 later", or CUT (close the
connection). A mail that is cut after the dot is kept, as a real smarthost may have done.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

CUT = "cut"
RCPT, DOT = "rcpt", "dot"
Plan = Callable[[str, str, str, int], str]
_PATH = re.compile(rb"<([^<>]*)>")


@dataclass(frozen=True)
class Sent:
    """A mail that reached the sink: envelope sender, the one or more recipients, the bytes with CRLF."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    at: float


def take_all(stage: str, sender: str, recipient: str, nth: int) -> str:
    """The plan of a smarthost in good health."""
    return ""


@dataclass
class Sink:
    """The recording smarthost, a context manager. `pause`: the seconds that it takes for each mail."""

    plan: Plan = take_all
    pause: float = 0.0
    port: int = 0
    mails: list[Sent] = field(default_factory=list)
    tries: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __enter__(self) -> Sink:
        self._loop = asyncio.new_event_loop()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(5)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        server = await asyncio.start_server(self._session, "127.0.0.1", self.port, limit=2**26)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def to(self, address: str) -> list[Sent]:
        """The mails that came for one address."""
        return [mail for mail in list(self.mails) if address in mail.recipients]

    def wait(self, enough: Callable[[Sink], bool], seconds: float = 30) -> None:
        """Block until `enough(sink)`; raises AssertionError when it takes longer than `seconds`."""
        end = time.monotonic() + seconds
        with self._changed:
            while not enough(self):
                left = end - time.monotonic()
                assert left > 0, f"the sink holds {len(self.mails)} mails only"
                self._changed.wait(min(left, 0.5))

    def settle(self, quiet: float = 0.6, seconds: float = 30) -> int:
        """Wait until no mail has come for `quiet` seconds; gives how many there are."""
        end = time.monotonic() + seconds
        seen, since = len(self.mails), time.monotonic()
        while time.monotonic() - since < quiet and time.monotonic() < end:
            time.sleep(0.05)
            if len(self.mails) != seen:
                seen, since = len(self.mails), time.monotonic()
        return seen

    def clear(self) -> None:
        """Forget all mails."""
        self.mails.clear()
        self.tries.clear()

    def _verdict(self, stage: str, sender: str, recipient: str) -> str:
        nth = self.tries[stage, recipient]
        self.tries[stage, recipient] += 1
        return self.plan(stage, sender, recipient, nth)

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(text: str) -> None:
            writer.write(text.encode() + b"\r\n")

        say("220 sink.test ESMTP")
        sender, recipients = "", list[str]()
        while line := await reader.readline():
            if not line.endswith(b"\r\n"):
                self.faults.append(f"a command without CRLF: {line!r}")
            verb = line[:4].upper().strip()
            if verb in (b"EHLO", b"LHLO"):
                say("250-sink.test\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SIZE 50000000")
            elif verb == b"MAIL":
                sender, recipients = _path(line), []
                say("250 2.1.0 ok")
            elif verb == b"RCPT":
                verdict = self._verdict(RCPT, sender, _path(line))
                if verdict == CUT:
                    return
                recipients += [] if verdict else [_path(line)]
                say(verdict or "250 2.1.5 ok")
            elif verb == b"DATA":
                if not recipients:
                    say("503 5.5.1 no recipients")
                    continue
                say("354 go on")
                verdict = await self._take(reader, sender, tuple(recipients))
                if verdict == CUT:
                    return
                say(verdict or "250 2.0.0 kept")
            elif verb == b"QUIT":
                say("221 2.0.0 bye")
                return
            else:
                say("250 2.0.0 ok")
            await writer.drain()

    async def _take(self, reader: asyncio.StreamReader, sender: str, recipients: tuple[str, ...]) -> str:
        raw = b""
        if (first := await reader.readline()) != b".\r\n":
            raw = first + await reader.readuntil(b"\r\n.\r\n")
            raw = raw[:-3]
        if self.pause:
            await asyncio.sleep(self.pause)
        verdict = self._verdict(DOT, sender, recipients[0])
        if verdict in ("", CUT):
            with self._changed:
                content = raw.replace(b"\r\n..", b"\r\n.")
                self.mails.append(Sent(sender, recipients, content.removeprefix(b"."), time.time()))
                self._changed.notify_all()
        return verdict


def _path(line: bytes) -> str:
    found = _PATH.search(line)
    return found[1].decode("utf-8", "replace") if found else ""
