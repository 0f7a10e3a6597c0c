"""O5: a relay in a bad mood, and what reaches the people behind it; `THREADBRIDGE_PEOPLE` says how many they are."""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from pathlib import Path

from bridge.outbox.smtp import SmtpTransport
from bridge.store import queue
from tests.outbox.letters import Post, enqueue, ground
from tests.sink import CUT, DOT, Sink

PEOPLE = int(os.environ.get("THREADBRIDGE_PEOPLE", "2000"))
TRIES = 10
"""After so many of one letter the relay is well again: none is five days old by then."""
MOODS = ("", "", "", "451 4.7.1 later", "421 4.3.2 closing", "550 5.1.1 no such user", CUT)


async def test_O5_each_letter_is_taken_or_refused_and_only_a_cut_after_the_dot_doubles(
    tmp_path: Path,
) -> None:
    fate: dict[tuple[str, str, int], str] = {}

    def plan(stage: str, sender: str, recipient: str, nth: int) -> str:
        mood = random.Random(f"{stage} {recipient} {nth}").choice(MOODS if nth < TRIES else ("",))
        fate[stage, recipient, nth] = mood
        return mood

    store = ground(tmp_path / "bridge.db", PEOPLE)
    enqueue(store, range(1, PEOPLE + 1))
    with Sink(plan=plan) as sink:
        async with Post(store, SmtpTransport("127.0.0.1", sink.port, connections=3)) as post:
            while post.counts().get("waiting"):
                now = post.clock.now
                await post.until(lambda now=now: (store.read(queue.next_due) or now + 1) > now, PEOPLE)  # type: ignore[misc]
                post.clock.now = store.read(queue.next_due) or now
    counts = store.read(queue.counts)
    sent = {row.address for row in store.read(lambda tx: queue.listing(tx, "sent", PEOPLE))}
    failed = store.read(lambda tx: queue.listing(tx, "failed", PEOPLE))
    store.close()
    assert counts == {"sent": len(sent), "failed": len(failed)}
    assert len(sent) + len(failed) == PEOPLE
    assert len(sent) > PEOPLE / 3
    assert {row.answer for row in failed} == {"550 5.1.1 no such user"}
    copies = defaultdict[str, list[bytes]](list)
    for mail in sink.mails:
        copies[mail.recipients[0]].append(mail.content)
    cuts = Counter(who for (stage, who, _), mood in fate.items() if stage == DOT and mood == CUT)
    for address in sent:
        assert len(copies[address]) == 1 + cuts[address]
        assert len(set(copies[address])) == 1
