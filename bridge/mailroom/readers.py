"""The pool of processes in which strangers' mails are read: a mail that kills or overruns its reader is given up.

Readers are forked by a nursery (`reader`), which is forked from this process while it has one thread, else started as
a program of its own. They are made when there is mail, at most `size` at a time, and ended when there is none: at
rest the nursery is all there is. A mail that costs a reader is tried once more in a fresh one; then it is `Permanent`.

Limits: CPU and wall seconds a mail, more for one above a megabyte; memory beyond what a reader has at rest. A reader
is replaced after a large mail, and after MAILS others.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .. import maillog
from ..errors import BridgeError, Permanent
from ..mail.triage import Nature, Own
from ..reply.known import Known
from . import reader, record
from .reading import Reading
from .record import Ask, Plain

LARGE = 1_048_576
MAILS = 1_000
TRIES = 2
MEGABYTE = 1_000_000
ORDINARY = 0.004
"""Seconds of CPU that reading a mail of 4 kB takes: what is expected before any was read."""
LATELY = 32
"""Of about so many mails `usual` is the mean, the last ones counting most."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading a mail may take: seconds of CPU and of wall time, each also for a large mail, and megabytes.

    The wall is far off: it only ends what waits without end, and a machine may be busy.
    """

    cpu: int = 3
    cpu_large: int = 10
    wall: float = 20
    wall_large: float = 60
    memory: int = 400
    memory_factor: int = 12
    """A large mail may take so many times its size as well."""


class ReaderFault(BridgeError):
    """A fault of ours in a reader: its text is that of the exception there, with the end of its traceback."""


class Lost(Exception):
    """A reader is gone, or is to go; the text says what the mail took."""


@dataclass(slots=True, eq=False)
class Reader:
    """A reader's process as the pool sees it; `used` is when it was given back, on the monotonic clock.

    `before` are the seconds of CPU that it had taken when it got the mail that it reads, `wall` those that it is given.
    """

    pid: int
    pipe: socket.socket
    mails: int = 0
    used: float = 0.0
    before: float = 0.0
    wall: float = 0.0

    def allow(self, wall: float) -> None:
        """From now on a wait for it ends after so many seconds, with BlockingIOError."""
        if wall != self.wall:
            self.wall, limit = wall, struct.pack("@ll", int(wall), int(wall % 1 * 1_000_000))
            self.pipe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
            self.pipe.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)

    def cpu(self) -> float:
        """Seconds of CPU that it has taken; 0 where it is gone."""
        try:
            # The number of the clock is as clock_getcpuclockid(3) makes it.
            return time.clock_gettime(~self.pid << 3 | 2) if self.pid else 0.0
        except OSError:
            return 0.0


@dataclass(slots=True)
class Nursery:
    """The nursery: its end of the socket, and the process where it is a program of its own."""

    control: socket.socket
    program: subprocess.Popen[bytes] | None = None
    pid: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, kind: bytes, number: int, fds: tuple[int, ...] = ()) -> int:
        """A new reader's number, or the wait status of one that was ended. Raises OSError where the nursery is gone."""
        with self.lock:
            socket.send_fds(self.control, [reader.REQUEST.pack(kind, number)], fds)
            answer = self.control.recv(reader.ANSWER.size, socket.MSG_WAITALL)
        if len(answer) < reader.ANSWER.size:
            raise ConnectionResetError("the nursery of readers is gone")
        return int(reader.ANSWER.unpack(answer)[0])

    def close(self) -> None:
        """End it; it ends its readers."""
        self.control.close()
        if self.program:
            self.program.wait()
        elif self.pid:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)


