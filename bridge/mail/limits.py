"""What a mail may hold before any parser sees it: the standard library is quadratic in parts, parameters and more.

Each cap is far above what people send and far below what takes seconds. Over a cap the mail is refused whole
(554 5.6.0): it is kept raw in the ledger. The door bounds the size of the whole.
"""

from __future__ import annotations

import re

from ..errors import Permanent
from .mime import Part

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
# These are for a mail in small letters with a line end before it: a pattern that begins with plain characters is
# searched for four times as fast as one that begins a line or knows no case (0.20 -> 0.04 ms for 4 kB).
_BOUNDARY = re.compile(rb"boundary\s{0,10}=\s{0,10}(?:\"([^\"\n]{1,1000})\"|([^\s;\"]{1,1000}))")
# RFC 2231 pieces of a boundary, which hide it from the count below.
_HIDDEN = re.compile(rb"\ncontent-type:[^\n]{0,500}(?:\n[ \t][^\n]{0,500}){0,20}boundary\*")
_MARKER = re.compile(rb"\n--([^\n]{1,1004})(?=\n|\Z)")
_PART_HEADER = re.compile(rb"\ncontent-(?:type|disposition):")
_ATTACHED = re.compile(rb"\ncontent-type:\s{0,20}message/")
BARE_CR = re.compile(rb"\r(?!\n)")
_TOO_MANY_HEADERS = re.compile(rb"(?:[!-9;-~]{0,1000}:[^\n]*\n|[ \t][^\n]*\n){%d}" % HEADERS)


def check(raw: bytes) -> None:
    """Raise `Permanent` where a mail is over a cap."""
    if b"\r" in raw:
        # The parser takes a bare CR for a line end as well. Without one CRs are dropped in a tenth of the time.
        bare = BARE_CR.search(raw)
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if bare else raw.replace(b"\r", b"")
    lines = raw.count(b"\n")
    if lines > LINES:
        _refuse(f"it has more than {LINES} lines")
    _check_headers(raw.partition(b"\n\n")[0])
    # A short mail holds less than any cap.
    if lines >= HEADERS or len(raw) > BOUNDARIES * len("boundary"):
        _check_parts(b"\n" + raw)
    if lines > CONTENT_HEADERS or raw.count(b";") > PARAMETERS:
        _check_content_headers(b"\n" + raw)


def _check_parts(raw: bytes) -> None:
    """Boundaries, parts and attached mails are counted, and the headers of each."""
    lower = raw.lower()
    if raw.count(b"\n") <= HEADERS and lower.count(b"boundary") <= BOUNDARIES:
        return
    found = [_span(each) for each in _BOUNDARY.finditer(lower)]
    boundaries = {raw[start:end].rstrip() for start, end in found}
    if len(boundaries) > BOUNDARIES:
        _refuse(f"it has more than {BOUNDARIES} boundaries")
    hidden = b"boundary*" in lower and _HIDDEN.search(lower)  # then any line may be a boundary
    starts = [each.end() + 1 for each in _ATTACHED.finditer(lower)]
    if len(starts) > PARTS:
        _refuse(f"it has more than {PARTS} parts")
    starts = [raw.find(b"\n\n", start) + 2 for start in starts]
    for mark in _MARKER.finditer(raw):
        line = mark[1].rstrip(b" \t")
        if hidden or line in boundaries or line.removesuffix(b"--") in boundaries:
            starts.append(mark.end() + 1)
            if len(starts) > PARTS:
                _refuse(f"it has more than {PARTS} parts")
    if any(_TOO_MANY_HEADERS.match(raw, start) for start in starts):
        _refuse(f"a part of it has more than {HEADERS} headers")


def _span(boundary: re.Match[bytes]) -> tuple[int, int]:
    return boundary.span(1) if boundary[1] is not None else boundary.span(2)


def check_depth(top: Part) -> None:
    """Raise `Permanent` where parts are nested more than 50 deep."""
    level = [top]
    for _ in range(DEPTH):
        level = [below for part in level for below in part.children]
        if not level:
            return
    _refuse(f"it is nested more than {DEPTH} deep")


def _check_headers(head: bytes) -> None:
    if len(head) > HEADER_BLOCK:
        _refuse(f"its headers are larger than {HEADER_BLOCK} bytes")
    if len(head) <= SUBJECT and head.count(b"\n") < HEADERS:
        return
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


def _check_content_headers(raw: bytes) -> None:
    for number, each in enumerate(_PART_HEADER.finditer(raw.lower())):
        if number > CONTENT_HEADERS:
            _refuse(f"it has more than {PARTS} parts")
        _check_parameters(raw, each.end())


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
