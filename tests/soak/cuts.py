"""S3 in its long form: connections that are cut at random bytes while others send, each mail sent again until its 250.

python -m tests.soak.cuts [--cuts 1000] [--seed 1]

One client cuts, by FIN or reset, anywhere from the greeting to behind the dot, waits or not for what is said, and then
sends the same mail whole; two others send without pause meanwhile. Each mail must be one post, in all its bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sqlite3
import sys
import threading
import zlib
from collections import Counter
from pathlib import Path

from tests.e2e.story import subscribe
from tests.e2e.wire import DOT, OPEN, OPENED, Line, check
from tests.servers import Daemon, started

from .table import measured

WRITER = "ann@home.test"


def mail(name: str, words: int) -> bytes:
    """A mail without its last line end, of so many lines."""
    lines = "\r\n".join(f"Line {number} of {name}, about the ladder." for number in range(words))
    head = f"From: {WRITER}\r\nTo: forum@bridge.test\r\nSubject: {name}\r\nMessage-ID: <{name}@home.test>\r\n"
    return f"{head}\r\n{lines}".encode()


def send(daemon: Daemon, raw: bytes) -> None:
    """Send a mail whole; AssertionError where it has no 250."""
    with Line(daemon.smtp) as line:
        check(line.reply(), "220")
        line.send(OPEN)
        for want in OPENED.split():
            check(line.reply(), want)
        line.send(raw + DOT)
        check(line.reply(), "250")


def cut(daemon: Daemon, raw: bytes, dice: random.Random) -> str:
    """Begin to send a mail and cut the connection; gives where."""
    whole = OPEN + raw + DOT
    at = len(whole) - dice.randint(0, 6) if dice.random() < 0.3 else dice.randint(0, len(whole))
    with Line(daemon.smtp) as line:
        line.reply()
        line.send(whole[:at])
        if dice.random() < 0.5:
            with contextlib.suppress(AssertionError, OSError):
                line.reply()
        if dice.random() < 0.5:
            line.reset()
    return "behind the dot" if at == len(whole) else "within the mail" if at > len(OPEN) else "before DATA"


def keep_sending(daemon: Daemon, name: str, sent: dict[str, bytes], stop: threading.Event) -> None:
    """Another client: whole mails, until told to stop."""
    number = 0
    while not stop.is_set():
        number += 1
        raw = mail(f"{name}-{number}", 40)
        send(daemon, raw)
        sent[f"{name}-{number}"] = raw


def stored(database: Path) -> list[bytes]:
    """The bytes of every mail that was kept, without the last line end."""
    store = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    rows = store.execute(
        "select b.packed, b.content from ledger l join blob b on b.sha256 = l.raw"
    ).fetchall()
    store.close()
    return [
        (zlib.decompress(content) if packed else content).removesuffix(b"\r\n") for packed, content in rows
    ]


def run(folder: Path, cuts: int, seed: int) -> tuple[bool, dict[str, object]]:
    """Do it; gives whether the promise held, and the figures."""
    dice, sent, stop = random.Random(seed), dict[str, bytes](), threading.Event()
    daemon = started(folder)
    try:
        subscribe(daemon, {WRITER: "Ann"}, mode="none")
        others = [
            threading.Thread(target=keep_sending, args=(daemon, name, sent, stop)) for name in ("bo", "cy")
        ]
        for other in others:
            other.start()
        places = Counter[str]()
        for number in range(cuts):
            raw = mail(f"cut-{number}", dice.randint(1, 400))
            places[cut(daemon, raw, dice)] += 1
            send(daemon, raw)
            sent[f"cut-{number}"] = raw
        stop.set()
        for other in others:
            other.join()
        daemon.settled(len(sent), 600)
        posts = Counter(post["message_id"].partition("@")[0] for post in daemon.export())
        kept = stored(folder / "data" / "threadbridge.db")
    finally:
        stop.set()
        daemon.kill9()
    whole = set(sent.values())
    half = sum(raw not in whole for raw in kept)
    lost, twice = sum(posts[name] == 0 for name in sent), sum(count > 1 for count in posts.values())
    figures = {
        "cuts": cuts, **places, "mails": len(sent), "half": half, "lost": lost, "posted twice": twice,
        "came again and known": len(kept) - len(sent),
    }  # fmt: skip
    return not (half or lost or twice), figures


def main() -> int:
    """Read the options, run, print."""
    options = argparse.ArgumentParser()
    options.add_argument("--cuts", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    wanted = options.parse_args()
    command = f"python -m tests.soak.cuts --cuts {wanted.cuts}"
    return measured("S3", command, lambda folder: run(folder, wanted.cuts, wanted.seed))


if __name__ == "__main__":
    sys.exit(main())
