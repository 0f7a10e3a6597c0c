"""Causes by code and words; scores that grow by the day, pause, probe, forgive and give up."""

from __future__ import annotations

from datetime import date

import pytest

from bridge.posting.absence import back
from bridge.posting.bounces import (
    DAY,
    HOUR,
    PAUSE_AT,
    PROBE_AFTER,
    SILENCE,
    STALE,
    Cause,
    Standing,
    cause,
    passed,
    struck,
)

SAID = [
    ("5.1.1", "smtp; 550 5.1.1 <pat@x.example>: Recipient address rejected: User unknown", Cause.GONE),
    ("5.0.0", "550 No such user here", Cause.GONE),
    ("", "550 5.4.4 Host or domain name not found", Cause.GONE),
    ("5.2.1", "The email account that you tried to reach is disabled", Cause.GONE),
    ("5.2.2", "Mailbox full", Cause.FULL),
    ("4.2.2", "Over quota", Cause.FULL),
    ("", "552 sorry, over quota", Cause.FULL),
    ("4.4.1", "Connection timed out", Cause.TEMPORARY),
    ("4.7.1", "Greylisted, see you in five minutes", Cause.POLICY),
    ("5.7.1", "Message rejected due to DMARC policy", Cause.POLICY),
    ("5.7.26", "Unauthenticated email is not accepted", Cause.POLICY),
    ("5.1.0", "550 blocked using a block list: spamhaus", Cause.POLICY),
    ("5.1.1", "550 5.1.1 user unknown, see our policy page", Cause.GONE),
    ("5.3.0", "Other mail system problem", Cause.OTHER),
    ("", "what is this", Cause.OTHER),
]  # fmt: skip


@pytest.mark.parametrize(("status", "words", "why"), SAID)
def test_L6_the_cause_is_told_by_code_and_words(status: str, words: str, why: Cause) -> None:
    assert cause(status, words) is why


def test_what_is_known_of_permanence_decides_where_nothing_else_does() -> None:
    assert cause("", "???", permanent=True) is Cause.GONE
    assert cause("", "???", permanent=False) is Cause.TEMPORARY


def test_L5_no_single_strike_and_a_busy_day_counts_once() -> None:
    one = struck(Standing(), Cause.GONE, 0)
    assert (one.state, one.score) == ("ok", 1.0)
    assert struck(one, Cause.GONE, HOUR) == one
    two = struck(one, Cause.GONE, DAY)
    three = struck(two, Cause.GONE, 2 * DAY)
    assert (two.state, three.state, three.probe_at) == ("ok", "paused", 2 * DAY + PROBE_AFTER)


def test_L6_full_and_slow_mailboxes_take_long_and_policy_never_counts() -> None:
    standing = Standing()
    for days in range(14):
        standing = struck(standing, Cause.FULL, days * DAY)
    assert standing.state == "ok" and standing.score < PAUSE_AT
    assert struck(standing, Cause.POLICY, 20 * DAY) == standing


def test_an_old_score_is_forgotten() -> None:
    standing = struck(struck(Standing(), Cause.GONE, 0), Cause.GONE, DAY)
    assert struck(standing, Cause.GONE, 2 * DAY + STALE).score == 1.0


def test_a_pause_ends_in_a_probe_and_silence_in_good_standing() -> None:
    paused = Standing("paused", 3.0, 0, PROBE_AFTER)
    assert passed(paused, PROBE_AFTER - 1) == paused
    probing = passed(paused, PROBE_AFTER)
    assert (probing.state, probing.probe_at) == ("probing", PROBE_AFTER + SILENCE)
    assert passed(probing, PROBE_AFTER + SILENCE) == Standing()
    assert struck(probing, Cause.GONE, PROBE_AFTER + HOUR, probe=True).state == "dead"
    assert struck(probing, Cause.FULL, PROBE_AFTER + HOUR, probe=True).state == "probing"
    assert struck(probing, Cause.GONE, PROBE_AFTER + DAY).state == "probing"  # an old letter, not the probe


NOTES = [
    ("I am out of the office until 14 August and will answer then.", date(2026, 8, 14)),
    ("Ich bin bis einschließlich 20.08.2026 nicht im Büro.", date(2026, 8, 20)),
    ("Je suis absente jusqu'au 3 septembre.", date(2026, 9, 3)),
    ("Estaré fuera hasta el 21 de agosto.", date(2026, 8, 21)),
    ("Sono in ferie fino al 17 agosto.", date(2026, 8, 17)),
    ("Estou de férias até 30 de agosto.", date(2026, 8, 30)),
    ("Ik ben afwezig tot 12 augustus.", date(2026, 8, 12)),
    ("I am away. I will be back on 2026-08-10.", date(2026, 8, 10)),
    ("I am away for a while.", None),
    ("Until further notice, write to my colleague.", None),
    ("I was away until 3 March 2020.", None),
    ("We are open until 1 June 2027.", None),
]


@pytest.mark.parametrize(("text", "day"), NOTES)
def test_an_absence_note_tells_when_it_ends(text: str, day: date | None) -> None:
    assert back(text, date(2026, 8, 1)) == day
