"""Mails out of files: an mbox, a Maildir, an MTA's pipe. Memory holds one mail, however great the file.

An mbox (RFC 4155) has a `From ` line before each mail. Its writers disagree on such lines inside a mail: mboxrd puts
one more `>` before `>*From `, mboxo only before `From `, some nothing. So a line is a border only if it ends in a
date and a header, or nothing, comes after it. All mails are given with CRLF line ends, as they come over SMTP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import BinaryIO

from ..errors import ConfigError, Permanent

LIMIT = 67_108_864
"""A mail in an mbox that is longer is cut just beyond this: still too long for whoever judges it."""
LINE_LIMIT = 1_048_576
BORDER_LIMIT = 600

_BORDER = re.compile(rb"From .{0,400}\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{0,60}\b\d{4}\b.{0,40}\r?\n?")
_QUOTED = re.compile(rb">{1,1000}From ")
_HEADER = re.compile(rb"[!-9;-~]{1,200}[ \t]*:|>?From ")
_EMPTY = (b"\n", b"\r\n", b"")


def mbox(path: Path, limit: int = LIMIT) -> Iterator[bytes]:
    """Each mail of an mbox file; raises OSError, or ConfigError where the file is no mbox."""
    with path.open("rb") as file:
        first = _first_line(file)
        if first and not _is_border(first):
            raise ConfigError([f"{path} is not an mbox: it does not begin with a line `From ... date`"])
        lines: list[bytes] = []
        size, line_begins = 0, True
        for line, following in pairwise(chain(iter(lambda: file.readline(LINE_LIMIT), b""), (b"",))):
            if line_begins and _is_border(line) and (following in _EMPTY or _HEADER.match(following)):
                if lines:
                    yield _mail(lines)
                lines, size = [], 0
                continue
            if size <= limit:
                lines.append(line[1:] if line_begins and _QUOTED.match(line) else line)
            size += len(line)
            line_begins = line.endswith(b"\n")
        if lines:
            yield _mail(lines)


def _first_line(file: BinaryIO) -> bytes:
    """Past the empty lines and the first border, which is returned; what begins a mail is read next."""
    for line in iter(lambda: file.readline(BORDER_LIMIT), b""):
        if line not in _EMPTY:
            return line
    return b""


def _is_border(line: bytes) -> bool:
    return line.startswith(b"From ") and len(line) <= BORDER_LIMIT and bool(_BORDER.fullmatch(line))


def _mail(lines: list[bytes]) -> bytes:
    """A mail without the empty line that belongs to the next border."""
    if len(lines) > 1 and lines[-1] in _EMPTY:
        lines.pop()
    return crlf(b"".join(lines))


def maildir(path: Path) -> Iterator[bytes]:
    """Each mail of a Maildir's `new` and `cur`, oldest first; raises OSError, or ConfigError where it is none."""
    if not (path / "cur").is_dir() or not (path / "new").is_dir():
        raise ConfigError([f"{path} is not a Maildir: it has no folders `cur` and `new`"])
    names = [
        (_age(file.name), file.name, file)
        for folder in ("new", "cur")
        for file in (path / folder).iterdir()
        if not file.name.startswith(".") and file.is_file()
    ]
    for _, _, file in sorted(names):
        content = _read(file)
        if content is not None:
            yield crlf(content)


def _age(name: str) -> int:
    """The seconds with which a Maildir name begins, 0 where it does not."""
    seconds = name.partition(".")[0]
    return int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 20 else 0


def _read(file: Path) -> bytes | None:
    """A mail program may rename a mail when its flags change, and delete it: then it is None."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        unique = file.name.partition(":")[0]
        for other in (file.parent.parent / "cur").iterdir():
            if other.name.partition(":")[0] == unique:
                return other.read_bytes()
    return None


def pipe(stream: BinaryIO, limit: int) -> bytes:
    """The mail that an MTA writes to us, without its `From ` line; raises Permanent where it is too big or none."""
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise Permanent("the mail is too big", code=552, status="5.3.4")
    first, _, rest = content.partition(b"\n")
    if _is_border(first):
        content = rest
    if not content.strip():
        raise Permanent("there is no mail", code=554, status="5.6.0")
    return crlf(content)


def crlf(content: bytes) -> bytes:
    """The same mail with every line end as CRLF (RFC 5322 section 2.1)."""
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
