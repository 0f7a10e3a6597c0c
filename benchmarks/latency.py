"""From the door's 250 to the last of 100 letters at the relay, with nothing else to do.

    .venv/bin/python benchmarks/latency.py [--mails 20] [--people 100]

The relay is a bare asyncio server in a process of its own, which offers PIPELINING and notes when each letter came.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import smtplib
import statistics
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from running import daemon


async def _session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, told: Connection) -> None:
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            writer.write(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
        elif verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
            told.send(time.monotonic())
            writer.write(b"250 kept\r\n")
        else:
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
    writer.close()


def sink(told: Connection) -> None:
    """A relay on a port that it tells first, then the time of each letter."""

    async def serve() -> None:
        server = await asyncio.start_server(lambda r, w: _session(r, w, told), "127.0.0.1", 0, limit=2**22)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


def one_mail(port: int, number: int) -> float:
    """Hand in a mail; gives when it was acknowledged."""
    mail = (
        f"From: Ada <person0@members.test>\r\nTo: commons@bench.test\r\nSubject: Plan {number}\r\n"
        f"Message-ID: <{number}@members.test>\r\n\r\nWho comes on day {number}?\r\n"
    )
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo("members.test")
        client.mail("person0@members.test")
        client.rcpt("commons@bench.test")
        client.data(mail)
        return time.monotonic()


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--mails", type=int, default=20)
    asked.add_argument("--people", type=int, default=100)
    given = asked.parse_args()
    heard, told = multiprocessing.Pipe(duplex=False)
    relay = multiprocessing.get_context("spawn").Process(target=sink, args=(told,), daemon=True)
    relay.start()
    outgoing = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {heard.recv()}'
    firsts, lasts, cpu = [], [], 0.0
    with tempfile.TemporaryDirectory() as folder, daemon(Path(folder), given.people + 1, outgoing) as one:
        for number in range(given.mails):
            time.sleep(1.3)  # at rest again
            before = one.cpu()
            kept = one_mail(one.smtp, number)
            came = [heard.recv() for _ in range(given.people)]
            firsts.append(1000 * (came[0] - kept))
            lasts.append(1000 * (came[-1] - kept))
            time.sleep(0.3)
            cpu += one.cpu() - before
    print(
        f"{given.mails} mails to {given.people}: first letter {statistics.median(firsts):.0f} ms after the 250, last"
        f" {statistics.median(lasts):.0f} ms (median; {min(lasts):.0f} to {max(lasts):.0f}),"
        f" {1000 * cpu / given.mails:.0f} ms of CPU a mail"
    )
    relay.terminate()


if __name__ == "__main__":
    main()
