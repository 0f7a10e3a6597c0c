"""I2 to I7 against a server that behaves badly; tests/e2e/test_imap.py has a real one."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from bridge.errors import BridgeError
from bridge.intake.imap import Cursor, backoff, from_command, from_file
from bridge.intake.mailbox import BATCH_MAILS

from .fakeimap import FakeImap
from .readers import Reader, mail
from .spools import wait_until


@pytest.fixture
def server() -> Iterator[FakeImap]:
    fake = FakeImap()
    yield fake
    fake.close()


@pytest.fixture
def reader(server: FakeImap) -> Iterator[Reader]:
    made = Reader(server)
    yield made
    made.end()


def test_mails_come_with_their_date_and_cursor(server: FakeImap, reader: Reader) -> None:
    server.add(mail(1), mail(2))
    reader.poller.start()
    assert reader.spool.wait_for(2) == [mail(1), mail(2)]
    assert reader.spool.mails[0].received == 1704157445 * 1_000_000
    assert reader.spool.at == Cursor(7, 2)
    wait_until(reader.idles)
    server.add(mail(3))
    server.tell("* 3 EXISTS")
    reader.spool.wait_for(3)
    assert "BODY.PEEK[]" in " ".join(server.commands)
    assert not [command for command in server.commands if "BODY[]" in command]


def test_D2_seen_only_after_the_mail_is_kept(server: FakeImap, reader: Reader) -> None:
    server.add(mail(1))
    stored: list[bool] = []
    reader.spool.before = lambda: stored.append(any("STORE" in command for command in server.commands))
    reader.poller.start()
    wait_until(lambda: any("STORE 1 +FLAGS" in command for command in server.commands))
    assert stored == [False]


def test_I2_a_server_that_closes_in_idle_causes_no_storm(server: FakeImap, reader: Reader) -> None:
    reader.poller.start()
    for n in range(3):
        wait_until(lambda n=n: reader.idles() > n)
        server.cut()
        wait_until(lambda n=n: server.logins > n + 1)
    assert server.logins <= 5
    assert reader.states[:3] == ["connected", "unreachable", "connected"]
    assert reader.failures[:3] == [1, 2, 3]


def test_I2_a_server_that_ends_idle_at_once_causes_no_storm(server: FakeImap, reader: Reader) -> None:
    def over(client: socket.socket, tag: str, command: str) -> bool:
        client.sendall(b"+ idling\r\n* OK still here\r\n")
        client.recv(100)
        client.sendall(f"{tag} OK done\r\n".encode())
        return True

    server.on["IDLE"] = over
    reader.poller.start()
    wait_until(lambda: reader.idles() >= 3)
    time.sleep(0.3)
    assert reader.idles() <= 4


def test_I3_news_in_the_same_breath_as_the_begin_of_idle_is_heard(server: FakeImap, reader: Reader) -> None:
    def news(client: socket.socket, tag: str, command: str) -> bool:
        if not server.mails:
            server.add(mail(1))
            client.sendall(b"+ idling\r\n* 1 EXISTS\r\n")
            assert client.recv(100) == b"DONE\r\n"
            client.sendall(f"{tag} OK done\r\n".encode())
            return True
        return False

    server.on["IDLE"] = news
    reader.poller.start()
    reader.spool.wait_for(1)


def test_I3_news_that_another_command_brings_is_heard(server: FakeImap, reader: Reader) -> None:
    """The answer to STORE says EXISTS: a server need not say it again in IDLE."""

    def news(client: socket.socket, tag: str, command: str) -> bool:
        if len(server.mails) == 1:
            server.add(mail(2))
            client.sendall(f"* 2 EXISTS\r\n{tag} OK done\r\n".encode())
            return True
        return False

    server.on["STORE"] = news
    server.add(mail(1))
    reader.poller.start()
    reader.spool.wait_for(2)


def test_I3_the_folder_is_looked_at_in_idle_too(server: FakeImap) -> None:
    reader = Reader(server, poll_seconds=0.05)
    reader.poller.start()
    wait_until(reader.idles)
    server.add(mail(1))
    reader.spool.wait_for(1)
    reader.poller.stop()
    reader.poller.join(60)


def test_I2_an_answer_that_makes_no_sense_is_survived(server: FakeImap, reader: Reader) -> None:
    server.on["CAPABILITY"] = lambda client, tag, _: client.sendall(f"{tag} OK done\r\n".encode()) is None
    server.capability = ""
    reader.poller.start()
    wait_until(lambda: len(reader.failures) >= 2)
    server.on.clear()
    server.capability = "IMAP4rev1"
    server.add(mail(1))
    reader.spool.wait_for(1)


def test_I5_a_mail_deleted_before_it_is_fetched_is_passed_over(server: FakeImap, reader: Reader) -> None:
    server.add(*(mail(n) for n in range(1, 6)))

    def gone(client: socket.socket, tag: str, command: str) -> bool:
        if "PEEK" in command:
            server.mails.pop(3, None)
            client.sendall(b"* 9 FETCH (UID 99 FLAGS (\\Seen))\r\n* 2 FETCH (FLAGS ())\r\n")
        return False

    server.on["FETCH"] = gone
    reader.poller.start()
    assert reader.spool.wait_for(4) == [mail(1), mail(2), mail(4), mail(5)]


def test_I6_a_mail_that_cannot_be_read_is_skipped_after_three_tries(server: FakeImap, reader: Reader) -> None:
    server.add(*(mail(n) for n in range(1, BATCH_MAILS + 5)))

    def poison(client: socket.socket, tag: str, command: str) -> bool:
        if "PEEK" in command and 3 in server._asked(command):
            client.sendall(f"* 3 FETCH (UID 3 BODY[] ((\r\n{tag} OK done\r\n".encode())
            return True
        return False

    server.on["FETCH"] = poison
    reader.poller.start()
    kept = reader.spool.wait_for(BATCH_MAILS + 3)
    assert mail(3) not in kept and len(set(kept)) == BATCH_MAILS + 3
    assert reader.spool.skipped == [(3, len(mail(3)))]
    tries = [command for command in server.commands if "FETCH 3 (BODY.PEEK" in command]
    assert len(tries) == 3


def test_I6_a_mail_without_body_that_is_still_there_is_not_passed_over_at_once(
    server: FakeImap, reader: Reader
) -> None:
    server.add(mail(1))
    tries: list[str] = []

    def bodiless(client: socket.socket, tag: str, command: str) -> bool:
        if "PEEK" in command and len(tries) < 2:
            tries.append(command)
            client.sendall(f"* 1 FETCH (UID 1 BODY[] NIL)\r\n{tag} OK done\r\n".encode())
            return True
        return False

    server.on["FETCH"] = bodiless
    reader.poller.start()
    assert reader.spool.wait_for(1) == [mail(1)]
    assert reader.spool.skipped == []


def test_I7_a_refused_password_waits(server: FakeImap, reader: Reader) -> None:
    server.on["LOGIN"] = lambda client, tag, _: client.sendall(f"{tag} NO no\r\n".encode()) is None
    reader.poller.start()
    wait_until(lambda: reader.states)
    time.sleep(0.1)
    assert reader.states == ["wrong-password"]
    assert server.commands.count('LOGIN ann "secret"') + server.commands.count("LOGIN ann secret") <= 1
    assert len([command for command in server.commands if command.startswith("LOGIN")]) == 1


@pytest.mark.parametrize("trouble", ["NO [UNAVAILABLE] later", "cut"])
def test_I7_trouble_while_logging_in_is_no_wrong_password(
    server: FakeImap, reader: Reader, trouble: str
) -> None:
    def login(client: socket.socket, tag: str, command: str) -> bool:
        if len(server.sockets) > 1:
            return False
        if trouble == "cut":
            server.cut()
        else:
            client.sendall(f"{tag} {trouble}\r\n".encode())
        return True

    server.on["LOGIN"] = login
    server.add(mail(1))
    reader.poller.start()
    reader.spool.wait_for(1)
    assert reader.states[0] == "unreachable"


def test_a_token_is_asked_anew_for_each_session(server: FakeImap) -> None:
    server.capability = "IMAP4rev1 IDLE SASL-IR AUTH=OAUTHBEARER AUTH=XOAUTH2"
    said: list[bytes] = []

    def authenticate(client: socket.socket, tag: str, command: str) -> bool:
        client.sendall(b"+ \r\n")
        said.append(b"")
        while not said[-1].endswith(b"\r\n"):
            said[-1] += client.recv(1000)
        client.sendall(f"{tag} OK done\r\n".encode())
        return True

    server.on["AUTHENTICATE"] = authenticate
    tokens = iter(["one", "two", "three"])
    reader = Reader(server, oauth_token=lambda: next(tokens))
    reader.poller.start()
    wait_until(reader.idles)
    server.cut()
    wait_until(lambda: len(said) == 2)
    reader.poller.stop()
    reader.poller.join(60)
    assert [command for command in server.commands if command == "AUTHENTICATE OAUTHBEARER"]
    assert said[0] != said[1]


def test_a_reader_may_be_stopped_before_it_begins_and_twice(server: FakeImap, reader: Reader) -> None:
    reader.poller.stop()
    reader.poller.stop()
    reader.poller.start()
    wait_until(lambda: reader.states == ["stopped"])
    reader.poller.stop()


def test_the_back_off_grows_to_five_minutes() -> None:
    assert 0.75 <= backoff(1) <= 1.25
    assert 3 <= backoff(3) <= 5
    assert 22 <= backoff(20) <= 38
    assert 180 <= backoff(1000) <= 300


def test_a_password_that_cannot_be_had_is_told_without_itself(tmp_path) -> None:
    path = tmp_path / "secret"
    path.write_text("pass word \r\nsecond\n")
    assert from_file(path)() == "pass word "
    assert from_command(["printf", "token\\nmore"])() == "token"
    for secret in (from_file(tmp_path / "none"), from_command(["false"]), from_command(["/no/such/program"])):
        with pytest.raises(BridgeError):
            secret()
