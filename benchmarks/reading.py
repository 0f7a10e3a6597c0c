"""How much processor time it takes to read a mail: raw bytes -> parse, triage, clean, render -> what is shown.

    python benchmarks/reading.py            each step, by kind of mail and size
    python benchmarks/reading.py --mails 50

No two mails are alike, so nothing is won by what was kept of the one before. The median of all mails is shown, in
milliseconds, with the mails a second that one core reads.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.reply import FOOTER, QUOTE, TAIL, URL, page
from bridge.mail.parse import parse
from bridge.mail.triage import Own, triage
from bridge.mailroom.reading import as_html
from bridge.reply.clean import body, clean
from bridge.reply.known import NOTHING, Known, KnownPost

KB = 1024
STEPS = ("parse", "triage", "clean", "render")
POSTS = 60
OWN = Own("forum.example", frozenset({"general@forum.example"}))
SAID = (
    "the roof of the barn leaks since last week and whoever has a long ladder may bring it on Saturday I shall be "
    "there at ten with soup two screwdrivers and the old lamp that nobody mended yet so please tell me what you need "
    "from town before the rain comes back because our neighbours close the gate when school is out"
).split()


def prose(chance: random.Random, size: int) -> str:
    """Paragraphs of sentences, wrapped as people's mail programs do."""
    lines: list[str] = []
    left = size
    while left > 0:
        said = " ".join(chance.choice(SAID) for _ in range(chance.randint(9, 15)))
        lines.append(said.capitalize() + chance.choice((".", ".", ",", "?", "")))
        if chance.random() < 0.3:
            lines.append("")
        left -= len(lines[-1]) + len(said)
    return "\n".join(lines)


def mail(number: int, words: str, *, text: bool, html: bool) -> bytes:
    """A mail of Mira's to the list, in one form or both."""
    found = EmailMessage()
    found["Received"] = "from mail.vane.example by forum.example; Mon, 3 Nov 2025 19:01:02 +0100"
    found["From"] = "Mira Vane <mira@vane.example>"
    found["To"] = "General <general@forum.example>"
    found["Subject"] = f"Re: Roof {number}"
    found["Date"] = "Mon, 3 Nov 2025 19:01:00 +0100"
    found["Message-ID"] = f"<{number}@vane.example>"
    found["In-Reply-To"] = f"<{number - 1}@mail.example>"
    found["References"] = f"<{number - 2}@mail.example> <{number - 1}@mail.example>"
    whole = f"{words}\n\n{TAIL}\n{QUOTE}"
    if text:
        found.set_content(whole)
    if text and html:
        found.add_alternative(page(whole), subtype="html")
    elif html:
        found.set_content(page(whole), subtype="html")
    return bytes(found)


def thread(chance: random.Random) -> Known:
    """What is known of a thread of sixty posts."""
    posts = tuple(KnownPost(n, f"Jo Brook {n}", prose(chance, 700), TAIL) for n in range(1, POSTS + 1))
    return Known(posts, FOOTER, URL)


def steps(raw: bytes, known: Known) -> tuple[float, ...]:
    """Milliseconds of each step."""
    times = [process_time()]
    message = parse(raw)
    times.append(process_time())
    triage(message, "mira@vane.example", OWN)
    times.append(process_time())
    reply = clean(message, known, body(message))
    times.append(process_time())
    as_html(reply.parts, {})
    times.append(process_time())
    return tuple((later - first) * 1000 for first, later in pairwise(times))


def row(name: str, make: Callable[[int], bytes], known: Known, mails: int) -> None:
    """Prints the medians of one kind of mail."""
    steps(make(0), known)
    found = [steps(make(number), known) for number in range(1, mails + 1)]
    whole = median(sum(each) for each in found)
    parts = "".join(f"{median(each):>9.2f}" for each in zip(*found, strict=True))
    print(f"{name:<26}{parts}{whole:>9.2f}{1000 / whole:>8.0f}")


def main() -> int:
    """The table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--mails", type=int, default=100, help="mails of each kind")
    count = parser.parse_args().mails
    chance = random.Random(1)  # noqa: S311
    print(f"{'milliseconds':<26}" + "".join(f"{step:>9}" for step in STEPS) + f"{'all':>9}{'mails/s':>8}")
    for size in (4 * KB, 40 * KB):
        for name, text, html in (("text", True, False), ("HTML", False, True), ("text and HTML", True, True)):
            both = text and html

            def make(number: int, *, text: bool = text, html: bool = html, room: int = size) -> bytes:
                words = prose(chance, (room - 600) // (1 + (text and html)))
                return mail(number, words, text=text, html=html)

            row(f"{name}, {size // KB} kB", make, NOTHING, count)
            if both or text:
                row(f"{name}, known thread", make, thread(chance), count)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
