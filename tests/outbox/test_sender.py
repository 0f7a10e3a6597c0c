"""The sender: from the queue to the transport, and back with what became of it."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bridge.errors import Permanent, Temporary
from bridge.fanout.compose import Letter, Slot
from bridge.mail.envelope import Envelope
from bridge.outbox import sender as sending
from bridge.outbox.journal import Journal, Taken
from bridge.outbox.retry import FEWEST, Answer
from bridge.outbox.slices import SLICE, Slices
from bridge.store import queue
from bridge.store.database import Store, StoreError
from bridge.store.queue import Due
from tests.outbox.letters import MINUTE, NOW, Pigeon, Post, address, compose, enqueue, ground

OK = Answer(250, "2.0.0 ok")
LATER = Answer(451, "4.7.1 come back later")
NEVER = Answer(550, "5.1.1 no such user")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = ground(tmp_path / "bridge.db", people=300, posts=3)
    yield store
    store.close()


async def test_each_gets_his_own_copy_of_one_letter(store: Store) -> None:
    composed: list[int | None] = []

    def counted(due: Due) -> Letter:
        composed.append(due.post_id)
        return compose(due)

    enqueue(store, range(1, 251))
    pigeon = Pigeon()
    async with Post(store, pigeon, compose=counted) as post:
        await post.settled(sent=250)
    assert composed == [1]
    assert sorted(pigeon.to()) == sorted(f"p{n}" for n in range(1, 251))
    for mail in pigeon.mails:
        number = mail.sender.removeprefix("bounce+").split("@")[0]
        assert mail.content == f"Message-ID: <post1@forum.test>\r\n\r\nFor copy{number}\r\n".encode()
    assert pigeon.closed


async def test_letters_give_way_to_mails_that_come_in_but_go_out_all_the_same(store: Store) -> None:
    enqueue(store, range(1, 51))
    pigeon, begun = Pigeon(), 0
    send = pigeon.send

    async def counted(*words: Any) -> None:
        nonlocal begun
        begun += 1
        await send(*words)

    pigeon.send = counted  # type: ignore[method-assign]
    async with Post(store, pigeon, rush=lambda: True) as post:
        await post.settled(sent=50)
    assert sorted(pigeon.to()) == sorted(f"p{n}" for n in range(1, 51))
    assert begun >= 50 / SLICE


def test_letters_rest_after_a_slice_only_in_a_rush() -> None:
    rush = False
    slices = Slices(iter(range(4 * SLICE)), lambda: rush)
    letters = iter(slices)
    assert [next(letters) for _ in range(SLICE + 1)] == list(range(SLICE + 1))
    rush = True
    assert next(letters, None) is None and slices.more
    assert list(slices) == list(range(SLICE + 1, 2 * SLICE + 1)) and slices.more
    rush = False
    assert len(list(slices)) == 2 * SLICE - 1 and not slices.more


async def test_a_letter_is_composed_once_for_each_language(store: Store) -> None:
    made: list[str] = []

    def counted(due: Due) -> Letter:
        made.append(due.language)
        return compose(due)

    enqueue(store, range(1, 31))
    languages = "update person set language = case id % 3 when 0 then '' when 1 then 'de' else 'fr' end"
    store.write(lambda tx: tx.connection.execute(languages))
    pigeon = Pigeon()
    async with Post(store, pigeon, compose=counted) as post:
        await post.settled(sent=30)
    assert sorted(made) == ["", "de", "fr"] and len(set(pigeon.to())) == 30


async def test_O5_each_recipient_has_his_own_schedule(store: Store) -> None:
    enqueue(store, (1, 2, 3))
    answers = {"p1@members.test": OK, "p2@members.test": LATER, "p3@members.test": NEVER}
    pigeon = Pigeon(answer=lambda recipient: answers[recipient])
    async with Post(store, pigeon) as post:
        await post.settled(sent=1, failed=1, waiting=1)
        for number, wait in enumerate((1, 5, 15, 60), start=2):
            assert store.read(queue.next_due) == post.clock.now + wait * MINUTE
            post.clock.now += wait * MINUTE - 1
            await asyncio.sleep(0.03)
            assert pigeon.to().count("p2") == number - 1
            post.clock.now += 1
            await post.until(lambda number=number: pigeon.to().count("p2") == number)  # type: ignore[misc]
            await post.until(lambda: (store.read(queue.next_due) or 0) > post.clock.now)
        answers["p2@members.test"] = OK
        post.clock.now += 120 * MINUTE
        await post.settled(sent=2, failed=1)
    assert Counter(pigeon.to()) == {"p1": 1, "p2": 6, "p3": 1}
    contents = {mail.content for mail in pigeon.mails if mail.recipients[0].startswith("p2")}
    assert len(contents) == 1  # the same Message-ID, the same letter
    failed = store.read(lambda tx: queue.listing(tx, "failed"))
    assert [(row.address, row.answer) for row in failed] == [("p3@members.test", "550 5.1.1 no such user")]


async def test_O5_after_five_days_a_letter_is_given_up(store: Store) -> None:
    enqueue(store, (1,))
    async with Post(store, Pigeon(answer=lambda recipient: LATER)) as post:
        for tries in range(1, FEWEST):
            await post.until(lambda n=tries: store.read(queue.listing)[0].attempts == n)  # type: ignore[misc]
            post.clock.now += 24 * 60 * MINUTE
        await post.settled(failed=1)
    (row,) = store.read(lambda tx: queue.listing(tx, "failed"))
    assert row.answer == "451 4.7.1 come back later"


async def test_without_a_relay_all_wait_and_no_attempt_is_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSES", (0.01, 0.02))
    enqueue(store, range(1, 101))
    pigeon = Pigeon(down=True)
    async with Post(store, pigeon) as post:
        await post.until(lambda: any(row.answer for row in store.read(queue.listing)))
        rows = store.read(lambda tx: queue.listing(tx, n=200))
        assert {row.attempts for row in rows} == {0}
        assert {row.answer for row in rows} <= {"", "421 4.4.1 no relay"}
        pigeon.down = False
        post.clock.now += MINUTE
        await post.settled(sent=100)
    assert len(pigeon.mails) == 100


async def test_without_a_relay_for_five_days_a_letter_fails(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "AWAY", 0.0)
    enqueue(store, (1,), now=NOW - 6 * 24 * 60 * MINUTE)
    async with Post(store, Pigeon(down=True)) as post:
        await post.settled(failed=1)


async def test_D9_a_clock_that_runs_ahead_gives_up_no_letter_and_sends_none_twice(store: Store) -> None:
    enqueue(store, range(1, 4), now=NOW - 6 * 24 * 60 * MINUTE)
    pigeon = Pigeon(down=True)
    async with Post(store, pigeon) as post:
        await post.until(lambda: any(row.answer for row in store.read(queue.listing)))
        post.clock.now += 400 * 24 * 60 * MINUTE
        await post.until(lambda: all(row.answer for row in store.read(queue.listing)))
        assert store.read(queue.counts) == {"waiting": 3}
        pigeon.down = False
        post.sender._resume = 0
        await post.settled(sent=3)
    assert len(pigeon.mails) == 3


async def test_the_pause_doubles_while_the_relay_is_away(store: Store) -> None:
    enqueue(store, range(1, 5))
    post = Post(store, Pigeon(down=True))
    pauses = []
    for _ in range(8):
        post.sender._resume = 0
        post.sender._wait_for_relay(Temporary("no relay"))
        post.sender._wait_for_relay(Temporary("no relay"))  # another connection, at the same time
        pauses.append(post.sender._pause)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_letter_that_cannot_be_composed_stops_no_other(store: Store) -> None:
    faults = {1: KeyError("thread"), 2: OSError(28, "No space left on device")}

    def broken(due: Due) -> Letter:
        if due.post_id in faults:
            raise faults[due.post_id]
        return compose(due)

    for post_id in (1, 2, 3):
        enqueue(store, (1, 2), post_id)
    async with Post(store, Pigeon(), compose=broken) as post:
        await post.settled(sent=2, failed=2, waiting=2)
    assert all("KeyError" in row.answer for row in store.read(lambda tx: queue.listing(tx, "failed")))
    assert all("No space left" in row.answer for row in store.read(queue.listing))


async def test_a_copy_that_cannot_be_filled_fails_alone(store: Store) -> None:
    def broken(dues: Sequence[Due]) -> list[tuple[str, Mapping[Slot, bytes]]]:
        if any(due.person_id == 2 for due in dues):
            raise Permanent("no such person")
        return address(dues)

    enqueue(store, (1, 2, 3))
    pigeon = Pigeon()
    async with Post(store, pigeon, address=broken) as post:
        await post.settled(sent=2, failed=1)
    assert pigeon.to() == ["p1", "p3"]


async def test_a_fault_of_ours_in_the_transport_puts_off_the_letter_in_hand(store: Store) -> None:
    class Stumbling(Pigeon):
        async def send(self, envelopes: Iterable[Envelope], answered: Any) -> None:
            for envelope in envelopes:
                if envelope.recipients == ("p2@members.test",):
                    raise ZeroDivisionError
                self.mails.append(envelope)
                answered(OK)

    enqueue(store, (1, 2, 3))
    pigeon = Stumbling()
    async with Post(store, pigeon) as post:
        await post.settled(sent=2, waiting=1)
    (row,) = store.read(queue.listing)
    assert (row.address, row.attempts, row.due) == ("p2@members.test", 1, NOW + MINUTE)


async def test_news_wakes_the_sender_at_once(store: Store) -> None:
    pigeon = Pigeon()
    async with Post(store, pigeon, poll_seconds=600) as post:
        await asyncio.sleep(0.02)
        enqueue(store, (1,))
        post.wake.set()
        await post.settled(sent=1)


async def test_the_clock_wakes_the_sender_too(store: Store) -> None:
    async with Post(store, Pigeon()) as post:
        enqueue(store, (1,), now=NOW + MINUTE)
        await asyncio.sleep(0.03)
        assert post.counts() == {"waiting": 1}
        post.clock.now += MINUTE
        await post.settled(sent=1)


async def test_stop_lets_the_letter_in_hand_end_and_gives_back_the_rest(store: Store) -> None:
    enqueue(store, range(1, 51))
    pigeon = Pigeon(gate=asyncio.Event(), connections=1)
    async with Post(store, pigeon) as post:
        await pigeon.waiting.wait()
        post.stop.set()
        await asyncio.sleep(0.01)
        assert pigeon.gate
        pigeon.gate.set()
    assert pigeon.to() == ["p1"]
    assert post.counts() == {"sent": 1, "waiting": 49}
    assert len(store.write(lambda tx: queue.claim(tx, NOW, MINUTE, 100))) == 49  # no lease is left behind


async def test_stop_waits_no_longer_than_the_grace(store: Store) -> None:
    enqueue(store, (1, 2))
    pigeon = Pigeon(gate=asyncio.Event(), connections=1)
    async with Post(store, pigeon, grace_seconds=0.02) as post:
        await pigeon.waiting.wait()
    assert pigeon.closed
    assert post.counts() == {"waiting": 2}
    async with Post(store, pigeon := Pigeon()) as post:
        await post.settled(sent=2)
    assert pigeon.to() == ["p1", "p2"]


async def test_a_slow_relay_gets_several_connections_and_small_chunks(store: Store) -> None:
    enqueue(store, range(1, 101))
    pigeon = Pigeon(gate=asyncio.Event(), connections=3)
    async with Post(store, pigeon) as post:
        post.sender._pace = 0.5
        await post.until(lambda: pigeon.at_once == 3)
        assert pigeon.gate
        pigeon.gate.set()
        await post.settled(sent=100)
    assert pigeon.most_at_once == 3
    assert len(pigeon.mails) == 100


async def test_the_next_chunk_is_claimed_while_the_last_letters_of_one_leave(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "CHUNK", 50)
    monkeypatch.setattr(sending, "FEW", 10)
    monkeypatch.setattr(sending, "SILENT", 60)
    enqueue(store, range(1, 101))
    pigeon, open_again = Pigeon(), asyncio.Event()

    def answer(name: str) -> Answer:
        if len(pigeon.mails) == 45:
            pigeon.gate = open_again
        return OK

    pigeon.answer = answer
    async with Post(store, pigeon) as post:
        await post.until(lambda: len(post.sender._in_hand) == 100)
        assert len(pigeon.mails) < 50
        open_again.set()
        await post.settled(sent=100)
    assert len({mail.recipients for mail in pigeon.mails}) == 100


async def test_a_relay_that_hangs_on_one_letter_does_not_hold_up_the_others(store: Store) -> None:
    class Hanging(Pigeon):
        async def send(self, envelopes: Iterable[Envelope], answered: Any) -> None:
            for envelope in envelopes:
                if envelope.recipients == ("p1@members.test",):
                    await asyncio.Event().wait()
                self.mails.append(envelope)
                answered(OK)

    enqueue(store, (1,))
    async with Post(store, Hanging(connections=2), grace_seconds=0) as post:
        await post.until(lambda: post.sender._chunks)
        enqueue(store, (2, 3))
        post.sender._heard -= sending.SILENT + 1
        await post.settled(sent=2, waiting=1)


async def test_a_quick_relay_gets_two_connections(store: Store) -> None:
    enqueue(store, range(1, 301))
    pigeon = Pigeon(connections=4)
    async with Post(store, pigeon) as post:
        post.sender._pace = 0.001
        await post.settled(sent=300)
    assert pigeon.most_at_once == 2


async def test_signatures_are_made_in_threads_and_each_copy_has_its_own(store: Store) -> None:
    threads = set()

    def sign(slots: Mapping[Slot, bytes]) -> bytes:
        threads.add(threading.current_thread())
        if slots[Slot.VERP] == b"copy7":
            raise ValueError
        return b"DKIM-Signature: " + slots[Slot.VERP] + b"\r\n"

    enqueue(store, range(1, 201))
    pigeon = Pigeon()
    async with Post(store, pigeon, compose=lambda due: replace(compose(due), signatures=sign)) as post:
        await post.settled(sent=199, failed=1)
    assert threading.main_thread() not in threads
    assert len({mail.content for mail in pigeon.mails}) == 199
    for mail in pigeon.mails:
        number = mail.sender.removeprefix("bounce+").split("@")[0].encode()
        assert mail.content.startswith(b"DKIM-Signature: copy" + number + b"\r\nMessage-ID:")


async def test_a_chunk_that_takes_too_long_goes_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "CHUNK_SECONDS", 0.0)
    enqueue(store, range(1, 31))
    post = Post(store, pigeon := Pigeon())
    chunk = await post.sender._claim()
    await post.sender._send_chunk(chunk, {due.id: due for due in chunk})
    assert pigeon.mails == []
    assert len(store.write(lambda tx: queue.claim(tx, NOW, MINUTE, 100))) == 30


async def test_O8_a_slow_relay_and_a_slow_composition_leave_the_loop_free(store: Store) -> None:
    enqueue(store, (1, 2))
    held = threading.Event()

    def slow(due: Due) -> Letter:
        held.wait(10)
        return compose(due)

    async with Post(store, Pigeon(), compose=slow) as post:
        for _ in range(20):  # would never come to its end if the loop stood still
            await asyncio.sleep(0.001)
        held.set()
        await post.settled(sent=2)


async def test_D3_what_the_journal_remembers_is_not_sent_again(store: Store, tmp_path: Path) -> None:
    enqueue(store, (1, 2, 3))
    claimed = store.write(lambda tx: queue.claim(tx, NOW, 30 * MINUTE))  # and then the process was killed
    journal = Journal(tmp_path / "outbox-journal")
    journal.note(Taken(claimed[0].id, claimed[0].created, "250 2.0.0 kept"))
    journal.note(Taken(claimed[1].id, claimed[1].created + 1, "250 of another database"))
    journal.close()
    pigeon = Pigeon()
    async with Post(store, pigeon) as post:
        await post.settled(sent=3)
    assert pigeon.to() == ["p2", "p3"]
    answers = [row.answer for row in store.read(lambda tx: queue.listing(tx, "sent"))]
    assert "250 2.0.0 kept" in answers
    assert Journal(tmp_path / "outbox-journal").left_over() == []


async def test_D3_the_lease_of_another_sender_is_respected(store: Store) -> None:
    enqueue(store, (1, 2))
    store.write(lambda tx: queue.claim(tx, NOW, 30 * MINUTE, 1))
    pigeon = Pigeon()
    async with Post(store, pigeon, alone=False) as post:
        await post.settled(sent=1, waiting=1)
        await asyncio.sleep(0.03)
        assert pigeon.to() == ["p2"]
        post.clock.now += 30 * MINUTE
        await post.settled(sent=2)


async def test_O9_who_leaves_in_the_middle_gets_no_more(store: Store) -> None:
    for post_id in (1, 2, 3):
        enqueue(store, (1,), post_id)
    pigeon = Pigeon(gate=asyncio.Event(), connections=1)
    async with Post(store, pigeon) as post:
        post.sender._pace = 5.0
        await pigeon.waiting.wait()
        store.write(lambda tx: queue.cancel(tx, 1, 1, NOW))
        assert pigeon.gate
        pigeon.gate.set()
        await post.settled(sent=1, cancelled=2)
    assert pigeon.to() == ["p1"]


class Full(Store):
    """A store whose disk is full for a while."""

    def __init__(self, real: Store) -> None:
        self.real, self.path, self.full = real, real.path, False

    def read(self, work: Any) -> Any:
        return self.real.read(work)

    def submit(self, work: Any) -> Future[Any]:
        if self.full:
            raise StoreError("database or disk is full")
        return self.real.submit(work)


async def test_a_full_disk_at_the_start_holds_the_letters(store: Store, tmp_path: Path) -> None:
    enqueue(store, (1, 2))
    (first, _) = store.write(lambda tx: queue.claim(tx, NOW, 30 * MINUTE))
    journal = Journal(tmp_path / "outbox-journal")
    journal.note(Taken(first.id, first.created, "250"))
    full = Full(store)
    full.full = True
    async with Post(full, pigeon := Pigeon()) as post:
        await asyncio.sleep(0.05)
        assert pigeon.mails == []
        full.full = False
        await post.settled(sent=2)
    assert pigeon.to() == ["p2"]


async def test_a_journal_that_cannot_be_written_loses_no_result(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(journal: Journal, taken: Taken) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "note", full)
    enqueue(store, (1, 2))
    async with Post(store, pigeon := Pigeon()) as post:
        await post.settled(sent=2)
    assert pigeon.to() == ["p1", "p2"]


async def test_results_that_cannot_be_written_are_kept_until_they_can(store: Store) -> None:
    enqueue(store, range(1, 6))
    full = Full(store)
    pigeon = Pigeon(gate=asyncio.Event(), connections=1)
    async with Post(full, pigeon) as post:
        await pigeon.waiting.wait()
        full.full = True
        assert pigeon.gate
        pigeon.gate.set()
        await post.until(lambda: len(pigeon.mails) == 5)
        await asyncio.sleep(0.1)
        assert post.counts() == {"waiting": 5}
        full.full = False
        await post.settled(sent=5)
    assert len(pigeon.mails) == 5
