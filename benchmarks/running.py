"""A whole daemon in a scratch folder, as its own process, for the benchmarks that look at it from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONFIG = """
[site]
name = "Bench"
domain = "bench.test"
url = "http://127.0.0.1:{web}"
data_dir = "{folder}/data"
[[list]]
name = "commons"
address = "commons@bench.test"
title = "Commons"
[smtp]
listen = "127.0.0.1:{smtp}"
[web]
listen = "127.0.0.1:{web}"
[outgoing]
{outgoing}
"""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Daemon:
    """A running daemon: its process, where its door is, and how many seconds it took until all doors were open."""

    pid: int
    smtp: int
    ready: float

    def pids(self) -> list[int]:
        """The daemon's process and all that it started."""
        found = [self.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, task.read_text().split())
        return found

    def cpu(self) -> float:
        """Seconds of CPU that they have taken."""
        total = 0
        for pid in self.pids():
            values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(values[11]) + int(values[12])
        return total / TICKS

    def pss(self) -> int:
        """Kilobytes of memory, shared pages shared out."""
        rolled = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.pids())
        return sum(
            int(line.split()[1]) for each in rolled for line in each.splitlines() if line.startswith("Pss:")
        )

    def wakes(self) -> int:
        """How often their threads have gone to sleep, and so woken."""
        states = (
            path.read_text() for pid in self.pids() for path in Path(f"/proc/{pid}/task").glob("*/status")
        )
        return sum(
            int(line.split()[1])
            for each in states
            for line in each.splitlines()
            if line.startswith("voluntary_ctxt")
        )


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def command(*words: str) -> list[str]:
    """A command of threadbridge in this checkout."""
    return [sys.executable, "-m", "bridge", *words]


@contextmanager
def daemon(folder: Path, people: int = 0, outgoing: str = 'kind = "maildir"') -> Iterator[Daemon]:
    """A daemon with one list of so many people, ended by SIGTERM."""
    smtp, web, config = free_port(), free_port(), folder / "config.toml"
    config.write_text(CONFIG.format(folder=folder, smtp=smtp, web=web, outgoing=outgoing))
    rows = "".join(f"person{number}@members.test,,,commons,each\n" for number in range(people))
    (folder / "people.csv").write_text(f"address,name,handles,lists,mode\n{rows}")
    words = ("people", "import", str(folder / "people.csv"), "-c", str(config))
    subprocess.run(command(*words), check=True, stdout=subprocess.DEVNULL)
    log, began = folder / "log", time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command("run", "-c", str(config)), stderr=out, stdout=out)
    try:
        while b" started " not in log.read_bytes():
            if process.poll() is not None:
                raise RuntimeError(log.read_text())
            time.sleep(0.005)
        yield Daemon(process.pid, smtp, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)
