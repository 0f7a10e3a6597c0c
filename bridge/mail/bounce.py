"""What a bounce says of a delivery (RFC 3464), where it says it in a form that programs read.

Who bounced is told by the token in our envelope sender, never by what stands here: a bounce is easily forged. Limits:
the first 20 reports, 64 kB of each.
"""

from __future__ import annotations

import email
import re
from dataclasses import dataclass

from .address import addr_spec
from .message import Message

MAX_REPORTS = 20
MAX_CHARS = 65536
MAX_RAW = 262_144

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ID = re.compile(r"<([^<>\s]{1,995})>")
_ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")


@dataclass(frozen=True, slots=True)
class BounceReport:
    """One recipient's fate; fields that the report lacks are empty. `message_id` is the original mail's."""

    recipient: str
    status: str
    """The enhanced code, as in 5.1.1."""
    action: str
    diagnostic: str
    message_id: str


def report(message: Message) -> BounceReport | None:
    """The first failed recipient of a delivery report, else its first recipient; None where there is no report."""
    blocks = [block for text in message.reports[:MAX_REPORTS] for block in _blocks(text[:MAX_CHARS])]
    told = [block for block in blocks if "final-recipient" in block or "original-recipient" in block]
    if not told:
        return None
    one = next((block for block in told if block.get("action", "").lower().startswith("failed")), told[0])
    diagnostic = one.get("diagnostic-code", "")
    found = _STATUS.search(one.get("status", "")) or _STATUS.search(diagnostic[:1000])
    action = one.get("action", "").lower().split(None, 1)[:1]
    return BounceReport(
        # What was asked for at first is the address that we wrote to; it may have been forwarded since.
        recipient=_address(one.get("original-recipient", "")) or _address(one.get("final-recipient", "")),
        status=found[1] if found else "",
        action=action[0] if action and action[0] in _ACTIONS else "",
        diagnostic=diagnostic.partition(";")[2].strip() or diagnostic,
        message_id=_original_id(message, blocks),
    )


def permanence(raw: bytes) -> bool | None:
    """Whether a bounce in a form of its system's own says that it is for good; None where nobody can tell."""
    from flufl.bounce import (
        all_failures,
    )  # here: odd bounces are rare, and it takes a tenth of a second to load

    try:
        temporary, permanent = all_failures(email.message_from_bytes(raw[:MAX_RAW]))
    except Exception:  # its detectors are regular expressions over a stranger's mail
        return None
    return True if permanent else False if temporary else None


def _blocks(text: str) -> list[dict[str, str]]:
    """Groups of fields between blank lines (RFC 3464 section 2.1.1), by lower-case name, unfolded."""
    blocks: list[dict[str, str]] = []
    for group in re.split(r"\n[ \t]*\n", text):
        fields: dict[str, str] = {}
        name = ""
        for line in group.split("\n"):
            if line[:1] in (" ", "\t") and name:
                fields[name] += " " + line.strip()
            else:
                key, colon, value = line.partition(":")
                name = key.strip().lower() if colon else ""
                if name:
                    fields.setdefault(name, value.strip())
        if fields:
            blocks.append(fields)
    return blocks


def _address(value: str) -> str:
    """The address in `rfc822; pat@example.org` (RFC 3464 section 2.1.2)."""
    return addr_spec(value.rpartition(";")[2].strip().strip("<>")) or ""


def _original_id(message: Message, blocks: list[dict[str, str]]) -> str:
    """The Message-ID of the mail that came back: attached whole, or its headers alone."""
    for attached in message.forwarded:
        if attached.message_id:
            return attached.message_id
    for block in blocks:
        found = _ID.search(block.get("message-id", ""))
        if found:
            return found[1]
    return ""
