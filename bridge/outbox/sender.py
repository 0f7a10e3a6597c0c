"""The sender: takes what is due from the queue to the transport, and writes down what became of it.

Deliveries are claimed in chunks of about a second's work. A letter is composed once and each copy filled only when
the transport asks for it, so memory stays flat. A relay next door gets one chunk after another; a slow one gets
several at a time. While the last letters of a chunk leave, the next one is claimed: the relay need not wait for the
disk. Results are committed in batches, and the journal keeps what was taken until then.

Limits: at most `CHUNK` deliveries a claim, as many chunks at a time as the transport has `connections`, and
`CHUNK_SECONDS` before the rest of a chunk goes back; where the relay cannot be had, the next attempt follows after
1, 2, 4 ... 60 seconds.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

from sqlite_utils.utils import sqlite3

from .. import maillog
from ..errors import Temporary
from ..fanout.letter import Letter
from ..mail.envelope import Envelope
from ..store import queue
from ..store.database import Store, StoreError
from ..store.queue import Due, Result
from .copies import Address, Copy, Key, by_letter, filled, letter_key, runs, signed
from .rates import Rates
from .recorder import Recorder
from .retry import Answer, next_try, too_old
from .slices import PAUSE, Slices

CHUNK = 2000
CHUNK_SECONDS = 60.0
LEASE_US = 30 * 60_000_000
"""Longer than a chunk may take, with RFC 5321's ten minutes for the answer to its last letter."""
SLOW = 0.01
"""Seconds a letter from which on a relay gets several chunks at a time."""
FEW = 400
"""Letters that a quick relay takes while the next chunk is claimed."""
LANES, MANY = 2, 20
"""Connections for the copies of a letter that a quick relay gets, and for how many: it reads one while it answers."""
SILENT = 0.5
"""Seconds without an answer after which other letters need not wait for it."""
LETTERS = 8
"""Composed letters kept, the largest things in memory here."""
AWAY = 3600.0
"""Seconds without a relay from which on letters that are five days old are given up."""
PAUSES = (1.0, 60.0)
SOON = 1.0
"""Seconds after which a sender that has something in hand looks by itself."""


class Transport(Protocol):
    """Where letters go: see `smtp` for what the two verbs promise."""

    @property
    def connections(self) -> int: ...

    @property
    def for_data(self) -> bool:
        """Whether contents are to come as `Letter.for_data` makes them."""

    async def send(self, envelopes: Iterable[Envelope], answered: Callable[[Answer], None]) -> None: ...

    async def close(self) -> None: ...


