"""Mails out of an mbox, a Maildir and a pipe."""

from __future__ import annotations

import io
import mailbox
import tracemalloc
from pathlib import Path

import pytest

from bridge.errors import ConfigError, Permanent
from bridge.intake.files import maildir, mbox, pipe

BORDERS = [
    b"From ann@home.example Tue Jan  2 10:11:12 2024\n",
    b"From - Tue Jan 02 10:11:12 2024\r\n",
    b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\n",
    b"From ann@home.example  Tue, 02 Jan 2024 10:11:12 +0000\n",
    b"From 1466911118@xxx Mon Sep 21 12:47:17 +0000 2015\n",
    b"From ann at home.example  Tue Jan  2 10:11:12 2024\n",
]
ONE = b"Subject: one\r\n\r\nHello\r\n"
TWO = b"Subject: two\r\n\r\nGoodbye\r\n"


def mails(folder: Path, content: bytes) -> list[bytes]:
    path = folder / "box"
    path.write_bytes(content)
    return list(mbox(path))


@pytest.mark.parametrize("border", BORDERS, ids=repr)
def test_an_mbox_is_parted_at_its_borders(tmp_path: Path, border: bytes) -> None:
    lf = [mail.replace(b"\r\n", b"\n") for mail in (ONE, TWO)]
    assert mails(tmp_path, b"".join(border + mail + b"\n" for mail in lf)) == [ONE, TWO]
    assert mails(tmp_path, b"".join(border + mail + b"\r\n" for mail in (ONE, TWO))) == [ONE, TWO]
    assert mails(tmp_path, b"".join(border + mail for mail in lf)) == [ONE, TWO]
    assert mails(tmp_path, b"\n" + border + b"\n".join(lf)) == [
        b"\r\n".join([ONE, lf[1].replace(b"\n", b"\r\n")])
    ]


def test_from_lines_inside_a_mail_are_unquoted_and_kept(tmp_path: Path) -> None:
    body = b"Subject: x\n\n>From here\n>>From there\n\nFrom now on all is well\n"
    body += b"\nFrom ann@home.example Tue Jan  2 10:11:12 2024\nwas the line.\n"
    assert (
        mails(tmp_path, BORDERS[0] + body + b"\n" + BORDERS[0] + body)
        == [body.replace(b">From h", b"From h").replace(b">>From", b">From").replace(b"\n", b"\r\n")] * 2
    )


def test_an_mbox_written_by_the_standard_library_is_read(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for mail in (ONE, TWO, b"Subject: from\r\n\r\nFrom me\r\n\r\n\r\n"):
        box.add(mail)
    box.close()
    assert list(mbox(tmp_path / "box")) == [ONE, TWO, b"Subject: from\r\n\r\nFrom me\r\n\r\n\r\n"]


def test_an_empty_mbox_has_no_mails_and_another_file_is_told(tmp_path: Path) -> None:
    assert mails(tmp_path, b"") == mails(tmp_path, b"\n\n") == []
    with pytest.raises(ConfigError, match="not an mbox"):
        mails(tmp_path, ONE)
    with pytest.raises(ConfigError, match="not an mbox"):
        mails(tmp_path, b"\x00" * 5000)


def test_a_great_mbox_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "box"
    with path.open("wb") as file:
        for _ in range(30):
            file.write(BORDERS[0] + b"Subject: x\n\n" + (b"x" * 70 + b"\n") * 1500 + b"\n")
        file.write(BORDERS[0] + b"Subject: no line end\n\n" + b"y" * 12_000_000)
    tracemalloc.start()
    sizes = [len(mail) for mail in mbox(path, limit=1_000_000)]
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()
    assert len(sizes) == 31 and set(sizes[:-1]) == {14 + 1500 * 72}
    assert 1_000_000 < sizes[-1] < 3_000_000


def test_a_maildir_gives_its_mails_oldest_first(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1700000002.M1P1.home").write_bytes(TWO.replace(b"\r\n", b"\n"))
    (tmp_path / "cur" / "1700000001.M1P1.home:2,S").write_bytes(ONE)
    (tmp_path / "cur" / ".hidden").write_bytes(b"no")
    (tmp_path / "tmp" / "1700000000.M1P1.home").write_bytes(b"no")
    (tmp_path / "cur" / "odd").write_bytes(b"Subject: odd\n\n")
    assert list(maildir(tmp_path)) == [b"Subject: odd\r\n\r\n", ONE, TWO]


def test_a_maildir_may_change_while_it_is_read(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
    for n in range(3):
        (tmp_path / "new" / f"{n}.home").write_bytes(ONE)
    reading = maildir(tmp_path)
    assert next(reading) == ONE
    (tmp_path / "new" / "1.home").rename(tmp_path / "cur" / "1.home:2,S")
    (tmp_path / "new" / "2.home").unlink()
    assert list(reading) == [ONE]


def test_a_folder_that_is_no_maildir_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not a Maildir"):
        list(maildir(tmp_path))


def test_a_pipe_gives_one_mail() -> None:
    for content in (ONE, ONE.replace(b"\r\n", b"\n"), BORDERS[0] + ONE):
        assert pipe(io.BytesIO(content), 200) == ONE
    with pytest.raises(Permanent, match="too big"):
        pipe(io.BytesIO(b"x" * 201), 200)
    with pytest.raises(Permanent, match="no mail"):
        pipe(io.BytesIO(b"\n"), 200)
