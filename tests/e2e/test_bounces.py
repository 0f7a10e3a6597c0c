"""Letters come back over real SMTP: bounces and complaints by mail, refusals by the smarthost, an absence note."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.daemonprocess import FORUM
from tests.servers import RCPT, Daemon, Sink

from .story import LIST, find_database, header, query, settle, subscribe, text_of

MakeBridge = Callable[..., Daemon]
ADA, BO, CY, MOD = "ada@members.test", "bo@members.test", "cy@members.test", "mod@members.test"
MEMBERS = {ADA: "Ada Lind", BO: "Bo Ekström", CY: "Cy Moreau"}
REPORT = """From: Mail System <mailer-daemon@mx.test>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{id}@mx.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="b"

--b
Content-Type: text/plain

I am sorry to have to tell you.
--b
{machine}
--b
Content-Type: message/rfc822

{letter}
--b--
"""
FAILED = """Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {words}
"""
GONE = FAILED.format(address=BO, status="5.1.1", words="550 5.1.1 user unknown")
DAY = 86_400 * 1_000_000
ABUSE = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: isp/1\nVersion: 1\n"


@pytest.fixture
def daemon(bridge: MakeBridge, sink: Sink) -> Iterator[Daemon]:
    """A list with a moderator; at the end its log holds no address, no token and no words (P2)."""
    made = bridge(sink=sink, lists=f'{FORUM}moderators = ["{MOD}"]\n')
    subscribe(made, MEMBERS)
    yield made
    log = made.log(10**7)
    tokens = {token for one in sink.mails for token in re.findall(r"[a-z2-7]{26,60}", one.sender)}
    assert tokens and not [
        secret for secret in (*tokens, *MEMBERS, MOD, "number 1 of my news") if secret in log
    ]


def days_pass(daemon: Daemon, days: int) -> None:
    """Kill the daemon, move what it remembers of bounces and notices back by so many days, and start it anew."""
    daemon.kill9()
    database = sqlite3.connect(find_database(daemon), timeout=20)
    back = days * DAY
    with database:
        for column in ("scored", "probe_at"):
            database.execute(f"update address set {column} = {column} - ?", [back])
        database.execute("update notice set created = created - ?", [back])
        database.execute("update delivery set created = created - ?", [back])
    database.close()
    daemon.start()


def standing(daemon: Daemon, address: str) -> tuple[str, float]:
    """How an address stands: its state and score."""
    state, score = query(
        find_database(daemon), f"select state, score from address where address = '{address}'"
    )[0]
    return state, score


def subjects(sink: Sink, address: str) -> list[str]:
    """The subjects of all letters to an address."""
    return [header(one.content, "Subject") for one in sink.to(address)]


def bounce_until_paused(daemon: Daemon, sink: Sink) -> Iterator[str]:
    """A post and a bounce of Bo's letter a day, three days running; gives how he stands after each."""
    for number in range(1, 4):
        write(daemon, number)
        back, whole = letter(sink, BO, number)
        daemon.send(("", [back], report(back, whole, GONE, number=number)))
        settle(daemon, 2 * number)
        yield standing(daemon, BO)[0]
        days_pass(daemon, 1)


def probe_of(daemon: Daemon, sink: Sink) -> tuple[str, bytes]:
    """The envelope sender and the bytes of the probe, once it is due."""
    write(daemon, 4)
    letter(sink, CY, 4)
    assert "News 4" not in subjects(sink, BO), "nothing is sent while he is paused"
    days_pass(daemon, 2)
    sink.wait(lambda s: any(one.startswith("Do our mails") for one in subjects(s, BO)))
    (probe,) = [one for one in sink.to(BO) if header(one.content, "Subject").startswith("Do our mails")]
    assert standing(daemon, BO)[0] == "probing"
    return probe.sender, probe.content


