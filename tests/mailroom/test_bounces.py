"""Letters that come back: what they change, and what forged ones do not."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bridge.fanout.timetable import at_hour
from bridge.posting.bounces import DAY, PROBE_AFTER, SILENCE
from bridge.store import choices, lists, people, queue
from bridge.store.queue import Result

from .conftest import ADA, BO, CY, Post

OPS = "ops@elsewhere.example"
REPORT = """From: Mail System <mailer-daemon@mx.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b--
"""


def report(
    to: str, address: str = BO, status: str = "5.1.1", words: str = "550 user unknown", action: str = "failed"
) -> bytes:
    return REPORT.format(to=to, address=address, status=status, words=words, action=action).encode()


def letter_to(post: Post, address: str, kind: str = "post") -> Any:
    """Send all that waits; the delivery to an address, and its envelope sender."""
    due = post.due()
    post.room.store.write(
        lambda tx: queue.record(
            tx, [Result(d.id, "sent", "250 ok", post.clock[0]) for d in due], post.clock[0]
        )
    )
    one = next(d for d in due if d.address == address and bool(d.post_id) == (kind == "post"))
    return one, post.room.addresses(one)[0]


def standing(post: Post, address: str) -> tuple[str, float]:
    row = post.room.store.read(lambda tx: tx.standing_get(address=address))
    return row["state"], row["score"]


def bounce_a_day(post: Post, days: int, **said: str) -> list[str]:
    """A post and a bounce of Bo's letter on each of so many days; the outcomes' codes."""
    codes = []
    for _ in range(days):
        post.receive(post.mail(ADA, "Hello."))
        _, back = letter_to(post, BO)
        codes.append(post.receive(report(back, **said), back, sender="")["code"])
        post.clock[0] += DAY
    return codes


def test_L5_bounces_pause_then_probe_then_end_the_mails_and_the_owner_is_told_once(post: Post) -> None:
    post.room.store.write(lambda tx: lists.appoint(tx, 1, [CY], post.clock[0]))
    assert bounce_a_day(post, 3) == ["gone"] * 3
    assert standing(post, BO)[0] == "paused"
    post.receive(post.mail(ADA, "Bo hears nothing of this."))
    assert BO not in [d.address for d in post.due()]
    post.clock[0] += PROBE_AFTER
    assert post.room.look_after_bounces() == 1
    assert (BO, "probe") in post.notices() and standing(post, BO)[0] == "probing"
    _, back = letter_to(post, BO, "probe")
    assert post.receive(report(back), back, sender="")["code"] == "gone"
    assert standing(post, BO)[0] == "dead"
    assert post.room.store.read(lambda tx: people.mode(tx, 1, 2)) == "none"
    assert [kind for address, kind in post.notices() if address == CY] == ["unreachable-2"]


def test_a_probe_that_is_answered_ends_the_pause_at_once(post: Post) -> None:
    bounce_a_day(post, 3)
    post.clock[0] += PROBE_AFTER
    post.room.look_after_bounces()
    probe = next(raw for address, raw in post.letters() if address == BO and b"Do our mails" in raw)
    to = next(word.strip("<>") for word in probe.decode().split() if word.startswith("<confirm+"))
    assert post.receive(post.mail(BO, "It does.", to=to), to)["outcome"] == "command"
    assert standing(post, BO) == ("ok", 0.0)


def test_a_refusal_by_policy_is_told_to_the_moderators_once_a_day(post: Post) -> None:
    post.room.store.write(lambda tx: lists.appoint(tx, 1, [CY], post.clock[0]))
    for _ in range(2):
        post.receive(post.mail(ADA, "Hello."))
        _, back = letter_to(post, BO)
        post.receive(report(back, status="5.7.26", words="550 DMARC"), back, sender="")
        post.clock[0] += 1_000_000
    assert [kind for address, kind in post.notices() if address == CY] == ["policy-members.example"]


def test_the_operators_hear_of_a_refusal_by_policy_and_of_lists_without_moderators(post: Post) -> None:
    post.room.site = replace(post.room.site, operators=(OPS,))
    for with_moderator in (False, True):
        if with_moderator:
            post.room.store.write(lambda tx: lists.appoint(tx, 1, [CY], post.clock[0]))
            post.clock[0] += 2 * DAY
        post.receive(post.mail(ADA, "Hello."))
        _, back = letter_to(post, BO)
        post.receive(report(back, status="5.7.26", words="550 DMARC"), back, sender="")
    told = [one for one in post.notices() if one[1].startswith("policy")]
    assert told == [(OPS, "policy-members.example")] * 2


def test_where_a_list_has_no_moderators_those_of_others_hear_of_it_and_else_the_log_is_an_error(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bridge")
    levels = []
    for appointed in (False, True):
        if appointed:
            post.room.store.write(lambda tx: lists.appoint(tx, 2, [CY], post.clock[0]))
        post.receive(post.mail(ADA, "Hello."))
        _, back = letter_to(post, BO)
        post.receive(report(back, status="5.7.26", words=f"550 DMARC <{BO}>"), back, sender="")
        levels.append([one.levelname for one in caplog.records if one.message == "refused by policy"][-1])
    assert levels == ["ERROR", "WARNING"]
    assert [one for one in post.notices() if one[1].startswith("policy")] == [(CY, "policy-members.example")]
    told = next(raw for address, raw in post.letters() if address == CY and b"refuses" in raw)
    assert BO.encode() not in told


def test_a_probe_that_does_not_come_back_ends_the_pause(post: Post) -> None:
    bounce_a_day(post, 3)
    post.clock[0] += PROBE_AFTER
    post.room.look_after_bounces()
    post.clock[0] += SILENCE
    assert post.room.look_after_bounces() == 1 and standing(post, BO) == ("ok", 0.0)


def test_L6_full_slow_and_policy_are_no_hard_bounces(post: Post) -> None:
    assert bounce_a_day(post, 3, status="4.2.2", words="452 over quota") == ["full"] * 3
    assert bounce_a_day(post, 3, status="5.7.26", words="550 DMARC") == ["policy"] * 3
    state, score = standing(post, BO)
    assert state == "ok" and score < 1


def test_L5_a_forged_bounce_changes_nothing(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    before = standing(post, BO)
    forged = "bounce+" + "a" * 31 + "@forum.example"
    assert post.receive(report(forged), forged, sender="")["code"] == "bad-token"
    assert post.receive(report("general@forum.example"), sender="")["code"] == "no-token"
    assert standing(post, BO) == before


def test_a_letter_counts_once_however_often_it_comes_back(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    _, back = letter_to(post, BO)
    codes = []
    for _ in range(3):
        codes.append(post.receive(report(back), back, sender="")["code"])
        post.clock[0] += DAY
    assert codes == ["gone", "again", "again"] and standing(post, BO)[1] == 1.0


def test_a_report_of_delivery_is_no_bounce(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    _, back = letter_to(post, BO)
    assert (
        post.receive(report(back, status="2.0.0", action="delivered"), back, sender="")["code"] == "arrived"
    )
    assert (
        post.receive(report(back, status="4.4.1", words="timed out", action="delayed"), back, sender="")[
            "code"
        ]
        == "temporary"
    )
    assert standing(post, BO)[1] < 0.5


def test_what_the_relay_refuses_at_once_counts_too(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    due = next(d for d in post.due() if d.address == BO)
    result = Result(due.id, "failed", "550 5.1.1 no such user", post.clock[0])
    post.room.store.write(lambda tx: queue.record(tx, [result], post.clock[0]))
    assert post.room.look_after_bounces() == 1 and post.room.look_after_bounces() == 0
    assert standing(post, BO)[1] == 1.0


def test_an_absence_note_with_a_date_pauses_instant_mail(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    _, back = letter_to(post, BO)
    note = post.mail(
        BO,
        "I am out of the office until 2027-01-25.",
        to=back,
        subject="Automatic reply: Hello",
        Auto_Submitted="auto-replied",
    )
    row = post.receive(note, back, sender="")
    assert (row["outcome"], row["code"]) == ("ignored", "away")
    post.receive(post.mail(ADA, "While Bo is away."))
    assert BO not in [d.address for d in post.due()]
    foreign = post.mail(
        CY, "Away until 2027-01-25.", to=back, subject="Automatic reply", Auto_Submitted="auto-replied"
    )
    assert post.receive(foreign, back, sender="")["code"] != "away"


def note(post: Post, to: str, text: str, subject: str = "Automatic reply: Tools", html: str = "") -> Any:
    mail = post.mail(BO, text, to=to, subject=subject, Auto_Submitted="auto-replied")
    if html:
        mail.set_content(html, subtype="html")
    return post.receive(mail, to, sender="")


def away_until(post: Post) -> int | None:
    return post.room.store.read(lambda tx: choices.preferences(tx, 2).away_until)


def test_an_absence_note_cuts_no_vacation_short(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    _, to = letter_to(post, BO)
    vacation = post.clock[0] + 40 * DAY
    post.room.store.write(lambda tx: choices.away(tx, post.room.site, 2, vacation, post.clock[0]))
    assert note(post, to, "I am away until 2027-01-25.")["code"] == "away"
    assert away_until(post) == vacation


def test_an_absence_note_is_read_above_what_it_quotes_and_without_our_own_subject(post: Post) -> None:
    post.receive(
        post.mail(ADA, "The hall is ours until 2027-01-29.", subject="The hall until 30 January 2027")
    )
    _, to = letter_to(post, BO)
    subject = "Automatic reply: The hall until 30 January 2027"
    quoted = "I am not here.\n\n> The hall is ours until 2027-01-29."
    assert note(post, to, quoted, subject)["code"] != "away"
    assert (
        note(post, to, "", subject, html="<p>Back in the office <b>on 25 January</b>.</p>")["code"] == "away"
    )
    assert away_until(post) == at_hour(date(2027, 1, 25), 0, "UTC")


def test_an_absence_note_in_answer_to_a_digest_counts_by_his_own_clock(post: Post) -> None:
    store, site = post.room.store, post.room.site
    wanted = choices.Preferences(timezone="Pacific/Auckland")
    store.write(lambda tx: choices.prefer(tx, site, 2, wanted, post.clock[0]))
    store.write(lambda tx: choices.set_mode(tx, site, 1, 2, "daily", post.clock[0]))
    post.receive(post.mail(ADA, "Hello."))
    post.clock[0] += 2 * DAY
    post.room.send_digests(post.clock[0])
    due = next(one for one in post.due() if one.address == BO)
    letter = post.room.letter(due).fill(post.room.addresses(due)[1])
    to = re.search(rb"^Reply-To: .*?(reply\+[a-z2-7]+@[a-z.]+)", letter, re.M)
    assert to and note(post, to[1].decode(), "I am away until 25 January.")["code"] == "away"
    assert away_until(post) == at_hour(date(2027, 1, 25), 0, "Pacific/Auckland")
