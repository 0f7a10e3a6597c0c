"""What a long run prints: one row of the table in docs/security.md, with date and machine."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

HEAD = ("row", "run", "result", "figures", "when, where")


def machine() -> str:
    """The machine in a few words: cores, memory, kernel, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release().split('-')[0]},"
        f" Python {platform.python_version()}"
    )


def line(row: str, run: str, well: bool, figures: Mapping[str, object]) -> str:
    """A Markdown row: promise, command, `held` or `BROKEN`, figures."""
    told = ", ".join(f"{name} {value}" for name, value in figures.items())
    cells = (
        row,
        f"`{run}`",
        "held" if well else "**BROKEN**",
        told,
        f"{datetime.now(UTC):%Y-%m-%d}, {machine()}",
    )
    return "| " + " | ".join(cells) + " |"


def report(row: str, run: str, well: bool, figures: Mapping[str, object]) -> int:
    """Print the head and the row; gives the exit code."""
    print("| " + " | ".join(HEAD) + " |")
    print("|" + " --- |" * len(HEAD))
    print(line(row, run, well, figures))
    return 0 if well else 1


def measured(row: str, command: str, run: Callable[[Path], tuple[bool, Mapping[str, object]]]) -> int:
    """Run in a scratch folder, which gives whether the promise held and the figures; as `report`."""
    with tempfile.TemporaryDirectory() as folder:
        well, figures = run(Path(folder))
    return report(row, command, well, figures)


def rss(pid: int) -> int:
    """The memory of a process, in kilobytes; 0 when it is gone."""
    try:
        for each in Path(f"/proc/{pid}/status").read_text().splitlines():
            if each.startswith("VmRSS:"):
                return int(each.split()[1])
    except OSError:
        pass
    return 0
