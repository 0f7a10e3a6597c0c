"""O8 in its long form: a relay that takes ten seconds a letter, and how long senders wait for their 250 meanwhile.

python -m tests.soak.slow [--mails 2000] [--pause 10]

Four clients send mails that go to fifty subscribers each, without pause, so that more and more letters wait.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from pathlib import Path

from tests.e2e.story import subscribe
from tests.servers import Daemon, Sink, started

from .table import measured, rss

CLIENTS = 4
READERS = 50
PROMISED = 0.3
"""Seconds within which 99 of 100 mails have their answer."""
WRITER, FORUM = "wanda@home.test", "forum@bridge.test"


def send(daemon: Daemon, numbers: range, waits: list[float]) -> None:
    """One client: a session, a mail after another."""
    with daemon.client() as door:
        for number in numbers:
            head = (
                f"From: {WRITER}\r\nTo: {FORUM}\r\nSubject: {number}\r\nMessage-ID: <{number}@home.test>\r\n"
            )
            began = time.monotonic()
            door.sendmail(WRITER, [FORUM], f"{head}\r\nThe ladder is back.\r\n".encode())
            waits.append(time.monotonic() - began)


def run(folder: Path, count: int, pause: float) -> tuple[bool, dict[str, object]]:
    """Do it; gives whether the promise held, and the figures."""
    waits = list[float]()
    with Sink(pause=pause) as sink:
        daemon = started(folder, sink.port)
        try:
            subscribe(daemon, {f"reader{n}@readers.test": "" for n in range(READERS)})
            subscribe(daemon, {WRITER: "Wanda"}, mode="none")
            clients = [
                threading.Thread(target=send, args=(daemon, range(first, count, CLIENTS), waits))
                for first in range(CLIENTS)
            ]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
            posted = sum(row["outcome"] == "posted" for row in daemon.settled(count, 600))
            letters, memory = posted * READERS - len(sink.mails), rss(daemon.pid)
            took, code = daemon.terminate()
        finally:
            daemon.kill9()
    waits.sort()
    median, p99, most = (waits[place] for place in (len(waits) // 2, len(waits) * 99 // 100, -1))
    figures = {
        "mails": len(waits), "posted": posted, "letters waiting": letters, "answer, median": f"{median * 1000:.0f} ms",
        "p99": f"{p99 * 1000:.0f} ms", "most": f"{most * 1000:.0f} ms", "memory": f"{memory // 1024} MB",
        "SIGTERM": f"{took:.1f} s, exit {code}",
    }  # fmt: skip
    return p99 < PROMISED and posted == count and code == 0, figures


def main() -> int:
    """Read the options, run, print."""
    options = argparse.ArgumentParser()
    options.add_argument("--mails", type=int, default=2000)
    options.add_argument("--pause", type=float, default=10.0)
    wanted = options.parse_args()
    command = f"python -m tests.soak.slow --mails {wanted.mails} --pause {wanted.pause:g}"
    return measured("O8", command, lambda folder: run(folder, wanted.mails, wanted.pause))


if __name__ == "__main__":
    sys.exit(main())
