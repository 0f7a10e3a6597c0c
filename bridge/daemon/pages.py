"""The web server for the pages, in the loop of the daemon."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from ..config import Config
from ..mailroom import Mailroom
from .doors import busy
from .roles import DRAIN, LOOK


@asynccontextmanager
async def pages(config: Config, mailroom: Mailroom) -> AsyncIterator[None]:
    """Serve the pages, where the configuration has them."""
    if config.web is None:
        yield
        return
    import uvicorn

    from ..web.app import create
    from ..web.callers import Callers
    from ..web.connection import connection

    class Server(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield  # signals are the daemon's

        async def main_loop(self) -> None:
            """Have the date in answers be right; uvicorn looks ten times a second whether it is to end."""
            while not await self.on_tick(0):
                with suppress(TimeoutError):
                    await asyncio.wait_for(closing.wait(), LOOK)

    closing = asyncio.Event()
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
        closing.set()
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
        raise busy(section, host, port, error) from error
    return listening
