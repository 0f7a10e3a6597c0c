"""The servers that the stories stand on do what the stories take for granted."""

from __future__ import annotations

import imaplib
import smtplib
import time

from tests.servers import CUT, DOT, RCPT, Dovecot, Postfix, Sink, wait_for

MAIL = b"From: a@one.test\r\nSubject: hello\r\n\r\n.a line\r\n..\r\n"


def test_dovecot_keeps_mails_and_survives_what_we_do_to_it(dovecot: Dovecot, mailbox: str) -> None:
    confirmed: list[int] = []
    dovecot.append(mailbox, MAIL, MAIL, done=confirmed.append)
    assert confirmed == [0, 1]
    assert dovecot.count(mailbox) == 2
    with dovecot.session(mailbox) as imap:
        imap.select()
        before = imap.response("UIDVALIDITY")[1]
        assert dovecot.kill_sessions() == 1
    dovecot.kill()
    dovecot.forget_uids(mailbox)
    time.sleep(1)  # UIDVALIDITY is a time in seconds
    dovecot.start()
    with dovecot.session(mailbox) as imap:
        imap.select()
        assert imap.response("UIDVALIDITY")[1] != before
    dovecot.add(mailbox, "another")
    wait_for(lambda: not _may_enter(dovecot, mailbox), 5, "the new password")  # it looks once a second


def _may_enter(dovecot: Dovecot, user: str) -> bool:
    try:
        with dovecot.session(user):
            return True
    except imaplib.IMAP4.error:
        return False


def test_postfix_hands_on_by_lmtp_and_tries_again(dovecot: Dovecot, mailbox: str, postfix: Postfix) -> None:
    # Nobody listens on the LMTP port: the mail waits. It is not delivered here, so it is taken out again.
    with smtplib.SMTP(postfix.host, postfix.port) as door:
        door.sendmail("a@one.test", [f"{mailbox}@bridge.test"], MAIL)
    wait_for(postfix.queue, 5, "a mail in the queue")
    wait_for(lambda: "status=deferred" in postfix.log(), 10, "a try")
    postfix.purge()
    assert postfix.queue() == []


def test_the_sink_misbehaves_as_planned(sink: Sink) -> None:
    verdicts = {
        (RCPT, 0): "450 4.2.0 later",
        (RCPT, 1): "550 5.1.1 nobody",
        (DOT, 0): CUT,
        (DOT, 1): "452 4.3.1 full",
    }
    sink.plan = lambda stage, sender, recipient, nth: verdicts.get((stage, nth), "")
    seen: list[str] = []
    for _ in range(5):
        try:
            with smtplib.SMTP("127.0.0.1", sink.port) as door:
                door.sendmail("a@one.test", ["b@two.test"], MAIL)
                seen.append("kept")
        except smtplib.SMTPException as error:
            seen.append(type(error).__name__)
    assert seen == ["SMTPRecipientsRefused"] * 2 + ["SMTPServerDisconnected", "SMTPDataError", "kept"]
    assert [mail.content for mail in sink.to("b@two.test")] == [MAIL, MAIL]
    assert not sink.faults
