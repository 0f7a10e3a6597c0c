"""What a daemon does with a database that it should not use: one clear line, and the file is left as it was."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from bridge.store import backup, opening
from bridge.store.database import Store, StoreError, Tx
from bridge.store.faults import PASSING, trouble
from bridge.store.migrations import migrations


def made(path: Path) -> Path:
    """A database with a few hundred rows."""
    store = Store.open(path)
    store.write(
        lambda tx: tx.connection.executemany(
            "insert into setting (key, value) values (?, ?)",
            [(f"key {n}", "value " * 50) for n in range(500)],
        )
    )
    store.close()
    return path


def refused(path: Path, alone: bool = True) -> str:
    """The one line with which it is refused; whatever is there stays."""
    before = {each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    with pytest.raises(StoreError) as told:
        Store.open(path, alone=alone).close()
    for name, content in before.items():
        assert (path.parent / name).read_bytes() == content
    line = str(told.value)
    assert "\n" not in line
    return line


def test_D6_a_corrupt_page_is_told_at_the_start(tmp_path: Path) -> None:
    path = made(tmp_path / "t.db")
    content = bytearray(path.read_bytes())
    for page in range(3, len(content) // 4096, 2):
        content[page * 4096 : page * 4096 + 64] = os.urandom(64)
    path.write_bytes(content)
    line = refused(path)
    assert "damaged" in line or "malformed" in line
    assert "restore a backup" in line


@pytest.mark.parametrize("alone", [True, False])
def test_D6_what_is_no_database_is_refused(tmp_path: Path, alone: bool) -> None:
    path = tmp_path / "t.db"
    path.write_bytes(b"this is no database" * 500)
    assert "not a database; restore a backup" in refused(path, alone)


@pytest.mark.parametrize("alone", [True, False])
def test_D6_an_empty_file_becomes_no_new_database(tmp_path: Path, alone: bool) -> None:
    path = tmp_path / "t.db"
    path.write_bytes(b"")
    assert "is empty" in refused(path, alone)


def test_D6_a_log_without_its_database_becomes_no_new_one(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    store = Store.open(path)
    store.write(lambda tx: tx.setting_put(key="a", value="b"))
    log = path.with_name("t.db-wal").read_bytes()
    store.close()
    path.unlink()
    path.with_name("t.db-wal").write_bytes(log)
    assert "is gone, but its log" in refused(path)


def test_D6_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"Not a directory|File exists"):
        Store.open(tmp_path / "file" / "data" / "t.db")


def test_D6_a_cut_file_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "t.db")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    assert "restore a backup" in refused(path)


def test_D1_a_first_start_that_was_killed_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    path.with_name("t.db.new").write_bytes(b"half of it")
    path.with_name("t.db.new-wal").write_bytes(b"and its log")
    Store.open(path, alone=True).close()
    assert not list(tmp_path.glob("*.new*"))
    assert path.stat().st_mode & 0o777 == 0o600


def _have_open(path: Path, ready: Any, end: Any) -> None:
    store = Store.open(path, alone=True)
    ready.set()
    end.wait(30)
    store.close()


def test_two_daemons_on_one_folder_are_refused_and_commands_are_not(tmp_path: Path) -> None:
    path = made(tmp_path / "t.db")
    processes = multiprocessing.get_context("spawn")
    ready, end = processes.Event(), processes.Event()
    other = processes.Process(target=_have_open, args=(path, ready, end))
    other.start()
    assert ready.wait(30)
    with pytest.raises(StoreError, match=rf"in use by another threadbridge \(process {other.pid}\): stop it"):
        Store.open(path, alone=True)
    beside = Store.open(path)
    beside.write(lambda tx: tx.setting_put(key="a", value="b"))
    beside.close()
    end.set()
    other.join(30)
    Store.open(path, alone=True).close()


def test_a_lock_is_left_by_no_kill_and_inherited_by_no_child(tmp_path: Path) -> None:
    path = made(tmp_path / "t.db")
    code = (
        "import os, sys, time; from pathlib import Path; from bridge.store.opening import Lock\n"
        "lock = Lock(Path(sys.argv[1])); child = os.fork()\n"
        "if child: print(child, flush=True)\n"
        "time.sleep(30)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    child = int(process.stdout.readline())
    with pytest.raises(StoreError, match="in use"):
        opening.Lock(path)
    process.kill()
    process.wait()
    opening.Lock(path).release()
    os.kill(child, 9)


def older(path: Path, monkeypatch: pytest.MonkeyPatch, without: int = 3) -> Path:
    """A database as a version made it that lacked the last migrations."""
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_migrations", migrations._migrations[:-without])
        return made(path)


def test_X7_a_copy_is_made_before_an_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = older(tmp_path / "t.db", monkeypatch)
    first = migrations._migrations[-3].name
    Store.open(path, alone=True).close()
    copy = tmp_path / "backups" / f"before-{first}.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True) as connection:
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        names = {row[0] for row in connection.execute("select name from _sqlite_migrations")}
        assert first not in names
        assert connection.execute("select count(*) from setting").fetchone()[0] == 500
    Store.open(path, alone=True).close()  # nothing left to do: no second copy
    assert [each.name for each in (tmp_path / "backups").iterdir()] == [copy.name]


def test_X7_without_room_for_the_copy_nothing_is_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = older(tmp_path / "t.db", monkeypatch)

    def full(connection: Any, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(opening, "copy", full)
        assert "make room for 1 MB" in refused(path)
    Store.open(path).close()


def test_D7_an_upgraded_database_is_as_a_fresh_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = older(tmp_path / "old" / "t.db", monkeypatch, len(migrations._migrations) - 1)
    Store.open(path, alone=True).close()
    fresh = tmp_path / "fresh" / "t.db"
    Store.open(fresh).close()
    assert _schema(path) == _schema(fresh)


def _schema(path: Path) -> list[tuple[str, ...]]:
    with sqlite3.connect(path) as connection:
        return sorted(connection.execute("select type, name, tbl_name, coalesce(sql, '') from sqlite_master"))


def test_D10_a_copy_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    path = made(tmp_path / "t.db")
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with sqlite3.connect(path) as connection, pytest.raises(FileExistsError):
        backup.copy(connection, target)
    assert target.read_text() == "mine"


def test_D6_a_locked_database_is_trouble_that_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bridge.store.database.BUSY_MS", 1)
    path = made(tmp_path / "t.db")
    store = Store.open(path, alone=True)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(sqlite3.OperationalError) as told:
        store.write(lambda tx: tx.setting_put(key="a", value="b"))
    assert trouble(told.value) == store.trouble == "in use" and "in use" in PASSING
    assert store.read(lambda tx: tx.setting_get(key="key 1")) is not None
    other.execute("rollback")
    store.write(lambda tx: tx.setting_put(key="a", value="b"))
    assert store.trouble == ""
    other.close()
    store.close()


def test_D6_damage_is_no_trouble_that_passes(tmp_path: Path) -> None:
    store = Store.open(made(tmp_path / "t.db"), alone=True)

    def damaged(tx: Tx) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = 11
        raise error

    with pytest.raises(sqlite3.DatabaseError):
        store.write(damaged)
    store.write(lambda tx: tx.setting_put(key="a", value="b"))
    assert store.trouble == "damaged"
    store.close()


def test_D1_the_writer_outlives_a_connection_that_is_lost(tmp_path: Path) -> None:
    store = Store.open(made(tmp_path / "t.db"))
    store._writer.tx.connection.close()  # as if a rollback had failed, and worse
    with pytest.raises(sqlite3.Error):
        store.write(lambda tx: tx.setting_put(key="a", value="b"))
    store.write(lambda tx: tx.setting_put(key="a", value="c"))
    assert store.read(lambda tx: tx.setting_get(key="a"))["value"] == "c"
    store.close()
