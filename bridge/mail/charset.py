"""Bytes to text: charsets with right, wrong and missing labels, encoded words, and what text may hold.

Where the label (`labels`) cannot be right: UTF-8, then detection (`misread` has signs of its own), then replacement
characters. Limits: detection sees 64 kB; a header is cut at 16,384 characters.
"""

from __future__ import annotations

import binascii
import re
import unicodedata

import cchardet

from . import misread
from .iso2022 import decode_cn, decode_jp, is_cn, is_jp
from .labels import MULTIBYTE, OWN_LETTERS, SINGLE, UTF, codec

SAMPLE = 65536
MAX_HEADER = 16384

_LATIN = re.compile("[A-Za-z][\u00c0-\u017f]|[\u00c0-\u017f][a-z]")


def decode(raw: bytes, label: str | None) -> str:
    """Text of a body part or a header: by its label where that can be right, else by what the bytes show."""
    name = codec(label)
    if raw.isascii() and name not in OWN_LETTERS and b"\x1b" not in raw and b"\0" not in raw:
        return raw.decode("ascii")  # as below, without the questions
    text = _by_mark(raw)
    if text is not None:
        return text
    if name in UTF and name != "utf_8":
        return _utf_wide(raw, name)
    if 0 in raw[:SAMPLE] and _is_wide(raw[:SAMPLE].rstrip(b"\0\r\n")):
        return _utf_wide(raw, "utf_16")
    if raw.isascii():
        return _seven_bit(raw, name)
    if is_jp(raw) and name in (None, "iso2022_jp"):
        return decode_jp(raw)
    try:
        text = raw.decode("utf_8")
    except UnicodeDecodeError:
        return _eight_bit(raw, name)
    # A few characters of a double-byte charset can look like UTF-8 by chance; more cannot.
    if (
        name in MULTIBYTE
        and sum(byte >= 0xC0 for byte in raw[:SAMPLE]) < 3
        and not _LATIN.search(text[:SAMPLE])
    ):
        return _strict(raw, name) or text
    return text


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are UTF-8."""
    return _strict(raw, "utf_8") is not None


def by_label(raw: bytes, label: str) -> str | None:
    """A few bytes read strictly by the label of words beside them; None where they do not fit, or it says little.

    In Japan, raw bytes beside ISO-2022-JP are Shift_JIS or EUC-JP: the one that makes no half-wide letters of them.
    """
    name = codec(label)
    if name in ("iso2022_jp", "cp932", "euc_jp", "shift_jis_2004"):
        read = [text for each in ("cp932", "euc_jp") if (text := _strict(raw, each)) is not None]
        return min(read, key=lambda text: len(_HALF_WIDE.findall(text)), default=None)
    return _strict(raw, name) if name in SINGLE | MULTIBYTE and name != "cp1252" else None


_HALF_WIDE = re.compile("[\uff61-\uff9f]")


def _is_wide(sample: bytes) -> bool:
    """Whether zeros stand where UTF-16 has them in a Western text: every other byte."""
    first, second = sample[::2].count(0), sample[1::2].count(0)
    return (first + second) * 3 >= len(sample) > 1 and max(first, second) >= 2 * min(first, second)


def _by_mark(raw: bytes) -> str | None:
    """Text that begins with a byte order mark."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf_8", "replace")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) and len(raw) % 2 == 0:
        return _strict(raw, "utf_16")
    return None


def _utf_wide(raw: bytes, name: str) -> str:
    if name == "utf_16":
        # No mark: ASCII letters show where the zero bytes stand (RFC 2781 section 4.3 says big-endian).
        name = "utf_16_le" if raw[1:SAMPLE:2].count(0) > raw[0:SAMPLE:2].count(0) else "utf_16_be"
    if 0 not in raw[:SAMPLE]:
        return decode(raw, "utf-8")
    return raw.decode(name, "replace")


def _seven_bit(raw: bytes, name: str | None) -> str:
    if name in ("hz", "iso2022_kr"):
        return _strict(raw, name) or raw.decode("ascii")
    if name == "utf_7" and b"\x1b" not in raw:
        return misread.utf7(raw) or raw.decode("ascii")
    if b"\x1b$)C" in raw:
        return _strict(raw, "iso2022_kr") or raw.decode("ascii")
    if is_cn(raw):
        return decode_cn(raw)
    return decode_jp(raw) if is_jp(raw) else raw.decode("ascii")


