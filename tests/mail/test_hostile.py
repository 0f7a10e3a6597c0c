"""Hostile mails: `parse` ends in a Message or in `Permanent`, soon (promises R1, R3, "CPython" 3 and 4)."""
# ruff: noqa: E501

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.errors import Permanent
from bridge.mail.message import Message
from bridge.mail.parse import parse
from tests.guard import soon

from .letters import mail, markup, multipart, part, picture, plain


def nest(depth: int, kind: str = "mixed") -> bytes:
    heads = b"".join(
        f'Content-Type: multipart/{kind}; boundary="b{n}"\r\n\r\n--b{n}\r\n'.encode() for n in range(depth)
    )
    return mail(heads + b"Content-Type: text/plain\r\n\r\nhi\r\n")


REFUSED: dict[str, Callable[[], bytes]] = {
    "headers": lambda: mail(X="y\r\n" * 1 + "X: y\r\n" * 1100 + "X: y"),
    "header block": lambda: mail(**{f"X{n}": "y" * 60_000 for n in range(5)}),
    "header value": lambda: mail(X="y" * 70_000),
    "folded header": lambda: mail(X="yyyy\r\n " * 30_000),
    "subject": lambda: mail(Subject="s" * 30_000),
    "addresses": lambda: mail(To="a@x.test, " * 10_000),
    "addresses in many headers": lambda: mail(To="\r\nTo: ".join([":;" * 120] * 900)),
    "parts": lambda: mail(multipart("mixed", *[plain("x")] * 1100)),
    "parts behind bare CR": lambda: mail(multipart("mixed", *[plain("x")] * 1100)).replace(b"\r\n", b"\r"),
    "parts behind RFC 2231": lambda: mail(
        b"--BB\r\n\r\nx\r\n" * 5000, Content_Type="multipart/mixed; boundary*=us-ascii''BB"
    ),
    "parts behind folding": lambda: mail(
        b"--BB\r\n\r\nx\r\n" * 5000, Content_Type="multipart/mixed; boundary=\r\n\tBB"
    ),
    "depth": lambda: nest(60),
    "more depth": lambda: nest(900),
    "most depth": lambda: nest(20_000),
    "attached depth": lambda: mail("Content-Type: message/rfc822\r\n\r\n" * 300 + "hi"),
    "attached abyss": lambda: mail("Content-Type: message/rfc822\r\n\r\n" * 50_000 + "hi"),
    "parameters": lambda: mail(Content_Type="text/plain" + "; a=b" * 10_000),
    "parameters of a part": lambda: mail(multipart("mixed", part("text/plain" + "; a=b" * 10_000, "x"))),
    "headers of a part": lambda: mail(multipart("mixed", part("text/plain", "x", *["X: y"] * 50_000))),
    "lines": lambda: mail("\n" * 1_100_000),
    "content headers": lambda: mail("Content-Type: text/plain\r\n" * 6000),
}


@pytest.mark.parametrize("name", REFUSED)
def test_R1_over_a_cap_is_permanent_and_soon(name: str) -> None:
    raw = REFUSED[name]()
    with soon(), pytest.raises(Permanent) as caught:
        parse(raw)
    assert (caught.value.code, caught.value.status) == (554, "5.6.0")


