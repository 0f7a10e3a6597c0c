"""What every letter of a list must be: checks over the bytes that a smarthost got, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache

from tests.servers import Sent

from .story import LIST, text_of

ONCE = (
    *(
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Reply-To",
        "Precedence",
        "Auto-Submitted",
    ),
    *("List-Id", "List-Post", "List-Archive", "List-Help", "List-Unsubscribe", "List-Unsubscribe-Post"),
)
TELLTALE = (
    "Received",
    "X-Originating-IP",
    "Disposition-Notification-To",
    "Return-Receipt-To",
    "Bcc",
    "DKIM-Signature",
)
TOKEN = re.compile(r"\b(reply|bounce|unsubscribe|confirm)(?:\+|/)([a-z2-7]{26,})\b", re.I)
FIXED = {
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Precedence": "list",
    "Auto-Submitted": "auto-generated",
}


@lru_cache(maxsize=4000)
def parse(raw: bytes) -> EmailMessage:
    """A mail as a strict reader sees it."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def header_faults(copy: Sent, list_name: str = "Forum") -> list[str]:
    """Promise O1: what is wrong with the headers of a letter of the list."""
    mail = parse(copy.content)
    faults = [
        f"{len(mail.get_all(name, []))} times {name}" for name in ONCE if len(mail.get_all(name, [])) != 1
    ]
    faults += [f"it has {name}" for name in TELLTALE if name in mail]
    if faults:
        return faults
    faults += [f"{name}: {mail[name]}" for name, value in FIXED.items() if mail[name] != value]
    (author,) = mail["From"].addresses
    if author.addr_spec != LIST or not author.display_name.endswith(f" via {list_name}"):
        faults.append(f"From: {mail['From']}")
    if [one.addr_spec for one in mail["To"].addresses] != [LIST]:
        faults.append(f"To: {mail['To']}")
    if not re.search(r"<reply\+[a-z2-7]{26,}@bridge\.test>$", str(mail["Reply-To"])):
        faults.append(f"Reply-To: {mail['Reply-To']}")
    link = r"<https?://[^>]+/unsubscribe/([a-z2-7]{26,})>,\s*<mailto:unsubscribe\+\1@bridge\.test>"
    if not re.fullmatch(link, str(mail["List-Unsubscribe"])):
        faults.append(f"List-Unsubscribe: {mail['List-Unsubscribe']}")
    if not re.fullmatch(r"bounce\+[a-z2-7]{26,}@bridge\.test", copy.sender):
        faults.append(f"envelope sender {copy.sender}")
    if LIST not in str(mail["List-Post"]) or "<" not in str(mail["List-Id"]):
        faults.append(f"List-Post: {mail['List-Post']}, List-Id: {mail['List-Id']}")
    return faults


def form_faults(raw: bytes) -> list[str]:
    """RFC 5322 and MIME: what is wrong with the form of a letter or a notice."""
    faults = []
    if re.search(rb"\r(?!\n)|(?<!\r)\n|\0", raw):
        faults.append("a bare CR or LF, or a NUL")
    if not raw.isascii():
        faults.append("bytes above 127")
    longest = max(len(line) for line in raw.split(b"\r\n"))
    if longest > 998:
        faults.append(f"a line of {longest} bytes")
    mail = parse(raw)
    for part in mail.walk():
        faults += [repr(defect) for defect in part.defects]
        faults += [f"{name}: {d!r}" for name, value in part.items() for d in getattr(value, "defects", ())]
    kinds = {part.get_content_type() for part in mail.walk()}
    if "text/plain" not in kinds:
        faults.append("no text part")
    return faults


def leaks(sent: Sequence[Sent], addresses: Iterable[str]) -> list[str]:
    """Promise O3: each letter that goes to several, or holds the address or a token of somebody else."""
    known = set(addresses)
    tokens = [{found[2].lower() for found in TOKEN.finditer(_all_text(copy))} for copy in sent]
    owners: dict[str, set[str]] = {}
    for copy, found in zip(sent, tokens, strict=True):
        for token in found:
            owners.setdefault(token, set()).add(copy.recipients[0])
    faults = [f"{copy.recipients} in one envelope" for copy in sent if len(copy.recipients) != 1]
    faults += [f"{token} went to {who}" for token, who in owners.items() if len(who) > 1]
    for copy in sent:
        shown = _all_text(copy).lower()
        faults += [
            f"{address} in a letter to {copy.recipients[0]}"
            for address in known - set(copy.recipients)
            if address in shown
        ]
    return faults


@lru_cache(maxsize=4000)
def _all_text(copy: Sent) -> str:
    headers = "\n".join(str(value) for value in parse(copy.content).values())
    return "\n".join((copy.sender, copy.content.decode("latin-1"), text_of(copy.content), headers))
