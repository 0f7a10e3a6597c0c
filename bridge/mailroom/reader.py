"""The process that reads strangers' mails, so that one which hangs, crashes or eats memory takes nothing else along.

A nursery process has all that reading needs in memory and forks readers, which share its pages; each reads one mail
after another from its pipe, a pair of sockets. A mail is asked for in two steps, and the reader keeps it in between, so
that attachments cross the pipe once: `Ask` gives a `Reading` as far as `read` goes, then `Known` gives the rest.

Limits: CPU seconds and address space are set for each mail, and the kernel kills on them; no core is dumped. Nursery
and reader end when the other end of their pipe is closed, so that none outlives a daemon that was killed.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from ..errors import Permanent
from ..mail.triage import Own
from ..reply.known import NOTHING, Known
from . import record
from .reading import Reading, read, understand
from .record import Ask, Plain

FORK, END = b"f", b"e"
REQUEST = struct.Struct("<cq")
ANSWER = struct.Struct("<q")
SIZE = struct.Struct("<Q")
"""Before each value on the pipe: of how many bytes it is."""
AT_ONCE = 65_536
"""Values up to about this size cross the pipe in one call on each side."""
NICE = 5
"""Readers give way to the daemon: who stands at the door waits for an answer, a post may come a moment later."""
UNLIMITED = resource.RLIM_INFINITY
YOUNG = 20_000
"""How many new objects the collector lets be until it looks at them: those of a mail are gone with it anyhow."""
SAMPLE = (
    b"From: Ada <ada@members.example>\nTo: general@forum.example\nSubject: Re: Tools\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n'
    b"Yes, gladly.\n\nOn Monday Bo wrote:\n> Who comes?\n-- \nAda\n--b\nContent-Type: text/html; charset=utf-8\n\n"
    b"<p>Yes, <b>gladly</b>.</p><blockquote>Who comes?</blockquote>\n--b--\n"
)
"""Read once before the first fork: what is loaded or compiled on first use is then shared by all readers."""


def put(pipe: socket.socket, value: Plain) -> None:
    """Send a value, mostly in one call of the kernel."""
    packed = record.packed(value)
    size = SIZE.pack(len(packed))
    if len(packed) <= AT_ONCE:
        pipe.sendall(size + packed)
    else:
        pipe.sendall(size)
        pipe.sendall(packed)


def take(pipe: socket.socket) -> Plain:
    """The value that the other end has put. Raises EOFError where it is closed, OSError."""
    begin = pipe.recv(AT_ONCE)
    while len(begin) < SIZE.size:
        begin += _more(pipe, SIZE.size - len(begin))
    packed = memoryview(begin)[SIZE.size :]
    size = SIZE.unpack_from(begin)[0]
    if len(packed) < size:
        whole = bytearray(size)
        whole[: len(packed)] = packed
        rest = memoryview(whole)[len(packed) :]
        while rest:
            got = pipe.recv_into(rest)
            if not got:
                raise EOFError
            rest = rest[got:]
        packed = memoryview(whole)
    return record.unpacked(packed)


def _more(pipe: socket.socket, size: int) -> bytes:
    got = pipe.recv(size)
    if not got:
        raise EOFError
    return got


def warm_up() -> None:
    """Have everything in memory that reading a mail needs, and out of the collector's way.

    A collection after a fork would touch, and so copy, pages that are shared: ten megabytes.
    """
    understand(read(SAMPLE, "ada@members.example", Own("forum.example", frozenset())), NOTHING)
    gc.collect()
    gc.freeze()


def nursery(control: socket.socket, before: Callable[[], None] = lambda: None) -> None:
    """Fork readers, and end them, as asked; returns in no process: nursery and readers end here."""
    try:
        for number in (signal.SIGINT, signal.SIGTERM):  # the daemon drains; then it closes its ends
            signal.signal(number, signal.SIG_IGN)
        before()
        _serve(control)
    finally:
        os._exit(0)


def _serve(control: socket.socket) -> None:
    children: set[int] = set()
    while True:
        request, fds, _, _ = socket.recv_fds(control, REQUEST.size, 1)
        if not request:
            break
        kind, number = REQUEST.unpack(request)
        if kind == FORK:
            pid = os.fork()
            if not pid:
                control.close()
                _work(socket.socket(fileno=fds[0]))
            os.close(fds[0])
            children.add(pid)
            control.sendall(ANSWER.pack(pid))
        elif number in children:
            children.discard(number)
            control.sendall(ANSWER.pack(_end(number)))
    for pid in children:
        _end(pid)


def _end(pid: int) -> int:
    """Kill a reader, if it is not dead already; gives its wait status, which says what it died of."""
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def _work(pipe: socket.socket) -> None:
    """Read mails until the pipe is closed."""
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(NICE)
        gc.set_threshold(YOUNG)
        rest = _address_space()
        reading: Reading | None = None
        with contextlib.suppress(EOFError, OSError):
            while True:
                reading, answer = _answer(take(pipe), reading, rest)
                put(pipe, answer)
    finally:
        os._exit(0)


def _answer(request: Plain, before: Reading | None, rest: int) -> tuple[Reading | None, Plain]:
    """What was read, if its second step is yet to come, and the answer."""
    try:
        if request[0] == record.ASK:
            told = _first(record.ask_of(request), rest)
            return told, record.of_told(told)
        return None, record.of_rest(_second(before, record.known_of(request)))
    except Permanent as verdict:
        failed = "permanent", str(verdict)
    except MemoryError:
        failed = "memory", ""
    except Exception as fault:
        failed = "fault", f"{type(fault).__name__}: {fault}\n{traceback.format_exc(limit=-6)}"
    return None, (record.FAILED, *failed)


def _first(ask: Ask, rest: int) -> Reading:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + ask.cpu)
    _limit(resource.RLIMIT_AS, rest + ask.memory if ask.memory else UNLIMITED)
    return read(ask.raw, ask.sender, ask.own)


def _second(reading: Reading | None, known: Known) -> Reading:
    if reading is None:
        raise ValueError("no mail was read before")
    return understand(reading, known)


def _limit(which: int, amount: int) -> None:
    """The soft limit alone: it counts, and can be set anew for the next mail."""
    resource.setrlimit(which, (amount, resource.getrlimit(which)[1]))


def _address_space() -> int:
    """Bytes that this process has mapped."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def main() -> None:
    """A nursery of its own program: `argv[1]` is the number of its control socket."""
    nursery(socket.socket(fileno=int(sys.argv[1])), warm_up)
