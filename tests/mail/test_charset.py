"""Text out of bytes: the charsets of the world with right, wrong and missing labels (promises C7, C8, C10)."""
# ruff: noqa: E501

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.mail.charset import clean, clean_line, decode, decode_words

UNWANTED = {
    chr(code) for code in (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
UNWANTED |= {"\u2028", "\u2029", "\ufffe", "\uffff"}
CYRILLIC = "Съешь же ещё этих мягких французских булок"
GREEK = "Καλημέρα σας, τι κάνετε σήμερα στην αγορά"
HEBREW = "שלום לכולם, מה נשמע היום בשוק"
ARABIC = "مرحبا بكم في المكتبة العامة"
THAI = "สวัสดีครับทุกคน วันนี้อากาศดี"
JAPANESE = "こんにちは、今日の会議は三時からです。"
KOREAN = "안녕하세요, 오늘 회의는 세 시에 시작합니다."
CHINESE = "大家好,今天的会议改到下午三点。"
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy"

RIGHT = [
    ("us-ascii", "ascii", "plain words"), ("utf-8", "utf-8", "Grüße, привет, 你好"), ("UTF8", "utf-8", "Grüße"),
    ("iso-8859-1", "latin-1", "déjà vu, où êtes-vous"), ("latin1", "cp1252", "“quoted” – 5 €"),
    ("windows-1252", "cp1252", "“quoted” – 5 €"), ("iso-8859-15", "iso8859-15", "Œuvre à 5 €"),
    ("iso-8859-2", "iso8859-2", CZECH), ("windows-1250", "cp1250", CZECH), ("iso-8859-3", "iso8859-3", "Ĉu vi ŝatas ĝin"),
    ("iso-8859-4", "iso8859-4", "Ķekava šodien"), ("iso-8859-5", "iso8859-5", CYRILLIC), ("koi8-r", "koi8-r", CYRILLIC),
    ("koi8-u", "koi8-u", "Щастя, їжак і ґанок"), ("windows-1251", "cp1251", CYRILLIC), ("ibm866", "cp866", CYRILLIC),
    ("x-mac-cyrillic", "mac_cyrillic", CYRILLIC), ("iso-8859-6", "iso8859-6", ARABIC), ("windows-1256", "cp1256", ARABIC),
    ("iso-8859-7", "iso8859-7", GREEK), ("windows-1253", "cp1253", GREEK), ("iso-8859-8", "iso8859-8", HEBREW),
    ("iso-8859-8-i", "iso8859-8", HEBREW), ("windows-1255", "cp1255", HEBREW), ("iso-8859-9", "iso8859-9", "Güneşli bir gün"),
    ("windows-1254", "cp1254", "Güneşli bir gün"), ("iso-8859-10", "iso8859-10", "íslenska með ð"),
    ("iso-8859-13", "iso8859-13", "Šodien ir ļoti jauka diena"), ("windows-1257", "cp1257", "Šodien ir ļoti jauka"),
    ("iso-8859-14", "iso8859-14", "Ŵyn a dŵr"), ("iso-8859-16", "iso8859-16", "Știință și țară"),
    ("tis-620", "tis-620", THAI), ("windows-874", "cp874", THAI), ("gb2312", "gb2312", CHINESE), ("gbk", "gbk", CHINESE),
    ("gb2312", "gb18030", "镕基 㐀"), ("big5", "big5", "今天的會議改到下午三點"), ("hz-gb-2312", "hz", CHINESE.replace(",", "")),
    ("shift_jis", "cp932", JAPANESE + "①"), ("euc-jp", "euc-jp", JAPANESE), ("iso-2022-jp", "iso2022_jp", JAPANESE),
    ("euc-kr", "euc-kr", KOREAN), ("ks_c_5601-1987", "cp949", KOREAN + "똠"), ("iso-2022-kr", "iso2022_kr", KOREAN),
    ("johab", "johab", KOREAN), ("macintosh", "mac_roman", "déjà – vu"), ("utf-16", "utf-16", "Grüße, 你好"),
    ("utf-16le", "utf-16-le", "Grüße an alle"), ("utf-16", "utf-16-be", "Grüße an alle"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "codec", "text"), RIGHT)
def test_C8_right_labels(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), label) == text
    assert decode(text.encode(codec), f' "{label.upper()}" ') == text


@pytest.mark.parametrize(
    "label", ["us-ascii", "iso-8859-1", "windows-1252", "utf-8", None, "x-unknown", "utf-7", "idna"]
)
@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("koi8-r", CYRILLIC), ("cp1251", CYRILLIC), ("cp866", CYRILLIC), ("iso8859-7", GREEK), ("cp1255", HEBREW),
        ("cp1256", ARABIC), ("tis-620", THAI), ("gb18030", CHINESE), ("big5", "大家好,今天的會議改到下午三點"),
        ("shift_jis", JAPANESE), ("euc-jp", JAPANESE), ("iso2022_jp", JAPANESE), ("euc-kr", KOREAN),
        ("iso2022_kr", KOREAN), ("cp1252", "déjà vu, où êtes-vous"), ("utf-8", "Grüße, привет, 你好"),
    ],
)  # fmt: skip
def test_C8_wrong_and_missing_labels(label: str | None, codec: str, text: str) -> None:
    assert decode(text.encode(codec), label) == text


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-2022-jp", "shift_jis", JAPANESE), ("iso-2022-jp", "euc-jp", JAPANESE), ("iso-2022-kr", "euc-kr", KOREAN),
        ("hz-gb-2312", "gb18030", CHINESE),
    ],
)  # fmt: skip
def test_C8_raw_bytes_beside_a_charset_of_seven_bits(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), label) == text


