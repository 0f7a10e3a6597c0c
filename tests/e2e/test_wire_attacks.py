"""S1-S10 on the wire: raw sockets against a running daemon, each attack followed by a good mail."""

from __future__ import annotations

import socket
import sqlite3
import ssl
import subprocess
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import Daemon, config_text, directory, free_port, wait_for

from . import attacks, wire
from .wire import DATA, DOT, FROM, HELLO, OPEN, OPENED, TEXT, TO, Attack, Line, attack, check, kept, play

LIMITS = "[limits]\nmessage_bytes = 2000000\nconnections_per_address = 100\n"


@dataclass(frozen=True)
class Doors:
    """A running daemon: its ports, its database and its certificate."""

    daemon: Daemon
    lmtp: int
    database: Path
    certificate: Path


@pytest.fixture(scope="module")
def doors() -> Iterator[Doors]:
    with directory("wire") as path:
        smtp, web, lmtp = free_port(), free_port(), free_port()
        certificate, key = path / "cert.pem", path / "key.pem"
        words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=bridge.test -addext subjectAltName=DNS:bridge.test"
        argv = ["openssl", *words.split(), "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(argv, check=True, capture_output=True)
        text = config_text(data=path / "data", smtp=smtp, web=web, lmtp=lmtp, more=LIMITS)
        text = text.replace(f':{lmtp}"\n', f':{lmtp}"\ncertificate = "{certificate}"\nkey = "{key}"\n')
        daemon = Daemon(path, text, smtp=smtp, web=web).start()
        yield Doors(daemon, lmtp, path / "data" / "threadbridge.db", certificate)
        daemon.kill9()


def good(doors: Doors) -> Attack:
    """A mail like any other, on a new connection."""
    return attack("good", OPEN + TEXT + DOT, want=f"{OPENED} 250", kept=1)


def names(each: Attack) -> str:
    return each.name.encode("ascii", "backslashreplace").decode()


@pytest.mark.parametrize("each", attacks.EVERY, ids=names)
def test_S1_S2_S6_S7_S9_S10_an_attack_is_answered_and_the_next_mail_is_kept(
    doors: Doors, each: Attack
) -> None:
    before = kept(doors.database)
    play(doors.lmtp if each.lmtp else doors.daemon.smtp, each)
    assert kept(doors.database) == before + each.kept
    play(doors.daemon.smtp, good(doors))
    assert kept(doors.database) == before + each.kept + 1


WHOLE = OPEN + TEXT + DOT


@pytest.mark.parametrize("how", ["close", "reset"])
def test_S3_a_connection_cut_at_any_byte_keeps_a_whole_mail_or_none(doors: Doors, how: str) -> None:
    before = kept(doors.database)
    for at in (*range(0, len(WHOLE) - 8, 7), *range(len(WHOLE) - 8, len(WHOLE))):
        with Line(doors.daemon.smtp) as line:
            line.reply()
            line.send(WHOLE[:at])
            if how == "reset":
                line.reset()
    play(doors.daemon.smtp, good(doors))
    assert kept(doors.database) == before + 1


def test_S3_a_connection_cut_after_the_dot_keeps_the_whole_mail_or_none(doors: Doors) -> None:
    before = kept(doors.database)
    for _ in range(20):
        with Line(doors.daemon.smtp) as line:
            line.reply()
            line.send(WHOLE)
            line.reset()
    play(doors.daemon.smtp, good(doors))
    time.sleep(0.1)
    assert before + 1 <= kept(doors.database) <= before + 21
    assert zlib_of(doors) == TEXT + b"\r\n"


def zlib_of(doors: Doors) -> bytes:
    """The bytes of the newest mail."""
    row = wire.newest(doors.database)
    store = sqlite3.connect(f"file:{doors.database}?mode=ro", uri=True)
    packed, content = store.execute(
        "select packed, content from blob where sha256 = ?", (row["raw"],)
    ).fetchone()
    store.close()
    return zlib.decompress(content) if packed else bytes(content)


@pytest.mark.parametrize(
    "body",
    [
        b".", b"..", b"...x", b".\r\n..", b"\r\n.x", b"\xff\x00\xc3", b"x" * 998, b"y" * 30_000,
        b"a\r\n.b\r\n..c\r\n...d", b"\r\n\r\n",
    ],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
@pytest.mark.parametrize("cut", [1, 7, 4096])
def test_S6_the_raw_mail_is_byte_exact(doors: Doors, body: bytes, cut: int) -> None:
    mail = b"From: ann@home.test\r\nSubject: exact\r\n\r\n" + body + b"\r\n"
    stuffed = b"".join(
        b"." + line if line.startswith(b".") else line for line in mail.splitlines(keepends=True)
    )
    lines = mail.split(b"\r\n")
    stuffed = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    pieces = [stuffed[at : at + cut] for at in range(0, min(len(stuffed), 400), cut)]
    with Line(doors.daemon.smtp) as line:
        line.reply()
        line.send(OPEN)
        for want in OPENED.split():
            check(line.reply(), want)
        line.send(*pieces, stuffed[cut * len(pieces) :] + b".\r\n")
        check(line.reply(), "250/2.0.0")
    assert zlib_of(doors) == mail


def test_S9_an_early_talker_is_served_or_refused_and_loses_nothing(doors: Doors) -> None:
    with socket.create_connection(("127.0.0.1", doors.daemon.smtp), 5) as early:
        early.sendall(OPEN + TEXT + DOT + b"QUIT\r\n")
        said = b""
        while chunk := early.recv(4096):
            said += chunk
    assert said.startswith(b"220 ") and said.count(b"\r\n") >= 6 and b"\r\n221 2.0.0" in said


def test_R4_drips_and_silence_do_not_hold_up_others(doors: Doors) -> None:
    lines = [Line(doors.daemon.smtp) for _ in range(50)]
    for n, line in enumerate(lines):
        line.reply()
        line.send((b"", b"N", OPEN, OPEN + TEXT, OPEN + TEXT + b"\r\n.")[n % 5])
    before = kept(doors.database)
    play(doors.daemon.smtp, good(doors))
    assert kept(doors.database) == before + 1
    for line in lines:
        line.socket.close()


# -- STARTTLS, at the LMTP door of this daemon --------------------------------------------------------------------

LHLO = HELLO.replace(b"EHLO", b"LHLO")


def _secured(doors: Doors, line: Line, clear: bytes) -> ssl.SSLSocket:
    line.reply()
    line.send(LHLO)
    assert b"STARTTLS" in line.reply()
    line.send(b"STARTTLS\r\n" + clear)
    check(line.reply(), "220/2.0.0")
    context = ssl.create_default_context(cafile=str(doors.certificate))
    return context.wrap_socket(line.socket, server_hostname="bridge.test")


@pytest.mark.parametrize(
    "clear",
    [
        b"NOOP\r\n",
        FROM + TO,
        LHLO + FROM + TO + DATA + TEXT + DOT,
        b"RSET\r\nQUIT\r\n",
        b"\r\n",
        b"STARTTLS\r\n",
    ],
    ids=repr,
)
def test_S5_a_command_sent_before_the_handshake_is_never_obeyed(doors: Doors, clear: bytes) -> None:
    """It is thrown away, or the handshake fails on it: what is never is an answer to it under TLS."""
    before = kept(doors.database)
    with Line(doors.lmtp) as line:
        try:
            secure = _secured(doors, line, clear)
        except (ssl.SSLError, ConnectionError):
            secure = None
        if secure:
            secure.sendall(b"NOOP\r\n")
            assert secure.recv(4096) == b"250 2.0.0 OK\r\n"
            secure.sendall(b"QUIT\r\n")
            assert secure.recv(4096).startswith(b"221 ")
            secure.close()
    assert kept(doors.database) == before
    play(doors.daemon.smtp, good(doors))


def test_S5_all_is_forgotten_at_starttls_and_mail_comes_under_it(doors: Doors) -> None:
    before = kept(doors.database)
    with Line(doors.lmtp) as line:
        line.reply()
        line.send(LHLO, FROM, TO)
        [line.reply() for _ in range(3)]
        line.send(b"STARTTLS now\r\n")
        check(line.reply(), "501/5.5.4")
        line.send(b"STARTTLS\r\n")
        check(line.reply(), "220/2.0.0")
        context = ssl.create_default_context(cafile=str(doors.certificate))
        line.socket = context.wrap_socket(line.socket, server_hostname="bridge.test")
        line.send(DATA)
        check(line.reply(), "503")
        line.send(FROM)
        check(line.reply(), "503")
        line.send(LHLO)
        assert b"STARTTLS" not in line.reply()
        line.send(b"STARTTLS\r\n")
        check(line.reply(), "502,503,500")
        line.send(FROM + TO + DATA + TEXT + DOT)
        for want in ("250", "250", "354", "250"):
            check(line.reply(), want)
    assert kept(doors.database) == before + 1


def test_S5_garbage_in_place_of_the_handshake_ends_the_connection(doors: Doors) -> None:
    for garbage in (
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x00" * 64,
        LHLO + FROM,
        b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00",
    ):
        with Line(doors.lmtp) as line:
            line.reply()
            line.send(LHLO + b"STARTTLS\r\n")
            [line.reply() for _ in range(2)]
            line.send(garbage)
            line.socket.settimeout(5)
            try:
                while line.socket.recv(4096):
                    pass
            except ConnectionError:
                pass
    play(doors.daemon.smtp, good(doors))


def test_P2_nothing_of_all_this_is_a_traceback_in_the_log(doors: Doors) -> None:
    wait_for(lambda: doors.daemon.alive)
    log = doors.daemon.log_path.read_text(errors="replace")
    assert "Traceback" not in log
    assert "The ladder is back" not in log
