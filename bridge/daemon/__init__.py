"""The one wiring place: configuration -> store, mailroom, doors, pollers, workers, sender, pages; start, drain, stop.

All roles live in this process and meet in the database; `wake` only spares them the wait for their next look. On
SIGTERM or SIGINT the doors close first, what is in hand is finished, and the process ends within ten seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, closing
from functools import partial

from .. import maillog
from ..config import Config
from ..mailroom import Mailroom
from ..mailroom.forget import sweep
from ..mailroom.readers import Readers
from ..store import alarms, queue, upkeep
from ..store.clock import Clock
from ..store.database import Tx
from . import doors, memory, pollers
from .opening import microseconds, open_mailroom, sync_lists
from .pages import pages
from .reload import end_in_time, reloading
from .roles import looking, repeated, working
from .sending import sending
from .thumbnails import drawing

DIGESTS = 30.0
"""How often, in seconds, somebody looks whose digest is due."""
WATCH = 10.0
"""How often, in seconds, it is asked whether there is an alarm."""
LAST = 9.0
"""After how many seconds a stop that hangs is cut short."""
UPKEEP = 3600.0
TRIM = 600.0
"""How often, in seconds, memory that nothing uses is given back to the system."""
REMIND = 60.0
"""How often, in seconds, it is asked whether moderators are to be told of what waits: they are at most hourly."""
SWITCH = 0.0005
"""Seconds after which a thread gives way to another. With Python's 5 ms the door, the writer and the walkers wait for
each other: at 50 sessions the 99th percentile of the answer was 116 ms, and is 47 ms."""
FILES = 16_384


def run(
    config: Config, ready: Callable[[], None] = lambda: None, again: Callable[[], Config] | None = None
) -> int:
    """Run all roles until SIGTERM or SIGINT; `ready` is called once every door is open. Gives the exit code.

    `again` reads the configuration anew, for SIGHUP.
    """
    sys.setswitchinterval(SWITCH)
    memory.share_heaps()
    _allow_files()
    try:
        import uvloop

        runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    except ImportError:
        runner = asyncio.Runner()
    # Before there is a thread or a loop: readers are forked from what this process is now.
    with closing(Readers(config.limits.workers or os.cpu_count() or 1)) as readers, runner:
        return runner.run(_run(config, readers, ready, again or (lambda: config)))


def _allow_files() -> None:
    """Each connection is a file, and the usual 1,024 are soon used up: take what the system lets us have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def _run(
    config: Config, readers: Readers, ready: Callable[[], None], again: Callable[[], Config]
) -> int:
    loop = asyncio.get_running_loop()
    mail_waits, letters_wait = asyncio.Event(), asyncio.Event()
    stop, hangup = _signals(loop)
    wake = partial(_wake, loop, mail_waits, letters_wait)
    with open_mailroom(config, wake, alone=True, read=readers.read) as mailroom:
        mailroom.store.write(_free_leases)
        async with AsyncExitStack() as roles:
            start = roles.enter_async_context
            # Left in the reverse order: doors and pollers close before the worker, the worker before the sender.
            keeper = doors.keeper(mailroom)
            await start(sending(config, mailroom, keeper, letters_wait, stop))
            await start(working(mailroom, readers, mail_waits, keeper))
            for name, seconds, work in _chores(config, mailroom):
                await start(repeated(name, seconds, work))
            await start(drawing(config, mailroom.store))
            await start(looking(mailroom, Clock(mailroom.store, microseconds), mail_waits, letters_wait))
            await start(pages(config, mailroom))
            changed = await start(doors.opened(config, mailroom, keeper, readers))
            look_again = await start(pollers.reading(config, mailroom))
            watch = min(WATCH, config.limits.alarm_seconds / 4)
            await start(repeated("alarms", watch, pollers.Watch(mailroom).look))
            take_up = (
                lambda new: mailroom.store.write(partial(sync_lists, config=new)),
                changed,
                look_again,
            )
            await start(reloading(hangup, config, again, take_up))
            memory.settle()
            maillog.daemon_started(_roles(config))
            ready()
            await stop.wait()
            maillog.daemon_stopping()
            end_in_time(LAST)
    return 0


def _wake(loop: asyncio.AbstractEventLoop, *events: asyncio.Event) -> None:
    """Set them from any thread. Where one is set, whoever waits for it has yet to clear it, and looks after that."""
    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
        for event in events:
            if not event.is_set():
                loop.call_soon_threadsafe(event.set)


def _signals(loop: asyncio.AbstractEventLoop) -> tuple[asyncio.Event, asyncio.Event]:
    """What SIGTERM and SIGINT set, and what SIGHUP does; at a terminal that one says that it was closed."""
    stop, hangup = asyncio.Event(), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    loop.add_signal_handler(signal.SIGHUP, stop.set if sys.stderr.isatty() else hangup.set)
    return stop, hangup


def _chores(config: Config, mailroom: Mailroom) -> Iterator[tuple[str, float, Callable[[], object]]]:
    """What is done every so often: its name, after how many seconds, and the work."""
    yield "upkeep", UPKEEP, partial(_forget_raw, config, mailroom)
    yield "memory", TRIM, memory.give_back
    yield "moderation", REMIND, mailroom.tell_moderators
    yield "keys", REMIND, mailroom.take_up_keys
    yield "bounces", REMIND, mailroom.look_after_bounces
    yield "digests", DIGESTS, mailroom.send_digests


def _roles(config: Config) -> list[str]:
    doors = [f"{name} {each.listen}" for name in ("smtp", "lmtp", "web") if (each := getattr(config, name))]
    return [*doors, *(f"imap {each.host}" for each in config.imap), f"outgoing {config.outgoing.kind}"]


def _free_leases(tx: Tx) -> None:
    """With SQLite this process is alone: what a killed one had in hand is free again at once."""
    tx.ledger_free()
    alarms.forget_imap(tx)
    queue.release_all(tx)


def _forget_raw(config: Config, mailroom: Mailroom) -> None:
    work = partial(upkeep.forget_raw, keep_days=config.limits.keep_raw_days, now=microseconds())
    mailroom.store.write(work)
    sweep(mailroom.store)
