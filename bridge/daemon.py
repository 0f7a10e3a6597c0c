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
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from . import doors, maillog, pollers
from .config import Config
from .intake.keeper import RUSH_SECONDS, Keeper
from .mailroom import Mailroom
from .mailroom.forget import sweep
from .mailroom.readers import Readers
from .mailroom.reading import Read, read_here
from .posting.post import MailingList
from .posting.site import Site
from .reload import end_in_time, reloading
from .store import alarms, lists, queue, upkeep
from .store.clock import Clock
from .store.database import OperationalError, Store, StoreError, Tx
from .trust import signing, vouching

if TYPE_CHECKING:
    from .outbox.sender import Transport

DATABASE = "threadbridge.db"
LOOK = 1.0
"""How long, in seconds, a role waits for a wake before it looks by itself: what another process wrote wakes nobody."""
DIGESTS = 30.0
"""How often, in seconds, somebody looks whose digest is due."""
WATCH = 10.0
"""How often, in seconds, it is asked whether there is an alarm."""
DRAIN = 8.0
LAST = 9.0
"""After how many seconds a stop that hangs is cut short."""
UPKEEP = 3600.0
REMIND = 60.0
"""How often, in seconds, it is asked whether moderators are to be told of what waits: they are at most hourly."""
PATIENCE = 3 * 1_000_000
"""While mail comes in a rush it is kept first; what has waited so long, in microseconds, is walked all the same."""
SWITCH = 0.0005
"""Seconds after which a thread gives way to another. With Python's 5 ms the door, the writer and the walkers wait for
each other: at 50 sessions the 99th percentile of the answer was 116 ms, and is 47 ms."""
FILES = 16_384
REST = 10.0
"""After how many seconds without mail a reader's process ends."""


def microseconds() -> int:
    """The time of day, in microseconds UTC."""
    return time.time_ns() // 1000


@contextmanager
def open_mailroom(
    config: Config, wake: Callable[[], None] = lambda: None, *, alone: bool = False, read: Read = read_here
) -> Iterator[Mailroom]:
    """The mailroom over the configured store, with the lists of the config in it; `alone`: as the daemon's.

    `read` reads a mail: here, or in a process of `readers`.
    """
    store = Store.open(config.site.data_dir / DATABASE, alone=alone)
    try:
        try:
            store.write(partial(_sync_lists, config=config))
        except OperationalError as error:
            if alone or not store.read(lists.every):  # else one can look at what is there on a full disk too
                raise StoreError(f"{store.path}: {error}") from error
        site = Site(
            config.site.name, config.site.domain, config.site.url.rstrip("/"),
            config.identity.trusted_authserv_id, config.digest.timezone, config.digest.hour,
            config.limits.hold_bytes, config.limits.posts_per_hour, config.site.language, config.limits.confirm_days,
            config.site.operators,
        )  # fmt: skip
        with vouching(config) as believed:
            mailroom = Mailroom(store, site, microseconds, wake, read)
            mailroom.vouching = believed
            mailroom.alarm_after = config.limits.alarm_seconds * 1_000_000
            yield mailroom
    finally:
        store.close()


def _sync_lists(tx: Tx, config: Config) -> None:
    for each in config.lists:
        list_id = lists.put(
            tx,
            MailingList(
                id=0, name=each.name, address=each.address, title=each.title, description=each.description,
                who_can_post=each.who_can_post, visibility=each.visibility, guests=each.guests,
                first_posts=each.first_posts, mask_private=each.mask_private, who=each.who,
                spam_header=each.spam_header, spam_score=each.spam_score,
            ),
        )  # fmt: skip
        lists.appoint(tx, list_id, each.moderators, microseconds())


