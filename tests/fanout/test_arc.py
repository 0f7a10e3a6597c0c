"""Seals: the chain of every copy validates with another's program, and nothing that it covers can be altered."""

from __future__ import annotations

import re
from dataclasses import replace

import dkim
import pytest

from bridge.fanout.arc import sealed
from bridge.fanout.compose import compose
from bridge.fanout.dkim import signed
from bridge.fanout.letter import Letter, Slot

from .letters import PICTURE, SLOTS, changed, checked
from .test_dkim import ED, LETTERS, NOW, RECORDS, RSA, verified

RESULT = "dkim=pass header.d=garden.test"
ARC = ("ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results")


def seal(letter: Letter, vouched: str = RESULT) -> Letter:
    return sealed(signed(replace(letter, vouched=vouched), (RSA, ED), NOW), RSA, "forum.test", NOW)


def chain(raw: bytes) -> bytes:
    """What dkimpy says of the chain: `pass`, `fail` or `none`."""
    verdict, _, _ = dkim.arc_verify(raw, dnsfunc=lambda name, timeout=5: RECORDS.get(name))
    return bytes(verdict or b"none")


def headers(raw: bytes, name: str) -> list[bytes]:
    head = raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    return re.findall(rb"(?ms)^%s:.*?\r\n(?![ \t])" % name.encode(), head)


@pytest.mark.parametrize("name", LETTERS)
def test_O2_every_copy_has_a_chain_that_passes(name: str) -> None:
    letter = seal(LETTERS[name])
    for token in (b"a" * 52, b"b" * 45):
        raw = letter.fill({slot: token for slot in Slot})
        assert chain(raw) == b"pass" and verified(raw) == [True, True]
        assert raw.endswith(LETTERS[name].fill({slot: token for slot in Slot}))
        assert [len(headers(raw, each)) for each in ARC] == [1, 1, 1]


def test_O2_a_sealed_letter_is_legal() -> None:
    checked(seal(compose(changed(pictures=(PICTURE,)))))


COVERED = "From Subject Date To Message-ID List-Unsubscribe List-Unsubscribe-Post DKIM-Signature".split()


@pytest.mark.parametrize("name", [*COVERED, *ARC])
def test_O2_what_a_seal_covers_cannot_be_altered(name: str) -> None:
    raw = seal(LETTERS["post"]).fill(SLOTS)
    altered = re.sub(rb"(?m)^(%s:.*?)(?=;?\r)" % name.encode(), rb"\1x", raw, count=1)
    assert altered != raw and chain(altered) != b"pass"
    assert chain(raw.replace(headers(raw, name)[0], b"", 1)) != b"pass"


def test_O2_a_body_under_a_seal_cannot_be_altered() -> None:
    raw = seal(LETTERS["post"]).fill(SLOTS)
    assert chain(raw + b"more\r\n") == b"fail"
    assert chain(raw.replace(b"Yes, let us begin", b"No, let us begin", 1)) == b"fail"


def test_a_chain_of_the_mail_is_not_carried_and_ours_is_the_first() -> None:
    raw = seal(LETTERS["post"]).fill(SLOTS)
    assert b"cv=none;" in headers(raw, "ARC-Seal")[0]
    assert all(b": i=1; " in headers(raw, name)[0] for name in ARC)


@pytest.mark.parametrize(
    ("vouched", "told"),
    [
        (RESULT, RESULT),
        ("spf=pass smtp.mailfrom=garden.test", "spf=pass smtp.mailfrom=garden.test"),
        ("dkim=pass header.i=@garden.test", "dkim=pass header.i=@garden.test"),
        ("dmarc=fail header.from=garden.test", "dmarc=fail header.from=garden.test"),
        ("", "none"),
        ("dkim=pass header.d=garden.test\r\nBcc: x", "none"),
        ("dkim=pass header.d=garden.test; spf=pass smtp.mailfrom=a.test", "none"),
        ("spf=pass smtp.mailfrom=ada@garden.test", "none"),
        ("dkim=pass header.d=" + "a" * 300, "none"),
    ],
)
def test_a_seal_tells_one_result_of_one_domain_and_no_address(vouched: str, told: str) -> None:
    raw = seal(LETTERS["post"], vouched).fill(SLOTS)
    (written,) = headers(raw, "ARC-Authentication-Results")
    assert written == f"ARC-Authentication-Results: i=1; forum.test;\r\n {told}\r\n".encode()
    assert chain(raw) == b"pass"


def test_only_a_signed_letter_of_a_mail_is_sealed() -> None:
    with pytest.raises(ValueError, match="only a signed letter"):
        sealed(replace(LETTERS["post"], vouched=RESULT), RSA, "forum.test", NOW)
    with pytest.raises(ValueError, match="only a signed letter"):
        sealed(signed(LETTERS["notice"], (RSA,), NOW), RSA, "forum.test", NOW)
