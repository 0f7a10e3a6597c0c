"""Which tests are named by which promise, and what the table of docs/security.md says of it.

    python -m tests.promises

writes the right number of tests into each row of that table. A test is named by a promise as in `test_D5_...`, or by
several as in `test_S1_S2_...`. Tests are read, not run: parameters of one test count once.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "security.md"
ROW = re.compile(r"^\| ([A-Z]\d+) \| ([^|]*) \| `(\w+)`(?: and (\d+) more)? \|", re.M)
PROMISE = re.compile(r"(?<=_)[DISLACORPX]\d+(?=_)")


@dataclass(frozen=True)
class Row:
    """A line of the table: the promise, the test that it names, and how many there are by its count."""

    promise: str
    test: str
    count: int


def named() -> dict[str, set[tuple[str, str]]]:
    """The tests of each promise, by file and name."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for path in TESTS.rglob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                for promise in PROMISE.findall(node.name):
                    found[promise].add((str(path.relative_to(TESTS)), node.name))
    return found


def rows() -> Iterator[Row]:
    """The table as it is."""
    for promise, _, test, more in ROW.findall(PAGE.read_text(encoding="utf-8")):
        yield Row(promise, test, 1 + int(more or 0))


def main() -> int:
    """Write the numbers."""
    there = named()

    def counted(found: re.Match[str]) -> str:
        promise, told, test, _ = found.groups()
        more = len(there[promise]) - 1
        return f"| {promise} | {told} | `{test}`{f' and {more} more' if more else ''} |"

    old = PAGE.read_text(encoding="utf-8")
    new = ROW.sub(counted, old)
    PAGE.write_text(new, encoding="utf-8")
    print("as it was" if new == old else f"{PAGE} has other numbers now")
    return 0


if __name__ == "__main__":
    sys.exit(main())
