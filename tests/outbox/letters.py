"""A queue with letters in it, a clock that stands still, and a transport that remembers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridge.errors import Temporary
from bridge.fanout.compose import Letter, Slot
from bridge.fanout.deliveries import Planned
from bridge.mail.envelope import Envelope
from bridge.outbox.retry import Answer
from bridge.outbox.sender import Sender
from bridge.store import queue
from bridge.store.database import Store, Tx
from bridge.store.queue import Due

NOW = 1_800_000_000_000_000
MINUTE = 60_000_000
LIST = "'general', 'general@forum.test', 'General', '', 'members', 'public', 'show'"
POST = "1, 1, null, 1, 'Ada', 0, '', 'Tools', 0, 0"


class Clock:
    """Time that passes when the test says so, in microseconds UTC."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


def ground(path: Path, people: int, posts: int = 1) -> Store:
    """A store with a list, a thread, so many people and so many posts, and nothing queued."""

    def fill(tx: Tx) -> None:
        run = tx.connection.execute
        columns = "id, name, address, title, description, who_can_post, visibility, guests"
        run(f"insert into list ({columns}) values (1, {LIST})")
        run("insert into thread values (1, 1, 'Tools', 'tools', 0, 0, 1)")
        for number in range(1, people + 1):
            run(
                "insert into person (id, name, member, own_posts, created) values (?, ?, 1, 0, 0)",
                (number, f"Person {number}"),
            )
        columns = (
            "id, list_id, thread_id, parent_id, author_id, author, guest, credit, subject, date, received, message_id, "
            "origin, ledger_id, placed_by, text, html"
        )
        for number in range(1, posts + 1):
            text = (number, f"post{number}@forum.test")
            run(f"insert into post ({columns}) values (?, {POST}, ?, 'email', null, 'new', 'x', 'x')", text)

    store = Store.open(path)
    store.write(fill)
    return store


def enqueue(store: Store, people: Iterable[int], post_id: int = 1, now: int = NOW) -> None:
    """Queue a post's letters to these people, at pN@members.test."""
    planned = [Planned(number, f"p{number}@members.test", "subscribed") for number in people]
    store.write(lambda tx: queue.enqueue_post(tx, post_id, 1, planned, now))


def compose(due: Due) -> Letter:
    """A letter with a slot for each copy."""
    message_id = f"post{due.post_id}@forum.test"
    return Letter((f"Message-ID: <{message_id}>\r\n\r\nFor ".encode(), Slot.VERP, b"\r\n"), message_id)


def address(dues: Sequence[Due]) -> list[tuple[str, Mapping[Slot, bytes]]]:
    """A VERP sender of its own for each delivery."""
    return [(f"bounce+{due.id}@forum.test", {Slot.VERP: b"copy%d" % due.id}) for due in dues]


@dataclass
class Pigeon:
    """A transport that remembers. `answer` decides on each letter by recipient; `down` says that no relay is there."""

    answer: Callable[[str], Answer] = lambda recipient: Answer(250, "2.0.0 ok")
    down: bool = False
    connections: int = 2
    for_data: bool = False
    closed: bool = False
    gate: asyncio.Event | None = None

    def __post_init__(self) -> None:
        self.mails: list[Envelope] = []
        self.at_once = self.most_at_once = 0
        self.waiting = asyncio.Event()

    async def send(self, envelopes: Iterable[Envelope], answered: Callable[[Answer], None]) -> None:
        if self.down:
            raise Temporary("no relay", code=421, status="4.4.1")
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            for envelope in envelopes:
                await asyncio.sleep(0)
                if self.gate:
                    self.waiting.set()
                    await self.gate.wait()
                answer = self.answer(envelope.recipients[0])
                self.mails.append(envelope)
                answered(answer)
        finally:
            self.at_once -= 1

    async def close(self) -> None:
        self.closed = True

    def to(self) -> list[str]:
        return [mail.recipients[0].split("@")[0] for mail in self.mails]


class Post:
    """A sender at work on a store, to be used with `async with`."""

    def __init__(self, store: Store, transport: Any, clock: Clock | None = None, **options: Any) -> None:
        self.store, self.clock = store, clock or Clock()
        options = {"compose": compose, "address": address, "poll_seconds": 0.01, **options}
        self.sender = Sender(store, transport, now=self.clock, **options)
        self.stop, self.wake = asyncio.Event(), asyncio.Event()

    async def __aenter__(self) -> Post:
        self.task = asyncio.create_task(self.sender.run(self.stop, self.wake))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.stop.set()
        await self.task

    def counts(self) -> Mapping[queue.State, int]:
        return self.store.read(queue.counts)

    async def until(self, true: Callable[[], object], seconds: float = 10) -> None:
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110
                await asyncio.sleep(0.002)

    async def settled(self, **counts: int) -> None:
        """Wait until the queue counts just this much, as in `settled(sent=3)`."""
        await self.until(lambda: self.counts() == counts)
