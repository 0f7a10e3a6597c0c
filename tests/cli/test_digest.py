"""`digest`: who gets one when, and a preview in files."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cutting import mail_of, text_of

from .conftest import Command

MAIL = b"""From: Bo <bo@members.example>
To: general@forum.example
Subject: The saw
Message-ID: <saw@members.example>
Date: Mon, 02 Nov 2026 10:00:00 +0000

Who has the saw?
"""


def collect(command: Command) -> None:
    """Ada reads daily, and Bo writes."""
    assert command("subscribe", "general", "ada@members.example", "--name", "Ada").code == 0
    assert command("subscribe", "general", "bo@members.example", "--name", "Bo").code == 0
    assert command("people", "set", "ada@members.example", "--mode", "daily").code == 0
    assert command("deliver", stdin=MAIL).code == 0


def test_who_gets_a_digest_when(command: Command) -> None:
    assert command("digest").out == ""
    collect(command)
    (row,) = map(json.loads, command("digest", "--format", "jsonl").out.splitlines())
    assert (row["address"], row["posts"], row["threads"]) == ("ada@members.example", 1, 1)
    assert row["due"].endswith("07:00:00Z")


def test_a_preview_is_written_and_counts_for_nothing(command: Command, tmp_path: Path) -> None:
    collect(command)
    for _ in range(2):
        answer = command("digest", "--preview", "ada@members.example", "--to", "out")
        assert answer.code == 0, answer.err
    files = [tmp_path / line for line in answer.out.splitlines()]
    assert [file.suffix for file in files] == [".eml", ".html"]
    mail = mail_of(files[0].read_bytes())
    assert "Who has the saw?" in text_of(mail) and "Who has the saw?" in files[1].read_text()
    assert mail["To"] == "Ada <ada@members.example>"
    assert len(command("digest").out.splitlines()) == 1


def test_faults_are_one_line(command: Command) -> None:
    nobody = command("digest", "--preview", "nobody@members.example")
    assert (nobody.code, nobody.err) == (2, "nobody here has the address nobody@members.example\n")
    collect(command)
    nothing = command("digest", "--preview", "bo@members.example")
    assert (nothing.code, nothing.err) == (2, "bo@members.example: nothing is collected for a digest\n")
