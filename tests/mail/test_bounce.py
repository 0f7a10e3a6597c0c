"""Delivery reports: what became of a letter (RFC 3464)."""

from bridge.mail.bounce import BounceReport, report
from bridge.mail.parse import parse

from .letters import mail, multipart, part, plain

TWO = """Reporting-MTA: dns; mx.test\r
\r
Original-Recipient: rfc822;Good@x.test\r
Final-Recipient: rfc822; good@x.test\r
Action: delivered\r
Status: 2.0.0\r
\r
Final-Recipient: rfc822; <Gone@X.test>\r
Action: Failed (for good)\r
Status: 5.1.1 (no such user)\r
Diagnostic-Code: smtp; 550 5.1.1\r
 no such user\r
"""


def told(status: str, *more: bytes) -> BounceReport | None:
    raw = multipart(
        "report; report-type=delivery-status", plain("sorry"), part("message/delivery-status", status), *more
    )
    return report(parse(mail(raw)))


def test_the_failed_recipient_is_told_of() -> None:
    old = part("message/rfc822", mail(Message_ID="<letter@forum.test>"))
    assert told(TWO, old) == BounceReport(
        "gone@x.test", "5.1.1", "failed", "550 5.1.1 no such user", "letter@forum.test"
    )


def test_headers_of_the_letter_alone() -> None:
    found = told(TWO, part("text/rfc822-headers", "Subject: x\r\nMessage-ID:\r\n <letter@forum.test>\r\n"))
    assert found is not None and found.message_id == "letter@forum.test"


def test_delays_and_gaps() -> None:
    delayed = told(
        "Final-Recipient: rfc822; a@x.test\r\nAction: delayed\r\nDiagnostic-Code: 4.4.1 no route\r\n"
    )
    assert delayed == BounceReport("a@x.test", "4.4.1", "delayed", "4.4.1 no route", "")
    assert told("Final-Recipient: rfc822; nobody\r\nAction: odd\r\n") == BounceReport("", "", "", "", "")
    assert told("Reporting-MTA: dns; mx.test\r\n") is None
    assert told(": \r\n\r\n\0\0\r\nno field") is None
    assert report(parse(mail())) is None


def test_the_address_that_we_wrote_to_comes_first() -> None:
    found = told(
        "Original-Recipient: rfc822;a@x.test\r\nFinal-Recipient: rfc822;b@y.test\r\nStatus: 5.0.0\r\n"
    )
    assert found is not None and found.recipient == "a@x.test"
