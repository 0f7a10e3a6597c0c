"""Memory that nothing uses goes back to the system, where the C library can do that."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from bridge.daemon import memory


class Library:
    """A C library that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, ...]] = []

    def mallopt(self, *numbers: int) -> int:
        self.asked.append(numbers)
        return 1

    def malloc_trim(self, *numbers: int) -> int:
        self.asked.append(numbers)
        return 1


def test_R6_heaps_are_shared_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    memory.share_heaps()
    memory.give_back()
    assert library.asked == [(-8, 2), (0,)]


def test_another_c_library_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(_: Any) -> Any:
        return object()

    monkeypatch.setattr(ctypes, "CDLL", without)
    memory.share_heaps()
    memory.give_back()
