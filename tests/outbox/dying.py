"""A sender in a process of its own, to be killed."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from bridge import maillog
from bridge.outbox.sender import Sender
from bridge.outbox.smtp import SmtpTransport
from bridge.store.database import Store
from tests.outbox.letters import address, compose


def work(database: Path, port: int) -> None:
    """Send what the queue holds to the relay on loopback, for ever."""
    maillog.configure()
    asyncio.run(_send(database, port))


async def _send(database: Path, port: int) -> None:
    sender = Sender(
        Store.open(database),
        SmtpTransport("127.0.0.1", port, connections=4),
        compose,
        address,
        lambda: time.time_ns() // 1000,
    )
    await sender.run(asyncio.Event(), asyncio.Event())
