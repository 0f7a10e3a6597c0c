"""Promises D1, D2, D3 and D8 in their short forms: tens of kills, judged by a ledger of truth.

The truth is what a client or a mailbox has seen: a Message-ID is written down after 250 (or after APPEND was
confirmed), never before. It is compared with the posts and with what the smarthost got; the daemon's own word for it
does not count. In the environment THREADBRIDGE_KILLS=200 makes each of the kill loops that long, and
THREADBRIDGE_READERS=200 gives D3 so many subscribers.
"""

from __future__ import annotations

import itertools
import os
import random
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.servers import Daemon, Dovecot, Sink

from .conftest import MakeBridge, imap_config
from .story import LIST, find_database, header, query, settle, subscribe

KILLS = int(os.environ.get("THREADBRIDGE_KILLS", "0"))
READERS = {
    f"reader{n:03d}@readers.test": f"Reader Number{n}"
    for n in range(int(os.environ.get("THREADBRIDGE_READERS", "20")))
}

WRITERS = {
    f"writer{n}@members.test": f"Writer {name}" for n, name in enumerate(("One", "Two", "Three", "Four"))
}


def mail(number: str, sender: str = "writer0@members.test") -> bytes:
    """A short mail whose Message-ID and words bear its number."""
    lines = (
        f"From: {WRITERS[sender]} <{sender}>",
        f"To: {LIST}",
        f"Subject: Mail {number}",
        f"Message-ID: <{number}@members.test>",
        "Date: Fri, 03 May 2024 09:12:00 +0000",
        "",
        f"The words of mail {number}, which are nobody else's.",
        "",
    )
    return "\r\n".join(lines).encode()