@pytest.mark.parametrize("label", sorted({label for label, _, _ in RIGHT if "16" not in label}))
@pytest.mark.parametrize("text", ["Grüße an alle", "привет", "你好世界", "Café"])
def test_C8_utf8_under_any_label(label: str, text: str) -> None:
    assert decode(text.encode(), label) == text


def test_damaged_bytes_give_readable_text() -> None:
    assert decode("Grüße und Küsse".encode()[:-8] + b"\xc3", "utf-8") == "Grüße un�"
    assert decode("Gruß\xff und Küße".encode("latin-1"), "utf-8").startswith("Gruß")
    assert decode((CHINESE * 9).encode("gb18030") + b"\xff", "gb2312").startswith(CHINESE)
    assert decode("\ufeffmark".encode(), None) == "mark"
    assert decode("\ufeffmark".encode("utf-16-le"), "utf-8") == "mark"
    assert decode(b"", "utf-8") == ""


def test_japanese_that_the_codec_refuses() -> None:
    assert decode(b"\x1b$B-!-5\x1b(B and \x1b(I1\x1b(B", "iso-2022-jp") == "①Ⅰ and ｱ"
    assert "ok" in decode(b"\x1b$B$3\xff\x1b(Bok \x1b$B$", "iso-2022-jp")
    assert decode(b"\x1b$(D\x22\x2f\x1b(B", "iso-2022-jp-1") == "˘"


WORDS = {
    "=?utf-8?Q?J=C3=B6rg?=": "Jörg",
    "=?utf-8?B?SsO2?= =?utf-8?B?cmc=?=": "Jörg",
    "=?utf-8?B?SsM=?= =?utf-8?B?tnJn?=": "Jörg",
    "=?utf-8?q?J=C3?=\r\n =?utf-8?q?=B6rg?= is =?x?": "Jörg is =?x?",
    "Re: =?iso-8859-1?Q?caf=E9_?= =?koi8-r?B?xdPU2A==?= now": "Re: café есть now",
    "=?utf-8*en?q?a?=b": "ab",
    "=?iso-2022-jp?B?GyRCJDMbKEI=?=": "こ",
    "=?unknown-8bit?q?caf=E9?=": "café",
    "=?utf-8?q?with spaces?=": "with spaces",
    "=?utf-8?B?SsO2cmc?=": "Jörg",
    "=?utf-8?X?no?=": "=?utf-8?X?no?=",
}


@pytest.mark.parametrize(("raw", "text"), WORDS.items())
def test_encoded_words(raw: str, text: str) -> None:
    assert decode_words(raw) == text
    assert decode_words(raw.encode()) == text


def test_raw_8_bit_headers() -> None:
    assert decode_words("J\udcf6rg") == "Jörg"
    assert decode_words("J\udcc3\udcb6rg =?utf-8?q?=C3=B6?=") == "Jörg ö"
    assert decode_words("Jörg \udcf6") == "Jörg \N{REPLACEMENT CHARACTER}"
    assert decode_words("\ud800x").endswith("x")
    assert decode_words("こ".encode("iso2022_jp").decode("ascii")) == "こ"


def test_C7_a_line_holds_no_break_and_no_control() -> None:
    assert (
        clean_line("a\r\nBcc: x\0\x85b\u2028c\u2029d\x0be\u202ef\ud800 \x1b[0m\x1b0")
        == "a Bcc: x b c d ef\ufffd 0"
    )


def test_C10_clean_text() -> None:
    assert clean("a\r\nb\rc\u2028d\te\x00\x9f\u202a\u2066\ufeff") == "a\nb\nc\nd\te"
    assert clean("e\u0301") == "é"
    assert clean("ab\u200dc\u200f") == "ab\u200dc\u200f"
    assert clean("z" + "\u0300" * 500).count("\u0300") < 10


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=80), st.one_of(st.none(), st.text(max_size=12), st.sampled_from([r[0] for r in RIGHT]))
)
def test_C7_C10_whatever_comes_is_decoded_to_clean_text(raw: bytes, label: str | None) -> None:
    text = clean(decode(raw, label))
    text.encode()
    assert not UNWANTED & set(clean_line(decode_words(raw)))
    assert "\n" not in clean_line(
        decode_words(b"=?" + (label or "x").encode("ascii", "ignore") + b"?b?" + raw + b"?=")
    )


def test_C8_utf8_that_is_cut_within_its_only_character() -> None:
    assert decode("The price is 5 €".encode()[:-1] + b"\r\n", "utf-8") == "The price is 5 \ufffd\r\n"
    assert decode(b"caf\xe9\r\n", "utf-8") == "café\r\n"
