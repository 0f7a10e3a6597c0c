"""Lets one letter at a time be in doubt: its final dot is written, the relay's answer not yet heard and noted.

If the process is killed, a letter in doubt goes out again, so that a kill doubles one and no more (promise D3), over
however many connections the others are on their way. A relay that mostly takes longer than `SLOW` for its answer gets
the next one nevertheless, for waiting would bound it to a letter at a time: there a kill may double one a connection.
A quick one that falls silent gets the next after `SILENT`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

SLOW = 0.05
SILENT = 0.5
"""Seconds."""


class Gate:
    """Whom it lets in leaves it with `leave`; who has to wait is called when it is his turn."""

    def __init__(self) -> None:
        self._inside = 0
        self._waiting: deque[Callable[[], None]] = deque()
        self._loop = asyncio.get_running_loop()
        self._entered = 0.0
        self._usual = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def enter(self, turn: Callable[[], None]) -> bool:
        """True: come in. False: `turn` is called later, and then is inside."""
        if not self._inside:
            self._let_in()
            return True
        self._waiting.append(turn)
        if self._timer is None:
            self._timer = self._loop.call_later(SLOW, self._late)
        return False

    def leave(self) -> None:
        """Whoever was inside has his answer, or will have none."""
        self._inside -= 1
        self._usual += (self._loop.time() - self._entered - self._usual) / 8
        if self._waiting and not self._inside:
            self._let_in()
            self._waiting.popleft()()

    def give_up(self, turn: Callable[[], None]) -> None:
        """Whoever waits waits no longer."""
        self._waiting.remove(turn)

    def _let_in(self) -> None:
        self._inside += 1
        self._entered = self._loop.time()

    def _late(self) -> None:
        """Look once in `SLOW` whether the one inside is late: a timer for each letter would cost more."""
        self._timer = None
        if not self._waiting:
            return
        left = self._entered + (SLOW if self._usual > SLOW else SILENT) - self._loop.time()
        self._timer = self._loop.call_later(max(left, 0) or SLOW, self._late)
        if left <= 0:
            self._let_in()
            self._waiting.popleft()()
