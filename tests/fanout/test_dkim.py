"""Signatures: every copy verifies with another's program, and a header or a body that was touched does not."""

from __future__ import annotations

import email
import re
from collections import Counter

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from bridge.fanout.compose import NoticeLetter, compose, compose_notice
from bridge.fanout.digest import compose_digest
from bridge.fanout.dkim import Key, read_key, signed
from bridge.fanout.letter import Letter, Slot
from bridge.fanout.relayed import RelayLetter, compose_relayed

from .digests import DIGEST
from .letters import PICTURE, SITE, SLOTS, changed, checked

RSA = Key("forum.test", "a", rsa.generate_private_key(65537, 2048))
ED = Key("forum.test", "b", ed25519.Ed25519PrivateKey.generate())
RECORDS = {f"{key.selector}._domainkey.{key.domain}.".encode(): key.published().encode() for key in (RSA, ED)}
NOW = 1_700_000_000


def verified(raw: bytes) -> list[bool]:
    """What dkimpy says of each signature, topmost first."""
    mail = dkim.DKIM(raw)
    count = len(re.findall(rb"(?mi)^DKIM-Signature:", raw.partition(b"\r\n\r\n")[0]))
    answers = []
    for number in range(count):
        try:
            answers.append(mail.verify(number, dnsfunc=lambda name, timeout=5: RECORDS.get(name)))
        except dkim.DKIMException:
            answers.append(False)
    return answers


