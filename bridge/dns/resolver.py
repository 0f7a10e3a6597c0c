"""Questions to one DNS resolver, with an end to each wait, and answers kept as long as the DNS says.

A name that is not there, or has nothing of the kind, gives an empty list; a resolver that does not answer in time or
says that it failed raises `Temporary`. Limits: `seconds` for each question, 2,000 answers kept, 50 records of each.
Safe to be shared by threads. Needs `dnspython` (the extra `auth`).
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, Literal

import dns.exception
import dns.name
import dns.resolver
import dns.reversename

from ..errors import Temporary

Kind = Literal["A", "AAAA", "MX", "PTR", "TXT"]
KEPT = 2000
RECORDS = 50


class Resolver:
    """A resolver at an address and port, or the system's own where none is given."""

    def __init__(self, at: tuple[str, int] | None = None, seconds: float = 5.0) -> None:
        self._resolver = dns.resolver.Resolver(configure=False)
        self._system = at is None
        if at is not None:
            self._resolver.nameservers, self._resolver.port = [at[0]], at[1]
        self._resolver.timeout, self._resolver.lifetime = min(2.0, seconds), seconds
        self._resolver.cache = dns.resolver.LRUCache(KEPT)

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name, each joined from its strings (RFC 7208 section 3.3)."""
        return [b"".join(each.strings).decode("ascii", "replace") for each in self.ask(name, "TXT")]

    def addresses(self, name: str) -> list[str]:
        """The IPv4 and IPv6 addresses of a host."""
        return [str(each.address) for kind in ("A", "AAAA") for each in self.ask(name, kind)]

    def exchanges(self, domain: str) -> list[str]:
        """The hosts that take mail for a domain, first the one to be tried first; "." says that it takes none."""
        found = sorted((each.preference, each.exchange.to_text()) for each in self.ask(domain, "MX"))
        return [host if host == "." else host.rstrip(".").lower() for _, host in found]

    def names(self, address: str) -> list[str]:
        """The names of an IP address."""
        pointer = dns.reversename.from_address(str(ip_address(address))).to_text()
        return [each.target.to_text().rstrip(".").lower() for each in self.ask(pointer, "PTR")]

    def ask(self, name: str, kind: Kind, seconds: float | None = None) -> list[Any]:
        """The records of a name as dnspython has them; raises `Temporary` where nobody could say."""
        try:
            asked = dns.name.from_text(name.rstrip(".") + ".")
        except (dns.exception.DNSException, UnicodeError, ValueError):
            return []
        try:
            if self._system:
                self._resolver.read_resolv_conf("/etc/resolv.conf")
                self._system = False
            lifetime = min(seconds, self._resolver.lifetime) if seconds else self._resolver.lifetime
            answer = self._resolver.resolve(asked, kind, lifetime=lifetime, search=False)
        except (dns.resolver.NoAnswer, dns.resolver.NXDOMAIN):
            return []
        except (dns.exception.DNSException, OSError) as fault:
            raise Temporary(f"the DNS gave no answer for {name[:200]} ({type(fault).__name__})") from None
        return list(answer)[:RECORDS]
