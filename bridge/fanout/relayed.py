"""A mail that goes on to one person alone: its body and attachments whole, and none of its sender's headers.

What is written anew: From and Reply-To (an address of ours that leads back to him), To, Subject, Date, Message-ID.
Of the MIME structure only Content headers stay; parts that are not 7-bit become base64 (RFC 2045 section 6.8), and
Content-IDs, which often name the sender's domain, become ours. Our own tokens in quoted letters of his are cut, for
they are keys to his name. The mail was within the limits of `mail.limits` when it came in. Pure.
"""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from email.generator import BytesGenerator
from email.message import Message as Part
from email.parser import BytesParser
from email.policy import compat32
from typing import Any
from urllib.parse import quote

from ..mail.mime import written
from ..posting.private import hide_addresses
from ..posting.site import Site
from . import headers
from .letter import Letter

LOOP_HEADER = "X-Threadbridge-Loop"
LINE_MAX = 990
KEPT = ("content-type", "content-transfer-encoding", "content-disposition", "content-id", "content-language")

_KEYS = re.compile(
    rb"((?:unsubscribe|confirm|sign-in)/|(?:reply|unsubscribe|confirm|bounce)(?:\+|%2B))[a-z2-7]{26,52}", re.I
)
_ID = re.compile(r"<?([^<>\s]{1,300})>?")


@dataclass(frozen=True, slots=True)
class RelayLetter:
    """A mail to pass on: `address` is ours and leads back to its sender; dates in microseconds UTC."""

    site: Site
    sender: str
    """The sender's name, never his address."""
    address: str
    to_name: str
    to_address: str
    subject: str
    date: int
    message_id: str
    in_reply_to: str
    content: bytes
    """The mail as it came in."""


def compose_relayed(letter: RelayLetter) -> Letter:
    """The letter, ready to send: it has no slots. ValueError where an address is none."""
    address = headers.ascii_address(letter.address)
    name = hide_addresses(headers.clean(letter.sender))[:100] or "Somebody"
    shown = f"{name} via {letter.site.name}"
    lines = headers.mailbox("From", shown, address) + headers.mailbox("Reply-To", shown, address)
    lines += headers.mailbox("To", letter.to_name, headers.ascii_address(letter.to_address))
    lines += headers.text("Subject", letter.subject or "(no subject)") + headers.date("Date", letter.date)
    lines += headers.ids("Message-ID", [letter.message_id])
    lines += headers.ids("In-Reply-To", [letter.in_reply_to]) + headers.ids(
        "References", [letter.in_reply_to]
    )
    lines += headers.line("X-Auto-Response-Suppress", "All") + headers.line(LOOP_HEADER, address)
    lines += headers.line("MIME-Version", "1.0")
    return Letter((lines + _body(letter),), letter.message_id)


def _body(letter: RelayLetter) -> bytes:
    """The Content headers and the body of the mail, 7-bit, with CRLF."""
    mail = BytesParser(policy=compat32).parsebytes(letter.content)
    own = [part for part in _parts(mail) if part.get_content_maintype() != "message"]
    ids = _new_ids(own, letter)
    for part in [*own, *(part for part in _parts(mail) if part not in own)]:
        _strip(part, ids)
    for part in _parts(mail, attached=True):
        _seven_bit(part, ids)
    out = io.BytesIO()
    policy = compat32.clone(linesep="\r\n", max_line_length=78, cte_type="7bit")
    BytesGenerator(out, mangle_from_=False, policy=policy).flatten(mail)
    raw = out.getvalue()
    return raw if raw.isascii() else raw.decode("utf-8", "replace").encode("ascii", "replace")


def _parts(mail: Part, *, attached: bool = False) -> list[Part]:
    """All parts, outermost first; those of attached mails only where `attached`."""
    found: list[Part] = []
    waiting: list[Any] = [mail]
    while waiting:
        part = waiting.pop(0)
        found.append(part)
        if part.is_multipart() and (attached or part.get_content_maintype() != "message"):
            waiting += part.get_payload()
    return found


def _new_ids(parts: list[Part], letter: RelayLetter) -> dict[str, str]:
    old = (_ID.fullmatch(str(part["content-id"]).strip()) for part in parts if part["content-id"])
    names = dict.fromkeys(found[1] for found in old if found)
    return {name: f"part{n}.{letter.message_id}" for n, name in enumerate(names)}


def _strip(part: Part, ids: dict[str, str]) -> None:
    """Leave a part its Content headers, with our ids."""
    kept = {name: str(part[name]) for name in KEPT if part[name] is not None}
    for name in set(part.keys()):
        del part[name]
    if (found := _ID.fullmatch(kept.get("content-id", "").strip())) and found[1] in ids:
        kept["content-id"] = f"<{ids[found[1]]}>"
    else:
        kept.pop("content-id", None)
    for name, value in kept.items():
        part[name.title().replace("Id", "ID")] = value
    part.preamble = part.epilogue = None


def _seven_bit(part: Part, ids: dict[str, str]) -> None:
    """Make a part's content 7-bit, cut our tokens out of text, and point its pictures to their new ids."""
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if part.is_multipart():
        if encoding in ("8bit", "binary"):
            del part["content-transfer-encoding"]
        return
    as_it_came = written(part)
    content = part.get_payload(decode=True)
    if as_it_came is None or not isinstance(content, bytes):
        return
    changed = content
    if part.get_content_maintype() == "text":
        changed = _KEYS.sub(rb"\1...", content)
        for old, new in ids.items():
            for form in {old, quote(old), quote(old, safe="@")}:
                changed = changed.replace(
                    b"cid:" + form.encode("utf-8", "replace"), b"cid:" + new.encode("ascii")
                )
    long = any(len(line) > LINE_MAX for line in as_it_came.splitlines())
    if changed == content and as_it_came.isascii() and not long and encoding not in ("8bit", "binary"):
        return
    del part["content-transfer-encoding"]
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(changed).decode("ascii"))
