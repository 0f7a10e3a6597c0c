"""What most mails hold is read by a short way: it gives what the long one gives."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

import pytest

from bridge.mail import address, charset, labels, mend, mime, parse

NEVER = re.compile(r"(?!)")


@pytest.mark.parametrize(
    "raw",
    [
        "Ada Hall <ada@a.example>", "O'Hara-Lee Jr. <o.hara+x@A.Example>", "ada@a.example", "Ada  B.  <ada@a.example>",
        "'Ada' <ada@a.example>", "Ada <ada@a..example>", "Ada <.ada@a.example>", "Ada <ada@a.123>",
        "Ada <ada@-a.example>",
        f"{'A' * 250} <ada@a.example>", f"{'a' * 65}@a.example", f"a@{'a' * 64}.example", "x@y.example <ada@a.example>",
    ],
)  # fmt: skip
def test_plain_addresses(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short = address.mailbox(raw), address.mailboxes(raw)
    monkeypatch.setattr(address, "_PLAIN", NEVER)
    address._plain.cache_clear()
    assert (address.mailbox(raw), address.mailboxes(raw)) == short


@pytest.mark.parametrize(
    "raw",
    [
        "Mon, 02 Nov 2026 10:00:00 +0000", "2 Nov 2026 23:59:59 -0730", "Tue, 31 Feb 2026 10:00:00 +0000",
        "Mon, 02 Nov 2026 10:00:60 +0000", "Mon, 02 Nov 2026 25:00:00 +0000", "Xxx, 1 Jan 1970 00:00:00 +2359",
        "Mon, 02 Foo 2026 10:00:00 +0000", "1 Dec 1899 10:00:00 -0000", "Mon, 00 Nov 2026 10:00:00 +0000",
    ],
)  # fmt: skip
def test_plain_dates(raw: str) -> None:
    try:
        expected = round(parsedate_to_datetime(raw).timestamp()) * parse.MICRO
    except ValueError:
        expected = None
    if raw.endswith("-0000"):
        expected = parse._date(raw.replace("-0000", "+0000"))
    assert parse._date(raw) == expected


@pytest.mark.parametrize(
    "label", [None, "utf-8", "us-ascii", "x-none", "hz", "utf-7", "utf-16", "iso-2022-kr"]
)
@pytest.mark.parametrize("raw", [b"", b"plain\n", b"~{VPND~}", b"+AOk-", b"a\0b\0", b"\x1b$)C\x0e"])
def test_ascii_is_decoded_as_its_charset_says(
    raw: bytes, label: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = charset.decode(raw, label)
    monkeypatch.setattr(charset, "OWN_LETTERS", labels.ALLOWED | {None})
    assert charset.decode(raw, label) == short


@pytest.mark.parametrize(
    "value",
    [
        "text/plain", "text/plain; charset=utf-8", 'a; b="c;d"; e=f', 'a; b="c\\";d"; e=f', 'a; b="c;d',
        'a; b"c; d"e; f=g',
        "a;;b=c;", "a; b=\\; c=d",
    ],
)  # fmt: skip
def test_parameters_without_a_quoted_semicolon(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short = mime._fields(value)
    slow = mime._fields(value + '; x="\\""')
    assert short == slow[:-1] or value.count('"') % 2


def test_headers_with_nothing_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = b"From: Ada <ada@a.example>\r\nSubject: x\r\n y\r\n\r\nSubject : z\r\n"
    assert mend.mended(raw) is raw
    monkeypatch.setattr(mend, "_PLAIN_HEADERS", re.compile(rb"(?!)"))
    assert mend.mended(raw) == raw
