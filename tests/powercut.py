"""What a power cut leaves: the files below a folder as they were at the last fsync, rebuilt from an strace log.

    strace(log) + argv        runs a program under strace; its descendants are followed
    Disk(folder, before, log) replays the log: `acknowledged(n)` stops after the n-th 250, `restore(path)` writes out
                              what was certainly on disk by then

Only what a finished fsync or fdatasync covers counts; a write that began after the fsync did is lost, as is one in
another file. Names (create, rename) count once their file was synced.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "pwrite64,write,writev,sendto,sendmsg,ftruncate,fsync,fdatasync,openat,unlink,rename"
KEPT = b"250 2.0.0 kept".hex()

_LINE = re.compile(r"^(\d+)\s+(.*)$")
_UNFINISHED = re.compile(r"^(.*?)\s*<unfinished \.\.\.>$")
_RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)")
_FILE = re.compile(r"^\d+<([^>]*)>")


def strace(log: Path) -> list[str]:
    """The words to put before a program's own: every byte that it writes is in the log."""
    return ["strace", "-f", "-qq", "-y", "-xx", "-s", "4000000", "-e", f"trace={CALLS}", "-o", str(log)]


@dataclass
class _File:
    now: bytearray = field(default_factory=bytearray)
    safe: bytes | None = None


@dataclass(frozen=True)
class Event:
    """A system call that began or ended, in the order of the log."""

    call: str
    words: str
    ended: bool


def events(log: Path) -> Iterator[Event]:
    """Each call twice: as it begins, and as it ends well."""
    begun: dict[str, str] = {}
    with log.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = _LINE.match(line.rstrip("\n"))
            if not found:
                continue
            thread, words = found[1], found[2]
            if cut := _UNFINISHED.match(words):
                begun[thread] = cut[1]
                yield Event(cut[1].partition("(")[0], cut[1].partition("(")[2], False)
                continue
            whole = words
            if rest := _RESUMED.match(words):
                whole = begun.pop(thread, "") + rest[2]
            call = _CALL.match(whole)
            if call and int(call[3]) >= 0:
                if not rest:
                    yield Event(call[1], call[2], False)
                yield Event(call[1], call[2], True)


class Disk:
    """The files below `folder`, of which `before` is a copy from before the program started."""

    def __init__(self, folder: Path, before: Path, log: Path) -> None:
        self._folder = str(folder)
        self._files = {
            str(folder / each.name): _File(bytearray(each.read_bytes()), each.read_bytes())
            for each in before.iterdir()
            if each.is_file()
        }
        self._syncing: dict[str, bytes] = {}
        self._events = events(log)

    def acknowledged(self) -> Iterator[int]:
        """Goes from one 250 to the next; gives how many there were."""
        n = 0
        for event in self._events:
            said = event.call in ("write", "writev", "sendto", "sendmsg") and not event.ended
            if said and KEPT in event.words.replace("\\x", ""):
                n += 1
                yield n
            self._step(event)

    def _step(self, event: Event) -> None:
        words = event.words
        if event.call in ("rename", "unlink"):
            names = [
                bytes.fromhex(part.replace("\\x", "")).decode() for part in re.findall(r'"([^"]*)"', words)
            ]
            if event.ended and names[0] in self._files:
                moved = self._files.pop(names[0])
                if event.call == "rename":
                    self._files[names[1]] = moved
            return
        found = _FILE.match(words)
        if not found or not (name := _plain(found[1])).startswith(self._folder):
            return
        file = self._files.setdefault(name, _File())
        if event.call in ("fsync", "fdatasync"):
            if event.ended:
                file.safe = self._syncing.get(name, bytes(file.now))
            else:
                self._syncing[name] = bytes(file.now)
        elif event.ended and event.call == "pwrite64":
            content, place = re.search(r'"([^"]*)"', words), int(words.rpartition(", ")[2])
            if content:
                _put(file.now, place, bytes.fromhex(content[1].replace("\\x", "")))
        elif event.ended and event.call == "write":
            content = re.search(r'"([^"]*)"', words)
            if content:
                file.now += bytes.fromhex(content[1].replace("\\x", ""))
        elif event.ended and event.call == "ftruncate":
            size = int(words.rpartition(", ")[2])
            del file.now[size:]
            file.now += bytes(max(0, size - len(file.now)))

    def restore(self, path: Path) -> None:
        """Write the files as the power cut leaves them into a folder that is emptied first."""
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        for name, file in self._files.items():
            if file.safe is not None and not name.endswith("-shm"):
                (path / Path(name).name).write_bytes(file.safe)


def _plain(name: str) -> str:
    """A path as -xx shows it, hexadecimal or not."""
    return bytes.fromhex(name.replace("\\x", "")).decode() if name.startswith("\\x") else name


def _put(content: bytearray, place: int, new: bytes) -> None:
    content += bytes(max(0, place - len(content)))
    content[place : place + len(new)] = new
