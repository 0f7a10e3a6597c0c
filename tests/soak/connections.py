"""R4 and R5 by hand: thousands of idle and dripping connections, and a hundred senders of 25 MB, at a running daemon.

    python -m tests.soak.connections [connections] [cap] [senders] [megabytes]

It prints a table: how long a new client waits for its greeting, the memory of the daemon (all its processes), and the
files that it has open before, amid and after. The promise: below 1 s or 421, 400 MB, and back to the base within 5.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.servers import Daemon, config_text, directory, free_port

HELLO = b"EHLO x\r\n"
FROM = b"MAIL FROM:<ann@home.test>\r\n"
TO = b"RCPT TO:<forum@bridge.test>\r\n"
DATA = b"DATA\r\n"
SOME = (b"", b"N", HELLO + FROM, HELLO + FROM + TO + DATA + b"Subject: drip\r\n")
"""How a connection begins: in silence, in a command, in an envelope, in a mail."""


@dataclass
class Crowd:
    """Connections that are held open; `greeted` counts the first three digits they were told."""

    writers: list[asyncio.StreamWriter]
    greeted: Counter[str]


def rss(pid: int) -> float:
    """Megabytes of resident memory of a process and its children."""
    own = sum(_rss(each) for each in (pid, *_children(pid)))
    return own / 1e6


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _rss(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def files(pid: int) -> int:
    """How many files and sockets a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


async def crowd(port: int, count: int) -> Crowd:
    """Open so many connections, a hundred at a time, from several addresses of this machine."""
    held = Crowd([], Counter())

    async def one(number: int) -> None:
        here = (f"127.0.{1 + number % 50}.1", 0)
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=here)
            line = await asyncio.wait_for(reader.readline(), 30)
            held.greeted[line[:3].decode() or "cut"] += 1
            writer.write(SOME[number % len(SOME)])
            held.writers.append(writer)
        except (OSError, TimeoutError):
            held.greeted["cut"] += 1

    for start in range(0, count, 100):
        await asyncio.gather(*(one(number) for number in range(start, min(start + 100, count))))
    return held


async def drip(held: Crowd) -> None:
    """One more byte on each connection."""
    for writer in held.writers:
        with contextlib.suppress(OSError):
            writer.write(b"x")


async def greeting(port: int) -> tuple[float, str]:
    """Seconds until a new client is told something, and what."""
    begun = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    line = await asyncio.wait_for(reader.readline(), 30)
    writer.close()
    return time.monotonic() - begun, line[:3].decode()


async def large(port: int, count: int, size: int) -> Counter[str]:
    """So many senders at once of mails of so many bytes; counts the last replies."""
    text = b"From: ann@home.test\r\nSubject: large\r\n\r\n" + (b"%064d\r\n" % 7) * (size // 66) + b".\r\n"
    answers: Counter[str] = Counter()

    async def one() -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for words in (b"", HELLO, FROM, TO, DATA):
                writer.write(words)
                while (line := await reader.readline())[3:4] == b"-":
                    pass
            if line.startswith(b"354"):
                for at in range(0, len(text), 1 << 18):
                    writer.write(text[at : at + (1 << 18)])
                    await writer.drain()
                line = await reader.readline()
            answers[line[:9].decode()] += 1
            writer.close()
        except OSError:
            answers["cut"] += 1

    await asyncio.gather(*(one() for _ in range(count)))
    return answers


async def peak(pid: int, until: asyncio.Task[Counter[str]]) -> float:
    """The most memory, in megabytes, while a task runs."""
    most = 0.0
    while not until.done():
        most = max(most, rss(pid))
        await asyncio.sleep(0.05)
    return most


async def run(daemon: Daemon, connections: int, senders: int, megabytes: int) -> None:
    """Print the table."""
    pid = daemon.pid
    base = files(pid)
    print(f"at rest                 {rss(pid):7.1f} MB  {base:6} files")
    begun = time.monotonic()
    held = await crowd(daemon.smtp, connections)
    print(f"{connections} connections in {time.monotonic() - begun:.1f} s, told {dict(held.greeted)}")
    worst = 0.0
    for _ in range(10):
        await drip(held)
        seconds, code = await greeting(daemon.smtp)
        worst = max(worst, seconds)
        await asyncio.sleep(0.3)
    print(
        f"amid them               {rss(pid):7.1f} MB  {files(pid):6} files  new client {worst * 1000:.0f} ms: {code}"
    )
    for writer in held.writers:
        writer.transport.abort()
    for _ in range(300):
        if files(pid) <= base + 5:
            break
        await asyncio.sleep(0.2)
    print(f"after                   {rss(pid):7.1f} MB  {files(pid):6} files")
    sending = asyncio.create_task(large(daemon.smtp, senders, megabytes * 1_000_000))
    most = await peak(pid, sending)
    print(f"{senders} senders of {megabytes} MB    {most:7.1f} MB at most, told {dict(await sending)}")


def main() -> None:
    """Run it against a daemon of its own."""
    given = [int(word) for word in sys.argv[1:]]
    connections, cap, senders, megabytes = given + [10_000, 1000, 100, 25][len(given) :]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, hard), hard))
    with directory("crowd") as path:
        smtp, web = free_port(), free_port()
        more = f"[limits]\nconnections = {cap}\n"
        daemon = Daemon(
            path, config_text(data=path / "data", smtp=smtp, web=web, more=more), smtp=smtp, web=web
        )
        try:
            asyncio.run(run(daemon.start(), connections, senders, megabytes))
        finally:
            daemon.kill9()


if __name__ == "__main__":
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it tells of each connection that was cut
    main()
