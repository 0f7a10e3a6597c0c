"""What crosses the pipe between daemon and reader comes as it was given."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from bridge.mail.message import Message
from bridge.mail.triage import Own
from bridge.mailroom import record
from bridge.mailroom.reader import SAMPLE
from bridge.mailroom.reading import read, understand
from bridge.reply.known import DOUBTED, Known, KnownPost, Sightings

OWN = Own("forum.example", frozenset({"general@forum.example", "news@forum.example"}), archive=True)
FORWARD = (
    b"From: Bo <bo@members.example>\nTo: Ada <ada@members.example>, general@forum.example\nCc: cy@members.example\n"
    b"Subject: Fwd: Tools\nMessage-ID: <2@members.example>\nReferences: <1@members.example>\nMIME-Version: 1.0\n"
    b'Date: Mon, 02 Nov 2026 10:00:00 +0000\nContent-Type: multipart/mixed; boundary="c"\n\n'
    b"--c\nContent-Type: text/html\n\n<p>See <img src='cid:p@x'></p><p>-- <br>Bo</p>\n"
    b"--c\nContent-Type: message/rfc822\n\n" + SAMPLE + b"\n"
    b"--c\nContent-Type: image/png; name=a.png\nContent-ID: <p@x>\n\npixels\n--c--\n"
)


def crossed(plain: record.Plain) -> record.Plain:
    return record.unpacked(memoryview(record.packed(plain)))


def light(message: Message) -> Message:
    """As it is told: contents stay behind."""
    return replace(
        message,
        attachments=tuple(replace(a, content=b"", left=a.size) for a in message.attachments),
        forwarded=tuple(map(light, message.forwarded)),
    )


def test_R1_what_is_asked_crosses_the_pipe() -> None:
    ask = record.Ask(b"\0\xff\r\n", "ada@members.example", OWN, 3, 400_000_000)
    assert record.ask_of(crossed(record.of_ask(ask))) == ask
    known = Known(
        (KnownPost(7, "Bo", "Grüße \ud83c", "-- \nBo", own=True),), ("General, Forum",), "https://forum.example",
        {"a1": Sightings(2, 3), "b2": DOUBTED},
    )  # fmt: skip
    found = record.known_of(crossed(record.of_known(known)))
    assert found == known and all(isinstance(each, Sightings) for each in found.tails.values())


@pytest.mark.parametrize("raw", [SAMPLE, FORWARD])
def test_R1_what_is_read_crosses_the_pipe(raw: bytes) -> None:
    first = read(raw, "ada@members.example", OWN)
    told = record.told_of(crossed(record.of_told(first)))
    assert told == replace(first, message=light(first.message), lines=())
    whole = understand(first, Known(url="https://forum.example"))
    found = record.rest_of(crossed(record.of_rest(whole)), told)
    expected = replace(whole, message=told.message)
    assert {each.name: getattr(found, each.name) for each in fields(found)} == {
        each.name: getattr(expected, each.name) for each in fields(expected)
    }
    assert [type(part.kind) for part in found.reply.parts] == [type(part.kind) for part in whole.reply.parts]


def test_what_crosses_calls_nothing() -> None:
    with pytest.raises(ValueError):
        record.packed((record.FAILED, print))
