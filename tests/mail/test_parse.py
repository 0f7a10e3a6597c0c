"""Headers: what a mail says of itself, however it writes it."""

import pytest

from bridge.mail.message import Mailbox
from bridge.mail.parse import author_of, bare, parse

from .letters import mail

TEN = 1_767_603_600_000_000


def test_a_plain_mail() -> None:
    message = parse(
        mail(
            Cc="Ben <Ben@Members.Test>, c@members.test",
            In_Reply_To="<0@x.test>",
            References="<a@x> <0@x.test>",
        )
    )
    assert (message.message_id, message.subject, message.date) == ("1@members.test", "The shed", TEN)
    assert message.author == Mailbox("Ada Brook", "ada@members.test")
    assert message.to == (Mailbox("General", "general@forum.test"),)
    assert [one.address for one in message.cc] == ["ben@members.test", "c@members.test"]
    assert (message.in_reply_to, message.references) == (("0@x.test",), ("a@x", "0@x.test"))
    assert (message.text, message.html, message.content_type) == ("Hello\n", None, "text/plain")
    assert message.header("FROM").startswith("Ada Brook")


@pytest.mark.parametrize(
    ("headers", "fault"),
    [
        ({"From": None}, "no From header"),
        ({"From": "a@x.test\r\nFrom: b@x.test"}, "2 From headers"),
        ({"From": "a@x.test\r\nFROM: a@x.test"}, "2 From headers"),
        ({"From": "<victim@ok.test> <evil@x.test>"}, "From is not one clean address"),
        ({"From": "a@x.test, b@x.test"}, "From is not one clean address"),
        ({"From": ""}, "From is not one clean address"),
    ],
)
def test_A4_no_author_but_one(headers: dict[str, str], fault: str) -> None:
    message = parse(mail(**headers))
    assert (message.author, message.author_fault) == (None, fault)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("J\udcf6rg <j@x.test>", "Jörg"),
        ("J\udcc3\udcb6rg <j@x.test>", "Jörg"),
        ("=?utf-8?B?SsO2cmc=?=\r\n =?utf-8?Q?_M=C3=BCller?= <j@x.test>", "Jörg Müller"),
        ('"=?iso-8859-1?Q?J=F6rg?=" <j@x.test>', "Jörg"),
        ("\x1b$B;3ED\x1b(B <j@x.test>", "山田"),
        ("=?utf-8?q?J=0D=0ABcc=3A_x=40y.test?= <j@x.test>", "J Bcc: x@y.test"),
    ],
)
def test_names_of_authors(raw: str, name: str) -> None:
    assert parse(mail(From=raw)).author == Mailbox(name, "j@x.test")


def test_C7_headers_hold_no_breaks() -> None:
    message = parse(mail(Subject="=?utf-8?q?a=0d=0aBcc:_x@y.test=E2=80=A8b=00?=", X_Odd="a\r\n\tb\x0bc"))
    assert message.subject == "a Bcc: x@y.test b"
    assert message.header("x-odd") == "a b c"
    assert message.header("bcc") == ""


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("Mon, 05 Jan 2026 10:00:00 +0100", TEN),
        ("5 Jan 2026 09:00 GMT (nice)", TEN),
        ("Mon, 05 Jan 2026 09:00:00 -0000", TEN),
        ("Mon, 32 Jan 2026 10:00:00 +0100", None),
        ("yesterday", None),
        ("", None),
        ("Mon, 05 Jan 99999 10:00:00 +0100", None),
        ("Mon, 05 Jan 2026 10:00:00 +9999999999", None),
    ],
)
def test_dates(value: str, date: int | None) -> None:
    assert parse(mail(Date=value)).date == date


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@x> <b@x>\r\n <c@x>", ("a@x", "b@x", "c@x")),
        ("<a@x><b@x><a@x>", ("a@x", "b@x")),
        ('Your message of "Monday" <a@x>', ("a@x",)),
        ("<folded.\r\n id@x>", ("folded.id@x",)),
        ("=?utf-8?q?=3Ca=40x=3E?=", ("a@x",)),
        ("no-brackets@x", ("no-brackets@x",)),
        ("<> <<<< >", ()),
        ("", ()),
        ("\0<a\0b@x>", ("ab@x",)),
    ],
)
def test_message_ids(value: str, ids: tuple[str, ...]) -> None:
    message = parse(mail(References=value, Message_ID=value))
    assert message.references == ids
    assert message.message_id == (ids[0] if ids else "")


def test_where_it_was_delivered_to() -> None:
    message = parse(
        mail(Delivered_To="Reply+ABC@forum.test", X_Original_To="<x@forum.test>", Envelope_To="not one")
    )
    assert message.delivered_to == ("reply+abc@forum.test", "x@forum.test")


def test_repeated_headers_are_all_there() -> None:
    assert parse(mail(X_Loop="a\r\nX-Loop: b")).headers["x-loop"] == ("a", "b")


def test_a_message_of_a_body_alone() -> None:
    message = bare(text="a\r\nb\0", html=None, subject="=?utf-8?q?=C3=B6?=", sender="Ada <ada@members.test>")
    assert (message.text, message.html, message.subject) == ("a\nb", None, "ö")
    assert message.author == Mailbox("Ada", "ada@members.test")
    assert bare(text=None, html="<p>").author is None


def test_headers_with_blanks_before_the_colon_are_headers() -> None:
    raw = b"From: a@x.test\r\nSubject : Tools\r\nX-\xc3\xa4: b\r\nTo\t: b@x.test\r\n\r\nNote : bring a rake.\r\n"
    got = parse(raw)
    assert (got.subject, got.to[0].address, got.text) == ("Tools", "b@x.test", "Note : bring a rake.\n")
    assert got.header("x-unnamed") == "b"


def test_A4_a_second_author_behind_a_blank_is_a_second_author() -> None:
    assert parse(b"From: m@evil.test\r\nFrom : ada@x.test\r\n\r\nhi").author_fault == "2 From headers"
    assert author_of(b"From : m@evil.test\r\nFrom: ada@x.test\r\n\r\nhi") is None


def test_a_line_of_words_right_behind_the_headers_is_text() -> None:
    got = parse("From: a@x.test\r\nGrüße : an alle\r\nund bis morgen\r\n\r\nAda\r\n".encode())
    assert got.text is not None and got.text.startswith("Grüße : an alle")


def test_a_text_that_nobody_can_see_is_none() -> None:
    assert parse("From: a@x.test\r\n\r\n\u200b\u2060 \u3164\ufeff\r\n".encode()).text == ""
    assert parse("From: a@x.test\r\n\r\n\u200b\U0001f331\r\n".encode()).text == "\u200b\U0001f331\n"


def test_lines_of_mailbox_files_before_the_headers_are_no_part_of_a_mail() -> None:
    for lines in (b">From a Mon\r\n", b"From a Mon\r\n>From b Mon\r\n", b"From a Mon\r\nFrom b Mon\r\n"):
        assert parse(lines + b"From: ada@x.test\r\n\r\nFrom here on\r\n").author == Mailbox("", "ada@x.test")


def test_a_page_that_nobody_can_see_is_empty() -> None:
    page = b"From: a@x.test\r\nContent-Type: text/html\r\n\r\n<p>&#8203;&zwnj;&nbsp;%s</p>\r\n"
    assert not parse(page % b"").html
    assert parse(page % b"<img src='cid:a'>").html and parse(page % b"a").html
