"""Letters into a Maildir, and the journal, where the disk is full: nothing half stays, and it goes on with room."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from bridge.errors import Temporary
from bridge.mail.envelope import Envelope
from bridge.outbox.journal import Journal, Taken
from bridge.outbox.maildir import MaildirTransport
from bridge.outbox.retry import Answer
from tests.ground import small_disk


def fill(path: Path, leave: int) -> Path:
    """Take the room of a disk but for some bytes."""
    ballast = path / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", 0) as file:
        while file.write(bytes(4096)):
            pass
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - leave)
    return ballast


def test_D5_a_letter_is_whole_or_not_there(tmp_path: Path) -> None:
    letters = [
        Envelope("a@x.example", ("b@x.example",), b"Subject: x\r\n\r\n" + bytes([65 + n]) * 9000)
        for n in range(9)
    ]
    with small_disk(tmp_path / "disk", 512) as disk:
        transport = MaildirTransport(disk / "outbox")
        answers: list[Answer] = []
        ballast = fill(disk, 40_000)
        with pytest.raises(Temporary) as told:
            asyncio.run(transport.send(letters, answers.append))
        assert told.value.code == 452 and 0 < len(answers) < 9
        new = disk / "outbox" / "new"
        assert len(list(new.iterdir())) == len(answers)
        ballast.unlink()
        asyncio.run(transport.send(letters, answers.append))
        assert len(list(new.iterdir())) == 9
        assert {len(each.read_bytes().partition(b"\n\n")[2]) for each in new.iterdir()} == {9000}
        assert not list((disk / "outbox" / "tmp").iterdir())


def test_D5_no_half_line_stays_in_the_journal(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 256) as disk:
        journal = Journal(disk / "journal")
        noted = 0
        journal.note(Taken(0, 1, "250 ok"))
        ballast = fill(disk, 0)
        with pytest.raises(OSError, match="No space"):
            for noted in range(1, 10_000):
                journal.note(Taken(noted, 1, f"250 {'x' * 90}"))
        ballast.unlink()
        journal.note(Taken(77_777, 1, "250 ok"))
        left = journal.left_over()
        journal.close()
    assert [each.delivery_id for each in left] == [*range(noted), 77_777]
