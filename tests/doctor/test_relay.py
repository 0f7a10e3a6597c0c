"""What the doctor says of the server that takes our letters."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bridge.config import Config, read
from bridge.doctor.finding import Finding
from bridge.doctor.relay import relay

BAD = Path(__file__).parents[1] / "bad_configs" / "certificate_ended"
SITE = {"name": "A", "domain": "forum.example", "url": "https://forum.example"}


def config(port: int, **outgoing: Any) -> Config:
    out = {"kind": "smtp", "host": "127.0.0.1", "port": port, **outgoing}
    return read({"site": SITE, "outgoing": out}, base=Path(), source="test")


@contextmanager
def server(answers: dict[bytes, bytes], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """One conversation of a relay that gives these answers to commands, else 250."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_talk, args=(listening, answers, tls), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
    thread.join(60)


def _talk(listening: socket.socket, answers: dict[bytes, bytes], tls: ssl.SSLContext | None) -> None:
    try:
        peer, _ = listening.accept()
        peer.settimeout(5)
        peer.sendall(answers.get(b"", b"220 relay") + b"\r\n")
        lines = peer.makefile("rb")
        data = False
        while line := lines.readline():
            word = line[:8].strip().upper().split(b" ")[0]
            if data:
                data = line != b".\r\n"
                if data:
                    continue
                word = b"."
            data = word == b"DATA"
            peer.sendall(answers.get(word, b"354 go on" if data else b"250 fine") + b"\r\n")
            if word == b"STARTTLS" and tls:
                peer = tls.wrap_socket(peer, server_side=True)
                lines = peer.makefile("rb")
    except OSError:
        pass


def told(
    answers: dict[bytes, bytes],
    *,
    probe: bytes = b"",
    to: str = "",
    context: ssl.SSLContext | None = None,
    **outgoing: Any,
) -> list[Finding]:
    with server(answers, context) as port:
        return list(relay(config(port, **outgoing), probe, to))


def test_X1_a_relay_that_takes_letters_is_well() -> None:
    (found,) = told({})
    assert found.level == "ok" and "postmaster@forum.example" in found.told


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({b"MAIL": b"550 5.7.1 not from you"}, "550 5.7.1 not from you"),
        ({b"": b"554 go away"}, "554"),
        ({b"": b"HTTP/1.1 400 Bad Request"}, "cannot be used"),
        ({b"EHLO": b"500 what?", b"HELO": b"500 what?"}, ""),
    ],
)
def test_X1_a_relay_that_takes_none_is_told(answers: dict[bytes, bytes], words: str) -> None:
    found = told(answers)
    if words:
        assert found[-1].level == "FAIL" and words in found[-1].told and found[-1].cure


def test_X1_the_probe_goes_only_where_it_is_taken() -> None:
    probe = b"Subject: x\r\n\r\nx\r\n"
    (found,) = told({b".": b"250 2.0.0 queued as 7"}, probe=probe, to="ada@members.example")
    assert found.level == "ok" and "queued as 7" in found.told and "DKIM-Signature" in found.cure
    (found,) = told({b"RCPT": b"554 5.7.1 relay access denied"}, probe=probe, to="ada@members.example")
    assert found.level == "FAIL" and "relay access denied" in found.told


def test_X1_a_certificate_that_does_not_hold_is_told() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(BAD / "cert.pem", BAD / "key.pem")
    answers = {b"EHLO": b"250-relay\r\n250 STARTTLS", b"STARTTLS": b"220 go on"}
    found = told(answers, context=context, tls="starttls")
    assert found[-1].level == "FAIL" and "certificate does not hold" in found[-1].told


def test_X1_a_relay_that_takes_less_than_we_do_is_told() -> None:
    found = told({b"EHLO": b"250-relay\r\n250 SIZE 1000000"})
    assert [each.level for each in found] == ["warn", "ok"] and "1000000" in found[0].told


def test_X1_a_wrong_password_is_told(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n")
    answers = {b"EHLO": b"250-relay\r\n250 AUTH PLAIN", b"AUTH": b"535 5.7.8 no"}
    (found,) = told(answers, user="forum", password_file=str(tmp_path / "password"))
    assert found.level == "FAIL" and "does not let forum in: 535" in found.told and "secret" not in str(found)
