"""I1 to I7 against servers that lie, stammer, fall silent and never end: the session dies, the next is well."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from bridge.intake.imap import Cursor, Waits

from .fakeimap import FakeImap
from .readers import Reader, mail
from .spools import wait_until

Fault = Callable[[socket.socket, str], None]
QUICK = Waits(connect=0.3, read=0.15, answer=0.3, idle=0.1)
TIMES = 2
"""How often the server is bad before it is good."""


@pytest.fixture
def server() -> Iterator[FakeImap]:
    fake = FakeImap("IMAP4rev1 IDLE MOVE UIDPLUS")
    fake.add(mail(1))
    yield fake
    fake.close()


@pytest.fixture
def made() -> Iterator[list[Reader]]:
    readers: list[Reader] = []
    yield readers
    for reader in readers:
        reader.end()


def started(made: list[Reader], server: FakeImap, waits: Waits = QUICK, **more: object) -> Reader:
    reader = Reader(server, waits=waits, **more)
    made.append(reader)
    reader.poller.start()
    return reader


def line(client: socket.socket) -> bytes:
    heard = b""
    while not heard.endswith(b"\r\n"):
        heard += client.recv(1)
    return heard


def said(words: bytes) -> Fault:
    return lambda client, tag: client.sendall(words.replace(b"TAG", tag.encode()))


def hung_up(words: bytes) -> Fault:
    def fault(client: socket.socket, tag: str) -> None:
        client.sendall(words)
        client.shutdown(socket.SHUT_RDWR)

    return fault


def without_end(piece: bytes, pause: float = 0.0) -> Fault:
    def fault(client: socket.socket, tag: str) -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            client.sendall(piece)  # until the other side has enough
            time.sleep(pause)

    return fault


FAULTS: dict[str, Fault] = {
    "bye": hung_up(b"* BYE so long\r\n"),
    "bye, and stays": said(b"* BYE so long\r\n"),
    "cut": hung_up(b""),
    "half a line": hung_up(b"* 1 FET"),
    "half a literal": hung_up(b"* 1 FETCH (UID 1 BODY[] {5000}\r\nabc"),
    "silence": said(b""),
    "garbage": said(b"\x00\xff\xfe what?\r\n" * 3),
    "an empty line": said(b"\r\n"),
    "bare line feeds": said(b"* OK hello\nTAG OK done\n"),
    "another's tag": said(b"ZZZZ99 OK done\r\n"),
    "a literal of 99 GB": said(b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\nabc"),
    "a literal of 4,000 digits": said(b"* 1 FETCH (UID 1 BODY[] {" + b"9" * 4000 + b"}\r\nabc"),
    "a literal that is longer than it says": said(
        b"* 1 FETCH (UID 1 BODY[] {3}\r\nabcdefg\r\nhij)\r\nTAG OK done\r\n"
    ),
    "a line without end": without_end(b"x" * 65_536),
    "lines without end": without_end(b"* OK and another thing\r\n" * 1000),
    "a literal without end": without_end(b"* 1 FETCH (UID 1 BODY[] {1000}\r\n" + b"x" * 1000 + b")\r\n"),
    "drops": without_end(b"x", 0.02),
    "a thousand brackets": said(b"* 1 FETCH " + b"(" * 50_000 + b"\r\nTAG OK done\r\n"),
    "no": said(b"TAG NO not now\r\n"),
    "bad": said(b"TAG BAD what is that?\r\n"),
    "a tag alone": said(b"TAG\r\n"),
    "a plus": said(b"+ go on\r\n" * 50),
}
VERBS = ("CAPABILITY", "LOGIN", "SELECT", "SEARCH", "FETCH", "STORE", "IDLE")


@pytest.mark.parametrize("verb", VERBS)
def test_I2_whatever_a_server_says_the_next_session_brings_the_mail(made: list[Reader], verb: str) -> None:
    """All faults side by side, a server each."""
    readers = {name: started(made, _bad(verb, fault), poll_seconds=0.2) for name, fault in FAULTS.items()}

    def well(reader: Reader) -> bool:
        if reader.states[-1:] == ["wrong-password"]:
            reader.poller.retry()  # else it waits five minutes
        return bool(reader.spool.mails) and reader.states[-1:] == ["connected"]

    end = time.monotonic() + 30
    while (ill := [name for name, each in readers.items() if not well(each)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert not ill, [(name, readers[name].states, readers[name].server.commands[-5:]) for name in ill]
    for name, reader in readers.items():
        assert reader.spool.mails[0].content in (mail(1), b"abc", b"x" * 1000), name  # as the server said
        assert len(reader.server.sockets) <= 30, name


def _bad(verb: str, fault: Fault) -> FakeImap:
    """A server that is bad some times, and then good."""
    server, bad = FakeImap("IMAP4rev1 IDLE MOVE UIDPLUS"), list[str]()
    server.add(mail(1))

    def first(client: socket.socket, tag: str, command: str) -> bool:
        if len(bad) >= TIMES:
            return False
        bad.append(command)
        with suppress(OSError):
            fault(client, tag)
        return True

    server.on[verb] = first
    return server


@pytest.mark.parametrize(
    "greeting",
    [b"* BYE no\r\n", b"\r\n", b"220 smtp.test ESMTP\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", b"x" * 2_000_000,
     b"* OK \xff\xfe\r\n* BYE\r\n", b"* PREAUTH welcome\r\n* BYE\r\n", b"* OK half"],
    ids=lambda words: words[:12],
)  # fmt: skip
def test_I2_whatever_greets_the_next_session_brings_the_mail(
    server: FakeImap, made: list[Reader], greeting: bytes
) -> None:
    good, server.greeting = server.greeting, greeting
    reader = started(made, server)
    wait_until(lambda: len(reader.failures) >= 2)
    assert reader.states == ["unreachable"]
    server.greeting = good
    reader.spool.wait_for(1, 20)


def test_I3_a_half_open_connection_is_found(server: FakeImap, made: list[Reader]) -> None:
    """The other side is gone without a word: in IDLE nothing tells of it."""
    reader = started(made, server)
    reader.spool.wait_for(1)
    server.on["IDLE"] = lambda client, tag, _: client.sendall(b"+ idling\r\n") is None and _deaf(client)
    wait_until(lambda: "unreachable" in reader.states)
    del server.on["IDLE"]
    server.add(mail(2))
    reader.spool.wait_for(2)
    assert Waits().idle + Waits().read <= 300


def _deaf(client: socket.socket) -> bool:
    with suppress(OSError):
        while client.recv(1000):
            pass
    return True


@pytest.mark.parametrize("validity", [0, 7])
def test_I1_a_next_uid_that_never_stands_still_causes_no_storm(
    server: FakeImap, made: list[Reader], validity: int
) -> None:
    server.validity = validity

    def restless(client: socket.socket, tag: str, command: str) -> bool:
        server.next += 1
        return False

    server.on["SELECT"] = restless
    reader = started(made, server)
    reader.spool.wait_for(1)
    wait_until(reader.idles)
    assert len([each for each in server.commands if each.startswith("SELECT")]) <= 8


def test_I1_without_uidvalidity_a_session_reads_each_mail_once(server: FakeImap, made: list[Reader]) -> None:
    server.validity = 0
    server.add(mail(2), mail(3))
    reader = started(made, server)
    reader.spool.wait_for(3)
    wait_until(lambda: reader.idles() >= 3)
    fetches = [each for each in server.commands if "PEEK" in each]
    assert len(fetches) == 1
    server.cut()  # the numbers may be others now: all is read again, and nothing doubled
    server.add(mail(4))
    reader.spool.wait_for(4)
    assert len(reader.spool.mails) == 4
    assert reader.spool.doubles == 3


def test_I1_mails_below_the_cursor_are_not_asked_for_again(server: FakeImap, made: list[Reader]) -> None:
    """`UID 5:*` is answered with the last mail even where that is 1."""
    reader = Reader(server, waits=QUICK)
    reader.spool.at = Cursor(7, 4)
    made.append(reader)
    reader.poller.start()
    wait_until(lambda: reader.idles() >= 3)
    assert not [each for each in server.commands if "FETCH" in each]
    assert reader.spool.at == Cursor(7, 4)


@pytest.mark.parametrize(
    ("state", "told"),
    [("* OK [READ-ONLY] look, do not touch\r\n", "may only be read"),
     ("* OK [PERMANENTFLAGS (\\Answered)] limited\r\n", "keeps no ")],
)  # fmt: skip
def test_I3_a_folder_that_takes_no_marks_is_read_and_told_once(
    server: FakeImap, made: list[Reader], caplog: pytest.LogCaptureFixture, state: str, told: str
) -> None:
    server.state = state
    reader = started(made, server)
    reader.spool.wait_for(1)
    server.add(mail(2))
    reader.spool.wait_for(2)
    wait_until(lambda: reader.idles() >= 3)
    assert not [each for each in server.commands if "STORE" in each]
    assert sum(told in str(vars(record)) for record in caplog.records) == 1


@pytest.mark.parametrize("capability", ["IMAP4rev1 IDLE", "IMAP4rev1 IDLE UIDPLUS"])
def test_I4_where_there_is_no_move_mails_are_copied_and_deleted(
    server: FakeImap, made: list[Reader], capability: str
) -> None:
    server.capability = capability
    reader = started(made, server, done_folder="Done Mails")
    reader.spool.wait_for(1)
    wait_until(lambda: any("STORE" in each for each in server.commands))
    wait_until(reader.idles)
    assert 'CREATE "Done Mails"' in server.commands
    assert 'UID COPY 1 "Done Mails"' in server.commands
    # A plain EXPUNGE would take what others have marked.
    assert [each for each in server.commands if "EXPUNGE" in each] == (
        ["UID EXPUNGE 1"] if "UIDPLUS" in capability else []
    )


@pytest.mark.parametrize(
    ("verb", "more", "told"),
    [("SELECT", {}, "the folder 'INBOX' cannot be opened"),
     ("CREATE", {"done_folder": "Done"}, "done_folder 'Done' is not there and cannot be made")],
)  # fmt: skip
def test_I2_a_folder_that_is_not_there_is_named(
    server: FakeImap,
    made: list[Reader],
    caplog: pytest.LogCaptureFixture,
    verb: str,
    more: dict[str, object],
    told: str,
) -> None:
    server.on[verb] = lambda client, tag, _: (
        client.sendall(f"{tag} NO gone (0.00{tag[-1]} s)\r\n".encode()) is None
    )
    reader = started(made, server, **more)
    wait_until(lambda: len(reader.failures) >= 5)
    assert sum(told in str(vars(record)) for record in caplog.records) == 1
    server.on.clear()
    reader.spool.wait_for(1)


def sizes(words: str) -> Callable[[socket.socket, str, str], bool]:
    """Answer each question for the sizes of three mails with these words for the second."""

    def answer(client: socket.socket, tag: str, command: str) -> bool:
        if "RFC822.SIZE" not in command:
            return False
        lines = [f"* {uid} FETCH (UID {uid} RFC822.SIZE 24)" for uid in (1, 3)]
        client.sendall("\r\n".join([*lines, words, f"{tag} OK done", ""]).encode())
        return True

    return answer


@pytest.mark.parametrize(
    "words",
    ["* 9 EXISTS", "* 2 FETCH (UID 2 FLAGS ())", "* 2 FETCH (UID 2 RFC822.SIZE NIL)",
     "* 2 FETCH (UID 2 RFC822.SIZE 0)", "* 2 FETCH (UID 77 RFC822.SIZE 5)", "* 2 FETCH (UID 2 RFC822.SIZE -5)",
     "* 2 FETCH (UID 2 RFC822.SIZE many)", "* 2 FETCH (UID 2 RFC822.SIZE 5 RFC822.SIZE 6)",
     '* 2 FETCH (UID 2 RFC822.SIZE "12")', "* 2 FETCH (UID 2 RFC822.SIZE 1)"],
)  # fmt: skip
def test_I5_a_mail_whose_size_is_not_told_is_not_lost(
    server: FakeImap, made: list[Reader], words: str
) -> None:
    server.add(mail(2), mail(3))
    server.on["FETCH"] = sizes(words)
    reader = started(made, server)
    assert reader.spool.wait_for(3) == [mail(1), mail(2), mail(3)]
    assert reader.spool.skipped == []


def test_I4_a_mail_much_larger_than_the_server_said_is_skipped(server: FakeImap, made: list[Reader]) -> None:
    server.mails[1] = b"x" * 9_000_000
    server.add(mail(2), mail(3))
    server.on["FETCH"] = sizes("* 2 FETCH (UID 2 RFC822.SIZE 24)")
    reader = started(made, server, Waits(read=2, idle=0.2), size_limit=100_000)
    assert reader.spool.wait_for(2, 20) == [mail(2), mail(3)]
    assert reader.spool.skipped == [(1, 24)]


def test_I5_answers_about_other_mails_are_not_mixed_up(server: FakeImap, made: list[Reader]) -> None:
    server.add(*(mail(n) for n in range(2, 6)))

    def chatty(client: socket.socket, tag: str, command: str) -> bool:
        client.sendall(
            b"* 1 EXPUNGE\r\n* 9 EXISTS\r\n* 3 FETCH (FLAGS (\\Seen))\r\n"
            b"* 2 FETCH (UID 99 BODY[] {5}\r\nalien)\r\n* SEARCH 1 2 3\r\n* FLAGS (\\Odd)\r\n"
        )
        if "PEEK" in command:
            for uid in reversed(server._asked(command)):  # in another order, and flags in a line of their own
                client.sendall(server._fetched(uid, command))
                client.sendall(b"* %d FETCH (UID %d FLAGS (\\Recent))\r\n" % (uid, uid))
            client.sendall(f"{tag} OK done\r\n".encode())
            return True
        return False

    server.on["FETCH"] = chatty
    reader = started(made, server)
    assert reader.spool.wait_for(5) == [mail(n) for n in range(1, 6)]
    assert [each.uid for each in reader.spool.mails] == [1, 2, 3, 4, 5]


def test_I6_a_date_that_is_none_costs_no_mail(server: FakeImap, made: list[Reader]) -> None:
    def odd(client: socket.socket, tag: str, command: str) -> bool:
        if "INTERNALDATE" in command:
            client.sendall(
                b'* 1 FETCH (UID 1 INTERNALDATE "01-Jan-2024 00:00:00 +9999" BODY[] {3}\r\nabc)\r\n'
                + f"{tag} OK done\r\n".encode()
            )
            return True
        return False

    server.on["FETCH"] = odd
    reader = started(made, server)
    assert reader.spool.wait_for(1) == [mail(1)]


def test_I6_many_poisoned_mails_hold_up_the_rest_for_seconds_each(
    server: FakeImap, made: list[Reader]
) -> None:
    """Getting on by one mail ends the count of failures: the pauses do not grow from mail to mail."""
    server.add(*(mail(n) for n in range(2, 21)))

    def poison(client: socket.socket, tag: str, command: str) -> bool:
        if "PEEK" in command and any(uid % 2 for uid in server._asked(command)):
            client.sendall(f"* 3 FETCH (UID 3 BODY[] ((\r\n{tag} OK done\r\n".encode())
            return True
        return False

    server.on["FETCH"] = poison
    reader = started(made, server)
    assert reader.spool.wait_for(10, 20) == [mail(n) for n in range(2, 21, 2)]
    assert [uid for uid, _ in reader.spool.skipped] == list(range(1, 21, 2))[: len(reader.spool.skipped)]
    assert max(reader.failures) <= 4


def test_I7_another_password_in_the_file_is_tried_by_itself(
    server: FakeImap, made: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bridge.intake.imap.LOOK_SECONDS", 0.02)
    held = ["old"]

    def login(client: socket.socket, tag: str, command: str) -> bool:
        if "new" in command:
            return False
        client.sendall(f"{tag} NO [AUTHENTICATIONFAILED] no\r\n".encode())
        return True

    server.on["LOGIN"] = login
    reader = started(made, server, password=lambda: held[0], watched=lambda: held[0])
    wait_until(lambda: reader.states == ["wrong-password"])
    time.sleep(0.2)
    assert sum(each.startswith("LOGIN") for each in server.commands) == 1
    held[0] = "new"
    reader.spool.wait_for(1)


def test_I7_an_expired_token_is_told_once_and_asks_for_no_more(
    server: FakeImap, made: list[Reader], caplog: pytest.LogCaptureFixture
) -> None:
    server.capability = "IMAP4rev1 IDLE AUTH=XOAUTH2"
    answers: list[bytes] = []

    def refuse(client: socket.socket, tag: str, command: str) -> bool:
        for challenge in (b"+ \r\n", b"+ eyJzdGF0dXMiOiI0MDEifQ==\r\n"):
            client.sendall(challenge)
            answers.append(line(client))
        client.sendall(f"{tag} NO [AUTHENTICATIONFAILED] expired\r\n".encode())
        return True

    server.on["AUTHENTICATE"] = refuse
    asked: list[int] = []
    reader = started(made, server, password=None, oauth_token=lambda: asked.append(1) or "token")
    wait_until(lambda: reader.states == ["wrong-password"])
    time.sleep(0.1)
    assert len(asked) == 1
    assert answers[1] == b"\r\n", "the challenge that carries the reason wants an empty answer"
    assert "the server refuses token (AUTHENTICATIONFAILED)" in str([vars(each) for each in caplog.records])


def test_I7_a_password_that_login_cannot_carry(server: FakeImap, made: list[Reader]) -> None:
    server.capability = "IMAP4rev1 IDLE AUTH=PLAIN"
    heard: list[bytes] = []

    def plain(client: socket.socket, tag: str, command: str) -> bool:
        client.sendall(b"+ \r\n")
        heard.append(line(client))
        client.sendall(f"{tag} OK in\r\n".encode())
        return True

    server.on["AUTHENTICATE"] = plain
    reader = started(made, server, password=lambda: 'grün"\\ß')
    reader.spool.wait_for(1)
    assert heard == [b"AGFubgBncsO8biJcw58=\r\n"]


def test_I2_a_server_that_is_away_for_hours_is_looked_for_every_half_minute(
    server: FakeImap, made: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mail is to be here a minute after its return; one that answers, and is in trouble, is left alone longer."""
    monkeypatch.setattr("bridge.intake.imap.MANY", 3)
    server.greeting = b""
    reader = started(made, server, Waits(connect=0.02, read=0.02))
    wait_until(lambda: len(reader.failures) > 5)
    assert max(reader.failures) == 3
    server.greeting = b"* BYE overloaded\r\n"
    wait_until(lambda: reader.failures[-1] > 4)
