"""The IMAP mailboxes as configured, a poller each, and what watches whether mail moves: wiring only."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from .. import maillog
from ..config import Config
from ..config.sections import ImapConfig
from ..mailroom import Mailroom
from ..store import alarms
from ..store.database import StoreError

if TYPE_CHECKING:
    from ..intake.imap import Poller

END = 4.0
"""How long, in seconds, a poller may take to end."""


@asynccontextmanager
async def reading(config: Config, mailroom: Mailroom) -> AsyncIterator[Callable[[Config], None]]:
    """All mailboxes are read until the context is left; gives what has them look at once, as at SIGHUP."""
    if not config.imap:
        yield lambda _: None
        return
    pollers = [_poller(config, each, mailroom) for each in config.imap]

    def look_again(_: Config) -> None:
        for poller in pollers:
            poller.retry()

    for poller in pollers:
        poller.start()
    try:
        yield look_again
    finally:
        for poller in pollers:
            poller.stop()
        await asyncio.gather(*(asyncio.to_thread(poller.join, END) for poller in pollers))


def _poller(config: Config, mailbox: ImapConfig, mailroom: Mailroom) -> Poller:
    from ..intake.imap import Account, Cursor, Poller, from_command, from_file
    from ..mailroom.spool import MailboxSpool

    name = f"{mailbox.user}@{mailbox.host}:{mailbox.at_port}"
    file = from_file(mailbox.password_file) if mailbox.password_file else None
    token = from_command(mailbox.oauth_token_command) if mailbox.oauth_token_command else None
    account = Account(
        host=mailbox.host, port=mailbox.at_port, tls=mailbox.tls, user=mailbox.user,
        password=file or from_command(mailbox.password_command), watched=file, oauth_token=token,
        folder=mailbox.folder, done_folder=mailbox.done_folder, poll_seconds=mailbox.poll_seconds,
        idle=mailbox.idle, size_limit=config.limits.message_bytes,
    )  # fmt: skip
    addresses = {each.name: each.address for each in config.lists}
    spool = MailboxSpool(
        mailroom.store,
        name,
        mailbox.folder,
        addresses.get(mailbox.list, ""),
        Cursor,
        mailroom.now,
        mailroom.wake,
    )
    return Poller(account, spool, on_state=partial(_tell, mailroom, name))


def _tell(mailroom: Mailroom, account: str, state: str) -> None:
    maillog.imap_state(account, state)
    with contextlib.suppress(StoreError):  # closed: nobody asks any more
        mailroom.store.submit(partial(alarms.imap_state, account=account, state=state, now=mailroom.now()))


class Watch:
    """Says each alarm once in the log, and once that it is over: /health tells only whom asks."""

    def __init__(self, mailroom: Mailroom) -> None:
        self._mailroom = mailroom
        self._raised: set[str] = set()

    def look(self) -> None:
        """What is wrong now that was not before, and the other way round."""
        now = set(self._mailroom.store.read(self._mailroom.alarms))
        for what in sorted(now - self._raised):
            maillog.alarm(what)
        for what in sorted(self._raised - now):
            maillog.alarm_over(what)
        self._raised = now
