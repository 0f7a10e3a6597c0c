"""One MIME part: its type, parameters, file name, and its content as bytes or text (RFC 2045, 2047, 2183, 2231).

A `Part` is a part as the library found it, with what its Content headers say read once. Our own readers of parameters,
since the standard library's are quadratic in them and lose raw 8-bit names. Limits: 100 parameters of a header, file
names of 255 bytes.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message as Source
from functools import lru_cache
from typing import Any

from .charset import by_label, clean, clean_line, decode, decode_words, is_utf8
from .flowed import unflow
from .labels import codec

MAX_PARAMETERS = 100
MAX_NAME = 255
KEPT = 200
"""Characters of Content headers at most of which it is kept what they say."""

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,120}")
# With white space around the slash, or a parameter that no semicolon divides from it.
_LOOSE_TYPE = re.compile(r"([a-z0-9!#$&^_.+-]{1,80})\s{0,9}/\s{0,9}([a-z0-9!#$&^_.+-]{1,120})(?=[\s,(]|$)")
_HTML_WORD = re.compile(r"(?i)\s{0,9}html\s{0,9}(?:;|\Z)")
_BOUNDARY = re.compile(r';\s{0,9}boundary="[^"\\;]{1,200}"')
_PIECE = re.compile(r"([^*]{1,60})(?:\*(\d{1,3}))?(\*)?")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/]{1,1000}={0,3}")
_URL_SAFE = re.compile(r"[A-Za-z0-9_=\s-]*")
_USUAL = str.maketrans("-_", "+/")
_CODING = re.compile(r"[\s\"']{0,9}(base64|quoted-printable|x-uuencode|uuencode|uue|x-uue)(?![\w-])")
_COMMENT = re.compile(r"\([^()]{0,100}\)")
_SOFT = re.compile(rb"=[ \t]{1,100}\r?(?:\n|\Z)")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_META = re.compile(rb"<meta\b[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{1,40})", re.I)
_UNSAFE = re.compile(r'[:*?"<>|]')
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\u061c]")
# Anything that is not white space, a joiner, a filler, a direction mark, a selector or a tag: what can be read.
SEEN = re.compile(
    "[^\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff]"
)
# Names that mean a device to Windows, whatever follows the first dot.
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..{0,260})?")
_ENDINGS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/heic": ".heic",
    "image/svg+xml": ".svg", "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics",
    "application/pdf": ".pdf", "message/rfc822": ".eml", "text/csv": ".csv", "text/vcard": ".vcf",
    "application/ms-tnef": ".dat", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "video/mp4": ".mp4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What the Content headers of a part say."""

    kind: str
    """Its type in lower case; what cannot be read is text/plain (RFC 2045 section 5.2), a file is bytes."""
    given: Mapping[str, str]
    """The parameters of its Content-Type."""
    file_name: str
    """The file name that it gives itself, made safe; empty where it has none."""
    disposition: str
    """inline, attachment, or empty; an unknown one is an attachment (RFC 2183 section 2.8) if it names a file."""
    coding: str
    """Its transfer encoding: the first that it names that is one, whatever is written around the word."""


