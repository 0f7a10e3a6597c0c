"""The IMAP mailboxes as configured, a poller each, and what watches whether mail moves: wiring only."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from .. import maillog
from ..config import Config
from ..mailroom import Mailroom
from ..store import alarms
from ..store.database import StoreError

END = 4.0
"""How long, in seconds, a poller may take to end."""


@asynccontextmanager
async def reading(config: Config, mailroom: Mailroom) -> AsyncIterator[Callable[[Config], None]]:
    """All mailboxes are read until the context is left; gives what has them look at once, as at SIGHUP."""
    if not config.imap:
        yield lambda _: None
        return
    from ..intake.imap import Account, Cursor, Poller, from_command, from_file
    from ..mailroom.spool import MailboxSpool

    addresses = {each.name: each.address for each in config.lists}
    pollers = []
    for each in config.imap:
        name = f"{each.user}@{each.host}:{each.at_port}"
        file = from_file(each.password_file) if each.password_file else None
        account = Account(
            host=each.host, port=each.at_port, tls=each.tls, user=each.user,
            password=file or from_command(each.password_command), watched=file,
            oauth_token=from_command(each.oauth_token_command) if each.oauth_token_command else None,
            folder=each.folder, done_folder=each.done_folder, poll_seconds=each.poll_seconds, idle=each.idle,
            size_limit=config.limits.message_bytes,
        )  # fmt: skip
        spool = MailboxSpool(
            mailroom.store,
            name,
            each.folder,
            addresses.get(each.list, ""),
            Cursor,
            mailroom.now,
            mailroom.wake,
        )
        pollers.append(Poller(account, spool, on_state=partial(_tell, mailroom, name)))

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
