"""Thumbnails of pictures, where Pillow is there to draw them (the extra `media`)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from ..config import Config
from ..store.database import Store
from ..thumbnails.process import Drawer
from ..thumbnails.waiting import draw_waiting
from .roles import repeated
from .trust import present

PICTURES = 3.0
"""How often, in seconds, it is asked whether a picture waits; until it is drawn, pages show it as it came."""


@asynccontextmanager
async def drawing(config: Config, store: Store) -> AsyncIterator[None]:
    """Draw the pictures that wait, where there are pages to show them and the extra is installed."""
    if config.web is None or not present("PIL"):
        yield
        return
    drawer = Drawer()
    async with repeated("pictures", PICTURES, partial(draw_waiting, store, drawer.draw)):
        try:
            yield
        finally:
            drawer.close()
