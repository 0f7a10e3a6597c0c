"""ARC seals (RFC 8617) on letters that pass on a mail: what vouched for that mail when it came in.

A letter is a new message made from the mail, so a chain that came with the mail could not hold in it and is not
carried: each seal is the first of its letter, `i=1` with `cv=none`. Its three headers are ARC-Authentication-Results
(one result, the same for all copies), ARC-Message-Signature (as DKIM signs, and over our DKIM signatures too) and
ARC-Seal over both: two RSA signatures a copy. The hash of the body is the one that DKIM made. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..mail.dkim import relaxed_header
from .dkim import Key, Signature, Signing, begin, opened
from .letter import Letter, Slot

_RESULT = re.compile(
    r"(?:dkim|spf|dmarc)=(?:pass|fail) (?:header\.d|header\.i|header\.from|smtp\.mailfrom)=@?[a-z0-9._-]{1,253}"
)


@dataclass(frozen=True, slots=True)
class Sealing:
    """What signs and seals the copies of one letter."""

    signing: Signing
    results: bytes
    results_canonical: bytes
    message: Signature
    seal: Signature

    def __call__(self, slots: Mapping[Slot, bytes]) -> bytes:
        """Seal and signatures of one reader's copy; KeyError where a slot of the letter has no value."""
        made = self.signing.made(slots)
        # of headers with one name the lowest is signed first (RFC 6376 section 5.4.2)
        content = made.headers + b"".join(made.canonical[::-1])
        message, canonical = self.message.over(content, made.body_hash + b";")
        seal, _ = self.seal.over(self.results_canonical + canonical, b"")
        return seal + message + self.results + made.lines


def sealed(letter: Letter, key: Key, authserv_id: str, seconds: int) -> Letter:
    """A letter that `dkim.signed` signed, with a seal above; ValueError for one that passes on no mail.

    `key` is an RSA key, for few read others in seals; `seconds` stands in `t=`.
    """
    signing = letter.signatures
    if letter.vouched is None or not isinstance(signing, Signing):
        raise ValueError("only a signed letter that passes on a mail can be sealed")
    # a domain that is no plain one never gets into a header; without a result "none" stands (RFC 8601 section 2.2)
    result = letter.vouched if _RESULT.fullmatch(letter.vouched) else "none"
    results = f"ARC-Authentication-Results: i=1; {authserv_id};\r\n {result}\r\n".encode("ascii")
    names = [*signing.names, *["dkim-signature"] * len(signing.signatures)]
    seal = f"ARC-Seal: i=1; a={key.algorithm}; cv=none;\r\n d={key.domain}; s={key.selector}; t={seconds};"
    sealing = Sealing(
        signing=signing,
        results=results,
        results_canonical=relaxed_header(results),
        message=begin(key, "ARC-Message-Signature: i=1;", names, seconds),
        seal=opened(seal, key),
    )
    return replace(letter, signatures=sealing)
