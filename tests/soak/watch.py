"""X2 in its long form: the relay and the mailbox go away; how long until /health is red, and until it is well again?

    python -m tests.soak.watch [--seconds 240] [--silent]

With `--silent` the IMAP server stands still, instead of going away, so that nobody is told that it is gone. `--seconds`
is `[limits] alarm_seconds`, 240 where it is not set. The promise: red within five minutes.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

from tests.e2e.conftest import imap_config
from tests.e2e.mailboxes import ADA, mail
from tests.e2e.story import subscribe
from tests.servers import Daemon, Dovecot, Sink, config_text, directory, free_port, wait_for

from .table import report

PROMISED = 300
KINDS = ("letters wait to be sent", "a mailbox cannot be read")


def red(daemon: Daemon, seconds: float) -> dict[str, float]:
    """After how many seconds each alarm is raised; asked each second."""
    began, found = time.monotonic(), dict[str, float]()
    while len(found) < len(KINDS) and time.monotonic() - began < seconds:
        for line in daemon.get("/health")[1].splitlines():
            if line in KINDS:
                found.setdefault(line, round(time.monotonic() - began, 1))
        time.sleep(1)
    return found


def run(folder: Path, seconds: int, silent: bool) -> tuple[bool, dict[str, object]]:
    """Do it; gives whether the promise held, and the figures."""
    dovecot = Dovecot(folder).start()
    smtp, web = free_port(), free_port()
    more = imap_config(dovecot, "alice") + f"\n[limits]\nalarm_seconds = {seconds}\n"
    with Sink() as sink:
        text = config_text(data=folder / "bridge" / "data", smtp=smtp, web=web, sink=sink.port, more=more)
        daemon = Daemon(folder / "bridge", text, smtp=smtp, web=web).start()
        subscribe(daemon, {ADA: "Ada", "bo@members.example": "Bo"})
        wait_for(lambda: "connected" in daemon.log(), 20, "the mailbox")
        well_before = daemon.get("/health") == (200, "ok\n")
    try:
        dovecot.signal(signal.SIGSTOP) if silent else dovecot.kill()
        daemon.send((ADA, "forum@bridge.test", mail(1)))
        after = red(daemon, PROMISED + 60)
        wait_for(lambda: daemon.log(1_000_000).count(" what=") == len(KINDS), 90, "both alarms in the log")
        with Sink(port=sink.port) as again:
            dovecot.signal(signal.SIGCONT) if silent else dovecot.start()
            began = time.monotonic()
            wait_for(lambda: daemon.get("/health") == (200, "ok\n"), 180, "all well again")
            back = round(time.monotonic() - began, 1)
            again.wait(lambda each: len(each.mails) == 1, 60)
        wait_for(lambda: daemon.log(1_000_000).count(" alarm over ") == len(KINDS), 120, "the end in the log")
        said = daemon.log(1_000_000)
    finally:
        daemon.kill9()
        dovecot.signal(signal.SIGCONT) if dovecot.running else None
        dovecot.stop()
    lines = said.count(" alarm over "), said.count(" alarm ") - said.count(" alarm over ")
    figures: dict[str, object] = {
        **{f"red after s ({kind})": after.get(kind, "never") for kind in KINDS},
        "well again after s": back, "lines in the log": f"{lines[1]} when it began, {lines[0]} when it ended",
    }  # fmt: skip
    return well_before and len(after) == len(KINDS) and max(after.values()) <= PROMISED, figures


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="alarms")
    parser.add_argument("--seconds", type=int, default=240, help="[limits] alarm_seconds")
    parser.add_argument("--silent", action="store_true", help="the IMAP server stands still")
    asked = parser.parse_args()
    with directory("watch") as folder:
        well, figures = run(folder, asked.seconds, asked.silent)
    return report("X2", f"python -m tests.soak.watch{' --silent' if asked.silent else ''}", well, figures)


if __name__ == "__main__":
    sys.exit(main())
