"""Transfer encodings and types as careless programs write them: each mail is read as a mail program shows it."""

from __future__ import annotations

import base64

import pytest

from bridge.mail.parse import parse

HEAD = b"From: Ada <ada@members.example>\r\nSubject: Jam\r\nMIME-Version: 1.0\r\n"
WORDS = "Grüße: the stall opens on Tuesday."
CODED = base64.b64encode(WORDS.encode())


def text(kind: bytes, coding: bytes, body: bytes) -> str:
    more = b"Content-Transfer-Encoding: " + coding + b"\r\n" if coding else b""
    return parse(HEAD + b"Content-Type: " + kind + b"\r\n" + more + b"\r\n" + body).text or ""


@pytest.mark.parametrize(
    "coding",
    [
        b"base64",
        b"BASE64 (by us)",
        b'"base64"',
        b"base64;",
        b"7bit\r\nContent-Transfer-Encoding: base64",
        b"(odd) base64",
    ],
)
def test_C8_a_transfer_encoding_is_known_whatever_stands_around_it(coding: bytes) -> None:
    assert text(b"text/plain; charset=utf-8", coding, CODED) == WORDS


@pytest.mark.parametrize(
    "body",
    [
        CODED[:-4] + b"Q",
        CODED.rstrip(b"="),
        CODED[:24] + b"==\r\n" + CODED[24:],
        b" ".join([CODED[:7], CODED[7:]]),
    ],
)
def test_C8_base64_that_is_cut_or_padded_in_between_loses_nothing_else(body: bytes) -> None:
    assert "the stall opens" in text(b"text/plain; charset=utf-8", b"base64", body)


def test_C9_plain_words_under_the_label_base64_stay_words() -> None:
    assert (
        text(b"text/plain", b"base64", b"Hello all, the stall opens.\r\nCome!")
        == "Hello all, the stall opens.\nCome!"
    )


def test_C8_spaces_behind_a_soft_line_break_are_none_of_the_text() -> None:
    assert (
        text(b"text/plain", b"quoted-printable", b"The stall opens=  \r\n on Tuesday=")
        == "The stall opens on Tuesday"
    )


@pytest.mark.parametrize(
    "kind",
    [
        b"text/",
        b"/plain",
        b"text",
        b"text / plain; charset=utf-8",
        b"text/plain charset=utf-8",
        b";",
        b"nonsense",
    ],
)
def test_C9_a_type_that_cannot_be_read_is_plain_text(kind: bytes) -> None:
    assert text(kind, b"8bit", WORDS.encode()) == WORDS


def test_C9_words_of_an_unknown_disposition_are_words() -> None:
    odd = b"Content-Disposition: form-data; name=x\r\n"
    assert parse(HEAD + odd + b"\r\nThe stall opens.").text == "The stall opens."
