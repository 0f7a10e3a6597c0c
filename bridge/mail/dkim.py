"""DKIM signatures (RFC 6376, 8301, 8463), read and checked against a key that somebody else looked up. Pure.

Only signatures that are worth something are read: SHA-256, the whole body (no `l=`), From and Subject signed, version
1. All work is linear in the size of the mail, whatever a stranger writes. Limits: `MOST` signatures, 256 headers
signed, RSA keys of 1,024 to 8,192 bits. Needs `cryptography` (the extra `auth`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from .limits import HEADER_BLOCK

MOST = 20
NAMES = 256
SHORTEST, LONGEST = 1024, 8192
ALGORITHMS = {b"rsa-sha256": "rsa", b"ed25519-sha256": "ed25519"}

_WSP = re.compile(rb"[ \t]+")
_FIELD = re.compile(rb"\r\n(?![ \t])")
_TAG = re.compile(rb"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Signed:
    """A mail as signatures see it: each header with its CRLF, and the body."""

    headers: tuple[bytes, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """A DKIM-Signature header that is worth a look; `kind` is "rsa" or "ed25519"."""

    domain: str
    selector: str
    kind: str
    names: tuple[bytes, ...]
    relaxed_headers: bool
    relaxed_body: bool
    body_hash: bytes
    value: bytes
    expires: int | None
    identity: str
    """The domain of `i=`."""
    header: bytes


def opened(content: bytes) -> Signed:
    """A mail's headers and body; lone LFs count as line ends. Headers over their cap are none: that mail is refused."""
    content = re.sub(rb"(?<!\r)\n", b"\r\n", content)
    if content.startswith(b"\r\n"):
        return Signed((), content[2:])
    head, _, body = content.partition(b"\r\n\r\n")
    if len(head) > 2 * HEADER_BLOCK:  # each line end may have become two bytes
        return Signed((), body)
    return Signed(tuple(field + b"\r\n" for field in _FIELD.split(head)), body)


def signatures(mail: Signed) -> list[Signature]:
    """The signatures of a mail that are worth a look, topmost first."""
    found = [header for header in mail.headers if _name(header) == b"dkim-signature"]
    read = (_signature(header) for header in found[:MOST])
    return [signature for signature in read if signature]


def _signature(header: bytes) -> Signature | None:
    tags = _tags(header.partition(b":")[2])
    try:
        names = tuple(tags[b"h"].lower().split(b":"))
        domain = tags[b"d"].decode("ascii").lower()
        identity = tags.get(b"i", b"@" + tags[b"d"]).decode("ascii").lower().rpartition("@")[2]
        canons = (*tags.get(b"c", b"simple/simple").lower().split(b"/"), b"simple")[:2]
        right = (
            tags[b"v"] == b"1" and b"l" not in tags and {b"from", b"subject"} <= set(names) and len(names) <= NAMES
            and set(canons) <= {b"simple", b"relaxed"} and (identity == domain or identity.endswith("." + domain))
        )  # fmt: skip
        if not right:
            return None
        return Signature(
            domain, tags[b"s"].decode("ascii").lower(), ALGORITHMS[tags[b"a"].lower()], names,
            canons[0] == b"relaxed", canons[1] == b"relaxed", base64.b64decode(tags[b"bh"], validate=True),
            base64.b64decode(tags[b"b"], validate=True), int(tags[b"x"]) if b"x" in tags else None, identity, header,
        )  # fmt: skip
    except (KeyError, ValueError, binascii.Error):
        return None


def _tags(text: bytes) -> dict[bytes, bytes]:
    """A tag list (section 3.2) without white space; of a tag that stands twice nothing is left of the list."""
    tags: dict[bytes, bytes] = {}
    for part in text.split(b";"):
        name, mark, value = part.partition(b"=")
        name = _TAG.sub(b"", name)
        if name in tags:
            return {}
        if mark:
            tags[name] = _TAG.sub(b"", value)
    return tags


