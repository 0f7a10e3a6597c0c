"""Rates: how many letters a minute a domain gets, and when the others have their turn."""

from __future__ import annotations

import heapq
from collections import Counter
from pathlib import Path

from bridge.outbox.rates import BURST, MINUTE, Rates
from bridge.store import queue
from tests.outbox.letters import NOW, Pigeon, Post, enqueue, ground


def test_O8_a_domain_gets_so_many_a_minute_and_another_does_not_wait_for_it() -> None:
    rates = Rates(600)
    waiting = [(NOW, number, f"p{number}@large.test") for number in range(3000)]
    assert rates.take("one@small.test", NOW) is None
    sent: Counter[int] = Counter()
    asked = 0
    while waiting:
        due, number, address = heapq.heappop(waiting)
        now = -(-due // 1_000_000) * 1_000_000  # a sender looks once a second
        asked += 1
        again = rates.take(address, now)
        if again is None:
            sent[(now - NOW) // MINUTE] += 1
        else:
            assert again > now
            heapq.heappush(waiting, (again, number, address))
    assert sum(sent.values()) == 3000
    assert max(sent.values()) <= 600 + 600 * BURST // MINUTE + 1
    assert max(sent) <= 5
    assert asked <= 3 * 3000


async def test_O8_letters_over_the_rate_wait_in_the_queue_and_count_no_attempt(tmp_path: Path) -> None:
    store = ground(tmp_path / "bridge.db", people=30)
    enqueue(store, range(1, 31))
    pigeon = Pigeon()
    async with Post(store, pigeon, rates=Rates(60)) as post:
        await post.until(lambda: (store.read(queue.next_due) or 0) > NOW)
        first = len(pigeon.mails)
        assert 0 < first < 10
        rows = store.read(queue.listing)
        assert {row.attempts for row in rows} == {0}
        assert len({row.due for row in rows}) == 30 - first
        while post.counts().get("waiting"):
            post.clock.now += 1_000_000
            post.wake.set()
            await post.until(lambda: (store.read(queue.next_due) or post.clock.now + 1) > post.clock.now)
    store.close()
    assert sorted(pigeon.to()) == sorted(f"p{number}" for number in range(1, 31))
    assert post.clock.now - NOW >= 20_000_000
