"""Mails whose outer form is broken, written so that a parser reads what their senders meant.

    mended(raw)    headers that would end too early: a byte order mark or lines of mailbox files before them, blanks
                   before a colon (RFC 5322 section 4.5), names beyond ASCII, a line behind From that is no header
    regrown(raw)   a multipart whose parts were not found: its boundary is missing, is not the one that stands in the
                   body, or the whole body is base64

Nothing is taken away but such marks; what is in doubt stays as it came, and is text. Limits: three odd lines among the
headers, which are left as they are where they are over their cap (`limits`: the mail is refused for that, and a pattern
over 10 million lines takes 2 GB); the boundary is looked for in the first 64 kB of a body.
"""

from __future__ import annotations

import re

from .limits import HEADER_BLOCK

END_OF_HEAD = re.compile(rb"\n\r?\n")
_BEFORE = re.compile(rb"(?:>From [^\n]*\n|From (?![ \t]*:)[^\n]*\n(?=>?From )){1,5}")
# Of a whole block alone: a line of a text that follows without an empty line is the author's.
_HEADERS = re.compile(rb"(?:From [^\n]*\n)?(?:[!-9;-~\x80-\xff]+[ \t]*:[^\n]*\n|[ \t][^\n]*\n)*")
_PLAIN_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n|[ \t][^\n]*\n)*")
_ODD_NAME = re.compile(rb"^([!-9;-~]+(?=[ \t])|[!-9;-~]*[\x80-\xff][!-9;-~\x80-\xff]*)[ \t]*:", re.MULTILINE)
_KNOWN = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|mime-version|received|return-path|reply-to|sender|references|in-reply-to|"
    rb"content-[a-z-]{2,30}|(?:x|list|arc)-[a-z0-9-]{1,60}|dkim-signature|user-agent|authentication-results)[ \t]*:",
    re.IGNORECASE,
)
_AUTHOR = re.compile(rb"^from[ \t]*:", re.IGNORECASE | re.MULTILINE)
ODD_LINES = 3
_MARK = re.compile(
    rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=content-[a-z-]{2,30}[ \t]*:|\r?\n)", re.IGNORECASE | re.MULTILINE
)
_TYPE = re.compile(rb"^content-type[ \t]*:\s{0,10}(multipart/[a-z-]{1,40})", re.IGNORECASE | re.MULTILINE)
SAMPLE = 65_536


def mended(raw: bytes) -> bytes:
    """The mail with headers that are read to their end."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if before := _BEFORE.match(raw):
        raw = raw[before.end() :]
    end = END_OF_HEAD.search(raw)
    head = raw[: end.start() + 1] if end and end.start() <= HEADER_BLOCK else b""
    if _PLAIN_HEADERS.fullmatch(head):
        return raw
    whole = _without_odd_lines(head)
    if _ODD_NAME.search(whole) and _HEADERS.fullmatch(whole):
        whole = _ODD_NAME.sub(_plain_name, whole)
    return raw if whole is head else whole + raw[len(head) :]


def _plain_name(found: re.Match[bytes]) -> bytes:
    # An MTA that takes forged results away may not know them with a blank behind the name, and writes none itself.
    known = found[1].isascii() and found[1].lower() != b"authentication-results"
    return (found[1] if known else b"X-Unnamed") + b":"


def _without_odd_lines(head: bytes) -> bytes:
    """Headers whose few lines without a colon each stand before a header that every mail program writes."""
    whole, done = head, 0
    for _ in range(ODD_LINES + 1):
        good = _HEADERS.match(whole, done)
        at = good.end() if good else 0
        if at == len(whole):
            return whole
        line = whole.find(b"\n", at) + 1
        # Who checked From on the way may have seen none behind such a line.
        if not _AUTHOR.search(whole, 0, at) or not _KNOWN.match(whole, line):
            break
        whole, done = whole[:at] + b"X-Unnamed: " + whole[at:], at
    return head


def regrown(raw: bytes, decoded: bytes | None = None) -> bytes | None:
    """The mail with a boundary that its body has, None where it has none; `decoded`: its body without its coding."""
    end = END_OF_HEAD.search(raw)
    kind = _TYPE.search(raw, 0, end.end() if end else 0)
    if end is None or kind is None:
        return None
    body = raw[end.end() :] if decoded is None else decoded
    mark = _MARK.search(body[:SAMPLE])
    if mark is None or mark[1].endswith(b"--") or b'"' in mark[1] or b"\\" in mark[1]:
        return None
    named = b'Content-Type: %s; boundary="%s"\r\n' % (kind[1], mark[1])
    return named + raw[: end.end()] + body[mark.start() :]
