"""An attack on the wire: bytes as they are sent, and the replies that must come, no more and no fewer.

`want` is a line of words, one for each reply after the greeting: `250`, `250/2.1.0` (with its enhanced code) or
`501,553` (either code). `end` as the last word: the door closes the connection. Else the client says QUIT, and the
next reply must be its 221. Each piece of `say` goes in a segment of its own; `PAUSE` waits until the door has answered.
"""

from __future__ import annotations

import re
import socket
import sqlite3
import struct
import time
from dataclasses import dataclass
from pathlib import Path

SECONDS = 10
REPLY = re.compile(rb"(?:[2345]\d\d-[\x20-\x7e]*\r\n)*[2345]\d\d [\x20-\x7e]*\r\n")
LEAK = re.compile(
    rb"Traceback|Exception|Error\b|errno|\.py\b|/tmp|/home|/data|sqlite|<class|0x[0-9a-f]{6}", re.IGNORECASE
)
ENHANCED = re.compile(rb"([245])\d\d[ -]\1\.\d{1,3}\.\d{1,3} ")
PLAIN = (b"220", b"354", b"214")

HELLO = b"EHLO client.test\r\n"
FROM = b"MAIL FROM:<ann@home.test>\r\n"
TO = b"RCPT TO:<forum@bridge.test>\r\n"
DATA = b"DATA\r\n"
OPEN = HELLO + FROM + TO + DATA
OPENED = "250 250/2.1.0 250/2.1.5 354"
TEXT = b"From: ann@home.test\r\nSubject: wire\r\n\r\nThe ladder is back."
DOT = b"\r\n.\r\n"
SMUGGLED = FROM + TO + DATA + b"Subject: smuggled\r\n\r\nx"


@dataclass(frozen=True)
class Attack:
    """One knock at a door; `kept` is how many mails must be in the ledger after it."""

    name: str
    say: tuple[bytes, ...]
    want: str
    kept: int = 0
    lmtp: bool = False
    half_closed: bool = False


def attack(
    name: str, *say: bytes, want: str, kept: int = 0, lmtp: bool = False, half_closed: bool = False
) -> Attack:
    """An attack in one line."""
    return Attack(name, say, want, kept, lmtp, half_closed)


class Line:
    """A raw connection; `replies` collects what came, whole replies only."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._held = b""

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, *pieces: bytes) -> None:
        """Each piece in a segment of its own; a door that has closed takes no more."""
        for piece in pieces:
            try:
                self.socket.sendall(piece)
            except OSError:
                return
            if len(pieces) > 1:
                time.sleep(0.002)

    def reply(self) -> bytes:
        """The next reply; `b""` where the connection has ended."""
        end = time.monotonic() + SECONDS
        while not (found := REPLY.match(self._held)):
            assert time.monotonic() < end, f"no reply within {SECONDS} s, {self._held!r} is there"
            try:
                more = self.socket.recv(65536)
            except ConnectionError:
                more = b""
            if not more:
                assert not self._held, f"half a reply: {self._held!r}"
                return b""
            self._held += more
        self._held = self._held[found.end() :]
        return found[0]

    def reset(self) -> None:
        """Cut the connection with a TCP reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def check(reply: bytes, want: str) -> None:
    """A reply has its code, an enhanced code of the same class (RFC 2034), and tells nothing of our insides."""
    codes, _, status = want.partition("/")
    assert reply[:3].decode() in codes.split(","), f"{reply!r} where {want} should be"
    assert len(reply) <= 512 * (1 + reply.count(b"\r\n")), "a reply line is too long"
    assert not LEAK.search(reply), f"{reply!r} leaks"
    greeting = reply.startswith((b"250-bridge.test", b"250 bridge.test"))
    if reply[:3] not in PLAIN and not greeting:
        assert ENHANCED.match(reply), f"{reply!r} has no enhanced code"
    if status:
        assert reply[4:].startswith(status.encode() + b" "), f"{reply!r} is not {want}"


def play(port: int, each: Attack) -> None:
    """Carry an attack out and look at every reply."""
    with Line(port) as line:
        check(line.reply(), "220")
        line.send(*each.say)
        wanted = each.want.split()
        ends = wanted[-1:] == ["end"]
        if each.half_closed:
            line.socket.shutdown(socket.SHUT_WR)
        for want in wanted[: -1 if ends else None]:
            check(line.reply(), want)
        if not ends:
            line.send(b"QUIT\r\n")
            check(line.reply(), "221/2.0.0")
        assert line.reply() == b"", "more replies than commands"


def kept(database: Path) -> int:
    """How many mails the ledger holds."""
    store = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        count: int = store.execute("select count(*) from ledger").fetchone()[0]
        return count
    finally:
        store.close()


def newest(database: Path) -> sqlite3.Row:
    """The last mail of the ledger with its bytes as they are stored."""
    store = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    store.row_factory = sqlite3.Row
    try:
        row: sqlite3.Row = store.execute("select * from ledger order by id desc limit 1").fetchone()
        return row
    finally:
        store.close()
