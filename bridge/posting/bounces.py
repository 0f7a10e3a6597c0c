"""What a bounce means for an address: scored by its cause, never one strike, and forgiven in time. Pure.

    ok --score reaches PAUSE_AT--> paused --after PROBE_AFTER--> probing --its probe comes back--> dead
                                                                 probing --SILENCE without a bounce--> ok

A mailbox that is gone counts, a full one or a slow relay little, and a relay that refuses us by policy never counts
against the person: that is the operator's to mend. Times are microseconds UTC. Causes by RFC 3463 codes first, words
second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

HOUR = 3_600 * 1_000_000
DAY = 24 * HOUR
PAUSE_AT = 3.0
STALE = 7 * DAY
"""A score that has not grown for so long is forgotten."""
APART = 20 * HOUR
"""Bounces closer together than this are one: a busy list would pause an address within the hour."""
PROBE_AFTER = 2 * DAY
SILENCE = 5 * DAY
"""As long as relays try: a probe that has not come back by then has arrived."""
LATE = 10 * DAY
"""A bounce of a letter older than this says nothing about today."""

State = Literal["ok", "paused", "probing", "dead"]


class Cause(StrEnum):
    """Why a letter did not arrive."""

    GONE = "gone"
    FULL = "full"
    TEMPORARY = "temporary"
    POLICY = "policy"
    OTHER = "other"


SCORES = {Cause.GONE: 1.0, Cause.OTHER: 0.5, Cause.FULL: 0.2, Cause.TEMPORARY: 0.1, Cause.POLICY: 0.0}

_CODE = re.compile(r"(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")  # no part of an IP address
_POLICY = re.compile(
    r"(?i)\b(?:spam|dmarc|dkim|spf|policy|policies|block(?:ed|list(?:ed)?)|blacklist(?:ed)?|denylist(?:ed)?|reputation|"
    r"unsolicited|rbl|dnsbl|spamhaus|unauthenticated|authentication (?:required|failed|checks)|virus|banned|"
    r"not accepted "
    r"due to|message content|rejected as)\b"
)
_FULL = re.compile(
    r"(?i)\b(?:quota|mailbox (?:is )?full|full mailbox|insufficient (?:system )?storage|over ?quota|exceeded storage|"
    r"storage (?:allocation|limit)|out of storage|too many messages)\b"
)
_GONE = re.compile(
    r"(?i)(?:\b(?:user|recipient|mailbox|address|account|destination|member)\b[^.\n]{0,60}\b(?:unknown|not found|"
    r"unavailable|does(?:n't| not) exist|not exist|no longer|disabled|inactive|suspended|invalid|rejected|not known|"
    r"deactivated|cannot be found|not listed|doesn't have)|\b(?:unknown|no such|invalid|nonexistent|non-existent|"
    r"bad destination|undeliverable)\b[^.\n]{0,40}\b(?:user|recipient|mailbox|address|account|domain|host|"
    r"person|alias)|"
    r"host (?:or domain name )?not found|unrouteable|domain (?:not found|does not exist)|no mailbox here)"
)
_SLOW = re.compile(
    r"(?i)\b(?:greylist\w*|try (?:again )?later|temporar(?:y|ily)|rate limit\w*|too many connections|timed out)\b"
)
_GONE_CODES = frozenset(
    ((1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1), (4, 4), (4, 6), (0, 0))
)  # RFC 3463 sections 3.2 and 3.3; 5.4.4 and 5.4.6 say that the domain leads nowhere


def cause(status: str, words: str, *, permanent: bool | None = None) -> Cause:
    """Why, by the enhanced code and what the relay said; `permanent` is what else tells that it has given up."""
    words = words[:2_000]
    found = _CODE.search(status) or _CODE.search(words)
    code = (int(found[1]), int(found[2]), int(found[3])) if found else None
    if (code and code[1] == 7) or (_POLICY.search(words) and not (code and code[1:] == (1, 1))):
        return Cause.POLICY
    if (code and code[1:] in ((2, 2), (3, 1))) or _FULL.search(words):
        return Cause.FULL
    if (code and code[0] == 4) or (not code and permanent is False):
        # A relay that has given up after days (4.4.7) is more than a slow one.
        return Cause.OTHER if permanent else Cause.TEMPORARY
    if code and code[0] == 5:
        if code[1:] == (0, 0) and not _GONE.search(words):
            return Cause.TEMPORARY if _SLOW.search(words) else Cause.OTHER
        return Cause.GONE if code[1:] in _GONE_CODES or _GONE.search(words) else Cause.OTHER
    if _GONE.search(words) or permanent:
        return Cause.GONE
    return Cause.TEMPORARY if _SLOW.search(words) else Cause.OTHER


@dataclass(frozen=True, slots=True)
class Standing:
    """How an address stands; `probe_at` is when the next step is due, None where none is."""

    state: State = "ok"
    score: float = 0.0
    scored: int | None = None
    probe_at: int | None = None


def struck(standing: Standing, why: Cause, now: int, *, probe: bool = False) -> Standing:
    """The standing after a bounce; `probe` says that it is the probe that came back."""
    if probe and standing.state == "probing" and why in (Cause.GONE, Cause.OTHER):
        return replace(standing, state="dead", probe_at=None)
    if standing.state == "dead" or SCORES[why] == 0:
        return standing
    last = standing.scored
    score = 0.0 if last is None or now - last > STALE else standing.score
    if last is not None and now - last < APART and score:
        return standing
    score += SCORES[why]
    if standing.state == "ok" and score >= PAUSE_AT:
        return Standing("paused", score, now, now + PROBE_AFTER)
    return replace(standing, score=score, scored=now)


def passed(standing: Standing, now: int) -> Standing:
    """The standing as time goes by: a pause ends in a probe, and a probe that nobody returns in good standing."""
    if standing.probe_at is None or now < standing.probe_at:
        return standing
    if standing.state == "paused":
        return replace(standing, state="probing", probe_at=now + SILENCE)
    return Standing() if standing.state == "probing" else replace(standing, probe_at=None)
