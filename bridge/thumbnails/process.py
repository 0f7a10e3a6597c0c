"""A picture is handed to a process of its own, and what comes back is weighed: nothing in it is believed.

The process (`draw`) is started for one picture and ends with it: about 0.1 s of CPU each, and no picture meets what
another one left behind. One that is killed costs its picture alone, which is never tried again. At most one runs.

Limits: WALL seconds; what comes back is read to its greatest size and no further.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import subprocess
import sys
import threading

from ..errors import BridgeError
from ..store.thumbnails import Thumbnail

WALL = 10.0
"""Seconds; far off, for a machine may be busy. The CPU is limited in the process itself."""
READY = b"r"
"""Said before a byte of the picture is read: who dies without it died of a fault of ours."""
ANSWER = struct.Struct(">cHH")
STATES = {b"d": "drawn", b"s": "small", b"l": "left"}
"""As `draw` tells them; that module cannot be imported here, for it needs Pillow."""
MOST = 96 * 1024
LARGEST = 720
PROGRAM = "from bridge.thumbnails.draw import main; main()"


class NotDrawn(BridgeError):
    """A fault of ours: the process did not start, or the daemon ends. The picture waits."""


class Drawer:
    """Draws pictures, one at a time; `draw` may be called from any thread."""

    def __init__(self, wall: float = WALL, program: str = PROGRAM) -> None:
        self._wall, self._program = wall, program
        self._lock, self._closed = threading.Lock(), False
        self._process: subprocess.Popen[bytes] | None = None

    def draw(self, content: bytes) -> Thumbnail:
        """The thumbnail of a picture, or that it needs none, or why there is none. Raises `NotDrawn`."""
        with self._lock:
            if self._closed:
                raise NotDrawn("the daemon ends; pictures are drawn when it is back")
            process = self._process = self._start()
        answer = _asked(process, content, self._wall)
        if self._closed:
            raise NotDrawn("the daemon ended while a picture was drawn")
        if answer[:1] != READY:
            raise NotDrawn("the process that draws pictures does not start: is Pillow whole?")
        if process.returncode < 0:
            return _left(f"ended the process that decoded it ({signal.Signals(-process.returncode).name})")
        return _weighed(answer[1:])

    def close(self) -> None:
        """End the process that is at work; none is started from here on."""
        with self._lock:
            self._closed = True
            if self._process:
                self._process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join(each for each in sys.path if each)
        try:
            return subprocess.Popen(
                [sys.executable, "-P", "-c", self._program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
            )
        except OSError as fault:
            raise NotDrawn(f"no process for pictures: {fault.strerror}") from fault


def _asked(process: subprocess.Popen[bytes], content: bytes, wall: float) -> bytes:
    """What the process answers, at most one byte more than it may; it has ended afterwards."""
    assert process.stdin and process.stdout
    late = threading.Timer(wall, process.kill)
    late.start()
    answer = b""
    try:
        with contextlib.suppress(BrokenPipeError), process.stdin as given:
            given.write(content)
        answer = process.stdout.read(1 + ANSWER.size + MOST + 1)
    finally:
        process.stdout.close()
        process.wait()
        late.cancel()
    return answer


def _weighed(answer: bytes) -> Thumbnail:
    """An answer as a value; one that is not of the form agreed upon is no thumbnail."""
    if not ANSWER.size <= len(answer) <= ANSWER.size + MOST:
        return _left("no answer that can be read")
    what, width, height = ANSWER.unpack_from(answer)
    state, rest = STATES.get(what, ""), answer[ANSWER.size :]
    if state == "left":
        return _left("".join(c for c in rest[:200].decode("ascii", "replace") if c.isprintable()))
    sized = 0 < width <= LARGEST and 0 < height <= LARGEST
    if state == "small" and sized and not rest:
        return Thumbnail("small", width, height)
    if state == "drawn" and sized and rest[:4] == b"RIFF" and rest[8:12] == b"WEBP":
        return Thumbnail("drawn", width, height, rest)
    return _left("no answer that can be read")


def _left(why: str) -> Thumbnail:
    return Thumbnail("left", why=why)
