"""Promises D4, D5 and D6 in their short forms: power cuts, a full disk, a database in other hands."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import smtplib
import sqlite3
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests import powercut
from tests.ground import small_disk
from tests.servers import Daemon, Sink, need, wait_for

from .conftest import MakeBridge
from .story import LIST, find_database, header, query, settle, subscribe
from .test_durability import WRITERS, mail, posted

WRITER = "writer0@members.test"


def test_D4_each_250_is_on_disk_before_it_is_said(bridge: MakeBridge, tmp_path: Path) -> None:
    """The disk of after each of 100 acknowledgements is rebuilt from what was synced by then."""
    need("strace")
    daemon = bridge()
    subscribe(daemon, WRITERS, mode="none")
    daemon.terminate()
    data, log = find_database(daemon).parent, tmp_path / "trace"
    shutil.copytree(data, tmp_path / "before")
    daemon.before = powercut.strace(log)
    daemon.start(60)
    for n in range(50):
        daemon.send((WRITER, [LIST], mail(f"one.{n}")))
    daemon.send(*((WRITER, [LIST], mail(f"many.{n}")) for n in range(50)))
    daemon.kill9()
    disk = powercut.Disk(data, tmp_path / "before", log)
    checked = 0
    for n in disk.acknowledged():
        disk.restore(tmp_path / "after")
        with contextlib.closing(sqlite3.connect(tmp_path / "after" / "threadbridge.db")) as connection:
            assert connection.execute("select count(*) from ledger").fetchone()[0] >= n
            if n % 25 == 0:
                assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        checked = n
    assert checked == 100


def large(number: str, size: int = 60_000) -> bytes:
    """A mail that does not pack."""
    noise = random.Random(number).randbytes(size // 2).hex()
    lines = "\r\n".join(noise[at : at + 76] for at in range(0, len(noise), 76))
    return mail(number) + b"\r\n" + lines.encode() + b"\r\n"


def offer(daemon: Daemon, raw: bytes) -> int:
    """Send a mail in a session of its own; gives the code of the reply that decided."""
    with smtplib.SMTP("127.0.0.1", daemon.smtp, local_hostname="mx.test", timeout=60) as door:
        try:
            door.sendmail(WRITER, [LIST], raw)
        except smtplib.SMTPResponseException as error:
            return error.smtp_code
        except smtplib.SMTPRecipientsRefused as error:
            return next(iter(error.recipients.values()))[0]
        return 250


def until_full(daemon: Daemon) -> tuple[Counter[int], list[str], list[bytes]]:
    """Send until it is refused, and then as much again: codes, what was kept, and what was not."""
    codes: Counter[int] = Counter()
    kept, refused = [], []
    for n in range(100_000):
        raw = large(f"large.{n}") if n % 2 else mail(f"small.{n}")
        code = offer(daemon, raw)
        codes[code] += 1
        if code == 250:
            kept.append(f"{'large' if n % 2 else 'small'}.{n}")
        else:
            refused.append(raw)
        if len(refused) >= 100:
            break
    return codes, kept, refused


def check_alive(daemon: Daemon) -> None:
    assert daemon.alive
    assert daemon.get("/")[0] == 200
    assert daemon.cli("ledger", "-n", "3").stdout  # an operator can look at what there is
    assert daemon.cli("queue", check=False).returncode == 0


@pytest.mark.timeout(400)
def test_D5_a_full_disk_is_452_and_goes_on_when_there_is_room(
    bridge: MakeBridge, sink: Sink, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "bridge0" / "data", 65_536) as data:
        (data / "ballast").write_bytes(bytes(57_000_000))
        daemon = bridge(sink=sink)
        subscribe(daemon, WRITERS)
        codes, kept, refused = until_full(daemon)
        print(codes)
        assert set(codes) == {250, 452}
        check_alive(daemon)
        (data / "ballast").unlink()
        for raw in refused:
            assert offer(daemon, raw) == 250
        for n in range(100):
            assert offer(daemon, mail(f"after.{n}")) == 250
        total = len(kept) + len(refused) + 100
        settle(daemon, total, 120)
        posts = posted(daemon)
        assert set(posts.values()) == {1} and len(posts) == total
        assert query(find_database(daemon), "pragma integrity_check") == [("ok",)]
        wait_for(
            lambda: len({(m.recipients, header(m.content, "Message-ID")) for m in sink.mails}) >= 3 * total,
            60,
        )
        doubles = len(sink.mails) - 3 * total
        assert doubles == 0
        assert daemon.terminate()[1] == 0
        daemon.kill9()


@pytest.mark.timeout(200)
def test_D5_a_limit_on_file_sizes_is_as_a_full_disk(bridge: MakeBridge, tmp_path: Path) -> None:
    """RLIMIT_FSIZE: SQLite says "disk I/O error", Python EFBIG; the log cannot grow either."""
    need("prlimit")
    daemon = bridge()
    subscribe(daemon, WRITERS, mode="none")
    daemon.terminate()
    daemon.before = ["prlimit", "--fsize=1500000:unlimited"]
    daemon.start()
    codes, kept, refused = until_full(daemon)
    assert set(codes) == {250, 452}
    check_alive(daemon)
    resource.prlimit(daemon.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert [offer(daemon, raw) for raw in refused] == [250] * len(refused)
    settle(daemon, len(kept) + len(refused), 120)
    posts = posted(daemon)
    assert set(posts.values()) == {1} and len(posts) == len(kept) + len(refused)
    assert query(find_database(daemon), "pragma integrity_check") == [("ok",)]


def holding(daemon: Daemon, seconds: float) -> threading.Thread:
    """Another program that keeps the database to itself for a while."""
    locked = threading.Event()

    def hold() -> None:
        with contextlib.closing(sqlite3.connect(find_database(daemon), isolation_level=None)) as other:
            other.execute("pragma busy_timeout=10000")
            other.execute("begin exclusive")
            locked.set()
            time.sleep(seconds)
            other.execute("rollback")

    thread = threading.Thread(target=hold)
    thread.start()
    assert locked.wait(20)
    return thread


HOLD = float(os.environ.get("THREADBRIDGE_HOLD", "3"))


@pytest.mark.timeout(200)
def test_D6_a_locked_database_is_451_and_nothing_is_lost(bridge: MakeBridge, sink: Sink) -> None:
    """A write waits ten seconds for its turn; THREADBRIDGE_HOLD=30 has some refused."""
    daemon = bridge(sink=sink)
    subscribe(daemon, WRITERS)
    for n in range(5):
        assert offer(daemon, mail(f"before.{n}")) == 250
    holder = holding(daemon, HOLD)
    codes = Counter(offer(daemon, mail(f"held.{n % 3}")) for n in range(3))
    assert set(codes) <= {250, 451} and (codes[451] or HOLD < 25)
    assert daemon.get("/")[0] == 200
    holder.join()
    for n in range(3):
        assert offer(daemon, mail(f"held.{n}")) == 250
    settle(daemon, 8, 60)
    assert set(posted(daemon)) == {*(f"before.{n}" for n in range(5)), *(f"held.{n}" for n in range(3))}
    wait_for(lambda: len(sink.mails) >= 3 * 8, 30)
    assert len({(m.recipients, header(m.content, "Message-ID")) for m in sink.mails}) == 3 * 8


def refused_start(daemon: Daemon) -> str:
    """Start a daemon that must not; gives its one line."""
    before = daemon.log(100_000)
    with pytest.raises(AssertionError, match="the daemon ended with 2"):
        daemon.start()
    return daemon.log(100_000)[len(before) :].strip()


def test_D6_damage_is_one_line_at_the_start_and_no_new_database(bridge: MakeBridge) -> None:
    daemon = bridge()
    subscribe(daemon, WRITERS, mode="none")
    daemon.terminate()
    database = find_database(daemon)
    whole = database.read_bytes()
    faults = {
        b"": "is empty",
        b"no database" * 1000: "file is not a database",
        whole[:8192] + os.urandom(len(whole) - 8192): "restore a backup",
    }
    for content, words in faults.items():
        database.write_bytes(content)
        line = refused_start(daemon)
        assert words in line and "\n" not in line, line
        assert database.read_bytes() == content
    database.write_bytes(whole)
    daemon.start()


def test_D6_damage_found_while_running_is_an_alarm_and_4xx(bridge: MakeBridge) -> None:
    daemon = bridge()
    subscribe(daemon, WRITERS, mode="none")
    daemon.terminate()
    database = find_database(daemon)
    size = database.stat().st_size
    daemon.start()
    with database.open("r+b") as file:  # after the start has read it through
        file.seek(8192)
        file.write(os.urandom(size - 8192))
    codes = {offer(daemon, mail(f"hurt.{n}")) for n in range(5)}
    assert codes <= {250, 451}, codes
    wait_for(lambda: "trouble=damaged" in daemon.log(50_000), 20)
    assert daemon.alive
    assert "restore a backup" in daemon.log(50_000)
    assert daemon.get("/health")[0] == 503


def test_two_daemons_on_one_folder(bridge: MakeBridge) -> None:
    first = bridge()
    second = bridge(start=False)
    second.config.write_text(second.config.read_text().replace("bridge1/data", "bridge0/data"))
    line = refused_start(second)
    assert f"in use by another threadbridge (process {first.pid})" in line and "\n" not in line
    assert first.alive
    first.cli("stats")
