"""The short form of D3: a sender that is killed again and again, and a relay that counts."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from pathlib import Path

from bridge.store import queue
from tests.outbox.dying import work
from tests.outbox.letters import enqueue, ground
from tests.sink import DOT, Sink

PEOPLE, POSTS, KILLS = 100, 5, 10


def test_D3_kill_9_loses_no_letter_and_doubles_one_at_the_most(tmp_path: Path) -> None:
    store = ground(tmp_path / "bridge.db", PEOPLE, POSTS)
    now = time.time_ns() // 1000
    for post_id in range(1, POSTS + 1):
        enqueue(store, range(1, PEOPLE + 1), post_id, now)
    store.close()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.outbox.dying"])
    chance = random.Random(6)
    kills = 0
    with Sink() as sink:
        while len({mail.content for mail in sink.mails}) < PEOPLE * POSTS:
            sender = processes.Process(target=work, args=(tmp_path / "bridge.db", sink.port), daemon=True)
            sender.start()
            seen = len(sink.mails)
            if kills < KILLS:
                sink.wait(lambda sink, seen=seen: len(sink.mails) > seen)  # type: ignore[misc]
                time.sleep(chance.uniform(0, 0.03))
                kills += 1
            else:
                sink.wait(lambda sink: len({mail.content for mail in sink.mails}) == PEOPLE * POSTS)
            sender.kill()
            sender.join()
        copies = Counter((mail.recipients, mail.content) for mail in sink.mails)
        assert sink.tries[DOT, "p1@members.test"] >= POSTS
    doubles = sum(copies.values()) - len(copies)
    print(f"{kills} kills, {doubles} doubles of {len(copies)} letters")
    assert len(copies) == PEOPLE * POSTS  # a double is the same letter, byte for byte
    assert doubles <= kills
    assert max(copies.values()) <= 1 + kills // 2  # the first of a chunk may be in doubt again and again
    with_all = ground_counts(tmp_path / "bridge.db")
    assert sum(with_all.values()) == PEOPLE * POSTS


def ground_counts(database: Path) -> dict[queue.State, int]:
    from bridge.store.database import Store

    store = Store.open(database)
    try:
        return store.read(queue.counts)
    finally:
        store.close()