def run(
    config: Config, ready: Callable[[], None] = lambda: None, again: Callable[[], Config] | None = None
) -> int:
    """Run all roles until SIGTERM or SIGINT; `ready` is called once every door is open. Gives the exit code.

    `again` reads the configuration anew, for SIGHUP.
    """
    sys.setswitchinterval(SWITCH)
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
    stop, mail_waits, letters_wait = asyncio.Event(), asyncio.Event(), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    hangup = asyncio.Event()
    loop.add_signal_handler(
        signal.SIGHUP, stop.set if sys.stderr.isatty() else hangup.set
    )  # a closed terminal

    def wake() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(mail_waits.set)
            loop.call_soon_threadsafe(letters_wait.set)

    with open_mailroom(config, wake, alone=True, read=readers.read) as mailroom:
        mailroom.store.write(_free_leases)
        async with AsyncExitStack() as roles:
            # Left in the reverse order: doors and pollers close before the worker, the worker before the sender.
            await roles.enter_async_context(_sending(config, mailroom, letters_wait, stop))
            keeper = doors.keeper(mailroom)
            await roles.enter_async_context(_working(mailroom, readers, mail_waits, keeper))
            upkeep_work = partial(_forget_raw, config, mailroom)
            await roles.enter_async_context(_repeated("upkeep", UPKEEP, upkeep_work))
            clock = Clock(mailroom.store, microseconds)
            await roles.enter_async_context(_repeated("clock", LOOK, clock.look))
            await roles.enter_async_context(_repeated("moderation", REMIND, mailroom.tell_moderators))
            await roles.enter_async_context(_repeated("keys", REMIND, mailroom.take_up_keys))
            await roles.enter_async_context(_repeated("bounces", REMIND, mailroom.look_after_bounces))
            await roles.enter_async_context(_repeated("digests", DIGESTS, mailroom.send_digests))
            await roles.enter_async_context(_pages(config, mailroom))
            changed = await roles.enter_async_context(doors.opened(config, mailroom, keeper))
            look_again = await roles.enter_async_context(pollers.reading(config, mailroom))
            watch = min(WATCH, config.limits.alarm_seconds / 4)
            await roles.enter_async_context(_repeated("alarms", watch, pollers.Watch(mailroom).look))
            take_up = (
                lambda new: mailroom.store.write(partial(_sync_lists, config=new)),
                changed,
                look_again,
            )
            await roles.enter_async_context(reloading(hangup, config, again, take_up))
            maillog.daemon_started(_roles(config))
            ready()
            await stop.wait()
            maillog.daemon_stopping()
            end_in_time(LAST)
    return 0


def _roles(config: Config) -> list[str]:
    doors = [f"{name} {each.listen}" for name in ("smtp", "lmtp", "web") if (each := getattr(config, name))]
    return [*doors, *(f"imap {each.host}" for each in config.imap), f"outgoing {config.outgoing.kind}"]


def _free_leases(tx: Tx) -> None:
    """With SQLite this process is alone: what a killed one had in hand is free again at once."""
    tx.ledger_free()
    alarms.forget_imap(tx)
    queue.release_all(tx)


@asynccontextmanager
async def _role(work: asyncio.Task[None], stop: asyncio.Event) -> AsyncIterator[None]:
    """A role that ends by itself soon after `stop`; one that does not is ended."""
    try:
        yield
    finally:
        stop.set()
        done, _ = await asyncio.wait({work}, timeout=DRAIN)
        if not done:
            work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


@asynccontextmanager
async def _working(
    mailroom: Mailroom, readers: Readers, wake: asyncio.Event, keeper: Keeper
) -> AsyncIterator[None]:
    """As many walkers as there are readers, so that each always finds one."""
    stop = asyncio.Event()

    async def work() -> None:
        while not stop.is_set():
            wake.clear()
            while keeper.rush and not stop.is_set() and not mailroom.behind(PATIENCE):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), RUSH_SECONDS)
            try:
                more = await asyncio.to_thread(mailroom.receive_waiting)
            except Exception as fault:
                maillog.role_failed("worker", fault)
                await asyncio.sleep(LOOK)  # what waits behind a full disk must not be asked for without end
                more = 0
            if not more:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), LOOK)

    walkers = [asyncio.create_task(work(), name=f"walker {number}") for number in range(readers.size)]
    try:
        async with _repeated("readers", REST, partial(readers.rest, REST)):
            yield
    finally:
        stop.set()
        wake.set()
        _, late = await asyncio.wait(walkers, timeout=DRAIN)
        readers.close()  # a mail that hangs there is read when the daemon is back
        for walker in late:
            walker.cancel()
        await asyncio.gather(*walkers, return_exceptions=True)


