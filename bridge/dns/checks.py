"""Who vouches for a mail: SPF (RFC 7208), DKIM (RFC 6376, 8301, 8463) and DMARC (RFC 7489), asked of the DNS.

Only what could speak for the author's domain is looked at, so a stranger's mail costs no more questions than its own
domain is worth. A signature counts if it covers the whole body (no `l=`) and the Subject. SPF says nothing of mails
that this machine brought itself. Raises `Temporary` where the DNS does not answer and nothing else vouches. Limits:
`SIGNATURES` are tried; SPF may ask as often as its RFC allows, for `SPF_SECONDS` in all.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

import dkim
import dkim.util
import spf

from ..errors import Temporary
from ..posting.authentication import Dmarc, Vouched, aligned, ascii_domain, dmarc_record, judge
from .resolver import Resolver

SIGNATURES = 5
SPF_SECONDS = 15
ALGORITHMS = (b"rsa-sha256", b"ed25519-sha256")

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
        signers = signed_by(sent.content, domain, resolver, organizational)
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
    content: bytes, domain: str, resolver: Resolver, organizational: Callable[[str], str] | None
) -> tuple[str, ...]:
    """The domains, of those that may speak for `domain`, whose signatures on the mail hold."""
    try:
        mail = dkim.DKIM(content)
    except (dkim.DKIMException, ValueError, IndexError):
        return ()
    values = [value for name, value in mail.headers if name.lower() == b"dkim-signature"]
    good: list[str] = []
    tried = 0
    for number, value in enumerate(values[:50]):
        signer = _signer(value)
        if not signer or not aligned(signer, domain, organizational) or tried >= SIGNATURES:
            continue
        tried += 1
        if _holds(mail, number, resolver):
            good.append(signer)
    return tuple(good)


def _signer(value: bytes) -> str:
    """The domain of a signature that is worth a look, else nothing."""
    try:
        tags = dkim.util.parse_tag_value(value)
        signed = re.split(rb"\s*:\s*", tags.get(b"h", b"").strip().lower())
        if tags.get(b"a") not in ALGORITHMS or b"l" in tags or b"subject" not in signed:
            return ""
        return ascii_domain(tags.get(b"d", b"").decode("ascii"))
    except (dkim.util.InvalidTagValueList, UnicodeDecodeError):
        return ""


def _holds(mail: dkim.DKIM, number: int, resolver: Resolver) -> bool:
    def key(name: bytes, timeout: float = 5) -> bytes | None:
        found = [text for text in resolver.texts(name.decode("ascii", "replace")) if "p=" in text]
        return found[0].encode("ascii", "replace") if found else None

    try:
        return bool(mail.verify(number, dnsfunc=key))
    except Temporary:
        raise
    except Exception:  # whatever a stranger's signature does to the library, it does not hold
        return False


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
