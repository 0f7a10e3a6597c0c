"""Letters give way to mails that come in: both want the one loop, and at the door somebody waits for an answer.

While mails come in a rush, each connection to the relay rests PAUSE seconds after SLICE letters: some seven hundred
letters a second go out all the same. Alone, letters follow each other without a rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
SLICE = 8
PAUSE = 0.02


class Slices(Generic[T]):
    """Letters in slices: to go over it once more takes up where it ended, while `more` says that there are some."""

    def __init__(self, letters: Iterator[T], rush: Callable[[], bool]) -> None:
        self._letters, self._rush = letters, rush
        self.more = True

    def __iter__(self) -> Iterator[T]:
        taken = 0
        while taken < SLICE or not self._rush():
            try:
                letter = next(self._letters)
            except StopIteration:
                self.more = False
                return
            taken += 1
            yield letter
