"""The sender over the configured transport."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Config
from ..intake.keeper import Keeper
from ..mailroom import Mailroom
from .opening import microseconds
from .roles import LONG, role
from .trust import signing

if TYPE_CHECKING:
    from ..outbox.sender import Transport


@asynccontextmanager
async def sending(
    config: Config, mailroom: Mailroom, keeper: Keeper, wake: asyncio.Event, stop: asyncio.Event
) -> AsyncIterator[None]:
    """Ends when the daemon is to stop: what comes in until the doors are closed waits for the next start."""
    from ..outbox.rates import Rates
    from ..outbox.sender import Sender

    per_minute = config.outgoing.domain_rate
    sender = Sender(
        mailroom.store, _transport(config), signing(config, mailroom.letter, time.time), mailroom.addressed,
        microseconds, rates=Rates(per_minute) if per_minute else None, poll_seconds=LONG,
        rush=lambda: keeper.rush,
    )  # fmt: skip
    async with role(asyncio.create_task(sender.run(stop, wake), name="sender"), stop):
        yield


def _transport(config: Config) -> Transport:
    outgoing = config.outgoing
    if outgoing.kind == "maildir":
        from ..outbox.maildir import MaildirTransport

        return MaildirTransport(outgoing.path or config.site.data_dir / "outbox")
    from ..outbox.smtp import SmtpTransport

    return SmtpTransport(
        outgoing.host, outgoing.port, tls=outgoing.tls, user=outgoing.user,
        password=_password(outgoing.password_file), connections=outgoing.connections,
        hostname=config.site.domain,
    )  # fmt: skip


def _password(path: Path | None) -> Callable[[], str] | None:
    return (lambda: path.read_text().splitlines()[0]) if path else None
