"""A8 in its long form: a link scanner opens the link to unsubscribe of each letter, then each reader clicks, twice.

python -m tests.soak.leaving [--readers 1000]
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

from tests.e2e.story import subscribe
from tests.servers import Daemon, Sink, started

from .table import measured

WRITER = "wanda@home.test"
MAIL = f"From: {WRITER}\r\nTo: forum@bridge.test\r\nSubject: Tools\r\n\r\nThe ladder is back.\r\n"
LINK = re.compile(rb"List-Unsubscribe:\s*<https?://[^/>]+(/[^>]+)>", re.IGNORECASE)
CLICK = b"List-Unsubscribe=One-Click"
SECONDS = 1.0
"""Within which a click is answered."""


def run(folder: Path, readers: int) -> tuple[bool, dict[str, object]]:
    """Do it; gives whether the promise held, and the figures."""
    with Sink() as sink:
        daemon = started(folder, sink.port)
        try:
            subscribe(daemon, {f"reader{n}@readers.test": "" for n in range(readers)})
            subscribe(daemon, {WRITER: "Wanda"}, mode="none")
            daemon.send((WRITER, ["forum@bridge.test"], MAIL.encode()))
            sink.wait(lambda sink: len(sink.mails) >= readers, 120)
            links = [found[1].decode() for mail in sink.mails if (found := LINK.search(mail.content))]
            opened = sum(daemon.get(link)[0] == 200 for link in links)
            still = subscribed(daemon)
            waits = [clicked(daemon, link) for link in links]
            left = readers - subscribed(daemon)
            again = sum(daemon.post(link, CLICK) == 200 for link in links)
        finally:
            daemon.kill9()
    quick = sum(wait < SECONDS for wait in waits)
    figures = {
        "letters": len(links), "opened": opened, "left by GET": readers - still, "left by POST": left,
        "within a second": quick, "most": f"{max(waits) * 1000:.0f} ms", "again 200": again,
    }  # fmt: skip
    return len(links) == opened == still == left == quick == again == readers, figures


def subscribed(daemon: Daemon) -> int:
    """How many readers get letters."""
    people = daemon.lines("people", "list")
    return sum("reader" in person["address"][0] and bool(person["lists"]) for person in people)


def clicked(daemon: Daemon, link: str) -> float:
    """The seconds that a click takes; infinite where it is not answered with 200."""
    began = time.monotonic()
    return time.monotonic() - began if daemon.post(link, CLICK) == 200 else float("inf")


def main() -> int:
    """Read the options, run, print."""
    options = argparse.ArgumentParser()
    options.add_argument("--readers", type=int, default=1000)
    wanted = options.parse_args()
    command = f"python -m tests.soak.leaving --readers {wanted.readers}"
    return measured("A8", command, lambda folder: run(folder, wanted.readers))


if __name__ == "__main__":
    sys.exit(main())
