"""Letters in a Maildir."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bridge.errors import Temporary
from bridge.mail.envelope import Envelope
from bridge.outbox.maildir import MaildirTransport
from bridge.outbox.retry import Answer

LETTER = Envelope("bounce+1@forum.test", ("ada@members.test",), b"Subject: x\r\n\r\nHello\r\n")
OTHER = Envelope("bounce+2@forum.test", ("bob@members.test",), b"Subject: x\r\n\r\nHello\r\n")


async def test_letters_stand_in_new_with_their_envelope(tmp_path: Path) -> None:
    maildir = MaildirTransport(tmp_path / "out")
    answers: list[Answer] = []
    await maildir.send([LETTER, OTHER], answers.append)
    await maildir.close()
    assert [answer.code for answer in answers] == [250, 250]
    files = sorted(path.read_bytes() for path in (tmp_path / "out" / "new").iterdir())
    assert files[0] == (
        b"Return-Path: <bounce+1@forum.test>\nDelivered-To: ada@members.test\nSubject: x\n\nHello\n"
    )
    assert len(files) == 2
    assert list((tmp_path / "out" / "tmp").iterdir()) == []
    assert stat.S_IMODE((tmp_path / "out" / "new").stat().st_mode) == 0o700


async def test_P6_a_letter_is_closed_to_others(tmp_path: Path) -> None:
    await MaildirTransport(tmp_path).send([LETTER], lambda answer: None)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()] == [0o600]


async def test_D3_a_letter_written_again_is_no_second_letter(tmp_path: Path) -> None:
    for _ in range(2):
        await MaildirTransport(tmp_path).send([LETTER], lambda answer: None)
    assert len(list((tmp_path / "new").iterdir())) == 1


async def test_a_disk_that_does_not_take_it_holds_the_letters(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    answers: list[Answer] = []
    with pytest.raises(Temporary):
        await MaildirTransport(tmp_path / "file").send([LETTER, OTHER], answers.append)
    assert answers == []
