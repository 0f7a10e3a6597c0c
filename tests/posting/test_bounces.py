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


MONDAY = date(2026, 8, 3)
ABSENCES = [
    ("I am out of the office until 14 August.", "2026-08-14"),
    ("I am out of the office until Friday, 14 August 2026.", "2026-08-14"),
    ("I'm on annual leave until Monday 17th August and will reply on my return.", "2026-08-17"),
    ("I will be out of the office from 3 August to 14 August.", "2026-08-14"),
    (
        "I will be out of the office from August 3 through August 14, 2026 with no access to email.",
        "2026-08-14",
    ),
    ("I am away from 03/08/2026 to 14/08/2026", "2026-08-14"),
    ("Out of office 3-14 August", "2026-08-14"),
    ("I am on leave and will be back on August 17th.", "2026-08-17"),
    ("I will return on Monday, August 17.", "2026-08-17"),
    ("I will be returning to the office on 17 Aug 2026.", "2026-08-17"),
    ("I shall be back in the office on Monday 17 August 2026.", "2026-08-17"),
    ("I am out of office till 17.08.2026.", "2026-08-17"),
    ("I am out of the office returning 17 August", "2026-08-17"),
    ("I am away until next Monday.", "2026-08-10"),
    ("I am away for two weeks.", None),
    ("Ich bin bis einschließlich 14.08.2026 nicht im Büro.", "2026-08-14"),
    ("Ich bin vom 3.8. bis zum 14.8.2026 im Urlaub. Ihre Mail wird nicht weitergeleitet.", "2026-08-14"),
    ("Vielen Dank für Ihre Nachricht. Ich bin ab dem 17. August 2026 wieder erreichbar.", "2026-08-17"),
    ("Ich bin am 17.08. wieder im Büro.", "2026-08-17"),
    ("Ich bin erst am Montag, den 17. August wieder für Sie da.", "2026-08-17"),
    ("Wieder im Büro bin ich ab 17.8.", "2026-08-17"),
    ("Je suis absent jusqu'au 14 août 2026 inclus.", "2026-08-14"),
    ("Je suis absente du 3 au 14 août.", "2026-08-14"),
    ("Je serai de retour le lundi 17 août.", "2026-08-17"),
    ("Je suis en congés du 03/08/2026 au 14/08/2026 inclus.", "2026-08-14"),
    ("Estaré fuera de la oficina hasta el 14 de agosto.", "2026-08-14"),
    ("Estoy de vacaciones del 3 al 14 de agosto de 2026.", "2026-08-14"),
    ("Volveré el lunes 17 de agosto.", "2026-08-17"),
    ("Sarò assente fino al 14 agosto.", "2026-08-14"),
    ("Sono in ferie dal 3 al 14 agosto 2026.", "2026-08-14"),
    ("Rientrerò il 17 agosto.", "2026-08-17"),
    ("Estarei ausente até 14 de agosto.", "2026-08-14"),
    ("Estou de férias de 3 a 14 de agosto.", "2026-08-14"),
    ("Ik ben afwezig tot en met 14 augustus.", "2026-08-14"),
    ("Ik ben met vakantie van 3 t/m 14 augustus 2026.", "2026-08-14"),
    ("Vanaf 17 augustus ben ik weer bereikbaar.", "2026-08-17"),
    ("I was on the phone until 5 pm and will answer later.", None),
    ("Our office is closed. We are back to you within 2 days.", None),
    ("I no longer work here.", None),
    ("I am out until 8/9/2026.", None),
    ("I am away until 12:00.", None),
    ("I'm out of the office today and back tomorrow.", "2026-08-04"),
    ("I have left the company as of 31 July 2026.", None),
    ("Ich bin bis 30.06.2026 im Urlaub", None),
    ("Out of Office until 2026-08-14T17:00", "2026-08-14"),
    ("I'm out of the office (back on Aug 17).", "2026-08-17"),
    ("I am out of the office from Monday, August 3rd until Friday, August 14th.", "2026-08-14"),
    ("I will be on vacation until Aug. 14.", "2026-08-14"),
    ("I will be out of the office starting 08/03/2026 and will not return until 08/17/2026.", "2026-08-17"),
    ("Return date: 17 August 2026", "2026-08-17"),
    ("I am out until 14 August. Tom is here until 31 August.", "2026-08-14"),
    ("We are here until 31 August, and answer within 3 to 4 days.", None),
    ("Our desk is open Monday to Friday, 9 to 17.", None),
    ("We will answer in 1 - 2 weeks.", None),
    ("Call 0171-456 - 3 or see pages 3-4.", None),
    ("Je suis absent jusqu'au 3/9/2026.", "2026-09-03"),
]


@pytest.mark.parametrize(("text", "day"), ABSENCES)
def test_how_people_write_when_they_are_back(text: str, day: str | None) -> None:
    found = back(text, MONDAY)
    assert (found.isoformat() if found else None) == day


def test_a_long_note_takes_no_long_time() -> None:
    for text in ("until 3 to 4 - " * 200, "am 1. " * 400, "- 3" * 700, "back on " * 300):
        back(text * 50, MONDAY)