READ: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "folds": lambda: mail(X="y\r\n " * 30_000),
    "nothing but a body": lambda: b"\r\n\r\nhi",
    "no body": lambda: b"From: a@x.test",
    "nul": lambda: b"\0" * 1000,
    "depth": lambda: nest(40),
    "same boundary": lambda: mail(b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' * 200 + b"\r\nhi"),
    "comments": lambda: mail(To="(" * 60_000, From="(" * 3000 + "a@x.test"),
    "quotes": lambda: mail(To='"\\' * 30_000, Cc='\\"' * 1000),
    "groups": lambda: mail(To=":;" * 10_000),
    "angles": lambda: mail(References="<" * 60_000, Message_ID="<<<<"),
    "words": lambda: mail(Subject="=?utf-8?q?=41?= " * 1200, X="=?" * 30_000),
    "lone words": lambda: mail(X="=?a?q?" * 10_000),
    "unknown charsets": lambda: mail(part("text/plain; charset=\0unicode_escape", "\\u0041")),
    "codecs": lambda: mail(multipart("mixed", *(part(f"text/plain; charset={c}", "x+AAo-") for c in ("utf-7", "idna", "rot13")))),
    "flowed": lambda: mail(plain("> a \r\n" * 150_000, "; format=flowed")),
    "quoted-printable": lambda: mail(part("text/plain", "=C3=B6=\r\n" * 100_000, "Content-Transfer-Encoding: quoted-printable")),
    "angles in html": lambda: mail(markup("<" * 500_000)),
    "cids in html": lambda: mail(multipart("related", markup("cid:" * 100_000), picture("Content-ID: <a>"))),
    "meta": lambda: mail(part("text/html", "<meta" * 100_000)),
    "marks": lambda: mail("a" + "\u0300" * 500_000),
    "spaces": lambda: mail(" " * 500_000, Subject="a" + " " * 15_000 + "b"),
    "date": lambda: mail(Date="(" * 60_000),
    "long date": lambda: mail(Date="9" * 60_000),
    "markers that are none": lambda: mail(multipart("mixed", plain("--\r\n" * 200_000))),
    "content type": lambda: mail(Content_Type="text/plain; " + '"' * 60_000),
    "file name": lambda: mail(part("image/png", b"x", 'Content-Disposition: x; filename="' + "\\" * 60_000)),
    "received": lambda: mail(Received="from a by b with c for d; " * 2000),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_R1_odd_mails_are_read_and_soon(name: str) -> None:
    raw = READ[name]()
    with soon():
        message = parse(raw)
    check(message)


def check(message: Message) -> None:
    """What a Message promises: text that any store and any header takes."""
    lines = [value for values in message.headers.values() for value in values]
    lines += [
        message.subject,
        message.message_id,
        *message.references,
        *(a.name for a in message.attachments),
    ]
    for line in lines:
        assert not set(line) & set("\0\r\n\x85\u2028\u2029\u202e"), line
    for text in (*lines, message.text or "", message.html or "", *message.reports):
        text.encode("utf-8")
        assert "\0" not in text and "\r" not in text
    for attached in message.forwarded:
        check(attached)


TOKEN = st.sampled_from(
    [
        b"Content-Type: ", b"multipart/mixed", b"multipart/alternative", b"; boundary=b", b'; boundary="b"', b"--b", b"--b--",
        b"text/plain", b"text/html", b"message/rfc822", b"message/delivery-status", b"\r\n", b"\r\n\r\n", b"\r", b"\n", b" ", b"\t",
        b"From: ", b"To: ", b"a@x.test", b"<", b">", b"(", b")", b'"', b",", b";", b":", b"=?utf-8?q?", b"?=", b"=0D=0A", b"=",
        b"Content-Disposition: attachment; filename", b"*0*=", b"utf-8''%ff", b"Content-Transfer-Encoding: base64", b"quoted-printable",
        b"Content-ID: <c>", b"cid:c", b"image/png", b"charset=", b"utf-16", b"iso-2022-jp", b"; format=flowed; delsp=yes", b"> a ", b"\xff", b"\0",
        b"Message-ID: ", b"Date: ", b"Mon, 5 Jan 2026 10:00", b"x" * 40, b"\x1b$B", b"\xc3\xb6", b"References: ", b"Subject: ", b"begin 644 a\r\n",
    ]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(st.one_of(TOKEN, TOKEN, TOKEN, st.binary(max_size=6)), max_size=40))
def test_X6_parse_raises_nothing_but_permanent(pieces: list[bytes]) -> None:
    try:
        message = parse(b"".join(pieces))
    except Permanent:
        return
    check(message)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_X6_damaged_mails(data: st.DataObject) -> None:
    whole = bytearray(
        mail(
            multipart(
                "mixed",
                multipart("alternative", plain("Grüße"), markup("<p>Hi</p>")),
                picture(),
                part("message/rfc822", mail()),
            ),
            Subject="=?utf-8?q?=C3=B6?=",
        )
    )
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=4))
    with contextlib.suppress(Permanent):
        check(parse(bytes(whole)))


@pytest.mark.parametrize("name", ["To", "Subject", "References", "Received", "Content-Type"])
@pytest.mark.parametrize("piece", ["(", '"\\', ":;", "<a@b>", "=?a?q?", ", ", "; a="])
def test_R3_time_grows_with_size_only(name: str, piece: str) -> None:
    raw = mail(**{name: piece * (16_000 // len(piece))})
    with soon():
        for _ in range(10):
            with contextlib.suppress(Permanent):
                parse(raw)
