"""What a mail may hold before any parser sees it: the standard library is quadratic in parts, parameters and more.

Each cap is far above what people send and far below what takes seconds. Over a cap the mail is refused whole
(554 5.6.0): it is kept raw in the ledger. The door bounds the size of the whole.
"""

from __future__ import annotations

import re
from email.message import Message as Part

from ..errors import Permanent
from .mime import children

LINES = 1_000_000
PARTS = 1_000
DEPTH = 50
HEADERS = 1_000
HEADER_BLOCK = 262_144
HEADER_VALUE = 65_536
SUBJECT = 20_000
ADDRESSES = 65_536
"""Bytes of all headers that hold addresses: mail-parser reads them in more than linear time."""
BOUNDARIES = 1_000
PARAMETERS = 100
CONTENT_HEADERS = 5_000

_ADDRESS_HEADERS = frozenset(
    b"from to cc bcc sender reply-to delivered-to x-original-to envelope-to return-path resent-from resent-to "
    b"resent-cc resent-bcc resent-sender disposition-notification-to".split()
)
_BOUNDARY = re.compile(rb"boundary\s{0,10}=\s{0,10}(?:\"([^\"\n]{1,1000})\"|([^\s;\"]{1,1000}))", re.I)
# RFC 2231 pieces of a boundary, which hide it from the count below.
_HIDDEN = re.compile(rb"^content-type:[^\n]{0,500}(?:\n[ \t][^\n]{0,500}){0,20}boundary\*", re.I | re.M)
_MARKER = re.compile(rb"^--([^\n]{1,1004})$", re.M)
_PART_HEADER = re.compile(rb"^content-(?:type|disposition):", re.I | re.M)
_ATTACHED = re.compile(rb"^content-type:\s{0,20}message/", re.I | re.M)
_TOO_MANY_HEADERS = re.compile(rb"(?:[!-9;-~]{0,1000}:[^\n]*\n|[ \t][^\n]*\n){%d}" % HEADERS)


def check(raw: bytes) -> None:
    """Raise `Permanent` where a mail is over a cap."""
    if b"\r" in raw:
        # The parser takes a bare CR for a line end as well.
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if raw.count(b"\n") > LINES:
        _refuse(f"it has more than {LINES} lines")
    _check_headers(raw.partition(b"\n\n")[0])
    boundaries = {(one or two).rstrip() for one, two in _BOUNDARY.findall(raw)}
    if len(boundaries) > BOUNDARIES:
        _refuse(f"it has more than {BOUNDARIES} boundaries")
    _check_parts(raw, boundaries, hidden=bool(_HIDDEN.search(raw)))
    for number, found in enumerate(_PART_HEADER.finditer(raw)):
        if number > CONTENT_HEADERS:
            _refuse(f"it has more than {PARTS} parts")
        _check_parameters(raw, found.end())


def check_depth(top: Part) -> None:
    """Raise `Permanent` where parts are nested more than 50 deep."""
    level = [top]
    for _ in range(DEPTH):
        level = [below for part in level for below in children(part)]
        if not level:
            return
    _refuse(f"it is nested more than {DEPTH} deep")


def _check_headers(head: bytes) -> None:
    if len(head) > HEADER_BLOCK:
        _refuse(f"its headers are larger than {HEADER_BLOCK} bytes")
    sizes: list[tuple[bytes, int]] = []
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and sizes:
            sizes[-1] = (sizes[-1][0], sizes[-1][1] + len(line))
        else:
            sizes.append((line.partition(b":")[0].lower(), len(line)))
    if len(sizes) > HEADERS:
        _refuse(f"it has more than {HEADERS} headers")
    if any(size > (SUBJECT if name == b"subject" else HEADER_VALUE) for name, size in sizes):
        _refuse("one of its headers is too long")
    if sum(size for name, size in sizes if name in _ADDRESS_HEADERS) > ADDRESSES:
        _refuse("it names too many addresses")


def _check_parts(raw: bytes, boundaries: set[bytes], *, hidden: bool) -> None:
    """The parts and attached mails are counted, and the headers of each; `hidden`: any line may be a boundary."""
    starts = [found.end() + 1 for found in _ATTACHED.finditer(raw)]
    if len(starts) > PARTS:
        _refuse(f"it has more than {PARTS} parts")
    starts = [raw.find(b"\n\n", start) + 2 for start in starts]
    for found in _MARKER.finditer(raw):
        line = found[1].rstrip(b" \t")
        if hidden or line in boundaries or line.removesuffix(b"--") in boundaries:
            starts.append(found.end() + 1)
            if len(starts) > PARTS:
                _refuse(f"it has more than {PARTS} parts")
    if any(_TOO_MANY_HEADERS.match(raw, start) for start in starts):
        _refuse(f"a part of it has more than {HEADERS} headers")


def _check_parameters(raw: bytes, start: int) -> None:
    """One Content header from its colon on: its parameters are counted, up to where its last folded line ends."""
    end = start
    while True:
        end = raw.find(b"\n", end, start + HEADER_VALUE)
        if end < 0 or raw[end + 1 : end + 2] not in (b" ", b"\t"):
            break
        end += 1
    if raw.count(b";", start, end if end >= 0 else start + HEADER_VALUE) > PARAMETERS:
        _refuse(f"a part of it has more than {PARAMETERS} parameters")


def _refuse(reason: str) -> None:
    raise Permanent(reason, code=554, status="5.6.0")
