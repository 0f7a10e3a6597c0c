"""The dialogue with a relay that pipelines: what it hears in which write, and what each reply means."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bridge.fanout.letter import Letter
from bridge.mail.envelope import Envelope
from bridge.outbox.dialogue import Dialogue, Patience
from bridge.outbox.gate import SLOW, Gate
from bridge.outbox.retry import Answer

ENVELOPE = b"250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go on\r\n"
TAKEN = b"250 2.0.0 kept\r\n"


class Wire(asyncio.Transport):
    """A transport that keeps each write."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []
        self.closed = False

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.writes.append(bytes(data))

    def is_closing(self) -> bool:
        return self.closed

    def abort(self) -> None:
        if not self.closed:
            self.closed = True
            assert isinstance(self.protocol, Dialogue)
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)


class Talk:
    """A dialogue under way with so many letters; `hear` is what the relay says."""

    def __init__(self, count: int, gate: Gate | None = None, offers: str = "pipelining") -> None:
        self.wire, self.answers = Wire(), list[Answer]()
        self.dialogue = Dialogue(self.wire, offers.split(), Patience(), gate or Gate())
        letters = iter([letter(number) for number in range(1, count + 1)])
        self.sending = asyncio.create_task(self.dialogue.carry(letters, self.answers.append))

    async def hear(self, said: bytes) -> bytes:
        """What it writes upon that, as one write or none."""
        before = len(self.wire.writes)
        self.dialogue.data_received(said)
        await asyncio.sleep(0)
        assert len(self.wire.writes) <= before + 1
        return b"".join(self.wire.writes[before:])

    def codes(self) -> list[int]:
        return [answer.code for answer in self.answers]


def letter(number: int) -> Envelope:
    content = Letter((b"Subject: %d\r\n\r\n.dot\r\n" % number,), "x").for_data().fill({})
    return Envelope(f"b+{number}@forum.test", (f"p{number}@members.test",), content)


def envelope(number: int) -> bytes:
    return b"MAIL FROM:<b+%d@forum.test>\r\nRCPT TO:<p%d@members.test>\r\nDATA\r\n" % (number, number)


def content(number: int) -> bytes:
    return b"Subject: %d\r\n\r\n..dot\r\n" % number


async def started(talk: Talk) -> bytes:
    await asyncio.sleep(0)
    return talk.wire.writes[0]


async def test_a_letter_and_the_next_ones_envelope_are_one_write() -> None:
    talk = Talk(3)
    assert await started(talk) == envelope(1)
    assert await talk.hear(ENVELOPE) == content(1) + b".\r\n" + envelope(2)
    assert await talk.hear(TAKEN + ENVELOPE) == content(2) + b".\r\n" + envelope(3)
    assert await talk.hear(TAKEN + ENVELOPE) == content(3) + b".\r\n"
    assert await talk.hear(TAKEN) == b""
    assert await talk.sending == []
    assert talk.codes() == [250, 250, 250]


async def test_replies_may_come_in_any_pieces() -> None:
    talk = Talk(2)
    await started(talk)
    for byte in ENVELOPE + TAKEN.replace(b"250 ", b"250-2.0.0 now\r\n250 ") + ENVELOPE + TAKEN:
        talk.dialogue.data_received(bytes([byte]))
    assert await talk.sending == []
    assert [str(answer) for answer in talk.answers] == ["250 2.0.0 now 2.0.0 kept", "250 2.0.0 kept"]


@pytest.mark.parametrize(
    "replies",
    [
        b"451 4.1.8 later\r\n503 no sender\r\n503 no recipient\r\n",
        b"250 ok\r\n550 5.1.1 nobody\r\n503 5.5.1 no recipients\r\n",
        b"250 ok\r\n250 ok\r\n552 5.3.4 too large\r\n",
    ],
)
async def test_O5_a_refusal_in_a_group_touches_one_letter(replies: bytes) -> None:
    talk = Talk(2)
    await started(talk)
    assert await talk.hear(replies) == b"RSET\r\n" + envelope(2)
    await talk.hear(b"250 ok\r\n" + ENVELOPE)
    await talk.hear(TAKEN)
    assert await talk.sending == []
    assert talk.codes()[1] == 250
    assert talk.codes()[0] in (451, 550, 552)


