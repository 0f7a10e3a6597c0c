"""The mail log says enough to follow a mail, and nothing that is not its to say."""

from __future__ import annotations

import json
import logging

import pytest

from bridge import maillog


@pytest.fixture
def facts(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "bridge")
    return caplog


def test_what_a_relay_said_shows_no_address_and_no_token(facts: pytest.LogCaptureFixture) -> None:
    maillog.failed(7, "550 5.1.1 <pat@members.test>: unknown\r\n(from bounce+abcdef234567@forum.test)")
    (record,) = facts.records
    fact = record.__dict__["facts"]
    assert (record.message, fact["delivery"]) == ("failed", 7)
    assert fact["answer"] == "550 5.1.1 <p…@members.test>: unknown (from b…@forum.test)"


def test_an_answer_of_any_length_is_cut() -> None:
    assert len(maillog.shorten("a@" * 100_000)) <= 2 * maillog.TEXT_LENGTH
    assert len(maillog.shorten("a" * 100_000)) == maillog.TEXT_LENGTH


def test_a_mail_is_known_by_its_number(facts: pytest.LogCaptureFixture) -> None:
    maillog.accepted(12, "smtp", "pat@members.test", 2)
    fact = facts.records[0].__dict__["facts"]
    assert (fact["ledger"], fact["sender"], fact["recipients"]) == (12, "p…@members.test", 2)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_fact_is_one_line(facts: pytest.LogCaptureFixture, as_json: bool) -> None:
    maillog.daemon_started(["smtp 127.0.0.1:25", "web"])
    line = maillog.Lines(json=as_json).format(facts.records[0])
    if as_json:
        assert {
            "level": "info",
            "event": "started",
            "roles": ["smtp 127.0.0.1:25", "web"],
        }.items() <= json.loads(line).items()
    else:
        assert line.endswith('Z info    started          roles="smtp 127.0.0.1:25, web"')


def test_P2_what_a_fault_says_is_one_short_line_without_address_and_token(
    facts: pytest.LogCaptureFixture,
) -> None:
    body = "Dear all,\nmy number is 01632 960123.\n" * 50
    token, address = "kabac2ajgmnvozxekqhr6ssfbclodfi", "pat@members.test"
    try:
        try:
            raise KeyError(" ".join((address, token, body)))
        except KeyError as cause:
            raise ValueError(f"reply+{token}@forum.test\n{body}") from cause
    except ValueError as fault:
        maillog.walk_failed(3, 1, fault)
        maillog.role_failed("sender", fault)
    for record in facts.records:
        for as_json in (False, True):
            line = maillog.Lines(json=as_json).format(record)
            assert token not in line and "pat@" not in line and line.count("01632") < 10
            assert "ValueError: r…@forum.test" in line and len(line) < 2_000
    assert "KeyError" in maillog.Lines(json=False).format(facts.records[0])
    assert "test_maillog.py" in maillog.Lines(json=False).format(facts.records[0])


def test_a_fault_brings_its_traceback(facts: pytest.LogCaptureFixture) -> None:
    maillog.walk_failed(3, 1, ValueError("on purpose"))
    assert "ledger=3 tries=1\nValueError: on purpose" in maillog.Lines(json=False).format(facts.records[0])
    assert "ValueError" in json.loads(maillog.Lines(json=True).format(facts.records[0]))["traceback"]
