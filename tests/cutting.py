"""What people do to a digest before they answer it: its bodies, and all of it cut away but one thread."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default


def mail_of(raw: bytes) -> EmailMessage:
    """A mail, parsed."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """A body of a mail, with line ends as LF."""
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def kept(letter: bytes, number: int) -> bytes:
    """The letter as somebody leaves it who cuts all but one thread of it before he answers."""
    mail = mail_of(letter)
    text, page = text_of(mail), text_of(mail, "html")
    text = re.split(r"^={72}\n(?=\d\. )", text, flags=re.M)[number].partition("\n-- \n")[0]
    sheets = re.split(r'(?=<div id="thread-)', page)
    return changed(mail, text, f"<html><body><div>{sheets[number]}</div></body></html>")


def changed(mail: EmailMessage, text: str, page: str) -> bytes:
    """The same mail with other bodies."""
    other = EmailMessage(policy=SMTP)
    for name, value in mail.items():
        if not name.lower().startswith("content-") and name != "MIME-Version":
            other[name] = value
    other.set_content(text)
    other.add_alternative(page, subtype="html")
    return other.as_bytes()
