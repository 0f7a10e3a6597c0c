"""Multiparts whose parts the library did not find, or in which it found nothing: where their words are all the same.

    with_parts(raw, top)   the mail and its tree, hollow multiparts with the parts that their bodies show (`regrown`)
    left_over(raw, top)    the words of a mail in which nothing else is to be seen: its body as it stands, or, where it
                           has parts, what stands before the first and behind the last of them

Limits: GROWN multiparts within a mail are looked into; MAX_TEXT bytes of a body are read.
"""

from __future__ import annotations

from . import limits
from .body import MAX_TEXT
from .charset import clean, decode
from .mend import END_OF_HEAD, regrown
from .mime import Part, content, written
from .structure import structure

GROWN = 4


def is_hollow(part: Part) -> bool:
    """Is it a multipart whose parts were not found?"""
    return part.kind.startswith("multipart/") and not part.children


def with_parts(raw: bytes, top: Part) -> tuple[bytes, Part]:
    """The mail and its tree, by the boundaries that bodies show; as they were where these show none."""
    if is_hollow(top):
        grown = regrown(raw) or (regrown(raw, content(top)) if top.said.coding == "base64" else None)
        found = _tree(grown) if grown else top
        if grown and found.children:
            raw, top = grown, found
    left, looked = list(top.children), 0
    while left and looked < GROWN:
        part = left.pop()
        if is_hollow(part):
            looked += 1
            part.grow(_parts(part))
        left += part.children
    return raw, top


def _tree(grown: bytes) -> Part:
    limits.check(grown)
    return Part(structure(grown))


def _parts(part: Part) -> list[Part]:
    """The parts that the body of a hollow multipart within a mail shows."""
    plain = (written(part.source) or "").encode("utf-8", "surrogateescape")
    body = content(part) if part.said.coding == "base64" else plain
    grown = regrown(b"Content-Type: %s\n\n%s" % (part.kind.encode(), body))
    return _tree(grown).children if grown else []


def left_over(raw: bytes, top: Part) -> str:
    """The words of a mail without any part that has some; empty where there are none."""
    end = END_OF_HEAD.search(raw)
    if not end or not top.kind.startswith("multipart/"):
        return ""
    body = raw[end.end() :][:MAX_TEXT]
    boundary = top.said.given.get("boundary", "")
    if is_hollow(top) or not boundary:
        return clean(decode(body, None))
    before, mark, rest = (b"\n" + body).partition(b"\n--" + boundary.encode("utf-8", "replace"))
    behind = rest.partition(mark + b"--")[2] if mark else b""
    words = [clean(decode(each, None)).strip() for each in (before, behind)]
    # "This is a multi-part message in MIME format" says nothing, in any language.
    return "\n\n".join(each for each in words if each and "MIME" not in each)
