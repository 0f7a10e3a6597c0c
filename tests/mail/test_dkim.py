"""Signatures that another program made hold; those that were touched, or are worth nothing, do not (promise A3)."""

from __future__ import annotations

import base64

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from bridge.mail.dkim import holds, opened, signatures
from tests.guard import soon

RSA = rsa.generate_private_key(65537, 2048)
ED = ed25519.Ed25519PrivateKey.generate()
RSA_PEM = RSA.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
ED_RAW = base64.b64encode(
    ED.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
)
DER = RSA.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
)
PKCS1 = RSA.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
RECORD = f"v=DKIM1; k=rsa; p={base64.b64encode(DER).decode()}"
ED_RECORD = f"v=DKIM1; k=ed25519; p={base64.b64encode(ED.public_key().public_bytes_raw()).decode()}"
NOW = 1_800_000_000
MAIL = (
    b"Received: from a by b; Mon, 1 Jan 2024 00:00:00 +0000\r\nFrom: Ada\r\n <ada@garden.test>\r\n"
    b"Subject:   Two  \t words \r\n\tand  a  fold\r\nX-Twice: one\r\nX-Twice: two\r\nTo: <b@forum.test>\r\n\r\n"
    b"  Words \t with   spaces  \r\nand more\r\n\r\n\t\r\n\r\n"
)
BODIES = (
    b"",
    b"\r\n",
    b"\r\n\r\n\r\n",
    b" \r\n",
    b"x",
    b"a\r\n\r\nb\r\n \r\n\r\n",
    b"\r\nx\r\n",
)
CANONS = [(a, b) for a in (b"relaxed", b"simple") for b in (b"relaxed", b"simple")]


def made(mail: bytes = MAIL, canon: tuple[bytes, bytes] = (b"relaxed", b"relaxed"), **more: object) -> bytes:
    """The mail with a signature by dkimpy."""
    how = {"selector": b"s", "domain": b"garden.test", "privkey": RSA_PEM, "canonicalize": canon, **more}
    return bytes(dkim.sign(mail, **how)) + mail


def good(raw: bytes, record: str = RECORD, now: int = NOW) -> list[bool]:
    mail = opened(raw)
    return [holds(each, mail, record, now) for each in signatures(mail)]


@pytest.mark.parametrize("canon", CANONS)
def test_signatures_of_another_program_hold(canon: tuple[bytes, bytes]) -> None:
    assert good(made(canon=canon)) == [True]
    for body in BODIES:
        assert good(made(MAIL.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body, canon)) == [True], body
    names = [b"from", b"subject", b"x-twice", b"x-twice", b"x-none"]
    assert good(made(canon=canon, include_headers=names)) == [True]
    assert good(made(canon=canon, privkey=ED_RAW, signature_algorithm=b"ed25519-sha256"), ED_RECORD) == [True]


@pytest.mark.parametrize("canon", CANONS)
def test_what_was_touched_does_not_hold(canon: tuple[bytes, bytes]) -> None:
    raw = made(canon=canon, include_headers=[b"from", b"from", b"subject", b"x-twice", b"x-twice", b"to"])
    for old, new in (
        (b"ada@", b"eve@"), (b"words ", b"wards "), (b"X-Twice: one", b"X-Twice: two"), (b"more", b"mire"),
        (b"Words", b"W ords"), (b"\r\n\r\n  W", b"\r\n\r\n\r\n  W"), (b"s=s;", b"s=t;"), (b"To: <b@", b"To: <c@"),
    ):  # fmt: skip
        assert raw.replace(old, new) != raw and good(raw.replace(old, new)) == [False], old
    assert good(b"From: eve@garden.test\r\n" + raw) == [False]
    assert good(raw + b"more\r\n") == [False]
    if canon == (b"relaxed", b"relaxed"):
        assert good(raw.replace(b"Two  \t words", b"Two words").replace(b"spaces  \r\n", b"spaces\r\n")) == [
            True
        ]


def test_what_is_worth_nothing_is_not_read() -> None:
    raw = made()
    for old, new in (
        (b"v=1;", b"v=2;"), (b"a=rsa-sha256;", b"a=rsa-sha1;"), (b"d=garden.test;", b""), (b"s=s;", b"s=s; l=4;"),
        (b"s=s;", b"s=s; i=@evil.test;"), (b"s=s;", b"s=s; s=s;"), (b"h=", b"h=x:"), (b"c=relaxed/", b"c=other/"),
        (b"bh=", b"bh=!"), (b"s=s;", b"s=s; x=soon;"),
    ):  # fmt: skip
        changed = raw.replace(old, new, 1)
        assert changed != raw and good(changed) in ([], [False]), new
    assert good(made(include_headers=[b"from", b"to"])) == []
    assert good(made(length=True)) == []
    assert good(MAIL) == [] and good(b"") == [] and good(b"\r\n") == []


def test_a_signature_ends_when_it_says() -> None:
    raw = made()
    mail = opened(raw.replace(b"s=s;", b"s=s; x=1799999999;", 1))
    (signature,) = signatures(mail)
    assert signature.expires == NOW - 1 and not holds(signature, mail, RECORD, NOW)


@pytest.mark.parametrize(
    ("record", "holds_by_it"),
    [
        (RECORD, True),
        (RECORD.removeprefix("v=DKIM1; k=rsa; "), True),
        (f"p={base64.b64encode(PKCS1).decode()}", True),
        (RECORD + "; t=s; s=email; h=sha1:sha256; n=a note", True),
        (RECORD.replace("p=", "p= "), True),
        ("", False),
        ("v=DKIM1; p=", False),
        ("v=DKIM1; p=AAAA", False),
        ("v=DKIM1; p=\u2603", False),
        (RECORD.replace("DKIM1", "DKIM2"), False),
        (RECORD.replace("k=rsa", "k=ed25519"), False),
        (RECORD + "; h=sha1", False),
        (RECORD + "; s=tlsrpt", False),
        (RECORD + "; p=AAAA", False),
        (ED_RECORD, False),
    ],
    ids=lambda value: f"{value}"[:12],
)
def test_the_record_decides(record: str, holds_by_it: bool) -> None:
    assert good(made(), record) == [holds_by_it]


def test_a_strict_key_signs_for_its_own_domain_alone() -> None:
    raw = made(identity=b"ada@lists.garden.test")
    assert (good(raw), good(raw, RECORD + "; t=s")) == ([True], [False])


def test_R1_headers_over_their_cap_are_not_taken_apart() -> None:
    mail = opened(b"a:\r\n" * 200_000 + b"\r\nHello\r\n")
    assert (mail.headers, mail.body) == ((), b"Hello\r\n")
    assert len(opened(b"a: b\n" * 50_000 + b"\nHello\r\n").headers) == 50_000


def test_lone_line_feeds_are_line_ends() -> None:
    assert good(made().replace(b"\r\n", b"\n")) == [True]


SLOW = {
    "spaces": b" " * 3_000_000, "tabs": b"\t \r\n" * 700_000, "line ends": b"\r\n" * 1_500_000,
    "feeds": b"\n" * 3_000_000,
    "returns": b"\r" * 3_000_000, "mixed": b"\r\r\n\n" * 700_000,
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
@pytest.mark.parametrize("canon", [b"relaxed/relaxed", b"simple/simple"])
def test_R3_no_body_takes_long(name: str, canon: bytes) -> None:
    raw = made().replace(b"c=relaxed/relaxed", b"c=" + canon) + SLOW[name] + b"x"
    with soon():
        assert good(raw) == [False]
