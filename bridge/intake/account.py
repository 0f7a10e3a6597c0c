"""What a mailbox is, how its secret is had, and where its mails go: values and callables, no network."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from ..errors import BridgeError

Secret = Callable[[], str]
"""Gives a password or a token, asked anew at each login; raises BridgeError."""

COMMAND_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Waits:
    """How long, in seconds, a server is waited for: for a connection and its greeting, for the next bytes, for the
    whole of an answer; and after how long IDLE is renewed.

    IDLE is renewed well before the 29 minutes of RFC 2177: only then a half-open connection shows, or news that came
    between SELECT and IDLE. `idle` and `read` together are below five minutes.
    """

    connect: float = 15
    read: float = 40
    answer: float = 900
    idle: float = 200


@dataclass(frozen=True, slots=True)
class Account:
    """One folder of one IMAP account; `done_folder` "" leaves mails where they are and marks them as seen."""

    host: str
    port: int
    tls: Literal["ssl", "starttls", "none"]
    user: str
    password: Secret | None = None
    watched: Secret | None = None
    """Where the password comes from a file: it is looked at while the server refuses what it holds."""
    oauth_token: Secret | None = None
    folder: str = "INBOX"
    done_folder: str = ""
    poll_seconds: float = 60
    idle: bool = True
    size_limit: int = 33_554_432

    @property
    def name(self) -> str:
        """How the log calls it."""
        return f"{self.user}@{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder was read: its UIDVALIDITY and the highest UID kept or skipped (RFC 3501 section 2.3.1.1)."""

    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail as the mailbox holds it; `received` is its INTERNALDATE in microseconds UTC."""

    uid: int
    content: bytes
    received: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A mail that is not taken: too large, or unreadable after many tries; `head` is its header, where that came."""

    uid: int
    size: int
    head: bytes
    too_large: bool


class Spool(Protocol):
    """Where mails go. Called from the mailbox's own thread."""

    def cursor(self) -> Cursor | None:
        """How far this folder was read, None when never."""

    def keep(self, mails: Sequence[Fetched], cursor: Cursor, skipped: Sequence[Skipped]) -> None:
        """Keep mails and cursor in one durable transaction, and drop what is here already by its content."""


def from_file(path: Path) -> Secret:
    """The first line of a file."""

    def secret() -> str:
        try:
            return path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as fault:
            raise BridgeError(f"cannot read the password file {path}: {type(fault).__name__}") from None

    return secret


def from_command(argv: Sequence[str]) -> Secret:
    """The first line that a command writes; it runs without a shell, for at most half a minute."""

    def secret() -> str:
        try:
            done = subprocess.run(
                list(argv), check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=COMMAND_SECONDS
            )
            return done.stdout.decode("utf-8").split("\n", 1)[0].rstrip("\r")
        except (OSError, ValueError, subprocess.SubprocessError) as fault:
            raise BridgeError(f"the password command {argv[0]} failed: {type(fault).__name__}") from None

    return secret
