"""D1 and D3 in their long form: `kill -9` of a daemon at work, again and again, judged by a ledger of truth.

    python -m tests.soak.kills --kills 1000 [--clients 4] [--pause 0] [--readers 10] [--seed 1] [--dir FOLDER]

Clients send without pause, or rest for so many seconds after each mail; the process group is killed 5 to 2000 ms after
it is ready, and started again. The truth is what the clients were told 250 for and what the smarthost took, not what
the database says. Each 50th time the whole database is checked.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.e2e.story import find_database, header, query, settle, subscribe
from tests.e2e.test_durability import WRITERS, Clients, posted
from tests.servers import Sink, started

from .table import report

CHECK_EACH = 50
PATIENCE = 3600
"""Seconds: killed each second a daemon sends a tenth of its letters, so most of them are left at the end."""


def run(
    kills: int, clients: int, pause: float, readers: int, seed: int, folder: Path
) -> tuple[bool, dict[str, object]]:
    """Do it; gives whether the promise held, and the figures."""
    chance = random.Random(seed)
    people = {f"reader{n:03d}@readers.test": f"Reader Number{n}" for n in range(readers)}
    with Sink() as sink:
        daemon = started(folder, sink.port)
        subscribe(daemon, people)
        subscribe(daemon, WRITERS, mode="none")
        senders = Clients(daemon, clients, pause=pause)
        began, checks, corrupt = time.monotonic(), 0, 0
        for n in range(1, kills + 1):
            time.sleep(chance.uniform(0.005, 2.0))
            daemon.kill9()
            if n % CHECK_EACH == 0:
                checks += 1
                corrupt += query(find_database(daemon), "pragma integrity_check") != [("ok",)]
                told = f"{n} kills, {len(senders.acknowledged)} acknowledged, {len(sink.mails)} letters"
                print(told, f"{time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            daemon.start(60)
        senders.stop()
        settle(daemon, len(senders.acknowledged), PATIENCE)
        _wait_for_letters(sink, len(senders.acknowledged) * readers)
        posts = posted(daemon)
        checks += 1
        corrupt += query(find_database(daemon), "pragma integrity_check") != [("ok",)]
        daemon.terminate()
        letters = Counter((copy.recipients[0], header(copy.content, "Message-ID")) for copy in sink.mails)
    lost = [number for number in senders.acknowledged if number not in posts]
    twice = [number for number, times in posts.items() if times > 1]
    strange = set(posts) - set(senders.acknowledged) - senders.open
    unheard = readers * len(posts) - len(letters)
    doubles = sum(letters.values()) - len(letters)
    figures: dict[str, object] = {
        "kills": kills, "acknowledged": len(senders.acknowledged), "lost": len(lost), "posted twice": len(twice),
        "from nowhere": len(strange), "5xx": len(senders.refused), "letters": len(letters),
        "not delivered": unheard, "doubles": doubles, "integrity checks": checks, "corrupt": corrupt,
    }  # fmt: skip
    well = not (lost or twice or strange or senders.refused or unheard or corrupt) and doubles <= kills
    return well, figures


def _wait_for_letters(sink: Sink, least: int, quiet: float = 5) -> None:
    """Until at least so many letters came, and none for a while."""
    end = time.monotonic() + PATIENCE
    while len(sink.mails) < least and time.monotonic() < end:
        time.sleep(0.2)
    sink.settle(quiet, PATIENCE)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="kill -9 of a daemon at work")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=4, choices=range(1, 5))
    parser.add_argument("--pause", type=float, default=0)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dir", type=Path, help="keep what is made here; else a temporary folder")
    asked = parser.parse_args()
    folder = asked.dir or Path(tempfile.mkdtemp(prefix="kills-"))
    well, figures = run(asked.kills, asked.clients, asked.pause, asked.readers, asked.seed, folder)
    if asked.dir is None and well:
        shutil.rmtree(folder)
    run_as = (
        f"--kills {asked.kills} --clients {asked.clients} --pause {asked.pause:g} --readers {asked.readers}"
    )
    return report("D1, D3", f"python -m tests.soak.kills {run_as}", well, figures)


if __name__ == "__main__":
    sys.exit(main())