class Sender:
    """Sends what the queue holds until it is told to stop.

    `compose` gives the letter of a delivery and may block (it runs in a thread); `address` gives the envelope senders
    and the slots of some copies of one letter, at once. `alone` says that no other process sends from this database.
    """

    def __init__(
        self,
        store: Store,
        transport: Transport,
        compose: Callable[[Due], Letter],
        address: Address,
        now: Callable[[], int],
        *,
        journal: Path | None = None,
        alone: bool = True,
        poll_seconds: float = 1.0,
        grace_seconds: float = 8.0,
        rates: Rates | None = None,
        rush: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._transport, self._now = store, transport, now
        self._compose, self._address = compose, address
        self._alone = alone
        self._recorder = Recorder(store, journal or store.path.with_name("outbox-journal"), now)
        self._poll_seconds, self._grace_seconds = poll_seconds, grace_seconds
        self._rates, self._rush = rates, rush
        self._letters: dict[Key, Letter] = {}
        self._chunks: dict[asyncio.Task[None], dict[int, Due]] = {}
        self._wake = asyncio.Event()
        self._in_hand: set[int] = set()
        self._lost: float | None = None
        self._stopping = False
        self._pace, self._heard = SLOW / 2, time.monotonic()
        self._pause, self._resume = 0.0, 0.0

    async def run(self, stop: asyncio.Event, wake: asyncio.Event) -> None:
        """Send until `stop` is set, then finish the letters in hand; `wake` says that new ones may be due."""
        halt, self._wake = asyncio.create_task(stop.wait()), wake
        try:
            while not (stop.is_set() or await self._recovered()):
                wake.clear()
                await self._rest(halt, wake)
            while not stop.is_set():
                wake.clear()
                if chunk := await self._claim():
                    task = asyncio.create_task(
                        self._send_chunk(chunk, untried := {due.id: due for due in chunk})
                    )
                    self._chunks[task] = untried
                    task.add_done_callback(partial(self._ended, frozenset(due.id for due in chunk)))
                else:
                    await self._rest(halt, wake)
        finally:
            halt.cancel()
            await self._drain()

    def _ended(self, chunk: frozenset[int], task: asyncio.Task[None]) -> None:
        del self._chunks[task]
        self._in_hand -= chunk

    async def _recovered(self) -> bool:
        """Settle what a killed sender left; not a letter leaves before that is done."""
        try:
            await self._recorder.recover(alone=self._alone)
        except (sqlite3.Error, StoreError, OSError) as error:
            maillog.role_failed("sender", error)
            return False
        return True

    async def _claim(self) -> list[Due]:
        """The next chunk, where there is one, a connection free for it, and hope that the relay answers."""
        if len(self._chunks) >= self._width or time.monotonic() < self._resume:
            return []
        try:
            now = self._now()
            due = self._store.read(queue.next_due)
            if due is None or due > now:
                self._letters.clear()
                return []
            size = max(1, min(CHUNK, int(1 / self._pace)))
            chunk = await self._recorder.write(lambda tx: queue.claim(tx, now, LEASE_US, size))
        except (sqlite3.Error, StoreError, OSError) as error:
            maillog.role_failed("sender", error)
            self._resume = time.monotonic() + PAUSES[0]
            return []
        # A lease that ran out because the clock was set is still ours: nobody gets his letter twice for that.
        fresh = [due for due in chunk if due.id not in self._in_hand]
        self._in_hand.update(due.id for due in fresh)
        return fresh

    @property
    def _width(self) -> int:
        """How many chunks may be under way: one and the next, unless the relay is slow or has fallen silent."""
        if self._pace >= SLOW or time.monotonic() - self._heard > SILENT:
            return self._transport.connections
        return 2 if all(len(untried) <= FEW for untried in self._chunks.values()) else 1

    async def _rest(self, halt: asyncio.Task[bool], wake: asyncio.Event) -> None:
        """Wait for a chunk to end, for news, or for the next look at the clock."""
        news = asyncio.create_task(wake.wait())
        try:
            await asyncio.wait(
                {halt, news, *self._chunks},
                timeout=SOON if self._chunks or self._recorder.behind else self._poll_seconds,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            news.cancel()
        await self._recorder.commit()

    async def _send_chunk(self, chunk: list[Due], untried: dict[int, Due]) -> None:
        """Send a chunk, one letter to all its people after another; what was not tried goes back to the queue."""
        self._heard = time.monotonic()
        ends = self._heard + CHUNK_SECONDS
        fault: Temporary | None = None
        if self._rates:
            chunk = self._within(self._rates, chunk, untried)
        try:
            for copies in by_letter(chunk):
                letter = await self._letter(copies, untried)
                if letter is not None:
                    await self._send_copies(letter, copies, untried, ends)
        except Temporary as relay_down:
            fault = relay_down
            self._wait_for_relay(fault)
        finally:
            now = self._now()
            for due in untried.values():
                self._recorder.note(due, self._put_back(due, fault, now))
            if not self._stopping:
                await self._recorder.commit()

    def _within(self, rates: Rates, chunk: list[Due], untried: dict[int, Due]) -> list[Due]:
        """What may leave now; the rest goes back to the queue until its domain's next turn (promise O8)."""
        now = self._now()
        again = {due.id: rates.take(due.address, now) for due in chunk}
        for due in chunk:
            if (turn := again[due.id]) is not None:
                self._recorder.note(untried.pop(due.id), Result(due.id, "later", "", turn))
        return [due for due in chunk if due.id in untried]

    async def _letter(self, copies: list[Due], untried: dict[int, Due]) -> Letter | None:
        """The letter of these deliveries; where it cannot be composed, they fail or wait, and the rest goes on."""
        first = copies[0]
        key = letter_key(first)
        if first.post_id is not None and (kept := self._letters.get(key)):
            return kept
        try:
            letter = await asyncio.to_thread(self._compose, first)
            if self._transport.for_data:
                letter = letter.for_data()
        except Exception as error:
            for due in copies:
                self._recorder.note(untried.pop(due.id), self._not_composed(due, error))
            return None
        if first.post_id is not None:
            while len(self._letters) >= LETTERS:
                del self._letters[next(iter(self._letters))]
            self._letters[key] = letter
        return letter

    async def _send_copies(
        self, letter: Letter, copies: list[Due], untried: dict[int, Due], ends: float
    ) -> None:
        """Send the copies of one letter; `untried` loses each that has its answer. Raises `Temporary`."""
        if letter.signatures is None:
            return await self._send_lanes(filled(letter, copies, self._address), len(copies), untried, ends)
        first, *others = runs(letter, copies)
        signing = asyncio.create_task(signed(letter, first, self._address))
        try:
            for following in (*others, []):
                ready = await signing
                signing = asyncio.create_task(signed(letter, following, self._address))
                await self._send_lanes(iter(ready), len(ready), untried, ends)
        finally:
            signing.cancel()

    async def _send_lanes(
        self, copies: Iterator[Copy], count: int, untried: dict[int, Due], ends: float
    ) -> None:
        """Send over two connections where that is worth it. Raises `Temporary`."""
        lanes = min(LANES, self._transport.connections) if count >= MANY else 1
        sent = [self._send_lane(copies, untried, ends) for _ in range(lanes)]
        faults = [fault for fault in await asyncio.gather(*sent, return_exceptions=True) if fault]
        if faults:  # each lane comes to its end first: what it has on the wire must have its answer
            raise faults[0]

    async def _send_lane(self, copies: Iterator[Copy], untried: dict[int, Due], ends: float) -> None:
        """Send over one connection what others leave of these copies."""
        in_hand: deque[Due] = deque()
        began, slices = time.monotonic(), Slices(copies, self._rush)

        def envelopes() -> Iterator[Envelope]:
            for due, copy in slices:
                if self._stopping or time.monotonic() > ends:
                    slices.more = False
                    return
                if isinstance(copy, Exception):
                    self._recorder.note(untried.pop(due.id), self._not_composed(due, copy))
                    continue
                in_hand.append(due)
                yield copy

        def answered(answer: Answer) -> None:
            nonlocal began
            due = in_hand.popleft()
            self._recorder.note(untried.pop(due.id), self._result(due, answer))
            if len(untried) == FEW:
                self._wake.set()
            took, began = time.monotonic() - began, time.monotonic()
            self._heard = began
            self._pace += (took - self._pace) / 8
            self._pause, self._lost = 0.0, None

        try:
            while slices.more:
                await self._transport.send(envelopes(), answered)
                if slices.more:
                    await asyncio.sleep(PAUSE)
                    began = time.monotonic()
        except Temporary:
            raise
        except Exception as error:  # a fault of ours: these letters may be its cause, and wait their time
            maillog.role_failed("sender", error)
            for due in in_hand:
                self._recorder.note(untried.pop(due.id), self._result(due, Answer(451, f"4.3.0 {error!r}")))

    def _result(self, due: Due, answer: Answer) -> Result:
        """What an answer means for its delivery."""
        now = self._now()
        if answer.taken:
            return Result(due.id, "sent", str(answer), now)
        again = None if answer.refused else next_try(due.attempts + 1, now, due.created)
        if again is None:
            return Result(due.id, "failed", str(answer), now)
        return Result(due.id, "retry", str(answer), again)

    def _not_composed(self, due: Due, error: Exception) -> Result:
        """A letter that cannot be made fails for good, unless the disk or the database is what failed."""
        code = 451 if isinstance(error, Temporary | OSError | StoreError | sqlite3.Error) else 554
        return self._result(due, Answer(code, f"not composed: {type(error).__name__}: {error}"))

    def _put_back(self, due: Due, fault: Temporary | None, now: int) -> Result:
        """A delivery that was claimed and not tried: due again at once, or when the relay may be back."""
        if fault is None:
            return Result(due.id, "later", "", now)
        # The clock of the day may have been set: only a steady one tells that the relay was long away.
        away = time.monotonic() - self._lost if self._lost is not None else 0.0
        if too_old(now, due.created) and away >= AWAY:
            return Result(due.id, "failed", fault.reply, now)
        return Result(due.id, "later", fault.reply, now + int(self._pause * 1_000_000))

    def _wait_for_relay(self, fault: Temporary) -> None:
        """Hold all chunks back, twice as long each time; faults that come together count once."""
        if self._lost is None:
            self._lost = time.monotonic()
        if time.monotonic() >= self._resume:
            shortest, longest = PAUSES
            self._pause = min(max(self._pause * 2, shortest), longest)
            self._resume = time.monotonic() + self._pause
            maillog.relay_not_reached(fault.reply, self._pause)

    async def _drain(self) -> None:
        """Let the letters in hand have their answers, within the grace; then record and leave."""
        self._stopping = True
        self._recorder.wait_for_close()
        if self._chunks:
            _, late = await asyncio.wait(set(self._chunks), timeout=self._grace_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._recorder.close()
        await self._transport.close()
