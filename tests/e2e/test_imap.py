"""I1 to I8 in short, against a real Dovecot: the IMAP intake alone, with a spool that remembers."""

from __future__ import annotations

import itertools
import selectors
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from bridge.intake.imap import Account, Poller, from_command, from_file
from tests.intake.fakeimap import FakeImap
from tests.intake.spools import Spool, wait_until
from tests.servers import PASSWORD, Dovecot, directory, free_port, need

Start = Callable[..., Poller]


def mail(n: int, size: int = 0) -> bytes:
    head = f"From: ann{n}@home.example\r\nSubject: number {n}\r\nMessage-ID: <{n}@home.example>\r\n\r\n"
    return head.encode() + b"word " * 20 + b"\r\n" + (b"x" * 70 + b"\r\n") * (size // 72)


USERS = (f"user{n}" for n in itertools.count())


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """Its users are there before it starts: it looks at the list of users at most once a second."""
    with directory("dovecot") as path:
        server = Dovecot(path)
        for n in range(30):
            server.add(f"user{n}")
        server.start()
        yield server
        server.stop()


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    """A user whose INBOX is empty."""
    return Account(dovecot.host, dovecot.port, "none", next(USERS), lambda: PASSWORD)


@pytest.fixture
def own() -> Iterator[Dovecot]:
    """A Dovecot of this test alone, to be ill-treated."""
    with directory("dovecot") as path:
        server = Dovecot(path).start()
        yield server
        server.stop()


@pytest.fixture
def start() -> Iterator[Start]:
    """Start pollers that try again quickly; each is stopped at the end and must then be gone at once."""
    pollers: list[Poller] = []

    def begin(account: Account, spool: Spool, states: list[str] | None = None) -> Poller:
        poller = Poller(account, spool, backoff=lambda n: 0.05, on_state=(states or []).append)
        if states is not None:
            poller._on_state = states.append
        pollers.append(poller)
        poller.start()
        return poller

    yield begin
    for poller in pollers:
        poller.stop()
        poller.join(60)
        assert not poller.is_alive()


def flags(dovecot: Dovecot, user: str, folder: str = "INBOX") -> list[bool]:
    """For each mail of a folder: is it seen?"""
    with dovecot.session(user) as imap:
        imap.select(folder, readonly=True)
        if imap.search(None, "ALL")[1] == [b""]:
            return []
        _, found = imap.fetch("1:*", "(FLAGS)")
        return [b"\\Seen" in line for line in found if line]


def test_I3_waiting_and_new_mails_are_kept_and_marked(
    dovecot: Dovecot, account: Account, start: Start
) -> None:
    dovecot.append(account.user, mail(1), mail(2))
    spool, states = Spool(), []
    start(account, spool, states)
    assert spool.wait_for(2) == [mail(1), mail(2)]
    wait_until(lambda: "connected" in states)
    for n in (3, 4, 5):
        dovecot.append(account.user, mail(n))
        began = time.monotonic()
        spool.wait_for(n)
        assert time.monotonic() - began < 30
    wait_until(lambda: flags(dovecot, account.user) == [True] * 5)
    assert abs(spool.mails[-1].received / 1e6 - time.time()) < 60
    assert spool.doubles == 0


def test_I3_a_burst_in_idle_comes_whole(dovecot: Dovecot, account: Account, start: Start) -> None:
    spool = Spool()
    start(account, spool)
    dovecot.append(account.user, *(mail(n) for n in range(120)))
    assert sorted(spool.wait_for(120)) == sorted(mail(n) for n in range(120))
    assert spool.doubles == 0


def test_I3_without_idle_the_mailbox_is_polled(dovecot: Dovecot, account: Account, start: Start) -> None:
    spool = Spool()
    start(replace(account, idle=False, poll_seconds=0.1), spool)
    dovecot.append(account.user, mail(1))
    spool.wait_for(1)
    dovecot.append(account.user, mail(2))
    spool.wait_for(2)


def test_D2_mails_are_marked_only_when_they_are_kept(
    dovecot: Dovecot, account: Account, start: Start
) -> None:
    dovecot.append(account.user, *(mail(n) for n in range(60)))
    spool, calls = Spool(), []

    def fail() -> None:
        calls.append(flags(dovecot, account.user))
        if len(calls) < 4:
            raise OSError("the disk is full")

    spool.before = fail
    start(account, spool)
    spool.wait_for(60)
    assert not any(any(seen) for seen in calls[:4])
    wait_until(lambda: flags(dovecot, account.user) == [True] * 60)
    assert spool.doubles == 0


@pytest.mark.parametrize("done_folder", ["", "Done/Bridge"])
def test_D2_what_was_kept_but_not_marked_is_marked_later(
    dovecot: Dovecot, account: Account, start: Start, done_folder: str
) -> None:
    dovecot.append(account.user, *(mail(n) for n in range(3)))
    spool, crashes = Spool(), [1]

    def crash() -> None:
        if crashes:
            crashes.pop()
            raise RuntimeError("killed between commit and mark")

    spool.after = crash
    start(replace(account, done_folder=done_folder), spool)
    spool.wait_for(3)
    if done_folder:
        wait_until(lambda: flags(dovecot, account.user, f'"{done_folder}"') == [False] * 3)
        assert flags(dovecot, account.user) == []
    else:
        wait_until(lambda: flags(dovecot, account.user) == [True] * 3)
    assert (spool.doubles, crashes) == (0, [])


def test_I4_mails_are_moved_and_great_ones_left_and_told_once(
    dovecot: Dovecot, account: Account, start: Start
) -> None:
    dovecot.append(account.user, mail(1), mail(2, size=200_000), mail(3))
    spool = Spool()
    account = replace(account, done_folder="Done", size_limit=100_000)
    poller = start(account, spool)
    assert spool.wait_for(2) == [mail(1), mail(3)]
    wait_until(lambda: flags(dovecot, account.user, "Done") == [False, False])
    poller.stop()
    poller.join(60)
    start(account, spool)
    dovecot.append(account.user, mail(4))
    assert spool.wait_for(3)[2] == mail(4)
    assert [uid for uid, size in spool.skipped if size > 200_000] == [2]
    wait_until(lambda: flags(dovecot, account.user) == [False])


def test_I1_after_a_new_uidvalidity_nothing_is_doubled_or_missed(own: Dovecot, start: Start) -> None:
    account = Account(own.host, own.port, "none", "alice", lambda: PASSWORD)
    own.append("alice", *(mail(n) for n in range(30)))
    spool = Spool()
    poller = start(account, spool)
    spool.wait_for(30)
    poller.stop()
    poller.join(60)
    before = spool.at
    own.stop()
    home = own.path / "home" / "alice" / "Maildir"
    for file in home.glob("dovecot*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    time.sleep(1.1)  # UIDVALIDITY is a count of seconds
    own.start()
    start(account, spool)
    own.append("alice", *(mail(n) for n in range(30, 40)))
    assert sorted(spool.wait_for(40)) == sorted(mail(n) for n in range(40))
    assert before and spool.at and spool.at.uidvalidity != before.uidvalidity
    assert spool.doubles == 30


@pytest.mark.parametrize("harm", ["kill sessions", "kill", "restart"])
def test_I2_a_broken_connection_is_survived(own: Dovecot, start: Start, harm: str) -> None:
    spool, states = Spool(), []
    start(Account(own.host, own.port, "none", "alice", lambda: PASSWORD), spool, states)
    own.append("alice", mail(1))
    spool.wait_for(1)
    wait_until(lambda: "connected" in states)
    for n in (2, 3):
        if harm == "kill sessions":
            wait_until(own.kill_sessions)
        elif harm == "kill":
            own.kill()
            own.start()
        else:
            own.restart()
        own.append("alice", mail(n))
        spool.wait_for(n)
    assert spool.doubles == 0


def test_I2_an_outage_does_not_spin(own: Dovecot, start: Start) -> None:
    spool = Spool()
    tries: list[int] = []
    poller = Poller(
        Account(own.host, own.port, "none", "alice", lambda: PASSWORD),
        spool,
        backoff=lambda failures: tries.append(failures) or 0.1,
    )
    poller.start()
    own.append("alice", mail(1))
    spool.wait_for(1)
    own.kill()
    used = time.process_time()
    time.sleep(1)
    used = time.process_time() - used
    own.start()
    own.append("alice", mail(2))
    spool.wait_for(2)
    poller.stop()
    poller.join(60)
    assert tries == list(range(1, len(tries) + 1))
    assert len(tries) <= 25
    assert used < 0.7


def test_I3_a_server_that_stands_still_does_not_lose_mail(own: Dovecot, start: Start) -> None:
    spool = Spool()
    start(Account(own.host, own.port, "none", "alice", lambda: PASSWORD), spool)
    own.append("alice", mail(1))
    spool.wait_for(1)
    own.signal(signal.SIGSTOP)
    time.sleep(0.5)
    own.signal(signal.SIGCONT)
    own.append("alice", mail(2))
    spool.wait_for(2)


def test_I5_deleted_mails_confuse_nothing(dovecot: Dovecot, account: Account, start: Start) -> None:
    spool = Spool()
    dovecot.append(account.user, *(mail(n) for n in range(40)))

    def delete_the_last() -> None:
        with dovecot.session(account.user) as imap:
            imap.select("INBOX")
            imap.store("1:2", "+FLAGS", "\\Deleted \\Flagged")
            imap.expunge()

    spool.before = delete_the_last
    start(account, spool)
    spool.wait_for(40)
    spool.before = lambda: None
    dovecot.append(account.user, *(mail(n) for n in range(40, 50)))
    assert spool.wait_for(50) == [mail(n) for n in range(50)]
    uids = [kept.uid for kept in spool.mails]
    assert uids == sorted(set(uids))


def test_I7_a_wrong_password_is_told_once_and_not_tried_again(
    dovecot: Dovecot, account: Account, start: Start
) -> None:
    asked, states = [], []

    def password() -> str:
        asked.append(1)
        return "wrong"

    poller = start(replace(account, password=password), Spool(), states)
    wait_until(lambda: states)
    time.sleep(0.5)
    poller.stop()
    poller.join(60)
    assert states == ["wrong-password", "stopped"]
    assert len(asked) == 1


def test_I8_two_pollers_on_one_mailbox_double_nothing(
    dovecot: Dovecot, account: Account, start: Start
) -> None:
    spool = Spool()
    start(account, spool)
    start(account, spool)
    dovecot.append(account.user, *(mail(n) for n in range(50)))
    spool.wait_for(50)
    time.sleep(0.2)
    assert sorted(kept.content for kept in spool.mails) == sorted(mail(n) for n in range(50))


def test_the_password_comes_from_a_file_or_a_command(
    dovecot: Dovecot, account: Account, start: Start, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\nsecond line\n")
    dovecot.append(account.user, mail(1))
    for password in (from_file(secret), from_command(["cat", str(secret)])):
        spool = Spool()
        start(replace(account, password=password), spool)
        spool.wait_for(1)


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Dovecot, int, Path]]:
    """A Dovecot with TLS: with STARTTLS on its port, and TLS from the start on another; and its certificate."""
    need("dovecot", "openssl")
    with directory("dovecot") as path:
        server, port = Dovecot(path), free_port()
        certificate, key = path / "cert.pem", path / "key.pem"
        make = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ]
        make += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        subprocess.run(
            [*make, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
        )
        config = path / "dovecot.conf"
        text = config.read_text().replace(
            "ssl = no", f"ssl = yes\nssl_cert = <{certificate}\nssl_key = <{key}"
        )
        config.write_text(text.replace("port = 0", f"port = {port}\n    ssl = yes"))
        server.start()
        yield server, port, certificate
        server.stop()


@pytest.mark.parametrize("tls", ["ssl", "starttls"])
def test_I3_mails_come_over_tls_from_a_server_whose_name_is_right(
    secure: tuple[Dovecot, int, Path],
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tls: Literal["ssl", "starttls"],
) -> None:
    server, port, certificate = secure
    user = {"ssl": "alice", "starttls": "bob"}[tls]
    account = Account("localhost", port if tls == "ssl" else server.port, tls, user, lambda: PASSWORD)
    states: list[str] = []
    stranger = start(account, Spool(), states)
    wait_until(lambda: "unreachable" in states)
    told = [str(vars(record)) for record in caplog.records]
    assert sum("the certificate of localhost does not hold: self-signed" in each for each in told) == 1
    stranger.stop()
    stranger.join(60)
    assert "connected" not in states
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    spool, states = Spool(), []
    start(account, spool, states)
    wait_until(lambda: "connected" in states)
    for n in range(1, 4):
        server.append(user, mail(n))
        spool.wait_for(n)
    assert states == ["connected"]


def test_I3_what_is_said_in_the_clear_is_not_taken_for_said_over_tls(
    secure: tuple[Dovecot, int, Path],
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """RFC 3501 section 6.2.1: somebody on the way adds an answer behind that to STARTTLS."""
    _, port, certificate = secure
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = FakeImap("IMAP4rev1 STARTTLS")

    def injected(client: socket.socket, tag: str, command: str) -> bool:
        client.sendall(f"{tag} OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=EVIL\r\n".encode())
        with socket.create_connection(("127.0.0.1", port)) as real, suppress(OSError):
            pump(client, real)
        return True

    server.on["STARTTLS"] = injected
    states: list[str] = []
    start(Account("localhost", server.port, "starttls", "alice", lambda: PASSWORD), Spool(), states)
    wait_until(lambda: states)
    server.close()
    assert states[0] == "unreachable"
    assert any("said more before TLS began" in str(vars(record)) for record in caplog.records)


def pump(one: socket.socket, other: socket.socket) -> None:
    """Hand on bytes in both directions until one side is closed."""
    with selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ, other)
        selector.register(other, selectors.EVENT_READ, one)
        while True:
            for key, _ in selector.select(5):
                if not (piece := key.fileobj.recv(65_536)):  # type: ignore[union-attr]
                    return
                key.data.sendall(piece)