def holds(signature: Signature, mail: Signed, record: str, now: int) -> bool:
    """Whether the signature is right for the mail by the key in a DNS record; `now` in seconds."""
    if signature.expires is not None and signature.expires < now:
        return False
    key = _key(signature, record)
    if key is None:
        return False
    body = relaxed_body(mail.body) if signature.relaxed_body else simple_body(mail.body)
    if hashlib.sha256(body).digest() != signature.body_hash:
        return False
    content = _headers(signature, mail.headers)
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signature.value, content, padding.PKCS1v15(), hashes.SHA256())
        else:
            key.verify(signature.value, hashlib.sha256(content).digest())
    except InvalidSignature:
        return False
    return True


def _key(signature: Signature, record: str) -> RSAPublicKey | Ed25519PublicKey | None:
    """The key in a record (section 3.6.1), if this signature may be made with it."""
    tags = _tags(record.encode("ascii", "replace"))
    fits = (
        tags.get(b"v", b"DKIM1") == b"DKIM1" and tags.get(b"k", b"rsa").decode("ascii", "replace") == signature.kind
        and b"sha256" in tags.get(b"h", b"sha256").lower().split(b":")
        and {b"*", b"email"} & set(tags.get(b"s", b"*").lower().split(b":"))
        and (b"s" not in tags.get(b"t", b"").split(b":") or signature.identity == signature.domain)
    )  # fmt: skip
    try:
        raw = base64.b64decode(tags.get(b"p", b""), validate=True)
        if not fits or not raw:
            return None
        if signature.kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(raw)
        key = serialization.load_der_public_key(raw)
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, RSAPublicKey) and SHORTEST <= key.key_size <= LONGEST else None


def _headers(signature: Signature, headers: Sequence[bytes]) -> bytes:
    """What was signed (section 5.4.2): of each name the lowest header that is left, and the signature itself."""
    left: dict[bytes, list[bytes]] = {}
    for header in headers:
        left.setdefault(_name(header), []).append(header)
    chosen = [left[name].pop() for name in signature.names if left.get(name)]
    own = _emptied(signature.header)
    if signature.relaxed_headers:
        chosen, own = [relaxed_header(header) for header in chosen], relaxed_header(own)
    return b"".join(chosen) + own.removesuffix(b"\r\n")


def _emptied(header: bytes) -> bytes:
    """The signature's header with nothing after `b=`."""
    name, _, value = header.removesuffix(b"\r\n").partition(b":")
    parts = value.split(b";")
    for at, part in enumerate(parts):
        tag, mark, _ = part.partition(b"=")
        if _TAG.sub(b"", tag) == b"b":
            parts[at] = tag + mark
    return name + b":" + b";".join(parts) + b"\r\n"


def _name(header: bytes) -> bytes:
    return header.partition(b":")[0].strip(b" \t").lower()


def relaxed_header(header: bytes) -> bytes:
    """RFC 6376 section 3.4.2."""
    name, _, value = header.partition(b":")
    value = _WSP.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return name.strip(b" \t").lower() + b":" + value + b"\r\n"


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376 section 3.4.4."""
    body = _WSP.sub(b" ", body).replace(b" \r\n", b"\r\n").removesuffix(b" ")
    return _ended(body, b"")


def simple_body(body: bytes) -> bytes:
    """RFC 6376 section 3.4.3."""
    return _ended(body, b"\r\n")


def _ended(body: bytes, empty: bytes) -> bytes:
    """A body with one CRLF at its end, and no empty lines before that."""
    end = len(body.rstrip(b"\r\n"))
    if body[end:] != b"\r\n" * ((len(body) - end) // 2):  # a CR or LF alone stands among them
        end = len(body)
        while body.endswith(b"\r\n", 0, end):
            end -= 2
    return body[:end] + b"\r\n" if end else empty