LETTERS = {
    "post": compose(changed()),
    "long": compose(
        changed(post_text="A line with trailing space  \n\n\nand =3D signs, umlauts äöü 漢字 " * 400)
    ),
    "picture": compose(changed(pictures=(PICTURE,))),
    "empty end": Letter((b"From: a@forum.test\r\nSubject: x\r\n\r\nword \t \r\n\r\n \r\n",), "x@forum.test"),
    "no body": Letter((b"From: a@forum.test\r\nSubject:\r\n folded\r\n\t twice \r\n\r\n",), "x@forum.test"),
    "slot first": Letter((b"From: a@forum.test\r\n\r\n", Slot.REPLY, b"\r\n\r\n"), "x@forum.test"),
    "notice": compose_notice(
        NoticeLetter(SITE, "ada@garden.test", "Hello", "Words.\n", "n@forum.test", "", 0, "Garden")
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_O2_every_copy_verifies(name: str) -> None:
    letter = signed(LETTERS[name], (RSA, ED), NOW)
    for token in (b"a" * 52, b"b" * 45):
        raw = letter.fill({slot: token for slot in Slot})
        assert verified(raw) == [True, True]
        assert raw.endswith(LETTERS[name].fill({slot: token for slot in Slot}))
        assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_O2_a_signed_letter_is_legal() -> None:
    checked(signed(LETTERS["post"], (RSA, ED), NOW))


MAIL = (
    b"From: Bo <bo@garden.test>\r\nTo: x@forum.test\r\nSubject: Only you\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Language: de\r\n"
    b"Content-Disposition: inline\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n"
)
ALL = {
    "post": LETTERS["post"],
    "first post": compose(changed(references=(), answers=None, post_parent_id=None)),
    "picture": LETTERS["picture"],
    "notice": LETTERS["notice"],
    "answer": compose_notice(
        NoticeLetter(
            SITE, "ada@garden.test", "Hello", "Words.\n", "n@forum.test", "q@garden.test", 0, "Garden",
            reply_to="confirm+abc@forum.test", attached=MAIL,
        )
    ),
    "digest": compose_digest(DIGEST),
    "relayed": compose_relayed(
        RelayLetter(
            SITE, "Bo", "to+abc@forum.test", "Ada", "ada@garden.test", "Only you", 0, "r@forum.test",
            "q@garden.test", MAIL,
        )
    ),
}  # fmt: skip
PLAIN = {"precedence", "x-auto-response-suppress", "x-threadbridge-loop"}
"""What no reader sees, and nobody gains by altering."""


@pytest.mark.parametrize("name", ALL)
def test_O1_O2_all_that_a_reader_goes_by_is_signed(name: str) -> None:
    raw = signed(ALL[name], (RSA, ED), NOW).fill(SLOTS)
    assert verified(raw) == [True, True]
    mail = email.message_from_bytes(raw)
    has = Counter(key.lower() for key in mail if key.lower() != "dkim-signature")
    assert {"from", "subject", "date", "to", "message-id", "mime-version", "content-type"} <= set(has)
    if name in ("post", "first post", "picture", "digest"):
        assert {"list-id", "list-unsubscribe", "list-unsubscribe-post", "reply-to"} <= set(has)
        assert mail["List-Unsubscribe"].startswith("<https://")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for value in mail.get_all("DKIM-Signature", []):
        listed = Counter(re.sub(r"\s", "", value).partition(";h=")[2].partition(";")[0].split(":"))
        assert {key for key in has if listed[key] < has[key]} <= PLAIN
        once_more = {"from", "subject", "date", "to", "message-id", "reply-to", "list-unsubscribe"}
        assert all(listed[key] == has[key] + 1 for key in once_more)


NAMES = (
    "From Subject Date To Message-ID Reply-To In-Reply-To References List-Id List-Unsubscribe List-Unsubscribe-Post "
    "Content-Type MIME-Version"
).split()


@pytest.mark.parametrize("name", NAMES)
def test_O2_an_altered_header_fails(name: str) -> None:
    raw = signed(LETTERS["post"], (RSA, ED), NOW).fill(SLOTS)
    altered = re.sub(rb"(?m)^(%s:.*?)(?=\r)" % name.encode(), rb"\1x", raw, count=1)
    assert altered != raw and verified(altered) == [False, False]
    assert verified(re.sub(rb"(?ms)^%s:.*?\r\n(?! )" % name.encode(), b"", raw, count=1)) == [False, False]


@pytest.mark.parametrize("name", ["From", "Subject", "Date", "To", "Message-ID", "Reply-To", "Content-Type"])
def test_O2_an_added_header_fails(name: str) -> None:
    raw = signed(LETTERS["post"], (RSA, ED), NOW).fill(SLOTS)
    assert verified(name.encode() + b": added\r\n" + raw) == [False, False]


def test_O2_an_altered_body_fails() -> None:
    raw = signed(LETTERS["post"], (RSA, ED), NOW).fill(SLOTS)
    head, mark, body = raw.partition(b"\r\n\r\n")
    for place in (5, len(body) // 2, len(body) - 8):
        altered = body[:place] + (b"y" if body[place : place + 1] != b"y" else b"z") + body[place + 1 :]
        assert verified(head + mark + altered) == [False, False]
    assert verified(raw + b"more\r\n") == [False, False]


def test_one_key_makes_one_signature() -> None:
    raw = signed(LETTERS["post"], (RSA,), NOW).fill(SLOTS)
    assert verified(raw) == [True] and b"t=1700000000;" in raw


def test_a_slot_without_a_value_is_told() -> None:
    with pytest.raises(KeyError):
        signed(LETTERS["post"], (RSA,), NOW).fill({})


def _pem(
    key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey, password: bytes = b""
) -> bytes:
    how = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)


def test_keys_are_read() -> None:
    assert isinstance(RSA.private, rsa.RSAPrivateKey) and isinstance(ED.private, ed25519.Ed25519PrivateKey)
    assert Key("forum.test", "a", read_key(_pem(RSA.private))).published() == RSA.published()
    assert Key("forum.test", "b", read_key(_pem(ED.private))).published() == ED.published()


@pytest.mark.parametrize(
    ("pem", "told"),
    [
        (b"", "is no private key in PEM"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "is no private key in PEM"),
        (_pem(ec.generate_private_key(ec.SECP256R1())), "is neither an RSA nor an Ed25519 key"),
        (_pem(ED.private, b"secret"), "is locked with a passphrase; write it without one"),
    ],
)
def test_a_bad_key_is_one_clear_line(pem: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        read_key(pem)