def write(daemon: Daemon, number: int) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"Ada Lind <{ADA}>", LIST, f"News {number}"
    mail["Message-ID"] = f"<news.{number}@members.test>"
    mail.set_content(f"This is number {number} of my news.")
    daemon.send((ADA, [LIST], mail.as_bytes()))


def letter(sink: Sink, address: str, number: int) -> tuple[str, bytes]:
    """The envelope sender and the bytes of the letter of a number to an address."""
    sink.wait(lambda s: any(header(one.content, "Subject") == f"News {number}" for one in s.to(address)))
    found = [one for one in sink.to(address) if header(one.content, "Subject") == f"News {number}"]
    assert len(found) == 1
    return found[0].sender, found[0].content


def report(back: str, whole: bytes, machine: str, kind: str = "delivery-status", number: int = 1) -> bytes:
    text = REPORT.format(
        to=back,
        id=f"dsn.{kind}.{number}",
        kind=kind,
        machine=machine.rstrip("\n"),
        letter=whole.decode("ascii").replace("\r\n", "\n"),
    )
    return text.replace("\n", "\r\n").encode()


def test_a_bounce_is_told_by_trace_and_a_forged_one_changes_nothing(daemon: Daemon, sink: Sink) -> None:
    write(daemon, 1)
    back, whole = letter(sink, BO, 1)
    gone = FAILED.format(address=BO, status="5.1.1", words="550 5.1.1 user unknown")
    daemon.send(("", [back], report(back, whole, gone)))
    forged = back.replace("bounce+", "bounce+a", 1)
    with pytest.raises(Exception, match="550"):
        daemon.send(("", [forged], report(forged, whole, gone, number=2)))
    ledger = daemon.settled(2)
    assert [row["outcome"] for row in ledger] == ["posted", "bounce"]
    told = daemon.cli("trace", "news.1@members.test").stdout
    assert "bounced: 5.1.1 550 5.1.1 user unknown" in told
    write(daemon, 2)
    assert letter(sink, BO, 2)  # one strike is none


def test_a_complaint_ends_the_subscription(daemon: Daemon, sink: Sink) -> None:
    write(daemon, 1)
    _back, whole = letter(sink, BO, 1)
    failed = ABUSE.replace("abuse", "auth-failure")
    for to, said in (("postmaster@bridge.test", failed), ("abuse@bridge.test", ABUSE)):
        daemon.send(("", [to], report(to, whole, said, "feedback-report")))
    ledger = daemon.settled(3)
    assert ledger[1]["outcome"] == "ignored" and "auth-failure" in ledger[1]["reason"]
    assert ledger[2]["outcome"] == "bounce" and "complained" in ledger[2]["reason"]
    write(daemon, 2)
    letter(sink, CY, 2)
    sink.settle()
    assert not [one for one in sink.to(BO) if header(one.content, "Subject") == "News 2"]


def test_an_absence_note_pauses_and_is_not_answered(daemon: Daemon, sink: Sink) -> None:
    write(daemon, 1)
    back, _whole = letter(sink, CY, 1)
    note = EmailMessage(policy=SMTP)
    note["From"], note["To"], note["Subject"] = f"Cy Moreau <{CY}>", back, "Réponse automatique : News 1"
    note["Auto-Submitted"], note["Message-ID"] = "auto-replied", "<away@members.test>"
    note.set_content("Je suis absente pour 2 semaines. De retour le 2 janvier.")
    daemon.send(("", [back], note.as_bytes()))
    ledger = daemon.settled(2)
    assert ledger[1]["outcome"] == "ignored"
    sink.settle()
    assert len(sink.to(CY)) == 1


