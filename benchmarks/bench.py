"""The quick form, `make bench`: each part of the road beside a bare probe that does only what cannot be left out.

    reading   bytes -> HTML                      beside mail-parser alone, on the same mails
    walk      ledger -> post, index, 100 letters beside bare inserts of mail and letters into SQLite
    in        250 of the door, 10 sessions       beside a bare asyncio server that inserts each mail (WAL, FULL)
    out       one post for 1,000 people          beside a bare asyncio sender with pipelining

Printed are rates, CPU, and ours as a part of the probe's. Nothing fails: the figures are for whoever reads them.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import mailparser
from latency import one_mail, sink
from running import daemon
from walk import LIST, mails, opened, queue

from bridge.mail.triage import Own
from bridge.mailroom.reading import read, read_here, understand
from bridge.reply.known import NOTHING

MAILS, PEOPLE, SESSIONS = 200, 1_000, 10


def tell(name: str, ours: float, probe: float, unit: str, note: str = "") -> None:
    """One line: both figures and their ratio."""
    print(f"{name:8} ours {ours:8.1f}  probe {probe:8.1f} {unit:20} ratio {ours / probe:5.2f}  {note}")


def a_second(work: Callable[[], object], count: int) -> float:
    """How many a second of CPU."""
    began = time.process_time()
    work()
    return count / (time.process_time() - began)


def reading(letters: list[tuple[str, bytes]]) -> None:
    """Bytes to HTML, and what mail-parser alone takes for its part."""
    own = Own("bench.test", frozenset({LIST}))
    understand(read(letters[0][1], letters[0][0], own), NOTHING)
    ours = a_second(lambda: [understand(read(raw, by, own), NOTHING) for by, raw in letters], len(letters))
    probe = a_second(lambda: [mailparser.parse_from_bytes(raw).subject for _, raw in letters], len(letters))
    tell("reading", ours, probe, "mails a CPU second")


def walking(folder: Path, letters: list[tuple[str, bytes]]) -> None:
    """Ledger to post and a hundred deliveries, and one insert a mail."""
    with opened(folder, read_here) as room:
        queue(room, letters)
        ours = a_second(lambda: [room.receive_waiting(20) for _ in range(0, len(letters), 20)], len(letters))
    with closing(_table(folder / "probe.db")) as db:
        probe = a_second(lambda: [_inserts(db, raw) for _, raw in letters], len(letters))
    tell("walk", ours, probe, "mails a CPU second", "read here, 100 letters each")


def _table(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.executescript(
        "pragma journal_mode=wal; pragma synchronous=full; create table mail (raw blob);"
        " create table letter (address text, post integer)"
    )
    return db


def _insert(db: sqlite3.Connection, raw: bytes) -> None:
    db.execute("insert into mail values (?)", (raw,))


def _inserts(db: sqlite3.Connection, raw: bytes) -> None:
    db.execute("begin")
    _insert(db, raw)
    db.executemany("insert into letter values (?, ?)", [(f"person{n}@members.test", n) for n in range(100)])
    db.execute("commit")


def _bare_door(port: multiprocessing.Queue[int], path: str) -> None:
    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 probe\r\n")
        while line := await reader.readline():
            if line[:4].upper() == b"DATA":
                writer.write(b"354 go on\r\n")
                _insert(db, await reader.readuntil(b"\r\n.\r\n"))
            writer.write(b"221 bye\r\n" if line[:4].upper() == b"QUIT" else b"250 ok\r\n")
        writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(session, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    db = _table(Path(path))
    asyncio.run(serve())


def _accepted(port: int) -> float:
    """Mails a second that a door takes by ten sessions at a time."""
    began = time.perf_counter()
    with ThreadPoolExecutor(SESSIONS) as sessions:
        list(sessions.map(lambda number: one_mail(port, number), range(MAILS)))
    return MAILS / (time.perf_counter() - began)


def coming_in(folder: Path) -> None:
    """Our door, and a bare one."""
    with daemon(folder) as one:
        ours = _accepted(one.smtp)
    spawn = multiprocessing.get_context("spawn")
    port = spawn.Queue()
    probe = spawn.Process(target=_bare_door, args=(port, str(folder / "probe.db")), daemon=True)
    probe.start()
    tell("in", ours, _accepted(port.get()), "mails a second", f"{SESSIONS} sessions, a connection a mail")
    probe.terminate()


async def _bare_sender(port: int, letter: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    writer.write(b"EHLO probe\r\n")
    while (await reader.readline())[3:4] == b"-":
        pass
    for number in range(PEOPLE):
        commands = f"MAIL FROM:<b+{number}@bench.test>\r\nRCPT TO:<p{number}@members.test>\r\nDATA\r\n"
        writer.write(commands.encode())
        for _ in range(3):
            await reader.readline()
        writer.write(letter + b"\r\n.\r\n")
        await reader.readline()
    writer.close()


def going_out(folder: Path, letter: bytes) -> None:
    """One post for many, and as many bare letters, to the same relay."""
    heard, told = multiprocessing.Pipe(duplex=False)
    relay = multiprocessing.get_context("spawn").Process(target=sink, args=(told,), daemon=True)
    relay.start()
    port = heard.recv()
    with daemon(folder, PEOPLE + 1, f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}') as one:
        before = one.cpu()
        one_mail(one.smtp, 1)
        came = [heard.recv() for _ in range(PEOPLE)]
        time.sleep(0.5)
        cpu = one.cpu() - before
    drain = threading.Thread(target=lambda: [heard.recv() for _ in range(PEOPLE)])
    drain.start()
    began, spent = time.perf_counter(), time.process_time()
    asyncio.run(_bare_sender(port, letter))
    bare, spent = time.perf_counter() - began, time.process_time() - spent
    drain.join()
    note = f"CPU s a thousand: ours {cpu * 1000 / PEOPLE:.2f}, probe {spent * 1000 / PEOPLE:.2f}"
    tell("out", PEOPLE / (came[-1] - came[0]), PEOPLE / bare, "letters a second", note)
    relay.terminate()


def main() -> None:
    """All four."""
    letters = list(mails(MAILS, 4096))
    reading(letters)
    for part in (walking, coming_in, going_out):
        with tempfile.TemporaryDirectory() as folder:
            given = {walking: (letters,), coming_in: (), going_out: (letters[0][1],)}[part]
            part(Path(folder), *given)  # type: ignore[operator]


if __name__ == "__main__":
    main()
