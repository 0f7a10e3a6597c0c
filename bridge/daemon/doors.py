"""The SMTP and LMTP doors as configured, and the keeper behind them: wiring only.

Whatever goes wrong while a mail is kept is told as 4xx: `452 4.3.1` where there is no room, `451 4.3.0` else.
"""

from __future__ import annotations

import asyncio
import errno
import os
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from ipaddress import ip_network
from typing import TYPE_CHECKING

from .. import maillog
from ..config import Config
from ..config.sections import Listener
from ..errors import ConfigError, Refusal, Temporary
from ..intake.door import Arrival, Limits, Tls
from ..intake.keeper import Keeper
from ..mailroom import Mailroom
from ..mailroom.readers import Readers
from ..store.database import DatabaseError, trouble

if TYPE_CHECKING:
    from ..intake.smtp import Door

GRACE = 4.0
"""How long, in seconds, mails under way may take to come to their end when the doors close."""
DEAR = 0.010
"""Seconds of CPU for reading a mail: one of 4 kB takes 2 to 4 ms, in many short lines 7; those made to be slow 17."""
BEHIND = 0.5
"""When mails are dear, so many seconds of walking may be ahead: the door keeps more only as they are walked."""
CURES = {
    errno.EADDRINUSE: "stop what uses the port, or name another one",
    errno.EACCES: "a port below 1024 needs a right of its own: see docs/howto-systemd.md, or name another one",
    errno.EADDRNOTAVAIL: "this machine has no such address: name one that it has",
}


def keeper(mailroom: Mailroom) -> Keeper:
    """Who keeps what comes through the doors."""

    def keep_all(arrivals: Sequence[Arrival]) -> Sequence[int]:
        return mailroom.keep_all([(each.envelope, each.via, each.account) for each in arrivals])

    return Keeper(keep_all)


def behind(mailroom: Mailroom, readers: Readers) -> bool:
    """Whether mails that are dear to read have come faster than they can be read.

    Ordinary ones never are: however many come at once, they are kept as fast as the disk takes them.
    """
    try:
        return readers.usual > DEAR and mailroom.far_behind(BEHIND)
    except DatabaseError:  # keeping the mail will say so
        return False


@asynccontextmanager
async def opened(
    config: Config, mailroom: Mailroom, keeper: Keeper, readers: Readers
) -> AsyncIterator[Callable[[Config], None]]:
    """Both doors, open until the context is left; raises ConfigError for a port or certificate that cannot be used.

    Gives what takes up another configuration's limits and certificates.
    """
    from ..intake.smtp import serve

    async def admit(sender: str, recipient: str) -> None:
        try:
            mailroom.admit(sender, recipient)
        except Refusal as refusal:
            maillog.refused(sender, recipient, refusal.reply)
            raise

    own = _limits(config)
    doors: dict[str, Door] = {}

    def change(new: Config) -> None:
        for section, door in doors.items():
            if listener := getattr(new, section):
                with _right(section, listener):
                    door.change(_limits(new), _tls(listener))

    try:
        for section, listener in (("smtp", config.smtp), ("lmtp", config.lmtp)):
            if listener is None:
                continue
            with _right(section, listener):
                doors[section] = await serve(
                    listener.host, listener.port, lmtp=section == "lmtp", hostname=config.site.domain,
                    admit=admit, accept=partial(_accept, keeper), limits=own, tls=_tls(listener),
                    behind=partial(behind, mailroom, readers),
                )  # fmt: skip
        yield change
    finally:
        await asyncio.gather(*(door.stop(GRACE) for door in doors.values()))
        keeper.close()


async def _accept(keeper: Keeper, arrival: Arrival) -> tuple[Refusal | None, ...]:
    """Keep a mail; for each recipient None, or why he cannot have it just now."""
    each = arrival.envelope.recipients
    try:
        maillog.accepted(await keeper.keep(arrival), arrival.via, arrival.envelope.sender, len(each))
    except Exception as fault:
        maillog.role_failed(arrival.via, fault)
        code, status = (452, "4.3.1") if trouble(fault) == "no room" else (451, "4.3.0")
        answer = Temporary("it could not be kept just now, please try again", code=code, status=status)
        return (answer,) * len(each)
    return (None,) * len(each)


def _limits(config: Config) -> Limits:
    limits = config.limits
    return Limits(
        size=limits.message_bytes, recipients=limits.recipients, connections=limits.connections,
        per_address=limits.connections_per_address, command_seconds=limits.command_seconds,
        session_seconds=limits.session_seconds,
        guesses=limits.unknown_recipients, relays=tuple(map(ip_network, limits.relays)),
    )  # fmt: skip


def _tls(listener: Listener) -> Tls | None:
    return Tls(listener.certificate, listener.key) if listener.certificate and listener.key else None


@contextmanager
def _right(section: str, listener: Listener) -> Iterator[None]:
    """What is wrong with a port or a certificate, as one line each."""
    try:
        yield
    except ssl.SSLError as error:
        fault = f"[{section}] certificate, key: they do not make a pair in PEM ({error.reason})"
        raise ConfigError([f"{fault}; name the files your CA gave you"]) from error
    except OSError as error:
        raise busy(section, listener.host, listener.port, error) from error


def busy(section: str, host: str, port: int, error: OSError) -> ConfigError:
    """The one line for a port that cannot be opened."""
    number = error.errno or 0
    reason = os.strerror(number) if number > 0 else error.strerror or str(error)
    cure = CURES.get(number, "name an address and a port of this machine")
    return ConfigError([f'[{section}] listen = "{host}:{port}": {reason}; {cure}'])
