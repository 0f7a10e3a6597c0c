"""How many letters a minute one domain gets, where the operator bounds that: large providers put off who sends more.

A letter over the rate goes back to the queue with a time of its own, one after another, so that all of a domain's
letters are handed out evenly and no sender sleeps. What is due within `BURST` of its time leaves at once. Kept in
memory: after a restart a domain may get a burst more. Pure.
"""

from __future__ import annotations

BURST = 5_000_000
"""Microseconds: a sender looks about once a second, and takes what became due since."""
MINUTE = 60_000_000
DOMAINS_MAX = 10_000


class Rates:
    """The letters of each domain, `per_minute` of them a minute. Times are microseconds UTC."""

    def __init__(self, per_minute: int) -> None:
        self._interval = MINUTE // per_minute
        self._next: dict[str, int] = {}
        self._put_off: dict[str, int] = {}

    def take(self, address: str, now: int) -> int | None:
        """None: send it now. Else the time at which to ask again."""
        domain = address.rpartition("@")[2]
        following = max(self._next.get(domain, 0), now)
        if following - now <= BURST:
            if len(self._next) > DOMAINS_MAX:
                self._forget(now)
            self._next[domain] = following + self._interval
            return None
        last = self._put_off.get(domain, 0)
        # Beyond an hour it is asked anew: those who wait must not keep a place that others gave up
        again = last + self._interval if following <= last < now + 60 * MINUTE else following
        self._put_off[domain] = again
        return again

    def _forget(self, now: int) -> None:
        self._next = {domain: at for domain, at in self._next.items() if at > now}
        self._put_off = {domain: at for domain, at in self._put_off.items() if at > now}
