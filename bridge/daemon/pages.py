"""The web server for the pages, in the loop of the daemon."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING

from ..config import Config
from ..mailroom import Mailroom
from .doors import busy
from .roles import DRAIN, LOOK

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

    from ..web.callers import Callers


@asynccontextmanager
async def pages(config: Config, mailroom: Mailroom) -> AsyncIterator[None]:
    """Serve the pages, where the configuration has them."""
    if config.web is None:
        yield
        return
    from ..web.app import create
    from ..web.callers import Callers

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
    closing = asyncio.Event()
    server = _server(app, callers, closing)
    task = asyncio.create_task(server.serve(sockets=[listening]), name="web")
    try:
        yield
    finally:
        server.should_exit = True
        closing.set()
        await asyncio.wait({task}, timeout=DRAIN)
        listening.close()


def _server(app: Starlette, callers: Callers, closing: asyncio.Event) -> uvicorn.Server:
    """Uvicorn without signals, logs and looks at the clock of its own."""
    import uvicorn

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

    return Server(
        uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, server_header=False, ws="none",
                       http=connection(callers.ours), proxy_headers=False, backlog=2048,
                       timeout_graceful_shutdown=3)
    )  # fmt: skip


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
