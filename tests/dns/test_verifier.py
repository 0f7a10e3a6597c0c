"""A check that nobody fetches keeps no place for ever."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest

from bridge.dns import verifier
from bridge.dns.checks import Sent
from bridge.dns.verifier import Verifier

SENT = Sent("192.0.2.1", "home.example", "", b"Subject: no author\r\n\r\nWords.\r\n")


def test_R6_what_nobody_fetches_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifier, "WAITING", 3)
    resolver: Any = None
    with contextlib.closing(Verifier(resolver, None)) as checks:
        for number in range(3):
            checks.ask(number, SENT)
        end = time.monotonic() + 60
        while checks.ask(7, SENT) is None and time.monotonic() < end:
            time.sleep(0.001)
        assert time.monotonic() < end and len(checks._asked) <= 3
