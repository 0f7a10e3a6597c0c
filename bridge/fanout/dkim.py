"""DKIM signatures (RFC 6376, relaxed/relaxed; RFC 8463 for Ed25519) on letters of which many copies leave.

A letter is canonicalised once, with its slots left open, and the hash of its body is begun once, up to the first
slot; a copy costs a join, two short hashes and one signature a key. `signed(letter, keys, seconds)` gives the letter
back with `signatures` in it: its `fill(slots)` then gives signed copies, and who joins the pieces by himself writes
`letter.signatures(slots)` before them. What tells a reader who wrote, to whom, what about and how to leave is signed;
headers in `TWICE` are named once more than they occur, so that one added on the way breaks the signature (section
8.15). The letter's lines end with CRLF, and nothing after us may change it. Needs `cryptography` (extra `auth`). Pure.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from ..mail.dkim import SHORTEST, relaxed_body, relaxed_header
from .letter import Letter, Slot

SIGNED = (
    "from", "subject", "date", "to", "cc", "message-id", "in-reply-to", "references", "mime-version", "content-type",
    "content-transfer-encoding", "content-disposition", "content-language", "content-id", "list-id", "list-post",
    "list-archive", "list-help", "list-owner", "list-subscribe", "archived-at", "auto-submitted", "reply-to",
    "list-unsubscribe", "list-unsubscribe-post",
)  # fmt: skip
"""What is signed where it occurs; what differs from copy to copy stands last."""
TWICE = frozenset(
    {"from", "subject", "date", "to", "message-id", "reply-to", "content-type", "list-unsubscribe"}
)
LINE = 72

_PADDING, _SHA256 = padding.PKCS1v15(), hashes.SHA256()
Pieces = tuple[bytes | Slot, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A private key, and where its public half stands in the DNS: `selector._domainkey.domain`."""

    domain: str
    selector: str
    private: RSAPrivateKey | Ed25519PrivateKey

    @property
    def algorithm(self) -> str:
        return "rsa-sha256" if isinstance(self.private, RSAPrivateKey) else "ed25519-sha256"

    def sign(self, content: bytes) -> bytes:
        """The signature of canonical headers, in base64."""
        if isinstance(self.private, RSAPrivateKey):
            return base64.b64encode(self.private.sign(content, _PADDING, _SHA256))
        # RFC 8463 section 3: the hash is what is signed
        return base64.b64encode(self.private.sign(hashlib.sha256(content).digest()))

    def published(self) -> str:
        """The text of the DNS record that belongs to the key (RFC 6376 section 3.6.1)."""
        public = self.private.public_key()
        if isinstance(self.private, RSAPrivateKey):
            form = serialization.PublicFormat.SubjectPublicKeyInfo
            return f"v=DKIM1; k=rsa; p={_text(public.public_bytes(serialization.Encoding.DER, form))}"
        raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return f"v=DKIM1; k=ed25519; p={_text(raw)}"


def read_key(pem: bytes) -> RSAPrivateKey | Ed25519PrivateKey:
    """The private key in a PEM file. ValueError says in words what is wrong with it."""
    if b"ENCRYPTED" in pem:
        raise ValueError("is locked with a passphrase; write it without one")
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except Exception:
        raise ValueError("is no private key in PEM") from None
    if isinstance(key, RSAPrivateKey):
        if key.key_size < SHORTEST:
            raise ValueError(f"has {key.key_size} bits; receivers want {SHORTEST} and more")
        return key
    if isinstance(key, Ed25519PrivateKey):
        return key
    raise ValueError("is neither an RSA nor an Ed25519 key")


@dataclass(frozen=True, slots=True)
class Made:
    """The signatures of one copy, and what a seal over them is made of."""

    lines: bytes
    """The signature headers, as they are written."""
    canonical: tuple[bytes, ...]
    """Each of them in canonical form, with its CRLF."""
    headers: bytes
    """The other signed headers in canonical form."""
    body_hash: bytes