class Readers:
    """A pool of up to `size` readers; `read` may be called from as many threads."""

    def __init__(self, size: int, bounds: Bounds = Bounds()) -> None:
        self.size, self.bounds = size, bounds
        self._free: list[Reader] = []
        self._reading: set[Reader] = set()
        self._usual = ORDINARY
        self._places = threading.Semaphore(size)
        self._lock = threading.Lock()
        self._nursery: Nursery | None = _begin()
        self._closed = False

    def read(self, raw: bytes, sender: str, own: Own, known: Callable[[Reading], Known]) -> Reading:
        """Read a mail in both steps; `known` is called here, between them.

        Raises `Permanent` where the mail cannot be read, or costs two readers; `ReaderFault` for a fault of ours.
        """
        why = ""
        for _ in range(TRIES):
            try:
                with self._places:
                    if self._closed:
                        raise ReaderFault("the daemon ends; the mail is read when it is back")
                    return self._read(raw, sender, own, known)
            except Lost as lost:
                why = str(lost)
                maillog.reader_lost(why)
        raise Permanent(f"reading it {why}", code=554, status="5.6.0")

    @property
    def usual(self) -> float:
        """Seconds of CPU that reading a mail takes lately, as if those that are being read ended now."""
        usual = self._usual
        for one in tuple(self._reading):
            usual += max(0.0, one.cpu() - one.before - usual) / LATELY
        return usual

    def rest(self, seconds: float) -> None:
        """End the readers that have had nothing to do for so long."""
        before = time.monotonic() - seconds
        with self._lock:
            idle = [each for each in self._free if each.used <= before]
            self._free = [each for each in self._free if each.used > before]
        for each in idle:
            self._end(each)

    def close(self) -> None:
        """End all readers, also those in the middle of a mail, and the nursery."""
        self._closed = True
        self.rest(0)
        with self._lock:
            if self._nursery:
                self._nursery.close()
            self._nursery = None

    def _read(self, raw: bytes, sender: str, own: Own, known: Callable[[Reading], Known]) -> Reading:
        one = self._take()
        one.before = one.cpu()
        self._reading.add(one)
        large = len(raw) > LARGE
        wall = self.bounds.wall_large if large else self.bounds.wall
        keep = False
        try:
            one.allow(wall)
            told = record.told_of(self._ask(one, record.of_ask(self._request(raw, sender, own)), large))
            what = known(told)
            if told.verdict.nature is Nature.PERSON:  # of others `understand` has nothing to add
                told = record.rest_of(self._ask(one, record.of_known(what), large), told)
            keep = not large
            return told
        except (Permanent, ReaderFault):
            keep = not large
            raise
        finally:
            self._reading.discard(one)
            took = one.cpu() - one.before if one.pid else self.bounds.cpu
            self._usual += (took - self._usual) / LATELY
            one.mails += 1
            if keep and one.mails < MAILS:
                self._give_back(one)
            elif one.pid:
                self._end(one)

    def _request(self, raw: bytes, sender: str, own: Own) -> Ask:
        size, bounds = len(raw), self.bounds
        if size <= LARGE:
            return Ask(raw, sender, own, bounds.cpu, bounds.memory * MEGABYTE)
        return Ask(raw, sender, own, bounds.cpu_large, bounds.memory * MEGABYTE + bounds.memory_factor * size)

    def _ask(self, one: Reader, request: Plain, large: bool) -> Plain:
        """One step. Raises `Lost` where the reader dies or takes too long."""
        try:
            reader.put(one.pipe, request)
            answer = reader.take(one.pipe)
        except BlockingIOError:
            raise Lost(f"took longer than {one.wall:g} seconds") from None
        except (EOFError, OSError):
            raise Lost(self._died_of(one, self.bounds.cpu_large if large else self.bounds.cpu)) from None
        if answer[0] != record.FAILED:
            return answer
        _, kind, text = answer
        if kind == "permanent":
            raise Permanent(text, code=554, status="5.6.0")
        if kind == "memory":
            raise Lost(f"needed more than {self.bounds.memory} MB of memory")
        raise ReaderFault(text)

    def _died_of(self, one: Reader, cpu: int) -> str:
        status = self._end(one)
        if not os.WIFSIGNALED(status):
            return "ended the process that read it"
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return f"took more than {cpu} seconds of CPU time"
        return f"ended the process that read it ({signal.Signals(number).name})"

    # -- readers come and go -----------------------------------------------------------------------------------

    def _take(self) -> Reader:
        with self._lock:
            if self._free:
                return self._free.pop()
            ours, theirs = socket.socketpair()
            try:
                pid = self._fork(theirs.fileno())
            except OSError:  # the nursery was killed: another one takes its place
                self._nursery = None
                pid = self._fork(theirs.fileno())
            finally:
                theirs.close()
            return Reader(pid, ours)

    def _fork(self, fd: int) -> int:
        self._nursery = self._nursery or _begin()
        return self._nursery.ask(reader.FORK, 0, (fd,))

    def _give_back(self, one: Reader) -> None:
        one.used = time.monotonic()
        with self._lock:
            self._free.append(one)

    def _end(self, one: Reader) -> int:
        """End a reader; gives its wait status, 0 where nobody knows it."""
        one.pipe.close()
        pid, one.pid = one.pid, 0
        nursery = self._nursery
        try:
            return nursery.ask(reader.END, pid) if nursery and pid else 0
        except OSError:
            return 0


def _begin() -> Nursery:
    """A nursery: a fork of this process while nothing else runs in it, else a program of its own."""
    ours, theirs = socket.socketpair()
    if threading.active_count() > 1:
        return _begin_program(ours, theirs)
    reader.warm_up()
    pid = os.fork()
    if not pid:
        ours.close()
        _close_others(theirs.fileno())
        reader.nursery(theirs)
    theirs.close()
    return Nursery(ours, pid=pid)


def _begin_program(ours: socket.socket, theirs: socket.socket) -> Nursery:
    with theirs:
        program = subprocess.Popen(
            [sys.executable, "-c", "from bridge.mailroom.reader import main; main()", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)},
        )
    return Nursery(ours, program)


def _close_others(fd: int) -> None:
    """Of the files that a fork took over, only this one and the three standard ones are its own."""
    os.closerange(3, fd)
    os.closerange(fd + 1, 65_536)
