"""The table of promises in docs/security.md names tests that exist, and leaves none of its promises without one."""

from __future__ import annotations

import pytest

from tests.promises import Row, named, rows

TABLE = list(rows())
THERE = named()
OURS = {
    "D": range(1, 11), "I": range(1, 9), "S": range(1, 11), "L": range(1, 7), "A": range(1, 11), "C": range(1, 11),
    "O": range(1, 10), "R": range(1, 9), "P": range(1, 7), "X": (1, 2, 3, 4, 6, 7),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.promise)
def test_a_promise_has_the_tests_that_it_names(row: Row) -> None:
    assert row.test in {test for _, test in THERE[row.promise]}
    assert row.count <= len(THERE[row.promise]), "python -m tests.promises writes the right number"


def test_each_promise_stands_in_the_table_once() -> None:
    assert [row.promise for row in TABLE] == [f"{kind}{n}" for kind, numbers in OURS.items() for n in numbers]
