"""R6 in its long form: hours of mixed load with faults, and what the daemon's process takes meanwhile.

    python -m tests.soak.mixed --hours 4 [--dir FOLDER] [--each SECONDS]

Two clients write mails, one writes broken ones and hangs up in the middle, one reads pages; the relay puts off one
letter in ten, and cuts one connection in fifty. Every other minute something else goes wrong: the database is held by
another program, SIGHUP, a relay that is silent. Each minute memory, open files, threads, WAL and temporary files are
noted; the slope is that of a straight line through the second half.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import astuple, dataclass
from pathlib import Path

from tests.e2e.story import find_database, header, query, settle, subscribe
from tests.e2e.test_durability import WRITERS, Clients, posted
from tests.servers import CUT, DOT, Daemon, Sink, started

from .table import report, rss

READERS = 5
WAL = 64.0
"""Megabytes of write-ahead log that are never to be reached."""
FILLING, RSS_SLOPE = 1.5, 1.0
"""Hours in which caches may still fill, so that a slope tells nothing; megabytes an hour that are no leak later."""
PAUSE = 0.2


@dataclass(frozen=True)
class Sample:
    """One look: hours since the start, megabytes, numbers."""

    hours: float
    rss: float
    files: int
    threads: int
    wal: float
    temporary: int


def sample(daemon: Daemon, began: float) -> Sample:
    """Look at a daemon and its readers."""
    process = Path(f"/proc/{daemon.pid}")
    children = [
        int(pid) for each in (process / "task").iterdir() for pid in (each / "children").read_text().split()
    ]
    data = find_database(daemon).parent
    log = data / "threadbridge.db-wal"
    return Sample(
        (time.monotonic() - began) / 3600,
        sum(map(rss, (daemon.pid, *children))) / 1024,
        len(list((process / "fd").iterdir())),
        len(list((process / "task").iterdir())),
        log.stat().st_size / 2**20 if log.exists() else 0.0,
        sum(1 for each in data.rglob("*") if each.suffix in (".part", ".tmp", ".new")),
    )


def slope(samples: list[Sample]) -> float:
    """Megabytes an hour, by least squares over the second half."""
    half = samples[len(samples) // 2 :]
    mean_x = sum(each.hours for each in half) / len(half)
    mean_y = sum(each.rss for each in half) / len(half)
    spread = sum((each.hours - mean_x) ** 2 for each in half)
    return sum((each.hours - mean_x) * (each.rss - mean_y) for each in half) / spread if spread else 0.0


class Crowd:
    """Those who read pages, and those who send rubbish, until `stop`."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon, self._stop = daemon, threading.Event()
        self.pages: Counter[int] = Counter()
        self._threads = [threading.Thread(target=each) for each in (self._read, self._spoil)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let them go home."""
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _read(self) -> None:
        while not self._stop.wait(PAUSE):
            with contextlib.suppress(OSError):
                for path in ("/", "/forum", "/forum/1", "/search?q=words", "/feed.atom", "/nothing"):
                    self.pages[self._daemon.get(path)[0]] += 1

    def _spoil(self) -> None:
        chance = random.Random(3)
        while not self._stop.wait(PAUSE):
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self._daemon.smtp), 5) as door,
            ):
                whole = b"EHLO x.test\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<forum@bridge.test>\r\nDATA\r\n"
                whole += chance.randbytes(chance.randrange(20_000)).replace(b"\r\n.\r\n", b"")
                door.sendall(whole[: chance.randrange(len(whole))])


def trouble(n: int, daemon: Daemon, sink: Sink) -> None:
    """Something goes wrong."""
    if n % 3 == 0:
        with contextlib.closing(sqlite3.connect(find_database(daemon), isolation_level=None)) as other:
            other.execute("pragma busy_timeout=10000")
            other.execute("begin immediate")
            time.sleep(3)
            other.execute("rollback")
    elif n % 3 == 1:
        daemon.signal(signal.SIGHUP)
    else:
        sink.pause = 5
        time.sleep(10)
        sink.pause = 0


def run(hours: float, each: float, folder: Path) -> tuple[bool, dict[str, object]]:
    """Do it; gives whether all held, and the figures."""
    chance = random.Random(4)

    def plan(stage: str, sender: str, recipient: str, nth: int) -> str:
        if nth == 0 and stage == DOT and chance.random() < 0.02:
            return CUT
        return "451 4.2.1 later" if nth == 0 and chance.random() < 0.1 else ""

    people = {f"reader{n:03d}@readers.test": f"Reader Number{n}" for n in range(READERS)}
    with Sink(plan) as sink:
        daemon = started(folder, sink.port)
        subscribe(daemon, people)
        subscribe(daemon, WRITERS, mode="none")
        senders, crowd = Clients(daemon, 2, pause=PAUSE), Crowd(daemon)
        began, samples = time.monotonic(), list[Sample]()
        while time.monotonic() - began < hours * 3600:
            time.sleep(each)
            if len(samples) % 2:
                trouble(len(samples) // 2, daemon, sink)
            samples.append(sample(daemon, began))
            print(*(f"{value:.2f}" for value in astuple(samples[-1])), file=sys.stderr, flush=True)
        crowd.stop()
        senders.stop()
        settle(daemon, len(senders.acknowledged), 600)
        least = len(senders.acknowledged) * READERS
        end = time.monotonic() + 200  # who was put off is tried again after a minute
        while len(copies := _copies(sink)) < least and time.monotonic() < end:
            time.sleep(1)
        posts = posted(daemon)
        whole = query(find_database(daemon), "pragma integrity_check") == [("ok",)]
        took, code = daemon.terminate()
    lost = [number for number in senders.acknowledged if number not in posts]
    twice = [number for number, times in posts.items() if times > 1]
    grows = slope(samples)
    figures: dict[str, object] = {
        "hours": round(hours, 2), "acknowledged": len(senders.acknowledged), "lost": len(lost), "twice": len(twice),
        "5xx": len(senders.refused), "letters": len(copies), "not delivered": READERS * len(posts) - len(copies),
        "pages": dict(crowd.pages), "RSS MB": f"{samples[0].rss:.0f} to {samples[-1].rss:.0f}",
        "RSS slope MB/h": round(grows, 1), "files most": max(s.files for s in samples),
        "files last": samples[-1].files, "threads most": max(s.threads for s in samples),
        "WAL MB most": round(max(s.wal for s in samples), 1), "temporary files": samples[-1].temporary,
        "database": "ok" if whole else "CORRUPT", "SIGTERM s": round(took, 1), "exit": code,
    }  # fmt: skip
    well = not (lost or twice or senders.refused or samples[-1].temporary or code) and whole
    well = well and max(s.wal for s in samples) < WAL and samples[-1].files <= samples[0].files + 20
    well = well and (hours < FILLING or grows <= RSS_SLOPE)
    return well and len(copies) >= READERS * len(posts), figures


def _copies(sink: Sink) -> set[tuple[str, str]]:
    return {(copy.recipients[0], header(copy.content, "Message-ID")) for copy in list(sink.mails)}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="hours of mixed load with faults")
    parser.add_argument("--hours", type=float, default=4)
    parser.add_argument("--each", type=float, default=60, help="seconds between two looks")
    parser.add_argument("--dir", type=Path, help="keep what is made here; else a temporary folder")
    asked = parser.parse_args()
    folder = asked.dir or Path(tempfile.mkdtemp(prefix="mixed-"))
    well, figures = run(asked.hours, asked.each, folder)
    if asked.dir is None and well:
        shutil.rmtree(folder)
    return report("R6", f"python -m tests.soak.mixed --hours {asked.hours:g}", well, figures)


if __name__ == "__main__":
    sys.exit(main())