def _eight_bit(raw: bytes, name: str | None) -> str:
    """Text with bytes above 127 that is not clean UTF-8."""
    text = misread.surrogate_pairs(raw) or _damaged_utf8(raw) if name in (None, "utf_8") else None
    if text is not None:
        return text
    if name in _RAW and (text := by_label(raw, _RAW[name])) is not None:
        return text
    if name is None or name == "cp1252" or name not in SINGLE | MULTIBYTE:
        # The label of a program that knew nothing better.
        return _strict(raw, _detected(raw) or "cp1252") or raw.decode("cp1252", "replace")
    name = misread.chinese(raw, name, misread.CERTAIN)
    text = _strict(raw, name)
    if text is None and name == "cp950":
        text = _strict(raw, "big5hkscs")
    if text is None:
        text = _mostly(raw, name) or _strict(raw, _detected(raw) or name)
    text = text if text is not None else raw.decode(name, "replace")
    # No one writes C1 controls: a program took a charset of Windows for the one that it names.
    if name.startswith("iso8859") and _C1.search(text):
        return misread.windows(raw, name) or _C1.sub(lambda hit: _C1_SHOWN[hit[0]], text)
    return misread.cyrillic(raw, text, name) or misread.eastern(raw, text, name) or text


_RAW = {"iso2022_jp": "shift_jis", "iso2022_kr": "euc-kr", "hz": "gb2312"}
"""What bytes above 127 are in beside a charset of seven bits: that of the same language."""
_C1 = re.compile("[\x80-\x9f]")
_C1_SHOWN = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


_CUT = re.compile(rb"(?:[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{1,2})\s{0,4}\Z")


def _damaged_utf8(raw: bytes) -> str | None:
    """UTF-8 with some broken bytes (a text cut within a character), None where little of it is UTF-8."""
    text = raw[:SAMPLE].decode("utf_8", "replace")
    broken = text.count("\ufffd")
    whole = sum(char > "\x7f" for char in text) - broken
    cut = not whole and broken == 1 and _CUT.search(raw[-8:])
    return misread.mixed(raw) if cut or 0 < whole >= broken else None


def _mostly(raw: bytes, name: str) -> str | None:
    """Text in a labelled charset where at most one character in fifty is damaged."""
    text = raw.decode(name, "replace")
    return text if text.count("\ufffd") * 50 <= len(text) else None


def _strict(raw: bytes, name: str | None) -> str | None:
    try:
        return raw.decode(name) if name else None
    except (UnicodeDecodeError, LookupError):
        return None


_RUN = re.compile(rb"[\x80-\xff]{3,}")


