"""What bytes show of a label that cannot be right, where the label's own charset reads them without a complaint.

Each function takes bytes, and what the label made of them where that matters; it gives another reading, or None.
Only signs that no honest text bears count: words with a small letter before capitals, rare characters alone, C1
controls, a surrogate pair in UTF-8. Limits: 64 kB of a text are looked at.
"""

from __future__ import annotations

import re

SAMPLE = 65_536
FEW = 4
"""Characters below which nothing can be told."""
CERTAIN = 0.35
"""How much more of its reading must be of daily use where a label says otherwise: both read names and rare words."""
_TURNED = re.compile("\\b[а-яё][А-ЯЁ]{2,40}\\b")
_USUAL = re.compile("\\b[А-ЯЁ]?[а-яё]{2,40}\\b")
_OTHER_CYRILLIC = {"koi8_r": "cp1251", "koi8_u": "cp1251", "cp1251": "koi8_u"}
# The lead bytes of the characters that are in daily use, by which both charsets are ordered.
_DAILY = {"gb18030": ("gb2312", 0xB0, 0xD7), "cp950": ("cp950", 0xA4, 0xC6)}
_WINDOWS = {
    "iso8859_2": "cp1250", "iso8859_6": "cp1256", "iso8859_7": "cp1253", "iso8859_8": "cp1255", "iso8859_13": "cp1257",
}  # fmt: skip
_LATIN2_ALONE = re.compile(rb"[\xa1\xa6\xac\xb1\xb6\xbc]")
_CP1250_ALONE = re.compile(rb"[\x8a\x8c-\x8f\x9a\x9c-\x9f]")
_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_SHIFTED = re.compile(rb"\+(?:[A-Za-z0-9/]{2,}-?|-)")
_KANA = re.compile("[\u3041-\u30fc]")
_OLD_LETTERS = re.compile("[\u3165-\u318e]")  # of Korean, which nobody writes any more
_HANGUL = re.compile("[\uac00-\ud7a3]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_STRAY = re.compile("[\udc80-\udcff]{1,}")


def cyrillic(raw: bytes, text: str, name: str) -> str | None:
    """KOI8 read as windows-1251, or the other way round: each letter has the other case."""
    other = _OTHER_CYRILLIC.get(name)
    if other and _TURNED.search(text[:SAMPLE]) and not _USUAL.search(text[:SAMPLE]):
        return raw.decode(other, "replace")
    return None


def chinese(raw: bytes, name: str, margin: float = 0.2) -> str:
    """Of the two charsets whose bytes look alike, that whose reading holds the characters of daily use."""
    other = {"gb18030": "cp950", "cp950": "gb18030", "big5hkscs": "gb18030"}.get(name)
    if other is None:
        return name
    sample = raw[:SAMPLE]
    here = _daily_share(sample, name if name in _DAILY else "cp950")
    return other if _daily_share(sample, other) > here + margin else name


def _daily_share(sample: bytes, name: str) -> float:
    codec, first, last = _DAILY[name]
    text = sample.decode(name, "replace")
    letters = [char for char in text[:4000] if "\u3400" <= char <= "\u9fff"]
    if len(letters) < FEW or text.count("\ufffd") * 50 > len(text):
        return 0.0
    leads = (char.encode(codec, "ignore")[:1] for char in letters)
    return sum(bool(lead) and first <= lead[0] <= last for lead in leads) / len(letters)


def eastern(raw: bytes, text: str, name: str) -> str | None:
    """Japanese read as Korean, with letters out of use in it, or Korean read as Japanese, without any kana."""
    other = {"cp949": "euc_jp", "euc_jp": "cp949"}.get(name)
    if other is None:
        return None
    text, turned = text[:4000], raw[:8000].decode(other, "ignore")[:4000]
    if other == "euc_jp" and _OLD_LETTERS.search(text) and len(_KANA.findall(turned)) * 4 > len(turned):
        return _whole(raw, other)
    hangul = len(_HANGUL.findall(turned))
    spoken = hangul >= 6 and hangul >= len(_IDEOGRAPH.findall(text)) and len(text.split()) > 1
    return _whole(raw, other) if other == "cp949" and spoken and not _KANA.search(text) else None


def _whole(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return None


def windows(raw: bytes, name: str) -> str | None:
    """Text labelled with a charset of ISO 8859 that has bytes where only its Windows sister has characters."""
    twin = _WINDOWS.get(name)
    if twin is None or (name == "iso8859_2" and _LATIN2_ALONE.search(raw) and not _CP1250_ALONE.search(raw)):
        return None
    return _whole(raw, twin)


def surrogate_pairs(raw: bytes) -> str | None:
    """UTF-8 made from UTF-16 piece by piece (CESU-8), as some databases and phones give out emoji."""
    joined, count = _PAIR.subn(_one_character, raw)
    try:
        return joined.decode("utf_8") if count else None
    except UnicodeDecodeError:
        return None


def _one_character(pair: re.Match[bytes]) -> bytes:
    both = pair[0].decode("utf_8", "surrogatepass")
    return both.encode("utf_16_le", "surrogatepass").decode("utf_16_le").encode()


def utf7(raw: bytes) -> str | None:
    """UTF-7 (RFC 2152) where the label says so and the bytes agree; what it says is cleaned like any other text."""
    try:
        return raw.decode("utf_7") if _SHIFTED.search(raw) else None
    except (UnicodeDecodeError, ValueError):
        return None


def mixed(raw: bytes) -> str:
    """UTF-8 among which single bytes of another text stand: they are Western; what was cut is replaced."""
    text = raw.decode("utf_8", "surrogateescape")

    def shown(stray: re.Match[str]) -> str:
        if len(stray[0]) > 1 or stray.end() == len(text):
            return "\ufffd"
        return bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace")

    return _STRAY.sub(shown, text)