async def test_O5_a_relay_that_wants_the_content_of_a_refused_letter_gets_a_dot_alone() -> None:
    talk = Talk(2)
    await started(talk)
    assert await talk.hear(b"250 ok\r\n550 5.1.1 nobody\r\n354 go on\r\n") == b".\r\n" + envelope(2)
    await talk.hear(b"554 5.5.1 no valid recipients\r\n" + ENVELOPE)
    await talk.hear(TAKEN)
    assert await talk.sending == []
    assert [str(answer) for answer in talk.answers] == ["550 5.1.1 nobody", "250 2.0.0 kept"]


async def test_O5_a_cut_leaves_one_letter_in_doubt_and_gives_back_what_was_not_begun() -> None:
    talk = Talk(3)
    await started(talk)
    await talk.hear(ENVELOPE)
    await talk.hear(TAKEN + ENVELOPE)  # the second is written, the envelope of the third as well
    talk.wire.abort()
    assert [left.sender for left in await talk.sending] == ["b+3@forum.test"]
    assert talk.codes() == [250, 421]


@pytest.mark.parametrize("words", [b"SSH-2.0-none\r\n", b"999 what\r\n", b"x" * 5000])
async def test_what_is_not_smtp_ends_the_connection(words: bytes) -> None:
    talk = Talk(1)
    await started(talk)
    await talk.hear(words)
    assert await talk.sending == []
    assert talk.codes() == [451]
    assert not talk.dialogue.alive


async def test_an_address_that_could_begin_a_command_is_not_written() -> None:
    wire, answers = Wire(), list[Answer]()
    dialogue = Dialogue(wire, ("pipelining",), Patience(), Gate())
    odd = Envelope("b@forum.test", ("a@b.test>\r\nRCPT TO:<c@d.test",), b"\r\n")
    assert await dialogue.carry(iter([odd, odd]), answers.append) == []
    assert [answer.code for answer in answers] == [553, 553]
    assert wire.writes == []


async def test_a_fault_in_filling_a_letter_ends_the_sending() -> None:
    def letters(fault: Callable[[], Envelope]) -> object:
        yield letter(1)
        yield fault()

    def broken() -> Envelope:
        raise ZeroDivisionError

    dialogue = Dialogue(Wire(), ("pipelining",), Patience(), Gate())
    with pytest.raises(ZeroDivisionError):
        await dialogue.carry(letters(broken), lambda answer: None)  # type: ignore[arg-type]
    assert not dialogue.alive


async def test_D3_of_two_connections_one_letter_is_in_doubt() -> None:
    gate = Gate()
    first, second = Talk(2, gate), Talk(1, gate)
    await started(first)
    assert await first.hear(ENVELOPE) == content(1) + b".\r\n" + envelope(2)
    assert await second.hear(ENVELOPE) == content(1)  # without its dot
    assert await first.hear(TAKEN) == b""
    assert second.wire.writes[-1] == b".\r\n"
    assert await first.hear(ENVELOPE) == content(2)
    second.wire.abort()  # in doubt, and now it never will be known
    await asyncio.sleep(0)
    assert second.codes() == [421]
    assert first.wire.writes[-1] == b".\r\n"
    await first.hear(TAKEN)
    assert await first.sending == []


async def test_a_slow_relay_gets_the_next_letter_before_its_answer() -> None:
    gate = Gate()
    gate._usual = 2 * SLOW
    talks = [Talk(1, gate) for _ in range(3)]
    await started(talks[0])
    for talk in talks:
        await talk.hear(ENVELOPE)
    talks[1].wire.abort()  # it waits no longer
    async with asyncio.timeout(10):
        while not talks[2].wire.writes[-1].endswith(b".\r\n") or len(talks[2].wire.writes) < 3:  # noqa: ASYNC110
            await asyncio.sleep(SLOW)
    assert talks[1].codes() == [421]
    for talk in (talks[0], talks[2]):
        await talk.hear(TAKEN)
        assert talk.codes() == [250]
