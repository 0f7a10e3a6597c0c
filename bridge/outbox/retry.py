"""What a relay answered, and when to try again after it. Pure.

The schedule is counted from the first attempt: 1, 5, 15 and 60 minutes after one another, then ever longer up to
eight hours, and no more once five days have passed (RFC 5321 section 4.5.4.1 asks for four to five).
"""

from __future__ import annotations

from dataclasses import dataclass

MINUTE = 60_000_000
WAITS = (1, 5, 15, 60, 120, 240, 480)
"""Minutes to wait after the first, second, ... attempt; the last holds for all that follow."""
GIVE_UP = 5 * 24 * 60 * MINUTE


@dataclass(frozen=True, slots=True)
class Answer:
    """A relay's reply to one letter (RFC 5321 section 4.2): 2xx taken, 4xx try again, 5xx refused for good."""

    code: int
    text: str

    @property
    def taken(self) -> bool:
        """Whether the letter is the relay's from now on."""
        return 200 <= self.code < 300

    @property
    def refused(self) -> bool:
        """Whether trying again is of no use."""
        return 500 <= self.code < 600

    def __str__(self) -> str:
        return f"{self.code} {' '.join(self.text.split())}"


FEWEST = 6
"""No letter is given up before it was tried so often: the clock may have been set, or the daemon been away for days."""


def next_try(attempts: int, now: int, first_try: int) -> int | None:
    """When to try again after so many attempts, in microseconds UTC; None when it is time to give up."""
    due = now + WAITS[min(max(attempts, 1), len(WAITS)) - 1] * MINUTE
    return due if due <= first_try + GIVE_UP or attempts < FEWEST else None


def too_old(now: int, first_try: int) -> bool:
    """Whether a letter that never reached a relay has waited long enough."""
    return now > first_try + GIVE_UP
