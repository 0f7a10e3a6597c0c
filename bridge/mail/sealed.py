"""Mails whose words stand within their signature: S/MIME signed-data (RFC 8551 section 3.5.2), as Outlook sends them.

    ContentInfo { signedData, [0] SignedData { version, algorithms, { data, [0] OCTET STRING: the mail }, ... } }

Only the way to that string is read, in DER or BER (RFC 5652 section 5.1, X.690 section 8); the signature is not
checked, as no other is. What is encrypted, cut or odd holds no words for us. PIECES of a string at most.
"""

from __future__ import annotations

from . import limits
from .message import Message
from .mime import Part, content
from .structure import structure

KINDS = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
ENCRYPTED = KINDS | {"application/pgp-encrypted"}
PIECES = 100_000
_ARMOUR, _ARMOUR_END = "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----"
_SEQUENCE, _SET, _INTEGER, _STRING, _PIECES, _WITHIN = 0x30, 0x31, 0x02, 0x04, 0x24, 0xA0
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")


def unsealed(top: Part) -> Part:
    """The mail within a mail that is a signature around it; the part itself where it is none."""
    within = signed_words(content(top)) if top.kind in KINDS else b""
    if not within:
        return top
    limits.check(within)
    return Part(structure(within))


def is_encrypted(message: Message) -> bool:
    """Whether a mail is nothing but what only its receivers' keys open: PGP/MIME, S/MIME, or an armoured text."""
    text = (message.text or "").strip()
    if text.startswith(_ARMOUR) and text.endswith(_ARMOUR_END):
        return True
    shown = text or message.html or message.forwarded
    return not shown and any(one.type in ENCRYPTED for one in message.attachments)


def signed_words(der: bytes) -> bytes:
    """What a signature holds; empty where it holds nothing, or is none."""
    try:
        at = _past(der, _into(der, 0, _SEQUENCE), _SIGNED)
        at = _into(der, _into(der, at, _WITHIN), _SEQUENCE)
        at = _after(der, _after(der, at, _INTEGER), _SET)
        at = _past(der, _into(der, at, _SEQUENCE), _DATA)
        return _string(der, _into(der, at, _WITHIN))
    except (IndexError, ValueError):
        return b""


def _head(der: bytes, at: int) -> tuple[int, int | None]:
    """Where the contents of an element begin, and how long they are; None where a mark ends them."""
    size = der[at + 1]
    if size < 0x80:
        return at + 2, size
    if size == 0x80:
        return at + 2, None
    if size > 0x84:
        raise ValueError("no mail is that long")
    start = at + 2 + (size & 0x7F)
    return start, int.from_bytes(der[at + 2 : start], "big")


def _into(der: bytes, at: int, tag: int) -> int:
    if der[at] != tag:
        raise ValueError("another element was awaited")
    return _head(der, at)[0]


def _after(der: bytes, at: int, tag: int) -> int:
    start, size = _into(der, at, tag), _head(der, at)[1]
    if size is None:
        raise ValueError("its end is not told")
    return start + size


def _past(der: bytes, at: int, known: bytes) -> int:
    if not der.startswith(known, at):
        raise ValueError("another kind was awaited")
    return at + len(known)


def _string(der: bytes, at: int) -> bytes:
    """A string whole, or put together from its pieces."""
    if der[at] != _PIECES:
        return der[_into(der, at, _STRING) : _whole(der, _after(der, at, _STRING))]
    at, size = _head(der, at)
    end = len(der) if size is None else _whole(der, at + size)
    found: list[bytes] = []
    while at < end and der[at] == _STRING and len(found) < PIECES:
        after = _whole(der, _after(der, at, _STRING))
        found.append(der[_into(der, at, _STRING) : after])
        at = after
    if size is None and der[at : at + 2] != b"\0\0":
        raise ValueError("its end is missing")
    return b"".join(found)


def _whole(der: bytes, end: int) -> int:
    if end > len(der):
        raise ValueError("it is cut")
    return end
