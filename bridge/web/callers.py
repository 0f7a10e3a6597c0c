"""Who asks, and how often he may: buckets that fill by the minute, for an address or for the token of a link.

Behind a proxy it is the address that the proxy names which counts: the last of X-Forwarded-For that is not a proxy of
ours. An IPv6 address counts as its /64, which is what one customer has. At most 10,000 callers are remembered.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.exceptions import HTTPException
from starlette.requests import Request

REMEMBERED = 10_000
LINK_POSTS = 30
"""How often a minute one link may be used; opening it, which changes nothing, is allowed ten times as often."""
WRONG_LINKS = 60
"""Links a minute that were none of ours."""


@dataclass(slots=True)
class Bucket:
    """What is left of a caller's minute, as of a moment of the clock."""

    left: float
    at: float


class Callers:
    """Counts callers. `searches` a minute and address, 0 for no limit; `proxies` are networks of our own."""

    def __init__(
        self, proxies: Sequence[str] = (), searches: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.searches, self._clock = searches, clock
        self._proxies = tuple(ip_network(each) for each in proxies)
        self._buckets: OrderedDict[tuple[str, str], Bucket] = OrderedDict()

    def address(self, request: Request) -> str:
        """The address that counts for a request."""
        peer = request.client.host if request.client else ""
        passed = [each.strip() for each in request.headers.get("x-forwarded-for", "")[-400:].split(",")]
        while passed and self.ours(peer) and _known(passed[-1]):
            peer = passed.pop()
        return _whose(peer)

    def ours(self, address: str) -> bool:
        """Is it a proxy of ours?"""
        known = _known(address)
        return known is not None and any(known in each for each in self._proxies)

    def spend(self, kind: str, who: str, per_minute: int) -> None:
        """Count one request. Raises `HTTPException` 429 where that is too often."""
        wait = self._wait(kind, who, per_minute, 1)
        if wait:
            raise HTTPException(429, headers={"Retry-After": str(wait)})

    def refuse_spent(self, kind: str, who: str, per_minute: int) -> None:
        """Raises `HTTPException` 429 where nothing is left; counts nothing."""
        wait = self._wait(kind, who, per_minute, 0)
        if wait:
            raise HTTPException(429, headers={"Retry-After": str(wait)})

    def _wait(self, kind: str, who: str, per_minute: int, cost: int) -> int:
        """Seconds until there is one more, 0 where there is one now."""
        now = self._clock()
        bucket = self._buckets.pop((kind, who), None) or Bucket(per_minute, now)
        bucket.left = min(per_minute, bucket.left + (now - bucket.at) * per_minute / 60)
        bucket.at = now
        self._buckets[kind, who] = bucket
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        if bucket.left < 1:
            return math.ceil((1 - bucket.left) * 60 / per_minute)
        bucket.left -= cost
        return 0


@lru_cache(maxsize=1024)
def _known(address: str) -> IPv4Address | IPv6Address | None:
    try:
        known = ip_address(address.strip("[]"))
    except ValueError:
        return None
    return getattr(known, "ipv4_mapped", None) or known


def _whose(address: str) -> str:
    known = _known(address)
    if isinstance(known, IPv6Address):
        return str(ip_network((known, 64), strict=False))
    return str(known or address)
