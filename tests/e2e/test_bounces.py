"""Letters come back over real SMTP: bounces and complaints by mail, refusals by the smarthost, an absence note."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.servers import Daemon, Sink

from .story import LIST, header, subscribe

MakeBridge = Callable[..., Daemon]
ADA, BO, CY = "ada@members.test", "bo@members.test", "cy@members.test"
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
ABUSE = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: isp/1\nVersion: 1\n"


@pytest.fixture
def daemon(bridge: MakeBridge, sink: Sink) -> Daemon:
    made = bridge(sink=sink)
    subscribe(made, MEMBERS)
    return made


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
    daemon.send(("", ["abuse@bridge.test"], report("abuse@bridge.test", whole, ABUSE, "feedback-report")))
    ledger = daemon.settled(2)
    assert ledger[1]["outcome"] == "bounce" and "complained" in ledger[1]["reason"]
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
