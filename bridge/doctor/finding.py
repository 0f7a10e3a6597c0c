"""What the doctor found: a level, what it is about, what is so, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warn", "FAIL"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's; `cure` is empty where nothing is to be done."""

    level: Level
    about: str
    told: str
    cure: str = ""

    def __str__(self) -> str:
        line = f"{self.level:<4}  {self.about}: {self.told}"
        return " ".join((f"{line}; {self.cure}" if self.cure else line).split("\n"))


def ok(about: str, told: str) -> Finding:
    """All is well."""
    return Finding("ok", about, told)


def warn(about: str, told: str, cure: str) -> Finding:
    """It works, and deserves a second thought."""
    return Finding("warn", about, told, cure)


def fail(about: str, told: str, cure: str) -> Finding:
    """It does not work, or does harm."""
    return Finding("FAIL", about, told, cure)


def exit_code(findings: Iterable[Finding]) -> int:
    """0 where all is well, 1 with warnings, 2 with failures."""
    levels = {finding.level for finding in findings}
    return 2 if "FAIL" in levels else 1 if "warn" in levels else 0
