"""Labels that read the bytes without complaint and are wrong all the same (promise C8)."""

import pytest

from bridge.mail.charset import decode

CYRILLIC = "Привет всем, сегодня вечером собрание."
MANDARIN = "今天下午我们开会讨论新的计划。"
TAIWANESE = "我們今天下午開會討論新的計畫。"


@pytest.mark.parametrize(
    ("raw", "label", "text"),
    [
        (CYRILLIC.encode("cp1251"), "koi8-r", CYRILLIC),
        (CYRILLIC.encode("koi8-r"), "windows-1251", CYRILLIC),
        (MANDARIN.encode("gbk"), None, MANDARIN),
        (TAIWANESE.encode("big5"), None, TAIWANESE),
        (TAIWANESE.encode("big5"), "gb2312", TAIWANESE),
        (MANDARIN.encode("gbk"), "big5", MANDARIN),
        ("朱镕基、陶喆".encode("gbk"), "gbk", "朱镕基、陶喆"),
        ("游錫玟、瀧澤".encode("big5"), "big5", "游錫玟、瀧澤"),
        ("„gęślą” jaźń".encode("cp1250"), "iso-8859-2", "„gęślą” jaźń"),
        ("“Ά” και".encode("cp1253"), "iso-8859-7", "“Ά” και"),
        ("gęślą".encode("iso-8859-2"), "iso-8859-2", "gęślą"),
        ("gęślą ".encode("iso-8859-2") + b"\x84", "iso-8859-2", "gęślą „"),
        (b"so \xed\xa0\xbd\xed\xb8\x80 glad", "utf-8", "so 😀 glad"),
        (b"so \xed\xa0\xbd glad " + "über öl".encode() * 2, "utf-8", "so � glad über ölüber öl"),
        ("both: ü ".encode() + b"\xfc here", "utf-8", "both: ü ü here"),
        (b"Gr+APwA3w-e +- +ZeVnLA-", "utf-7", "Grüße + 日本"),
        (b"1 + 1 = 2, a+b", "utf-7", "1 + 1 = 2, a+b"),
        (b"broken +AP", "utf-7", "broken +AP"),
        ("来週の土曜日に木を植えます。".encode("euc-jp"), "euc-kr", "来週の土曜日に木を植えます。"),
        ("다음 주 토요일에 나무를 심습니다".encode("euc-kr"), "euc-jp", "다음 주 토요일에 나무를 심습니다"),
        ("오늘 정말 웃겼어 ㅋㅋㅋ ㅠㅠ".encode("euc-kr"), "euc-kr", "오늘 정말 웃겼어 ㅋㅋㅋ ㅠㅠ"),
        ("東京都 大阪府 京都市 会議資料".encode("euc-jp"), "euc-jp", "東京都 大阪府 京都市 会議資料"),
        ("Hello all".encode("cp037"), "IBM037", "Hello all"),
        ("Hello all\r\n".encode("utf-16-le"), "utf-8", "Hello all\r\n"),
        ("Hello all\r\n".encode("utf-16-be"), None, "Hello all\r\n"),
        (b"Hello" + b"\0" * 20 + b"\r\n", "utf-8", "Hello" + "\0" * 20 + "\r\n"),
        (b"Hello" + b"\0" * 20 + b" all", "utf-8", "Hello" + "\0" * 20 + " all"),
    ],
)
def test_C8_labels_that_lie(raw: bytes, label: str | None, text: str) -> None:
    assert decode(raw, label) == text


@pytest.mark.parametrize("text", ["ВСЕМ ПРИВЕТ", "иПХОНЕ и Привет", "привет всем", "ЖЭК и ГУМ рядом"])
@pytest.mark.parametrize("label", ["koi8-r", "windows-1251"])
def test_C8_right_labels_are_kept(text: str, label: str) -> None:
    assert decode(text.encode(label), label) == text
