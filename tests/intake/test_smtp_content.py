"""S1, S3, S6: what ends a mail, and what a mail may hold."""

from __future__ import annotations

import asyncio

import pytest

from bridge.errors import Permanent
from bridge.intake.content import Content

from .doors import MAIL, OURS, Mailroom, open_door

LOOKALIKES = [
    b"\n.\n",
    b"\n.\r\n",
    b"\r\n.\n",
    b"\r.\r",
    b"\r.\r\n",
    b"\r\n.\r",
    b"\n\n.\n\n",
    b"\r\r\n.\r\r\n",
    b"\r\n.\r\r\n",
    b"\n\r.\n\r",
    b"\r\n\x00.\r\n\n",
]
SMUGGLED = (
    b"MAIL FROM:<x@evil.example>\r\nRCPT TO:<general@forum.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nx"
)


@pytest.mark.parametrize("lookalike", LOOKALIKES, ids=repr)
@pytest.mark.parametrize("segments", [False, True], ids=["one segment", "a segment each byte"])
async def test_S1_only_crlf_dot_crlf_ends_a_mail(lookalike: bytes, segments: bool) -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.begin()
        pieces = [bytes([byte]) for byte in lookalike] if segments else [lookalike]
        await client.send(MAIL.rstrip(b"\r\n"), *pieces, SMUGGLED)
        await client.send(b"\r\n.\r\n")
        assert (await client.reply()).startswith("550 5.6.11 ")
        assert (await client.say("NOOP")).startswith("250 ")
    assert room.kept == []


@pytest.mark.parametrize("bare", [b"a\rb", b"a\nb", b"\n", b"\r", b"a\r\r\n", b"\n\r"], ids=repr)
async def test_S1_a_bare_cr_or_lf_is_refused(bare: bytes) -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.begin()
        assert (await client.say(MAIL + bare + b"\r\n.")).startswith("550 5.6.11 ")
    assert room.kept == []


async def test_S1_the_end_may_come_in_pieces() -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.begin()
        await client.send(MAIL[:-2], b"\r", b"\n", b".", b"\r", b"\n")
        assert (await client.reply()).startswith("250 ")
    assert [arrival.envelope.content for arrival in room.kept] == [MAIL]


@pytest.mark.parametrize("command", [b"NOOP\n", b"RCPT TO:<general@forum.example>\n", b"\n"], ids=repr)
async def test_S1_a_command_ended_by_a_bare_lf_ends_the_conversation(command: bytes) -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.say("EHLO home.example")
        await client.send(command)
        assert (await client.reply()).startswith("521 5.5.2 ")
        assert await client.ended()


@pytest.mark.parametrize(
    "command", [b"NO\rOP", b"NOOP a\rb", b"MAIL FROM:<a\x00@b.example>", b"\x00"], ids=repr
)
async def test_S1_controls_in_a_command_are_refused(command: bytes) -> None:
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        assert (await client.say(command))[0] == "5"


async def test_S3_a_cut_before_the_end_keeps_nothing() -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        for cut in (b"", MAIL, MAIL + b".", MAIL + b".\r"):
            client = await knock()
            await client.begin()
            await client.send(cut)
            client.writer.write_eof()
            assert await client.ended()
        assert room.kept == []


async def test_S3_a_cut_after_the_dot_does_not_break_the_keeping() -> None:
    room = Mailroom(gate=asyncio.Event())
    async with open_door(room) as (door, knock):
        client = await knock()
        await client.begin()
        await client.send(MAIL + b".\r\n")
        await room.entered.wait()
        client.reset()
        await client.reply()
        async with asyncio.timeout(5):
            while door.connections:  # noqa: ASYNC110 (the door tells no one)
                await asyncio.sleep(0.001)
        assert room.gate
        room.gate.set()
        await door.stop(5)
    assert len(room.kept) == 1


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\r\n",
        b"Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n...\r\n",
        b"Subject: bytes\r\n\r\n" + bytes(b for b in range(256) if b not in b"\r\n") + b"\r\n",
        b"Subject: long\r\n\r\n" + b"x" * 998 + b"\r\n" + b"y" * 5000 + b"\r\n",
        b"Subject: many\r\n\r\n" + b"line\r\n" * 30_000,
    ],
    ids=["empty", "newline", "dots", "8-bit", "long lines", "many lines"],
)
async def test_S6_a_mail_is_kept_byte_for_byte(mail: bytes) -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.begin(*OURS[:2])
        stuffed = (b"\r\n" + mail).replace(b"\r\n.", b"\r\n..")[2:]
        assert (await client.say(stuffed + b".")).startswith("250 ")
    (arrival,) = room.kept
    assert arrival.envelope.content == mail
    assert (arrival.envelope.sender, arrival.envelope.recipients) == ("ann@home.example", OURS[:2])
    assert (arrival.via, arrival.peer) == ("smtp", "127.0.0.1")


def test_S6_any_cutting_of_the_stream_gives_the_same_mail() -> None:
    stream = b"a\r\n..b\r\n.\r\nQUIT\r\n"
    for cut in range(len(stream)):
        content = Content(100)
        after = content.feed(stream[:cut])
        if after is None:
            after = content.feed(stream[cut:])
        else:
            after += stream[cut:]
        assert (content.take(), after) == (b"a\r\n.b\r\n", b"QUIT\r\n")


def test_S7_a_mail_too_big_is_not_held_in_memory() -> None:
    content = Content(1000)
    for _ in range(100):
        assert content.feed(b"x" * 998 + b"\r\n") is None
    assert sum(map(len, content._pieces)) + len(content._open) < 2100
    assert content.feed(b".\r\nNOOP\r\n") == b"NOOP\r\n"
    with pytest.raises(Permanent) as refusal:
        content.take()
    assert refusal.value.reply.startswith("552 5.3.4")