@dataclass(frozen=True, slots=True)
class Signing:
    """What signs the copies of one letter."""

    signatures: tuple[Signature, ...]
    names: tuple[str, ...]
    """What `h=` lists."""
    headers: Pieces
    """The canonical form of the signed headers, each with its CRLF."""
    begun: Any
    """SHA-256 over the canonical body up to its first slot."""
    body: Pieces
    """The canonical body from there on."""

    def __call__(self, slots: Mapping[Slot, bytes]) -> bytes:
        """The signature headers of one reader's copy; KeyError where a slot of the letter has no value."""
        return self.made(slots).lines

    def made(self, slots: Mapping[Slot, bytes]) -> Made:
        """The signatures of one reader's copy; KeyError as above."""
        digest = self.begun
        if self.body:
            digest = digest.copy()
            digest.update(_filled(self.body, slots))
        body_hash = base64.b64encode(digest.digest())
        headers = _filled(self.headers, slots)
        both = [each.over(headers, body_hash + b";") for each in self.signatures]
        lines = b"".join([written for written, _ in both])
        return Made(lines, tuple(canonical for _, canonical in both), headers, body_hash)


@dataclass(frozen=True, slots=True)
class Signature:
    """A header that bears a signature, begun once for all copies."""

    key: Key
    written: bytes
    """The header up to what differs from copy to copy, which stands before `b=`."""
    canonical: bytes

    def over(self, content: bytes, own: bytes) -> tuple[bytes, bytes]:
        """The header as written and in canonical form; it signs `content` and itself, with `own` before its `b=`."""
        start = self.canonical + own + b" b="
        value = self.key.sign(content + start)
        lines = [value[at : at + LINE] for at in range(0, len(value), LINE)]
        written = self.written + own + b"\r\n b=" + b"\r\n ".join(lines) + b"\r\n"
        return written, start + b" ".join(lines) + b"\r\n"


def signed(letter: Letter, keys: Sequence[Key], seconds: int) -> Letter:
    """The letter with a signature for each key; `seconds` is the time of day since 1970, and stands in `t=`."""
    marks = {slot: f"\0{number}\0".encode("ascii") for number, slot in enumerate(Slot)}
    head, _, body = letter.fill(marks).partition(b"\r\n\r\n")
    names, lines = _chosen(head + b"\r\n")
    content = _opened(relaxed_body(body), marks)
    first = content[:1] if content and isinstance(content[0], bytes) else ()
    signing = Signing(
        signatures=tuple(begin(key, "DKIM-Signature: v=1;", names, seconds) for key in keys),
        names=tuple(names),
        headers=_opened(lines, marks),
        begun=hashlib.sha256(_filled(first, {})),
        body=content[len(first) :],
    )
    return replace(letter, signatures=signing)


def begin(key: Key, start: str, names: Sequence[str], seconds: int) -> Signature:
    """A signature of headers and body, which begins with `start`, up to and with its `bh=`."""
    lines = [
        f"{start} a={key.algorithm}; c=relaxed/relaxed;",
        f" d={key.domain}; s={key.selector}; t={seconds};",
    ]
    line = " h="
    for name in [f"{name}:" for name in names[:-1]] + [f"{names[-1]};"]:
        if len(line) + len(name) > LINE:
            lines.append(line)
            line = " "
        line += name
    return opened("\r\n".join([*lines, line, " bh="]), key)


def opened(written: str, key: Key) -> Signature:
    """A header that is to bear a signature, as far as it is the same for all copies."""
    raw = written.encode("ascii")
    return Signature(key, raw, relaxed_header(raw + b"\r\n").removesuffix(b"\r\n"))


def _chosen(head: bytes) -> tuple[list[str], bytes]:
    """The names for `h=`, and the canonical form of the headers that they choose (RFC 6376 section 5.4.2)."""
    found: dict[str, list[bytes]] = {}
    for header in re.split(rb"(?<=\r\n)(?![ \t])", head):
        if header:
            found.setdefault(header.partition(b":")[0].strip().lower().decode("latin-1"), []).append(header)
    names: list[str] = []
    lines: list[bytes] = []
    for name in SIGNED:
        own = found.get(name, [])
        names += [name] * (len(own) + (name in TWICE))
        lines += [relaxed_header(header) for header in reversed(own)]
    return names, b"".join(lines)


def _opened(content: bytes, marks: Mapping[Slot, bytes]) -> Pieces:
    """Content with the marks turned into slots again."""
    slots = {mark: slot for slot, mark in marks.items()}
    parts = re.split(b"(" + b"|".join(slots) + b")", content)
    return tuple(slots.get(part, part) for part in parts if part)


def _filled(pieces: Pieces, slots: Mapping[Slot, bytes]) -> bytes:
    return b"".join([slots[piece] if isinstance(piece, Slot) else piece for piece in pieces])


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
