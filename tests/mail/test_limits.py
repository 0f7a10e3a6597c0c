"""What a mail may hold before any parser sees it, and that all which passes is read soon (promises R1, R3)."""

from __future__ import annotations

import pytest

from bridge.errors import Permanent
from bridge.mail import limits
from bridge.mail.triage import Own
from bridge.mailroom.reading import read_here
from bridge.reply.known import NOTHING
from tests import hostile
from tests.guard import soon

OWN = Own("forum.example", frozenset({"general@forum.example"}))
SIZE = 40_000
SEEDS = 300


def read_soon(raw: bytes) -> None:
    """Read a mail from bytes to HTML; `Permanent` is an end like another."""
    with soon():
        try:
            read_here(raw, "ada@members.example", OWN, lambda _: NOTHING)
        except Permanent as refusal:
            assert (refusal.code, refusal.status) == (554, "5.6.0")


@pytest.mark.parametrize("name", hostile.SHAPES)
def test_R1_any_shape_is_read_or_refused_soon(name: str) -> None:
    read_soon(hostile.SHAPES[name](SIZE))


@pytest.mark.parametrize("first", range(0, SEEDS, 50))
def test_R1_odd_mails_are_read_or_refused_soon(first: int) -> None:
    for seed in range(first, first + 50):
        read_soon(hostile.odd(seed))


def test_R3_a_page_of_a_quarter_of_a_megabyte_of_paragraphs_is_read_soon() -> None:
    """Of all shapes the one that took longest."""
    read_soon(hostile.SHAPES["paragraphs"](250_000))


def pieces(count: int) -> bytes:
    """A header whose parameter comes in so many pieces (RFC 2231)."""
    return b"Content-Type: text/plain;\n" + b"".join(b" name*%d=a;\n" % n for n in range(count)) + b"\nx"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"X: y\n" * 1001, "more than 1000 headers"),
        (b"X: " + b"y" * 70_000 + b"\n\n", "one of its headers is too long"),
        (b"Subject: " + b"y" * 21_000 + b"\n\n", "one of its headers is too long"),
        (b"To: a@b.example,\n" * 5_000, "1000 headers"),
        (
            b"To: " + b"a@b.example," * 5_000 + b"\nCc: " + b"a@b.example," * 500 + b"\n\n",
            "too many addresses",
        ),
        (pieces(101), "more than 100 parameters"),
        (b"\n" * 1_000_001, "more than 1000000 lines"),
    ],
)
def test_R1_over_a_cap_a_mail_is_refused_before_it_is_parsed(raw: bytes, why: str) -> None:
    with pytest.raises(Permanent, match=why):
        limits.check(raw)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_R1_caps_hold_for_every_line_end(end: bytes) -> None:
    with pytest.raises(Permanent, match="100 parameters"):
        limits.check(pieces(101).replace(b"\n", end))


def test_an_ordinary_mail_passes() -> None:
    limits.check(pieces(90))
