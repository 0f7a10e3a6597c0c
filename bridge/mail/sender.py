"""Who sent a mail whose envelope is gone, as in a mailbox or an archive. Pure.

The last MTA wrote the envelope sender into Return-Path (RFC 5321 section 4.4); a mail without one is taken to come
from its author, for the null sender would mark a bounce. Only the first 64 kB are looked at.
"""

from __future__ import annotations

from email.parser import BytesHeaderParser

from .address import addr_spec, mailbox

HEAD = 65_536


def header_sender(content: bytes) -> str:
    """The Return-Path of a mail, else its From address; `""` is the null sender."""
    headers = BytesHeaderParser().parsebytes(content[:HEAD])
    return_path = str(headers.get("Return-Path", "")).strip()
    if return_path:
        return addr_spec(return_path.strip("<>")) or ""
    author = mailbox(str(headers.get("From", "")))
    return author.address if author else ""
