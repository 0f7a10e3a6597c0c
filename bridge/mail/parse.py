"""Bytes to `Message`: caps first, mail-parser for the structure, then our own reading of headers and body.

Identity headers (From, Message-ID, References) are read from the raw values by our own small parsers, since the
standard library's are fooled or raise. Whatever a stranger's mail does to a parser comes out as `Permanent` (554).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import Message as Source
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from ..errors import Permanent
from . import limits
from .address import addr_spec, mailbox, mailboxes
from .body import read_body
from .charset import MAX_HEADER, clean, clean_line, decode, decode_words, header_text, is_plain
from .hollow import left_over, with_parts
from .mend import END_OF_HEAD, mended
from .message import Mailbox, Message
from .mime import Part
from .sealed import unsealed
from .structure import structure

MESSAGE_ID = re.compile(r"<([^<>]{1,995})>")
NAMED = re.compile(rb"^message-id[ \t]*:((?:[^\n]|\n[ \t]){0,2000})", re.IGNORECASE | re.MULTILINE)
MAX_REFERENCES = 200
DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")
MICRO = 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DATE = re.compile(
    r"(?:[A-Z][a-z][a-z], )?([0-9]{1,2}) ([A-Z][a-z][a-z]) ([12][0-9]{3}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) "
    r"([+-])([01][0-9]|2[0-3])([0-5][0-9])"
)
MONTHS = {month: n for n, month in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
HEAD = 65_536
BARE_CR = re.compile(rb"\r(?!\n)(?!\Z)")
BARE = "its headers hold a line end that is none"

FOLD = re.compile(r"[\r\n]{1,4}[ \t]?")


def parse(raw: bytes) -> Message:
    """The mail in `raw`. Raises `Permanent` (554 5.6.0) where it is over a cap or no mail at all."""
    raw = mended(raw)
    limits.check(raw)
    try:
        top = Part(structure(raw))
        raw, top = with_parts(raw, top)
        limits.check_depth(top)
        message = _message(top, _opened(top))
        if not message.message_id:
            message = replace(message, message_id=message_id_of(raw))
        if not (message.text or message.html or message.attachments or message.forwarded or message.reports):
            message = replace(message, text=left_over(raw, top) or message.text)
        return replace(message, author=None, author_fault=BARE) if _has_bare_cr(raw) else message
    except Permanent:
        raise
    except Exception as fault:  # any library fault: the mail is the cause, and trying again is of no use
        raise Permanent(f"it cannot be parsed ({type(fault).__name__})", code=554, status="5.6.0") from fault


def author_of(raw: bytes) -> Mailbox | None:
    """The author that `parse` would find, by the first 64 kB of a mail alone."""
    raw = mended(raw[:HEAD])
    top = BytesHeaderParser().parsebytes(raw)
    return None if _has_bare_cr(raw) else _author(_raw_headers(top).get("from", []))[0]


def message_id_of(raw: bytes) -> str:
    """The Message-ID that a mail claims above its first empty line, whatever else stands there; "" for none."""
    if raw[:1] in b"\r\n":  # no header at all
        return ""
    end = END_OF_HEAD.search(raw[:HEAD])
    found = NAMED.search(raw, 0, end.start() if end else min(len(raw), HEAD))
    return known_as(found[1].decode("utf-8", "surrogateescape")) if found else ""


def known_as(value: str) -> str:
    """The id by which a mail is known whose Message-ID header has this value; "" for none."""
    return next(iter(_ids([_unfolded(value)])), "")


def _has_bare_cr(raw: bytes) -> bool:
    """Whether a CR alone stands among the headers: a line end to some programs, and a From behind it an author."""
    end = END_OF_HEAD.search(raw[:HEAD])
    return bool(BARE_CR.search(raw, 0, end.start() if end else min(len(raw), HEAD)))


def bare(*, text: str | None, html: str | None, subject: str = "", sender: str = "") -> Message:
    """A message of a body alone, as the `clean` command takes it; `sender` as a From header would have it."""
    return Message(
        message_id="", author=mailbox(sender) if sender else None, author_fault="", to=(), cc=(), delivered_to=(),
        subject=clean_line(decode_words(subject)), date=None, in_reply_to=(), references=(), headers={},
        text=None if text is None else clean(text), html=None if html is None else clean(html),
    )  # fmt: skip


def _opened(top: Part) -> Part:
    """The part in which the words of a mail are looked for."""
    opened = unsealed(top)
    if opened is not top:
        limits.check_depth(opened)
    return opened


def _message(top: Part, opened: Part | None = None) -> Message:
    raw = _raw_headers(top.source)
    headers = _headers(raw)
    author, fault = _author(raw.get("from", []))
    body = read_body(opened or top, _message)
    return Message(
        message_id=next(iter(_ids(raw.get("message-id", []))), ""),
        author=author,
        author_fault=fault,
        to=_people(raw.get("to", [])),
        cc=_people(raw.get("cc", [])),
        delivered_to=_delivered(headers),
        subject=headers.get("subject", ("",))[0],
        date=_date(headers.get("date", ("",))[0]),
        in_reply_to=tuple(_ids(raw.get("in-reply-to", []))),
        references=tuple(_ids(raw.get("references", []))),
        headers=headers,
        text=body.text,
        html=body.html,
        attachments=tuple(body.attachments),
        forwarded=tuple(body.forwarded),
        content_type=top.kind,
        reports=tuple(body.reports),
    )


def _raw_headers(top: Source) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in top.raw_items():
        found.setdefault(name.lower(), []).append(_unfolded(str(value)))
    return found


def _headers(raw: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """What the headers say. Whether they are plain is asked of all at once, as they mostly are (20 -> 10 us)."""
    whole = "".join([value for values in raw.values() for value in values])
    if "=?" not in whole and len(whole) <= MAX_HEADER and is_plain(whole):
        return {name: tuple([" ".join(value.split()) for value in values]) for name, values in raw.items()}
    return {name: tuple([header_text(value) for value in values]) for name, values in raw.items()}


def _unfolded(value: str) -> str:
    """A header value in one line, raw 8-bit and ISO-2022-JP bytes decoded, encoded words as they are.

    Charsets whose characters hold bytes such as `<` or `"` must be read before the structure is.
    """
    if "\n" in value or "\r" in value:
        value = FOLD.sub(" ", value)
    if value.isascii() and "\x1b" not in value:
        return value
    return decode(value.encode("utf-8", "surrogateescape"), None)


def _author(values: list[str]) -> tuple[Mailbox | None, str]:
    """The one author, or why there is none (promise A4)."""
    if len(values) != 1:
        return None, f"{len(values)} From headers" if values else "no From header"
    one = mailbox(values[0])
    return (one, "") if one else (None, "From is not one clean address")


def _people(values: list[str]) -> tuple[Mailbox, ...]:
    return tuple(one for value in values[:20] for one in mailboxes(value))


def _delivered(headers: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    values = (value for name in DELIVERED for value in headers.get(name, ()))
    found = (addr_spec(value.strip("<> ")) for value in values)
    return tuple(dict.fromkeys(address for address in found if address))[:50]


def _ids(values: list[str]) -> list[str]:
    """The Message-IDs in header values (RFC 5322 section 3.6.4), in order, each once, at most 200."""
    if not values:
        return []
    joined = header_text(" ".join(values))
    # Some programs fold an id in two.
    found = [each.replace(" ", "") for each in MESSAGE_ID.findall(joined)]
    if not found and joined and " " not in joined and len(joined) < 996:
        found = [joined.strip("<>")]
    return [each for each in dict.fromkeys(found) if each][-MAX_REFERENCES:]


def _date(value: str) -> int | None:
    """Microseconds UTC. A date as RFC 5322 section 3.3 has it, as most are, needs no library (14 -> 4 us)."""
    try:
        plain = DATE.fullmatch(value)
        if plain and plain[2] in MONTHS:
            day, year, hour, minute, second, east, off = map(int, plain.group(1, 3, 4, 5, 6, 8, 9))
            moment = datetime(year, MONTHS[plain[2]], day, hour, minute, second, tzinfo=UTC)
            ahead = (east * 3600 + off * 60) * (1 if plain[7] == "+" else -1)
            return (round((moment - EPOCH).total_seconds()) - ahead) * MICRO
        moment = parsedate_to_datetime(value[:200])
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return round((moment - EPOCH).total_seconds()) * MICRO
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
