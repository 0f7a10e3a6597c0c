"""What the relay took and the database does not say yet: a small file that outlives a killed process.

Results are written to the database in batches, for each commit costs an fsync. Between a relay's 250 and that
commit, a line here (`DELIVERY-ID CREATED ANSWER`) remembers the letter: an append without fsync costs microseconds
and survives `kill -9`, after which the next sender reads it before it sends anything. Only a power cut can lose a
line, and the letter then goes out twice, never not at all. Two files take turns: while one batch is being
committed, new lines go to the other.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NamedTuple


class Taken(NamedTuple):
    """A letter that a relay took: its delivery, known again by when it was queued, and the relay's answer."""

    delivery_id: int
    created: int
    answer: str


class Journal:
    """The two files at `path`.0 and `path`.1, made with mode 0600."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._paths = (path.with_name(path.name + ".0"), path.with_name(path.name + ".1"))
        self._files = [os.open(each, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600) for each in self._paths]
        self._turn = 0

    def left_over(self) -> list[Taken]:
        """The letters that a former sender had no time to record; a line cut short is left out."""
        lines = [line for path in self._paths for line in path.read_bytes().split(b"\n")[:-1]]
        fields = [line.decode(errors="replace").split(" ", 2) for line in lines]
        return [
            Taken(int(field[0]), int(field[1]), field[2])
            for field in fields
            if len(field) == 3 and field[0].isdigit() and field[1].isdigit()
        ]

    def note(self, taken: Taken) -> None:
        """Remember a letter, in one write. Raises OSError where the disk is full; no half of a line stays then."""
        line = f"{taken.delivery_id} {taken.created} {taken.answer}".replace("\n", " ")
        whole, file = line.encode(errors="replace") + b"\n", self._files[self._turn]
        written = os.write(file, whole)
        if written < len(whole):
            os.ftruncate(file, os.fstat(file).st_size - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def turn(self) -> None:
        """From here on lines go to the other file: those so far are about to be committed."""
        self._turn = 1 - self._turn

    def committed(self) -> None:
        """Forget the lines from before the turn."""
        os.ftruncate(self._files[1 - self._turn], 0)

    def forget(self) -> None:
        """Forget everything: what was left over is recorded."""
        for file in self._files:
            os.ftruncate(file, 0)

    def close(self) -> None:
        """Close both files."""
        for file in self._files:
            os.close(file)
