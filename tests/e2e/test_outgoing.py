"""O1, O3, O4 and P3 over every letter of hostile mails (long: tests/soak/outgoing.py)."""

from __future__ import annotations

from tests.servers import Sink

from .conftest import MakeBridge
from .outgoing import fan_out, faults_of, mails

READERS = 170


def test_O1_O3_O4_P3_a_thousand_letters_without_fault(bridge: MakeBridge, sink: Sink) -> None:
    letters = fan_out(bridge(sink=sink), sink, READERS)
    assert len(letters) == READERS * len(mails())
    assert len({copy.sender for copy in letters}) == len(letters)
    assert len({copy.recipients for copy in letters}) == READERS
    assert not sink.faults
    assert faults_of(letters) == {}
