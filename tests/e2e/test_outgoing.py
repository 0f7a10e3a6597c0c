"""O1, O3, O4 and P3 over every letter of hostile mails (long: tests/soak/outgoing.py)."""

from __future__ import annotations

import time

from tests.servers import Sink

from .conftest import MakeBridge
from .outgoing import WRITER, fan_out, faults_of, mails
from .story import LIST, subscribe

READERS = 170
HELP = "forum+help@bridge.test"


def test_O1_O3_O4_P3_a_thousand_letters_without_fault(bridge: MakeBridge, sink: Sink) -> None:
    letters = fan_out(bridge(sink=sink), sink, READERS)
    assert len(letters) == READERS * len(mails())
    assert len({copy.sender for copy in letters}) == len(letters)
    assert len({copy.recipients for copy in letters}) == READERS
    assert not sink.faults
    assert faults_of(letters) == {}


def test_O8_a_relay_that_takes_its_time_holds_up_no_mail_that_comes_in(bridge: MakeBridge) -> None:
    with Sink(pause=5.0) as slow:
        daemon = bridge(sink=slow)
        subscribe(daemon, {f"reader{number:04d}@readers.test": "" for number in range(50)})
        subscribe(daemon, {WRITER: "Wanda"}, mode="none")
        for number in range(20):
            daemon.send((WRITER, [LIST], _mail(number)))
        daemon.settled(20)
        assert len(daemon.queue()) > 500
        took, code = daemon.terminate()
    assert code == 0
    assert took < 15


def test_O8_what_a_letter_costs_the_door(bridge: MakeBridge) -> None:
    """Mails come in while 4,000 letters leave; the slowest answer is printed, for a machine at rest promises 0.3 s."""
    with Sink() as sink:
        daemon = bridge(sink=sink)
        subscribe(daemon, {f"reader{number:04d}@readers.test": "" for number in range(1000)})
        subscribe(daemon, {WRITER: "Wanda"}, mode="none")
        waits = []
        with daemon.client() as door:
            for number in range(40):
                began = time.monotonic()
                door.sendmail(WRITER, [LIST if number % 10 == 0 else HELP], _mail(number))
                waits.append(time.monotonic() - began)
        sink.wait(lambda sink: len(sink.mails) >= 4000, 120)
    print(f"the slowest of {len(waits)} answers took {max(waits) * 1000:.0f} ms")


def _mail(number: int) -> bytes:
    head = f"From: {WRITER}\r\nTo: {LIST}\r\nSubject: {number}\r\nMessage-ID: <{number}@mail.test>\r\n"
    return f"{head}\r\nHello everybody\r\n".encode()
