"""backup and restore, as an operator says them; under load they are tried in tests/e2e."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.fixture
def ada(command: Command) -> Command:
    """The command line where there is one member."""
    assert command("subscribe", "general", "ada@members.example").code == 0
    return command


def test_D10_a_copy_is_made_verified_and_put_back(ada: Command, tmp_path: Path) -> None:
    first = ada("backup", "--verify")
    assert first.code == 0 and "is whole: 0 mails" in first.err
    copy = Path(first.out.strip())
    assert copy.parent == Path("data/backups").absolute() and copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert ada("subscribe", "general", "later@members.example").code == 0
    again = ada("restore", str(copy))
    assert again.code == 0, again.err
    assert "what was there is kept as" in again.err
    members = {
        row[0] for row in sqlite3.connect("data/threadbridge.db").execute("select address from address")
    }
    assert "later@members.example" not in members and members
    kept = next(Path("data/backups").glob("before-restore-*.db"))
    assert "later@members.example" in {
        row[0] for row in sqlite3.connect(kept).execute("select address from address")
    }


def test_D10_nothing_is_overwritten_and_old_copies_go_only_when_asked(ada: Command, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    assert ada("backup", "--to", str(target)).code == 0
    before = target.read_bytes()
    answer = ada("backup", "--to", str(target))
    assert answer.code == 2 and "is there already" in answer.err and answer.err.count("\n") == 1
    assert target.read_bytes() == before
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "other.db").write_text("somebody's")
    for _ in range(4):
        assert ada("backup", "--to", str(folder), "--keep", "2").code == 0
    assert len(list(folder.glob("threadbridge-*.db"))) == 2 and (folder / "other.db").exists()
    assert ada("backup", "--to", str(tmp_path / "nowhere" / "x.db")).code == 2
    assert ada("backup", "--to", str(tmp_path / "x.db"), "--keep", "2").code == 2


def test_D10_a_bad_copy_is_not_put_back(ada: Command, tmp_path: Path) -> None:
    good = tmp_path / "good.db"
    assert ada("backup", "--to", str(good)).code == 0
    database = Path("data/threadbridge.db").read_bytes()
    whole = good.read_bytes()
    bad = tmp_path / "bad.db"
    for content in (
        b"",
        b"words" * 999,
        whole[: len(whole) // 2],
        whole[:8192] + bytes(8192) + whole[16384:],
    ):
        bad.write_bytes(content)
        answer = ada("restore", str(bad))
        assert answer.code == 2 and answer.err.count("\n") == 1, answer.err
    other = sqlite3.connect(good)
    other.execute("delete from setting where key = 'token_secret'")
    other.commit()
    other.close()
    assert "key of the reply addresses" in ada("restore", str(good)).err
    assert Path("data/threadbridge.db").read_bytes() == database
