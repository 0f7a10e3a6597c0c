"""Who vouches for a mail: SPF (RFC 7208), DKIM (RFC 6376, 8301, 8463) and DMARC (RFC 7489), asked of the DNS.

Only what could speak for the author's domain is looked at, so a stranger's mail costs no more questions than its own
domain is worth; what a signature has to cover stands in `mail.dkim`. SPF says nothing of mails that this machine
brought itself. Raises `Temporary` where the DNS does not answer and nothing else vouches. Limits:
`SIGNATURES` are tried; SPF may ask as often as its RFC allows, for `SPF_SECONDS` in all.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

import spf

from ..errors import Temporary
from ..mail.dkim import holds, opened, signatures
from ..posting.authentication import Dmarc, Vouched, aligned, ascii_domain, dmarc_record, judge
from .resolver import Resolver

SIGNATURES = 5
SPF_SECONDS = 15

_asking = threading.local()


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail as it came to the door: the IP address and the HELO name it came from, and its envelope sender."""

    peer: str
    helo: str
    sender: str
    content: bytes


def vouch(
    sent: Sent, domain: str, resolver: Resolver, organizational: Callable[[str], str] | None
) -> Vouched:
    """Whether the author's domain vouches for the mail; raises `Temporary` where the DNS cannot say."""
    record = dmarc(domain, resolver, organizational)
    trouble: Temporary | None = None
    signers: tuple[str, ...] = ()
    spf_domain = ""
    try:
        signers = signed_by(sent.content, domain, resolver, organizational, int(time.time()))
    except Temporary as fault:
        trouble = fault
    found = judge(domain, "", signers, record, organizational)
    if found.passed:
        return found
    try:
        spf_domain = sent_by(sent, domain, resolver, organizational)
    except Temporary as fault:
        trouble = fault
    found = judge(domain, spf_domain, signers, record, organizational)
    if trouble and not found.passed:
        raise trouble
    return found


def dmarc(domain: str, resolver: Resolver, organizational: Callable[[str], str] | None) -> Dmarc | None:
    """The DMARC record that holds for a domain (RFC 7489 section 6.6.3)."""
    for each in dict.fromkeys((domain, organizational(domain) if organizational else domain)):
        found = [text for text in resolver.texts(f"_dmarc.{each}") if text.lower().startswith("v=dmarc1")]
        if len(found) == 1 and (record := dmarc_record(found[0])):
            return record
    return None


def signed_by(
    content: bytes, domain: str, resolver: Resolver, organizational: Callable[[str], str] | None, now: int
) -> tuple[str, ...]:
    """The domains, of those that may speak for `domain`, whose signatures on the mail hold; `now` in seconds."""
    mail = opened(content)
    fit = [each for each in signatures(mail) if aligned(each.domain, domain, organizational)]
    good: list[str] = []
    for signature in fit[:SIGNATURES]:
        name = f"{signature.selector}._domainkey.{signature.domain}"
        records = [text for text in resolver.texts(name) if "p=" in text]
        if records and holds(signature, mail, records[0], now):
            good.append(signature.domain)
    return tuple(good)


def sent_by(sent: Sent, domain: str, resolver: Resolver, organizational: Callable[[str], str] | None) -> str:
    """The domain whose SPF record lets the peer send for it, if it may speak for `domain`; else nothing."""
    named = ascii_domain(sent.sender.rpartition("@")[2] if sent.sender else sent.helo)
    try:
        address = ip_address(sent.peer.partition("%")[0])
    except ValueError:
        return ""
    if address.is_loopback or not named or not aligned(named, domain, organizational):
        return ""
    _asking.resolver = resolver
    try:
        asked = spf.query(
            i=str(getattr(address, "ipv4_mapped", None) or address), s=sent.sender, h=sent.helo, querytime=SPF_SECONDS,
            timeout=SPF_SECONDS,
        )  # fmt: skip
        result, _, reason = asked.check()
    except Temporary:
        raise
    except Exception:  # as above
        return ""
    if result == "temperror":
        raise Temporary(f"SPF of {named} could not be checked ({reason[:100]})")
    return named if result == "pass" else ""


def _look_up(name: str, kind: str, _strict: bool = True, timeout: float = SPF_SECONDS) -> list[object]:
    """What pyspf asks the DNS by, in its own form: ((name, kind), value)."""
    found: list[object] = []
    if kind not in ("A", "AAAA", "MX", "PTR", "TXT"):
        return found
    try:
        records = _asking.resolver.ask(name, kind, timeout)
    except Temporary as fault:
        raise spf.TempError(str(fault)) from None
    for each in records:
        if kind in ("A", "AAAA"):
            found.append(((name, kind), each.address))
        elif kind == "MX":
            found.append(((name, kind), (each.preference, each.exchange)))
        elif kind == "PTR":
            found.append(((name, kind), each.target.to_text(True)))
        else:
            found.append(((name, kind), each.strings))
    return found


spf.DNSLookup = _look_up
