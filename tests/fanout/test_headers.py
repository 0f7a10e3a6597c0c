"""Header lines and encoded bodies at their edges."""

from __future__ import annotations

import quopri
from email.header import decode_header, make_header

import pytest

from bridge.fanout import headers
from bridge.fanout.body import size
from bridge.fanout.letter import Slot
from bridge.fanout.mime import quoted_printable


def test_a_ready_made_word_is_checked() -> None:
    for word in ("a\r\nBcc:", "é", "a\x00"):
        with pytest.raises(ValueError, match="not header text"):
            headers.line("X", word)


@pytest.mark.parametrize(
    "text", ["ä" * 300, "word " * 60 + "ä", "👩‍👩‍👧‍👦" * 30, "a\u0301\u0302" * 60, "e" + "\u0301" * 300]
)
def test_encoded_words_are_short_and_decode(text: str) -> None:
    words = headers.encoded_words(text)
    assert all(len(word) <= 75 for word in words)
    assert str(make_header(decode_header(" ".join(words)))) == headers.clean(text)


def test_an_address_whose_domain_is_no_domain_stays_and_is_refused() -> None:
    odd = "ada@" + "ä" * 200 + ".test"
    assert headers.ascii_address(odd) == odd
    with pytest.raises(ValueError, match="not an address"):
        headers.mailbox("To", "", odd)


@pytest.mark.parametrize("name", ["屋" * 500 + ".png", 'a"b\\c.png', "=?utf-8?q?x?=.png", "x" * 900, "é.png"])
def test_file_names_fit_a_line(name: str) -> None:
    written = headers.parameter("filename", name)
    assert written.isascii() and len(written) < 620 and "=?" not in written
    assert "filename*=" in written or written.count('"') == 2


@pytest.mark.parametrize("length", range(60, 160))
def test_a_slot_stands_at_the_start_of_a_line(length: int) -> None:
    for text in (
        "x" * length,
        "é" * (length // 3),
        "x" * (length % 76) + "é" * 20,
        "y\n" + "= " * (length // 2),
        "\n",
    ):
        pieces = quoted_printable([text, Slot.REPLY, "end"])
        raw = b"".join(b"T" * 70 if isinstance(piece, Slot) else piece for piece in pieces)
        lines = raw.split(b"\r\n")
        assert max(map(len, lines)) <= 76 and b"T" * 70 + b"=" in lines
        assert quopri.decodestring(raw).decode().replace("\r\n", "\n") == text + "T" * 70 + "end\n"


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (12_345_678, "12.3 MB"),
    ],
)
def test_sizes_are_readable(count: int, shown: str) -> None:
    assert size(count) == shown
