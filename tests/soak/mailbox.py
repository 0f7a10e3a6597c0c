"""I1 to I8 in their long form: a daemon on a real Dovecot that is renumbered, cut, stopped, disturbed and poisoned.

    python -m tests.soak.mailbox [--rows I1,I4] [--scale 1.0]

Prints a row for each promise; `--scale 0.1` does a tenth of it. In full it takes about two hours, most of them for the
200 interruptions of I2.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tests.e2e import mailboxes
from tests.e2e.mailboxes import Found

from .table import HEAD, line


def rows(scale: float) -> dict[str, Callable[[], Found]]:
    """Each promise with its amount."""

    def of(amount: int) -> int:
        return max(1, round(amount * scale))

    return {
        "I1": lambda: mailboxes.renumbered(of(1000)),
        "I2": lambda: mailboxes.interrupted(of(200), 30),
        "I3": lambda: mailboxes.stood_still(300 * scale),
        "I4": lambda: mailboxes.great(of(200), of(1000)),
        "I5": lambda: mailboxes.disturbed(of(1000)),
        "I6": lambda: mailboxes.poisoned(100, of(500)),
        "I7": lambda: mailboxes.locked_out(600 * scale),
        "I8": lambda: mailboxes.shared(of(500)),
    }


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="a mailbox under fire")
    parser.add_argument("--rows", default="", help="as in I1,I4; all where it is left out")
    parser.add_argument("--scale", type=float, default=1.0, help="how much of the full amounts")
    asked = parser.parse_args()
    known = rows(asked.scale)
    wanted = asked.rows.split(",") if asked.rows else list(known)
    print("| " + " | ".join(HEAD) + " |")
    print("|" + " --- |" * len(HEAD))
    broken = 0
    for row in wanted:
        try:
            well, figures = known[row]()
        except AssertionError as fault:
            well, figures = False, {"fault": " ".join(str(fault).split())[:300].replace("|", "/")}
        broken += not well
        scale = f" --scale {asked.scale:g}" if asked.scale != 1 else ""
        print(line(row, f"python -m tests.soak.mailbox --rows {row}{scale}", well, figures), flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
