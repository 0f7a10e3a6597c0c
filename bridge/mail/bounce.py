"""Delivery reports (RFC 3464): what became of a letter, from the machine-readable parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .message import Message

FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?(.*)$")
MAX_LINES = 2_000


@dataclass(frozen=True, slots=True)
class BounceReport:
    """One recipient's report; `message_id` is that of the letter, empty where the report does not hold it."""

    recipient: str
    status: str
    action: str
    diagnostic: str
    message_id: str


def report(message: Message) -> BounceReport | None:
    """The report in a mail, None where it holds none."""
    fields = _fields(message)
    if "status" not in fields and "action" not in fields:
        return None
    return BounceReport(
        recipient=_after_type(fields.get("final-recipient", fields.get("original-recipient", ""))).lower(),
        status=fields.get("status", "")[:20],
        action=fields.get("action", "").lower()[:20],
        diagnostic=_after_type(fields.get("diagnostic-code", ""))[:500],
        message_id=_original(message, fields),
    )


def _fields(message: Message) -> dict[str, str]:
    """The first value of each field of all report parts, folded lines joined."""
    fields: dict[str, str] = {}
    name = ""
    for line in "\n".join(message.reports).split("\n")[:MAX_LINES]:
        if line[:1] in (" ", "\t") and name:
            fields[name] += " " + line.strip()
        elif found := FIELD.match(line):
            name = found[1].lower()
            if name in fields:
                name = ""
            else:
                fields[name] = found[2].strip()
    return fields


def _after_type(value: str) -> str:
    """`rfc822; a@b` and `smtp; 550 ...` without their type."""
    return value.partition(";")[2].strip() if ";" in value else value


def _original(message: Message, fields: dict[str, str]) -> str:
    if message.forwarded:
        return message.forwarded[0].message_id
    return fields.get("message-id", "").strip("<> ")
