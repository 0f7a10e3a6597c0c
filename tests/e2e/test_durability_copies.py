"""Promises D7 and D10 in their short forms: upgrades that are killed, copies taken from a daemon at work.

THREADBRIDGE_KILLS=50 makes the upgrade be killed that often, THREADBRIDGE_COPIES=10 takes that many copies.
"""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bridge.store.database import Store
from bridge.store.migrations import migrations

from .conftest import MakeBridge
from .story import find_database, query, settle, subscribe
from .test_durability import KILLS, WRITERS, Clients, posted

COPIES = int(os.environ.get("THREADBRIDGE_COPIES", "2"))
POSTS = int(os.environ.get("THREADBRIDGE_POSTS", "20000"))
FIRST = 2
"""So many migrations has the database that is upgraded: the tables and the search."""
UPGRADE = """
import sys; from pathlib import Path; from bridge.store.database import Store
store = Store.open(Path(sys.argv[1]), alone=True); print("done", flush=True); store.close()
"""


def aged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of an early version with many posts."""
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_migrations", migrations._migrations[:FIRST])
        Store.open(path).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma synchronous=off")
        connection.execute("begin")
        connection.execute(
            "insert into list values (1, 'f', 'f@x.test', 'F', '', 'members', 'public', 'show')"
        )
        connection.execute("insert into person (id, name, created) values (1, 'Ada', 0)")
        connection.execute("insert into thread values (1, 1, 'Tools', 'tools', 0, 0, 1)")
        connection.execute("insert into setting values ('token_secret', '00')")
        connection.executemany(
            "insert into post (id, list_id, thread_id, author_id, author, guest, subject, date, received, message_id,"
            " origin, placed_by, text, html) values (?, 1, 1, 1, 'Ada', 0, 'Tools', ?, ?, ?, 'mail', 'new', ?, '')",
            ((n, n, n, f"{n}@x.test", f"The words of post {n} of this list.") for n in range(1, POSTS + 1)),
        )
        connection.executemany(
            "insert into delivery (post_id, person_id, address, reason, state, due, created, updated)"
            " values (?, 1, 'ada@x.test', 'each', 'failed', 0, 0, 0)",
            ((n,) for n in range(1, POSTS + 1)),
        )
        connection.execute("commit")


def upgrading(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", UPGRADE, str(path)], stdout=subprocess.PIPE, text=True)


@pytest.mark.timeout(200 + 20 * KILLS)
def test_D7_an_upgrade_that_is_killed_is_done_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = tmp_path / "original.db"
    aged(original, monkeypatch)
    path = tmp_path / "data" / "t.db"
    path.parent.mkdir()
    chance = random.Random(7)

    def fresh() -> None:
        for each in path.parent.glob("t.*"):
            each.unlink()
        path.write_bytes(original.read_bytes())

    fresh()
    began = time.monotonic()
    whole = upgrading(path)
    assert whole.communicate(timeout=100)[0] == "done\n"
    takes = time.monotonic() - began
    schema = _schema(path)
    for cut in range(KILLS or 8):
        fresh()
        process = upgrading(path)
        time.sleep(takes * chance.uniform(0.4, 1.0))
        process.kill()
        process.wait()
        Store.open(path, alone=True).close() if cut % 2 else Store.open(path).close()
        assert _schema(path) == schema
        assert query(path, "pragma integrity_check") == [("ok",)]
        assert query(path, "select count(*) from post") == [(POSTS,)]
        assert query(path, "select count(*) from post_fts where post_fts match 'words'") == [(POSTS,)]


def _schema(path: Path) -> list[tuple[object, ...]]:
    return query(path, "select type, name, coalesce(sql, '') from sqlite_master order by 1, 2")


@pytest.mark.timeout(200 + 30 * COPIES)
def test_D10_a_copy_taken_under_load_holds_all_from_before_it(bridge: MakeBridge, tmp_path: Path) -> None:
    daemon = bridge()
    subscribe(daemon, WRITERS, mode="none")
    clients = Clients(daemon)
    copies: list[tuple[list[str], Path]] = []
    for n in range(COPIES):
        time.sleep(0.5)
        before = list(clients.acknowledged)
        target = tmp_path / f"copy{n}.db"
        daemon.cli("backup", "--to", str(target), "--verify")
        copies.append((before, target))
    refused = daemon.cli("restore", str(copies[0][1]), check=False)
    assert refused.returncode == 2 and "in use by another threadbridge" in refused.stderr
    clients.stop()
    settle(daemon, len(clients.acknowledged))
    daemon.terminate()
    for before, target in copies:
        daemon.cli("restore", str(target))
        daemon.start()
        settle(daemon, len(before))
        posts = posted(daemon)
        assert not set(before) - set(posts), "lost from before the copy"
        assert set(posts.values()) == {1}
        assert query(find_database(daemon), "pragma integrity_check") == [("ok",)]
        daemon.terminate()
