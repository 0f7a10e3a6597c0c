"""Multiparts without parts, and parts without words, within a mail: what was written is found all the same."""

from __future__ import annotations

import base64

import pytest

from bridge.errors import Permanent
from bridge.mail.hollow import GROWN
from bridge.mail.parse import parse

HEAD = b"From: Ada <ada@x.test>\r\nSubject: Tools\r\nContent-Type: multipart/mixed; boundary=OUT\r\n\r\n"
INNER = (
    b"--in\r\nContent-Type: text/plain\r\n\r\nIn the shed.\r\n"
    b"--in\r\nContent-Type: text/html\r\n\r\n<p>In the shed.</p>\r\n--in--\r\n"
)
PICTURE = b"--OUT\r\nContent-Type: image/png; name=shed.png\r\n\r\nx\r\n"


def within(kind: bytes, body: bytes, more: bytes = b"") -> bytes:
    """A mail with one multipart within, and a picture."""
    part = b"--OUT\r\nContent-Type: multipart/" + kind + b"\r\n" + more + b"\r\n" + body + b"\r\n"
    return HEAD + part + PICTURE + b"--OUT--\r\n"


@pytest.mark.parametrize(
    "kind",
    [
        b"alternative",
        b"alternative; boundary=other",
        b"alternative; boundary=IN",
        b'alternative; boundary=""',
    ],
)
def test_a_boundary_that_stands_in_the_body_counts_below_as_well(kind: bytes) -> None:
    got = parse(within(kind, INNER))
    assert (got.text, got.html) == ("In the shed.", "<p>In the shed.</p>")
    assert [a.name for a in got.attachments] == ["shed.png"]


def test_a_multipart_below_that_came_in_base64_is_read() -> None:
    more = b"Content-Transfer-Encoding: base64\r\n"
    assert parse(within(b"alternative; boundary=in", base64.encodebytes(INNER), more)).text == "In the shed."


def test_a_multipart_below_that_shows_no_boundary_is_text() -> None:
    assert (parse(within(b"mixed", b"Only words.\r\n")).text or "").strip() == "Only words."


def test_R1_only_so_many_are_looked_into_and_their_parts_are_counted() -> None:
    hollow = b"--OUT\r\nContent-Type: multipart/mixed\r\n\r\n" + INNER
    got = parse(HEAD + hollow * (GROWN + 5) + b"--OUT--\r\n")
    assert (got.html or "").count("Content-Type") == 5 * 2
    with pytest.raises(Permanent):
        parse(within(b"mixed", b"--in\r\n\r\nx\r\n" * 1100))
    with pytest.raises(Permanent):
        deep = b"".join(
            b"--n%d\r\nContent-Type: multipart/mixed; boundary=n%d\r\n\r\n" % (n, n + 1) for n in range(60)
        )
        parse(within(b"mixed", deep + b"--n60\r\n\r\nx\r\n"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"--OUT\r\n\r\n\r\n--OUT--\r\n\r\nBehind the end.\r\n", "Behind the end."),
        (b"Before the mark.\r\n\r\n--OUT\r\n\r\n--OUT--\r\n", "Before the mark."),
        (b"One.\r\n--OUT\r\n\r\n\r\n--OUT--\r\nTwo.\r\n", "One.\n\nTwo."),
        (b"This is a multi-part message in MIME format.\r\n--OUT\r\n\r\n\r\n--OUT--\r\n", ""),
        (b"Before.\r\n--OUT\r\n\r\nWithin.\r\n--OUT--\r\nBehind.\r\n", "Within."),
        (b"Before.\r\n" + PICTURE + b"--OUT--\r\nBehind.\r\n", ""),
    ],
)
def test_C9_words_outside_of_the_parts_are_all_that_a_mail_without_others_has(body: bytes, text: str) -> None:
    assert (parse(HEAD + body).text or "").strip() == text
