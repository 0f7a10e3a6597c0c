"""Who may hand in his mail next: while reading is far behind, one client after another, so that all wait as long.

A mail waits here when it has come and is not kept yet: who goes away meanwhile has left nothing behind, and what was
promised is never late. Limits: LONGEST seconds, a small part of the ten minutes that a client waits for this answer
(RFC 5321 section 4.5.3.2.6); then the mail is kept all the same. None is refused for that.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

LONGEST = 10.0
LOOK = 0.01
"""How often, in seconds, the first one looks whether it is his turn."""


class Turns:
    """The clients of a door in their order; `behind` tells whether reading is far behind just now."""

    def __init__(self, behind: Callable[[], bool], longest: float = LONGEST) -> None:
        self._behind, self._longest = behind, longest
        self._first = asyncio.Lock()  # who waits for it gets it in the order in which they came

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn, keep it while the mail is being kept, so that it counts for the next one."""
        if not (self._first.locked() or self._behind()):
            yield
            return
        async with contextlib.AsyncExitStack() as place:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._longest):
                    await place.enter_async_context(self._first)
                    while self._behind():  # noqa: ASYNC110 - what is read elsewhere sets no event here
                        await asyncio.sleep(LOOK)
            yield
