"""Letters leave into a Maildir: what happens where no relay is configured, so that nothing leaves by accident.

A letter is written to `tmp`, fsynced, moved to `new`, and then the directory is fsynced. Its name is made from its
envelope and content, so that a letter written again after a crash takes the place of itself. As a delivery agent
does, it writes the two sides of the envelope on top (Return-Path, Delivered-To) and ends lines with LF.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from ..errors import Temporary
from ..mail.envelope import Envelope
from .retry import Answer


class MaildirTransport:
    """Writes envelopes as files of the Maildir at `path`, which is made when the first letter comes."""

    connections = 1
    for_data = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self._made = False

    async def send(self, envelopes: Iterable[Envelope], answered: Callable[[Answer], None]) -> None:
        """Write one envelope after another; raises `Temporary` where the file system does not take it."""
        for envelope in envelopes:
            try:
                name = await asyncio.to_thread(self._write, envelope)
            except OSError as error:
                raise Temporary(
                    f"{self.path}: {error.strerror or error}", code=452, status="4.3.1"
                ) from error
            answered(Answer(250, f"2.0.0 written as {name}"))

    async def close(self) -> None:
        """Nothing is held open."""

    def _write(self, envelope: Envelope) -> str:
        if not self._made:
            for folder in ("tmp", "new", "cur"):
                (self.path / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
            self._made = True
        sides = f"Return-Path: <{envelope.sender}>\nDelivered-To: {', '.join(envelope.recipients)}\n"
        content = sides.encode() + envelope.content.replace(b"\r\n", b"\n")
        name = hashlib.sha256(content).hexdigest()[:32] + ".threadbridge"
        written = self.path / "tmp" / name
        with open(written, "wb", opener=_ours) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.replace(self.path / "new" / name)
        _sync_directory(self.path / "new")
        return name


def _ours(path: str, flags: int) -> int:
    """A letter holds its reader's tokens (promise P6)."""
    return os.open(path, flags, 0o600)


def _sync_directory(path: Path) -> None:
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
