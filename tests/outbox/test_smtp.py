"""SMTP to a relay: kept connections, every way of being refused, encryption and login."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bridge.errors import Temporary
from bridge.fanout.letter import Letter
from bridge.mail.envelope import Envelope
from bridge.outbox.retry import Answer
from bridge.outbox.smtp import Patience, SmtpTransport
from tests.ground import need
from tests.outbox.relay import CUT, HANG, Relay, certificate

SHORT = Patience(connect=2, command=2, idle=0.05, data=2)


@pytest.fixture
async def relay() -> AsyncIterator[Relay]:
    relay = await Relay().listen()
    yield relay
    await relay.close()


def letter(number: int, content: bytes = b"") -> Envelope:
    body = content or f"Message-ID: <{number}@forum.test>\r\n\r\nHello\r\n".encode()
    content = Letter((body,), f"{number}@forum.test").for_data().fill({})
    return Envelope(f"bounce+{number}@forum.test", (f"p{number}@members.test",), content)


async def send(transport: SmtpTransport, *letters: Envelope) -> list[Answer]:
    answers: list[Answer] = []
    await transport.send(letters, answers.append)
    return answers


def to(relay: Relay, **options: Any) -> SmtpTransport:
    return SmtpTransport("127.0.0.1", relay.port, **{"patience": SHORT, **options})


async def test_many_letters_go_over_one_connection(relay: Relay) -> None:
    transport = to(relay)
    first = await send(transport, *map(letter, range(30)))
    second = await send(transport, *map(letter, range(30, 60)))
    await transport.close()
    assert {answer.code for answer in first + second} == {250}
    assert [mail.recipients[0] for mail in relay.mails] == [f"p{n}@members.test" for n in range(60)]
    assert relay.mails[7].sender == "bounce+7@forum.test"
    assert relay.opened == 1


async def test_an_idle_connection_is_left(relay: Relay) -> None:
    transport = to(relay)
    await send(transport, letter(1))
    await asyncio.wait_for(relay.left.wait(), 5)
    assert (await send(transport, letter(2)))[0].taken
    await transport.close()
    assert relay.opened == 2


async def test_several_sends_have_a_connection_each(relay: Relay) -> None:
    transport = to(relay)
    await asyncio.gather(*(send(transport, letter(n), letter(n + 10)) for n in range(3)))
    await transport.close()
    assert len(relay.mails) == 6
    assert relay.opened == 3


async def test_content_arrives_byte_for_byte(relay: Relay) -> None:
    content = b"Subject: dots\r\n\r\n.\r\n..two\r\n. three\r\nend\r\n"
    transport = to(relay)
    await send(transport, letter(1, content))
    await transport.close()
    assert relay.mails[0].content == content


@pytest.mark.parametrize("stage", ["mail", "rcpt", "dot"])
@pytest.mark.parametrize("reply", ["451 4.7.1 come back later", "550 5.1.1 no such user"])
async def test_O5_a_refusal_touches_one_letter_only(relay: Relay, stage: str, reply: str) -> None:
    relay.say(stage, "", reply)
    transport = to(relay)
    answers = await send(transport, letter(1), letter(2), letter(3))
    await transport.close()
    assert [answer.code for answer in answers] == [250, int(reply[:3]), 250]
    assert str(answers[1]) == reply
    assert [mail.recipients for mail in relay.mails] == [("p1@members.test",), ("p3@members.test",)]
    assert relay.opened == 1


@pytest.mark.parametrize("stage", ["rcpt", "dot"])
async def test_O5_a_cut_counts_as_temporary_and_the_next_letter_goes_on(relay: Relay, stage: str) -> None:
    relay.say(stage, "", CUT)
    transport = to(relay)
    answers = await send(transport, letter(1), letter(2), letter(3))
    await transport.close()
    assert [answer.code for answer in answers] == [250, 421, 250]
    assert relay.opened == 2


async def test_O5_421_ends_the_connection_not_the_sending(relay: Relay) -> None:
    relay.say("rcpt", "421 4.3.2 shutting down")
    transport = to(relay)
    answers = await send(transport, letter(1), letter(2))
    await transport.close()
    assert [answer.code for answer in answers] == [421, 250]


async def test_a_connection_that_died_while_kept_costs_no_attempt(relay: Relay) -> None:
    transport = to(relay, patience=Patience(idle=60))
    await send(transport, letter(1))
    relay.drop_all()
    assert (await send(transport, letter(2)))[0].taken
    relay.say("mail", "421 4.4.2 idle too long")
    assert (await send(transport, letter(3)))[0].taken
    await transport.close()
    assert relay.opened == 3


async def test_a_relay_that_falls_silent_is_given_up(relay: Relay) -> None:
    relay.say("dot", HANG)
    transport = to(relay, patience=Patience(connect=1, command=1, data=0.05))
    answers = await send(transport, letter(1), letter(2))
    await transport.close()
    assert [answer.code for answer in answers] == [421, 250]


async def test_an_address_that_this_relay_cannot_be_told_is_refused(relay: Relay) -> None:
    transport = to(relay)
    odd = Envelope("bounce@forum.test", ("jürgen@members.test",), b"\r\n")
    answers = await send(transport, odd, letter(2))
    await transport.close()
    assert [answer.code for answer in answers] == [553, 250]


async def test_no_relay_at_all_is_said_before_a_letter_is_taken() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        transport = SmtpTransport("127.0.0.1", port, patience=SHORT)
        pulled = iter([letter(1)])
        with pytest.raises(Temporary, match=str(port)):
            await transport.send(pulled, lambda answer: None)
        assert next(pulled)
        await transport.close()


@pytest.mark.parametrize("word", ["554 5.7.1 go away", "421 4.7.0 too busy", CUT, HANG])
async def test_a_relay_that_does_not_greet_is_no_relay(relay: Relay, word: str) -> None:
    relay.say("greeting", word)
    transport = to(relay, patience=Patience(connect=0.1))
    with pytest.raises(Temporary):
        await send(transport, letter(1))
    assert (await send(transport, letter(1)))[0].taken
    await transport.close()


async def test_a_relay_that_wants_a_login_first_refuses_no_letter(relay: Relay) -> None:
    relay.say("mail", "", "530 5.7.0 authentication required")
    transport = to(relay)
    answers: list[Answer] = []
    with pytest.raises(Temporary, match="530"):
        await transport.send([letter(1), letter(2), letter(3)], answers.append)
    await transport.close()
    assert [answer.code for answer in answers] == [250, 451]


async def test_a_relay_of_old_that_knows_helo_only_and_one_that_talks_nonsense() -> None:
    heard: list[bytes] = []

    async def old(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 old.test\r\n")
        while line := await reader.readline():
            heard.append(line[:4])
            known = {b"EHLO": b"502 5.5.1 what?\r\n", b"RCPT": b"sure thing\r\n"}
            writer.write(known.get(line[:4], b"250 ok\r\n"))
        writer.close()

    async with await asyncio.start_server(old, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        transport = SmtpTransport("127.0.0.1", port, patience=SHORT)
        answers = await send(transport, letter(1))
        await transport.close()
    assert heard[:3] == [b"EHLO", b"HELO", b"MAIL"]
    assert answers[0].code == 451


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    need("openssl")
    return certificate(tmp_path_factory.mktemp("certificate"))


async def test_starttls_and_login(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    relay = await Relay().listen(tls_context=contexts[0], require_starttls=True, auth_required=True)
    transport = to(relay, tls="starttls", user="bridge", password=lambda: "sesame", context=contexts[1])
    assert (await send(transport, letter(1)))[0].taken
    await transport.close()
    await relay.close()
    assert (relay.mails[0].tls, relay.mails[0].user) == (True, b"bridge")


async def test_tls_from_the_first_byte(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    relay = await Relay().listen(wrapped=contexts[0], auth_require_tls=False)
    transport = to(relay, tls="ssl", user="bridge", password=lambda: "sesame", context=contexts[1])
    assert (await send(transport, letter(1)))[0].taken
    await transport.close()
    await relay.close()
    assert relay.mails[0].user == b"bridge"


async def test_starttls_is_never_left_out(relay: Relay) -> None:
    transport = to(relay, tls="starttls", user="bridge", password=lambda: "sesame")
    with pytest.raises(Temporary, match="STARTTLS"):
        await send(transport, letter(1))
    assert relay.mails == []
    assert relay.passwords == []


async def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    relay = await Relay().listen(tls_context=contexts[0])
    transport = to(relay, tls="starttls", user="bridge", password=lambda: "sesame")
    with pytest.raises(Temporary, match="certificate"):
        await send(transport, letter(1))
    await relay.close()
    assert relay.passwords == []


async def test_a_wrong_password_holds_the_letters_and_is_asked_anew() -> None:
    words = iter(["wrong", "sesame"])
    open_relay = await Relay().listen(auth_require_tls=False)
    transport = to(open_relay, user="bridge", password=lambda: next(words))
    with pytest.raises(Temporary, match="535"):
        await send(transport, letter(1))
    assert (await send(transport, letter(1)))[0].taken
    await transport.close()
    await open_relay.close()
    assert b"wrong" in open_relay.passwords


async def test_a_password_file_that_is_gone_holds_the_letters(relay: Relay, tmp_path: Path) -> None:
    transport = to(relay, user="bridge", password=(tmp_path / "gone").read_text)
    with pytest.raises(Temporary, match="gone"):
        await send(transport, letter(1))
