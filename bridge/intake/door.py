"""What the SMTP and LMTP door is told and what it hands on: plain values and two callables.

The door knows no list and no person: `Admit` judges each recipient before the mail comes, `Accept` keeps the
whole mail. A mail is acknowledged only after `Accept` has returned.
"""

from __future__ import annotations

import errno
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from ..errors import Refusal, Temporary
from ..mail.envelope import Envelope


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail at the door: its envelope, how it came ("smtp" or "lmtp"), the IP address it came from, its HELO name."""

    envelope: Envelope
    via: str
    peer: str
    helo: str = ""

    @property
    def account(self) -> str:
        """Where it came from, in one line: the address, a space, the name."""
        helo = "".join(char for char in self.helo if "!" <= char <= "~")
        return f"{self.peer} {helo[:255]}".rstrip()


Relays = tuple[IPv4Network | IPv6Network, ...]
"""Networks of our own MTAs in front, which hand in the mail of many."""

Admit = Callable[[str, str], Awaitable[None]]
"""(envelope sender, recipient): returns to let it in, raises Permanent or Temporary to refuse it at RCPT."""

Accept = Callable[[Arrival], Awaitable[tuple[Refusal | None, ...]]]
"""Keeps the mail durably and returns one answer per recipient, in order: None where it was kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one stranger, and all of them together, may ask of the door."""

    size: int = 33_554_432
    recipients: int = 100
    connections: int = 200
    per_address: int = 20
    command_seconds: float = 300
    session_seconds: float = 3600
    errors: int = 20
    commands: int = 1000
    junk: int = 100
    guesses: int = 100
    """Unknown recipients that a peer may name before it has to wait; see `Guesses`."""
    relays: Relays = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
    pending: int = 268_435_456
    """Bytes of all mails that are on the wire at once; more are told 452 until there is room."""


@dataclass(frozen=True, slots=True)
class Tls:
    """The PEM files with which STARTTLS is offered; without `required` mail is also taken in the clear."""

    certificate: Path
    key: Path
    required: bool = False


def as_refusal(fault: BaseException) -> Refusal:
    """What a stranger is told of a fault: a verdict as it stands, anything else 4xx without its text."""
    if isinstance(fault, Refusal):
        return fault
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Temporary("no room on disk, try again later", code=452, status="4.3.1")
    return Temporary("trouble on our side, try again later")


def reply_line(answer: Refusal | None) -> str:
    """The reply to one recipient in one line of printable ASCII; None is 250."""
    if answer is None:
        return "250 2.0.0 kept"
    text = "".join(letter if " " <= letter <= "~" else "?" for letter in answer.reply)
    return text[:480]