@asynccontextmanager
async def _repeated(name: str, seconds: float, work: Callable[[], object]) -> AsyncIterator[None]:
    """Work that is done at once and then every so many seconds, in a thread; a fault is logged and it goes on."""

    async def repeat() -> None:
        while True:
            try:
                await asyncio.to_thread(work)
            except Exception as fault:
                maillog.role_failed(name, fault)
            await asyncio.sleep(seconds)

    task = asyncio.create_task(repeat(), name=name)
    try:
        yield
    finally:
        task.cancel()


def _forget_raw(config: Config, mailroom: Mailroom) -> None:
    work = partial(upkeep.forget_raw, keep_days=config.limits.keep_raw_days, now=microseconds())
    mailroom.store.write(work)
    sweep(mailroom.store)


@asynccontextmanager
async def _sending(
    config: Config, mailroom: Mailroom, wake: asyncio.Event, stop: asyncio.Event
) -> AsyncIterator[None]:
    """Ends when the daemon is to stop: what comes in until the doors are closed waits for the next start."""
    from .outbox.rates import Rates
    from .outbox.sender import Sender

    per_minute = config.outgoing.domain_rate
    sender = Sender(
        mailroom.store, _transport(config), signing(config, mailroom.letter, time.time), mailroom.addresses,
        microseconds, rates=Rates(per_minute) if per_minute else None,
    )  # fmt: skip
    async with _role(asyncio.create_task(sender.run(stop, wake), name="sender"), stop):
        yield


def _transport(config: Config) -> Transport:
    outgoing = config.outgoing
    if outgoing.kind == "maildir":
        from .outbox.maildir import MaildirTransport

        return MaildirTransport(outgoing.path or config.site.data_dir / "outbox")
    from .outbox.smtp import SmtpTransport

    return SmtpTransport(
        outgoing.host, outgoing.port, tls=outgoing.tls, user=outgoing.user,
        password=_password(outgoing.password_file), connections=outgoing.connections,
        hostname=config.site.domain,
    )  # fmt: skip


def _password(path: Path | None) -> Callable[[], str] | None:
    return (lambda: path.read_text().splitlines()[0]) if path else None


@asynccontextmanager
async def _pages(config: Config, mailroom: Mailroom) -> AsyncIterator[None]:
    if config.web is None:
        yield
        return
    import uvicorn

    from .web.app import create
    from .web.callers import Callers
    from .web.connection import connection

    class Server(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield  # signals are the daemon's

    callers = Callers(config.web.trusted_proxies, config.web.searches_per_minute)
    app = create(
        mailroom.store,
        mailroom.site,
        unsubscribable=mailroom.unsubscribable,
        unsubscribe=mailroom.unsubscribe,
        alarms=mailroom.alarms,
        callers=callers,
    )
    listening = _listen(config.web.host, config.web.port, "web")
    server = Server(
        uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, server_header=False, ws="none",
                       http=connection(callers.ours), proxy_headers=False, backlog=2048,
                       timeout_graceful_shutdown=3)
    )  # fmt: skip
    task = asyncio.create_task(server.serve(sockets=[listening]), name="web")
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.wait({task}, timeout=DRAIN)
        listening.close()


def _listen(host: str, port: int, section: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise doors.busy(section, host, port, error) from error
    return listening
