"""What a signal asks for: to end in time, or by SIGHUP to take up another configuration.

At SIGHUP the configuration is read anew, and what can change while connections are open is changed.

Taken up at once: lists and their rules, the limits of the doors (for connections that come from then on) and
certificates. All else that differs is named in the log and waits for a restart. A file with faults changes
nothing.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

from .. import maillog
from ..config import Config
from ..errors import BridgeError, ConfigError

LIMITS = (
    "message_bytes", "recipients", "connections", "connections_per_address", "command_seconds", "session_seconds",
)  # fmt: skip
AT_ONCE = {
    *(("limits", name) for name in LIMITS),
    *((door, name) for door in ("smtp", "lmtp") for name in ("certificate", "key")),
}


@asynccontextmanager
async def reloading(
    hangup: asyncio.Event,
    config: Config,
    again: Callable[[], Config],
    take_up: Sequence[Callable[[Config], None]],
) -> AsyncIterator[None]:
    """Read the configuration anew at each SIGHUP."""

    async def wait() -> None:
        held = config
        while True:
            await hangup.wait()
            hangup.clear()
            held = await asyncio.to_thread(reload, held, again, take_up)

    task = asyncio.create_task(wait(), name="reload")
    try:
        yield
    finally:
        task.cancel()


def end_in_time(seconds: float) -> None:
    """Whatever hangs, the process is gone before a supervisor would kill it; nothing that was acknowledged is lost."""

    def end() -> None:
        maillog.daemon_ended(seconds)
        os._exit(0)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


def reload(old: Config, read: Callable[[], Config], take_up: Iterable[Callable[[Config], None]]) -> Config:
    """Read the configuration anew and have it taken up; gives the one that holds from now on."""
    try:
        new = read()
        for each in take_up:
            each(new)
    except ConfigError as error:
        maillog.not_reloaded(error.faults)
        return old
    except (BridgeError, OSError) as error:
        maillog.not_reloaded([str(error)])
        return old
    maillog.reloaded(later(old, new))
    return new


def later(old: Config, new: Config) -> list[str]:
    """Which options differ and are taken up only by a restart, as in `[web] listen`."""
    found = []
    for section in type(old).model_fields:
        before, after = getattr(old, section), getattr(new, section)
        if section == "lists" or before == after:
            continue
        if before is None or after is None or isinstance(before, tuple):
            found.append(f"[{section}]")
            continue
        found += [
            f"[{section}] {name}"
            for name in type(before).model_fields
            if getattr(before, name) != getattr(after, name) and not _at_once(section, name, before)
        ]
    return found


def _at_once(section: str, name: str, before: object) -> bool:
    """A door that offered no STARTTLS cannot begin to with what is open."""
    return (section, name) in AT_ONCE and getattr(before, name) is not None
