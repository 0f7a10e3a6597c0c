"""The mail log says enough to follow a mail, and nothing that is not its to say."""

from __future__ import annotations

import pytest
import structlog
from structlog.testing import LogCapture

from bridge import maillog


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> LogCapture:
    capture = LogCapture()
    monkeypatch.setattr(maillog, "log", structlog.wrap_logger(None, processors=[capture]))
    return capture


def test_what_a_relay_said_shows_no_address_and_no_token(facts: LogCapture) -> None:
    maillog.failed(7, "550 5.1.1 <pat@members.test>: unknown\r\n(from bounce+abcdef234567@forum.test)")
    (fact,) = facts.entries
    assert (fact["event"], fact["delivery"]) == ("failed", 7)
    assert fact["answer"] == "550 5.1.1 <p…@members.test>: unknown (from b…@forum.test)"


def test_an_answer_of_any_length_is_cut() -> None:
    assert len(maillog.shorten("a@" * 100_000)) <= 2 * maillog.TEXT_LENGTH
    assert len(maillog.shorten("a" * 100_000)) == maillog.TEXT_LENGTH


def test_a_mail_is_known_by_its_number(facts: LogCapture) -> None:
    maillog.accepted(12, "smtp", "pat@members.test", 2)
    (fact,) = facts.entries
    assert (fact["ledger"], fact["sender"], fact["recipients"]) == (12, "p…@members.test", 2)
