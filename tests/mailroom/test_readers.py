"""Mails are read in processes that may be killed: whatever one does there, the daemon and the next mail go on (R1)."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.errors import Permanent
from bridge.mail.envelope import Envelope
from bridge.mail.message import Message
from bridge.mail.triage import Own
from bridge.mailroom import reader, receiving
from bridge.mailroom.order import Order
from bridge.mailroom.reader import SAMPLE
from bridge.mailroom.readers import ORDINARY, Bounds, ReaderFault, Readers
from bridge.mailroom.reading import Reading, read, read_here
from bridge.reply.known import NOTHING, Known
from bridge.store.ledger import Entry
from tests import hostile

from .conftest import ADA, GENERAL, Post

OWN = Own("forum.example", frozenset({GENERAL}))
BOUNDS = Bounds(cpu=0, cpu_large=0, wall=0.3, wall_large=0.3, memory=60, memory_factor=1)


def nothing(_: Reading) -> Known:
    return NOTHING


def trap(raw: bytes, sender: str, own: Own) -> Reading:
    """Reads a mail as `read` does, unless its subject names something worse."""
    if b"Subject: hang" in raw:
        time.sleep(60)
    elif b"Subject: burn" in raw:
        while True:
            pass
    elif b"Subject: eat" in raw:
        return read(bytes(300_000_000), sender, own)
    elif b"Subject: crash" in raw:
        os.kill(os.getpid(), signal.SIGSEGV)
    elif b"Subject: fault" in raw:
        raise RuntimeError("ours")
    return read(raw, sender, own)


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Readers]:
    """A pool whose readers fall into traps; forked, so that they see what is patched here."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(reader, "read", trap)
    with contextlib.closing(Readers(2, BOUNDS)) as pool:
        yield pool


def subject(word: str) -> bytes:
    return SAMPLE.replace(b"Subject: Re: Tools", b"Subject: " + word.encode())


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_reader_gives_what_is_read_here(readers: Readers) -> None:
    here, there = (read_(SAMPLE, ADA, OWN, nothing) for read_ in (read_here, readers.read))
    assert (there.reply, there.html, there.verdict, there.message) == (
        here.reply, here.html, here.verdict, here.message
    )  # fmt: skip


def test_attachments_come_once_with_the_blobs(readers: Readers) -> None:
    raw = SAMPLE.replace(b"--b--", b"--b\nContent-Type: image/png; name=a.png\n\n" + b"p" * 5000 + b"\n--b--")
    seen: list[Reading] = []
    there = readers.read(raw, ADA, OWN, lambda first: seen.append(first) or NOTHING)
    (first,) = seen
    for message in (first.message, there.message):
        assert [(a.content, a.size) for a in message.attachments] == [(b"", 5000)]
    assert [blob.size for blob in there.blobs] == [5000] and first.blobs == ()


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("burn", "reading it took more than 0 seconds of CPU time"),
        ("hang", "reading it took longer than 0.3 seconds"),
        ("eat", "reading it needed more than 60 MB of memory"),
        ("crash", "reading it ended the process that read it (SIGSEGV)"),
    ],
)
def test_R1_what_kills_its_reader_is_parked_and_the_next_goes_on(
    readers: Readers, post: Post, word: str, why: str
) -> None:
    if word == "burn":
        readers.bounds = Bounds(cpu=0, memory=60)
    post.room.read = readers.read
    row = post.receive(subject(word), sender=ADA)
    assert (row["outcome"], row["code"], row["reason"]) == ("parked", "unparsable", why)
    assert post.receive(SAMPLE, sender=ADA)["outcome"] == "posted"
    assert len(children(readers._nursery.pid)) == 1


def test_a_fault_of_ours_is_told_and_costs_no_reader(readers: Readers) -> None:
    with pytest.raises(ReaderFault, match="RuntimeError: ours"):
        readers.read(subject("fault"), ADA, OWN, nothing)
    (before,) = children(readers._nursery.pid)
    assert readers.read(SAMPLE, ADA, OWN, nothing).reply
    assert children(readers._nursery.pid) == [before]


def test_what_cannot_be_parsed_is_permanent(readers: Readers) -> None:
    with pytest.raises(Permanent, match="headers"):
        readers.read(b"X: y\n" * 2000, ADA, OWN, nothing)