class Part:
    """One part of a mail; `source` is what the library made of it."""

    __slots__ = ("_below", "headers", "said", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self._below: list[Part] | None = None
        self.headers: dict[str, str] = {}
        codings: list[str] = []
        for key, value in source.raw_items():
            if key[:8].lower() == "content-":
                name = key.lower()
                self.headers.setdefault(name, str(value))
                if name == "content-transfer-encoding":
                    codings.append(str(value)[:200])
        kind, place = self.headers.get("content-type", ""), self.headers.get("content-disposition", "")
        type_ = _type(source, kind)
        if "boundary" in kind and kind.count('"') == 2:
            kind = _BOUNDARY.sub("", kind)  # no two mails have the same, and none is asked for it
        told = type_, kind, place, tuple(codings)
        self.said = _kept(*told) if len(kind) + len(place) < KEPT and len(codings) < 2 else _say(*told)

    @property
    def kind(self) -> str:
        """Its type, as in `text/plain`."""
        return self.said.kind

    @property
    def content_id(self) -> str:
        """Its Content-ID as it stands."""
        return self.headers.get("content-id", "")

    @property
    def children(self) -> list[Part]:
        """The parts of a multipart or the one mail of a message part."""
        if self._below is None:
            payload: Any = self.source.get_payload() if self.source.is_multipart() else []
            self._below = [Part(child) for child in payload if isinstance(child, Source)]
        return self._below

    def grow(self, parts: list[Part]) -> None:
        """Gives it the parts that were found in its body later."""
        self._below = parts


def _type(source: Source, kind: str) -> str:
    """What the library calls its type, by its Content-Type; it would go through all headers, thrice."""
    if not kind or not kind.isascii():
        return source.get_content_type()
    first = kind.partition(";")[0].strip().lower()
    return first if first.count("/") == 1 else "text/plain"


def _say(type_: str, kind: str, place: str, codings: tuple[str, ...]) -> Said:
    """What the values of Content-Type, Content-Disposition and Content-Transfer-Encoding say."""
    given = parameters(kind)
    name = _name(given, parameters(place))
    word = place.partition(";")[0].strip().lower()
    if word not in ("inline", "attachment", ""):
        word = "attachment" if name else ""
    return Said(_kind(type_.strip().lower(), kind, name), given, name, word, _coding(codings))


def _name(kind: Mapping[str, str], place: Mapping[str, str]) -> str:
    """The safe file name among the parameters of both headers, empty where there is none."""
    name = place.get("filename", "") or kind.get("name", "")
    return safe_name(name) if name else ""


def file_name(part: Part, charset: str) -> str:
    """The file name of a part, raw bytes in it read by the label that the words of its mail bear.

    A name is too short for a charset to be told from it, and the second bytes of some are backslashes and quotes.
    """
    heads = [part.headers.get(name, "") for name in ("content-type", "content-disposition")]
    if not part.said.file_name or all(head.isascii() for head in heads):
        return part.said.file_name
    raws = [head.encode("utf-8", "surrogateescape") for head in heads]
    read = [] if is_utf8(b"".join(raws)) else [by_label(raw, charset) for raw in raws]
    kind, place = (parameters(head or "") for head in read or ("", ""))
    return _name(kind, place) or part.said.file_name


_kept = lru_cache(128)(_say)
"""Content headers of most parts are the same few: 2 microseconds in place of 40."""


def _kind(kind: str, written: str, name: str) -> str:
    """The type of a part that the library calls `kind`, by its header as it is `written` and its file name."""
    if kind == "application/xhtml+xml" and not name:
        return "text/html"
    if _HTML_WORD.match(written):
        return "text/html"
    if _TYPE.fullmatch(kind):
        return kind
    found = _LOOSE_TYPE.match(kind)
    if found:
        return f"{found[1]}/{found[2]}"
    return "application/octet-stream" if name else "text/plain"


def _coding(values: tuple[str, ...]) -> str:
    for value in values:
        found = _CODING.match(_COMMENT.sub("", value).lower())
        if found:
            return found[1]
    return ""


def parameters(value: str) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition value, RFC 2231 pieces joined, words decoded."""
    whole: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    if ";" not in value:
        return whole
    for text in _fields(value)[1 : MAX_PARAMETERS + 1]:
        name, equals, content = text.partition("=")
        found = _PIECE.fullmatch(name.strip().lower())
        if not equals or found is None:
            continue
        if found[2] is None and found[3] is None:
            whole.setdefault(found[1], clean_line(decode_words(_unquote(content))))
        else:
            pieces.setdefault(found[1], []).append((int(found[2] or 0), bool(found[3]), _unquote(content)))
    # RFC 2231 section 3: the extended form says more than the plain one beside it.
    return whole | {name: _joined(found) for name, found in pieces.items()}


def _fields(value: str) -> list[str]:
    """A header value cut at the semicolons that stand outside quotes."""
    if "\\" not in value and not any([";" in quoted for quoted in value.split('"')[1::2]]):
        return value.split(";")
    out, start, quoted, skip = [], 0, False, False
    for at, char in enumerate(value):
        if skip:
            skip = False
        elif quoted and char == "\\":
            skip = True
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            out.append(value[start:at])
            start = at + 1
            if len(out) > MAX_PARAMETERS:
                break
    return [*out, value[start:]]


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        # Only these two: a lone backslash belongs to a path that some program sent as a name.
        return value[1:-1].replace("\\\\", "\\").replace('\\"', '"')
    return value


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """An RFC 2231 value from its pieces: charset'language'percent-encoded bytes."""
    charset, out = "", b""
    for number, encoded, value in sorted(pieces, key=lambda piece: piece[0]):
        if encoded and number == 0 and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        raw = value.encode("utf-8", "surrogateescape")
        out += _PERCENT.sub(lambda hit: bytes([int(hit[1], 16)]), raw) if encoded else raw
    return clean_line(decode(out, charset or None))


def safe_name(name: str) -> str:
    """A name that is only a name: no path, control, bidi mark, device or leading dot, at most 255 bytes."""
    name = _INVISIBLE.sub("", clean_line(name)).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = _UNSAFE.sub("_", name).strip(" .")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending.encode()) <= 16:
        return _cut(stem, MAX_NAME - 1 - len(ending.encode())) + dot + ending
    return _cut(name, MAX_NAME)


def _cut(text: str, size: int) -> str:
    return text.encode("utf-8", "replace")[:size].decode("utf-8", "ignore").rstrip()


def made_up_name(kind: str, number: int) -> str:
    """A name for a part that has none: `picture-1.png`."""
    stem = "picture" if kind.startswith("image/") else "attachment"
    return f"{stem}-{number}{_ENDINGS.get(kind, '.bin')}"


def kind_of(name: str) -> str:
    """The type of a file that came without one, by its name's end."""
    end = name[name.rfind(".") :].lower()
    return next((kind for kind, ending in _ENDINGS.items() if ending == end), "application/octet-stream")


def written(part: Source) -> str | None:
    """A leaf's content as it came, bytes above 127 as surrogate escapes; None where there are parts below it.

    `get_payload` would decode it by the label that it bears, and raises where that says punycode, idna or undefined.
    """
    payload = vars(part).get("_payload")
    return payload if isinstance(payload, str) else None


def content(part: Part) -> bytes:
    """The decoded bytes of a leaf; what its transfer encoding does not fit comes as it stands."""
    for below in part.children[:1]:
        return _mail_bytes(part, below)
    code, text = part.said.coding, written(part.source)
    if text is not None and code == "base64":
        return _base64(text)
    if text is not None and code in ("quoted-printable", ""):
        raw = text.encode("utf-8", "surrogateescape")
        return _quoted(raw) if code else raw
    try:
        decoded: Any = part.source.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        decoded = None
    if isinstance(decoded, bytes):
        return decoded
    return (text or "").encode("utf-8", "surrogateescape")


def _mail_bytes(part: Part, below: Part) -> bytes:
    """The bytes of a message part; one in base64 (RFC 2046 section 5.2.1 forbids it) was read without headers."""
    inner = written(below.source)
    if not below.source.keys() and inner is not None:
        raw = inner.encode("utf-8", "surrogateescape")
        return _base64(inner) if part.said.coding == "base64" else raw
    try:
        return below.source.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""


def _base64(text: str) -> bytes:
    """The bytes of base64 text, whatever stands between its letters and however it ends.

    The library stops at the first padding; programs that encode piece by piece put some between.
    """
    text = _usual(text)
    try:
        if not text[text.find("=") :].strip("= \t\r\n") or "=" not in text:
            return binascii.a2b_base64(text)
    except ValueError:  # beyond ASCII, or cut
        pass
    pieces = re.split("=+", re.sub(r"[^A-Za-z0-9+/=]", "", text))
    whole = (piece[: len(piece) - (len(piece) % 4 == 1)] for piece in pieces)
    return b"".join(binascii.a2b_base64(piece + "=" * (-len(piece) % 4)) for piece in whole)


def _usual(text: str) -> str:
    """Base64 in its usual alphabet: some programs write the one for URLs (RFC 4648 section 5)."""
    if "+" in text or "/" in text or not ("-" in text or "_" in text) or not _URL_SAFE.fullmatch(text):
        return text
    # A line of dashes alone is a person's, or a list's.
    return text if any(not word.strip("-_") for word in text.split()) else text.translate(_USUAL)


def _quoted(raw: bytes) -> bytes:
    """The bytes of quoted-printable text; spaces that were put to a line's end on the way are none of its own."""
    return binascii.a2b_qp(_SOFT.sub(b"=\n", raw))


def text_of(part: Part, kind: str, raw: bytes | None = None) -> str:
    """The text of a text part: decoded, clean, flowed lines joined (RFC 3676); `raw`, else all of its bytes."""
    given = part.said.given
    raw = text_bytes(part) if raw is None else raw
    label = given.get("charset")
    if kind == "text/html" and not label:
        found = _META.search(raw[:4096])
        label = found[1].decode("ascii") if found else None
        # As browsers do: else a page could hide its tags from whoever reads it first.
        label = None if codec(label) == "utf_7" else label
    text = clean(decode(raw, label))
    if kind == "text/plain" and given.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=given.get("delsp", "").lower() == "yes")
    return text if text.isascii() or SEEN.search(text) else ""


def text_bytes(part: Part) -> bytes:
    """As `content`, but plain lines that a list put below a base64 text stay plain lines."""
    plain = written(part.source)
    if plain is None or part.said.coding != "base64":
        return content(part)
    plain = _usual(plain)
    lines = plain.splitlines()
    end = next(
        (at for at, line in enumerate(lines) if line.strip() and not _BASE64_LINE.fullmatch(line.strip())),
        None,
    )
    if end is None:
        return content(part)
    if not "".join(lines[:end]).strip():
        return _base64_or_plain(plain)
    head = _base64("".join(lines[:end]))
    return head + b"\n" + "\n".join(lines[end:]).encode("utf-8", "surrogateescape")


def _base64_or_plain(text: str) -> bytes:
    """Bytes of a text that begins unlike the base64 that it is said to be: as it stands where it reads better."""
    decoded = _base64(text)
    return text.encode("utf-8", "surrogateescape") if _CONTROLS.search(decoded[:4096]) else decoded
