"""Thousands of malformed mails by SMTP, good ones in between: nothing crashes, hangs or holds the good ones up (R2).

    .venv/bin/python -m tests.soak.malformed [--mails 2000] [--seed 1]

Four clients send the mails of `tests/hostile.py`, every tenth a good one; a good one is done when its outcome stands in
the ledger. A table is printed: answers at the door, outcomes, how long the good ones took, tracebacks, memory.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import smtplib
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from tests import hostile
from tests.daemonprocess import Daemon, crlf, started

ADA = "ada@members.example"
CLIENTS = 4
TICKS = os.sysconf("SC_CLK_TCK")


def mail(number: int, seed: int) -> tuple[bool, bytes]:
    """A mail of a number: every tenth is a good one."""
    if number % 10 == 0:
        good = hostile.letter(b"Good words of mail %d.\r\n" % number, number=number)
        return True, good.replace(b"general@forum.example", b"forum@bridge.test").replace(
            b"Tools", b"Good %d" % number
        )
    if number % 10 == 1:
        shapes = list(hostile.SHAPES.values())
        return False, shapes[number // 10 % len(shapes)](random.Random(number).randint(1_000, 300_000))
    return False, hostile.odd(seed * 1_000_000 + number)


def send(
    daemon: Daemon, numbers: list[int], seed: int, answers: Counter[str], begun: dict[int, float]
) -> None:
    """One client: a session a mail, as strangers come."""
    for number in numbers:
        _, raw = mail(number, seed)
        begun[number] = time.time()
        try:
            with daemon.client() as door:
                door.sendmail(ADA, "forum@bridge.test", crlf(raw))
            answers["250"] += 1
        except smtplib.SMTPResponseException as refusal:
            answers[f"{refusal.smtp_code}"] += 1
        except (smtplib.SMTPException, OSError) as fault:
            answers[type(fault).__name__] += 1


def memory(pid: int) -> int:
    """The largest resident set of the daemon so far, in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def cpu(pid: int) -> tuple[float, float]:
    """Seconds of CPU of the daemon's process so far, and of those that it started, ended or not."""
    values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own, ended = sum(map(int, values[11:13])), sum(map(int, values[13:15]))
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    others = [sum(cpu(int(child))) for task in tasks for child in task.read_text().split()]
    return own / TICKS, ended / TICKS + sum(others)


def run(folder: Path, count: int, seed: int) -> bool:
    """Send all, wait until none waits, print the table; gives whether nothing crashed, hung or was lost."""
    daemon = started(folder)
    try:
        daemon.people([(ADA, "Ada", "", "forum", "each"), ("bo@members.example", "Bo", "", "forum", "each")])
        answers: Counter[str] = Counter()
        begun: dict[int, float] = {}
        clients = [
            threading.Thread(
                target=send, args=(daemon, list(range(first, count, CLIENTS)), seed, answers, begun)
            )
            for first in range(CLIENTS)
        ]
        began = time.monotonic()
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        rows = settled(daemon, folder)
        return report(daemon, rows, answers, begun, time.monotonic() - began)
    finally:
        with contextlib.suppress(AssertionError):
            daemon.terminate()


def settled(daemon: Daemon, folder: Path, seconds: float = 300) -> list[sqlite3.Row]:
    """The ledger once no mail waits."""
    database = sqlite3.connect(f"file:{folder}/data/threadbridge.db?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    end = time.monotonic() + seconds
    while database.execute("select 1 from ledger where outcome = 'waiting'").fetchone():
        if time.monotonic() > end or not daemon.alive:
            break
        time.sleep(0.2)
    return database.execute("select * from ledger").fetchall()


def report(
    daemon: Daemon, rows: list[sqlite3.Row], answers: Counter[str], begun: dict[int, float], seconds: float
) -> bool:
    """The table, and whether all held but for the wait, which is the machine's."""
    log, count = daemon.log(100_000_000), len(begun)
    good = [row for row in rows if row["outcome"] == "posted" and _is_good(row["message_id"], count)]
    took = sorted((row["ended"] - row["received"]) / 1e6 for row in good)
    in_all = sorted(row["ended"] / 1e6 - begun[_number(row["message_id"])] for row in good)
    walks = sorted(row["ms"] for row in rows if row["ms"])
    outcomes = Counter(f"{row['outcome']} {row['code']}".strip() for row in rows)
    lost, failed = log.count("reader lost"), log.count("walk failed")
    table = {
        "mails sent": f"{count} by {CLIENTS} clients in {max(begun.values()) - min(begun.values()):.0f} s,"
        f" walked after {seconds:.0f} s",
        "answers at the door": dict(answers),
        "outcomes": dict(outcomes.most_common()),
        "parked for": dict(Counter(row["reason"][:70] for row in rows if row["outcome"] == "parked")),
        "walk, ms": spread(walks),
        "good, 250 to end, s": spread(took),
        "good, from connect": spread(in_all),
        "CPU, s": "{:.1f} of the daemon, {:.1f} of its readers".format(*cpu(daemon.pid)),
        "daemon": f"{'alive' if daemon.alive else 'DEAD'}, at most {memory(daemon.pid) / 1024:.0f} MB resident",
        "in its log": f"{log.count('Traceback')} tracebacks, {lost} readers lost, {failed} walks failed",
    }
    for name, value in table.items():
        print(f"{name:20} {value}")
    crashed = log.count("Traceback") + lost + failed + (not daemon.alive)
    return not crashed and answers["250"] == len(rows) and "waiting" not in outcomes


def _number(message_id: str) -> int:
    """Of a mail by its Message-ID, -1 where that bears none; all shapes bear 0."""
    number = message_id.removeprefix("m").partition("@")[0]
    return int(number) if number.isdecimal() else -1


def _is_good(message_id: str, count: int) -> bool:
    return 0 < _number(message_id) < count and _number(message_id) % 10 == 0


def spread(values: list[float]) -> str:
    """Median, 99th percentile and the largest of sorted values."""
    if not values:
        return "none"
    return f"median {values[len(values) // 2]:.3f}, p99 {values[len(values) * 99 // 100]:.3f}, most {values[-1]:.3f}"


def main() -> int:
    """Run as asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--mails", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return 0 if run(Path(folder), given.mails, given.seed) else 1


if __name__ == "__main__":
    sys.exit(main())
