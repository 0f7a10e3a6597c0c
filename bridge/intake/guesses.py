"""Counts, for each peer, the recipients it named that are nobody's: who tries addresses has to wait longer and longer.

A token cannot be guessed (128 bits), but trying costs us work and tells a spammer who is here. Each wrong recipient
adds one; what was counted halves every `HALVED` seconds. Above the limit the peer is not let in until it has waited;
whoever goes on at once waits longer. Limits: `PEERS` peers are remembered, the oldest are forgotten first.
"""

from __future__ import annotations

HALVED = 600.0
PEERS = 10_000


class Guesses:
    """The counts of one door; `now` is in seconds, of any clock that only moves forward."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._counts: dict[str, tuple[float, float]] = {}

    def wrong(self, peer: str, now: float) -> None:
        """A peer named somebody who is not here."""
        count = self._count(peer, now) + 1
        self._counts.pop(peer, None)
        if len(self._counts) >= PEERS:
            del self._counts[next(iter(self._counts))]
        self._counts[peer] = (count, now)

    def barred(self, peer: str, now: float) -> bool:
        """Whether the peer has to wait."""
        return self._count(peer, now) > self._limit

    def _count(self, peer: str, now: float) -> float:
        count, since = self._counts.get(peer, (0.0, now))
        return float(count * 0.5 ** ((now - since) / HALVED))
