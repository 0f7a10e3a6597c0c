"""Files that stand within a text, as mails had them before there were parts: uuencode, and yEnc of newsreaders.

    begin 644 plan.txt          =ybegin line=128 size=584 name=plan.txt
    M9F]R('1H92!B...            (bytes, each 42 higher; `=` before those that are 64 higher still)
    `                           =yend size=584 crc32=ded29f4f
    end

Only a file that decodes without fault is taken out of the text: what is cut or quoted, or only looks like one, stays.
One pass over the lines; FILES of a text at most.
"""

from __future__ import annotations

import binascii
import re
import zlib
from typing import NamedTuple

FILES = 100
_BEGIN = re.compile(rb"begin [0-7]{3,4} ([^\r\n]{1,255})")
_UNITS = re.compile(rb"[ -`]{1,90}")
_YBEGIN = re.compile(
    rb"=ybegin (?:part=(\d{1,6}) )?(?:total=\d{1,6} )?line=\d{1,6} size=\d{1,12} name=([^\r\n]{1,255})"
)
_YEND = re.compile(rb"=yend size=(\d{1,12})(?: part=\d{1,6})?(?: p?crc32=([0-9A-Fa-f]{1,8}))?\b[^\r\n]{0,60}")
_LOWER = bytes((value - 42) % 256 for value in range(256))
_LOWER_STILL = bytes((value - 106) % 256 for value in range(256))


class Enclosed(NamedTuple):
    """A file that stood within a text: its name as it stood there, and its bytes."""

    name: bytes
    content: bytes


def taken_out(raw: bytes) -> tuple[list[Enclosed], bytes]:
    """The files within the bytes of a text, and the text without them."""
    if not (b"begin " in raw and (b"\nend" in raw or b"=yend " in raw)):
        return [], raw
    lines, files, kept, at = raw.split(b"\n"), list[Enclosed](), list[bytes](), 0
    while at < len(lines):
        line, found, end = lines[at].rstrip(b"\r"), None, at + 1
        if len(files) < FILES and (began := _BEGIN.fullmatch(line)):
            found, end = _uuencoded(began[1], lines, at + 1)
        elif len(files) < FILES and (opened := _YBEGIN.fullmatch(line)):
            found, end = _yencoded(opened, lines, at + 1)
        if found:
            files.append(found)
        else:
            kept += lines[at:end]
        at = end
    return files, b"\n".join(kept) if files else raw


def _uuencoded(name: bytes, lines: list[bytes], at: int) -> tuple[Enclosed | None, int]:
    """The file whose lines begin there, and where they end; None where they are no file."""
    out, last = [], False
    while not last and at < len(lines) and _UNITS.fullmatch(line := lines[at].rstrip(b"\r\n")):
        at += 1
        last = line in (b"`", b" ")
        try:
            out.append(binascii.a2b_uu(line))
        except ValueError:
            return None, at
    if not last and at < len(lines) and not lines[at].strip():  # its blank was cut
        at, last = at + 1, True
    if not any(out) or not last or at == len(lines) or lines[at].rstrip() != b"end":
        return None, at
    return Enclosed(name.strip(), b"".join(out)), at + 1


def _yencoded(opened: re.Match[bytes], lines: list[bytes], at: int) -> tuple[Enclosed | None, int]:
    """The same for yEnc; a part of a file that came in several mails is a file with its number in the name."""
    out = []
    while at < len(lines) and not lines[at].startswith((b"=yend ", b"=ybegin ")):
        out.append(lines[at].rstrip(b"\r"))
        at += 1
    ended = _YEND.fullmatch(lines[at].rstrip(b"\r")) if at < len(lines) else None
    if not ended:
        return None, at
    if out and out[0].startswith(b"=ypart "):
        del out[0]
    head, *escaped = b"".join(out).split(b"=")
    content = head.translate(_LOWER) + b"".join(
        piece[:1].translate(_LOWER_STILL) + piece[1:].translate(_LOWER) for piece in escaped
    )
    whole = len(content) == int(ended[1]) > 0 and (not ended[2] or zlib.crc32(content) == int(ended[2], 16))
    part = b".%03d" % int(opened[1]) if opened[1] else b""
    return (Enclosed(opened[2].strip() + part, content) if whole else None), at + whole
