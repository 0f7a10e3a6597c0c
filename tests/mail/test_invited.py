"""Invitations that came without a word beside them."""

from __future__ import annotations

import pytest

from bridge.mail.invited import told
from bridge.mail.parse import parse

EVENT = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nDTSTART:19700101T000000\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Brussels:20261201T180000\r\nDTEND;TZID=Europe/Brussels:20261201T190000\r\n"
    "SUMMARY:Bridge mee\r\n ting\r\nLOCATION:Village hall\\, upstairs\r\nDESCRIPTION:Bring the plan.\\nAnd tea.\r\n"
    "BEGIN:VALARM\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
WORDS = "Bridge meeting\n2026-12-01 18:00 – 19:00 Europe/Brussels\nVillage hall, upstairs\n\nBring the plan.\nAnd tea."


def mail(calendar: str) -> bytes:
    """A mail that is a calendar file and nothing else."""
    return f"Subject: Meeting\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\n{calendar}".encode()


def test_an_invitation_alone_says_what_when_and_where_and_stays_a_file() -> None:
    message = parse(mail(EVENT))
    assert message.text and message.text.strip() == WORDS
    assert [one.type for one in message.attachments] == ["text/calendar"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (";TZID=Europe/Brussels:20261201T180000", ";VALUE=DATE:20261201", "2026-12-01"),
        ("TZID=Europe/Brussels:20261201T190000", "X=1:20261202T010000", "18:00 – 2026-12-02 01:00 Europe"),
        ("DTEND;TZID=Europe/Brussels:20261201T190000\r\n", "", "2026-12-01 18:00 Europe/Brussels\n"),
    ],
)
def test_days_without_hours_and_ends_on_another_day(old: str, new: str, line: str) -> None:
    assert old in EVENT and line in told(EVENT.replace(old, new))


@pytest.mark.parametrize(
    "calendar",
    [
        EVENT.replace("METHOD:REQUEST", "METHOD:CANCEL"),
        EVENT.replace("METHOD:REQUEST", "METHOD:REPLY"),
        EVENT.replace("BEGIN:VALARM", "STATUS:CANCELLED\r\nBEGIN:VALARM"),
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n",
        "",
    ],
)
def test_what_announces_nothing_is_only_a_file(calendar: str) -> None:
    assert told(calendar) == ""


def test_words_beside_an_invitation_are_enough() -> None:
    head = "Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\n"
    raw = f"{head}Let us meet.\r\n--B\r\nContent-Type: text/calendar\r\n\r\n{EVENT}\r\n--B--\r\n"
    assert (parse(raw.encode()).text or "").strip() == "Let us meet."