def test_idle_readers_end_and_come_again(readers: Readers) -> None:
    readers.read(SAMPLE, ADA, OWN, nothing)
    readers.rest(60)
    assert len(children(readers._nursery.pid)) == 1
    readers.rest(0)
    assert children(readers._nursery.pid) == []
    assert readers.read(SAMPLE, ADA, OWN, nothing).reply


def test_D1_a_killed_nursery_is_replaced(readers: Readers) -> None:
    readers.read(SAMPLE, ADA, OWN, nothing)
    os.kill(readers._nursery.pid, signal.SIGKILL)
    readers.rest(0)
    assert readers.read(SAMPLE, ADA, OWN, nothing).reply


def test_no_reader_outlives_its_daemon(readers: Readers) -> None:
    readers.read(SAMPLE, ADA, OWN, nothing)
    nursery = readers._nursery
    (one,) = children(nursery.pid)
    nursery.control.close()  # as the kernel does it to a process that is killed
    os.waitpid(nursery.pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(one, 0)
    readers._nursery = None


def test_closing_the_pool_ends_a_mail_that_hangs(readers: Readers) -> None:
    readers.bounds = Bounds(wall=60)
    told: list[BaseException] = []

    def walk() -> None:
        try:
            readers.read(subject("hang"), ADA, OWN, nothing)
        except ReaderFault as fault:
            told.append(fault)

    walker = threading.Thread(target=walk)
    walker.start()
    nursery = readers._nursery
    while not children(nursery.pid):
        time.sleep(0.01)
    readers.close()
    walker.join(60)
    assert "daemon ends" in str(told[0])


def test_R2_good_mails_go_on_amid_malformed_ones(readers: Readers, post: Post) -> None:
    readers.bounds = Bounds()
    post.room.read = readers.read
    for number in range(60):
        good = post.mail(ADA, f"Good words {number}.", subject=f"Good {number}").as_bytes()
        raw = good if number % 6 == 0 else hostile.odd(number)
        post.room.keep(Envelope(ADA, (GENERAL,), raw), "smtp")
    walkers = [threading.Thread(target=lambda: post.room.receive_waiting(100)) for _ in range(2)]
    for walker in walkers:
        walker.start()
    for walker in walkers:
        walker.join(60)
    rows = [post.row(number) for number in range(1, 61)]
    assert all(row["outcome"] not in ("waiting", "") and row["code"] != "fault" for row in rows)
    assert {rows[number]["outcome"] for number in range(0, 60, 6)} == {"posted"}


def test_R2_what_is_dear_to_read_is_known_while_it_is_read(readers: Readers) -> None:
    readers.read(SAMPLE, ADA, OWN, nothing)
    readers.bounds, ordinary = Bounds(cpu=60), readers.usual

    def burn() -> None:
        with contextlib.suppress(Permanent, ReaderFault):
            readers.read(subject("burn"), ADA, OWN, nothing)

    walker = threading.Thread(target=burn)
    walker.start()
    end = time.monotonic() + 20
    while readers.usual <= ordinary + ORDINARY and time.monotonic() < end:
        time.sleep(0.005)
    assert readers.usual > ordinary + ORDINARY
    readers.close()
    walker.join(60)


def test_R2_how_far_walking_is_behind(post: Post) -> None:
    assert not post.room.far_behind(0.5)
    kept = [
        post.room.keep(Envelope(ADA, (GENERAL,), post.mail(ADA, f"{n}").as_bytes()), "smtp") for n in range(3)
    ]
    assert not post.room.far_behind(0.5)  # a few are never too many
    long = post.mail(ADA, "Words, words.\n" * 10_000)
    kept.append(post.room.keep(Envelope(ADA, (GENERAL,), long.as_bytes()), "smtp"))
    assert post.room.far_behind(0.5)  # one that is large stands for several
    for number in kept:
        post.room.receive(number)
    assert not post.room.far_behind(0.5)


def test_R2_D5_nobody_waits_at_the_door_where_walking_stands_still(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.room.receive(post.room.keep(Envelope(ADA, (GENERAL,), post.mail(ADA, "First").as_bytes()), "smtp"))
    for n in range(40):
        post.room.keep(Envelope(ADA, (GENERAL,), post.mail(ADA, f"{n}\n" * 20_000).as_bytes()), "smtp")
    assert post.room.far_behind(0.5)
    clock = time.monotonic
    monkeypatch.setattr(receiving, "monotonic", lambda: clock() + receiving.STILL)
    assert not post.room.far_behind(0.5)


def test_where_there_are_threads_the_nursery_is_a_program_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    with contextlib.closing(Readers(1)) as pool:
        assert pool._nursery.program and pool.read(SAMPLE, ADA, OWN, nothing).reply


# -- side by side ----------------------------------------------------------------------------------------------------


def entries(n: int) -> list[Entry]:
    return [Entry(number, 0, "smtp", "", ADA, (), "", 0, 1, False) for number in range(1, n + 1)]


def test_mails_that_belong_together_are_walked_in_order() -> None:
    waiting = entries(3)
    order = Order(lambda: [waiting.pop(0)] if waiting else [])
    first, second, third = order.take(), order.take(), order.take()
    assert order.take() is None
    ours = read(SAMPLE, ADA, OWN).message
    other = read(SAMPLE.replace(b"ada@", b"bo@").replace(b"Tools", b"Rain"), ADA, OWN).message
    went: list[int] = []

    def wait(entry: Entry, message: Message) -> threading.Thread:
        thread = threading.Thread(target=lambda: (order.wait(entry, message), went.append(entry.id)))
        thread.start()
        return thread

    later = wait(second, ours)
    order.wait(first, ours)
    wait(third, other).join(60)
    assert went == [3]  # it has nothing to do with the others
    order.done(first)
    later.join(60)
    assert went == [3, 2]


def test_R2_who_answers_nothing_waits_for_nobody() -> None:
    waiting = entries(2)
    order = Order(lambda: [waiting.pop(0)] if waiting else [])
    _, second = order.take(), order.take()
    fresh = read(SAMPLE.replace(b"Re: Tools", b"Tools"), ADA, OWN).message
    assert second
    assert not order.wait(second, fresh)  # the first one, of the same author and subject, is not even parsed


def test_R2_small_mails_pass_large_ones_while_one_is_walked() -> None:
    waiting = [
        replace(each, size=size) for each, size in zip(entries(5), (9, 10**6, 10**6, 9, 9), strict=True)
    ]
    order = Order(lambda: [waiting.pop(0) for _ in range(len(waiting))])
    taken = [order.take() for _ in range(4)]
    assert [each.id for each in taken if each] == [1, 2, 4, 5]
    assert order.wait(taken[2], read(SAMPLE.replace(b"Re: Tools", b"Tools"), ADA, OWN).message) is False
    assert order._before(taken[3], frozenset({"m1@members.example"})) >= {3}  # it may answer what it passed
    order.done(taken[1])
    assert order.take().id == 3 and order.take() is None


def test_mails_of_an_archive_wait_for_those_of_their_author() -> None:
    first, second = (replace(each, via="import") for each in entries(2))
    order = Order(list)
    order.enter(first)
    order.enter(second)
    fresh = read(SAMPLE.replace(b"Re: Tools", b"Tools"), ADA, OWN).message
    told: list[bool] = []
    later = threading.Thread(target=lambda: told.append(order.wait(second, fresh)))
    later.start()
    later.join(0.05)
    assert not told
    order.handed(first)
    later.join(60)
    assert told == [True]  # it may not be committed yet
    order.done(first)
    assert not order.wait(second, fresh)


def test_two_walkers_post_each_mail_once(post: Post, readers: Readers) -> None:
    post.room.read = readers.read
    mails = [post.mail(ADA, f"Words of mail {n}.", subject=f"Thing {n % 5}") for n in range(30)]
    for mail in mails:
        post.room.keep(Envelope(ADA, (GENERAL,), mail.as_bytes()), "smtp")
    walkers = [threading.Thread(target=lambda: post.room.receive_waiting(100)) for _ in range(2)]
    for walker in walkers:
        walker.start()
    for walker in walkers:
        walker.join(60)
    assert sorted(each["text"] for each in post.posts()) == sorted(f"Words of mail {n}." for n in range(30))
