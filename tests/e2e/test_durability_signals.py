"""Promise D8: SIGTERM ends in ten seconds whatever hangs, SIGHUP drops no connection."""

from __future__ import annotations

import os
import signal
import smtplib
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from tests.servers import Sink, need, wait_for

from .conftest import MakeBridge
from .story import LIST, settle, subscribe
from .test_durability import WRITERS, Clients, check_truth, mail

ROUNDS = int(os.environ.get("THREADBRIDGE_ENDS", "3"))
WRITER = "writer0@members.test"


@pytest.mark.timeout(200 + 20 * ROUNDS)
def test_D8_sigterm_under_load_again_and_again(bridge: MakeBridge, sink: Sink) -> None:
    """THREADBRIDGE_ENDS=200 is the long form."""
    daemon = bridge(sink=sink)
    subscribe(daemon, WRITERS, mode="none")
    clients = Clients(daemon)
    for n in range(ROUNDS):
        time.sleep(0.1 + n % 7 / 10)
        took, code = daemon.terminate()
        assert (code, took <= 10) == (0, True), f"exit {code} after {took} s:\n{daemon.log()}"
        daemon.start()
    clients.stop()
    settle(daemon, len(clients.acknowledged))
    check_truth(daemon, clients)
    log = daemon.log(10**7)
    assert "Task was destroyed" not in log and "Traceback" not in log


def test_D8_sigterm_with_a_relay_that_hangs(bridge: MakeBridge, sink: Sink) -> None:
    daemon = bridge(sink=sink)
    subscribe(daemon, WRITERS)
    sink.pause = 60
    daemon.send((WRITER, [LIST], mail("hangs.0")))
    wait_for(lambda: sink.tries, 20)
    time.sleep(0.5)
    with daemon.client() as idle:
        took, code = daemon.terminate()
        assert (code, took <= 10) == (0, True), f"exit {code} after {took} s:\n{daemon.log()}"
        idle.close()
    assert "Task was destroyed" not in daemon.log(10**7)
    sink.pause = 0
    daemon.start()
    wait_for(lambda: {copy.recipients[0] for copy in sink.mails} >= set(list(WRITERS)[1:]), 40)


def test_D8_sighup_reloads_without_a_dropped_connection(bridge: MakeBridge) -> None:
    daemon = bridge()
    subscribe(daemon, WRITERS, mode="none")
    clients = Clients(daemon)
    old = daemon.client()
    old.ehlo()
    old.mail(WRITER)
    text = daemon.config.read_text()
    more = (
        '\n[[list]]\nname = "seeds"\nwho_can_post = "anyone"\n[limits]\nrecipients = 3\nposts_per_hour = 9\n'
    )
    daemon.config.write_text(text + more)
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: "reloaded" in daemon.log(10**6), 20)
    assert "[limits] posts_per_hour" in daemon.log(10**6)
    assert old.rcpt(LIST)[0] == 250  # it was in before
    assert old.data(mail("old.0"))[0] == 250
    with daemon.client() as new:
        new.ehlo()
        new.mail(WRITER)
        assert [new.rcpt(address)[0] for address in ("seeds@bridge.test", LIST, LIST, LIST)] == [
            250,
            250,
            250,
            452,
        ]
        new.rset()
    daemon.config.write_text(text.replace("[site]", "[sight]"))
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: "not reloaded" in daemon.log(10**6), 20)
    time.sleep(0.3)
    clients.stop()
    assert daemon.alive and clients.acknowledged
    assert not clients.refused
    assert old.noop()[0] == 250
    old.quit()


def test_D8_certificates_are_read_anew(bridge: MakeBridge, tmp_path: Path) -> None:
    need("openssl")
    names = ("certificate", "key")
    daemon = bridge(start=False)
    files = "\n".join(f'{name} = "{tmp_path / name}.pem"' for name in names)
    daemon.config.write_text(daemon.config.read_text().replace("[smtp]\n", f"[smtp]\n{files}\n"))
    _pair(tmp_path, "first")
    daemon.start()
    with daemon.client() as old:
        first = _shown(old)
        _pair(tmp_path, "second")
        daemon.signal(signal.SIGHUP)
        wait_for(lambda: "reloaded" in daemon.log(10**6), 20)
        with daemon.client() as new:
            second = _shown(new)
        assert first != second
        (tmp_path / "key.pem").write_text("no key")
        daemon.signal(signal.SIGHUP)
        wait_for(lambda: "do not make a pair" in daemon.log(10**6), 20)
        with daemon.client() as new:
            assert _shown(new) == second
        assert old.noop()[0] == 250


def _pair(folder: Path, name: str) -> None:
    words = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={name}.test -keyout key.pem -out certificate.pem"
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)


def _shown(door: smtplib.SMTP) -> bytes:
    """The certificate with which a door encrypts."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    door.starttls(context=context)
    assert isinstance(door.sock, ssl.SSLSocket)
    return door.sock.getpeercert(binary_form=True) or b""
