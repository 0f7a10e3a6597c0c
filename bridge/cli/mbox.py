"""A post as an entry of an mbox, in the mboxrd form: `From ` lines, body lines that look like one quoted with `>`.

The mail as it came is written where it is kept; else a mail is composed of what the post holds.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..mailroom import Mailroom

FROM_LINE = re.compile(rb"^(>*From )", re.M)


def entry(mailroom: Mailroom, post: dict[str, Any]) -> bytes:
    """The mbox entry of a post (a row of `reports.letters`), its lines ended by LF."""
    from ..store import ledger

    raw = None
    if post["ledger_id"] is not None:
        raw = mailroom.store.read(lambda tx: ledger.raw(tx, post["ledger_id"]))
    return framed(raw or composed(mailroom, post), post["address"], post["date"])


def framed(content: bytes, sender: str, date: int) -> bytes:
    """A mail with its `From ` line, quoted as mboxrd has it; `date` in microseconds UTC."""
    when = datetime.fromtimestamp(date // 1_000_000, UTC).strftime("%a %b %e %H:%M:%S %Y")
    body = FROM_LINE.sub(rb">\1", content.replace(b"\r\n", b"\n"))
    who = sender.encode("ascii", "replace") if sender and " " not in sender else b"MAILER-DAEMON"
    return b"From " + who + b" " + when.encode() + b"\n" + body.rstrip(b"\n") + b"\n\n"


def composed(mailroom: Mailroom, post: dict[str, Any]) -> bytes:
    """A mail made of a post: text and HTML, its attachments, and the headers that keep the thread."""
    from ..store import blobs

    mail = EmailMessage(policy=SMTP)
    mail["From"] = _author(post)
    mail["To"] = post["list_address"]
    mail["Subject"] = _line(post["subject"]) or _line(post["title"])
    mail["Date"] = format_datetime(datetime.fromtimestamp(post["date"] // 1_000_000, UTC))
    mail["Message-ID"] = f"<{_line(post['message_id'])}>"
    if post["parent_message_id"]:
        mail["In-Reply-To"] = mail["References"] = f"<{_line(post['parent_message_id'])}>"
    mail.set_content(post["text"])
    mail.add_alternative(post["html"], subtype="html")
    for attachment in post["attachments"]:
        content = mailroom.store.read(lambda tx, key=attachment["sha256"]: blobs.get(tx, key))  # type: ignore[misc]
        main, _, sub = attachment["type"].partition("/")
        if content is not None and main and sub and main not in ("message", "multipart"):
            mail.add_attachment(content, main, sub, filename=_line(attachment["name"]))
    return mail.as_bytes()


def _author(post: dict[str, Any]) -> str:
    name = re.sub(r'["\\<>@,;:()\[\]]', " ", _line(post["author"])).strip()
    return f'"{name}" <{post["address"] or post["list_address"]}>'


def _line(value: str) -> str:
    """A header's text, without line breaks and controls.

    `=?` is parted: the email package would decode an encoded word in a text, and write the line break in it out.
    """
    return "".join(char if char.isprintable() else " " for char in value).replace("=?", "= ?").strip()[:900]
