"""R3 in its long form: what reading a mail costs when it is twice and four times as large, for each hostile shape.

    python -m tests.soak.linear [--size 100000] [--largest 4]

A mail of each shape of tests/hostile.py is read whole (parsed, cleaned, rendered) at its size and four times that. What
is refused or fast says nothing about growth: only shapes that take over 20 ms at four times the size are compared. The
promise: four times the size takes at most five times as long, and less than a second.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time

from bridge.errors import Permanent
from bridge.mail.triage import Own
from bridge.mailroom.reading import read, understand
from bridge.reply.known import NOTHING
from tests import hostile

from .table import report

OWN = Own("forum.example", frozenset())
TOLD = 0.02
"""Below so many seconds nothing is to be learned."""


def took(raw: bytes, times: int = 3) -> float:
    """The CPU seconds that reading takes, the least of some; 0 where the mail is refused."""
    found = []
    for _ in range(times):
        gc.collect()
        began = time.process_time()
        try:
            understand(read(raw, "a@b.example", OWN), NOTHING)
        except Permanent:
            return 0.0
        found.append(time.process_time() - began)
        if found[0] > 1:
            break
    return min(found)


def run(size: int, show: int) -> tuple[bool, dict[str, object]]:
    """Whether it held, and the figures."""
    growth: dict[str, float] = {}
    largest: dict[str, float] = {}
    refused = 0
    for name, shape in hostile.SHAPES.items():
        least, most = took(shape(size)), took(shape(4 * size))
        refused += not most
        largest[name] = most
        if most > TOLD and least:
            growth[name] = most / least
    slow = sorted(largest, key=lambda name: -largest[name])[:show]
    steep = sorted(growth, key=lambda name: -growth[name])[:show]
    figures: dict[str, object] = {
        "shapes": len(largest), "refused at four times the size": refused, "compared": len(growth),
        "steepest": ", ".join(f"{name} x {growth[name]:.1f}" for name in steep),
        "slowest": ", ".join(f"{name} {largest[name]:.2f} s" for name in slow),
    }  # fmt: skip
    return max(growth.values(), default=0) <= 5 and max(largest.values()) < 1, figures


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="reading takes linear time")
    parser.add_argument("--size", type=int, default=100_000, help="bytes of the smallest mail")
    parser.add_argument("--largest", type=int, default=4, help="so many shapes are named")
    asked = parser.parse_args()
    well, figures = run(asked.size, asked.largest)
    return report("R3", f"python -m tests.soak.linear --size {asked.size}", well, figures)


if __name__ == "__main__":
    sys.exit(main())