def _detected(raw: bytes) -> str | None:
    """A charset read off bytes of a missing or useless label; None where Western European is likelier.

    Detection tells scripts apart, whose letters follow each other; among Latin charsets it only guesses.
    """
    sample = raw[:SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    runs = sum(len(run) for run in _RUN.findall(sample))
    if high < 4 or runs * 2 < high:
        return None
    found = cchardet.detect(sample)
    name, sure = codec(found.get("encoding")), found.get("confidence") or 0.0
    if name is None or sure < 0.5 or name not in SINGLE | MULTIBYTE:
        return None
    # The Ukrainian form has the same letters and four more.
    return "koi8_u" if name == "koi8_r" else misread.chinese(sample, name)


_WORD = re.compile(rb"=\?([^?\s]{1,64})\?([bBqQ])\?([^?]{0,16384})\?=")
_GAP = re.compile(rb"[ \t\r\n]*")


def decode_words(raw: str | bytes) -> str:
    """A header's text: raw 8-bit bytes (also as surrogate escapes) and encoded words (RFC 2047) decoded."""
    if isinstance(raw, str) and "=?" not in raw and is_plain(raw):
        return raw[:MAX_HEADER]  # as below; most headers are no more than this
    if isinstance(raw, str):
        raw = raw[:MAX_HEADER].encode(
            "utf-8", "surrogateescape" if _only_escapes(raw[:MAX_HEADER]) else "replace"
        )
    raw, out, done = raw[:MAX_HEADER], [], 0
    run: list[tuple[str, bytes]] = []
    for match in _WORD.finditer(raw):
        gap = raw[done : match.start()]
        if run and not _GAP.fullmatch(gap):
            out.append(_run_text(run))
            run = []
        if not run:
            out.append(decode(gap, None))
        charset, _, _ = match[1].decode("ascii", "replace").partition("*")
        run.append((charset, _word_bytes(match[2], match[3])))
        done = match.end()
    out.append(_run_text(run))
    out.append(decode(raw[done:], None))
    return "".join(out)


def _only_escapes(text: str) -> bool:
    return text.isascii() or not any(
        "\ud800" <= char <= "\udfff" and not "\udc80" <= char <= "\udcff" for char in text
    )


def _word_bytes(kind: bytes, content: bytes) -> bytes:
    if kind in b"bB":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    return binascii.a2b_qp(content.replace(b"\r", b"").replace(b"\n", b""), header=True)


def _run_text(run: list[tuple[str, bytes]]) -> str:
    """Adjacent words of one charset are joined as bytes first: programs cut characters in two."""
    out, charset, held = [], "", b""
    for label, content in run:
        if label.lower() != charset and held:
            out.append(decode(held, charset))
            held = b""
        charset, held = label.lower(), held + content
    return "".join(out) + decode(held, charset)


# C0 and C1 but TAB and LF; bidi embeddings, overrides and isolates, which would reach beyond the text; the mark of
# byte order; interlinear and noncharacters. Left as they are: joiners and direction marks, which languages need.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u200b-\u200d\u2060\u20d0-\u20ff]"
"""What stands on or between characters, joiners among them: no script needs more than a few at one place."""
_MARKS = re.compile(f"({_MARK}{{8}}){_MARK}+")


_REFERENCE = re.compile("&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));?")


def without_controls(html: str) -> str:
    """HTML without references to characters that `clean` takes out of a text; one to the end of a line is a space."""
    return _REFERENCE.sub(_reference, html) if "&#" in html else html


def _reference(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    if 0x80 <= number <= 0x9F or number > 0x10FFFF:  # by their old meaning printable; replaced by the parser
        return match[0]
    if _BREAKS.match(chr(number)):
        return " "
    return "" if _UNWANTED.match(chr(number)) else match[0]


# What a terminal would obey (ECMA-48): colours, cursor moves, links.
_TERMINAL = re.compile("\x1b(?:\\[[0-9;?]{0,30}[A-Za-z]|\\][^\x07\x1b\n]{0,500}(?:\x07|\x1b\\\\))")


def clean(text: str) -> str:
    """Text as a Message holds it: NFC, line ends LF, tabs kept, no other controls, no lone surrogates."""
    if _is_clean(text):
        return text
    if "\x1b" in text:
        text = _TERMINAL.sub("", text)
    text = _UNWANTED.sub("", _BREAKS.sub("\n", text))
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = unicodedata.normalize("NFC", _MARKS.sub(r"\1", text))
    return text


_PRINTED = bytes(range(32, 127))
_HARMLESS = b"\t\n" + _PRINTED


def is_plain(text: str) -> bool:
    """Is it one line of ASCII without any control? A fifth of the time of `str.isprintable`."""
    return text.isascii() and not text.encode().translate(None, _PRINTED)


def header_text(value: str) -> str:
    """`clean_line` of `decode_words`: what a header says, in one line."""
    if "=?" not in value and len(value) <= MAX_HEADER and is_plain(value):
        return " ".join(value.split())
    return clean_line(decode_words(value))


def _is_clean(text: str) -> bool:
    """Is it ASCII without any control but LF and TAB, as most bodies are? A twentieth of the time of a pattern."""
    return text.isascii() and not text.encode().translate(None, _HARMLESS)


def clean_line(text: str) -> str:
    """Text for a header, a name or a title: `clean`, in one line, white space collapsed."""
    if is_plain(text):
        return " ".join(text.split())
    return " ".join(clean(text).split())
