"""What a mail may hold before any parser sees it: the standard library is quadratic in parts, parameters and more.

Each cap is far above what people send and far below what takes a second. Over a cap the mail is refused whole
(554 5.6.0): it is kept raw in the ledger, and parked.
"""

from __future__ import annotations

import re

from ..errors import Permanent

PARTS = 1_000
HEADERS = 1_000
HEADER_BLOCK = 262_144
HEADER_VALUE = 65_536
SUBJECT = 20_000
BOUNDARIES = 100
PARAMETERS = 100

BOUNDARY = re.compile(rb"boundary\s{0,10}=\s{0,10}(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.I)
PART_HEADER = re.compile(rb"^content-(?:type|disposition)[ \t]{0,20}:", re.I | re.M)
BLANK = re.compile(rb"\r?\n\r?\n")


def check(raw: bytes) -> None:
    """Raise `Permanent` where a mail is over a cap."""
    found = BLANK.search(raw)
    head = raw[: found.start()] if found else raw
    if len(head) > HEADER_BLOCK:
        _refuse(f"its headers are larger than {HEADER_BLOCK} bytes")
    _check_headers(head)
    boundaries = {one or two for one, two in BOUNDARY.findall(raw)}
    if len(boundaries) > BOUNDARIES:
        _refuse(f"it is nested more than {BOUNDARIES} deep")
    if sum(raw.count(b"\n--" + boundary) for boundary in boundaries) > PARTS:
        _refuse(f"it has more than {PARTS} parts")
    for header in PART_HEADER.finditer(raw):
        _check_parameters(raw, header.end())


def _check_headers(head: bytes) -> None:
    lines = head.split(b"\n")
    size, count, subject = 0, 0, False
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            size += len(line)
        else:
            count += 1
            size, subject = len(line), line[:8].lower() == b"subject:"
        if size > HEADER_VALUE or (subject and size > SUBJECT):
            _refuse("one of its headers is too long")
    if count > HEADERS:
        _refuse(f"it has more than {HEADERS} headers")


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
