"""Bytes -> the tree of a mail's parts, read by mail-parser from what tells it: headers, and the lines that part parts.

The library looks at each line in Python, goes through all headers for the type of each part, and compiles a pattern
for each boundary. So before it reads a mail, what stands behind an empty line is cut out, up to the next line that may
be a boundary, and of the first headers only those stay that tell of content; both are put back where they belong.
Boundaries are called by short names, the same in each mail: so the bones of most mails of one program are the same, and
the tree of bones that were seen lately is copied. The tree is the one of the whole mail (0.50 -> 0.05 ms for 4 kB in
two forms).

Nothing is cut where the lines of a text might be headers (attached mails, reports, digests), where a CR alone ends
lines, or where our own marks, NUL and SOH, stand in the mail.
"""

from __future__ import annotations

import logging
import re
from email.message import Message as Source
from functools import lru_cache

import mailparser

from .limits import BARE_CR

SHORT = 20
"""Characters that are not worth a cut."""
KEPT = 2_000
"""Characters of bones at most whose tree is kept."""
FEW = 20
"""Boundaries that get short names at most."""
_CUT, _NAME = "\0", "\1"
_BLANK = re.compile(r"\n\r?\n")
_CUTS = re.compile(f"{_CUT}([0-9]{{1,7}}){_CUT}")
_NAMES = re.compile(f"{_NAME}([0-9]{{1,7}}){_NAME}")
_SIMPLE = r"[A-Za-z0-9=_.+/'?-]{1,200}"
_NAMES_ONE = 'oundary="'
_NAMED = re.compile(rf'{_NAMES_ONE}({_SIMPLE})"')
_MARKS = re.compile(rf"\n--({_SIMPLE})(?=[ \t]{{0,20}}\r?(?:\n|\Z))")
# A short name in the name of a header, which would be none any more.
_IN_HEADER = re.compile(rf"(?:\A|\n)(?!--{_NAME})[^ \t:\n{_NAME}]*{_NAME}")
_HEAD = re.compile(r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*(?=\r?\n)")
_FIELD = re.compile(r"([!-9;-~]+):[ \t]*([^\n]*\n(?:[ \t][^\n]*\n)*)")
_LINES = re.compile(r"content-type:\s*message/|multipart/digest")
# It warns of every multipart without parts, and would print what strangers send.
logging.getLogger("mailparser").setLevel(logging.CRITICAL)


class _Structure(mailparser.MailParser):  # type: ignore[misc]
    """mail-parser's guarded reading of the tree, without the texts and attachments that we decode by ourselves.

    Half of the time of a mail of 4 kB, and each attachment is decoded once, not twice.
    """

    def parse(self) -> _Structure:
        """Leaves it at the tree."""
        return self


def structure(raw: bytes) -> Source:
    """The tree of parts. Raises `MailParserRecursionError` where it is nested too deep to be read."""
    text = raw.decode("ascii", "surrogateescape")
    if _CUT in text or _NAME in text or (b"\r" in raw and BARE_CR.search(raw)):
        return _read(text)
    headers, rest = _without_headers(text)
    bones, contents = _cut(rest, _may_name(rest))
    lower = bones.lower()
    if lower.count("boundary") != len(_NAMED.findall(bones)):  # one may have any name, and none
        bones, contents = _cut(rest, ("",))
        lower = bones.lower()
    if _LINES.search(lower):
        return _read(text)
    bones, boundaries = _named(bones)
    top = _copied(_kept(bones)) if len(bones) <= KEPT else _read(bones)
    if headers:
        vars(top)["_headers"] = headers
    left = [top]
    while left:
        part = left.pop()
        if boundaries and not (headers and part is top):
            _restore_names(part, boundaries)
        payload = vars(part)["_payload"]
        if isinstance(payload, str):
            part.set_payload(_restored(payload, contents, boundaries))
        elif payload:
            left += payload
    return top


def _read(text: str) -> Source:
    top: Source = _Structure.from_string(text).message
    return top


_kept = lru_cache(128)(_read)
"""The library takes 100 us for a tree, and a copy of it 5."""


def _copied(part: Source) -> Source:
    """A tree that `structure` may fill: it puts other lists and texts in the place of these, and changes none."""
    copy = Source.__new__(type(part))
    vars(copy).update(vars(part))
    below = vars(part)["_payload"]
    if isinstance(below, list):
        vars(copy)["_payload"] = [_copied(each) for each in below]
    return copy


def _without_headers(text: str) -> tuple[list[tuple[str, str]], str]:
    """The headers of a mail as the library has them, and the mail with those of its content alone.

    None, and the mail as it was, where a line among them is no header.
    """
    head = _HEAD.match(text)
    if not head:
        return [], text
    fields = list(_FIELD.finditer(head[0]))
    kept = "".join([field[0] for field in fields if field[1][:8].lower() == "content-"])
    return [(field[1], field[2].rstrip("\r\n")) for field in fields], kept + text[head.end() :]


def _may_name(text: str) -> tuple[str, ...]:
    """The boundaries that a mail names anywhere in a plain way, found without a pattern, in a tenth of the time.

    Where they are too many an empty one, which all begin with.
    """
    found: set[str] = set()
    at = text.find(_NAMES_ONE)
    while at >= 0:
        if named := _NAMED.match(text, at):
            found.add(named[1])
        at = text.find(_NAMES_ONE, at + 1)
        if len(found) > FEW:
            return ("",)
    return tuple(found)


def _cut(text: str, boundaries: tuple[str, ...]) -> tuple[str, list[str]]:
    """The text with a mark for each content, and the contents.

    Behind an empty line there are no headers until a line of two dashes and one of these `boundaries`. The last line
    end of a content stays: it may belong to the boundary (RFC 2046 section 5.1.1), and the library takes it for that.
    """
    kept: list[str] = []
    contents: list[str] = []
    done = 0
    while blank := _BLANK.search(text, done):
        start = blank.end()
        end = text.find("\n--", start - 1)
        while end >= 0 and not text.startswith(boundaries, end + 3):
            end = text.find("\n--", end + 3)
        if end < 0:
            end = len(text) - text.endswith("\n")
        end = max(start, end - (text[end - 1] == "\r"))
        if end - start > SHORT:
            kept += [text[done:start], f"{_CUT}{len(contents)}{_CUT}"]
            contents.append(text[start:end])
        else:
            kept.append(text[done:end])
        done = end
    return "".join([*kept, text[done:]]), contents


def _named(text: str) -> tuple[str, list[str]]:
    """The text with short names for its boundaries, and the boundaries; as it was where one stands elsewhere too."""
    number = {each: at for at, each in enumerate(dict.fromkeys(_NAMED.findall(text)))}
    if (
        not 0 < len(number) <= FEW
        or "boundary*" in text.lower()
        or any(each.endswith("--") for each in number)
    ):
        return text, []

    def mark(found: re.Match[str]) -> str:
        boundary, end = found[1], ""
        if boundary not in number and boundary.endswith("--"):
            boundary, end = boundary[:-2], "--"
        return f"\n--{_NAME}{number[boundary]}{_NAME}{end}" if boundary in number else found[0]

    short = _NAMED.sub(lambda found: f'oundary="{_NAME}{number[found[1]]}{_NAME}"', text)
    short = _MARKS.sub(mark, short)
    elsewhere = any(each in short for each in number) or _IN_HEADER.search(short)
    return (text, []) if elsewhere else (short, list(number))


def _restored(text: str, contents: list[str], boundaries: list[str]) -> str:
    """A payload as it was."""
    if _NAME in text:
        text = _NAMES.sub(lambda found: boundaries[int(found[1])], text)
    if _CUT in text:
        text = _CUTS.sub(lambda found: contents[int(found[1])], text)
    return text


def _restore_names(part: Source, boundaries: list[str]) -> None:
    """Puts the boundaries back into the headers of a part."""
    items = list(part.raw_items())
    if any(_NAME in value for _, value in items):
        vars(part)["_headers"] = [(name, _restored(value, [], boundaries)) for name, value in items]
