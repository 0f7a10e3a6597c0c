"""What the doctor says of the mail server in front: a server made up here gives each of its answers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bridge.config import Config, read
from bridge.doctor import front as asked
from bridge.doctor.finding import Finding
from tests.ground import free_port

CONFIG: Config = read(
    {
        "site": {"name": "A", "domain": "forum.example", "url": "https://forum.example"},
        "list": [{"name": "general"}, {"name": "news"}],
    },
    base=Path(),
    source="test",
)
GOOD = b"250-mx\r\n250-STARTTLS\r\n250-SMTPUTF8\r\n250 SIZE 33554432"


class Front:
    """Answers to commands; an end of `early` ends a mail too."""

    def __init__(self, answers: dict[bytes, bytes], early: bytes = b"", ended: bytes = b"250 kept") -> None:
        self.answers, self.early, self.ended = answers, early, ended
        self.kept: list[bytes] = []

    def talk(self, peer: socket.socket) -> None:
        peer.settimeout(20)
        peer.sendall(b"220 mx\r\n")
        text = b""
        while piece := peer.recv(65_536):
            text += piece
            while b"\r\n" in text:
                line, text = text.split(b"\r\n", 1)
                peer.sendall(self._answer(line) + b"\r\n")
                if line.upper() == b"DATA":
                    text = self._mail(peer, text)

    def _answer(self, line: bytes) -> bytes:
        found = [said for start, said in self.answers.items() if line.upper().startswith(start.upper())]
        return (found or [b"354 go on" if line == b"DATA" else b"250 fine"])[0]

    def _mail(self, peer: socket.socket, text: bytes) -> bytes:
        while not (self.early and self.early in text) and (piece := peer.recv(65_536)):
            text += piece
        if self.early and self.early in text:
            self.kept.append(text)
            peer.sendall(self.ended + b"\r\n")
        return b""


@contextmanager
def running(server: Front) -> Iterator[int]:
    """Its port; it talks to two clients, one after the other."""

    def serve() -> None:
        for _ in range(2):
            try:
                peer, _ = listening.accept()
                with peer:
                    server.talk(peer)
            except OSError:
                pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "LOOK", 0.03)


def told(server: Front) -> list[Finding]:
    with running(server) as port:
        return list(asked.front(CONFIG, "127.0.0.1", port, 7))


def test_X1_a_front_that_does_all_right_is_well() -> None:
    server = Front({b"EHLO": GOOD, b"RCPT TO:<nobody-7@": b"550 5.1.1 no"})
    found = told(server)
    assert [each.level for each in found] == ["ok"] * 4, found
    assert "general@forum.example" in found[1].told and not server.kept


@pytest.mark.parametrize(
    ("answers", "level", "words"),
    [
        ({b"EHLO": b"250-mx\r\n250 SIZE 0"}, "warn", "mails of any size, we up to"),
        ({b"EHLO": b"250-mx\r\n250 SIZE 60000000"}, "warn", "mails of 60000000 bytes, we up to"),
        ({b"EHLO": b"250 mx"}, "warn", "does not know SMTPUTF8"),
        ({b"EHLO": b"250 mx"}, "warn", "no STARTTLS"),
        ({b"MAIL": b"550 5.7.1 who?"}, "FAIL", "null sender: 550 5.7.1 who?"),
        ({b"RCPT TO:<news@": b"554 5.7.1 relay denied"}, "FAIL", "mail for news@forum.example: 554 5.7.1"),
        ({b"RCPT TO:<news@": b"450 4.2.0 greylisted"}, "warn", "mail for news@forum.example: 450 4.2.0"),
        ({}, "ok", "takes any address"),
        ({b"DATA": b"354 go on"}, "ok", "nothing but CRLF.CRLF"),
        ({b"EHLO": b"421 too many", b"HELO": b"421 too many"}, "FAIL", "cannot be asked"),
    ],
)
def test_X1_each_fault_of_a_front_has_its_line_and_cure(
    answers: dict[bytes, bytes], level: str, words: str
) -> None:
    found = told(Front({**({} if b"EHLO" in answers else {b"EHLO": GOOD}), **answers}))
    assert [each.level for each in found if words in each.told] == [level], found
    assert all(each.cure for each in found if each.level != "ok")


EARLY = {b"EHLO": GOOD, b"RCPT TO:<nobody-7@": b"550 5.1.1 no"}


@pytest.mark.parametrize("name", asked.ENDS)
def test_X1_a_front_that_ends_mails_too_early_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "LOOK", 0.15)
    last = told(Front(EARLY, asked.ENDS[name]))[-1]
    assert last.level == "warn" and f"takes {name} for the end" in last.told and "exclusions" in last.cure


def test_X1_who_is_not_trusted_hears_what_strangers_hear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "trusting", lambda _: False)
    found = told(Front({b"EHLO": GOOD}, b"\n.\n"))
    assert [each.level for each in found] == ["ok", "ok", "warn", "FAIL"]
    assert "nobody has" in found[2].told and "smuggled" in found[3].told
    assert told(Front(EARLY, b"\n.\n", b"521 5.5.2 bare newline"))[-1].level == "ok"


def test_X1_a_front_that_is_away_is_told() -> None:
    (found,) = asked.front(CONFIG, "127.0.0.1", free_port(), 7)
    assert found.level == "FAIL" and "cannot be asked" in found.told and found.cure
