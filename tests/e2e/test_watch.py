"""X2: whether mail moves, seen from outside: the relay and the mailbox go away and come back, with short thresholds."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from urllib.error import HTTPError

import pytest

from tests.servers import Daemon, Dovecot, Sink, directory, wait_for

from .conftest import MakeBridge, imap_config

ADA = "ada@members.test"


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with directory("dovecot") as path:
        server = Dovecot(path).start()
        yield server
        server.stop()


def letter(number: int) -> bytes:
    return (
        f"From: Ada <{ADA}>\r\nTo: forum@bridge.test\r\nSubject: Number {number}\r\n"
        f"Message-ID: <{number}@members.test>\r\n\r\nWords of number {number}.\r\n"
    ).encode()


def figures(daemon: Daemon) -> dict[str, str]:
    return dict(
        line.rsplit(" ", 1) for line in daemon.get("/metrics")[1].splitlines() if not line.startswith("#")
    )


def test_X2_what_stands_still_is_told_and_what_moves_again_too(bridge: MakeBridge, dovecot: Dovecot) -> None:
    more = imap_config(dovecot, "alice") + "\n[limits]\nalarm_seconds = 1\n"
    with Sink() as sink:
        daemon = bridge(sink=sink, more=more)
        daemon.people([(ADA, "Ada", "", "forum", "each"), ("bo@members.test", "Bo", "", "forum", "each")])
        wait_for(lambda: "connected" in daemon.log(), 10, "the mailbox")
        assert daemon.get("/health") == (200, "ok\n")

    dovecot.kill()
    daemon.send((ADA, "forum@bridge.test", letter(1)))
    told = {"letters wait to be sent", "a mailbox cannot be read"}
    wait_for(lambda: set(daemon.get("/health")[1].splitlines()) == told, 20, "both alarms")
    assert daemon.get("/health")[0] == 503
    stats = json.loads(daemon.cli("stats", "--format", "jsonl").stdout)
    assert stats["imap"][0]["state"] == "unreachable"
    assert stats["imap"][0]["for_seconds"] >= 1
    assert stats["oldest_letter_seconds"] >= 1
    seen = figures(daemon)
    assert float(seen["threadbridge_alarms"]) == 2
    assert float(seen['threadbridge_letters{state="waiting"}']) == 1

    with Sink(port=sink.port) as again:
        dovecot.start()
        dovecot.append("alice", letter(2))
        wait_for(lambda: daemon.get("/health") == (200, "ok\n"), 90, "all well again")
        again.wait(lambda each: len(each.to("bo@members.test")) == 2, 90)
        wait_for(lambda: daemon.log().count("alarm over") == 2, 10, "the end of both in the log")
    lines = [line for line in daemon.log().splitlines() if "alarm" in line]
    assert len(lines) == 4, lines
    assert all(sum(what in line for line in lines) == 2 for what in told), lines
    assert float(figures(daemon)["threadbridge_alarms"]) == 0


def test_X2_the_figures_are_for_this_machine_and_tell_on_nobody(bridge: MakeBridge) -> None:
    daemon = bridge()
    with daemon.client() as door:
        door.ehlo()
        door.mail(ADA)
        assert door.rcpt("nobody@bridge.test")[0] == 550
    status, text = daemon.get("/metrics")
    assert status == 200
    assert 'threadbridge_recipients_refused_total{code="550 5.1.1"} 1' in text
    assert "@" not in text
    proxied = urllib.request.Request(
        f"http://{daemon.host}:{daemon.web}/metrics", headers={"X-Forwarded-For": "192.0.2.7"}
    )
    with pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(proxied, timeout=10)
