"""ISO-2022-JP as mail programs write it (RFC 1468), with what Python's codec refuses; ISO-2022-CN (RFC 1922).

Half-width katakana and the vendor characters (circled numbers, roman numerals) stand in most Japanese mails. Rows
are mapped to Shift_JIS pairs and read as windows-31j, which has them. Never fails; linear.
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb"\x1b(\$@|\$B|\$\([@BD]|\([BJIH])")
_SHOWN = re.compile(rb"\x1b\$\(?[@BD]|\x1b\([JI]")


_GB = re.compile(rb"\x1b\$\)A|\x0e([!-~\s]{0,100000})\x0f?")


def is_cn(raw: bytes) -> bool:
    """Whether bytes hold the escape sequence of GB 2312 in ISO-2022-CN."""
    return b"\x1b$)A" in raw


def decode_cn(raw: bytes) -> str:
    """ISO-2022-CN text in GB 2312; what stands in CNS planes, which Python has no codec for, stays as it is."""
    wide = re.compile(rb"[!-~]{2}")

    def shown(found: re.Match[bytes]) -> bytes:
        return wide.sub(lambda pair: bytes(byte | 0x80 for byte in pair[0]), found[1] or b"")

    return _GB.sub(shown, raw).decode("gb18030", "replace")


def is_jp(raw: bytes) -> bool:
    """Whether bytes hold an escape sequence of ISO-2022-JP."""
    return b"\x1b" in raw and _SHOWN.search(raw) is not None


def decode_jp(raw: bytes) -> str:
    """ISO-2022-JP text; what is broken becomes replacement characters."""
    out: list[str] = []
    for line in raw.splitlines(keepends=True):
        # RFC 1468: each line begins in ASCII.
        mode, done = b"(B", 0
        for match in _ESCAPE.finditer(line):
            out.append(_segment(line[done : match.start()], mode))
            mode, done = match[1], match.end()
        out.append(_segment(line[done:], mode))
    return "".join(out)


def _segment(raw: bytes, mode: bytes) -> str:
    if not raw or mode in (b"(B", b"(J", b"(H"):
        return raw.decode("cp932", "replace")
    body = raw.rstrip(b"\r\n")
    end = raw[len(body) :].decode("ascii")
    if mode == b"(I":
        return bytes(byte | 0x80 for byte in body).decode("cp932", "replace") + end
    if mode == b"$(D":
        return (b"\x1b$(D" + body).decode("iso2022_jp_1", "replace") + end
    return "".join(_pair(body[at : at + 2]) for at in range(0, len(body), 2)) + end


def _pair(pair: bytes) -> str:
    if len(pair) < 2 or not (0x21 <= pair[0] & 0x7F <= 0x7E and 0x21 <= pair[1] & 0x7F <= 0x7E):
        return pair.decode("ascii", "replace")
    row, cell = (pair[0] & 0x7F) - 0x21, (pair[1] & 0x7F) - 0x21
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + 0x40 + (cell >= 63) if row % 2 == 0 else cell + 0x9F
    return bytes((lead, trail)).decode("cp932", "replace")
