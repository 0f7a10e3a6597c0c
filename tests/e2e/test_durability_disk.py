"""Promises D4, D5 and D6 in their short forms: power cuts, a full disk, a database in other hands."""

from __future__ import annotations

import contextlib
import random
import shutil
import smtplib
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import powercut
from tests.ground import ROOT
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


@contextlib.contextmanager
def small_disk(path: Path, megabytes: int = 64) -> Iterator[Path]:
    """A file system of so many megabytes at `path`."""
    path.mkdir(parents=True)
    if not ROOT or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", path]).returncode:
        pytest.skip("only root may mount a small file system, where it may at all")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=True)


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
    with small_disk(tmp_path / "bridge0" / "data") as data:
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
        wait_for(lambda: len({(m.recipients, header(m.content, "Message-ID")) for m in sink.mails}) >= 3 * total, 60)
        doubles = len(sink.mails) - 3 * total
        assert doubles == 0
        assert daemon.terminate()[1] == 0
        daemon.kill9()
