"""Mails whose words stand within an S/MIME signature."""

from __future__ import annotations

from base64 import encodebytes

import pytest

from bridge.mail.parse import parse
from bridge.mail.sealed import is_encrypted, signed_words

SIGNED, DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
ENVELOPED = bytes.fromhex("06092a864886f70d010703")
INNER = (
    "Content-Type: text/plain; charset=utf-8\r\n\r\nThe ladder is in the mill, über the door.\r\n".encode()
)


def element(tag: int, *contents: bytes) -> bytes:
    """An element in DER."""
    held = b"".join(contents)
    size = bytes([len(held)]) if len(held) < 128 else b"\x84" + len(held).to_bytes(4, "big")
    return bytes([tag]) + size + held


def endless(tag: int, *contents: bytes) -> bytes:
    """An element in BER whose end is marked."""
    return bytes([tag]) + b"\x80" + b"".join(contents) + b"\0\0"


def sealed(string: bytes, kind: bytes = SIGNED, form=element) -> bytes:  # type: ignore[no-untyped-def]
    """A signature around a string."""
    held = form(0x30, DATA, form(0xA0, string))
    return bytes(form(0x30, kind, form(0xA0, form(0x30, element(0x02, b"\1"), element(0x31), held))))


WHOLE = sealed(element(0x04, INNER))
PIECES = sealed(endless(0x24, element(0x04, INNER[:50]), element(0x04, INNER[50:])), form=endless)


def mail(der: bytes, kind: str = "application/pkcs7-mime; smime-type=signed-data") -> bytes:
    """A mail that is this signature."""
    head = (
        "From: Ada <ada@members.example>\r\nTo: general@forum.example\r\nSubject: Ladder\r\n"
        "Message-ID: <s1@members.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: {kind}; name=smime.p7m\r\n"
        "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=smime.p7m\r\n\r\n"
    )
    return head.encode() + encodebytes(der).replace(b"\n", b"\r\n")


@pytest.mark.parametrize("der", [WHOLE, PIECES])
@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/x-pkcs7-mime"])
def test_words_within_a_signature_are_read(der: bytes, kind: str) -> None:
    message = parse(mail(der, kind))
    assert message.text and message.text.strip() == "The ladder is in the mill, über the door."
    assert (message.attachments, message.subject, message.message_id) == ((), "Ladder", "s1@members.example")
    assert message.author and message.author.address == "ada@members.example"


def test_what_is_encrypted_stays_a_file() -> None:
    message = parse(mail(sealed(element(0x04, INNER), ENVELOPED)))
    assert not message.text and [one.name for one in message.attachments] == ["smime.p7m"]


@pytest.mark.parametrize(
    ("raw", "encrypted"),
    [
        (mail(sealed(element(0x04, INNER), ENVELOPED)), True),
        (mail(WHOLE), False),
        (
            b'Content-Type: multipart/encrypted; boundary=B; protocol="application/pgp-encrypted"\n\n--B\n'
            b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n--B\n"
            b"Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n--B--\n",
            True,
        ),
        (b"Subject: x\n\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", True),
        (b"Subject: x\n\nWhat is -----BEGIN PGP MESSAGE-----?\n", False),
        (b"Subject: x\n\n", False),
    ],
)
def test_what_nobody_can_read_is_known(raw: bytes, encrypted: bool) -> None:
    assert is_encrypted(parse(raw)) is encrypted


@pytest.mark.parametrize("der", [WHOLE, PIECES])
def test_a_signature_that_is_cut_or_odd_holds_nothing(der: bytes) -> None:
    inside = der.index(INNER[50:]) + len(INNER[50:])
    assert not any(signed_words(der[:end]) for end in range(inside))
    for at in range(60):
        signed_words(der[:at] + b"\xff" + der[at + 1 :])  # whatever it is, nothing is raised
    assert signed_words(b"\x30\x80" * 1000) == b""
