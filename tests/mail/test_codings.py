"""Transfer encodings and types as careless programs write them: each mail is read as a mail program shows it."""

from __future__ import annotations

import base64

import pytest

from bridge.errors import Permanent
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


def parts(kind: str, *found: str) -> str:
    body = "".join(f"--b\r\n{each}\r\n" for each in found)
    return (
        parse(HEAD + f"Content-Type: multipart/{kind}; boundary=b\r\n\r\n{body}--b--\r\n".encode()).text or ""
    )


NAMED = 'Content-Type: text/plain; name="body"\r\nContent-Disposition: inline; filename="body"\r\n\r\nThe stall opens.'


def test_C9_a_named_text_meant_to_be_read_is_the_body_where_there_is_no_other() -> None:
    assert parts("mixed", NAMED) == "The stall opens."
    assert parts("alternative", NAMED, NAMED.replace("text/plain", "text/html")) == "The stall opens."
    assert parts("mixed", "\r\nOther words.", NAMED).strip() == "Other words."


def test_C9_of_two_plain_alternatives_that_differ_both_stay() -> None:
    one, same, two = "\r\nFirst draft here.", "\r\n**First** draft here.", "\r\nQuite other words."
    assert parts("alternative", one, two).split("\n") == ["First draft here.", "Quite other words."]
    assert parts("alternative", one, same) == "First draft here."


def test_C9_a_body_whose_parts_the_library_drops_is_shown_as_it_stands() -> None:
    raw = (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b--\r\n--b\r\n\r\nThe stall opens.\r\n--b--\r\n"
    )
    assert "The stall opens." in (parse(raw).text or "")


def test_C9_enriched_text_is_its_words() -> None:
    rich = b"<bold>The <color><param>red</param>stall</color></bold> opens\nat nine << ten.\n\nCome!"
    assert text(b"text/enriched", b"", rich) == "The stall opens at nine < ten.\nCome!"
    assert text(b"text/richtext", b"", b"The <bold>stall</bold> opens<nl>at nine <lt> ten.") == (
        "The stall opens\nat nine < ten."
    )


def test_C9_style_sheets_and_comments_do_not_push_the_words_over_the_cap() -> None:
    html = (
        b"<style>"
        + b"p{color:red}" * 90_000
        + b"</style><!--"
        + b"x" * 900_000
        + b"--><p>The stall opens.</p>"
    )
    assert "The stall opens." in (parse(HEAD + b"Content-Type: text/html\r\n\r\n" + html).html or "")
    assert parse(HEAD + b"Content-Type: text/html\r\n\r\n" + b"<!--" * 300_000).html is not None


def test_C8_controls_under_a_latin_label_and_iso_2022_cn_are_letters() -> None:
    assert text(b"text/plain; charset=iso-8859-15", b"8bit", b"\x93caf\xe9\x94") == "“café”"
    shown = b"\x1b$)A\x0e" + bytes(byte & 0x7F for byte in "集市".encode("gb2312")) + b"\x0f opens"
    assert text(b"text/plain; charset=iso-2022-cn", b"7bit", shown) == "集市 opens"


@pytest.mark.parametrize("mark", [b">From ada@members.example Mon Nov 23 09:00:00 2026\r\n", b"\xef\xbb\xbf"])
def test_A4_what_stands_before_the_first_header_does_not_hide_it(mark: bytes) -> None:
    assert parse(mark + HEAD + b"\r\nhi").author == parse(HEAD + b"\r\nhi").author


def test_C9_a_boundary_in_pieces_is_a_boundary() -> None:
    kind = b"multipart/mixed; boundary*0=left; boundary*1=-right"
    assert (
        text(kind, b"", b"--left-right\r\n\r\nThe stall opens.\r\n--left-right--\r\n") == "The stall opens."
    )
    with pytest.raises(Permanent):
        text(kind, b"", b"--left-right\r\n\r\nx\r\n" * 1100)
    with pytest.raises(Permanent):
        text(
            b'multipart/mixed; boundary="' + b"l" * 900 + b'"',
            b"",
            (b"--" + b"l" * 900 + b"\r\n\r\nx\r\n") * 1100,
        )


@pytest.mark.parametrize("cut", [200, 40])
def test_C8_base64_for_urls_is_read_as_the_usual_one(cut: int) -> None:
    words = "Grüße: the stall opens on Tuesday. ~~~ ??? ÿÿÿ >>>"
    coded = base64.urlsafe_b64encode(words.encode())
    assert b"-" in coded and b"_" in coded
    body = b"\r\n".join([coded[:cut], coded[cut:]])
    assert text(b"text/plain; charset=utf-8", b"base64", body) == words


@pytest.mark.parametrize("line", ["--", "____________"])
def test_C9_dashes_below_base64_are_no_letters_of_it(line: str) -> None:
    coded = base64.b64encode(b"Come at once, all of you")
    said = text(b"text/plain; charset=utf-8", b"base64", coded + f"\r\n{line}\r\n".encode())
    assert said == f"Come at once, all of you\n{line}"


@pytest.mark.parametrize("name", ["表示能力.pdf", "ソフトウェア一覧.pdf", "写真.jpg", "構成図.png"])
@pytest.mark.parametrize("written", ["cp932", "euc_jp", "utf_8"])
@pytest.mark.parametrize("label", ["shift_jis", "iso-2022-jp"])
def test_C8_raw_bytes_of_a_file_name_are_of_the_charset_of_the_words(
    name: str, written: str, label: str
) -> None:
    words = "写真を送ります。".encode(label)
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset="
        + label.encode() + b"\r\n\r\n" + words + b"\r\n--b\r\nContent-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="' + name.encode(written) + b'"\r\n\r\nx\r\n--b--\r\n'
    )  # fmt: skip
    assert [a.name for a in parse(raw).attachments] == [name]
