"""How fast mails are walked: from the ledger to post, search index and deliveries, by all readers side by side.

    .venv/bin/python benchmarks/walk.py [--mails 1000] [--kb 4] [--readers 2] [--stages] [--durable DIR]

The mails are made here, always the same ones: prose, text and HTML, half of them answers that quote an earlier mail,
one in ten with an attachment. The list has a hundred subscribers, who write them in turn. Printed are mails a second
and CPU milliseconds a mail, of this process and of the readers; with `--stages` also what each step takes alone.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from random import Random

from bridge.mail.envelope import Envelope
from bridge.mail.parse import parse
from bridge.mail.triage import Own, triage
from bridge.mailroom import Mailroom, reading
from bridge.mailroom.readers import Readers
from bridge.posting.post import MailingList
from bridge.posting.site import Site
from bridge.reply.clean import body, clean
from bridge.store import lists, people
from bridge.store.database import Store

LIST = "commons@bench.test"
PEOPLE = 100
WORDS = (
    "the a we you they garden river meeting tool ladder roof seed bread market bicycle letter evening winter summer "
    "child neighbour kitchen workshop window door path field barn school budget question answer plan idea Monday "
    "Thursday carry bring paint repair plant water ask tell write think agree wait find share borrow lend cook build "
    "old new green heavy quiet early late long short warm cold plain certain open small large near far again perhaps "
    "together tomorrow often never already gladly soon and but because while before after with without under over"
).split()


SYLLABLES = ("ba", "ri", "no", "te", "la", "mo", "shi", "ve", "du", "ka")
NAMES = [
    f"{SYLLABLES[n // 10]}{SYLLABLES[n % 10]}n {SYLLABLES[n % 10]}{SYLLABLES[n // 10]}ker".title()
    for n in range(PEOPLE)
]


@dataclass(slots=True)
class Written:
    """A mail that others may answer."""

    number: int
    author: int
    subject: str
    lines: list[str]
    before: tuple[str, ...] = field(default=())


def mails(count: int, size: int) -> Iterator[tuple[str, bytes]]:
    """(sender, mail) of about `size` bytes each."""
    random = Random(6)  # noqa: S311
    written: list[Written] = []
    for number in range(count):
        answers = random.choice(written[-60:]) if written and number % 2 else None
        mail = _written(random, number, answers, size)
        written.append(mail)
        yield f"person{mail.author}@members.test", _bytes(random, mail, answers, size)


def _written(random: Random, number: int, answers: Written | None, size: int) -> Written:
    share = size // (8 if answers else 4)  # it stands there twice, as text and as HTML, and so does the quote
    lines: list[str] = []
    while sum(map(len, lines)) < share:
        lines.append(" ".join(random.choice(WORDS) for _ in range(random.randint(7, 12))).capitalize() + ".")
        if random.random() < 0.2:
            lines.append("")
    subject = f"Re: {answers.subject}" if answers else f"{' '.join(random.sample(WORDS, 4))} {number}"
    subject = subject.replace("Re: Re:", "Re:")
    before = (*answers.before, _id(answers.number))[-10:] if answers else ()
    return Written(number, number % PEOPLE, subject, lines, before)


def _id(number: int) -> str:
    return f"<mail{number}@members.test>"


def _bytes(random: Random, mail: Written, answers: Written | None, size: int) -> bytes:
    message = EmailMessage()
    message["From"] = f"{NAMES[mail.author]} <person{mail.author}@members.test>"
    message["To"] = LIST
    message["Subject"] = mail.subject
    message["Date"] = "Mon, 02 Nov 2026 10:00:00 +0000"
    message["Message-ID"] = _id(mail.number)
    if mail.before:
        message["In-Reply-To"] = mail.before[-1]
        message["References"] = " ".join(mail.before)
    for hop in range(3):
        message["Received"] = (
            f"from mx{hop}.members.test (mx{hop}.members.test [192.0.2.{hop + 1}])"
            f" by relay{hop}.members.test with ESMTPS id {mail.number:08x}{hop}; Mon, 2 Nov 2026 10:00:0{hop} +0000"
        )
    name = NAMES[mail.author]
    own = [*mail.lines, "", "Kind regards,", name]
    wrote = f"On Mon, 2 Nov 2026 at 09:00, {NAMES[answers.author]} wrote:" if answers else ""
    quoted = answers.lines if answers else []
    text = [*own, "", wrote, "", *(f"> {line}".rstrip() for line in quoted)] if answers else own
    message.set_content("\n".join([*text, "", "-- ", name, "Tool library, Mill Lane"]) + "\n")
    html = "".join(f"<div>{line or '<br>'}</div>" for line in own)
    if answers:
        inner = "".join(f"<div>{line or '<br>'}</div>" for line in quoted)
        html += (
            f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{wrote}<br></div>'
            f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{inner}</blockquote></div>'
        )
    message.add_alternative(f'<html><body><div dir="ltr">{html}</div></body></html>\n', subtype="html")
    if mail.number % 10 == 0:
        message.add_attachment(
            random.randbytes(size // 4),
            maintype="application",
            subtype="pdf",
            filename=f"plan-{mail.number}.pdf",
        )
    return message.as_bytes()


@contextmanager
def opened(folder: Path, read: reading.Read) -> Iterator[Mailroom]:
    """A mailroom with one list of a hundred people."""
    store = Store.open(folder / "walk.db")
    try:
        store.write(lambda tx: lists.put(tx, MailingList(0, "commons", LIST, "Commons")))
        for number in range(PEOPLE):
            address, name = f"person{number}@members.test", NAMES[number]
            store.write(partial(_subscribe, address, name))
        site = Site("Bench", "bench.test", "https://bench.test")
        yield Mailroom(store, site, lambda: time.time_ns() // 1000, read=read)
    finally:
        store.close()


def _subscribe(address: str, name: str, tx: object) -> None:
    people.subscribe(tx, 1, address, name, "each", time.time_ns() // 1000)  # type: ignore[arg-type]


def queue(room: Mailroom, letters: list[tuple[str, bytes]]) -> None:
    """Keep the mails in the ledger."""
    waiting = [room.submit(Envelope(sender, (LIST,), raw), "smtp") for sender, raw in letters]
    for future in waiting:
        future.result()


def walk(folder: Path, letters: list[tuple[str, bytes]], size: int) -> None:
    """Walk all of them with `size` readers and as many threads, and print the rates."""
    readers = Readers(size)
    with closing(readers), opened(folder, readers.read) as room:
        queue(room, letters)
        before, began = time.process_time(), time.perf_counter()
        walkers = [threading.Thread(target=room.receive_waiting, args=(len(letters),)) for _ in range(size)]
        for walker in walkers:
            walker.start()
        for walker in walkers:
            walker.join()
        wall, here = time.perf_counter() - began, time.process_time() - before
        rows = room.store.read(
            lambda tx: tx.connection.execute("select outcome, count(*) n from ledger group by 1").fetchall()
        )
        print(
            *(f"{row['n']} {row['outcome']}" for row in rows),
            f"in {wall:.2f} s: {len(letters) / wall:.0f} a second",
        )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    there = used.ru_utime + used.ru_stime
    each = 1000 / len(letters)
    print(
        f"CPU ms a mail: {here * each:.2f} here, {there * each:.2f} in readers; {(here + there) * each:.2f} in all"
    )


def stages(folder: Path, letters: list[tuple[str, bytes]]) -> None:
    """Walk them one after another in this process, and print CPU milliseconds a mail of each step."""
    own = Own("bench.test", frozenset({LIST}))
    spent: dict[str, float] = {}

    @contextmanager
    def step(name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        spent[name] = spent.get(name, 0.0) + time.process_time() - began

    def read(raw: bytes, sender: str, _own: Own, known: object) -> reading.Reading:
        with step("parse"):
            message = parse(raw)
        with step("triage"):
            triage(message, sender, own)
        with step("lines"):
            lines = body(message)
        with step("read, all"):
            first = reading.read(raw, sender, own)
        with step("gather"):
            what = known(first)  # type: ignore[operator]
        with step("clean"):
            reply = clean(message, what, list(lines))
        with step("render"):
            reading.as_html(reply.parts, {})
        with step("understand, all"):
            whole = reading.understand(first, what)
        began.append(time.process_time())
        return whole

    began: list[float] = []
    with opened(folder, read) as room:
        with step("keep"):
            queue(room, letters)
        for _ in letters:
            room.receive_waiting(1)
            spent["settle"] = spent.get("settle", 0.0) + time.process_time() - began[-1]
    for name, seconds in spent.items():
        print(f"{name:16} {seconds * 1000 / len(letters):7.3f} ms")


def main() -> None:
    """Measure as asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--mails", type=int, default=1000)
    asked.add_argument("--kb", type=int, default=4)
    asked.add_argument("--readers", type=int, default=2)
    asked.add_argument("--stages", action="store_true")
    given = asked.parse_args()
    letters = list(mails(given.mails, given.kb * 1024))
    mean = sum(len(raw) for _, raw in letters) / len(letters)
    print(f"{len(letters)} mails of {mean / 1024:.1f} kB")
    with tempfile.TemporaryDirectory() as folder:
        if given.stages:
            stages(Path(folder), letters)
        else:
            walk(Path(folder), letters, given.readers)


if __name__ == "__main__":
    main()
