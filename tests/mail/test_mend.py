"""Mails whose outer form is broken: what their senders meant is read, what is in doubt stays text."""

from collections.abc import Callable

import pytest

from bridge.errors import Permanent
from bridge.mail.mend import mended, regrown
from bridge.mail.parse import parse
from tests.guard import soon

HEAD = b"From: Ada <ada@x.test>\r\nSubject: Tools\r\n"
PARTS = (
    b"--b\r\nContent-Type: text/plain\r\n\r\nIn the shed.\r\n"
    b"--b\r\nContent-Type: text/html\r\n\r\n<p>In the shed.</p>\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    "kind",
    [
        b"multipart/alternative", b"multipart/alternative (mixed); boundary=b (as ever)",
        b"multipart/alternative; boundary=other", b"multipart/alternative;\r\n boundary*=utf-8''gr%C3%BCn",
    ],
)  # fmt: skip
def test_the_boundary_that_stands_in_the_body_counts(kind: bytes) -> None:
    got = parse(HEAD + b"Content-Type: " + kind + b"\r\n\r\n" + PARTS)
    assert (got.text, got.html, got.subject) == ("In the shed.", "<p>In the shed.</p>", "Tools")


def test_a_multipart_in_base64_and_one_whose_end_stands_first_are_read() -> None:
    import base64

    code = b"Content-Type: multipart/alternative; boundary=b\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert parse(HEAD + code + base64.encodebytes(PARTS)).text == "In the shed."
    first = b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b--\r\n"
    assert parse(HEAD + first + PARTS).text == "In the shed."


def test_a_body_that_shows_no_boundary_is_text() -> None:
    body = b"Only words\r\n-- \r\nAda\r\n"
    assert parse(HEAD + b"Content-Type: multipart/mixed\r\n\r\n" + body).text == "Only words\n-- \nAda\n"
    assert regrown(HEAD + b"\r\n" + PARTS) is None


def test_R1_the_parts_that_are_found_are_counted() -> None:
    many = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 1100
    with pytest.raises(Permanent):
        parse(HEAD + b"Content-Type: multipart/mixed\r\n\r\n" + many)


@pytest.mark.parametrize("line", [b"a:\n", b" b\n", b"\xc3\xb6:\n", b"odd line\nTo: a@x.test\n"])
def test_R1_headers_over_their_cap_are_refused_before_any_pattern_sees_them(line: bytes) -> None:
    raw = HEAD + line * (300_000 // len(line)) + b"\nHello"
    assert mended(raw) is raw
    with pytest.raises(Permanent, match="headers"):
        parse(raw)


def test_a_line_that_is_no_header_among_headers_hides_none() -> None:
    got = parse(HEAD + b"spam score unknown\r\nTo: bo@x.test\r\nX-Note: a\r\n b\r\n\r\nHello\r\n")
    assert (got.to[0].address, got.text) == ("bo@x.test", "Hello\n")
    two = parse(HEAD + b"one\r\nX-Note: a\r\ntwo\r\nDate: b\r\n\r\nHello\r\n")
    assert (two.header("date"), two.text) == ("b", "Hello\n")
    assert parse(HEAD + b"odd line\r\nFrom: Bo <bo@x.test>\r\n\r\nHello").author_fault == "2 From headers"


@pytest.mark.parametrize(
    "text", ["A line\r\nNote: this\r\n\r\nAda", "A line", "A\r\nSubject: b\r\nwords\r\n\r\nAda"]
)
def test_words_right_behind_the_headers_are_text(text: str) -> None:
    got = parse(HEAD + text.encode())
    assert got.text is not None and got.text.strip() == text.replace("\r\n", "\n")


def test_A4_a_From_behind_what_ends_the_headers_for_others_names_nobody() -> None:
    for before in (b"\r\n", b"Subject: x\r\nodd line\r\n"):
        assert parse(before + b"From: ada@x.test\r\nTo: bo@x.test\r\n\r\nHi").author is None


def test_pages_under_other_names() -> None:
    page = b"<html><body><p>Hello</p></body></html>\r\n"
    for kind in (b"text/plain", b"html", b"application/xhtml+xml", b"text"):
        got = parse(HEAD + b"Content-Type: " + kind + b"\r\n\r\n" + page)
        assert got.html and not got.attachments, kind
    assert parse(HEAD + b"\r\n<html> is a tag\r\n").html is None


GROWING: dict[str, Callable[[int], bytes]] = {
    "headers": lambda n: b"a: b\r\n" * (n // 6),
    "odd lines": lambda n: HEAD + b"x\r\nTo: a\r\n" * (n // 10) + b"\r\n",
    "one name": lambda n: b"a" * n + b" \r\n\r\n",
    "blanks": lambda n: b"a" + b" " * n + b"\r\n\r\n",
    "mailbox lines": lambda n: b">From a\r\n" * (n // 9),
    "marks": lambda n: HEAD + b"Content-Type: multipart/mixed\r\n\r\n" + b"--b\r\nx\r\n" * (n // 8),
}


@pytest.mark.parametrize("name", GROWING)
def test_R3_mending_takes_linear_time(name: str) -> None:
    raw = GROWING[name](2_000_000)
    with soon():
        regrown(mended(raw))
