"""The label of a charset -> the Python codec that reads it, or none.

Labels are read as browsers read them (iso-8859-1 is windows-1252, gb2312 is gb18030), from an allow-list, so that no
stranger picks a codec such as idna or unicode_escape.
"""

from __future__ import annotations

import re
from encodings.aliases import aliases
from functools import lru_cache

_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "latin_1": "cp1252",
    "iso8859_1": "cp1252",
    "iso8859_9": "cp1254",
    "iso8859_11": "cp874",
    "iso8859_8": "iso8859_8",
    "tis_620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ksc5601": "cp949",
}
# Names met in mails that Python's own table lacks.
_MORE_NAMES = {
    "windows_874": "cp874",
    "x_windows_874": "cp874",
    "dos_874": "cp874",
    "iso_8859_8_i": "iso8859_8",
    "iso_8859_8_e": "iso8859_8",
    "iso_8859_6_i": "iso8859_6",
    "iso_8859_6_e": "iso8859_6",
    "logical": "iso8859_8",
    "visual": "iso8859_8",
    "x_sjis": "cp932",
    "x_ms_cp932": "cp932",
    "windows_31j": "cp932",
    "cswindows31j": "cp932",
    "windows_932": "cp932",
    "windows_936": "gb18030",
    "x_gbk": "gb18030",
    "gb_2312_80": "gb18030",
    "windows_949": "cp949",
    "uhc": "cp949",
    "x_euc_kr": "cp949",
    "ks_c_5601": "cp949",
    "windows_950": "cp950",
    "x_x_big5": "cp950",
    "big5": "cp950",
    "big5_hkscs": "big5hkscs",
    "x_euc_jp": "euc_jp",
    "x_euc": "euc_jp",
    "x_user_defined": "cp1252",
    "x_mac_cyrillic": "mac_cyrillic",
    "x_mac_ukrainian": "mac_cyrillic",
    "x_mac_roman": "mac_roman",
    "x_mac_ce": "mac_latin2",
    "x_mac_greek": "mac_greek",
    "x_mac_turkish": "mac_turkish",
    "macintosh": "mac_roman",
    "koi8": "koi8_r",
    "koi": "koi8_r",
    "koi8_ru": "koi8_u",
    "iso_ir_111": "koi8_r",
    "unicode_1_1_utf_8": "utf_8",
    "utf8mb4": "utf_8",
    "x_unicode20utf8": "utf_8",
    "unicode": "utf_16",
    "ucs_2": "utf_16",
    "iso_10646_ucs_2": "utf_16",
    "x_cp1250": "cp1250",
    "x_cp1251": "cp1251",
    "x_cp1252": "cp1252",
    "x_cp1253": "cp1253",
    "x_cp1254": "cp1254",
    "win_1251": "cp1251",
    "win1251": "cp1251",
    "iso8859_8_i": "iso8859_8",
    "hz_gb_2312": "hz",
}
SINGLE = frozenset(
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r koi8_u koi8_t kz1048 ptcp154 "
    "iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_10 iso8859_13 iso8859_14 "
    "iso8859_15 iso8859_16 mac_roman mac_cyrillic mac_greek mac_latin2 mac_turkish mac_iceland cp437 cp737 cp775 "
    "cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp720 cp856 cp1125 "
    "cp037 cp273 cp500 cp1026 cp1140".split()
)
MULTIBYTE = frozenset("gb18030 big5hkscs cp950 cp932 cp949 euc_jp euc_jis_2004 shift_jis_2004 johab".split())
SEVEN_BIT = frozenset("hz iso2022_kr utf_7".split())
UTF = frozenset("utf_8 utf_16 utf_16_le utf_16_be utf_32 utf_32_le utf_32_be".split())
OWN_LETTERS = SEVEN_BIT | UTF - {"utf_8"}
"""Charsets in which bytes below 128 may be others than those of ASCII."""
ALLOWED = SINGLE | MULTIBYTE | SEVEN_BIT | UTF | {"iso2022_jp"}


def codec(label: str | None) -> str | None:
    """The Python codec that a charset label stands for, None where it is absent, unknown or not allowed."""
    return _codec(label[:64]) if label else None


@lru_cache(maxsize=128)
def _codec(label: str) -> str | None:
    name = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")
    name = _MORE_NAMES.get(name) or aliases.get(name, name)
    name = _AS_BROWSERS_DO.get(name, name)
    if name.startswith("iso2022_jp"):
        return "iso2022_jp"
    name = {"utf_8_sig": "utf_8", "gbk": "gb18030"}.get(name, name)
    return name if name in ALLOWED else None