class Clients:
    """SMTP clients that send without pause, and send again what was not acknowledged."""

    def __init__(self, daemon: Daemon, n: int = 4, *, pause: float = 0) -> None:
        self.acknowledged: list[str] = []
        self.open: set[str] = set()
        """What was begun and never acknowledged: it may be there or not."""
        self.refused: list[str] = []
        self._stop = threading.Event()
        self._daemon, self._pause = daemon, pause
        names = list(WRITERS)[:n]
        self._threads = [
            threading.Thread(target=self._send, args=(name, str(i))) for i, name in enumerate(names)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let each finish what it is about."""
        self._stop.set()
        for thread in self._threads:
            thread.join(30)

    def _send(self, sender: str, name: str) -> None:
        door: smtplib.SMTP | None = None
        numbers = itertools.count()
        number = f"{name}.{next(numbers)}"
        while not self._stop.is_set():
            try:
                door = door or smtplib.SMTP(
                    "127.0.0.1", self._daemon.smtp, local_hostname="mx.test", timeout=10
                )
                self.open.add(number)
                door.sendmail(sender, [LIST], mail(number, sender))
            except smtplib.SMTPResponseException as error:
                if error.smtp_code >= 500:
                    self.refused.append(f"{number} {error.smtp_code} {error.smtp_error!r}")
                door = None
            except (OSError, smtplib.SMTPException):
                door = None
                time.sleep(0.02)
            else:
                self.acknowledged.append(number)
                self.open.discard(number)
                number = f"{name}.{next(numbers)}"
                self._stop.wait(self._pause)


def posted(daemon: Daemon) -> Counter[str]:
    """How often each mail is a post."""
    return Counter(post["message_id"].strip("<>").removesuffix("@members.test") for post in daemon.export())


def check_truth(daemon: Daemon, clients: Clients) -> None:
    """All that was acknowledged is a post, once; nothing else is there but what was begun."""
    posts = posted(daemon)
    assert not clients.refused
    assert not [number for number in clients.acknowledged if number not in posts], "lost"
    assert not [number for number, times in posts.items() if times > 1], "posted twice"
    assert not set(posts) - set(clients.acknowledged) - clients.open
    assert query(find_database(daemon), "pragma integrity_check") == [("ok",)]


@pytest.mark.timeout(300 + 10 * KILLS)
def test_D1_what_got_its_250_survives_kill_9(bridge: MakeBridge) -> None:
    daemon = bridge()
    subscribe(daemon, WRITERS, mode="none")
    chance = random.Random(1)
    clients = Clients(daemon)
    for _ in range(KILLS or 15):
        time.sleep(chance.uniform(0.005, 0.5))
        daemon.kill9()
        daemon.start()
    clients.stop()
    assert len(clients.acknowledged) > 50
    settle(daemon, len(clients.acknowledged), 60 + KILLS)
    check_truth(daemon, clients)


@pytest.mark.timeout(300 + 10 * KILLS)
def test_D2_a_mailbox_is_read_once_whatever_dies(bridge: MakeBridge, dovecot: Dovecot, mailbox: str) -> None:
    daemon = bridge(more=imap_config(dovecot, mailbox))
    subscribe(daemon, WRITERS, mode="none")
    numbers = [f"box.{n}" for n in range(15 * (KILLS or 10))]
    confirmed: list[int] = []

    def note(n: int) -> None:
        confirmed.append(n)
        time.sleep(0.04)

    def append() -> None:
        dovecot.append(mailbox, *(mail(number) for number in numbers), done=note)

    appender = threading.Thread(target=append)
    appender.start()
    chance = random.Random(2)
    for _ in range(KILLS or 10):
        time.sleep(chance.uniform(0.05, 0.6))
        daemon.kill9()
        daemon.start()
    appender.join(60)
    assert len(confirmed) == len(numbers)
    settle(daemon, len(numbers), 60 + KILLS)
    assert posted(daemon) == Counter(numbers)


@pytest.mark.timeout(300 + 10 * KILLS)
def test_D3_each_subscriber_gets_each_letter_whatever_dies(bridge: MakeBridge, sink: Sink) -> None:
    daemon = bridge(sink=sink)
    subscribe(daemon, READERS)
    subscribe(daemon, {"writer0@members.test": "Writer One"}, mode="none")
    sink.pause = 0.005
    chance = random.Random(3)
    numbers = [f"fan.{n}" for n in range(2 * (KILLS or 8))]
    daemon.send(*(("writer0@members.test", [LIST], mail(number)) for number in numbers))
    kills = 0
    for _ in range(KILLS or 8):
        time.sleep(chance.uniform(0.05, 0.4))
        daemon.kill9()
        daemon.start()
        kills += 1
    settle(daemon, len(numbers), 60 + len(numbers) * len(READERS) / 50)
    sink.settle(0.3)
    got = Counter(
        (header(copy.content, "Message-ID").strip("<>").removesuffix("@members.test"), copy.recipients[0])
        for copy in sink.mails
    )
    assert set(got) == {(number, reader) for number in numbers for reader in READERS}
    doubles = sum(times - 1 for times in got.values())
    print(f"{kills} kills, {len(numbers)} mails, {len(sink.mails)} letters, {doubles} doubles")
    assert doubles <= kills, f"{doubles} doubles of {kills} kills"
    assert posted(daemon) == Counter(numbers)


def test_D3_a_refused_letter_is_tried_again_alone(bridge: MakeBridge, sink: Sink) -> None:
    """A 4xx waits, a 5xx ends that one delivery, and nobody else's letter is touched."""
    answers = {"reader000@readers.test": "451 4.2.1 later", "reader001@readers.test": "550 5.1.1 nobody here"}
    sink.plan = lambda stage, sender, recipient, nth: answers.get(recipient, "") if stage == "rcpt" else ""
    daemon = bridge(sink=sink)
    subscribe(daemon, READERS)
    subscribe(daemon, {"writer0@members.test": "Writer One"}, mode="none")
    daemon.send(("writer0@members.test", [LIST], mail("refused.0")))
    sink.wait(lambda s: len(s.mails) == len(READERS) - 2)
    states = _states(daemon, lambda found: found.get("reader001@readers.test", ("waiting",))[0] != "waiting")
    assert states["reader001@readers.test"][0] == "failed"
    assert "550" in states["reader001@readers.test"][1]
    state, answer, wait = states["reader000@readers.test"]
    assert (state, "451" in answer) == ("waiting", True)
    assert 48 <= wait <= 72, "the first pause is a minute, within a fifth"
    assert Counter(copy.recipients[0] for copy in sink.mails) == Counter(list(READERS)[2:])


def _states(
    daemon: Daemon, enough: Callable[[dict[str, tuple[str, str, float]]], bool]
) -> dict[str, tuple[str, str, float]]:
    database, end = find_database(daemon), time.monotonic() + 60
    sql = "select address, state, answer, (due - updated) / 1e6 from delivery"
    while True:
        found = {row[0]: (row[1], row[2], row[3]) for row in query(database, sql)}
        if enough(found) or time.monotonic() > end:
            return found
        time.sleep(0.05)


@pytest.mark.parametrize("after", [0.2, 0.7, 1.1])
def test_D8_sigterm_under_load_ends_well(bridge: MakeBridge, sink: Sink, after: float) -> None:
    daemon = bridge(sink=sink)
    subscribe(daemon, WRITERS)
    sink.pause = 0.01
    clients = Clients(daemon, 2)
    time.sleep(after)
    took, code = daemon.terminate()
    assert (code, took <= 10) == (0, True), f"exit {code} after {took} s:\n{daemon.log()}"
    daemon.start()
    clients.stop()
    settle(daemon, len(clients.acknowledged))
    check_truth(daemon, clients)
    letters = Counter((header(copy.content, "Message-ID"), copy.recipients[0]) for copy in sink.mails)
    assert set(letters.values()) == {1}, "a drained daemon has sent no letter twice"
    assert len(letters) == 3 * len(posted(daemon))


def test_the_queue_of_letters_is_done_in_good_order_when_idle(bridge: MakeBridge) -> None:
    daemon = bridge()
    took, code = daemon.terminate()
    assert (code, took <= 10) == (0, True)