def test_L5_bounces_end_in_a_probe_and_its_bounce_in_none_and_one_word_to_the_owner(
    daemon: Daemon, sink: Sink
) -> None:
    assert list(bounce_until_paused(daemon, sink)) == ["ok", "ok", "paused"]
    back, probe = probe_of(daemon, sink)
    for number in (5, 6):  # coming back twice is once
        daemon.send(("", [back], report(back, probe, GONE, number=number)))
    settle(daemon, 9)
    assert standing(daemon, BO)[0] == "dead"
    database = find_database(daemon)
    assert query(
        database,
        f"select s.mode from subscription s join address a using (person_id) where a.address = '{BO}'",
    ) == [("none",)]
    told = "Bo Ekström of Forum cannot be reached any more"
    sink.wait(lambda s: told in subjects(s, MOD))
    days_pass(daemon, 2)
    write(daemon, 7)
    letter(sink, CY, 7)
    sink.settle()
    assert subjects(sink, MOD) == [told] and "News 7" not in subjects(sink, BO)


@pytest.mark.parametrize("answered", [True, False], ids=["answered", "silent"])
def test_L5_a_probe_that_arrives_ends_the_pause(daemon: Daemon, sink: Sink, answered: bool) -> None:
    assert list(bounce_until_paused(daemon, sink))[-1] == "paused"
    _back, probe = probe_of(daemon, sink)
    if answered:
        to = re.sub(r".*<|>.*", "", header(probe, "Reply-To"))
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = BO, to, "Re: Do our mails reach you?"
        mail["Message-ID"] = "<here@members.test>"
        mail.set_content("Yes, here I am.")
        daemon.send((BO, [to], mail.as_bytes()))
        settle(daemon, 8)
    else:
        days_pass(daemon, 5)
        settle(daemon, 7)
        sink.settle()
    assert standing(daemon, BO) == ("ok", 0.0)
    write(daemon, 8)
    assert letter(sink, BO, 8) and not subjects(sink, MOD)


def test_L5_L6_a_refusal_by_policy_alarms_the_operator_and_never_counts(daemon: Daemon, sink: Sink) -> None:
    words = "550 5.7.26 unauthenticated mail is not accepted due to the DMARC policy of bridge.test"
    sink.plan = lambda stage, sender, recipient, nth: words if (stage, recipient) == (RCPT, BO) else ""
    for number in range(1, 6):
        write(daemon, number)
        letter(sink, CY, number)
        days_pass(daemon, 1)  # and what the relay refused is counted when it starts
    sink.settle()
    assert standing(daemon, BO) == ("ok", 0.0)
    told = subjects(sink, MOD)
    assert set(told) == {"members.test refuses the mails of Forum"} and 1 <= len(told) <= 5
    alarm = text_of(sink.to(MOD)[0].content)
    assert "5.7.26" in alarm and "counts against none of its members" in alarm
    assert "5.7.26" in daemon.log(10**6)
    sink.plan = lambda stage, sender, recipient, nth: ""
    write(daemon, 9)
    assert letter(sink, BO, 9)


def test_L5_forged_reports_change_nothing(daemon: Daemon, sink: Sink) -> None:
    write(daemon, 1)
    back, whole = letter(sink, BO, 1)
    other, _ = letter(sink, CY, 1)
    forged = FAILED.format(address=CY, status="5.1.1", words="550 5.1.1 user unknown")
    guesses = [
        back.replace("bounce+", "bounce+a", 1),
        f"bounce+{'a' * 34}@bridge.test",
        back.replace("+", "+x", 1),
    ]
    for number, guess in enumerate(guesses):
        with pytest.raises(Exception, match="550"):
            daemon.send(("", [guess], report(guess, whole, GONE, number=number)))
    everywhere = (LIST, "forum+owner@bridge.test", "postmaster@bridge.test", "forum-request@bridge.test")
    for number, to in enumerate(everywhere, 10):
        daemon.send(("", [to], report(to, whole, GONE, number=number)))
    # with a token of his own, Bo says that Cy is gone: it counts for the letter whose token it is
    daemon.send(("", [back], report(back, whole, forged, number=20)))
    settle(daemon, 2 + len(everywhere))
    assert standing(daemon, CY) == ("ok", 0.0) and standing(daemon, ADA) == ("ok", 0.0)
    assert standing(daemon, BO) == ("ok", 1.0) and other != back
