"""Header lines as bytes: ASCII, folded, CRLF at their end, and no value that could become a second header.

Every text loses its controls, line breaks and direction marks here, whatever was done to it before. Lines are kept
to 78 characters where they can be broken, and to 998 always (RFC 5322 section 2.1.1); what is not ASCII becomes
encoded words (RFC 2047) or a parameter in parts (RFC 2231). Pure.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import quote

CRLF = b"\r\n"
SOFT = 78
TEXT_MAX = 2000
REFERENCES_MAX = 20
ENCODED_BYTES = 42  # base64 makes 56 of them: with =?utf-8?b?..?= an encoded word stays below 75

_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
# laxer than RFC 5322 section 3.6.4, for an id is a name that others know: programs write colons and odd dots
_ID = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=^_`{|}~.:;-]{1,300}@[A-Za-z0-9_.:-]{1,200}|[A-Za-z0-9._%+=$-]{1,200}@\[[A-Za-z0-9.:]{3,60}\]"
)
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_LATEST = datetime(9999, 12, 31, tzinfo=UTC)


def clean(text: str) -> str:
    """One line of printable text: nothing that ends a header, hides a word or turns its direction."""
    text = unicodedata.normalize("NFC", text[: 2 * TEXT_MAX])
    kept = (
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or c == "\u200d" else " "
        for c in text
    )
    return " ".join("".join(kept).split())[:TEXT_MAX]


def line(name: str, *words: str) -> bytes:
    """A header of ready-made ASCII words, folded between them; ValueError for what is no header text."""
    folded, width = name + ":", len(name) + 1
    for word in words:
        if not word.isascii() or not word.isprintable():
            raise ValueError(f"not header text: {word!r}")
        if width + 1 + len(word) > SOFT and not folded.endswith(":"):
            folded, width = folded + "\r\n", 0
        folded, width = f"{folded} {word}", width + 1 + len(word)
    return folded.encode("ascii") + CRLF


def text(name: str, value: str) -> bytes:
    """An unstructured header, as Subject is."""
    words = clean(value).split(" ")
    if all(word.isascii() and len(word) < SOFT and "=?" not in word for word in words):
        return line(name, *words)
    return line(name, *encoded_words(value))


def encoded_words(value: str) -> list[str]:
    """A text as encoded words of at most 75 characters, none of which splits a character (RFC 2047 section 5)."""
    words: list[str] = []
    run = b""
    for char in clean(value):
        one = char.encode()
        # a mark that combines stays with its letter: some programs show each word on its own
        if len(run) + len(one) > ENCODED_BYTES and (
            not unicodedata.combining(char) or len(run) > ENCODED_BYTES - 4
        ):
            words.append(_encoded(run))
            run = b""
        run += one
    return [*words, _encoded(run)] if run else words


def _encoded(run: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(run).decode('ascii')}?="


def phrase(value: str) -> list[str]:
    """A display name as words for `line`: atoms, a quoted string or encoded words (RFC 5322 section 3.2.5)."""
    words = clean(value).split()
    if any("=?" in word or (word.isascii() and len(word) > SOFT - 20) for word in words):
        return encoded_words(value)
    if all(not word.isascii() or _ATOMS.fullmatch(word) for word in words):
        return _mixed(words)
    if not value.isascii():
        return encoded_words(value)
    escaped = " ".join(words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.split(" ")


def _mixed(words: list[str]) -> list[str]:
    """Atoms as they are, and what stands together without being ASCII as encoded words: fewer of them meet."""
    runs: list[list[str]] = []
    for word in words:
        if not word.isascii() and runs and not runs[-1][-1].isascii():
            runs[-1].append(word)
        else:
            runs.append([word])
    written = [[run[0]] if run[0].isascii() else encoded_words(" ".join(run)) for run in runs]
    return [word for run in written for word in run]


def mailbox(name: str, display: str, address: str) -> bytes:
    """A header with one mailbox; ValueError where the address is no plain addr-spec."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"not an address: {address!r}")
    return line(name, *phrase(display), f"<{address}>")


def ascii_address(address: str) -> str:
    """An address with its domain as A-labels (RFC 5890); unchanged where it is ASCII already."""
    local, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def is_id(message_id: str) -> bool:
    """Whether a Message-ID, without its angle brackets, can stand in a letter."""
    return bool(_ID.fullmatch(message_id))


def ids(name: str, message_ids: Iterable[str]) -> bytes:
    """A header of Message-IDs, one a line; empty where there are none. Of many, the first and the last stay."""
    good = list(dict.fromkeys(i for i in message_ids if is_id(i)))
    if len(good) > REFERENCES_MAX:
        good = good[:1] + good[1 - REFERENCES_MAX :]
    return (
        (name + ":").encode("ascii") + b"\r\n".join(f" <{i}>".encode("ascii") for i in good) + CRLF
        if good
        else b""
    )


def date(name: str, moment: int) -> bytes:
    """A date header of microseconds UTC; what lies outside of the calendar is moved into it."""
    try:
        stamp = datetime.fromtimestamp(max(0, moment) // 1_000_000, tz=UTC)
    except (OverflowError, OSError, ValueError):
        stamp = _LATEST
    return line(name, *format_datetime(stamp).split(" "))


def parameter(name: str, value: str) -> str:
    """A MIME parameter, as in `filename="a.png"`; what is not ASCII by RFC 2231, on one line of at most 600 bytes."""
    value = clean(value)[:120]
    if value.isascii() and "=?" not in value:
        escaped = value.replace("\\", "_").replace('"', "'")
        return f'{name}="{escaped}"'
    while len(quote(value, safe="")) > 560:
        value = value[1:]
    return f"{name}*=utf-8''{quote(value, safe='')}"
