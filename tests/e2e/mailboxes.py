"""I1 to I8 with a whole daemon on a real Dovecot, of any length: each gives whether it held, and its figures."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imapclient.imap_utf7 import encode

from tests import hostile
from tests.daemonprocess import crlf
from tests.servers import Daemon, Dovecot, config_text, directory, free_port, wait_for

from .conftest import imap_config
from .story import find_database, query, subscribe

ADA = "ada@members.example"
Found = tuple[bool, dict[str, object]]
TICKS = os.sysconf("SC_CLK_TCK")


def mail(n: int, size: int = 0, to: str = "forum@bridge.test") -> bytes:
    """A mail of a number, by a member."""
    head = (
        f"From: Ada <{ADA}>\r\nTo: {to}\r\nSubject: Number {n}\r\nMessage-ID: <{n}@members.example>\r\n"
        f"Date: Mon, 02 Nov 2026 10:00:00 +0000\r\n\r\nWords of mail {n} alone.\r\n"
    )
    return head.encode() + (b"x" * 70 + b"\r\n") * (size // 72)


class Box:
    """A Dovecot of its own with Ada's mailbox, and a daemon that reads it."""

    def __init__(self, path: Path, more: str = "", capability: str = "", **imap: str | int) -> None:
        self.dovecot, self._folder = Dovecot(path, capability=capability), str(imap.get("folder", ""))
        smtp, web = free_port(), free_port()
        tables = imap_config(self.dovecot, "alice", poll_seconds=5, **imap) + more
        text = config_text(data=path / "bridge" / "data", smtp=smtp, web=web, more=tables)
        self.daemon = Daemon(path / "bridge", text, smtp=smtp, web=web)

    def start(self) -> None:
        """Start both; Ada may post, and gets no letters."""
        self.dovecot.start()
        if folder := self._folder:
            with self.dovecot.session("alice") as imap:
                imap.create('"' + encode(folder).decode() + '"')
        self.daemon.start()
        subscribe(self.daemon, {ADA: "Ada"}, mode="none")

    def put(self, *mails: bytes, user: str = "alice") -> None:
        """Put mails into the mailbox, as an MTA does."""
        self.dovecot.append(user, *mails)

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """What the database holds."""
        return query(find_database(self.daemon), sql)

    def posts(self) -> list[str]:
        """The Message-ID of each post."""
        return [str(row[0]) for row in self.ask("select message_id from post order by id")]

    def kept(self) -> int:
        """How many mails came in and were walked."""
        return int(str(self.ask("select count(*) from ledger where outcome <> 'waiting'")[0][0]))

    def settle(self, mails: int, seconds: float = 120) -> None:
        """Wait until so many mails have their outcome."""
        wait_for(lambda: self.kept() >= mails, seconds, f"{mails} mails; there are {self.kept()}")

    def cpu(self) -> float:
        """The processor seconds that the daemon itself has used."""
        fields = Path(f"/proc/{self.daemon.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """The largest resident set of the daemon itself so far, in megabytes."""
        status = Path(f"/proc/{self.daemon.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in status if line.startswith("VmHWM"))) / 1024


@contextmanager
def box(more: str = "", capability: str = "", **imap: str | int) -> Iterator[Box]:
    """A box that is started, and ended afterwards."""
    with directory("mailbox") as path:
        made = Box(path, more, capability, **imap)
        try:
            made.start()
            yield made
        finally:
            made.daemon.kill9()
            made.dovecot.signal(signal.SIGCONT) if made.dovecot.running else None
            made.dovecot.stop()


def renumbered(mails: int, fresh: int = 10) -> Found:
    """I1: Dovecot forgets all UIDs of a folder whose mails are posts, and new mails come."""
    with box() as made:
        made.put(*(mail(n) for n in range(mails)))
        made.settle(mails)
        before = made.ask("select uidvalidity from imap_cursor")
        made.dovecot.stop()
        made.dovecot.forget_uids("alice")
        time.sleep(1.1)  # UIDVALIDITY is a count of seconds
        made.dovecot.start()
        made.put(*(mail(n) for n in range(mails, mails + fresh)))
        made.settle(mails + fresh)
        wait_for(
            lambda: made.ask("select uid from imap_cursor") == [(mails + fresh,)], 60, "the whole folder"
        )
        posts, rows, after = made.posts(), made.kept(), made.ask("select uidvalidity from imap_cursor")
    missed = set(range(mails + fresh)) - {int(post.split("@")[0]) for post in posts}
    figures: dict[str, object] = {
        "mails": mails, "UIDVALIDITY changed": before != after, "new posts of old mails": len(posts) - len(set(posts)),
        "read twice": rows - mails - fresh, "fresh": fresh, "missed": len(missed),
    }  # fmt: skip
    return before != after and len(posts) == rows == mails + fresh and not missed, figures


def interrupted(times: int, seconds: float) -> Found:
    """I2: sessions are killed, Dovecot is killed, stopped by SIGSTOP, shut down; a mail comes after each."""
    harms = ("sessions", "kill", "stop", "close")
    late: list[float] = []
    loads: list[float] = []
    with box() as made:
        for n in range(times):
            harm, dovecot = harms[n % 4], made.dovecot
            if harm == "sessions":
                wait_for(dovecot.kill_sessions, 90, "a session")
            elif harm == "stop":
                dovecot.signal(signal.SIGSTOP)
            else:
                dovecot.kill() if harm == "kill" else dovecot.stop()
            used, began = made.cpu(), time.monotonic()
            time.sleep(seconds)
            loads.append((made.cpu() - used) / (time.monotonic() - began))
            if harm == "stop":
                dovecot.signal(signal.SIGCONT)
            elif harm != "sessions":
                dovecot.start()
            began = time.monotonic()
            made.put(mail(n))
            made.settle(n + 1, 120)
            late.append(time.monotonic() - began)
        posts = made.posts()
    figures: dict[str, object] = {
        "interruptions": times, "each s": seconds, "posts": len(posts), "latest s": round(max(late), 1),
        "CPU % at most": round(100 * max(loads), 1), "CPU % mean": round(100 * sum(loads) / len(loads), 2),
    }  # fmt: skip
    well = sorted(posts) == sorted(f"{n}@members.example" for n in range(times)) and max(late) <= 60
    return well and sum(loads) / len(loads) < 0.05, figures


def stood_still(seconds: float) -> Found:
    """I3: Dovecot stands still while IDLE waits, without a word; then mail comes. And one that offers no IDLE."""
    late: dict[str, float] = {}
    for name, capability in (("with IDLE", ""), ("without IDLE", "IMAP4rev1 SASL-IR LITERAL+ UIDPLUS MOVE")):
        with box(capability=capability) as made:
            wait_for(lambda made=made: _connected(made), 20, "the mailbox")
            made.dovecot.signal(signal.SIGSTOP)
            time.sleep(seconds if not capability else min(seconds, 20))
            made.dovecot.signal(signal.SIGCONT)
            began = time.monotonic()
            made.put(mail(1))
            made.settle(1, 330)
            late[name] = round(time.monotonic() - began, 1)
    return max(late.values()) <= 300, {
        "stood still s": round(seconds),
        **{f"posted after s {k}": v for k, v in late.items()},
    }


def great(megabytes: int, small: int, limit: int = 33_554_432) -> Found:
    """I4: a mail that is too large among small ones, and one just small enough."""
    with box(f"\n[limits]\nmessage_bytes = {limit}\n") as made:
        at_rest = made.memory()
        folder = made.dovecot.path / "home" / "alice" / "Maildir"
        made.put(mail(0))
        made.settle(1)
        with (folder / "tmp" / "1.great").open("wb") as file:
            file.write(mail(1_000_000))
            for _ in range(megabytes):
                file.write((b"x" * 62 + b"\r\n") * 16_384)
        os.chown(folder / "tmp" / "1.great", (folder / "cur").stat().st_uid, -1)
        (folder / "tmp" / "1.great").rename(folder / "new" / "1.great")
        made.put(mail(1, limit - 3_000_000), *(mail(n) for n in range(2, small)))
        made.settle(small + 1)
        time.sleep(6)  # a look more: it must not be told again
        told = made.daemon.log(10_000_000).count("imap mail too large")
        rows = made.ask("select code, message_id from ledger where outcome = 'ignored'")
        posts, memory = made.posts(), made.memory()
    figures: dict[str, object] = {
        "MB": megabytes, "small": small, "posted": len(posts), "told": told,
        "RSS MB at rest": round(at_rest), "RSS MB at most": round(memory),
    }  # fmt: skip
    well = told == 1 and rows == [("too-large", "1000000@members.example")] and memory < 300
    return well and sorted(posts) == sorted(f"{n}@members.example" for n in range(small)), figures


def disturbed(mails: int, seed: int = 1) -> Found:
    """I5: a second client flags and deletes at random while mails come."""
    dice, gone, over = random.Random(seed), set[int](), threading.Event()

    def disturb() -> None:
        with made.dovecot.session("alice") as imap:
            imap.select("INBOX")
            while not over.is_set():
                imap.noop()
                found = imap.search(None, "ALL")[1][0].split()
                if found:
                    one = dice.choice(found)
                    imap.store(one, dice.choice(("+FLAGS", "-FLAGS")), "\\Flagged")
                    if dice.random() < 0.5:
                        head = imap.fetch(one, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1][0]
                        if isinstance(head, tuple):
                            gone.add(int(head[1].split()[-1]))
                            imap.store(one, "+FLAGS", "\\Deleted")
                            imap.expunge()

    with box() as made:
        second = threading.Thread(target=disturb)
        second.start()
        for first in range(0, mails, 20):
            made.put(*(mail(n) for n in range(first, min(first + 20, mails))))
        over.set()
        second.join()
        least = set(range(mails)) - gone
        wait_for(
            lambda: {int(post.split("@")[0]) for post in made.posts()} >= least, 60, "what was not deleted"
        )
        pairs = made.ask("select message_id, text from post")
    wrong = [one for one, text in pairs if f"mail {str(one).split('@')[0]} alone" not in str(text)]
    twice = len(pairs) - len({one for one, _ in pairs})
    figures: dict[str, object] = {
        "mails": mails, "deleted by another": len(gone), "posts": len(pairs), "mixed up": len(wrong), "twice": twice,
    }  # fmt: skip
    return not wrong and not twice, figures


def poisoned(good: int, odd: int, size: int = 20_000) -> Found:
    """I6: hostile mails of all families, and damaged ones, among good ones."""
    bad = [shape(size) for shape in hostile.SHAPES.values()] + [hostile.odd(seed) for seed in range(odd)]
    bad = list(dict.fromkeys(raw for raw in bad if raw.strip()))
    mails = [*bad, *(mail(n) for n in range(good))]
    random.Random(1).shuffle(mails)
    with box() as made:
        made.put(*mails)
        made.settle(len({crlf(raw) for raw in mails}), 900)
        outcomes = dict(made.ask("select outcome, count(*) from ledger group by 1"))
        unsaid = made.ask("select count(*) from ledger where outcome not in ('posted') and reason = ''")[0][0]
        posts = [post for post in made.posts() if post.partition("@")[0].isdecimal()]
        alive, traces = made.daemon.alive, made.daemon.log(50_000_000).count("Traceback")
    figures: dict[str, object] = {
        "bad": len(bad), "good": good, "good posted": len(posts), "outcomes": outcomes, "without reason": unsaid,
        "tracebacks": traces,
    }  # fmt: skip
    return alive and len(posts) == good and not unsaid, figures


def locked_out(seconds: float) -> Found:
    """I7: the password changes at the server, and later in the file."""

    def tries() -> int:
        return (made.dovecot.path / "dovecot.log").read_text(errors="replace").count("auth failed")

    with box() as made:
        wait_for(lambda: "connected" in made.daemon.log(), 20, "the mailbox")
        old = (made.dovecot.path / "alice.password").read_text()
        made.dovecot.add("alice", "another")
        (made.dovecot.path / "alice.password").write_text(old)
        wait_for(made.dovecot.kill_sessions, 20, "a session")
        wait_for(lambda: "wrong-password" in made.daemon.log(), 30, "the refusal")
        made.dovecot.append("bob", b"x: y\r\n\r\n")
        time.sleep(seconds)
        alarms = made.daemon.log(1_000_000).count("the server refuses user or password")
        attempts = tries()
        began = time.monotonic()
        (made.dovecot.path / "alice.password").write_text("another\n")
        wait_for(lambda: _connected(made) >= 2, 30, "the way back")
        back = time.monotonic() - began
    figures: dict[str, object] = {
        "seconds": seconds, "tries": attempts, "told": alarms, "back after s": round(back, 1),
    }  # fmt: skip
    return alarms == 1 and attempts <= 3, figures


def _connected(made: Box) -> int:
    return sum("imap" in line and "connected" in line for line in made.daemon.log(100_000).splitlines())


def shared(mails: int) -> Found:
    """I8: two pollers read one mailbox, under two names of the server, and the command line reads its files beside."""
    with directory("mailbox") as path:
        made = Box(path)
        second = imap_config(made.dovecot, "alice", poll_seconds=5).replace('"127.0.0.1"', '"localhost"')
        made.daemon.config.write_text(made.daemon.config.read_text() + second)
        try:
            made.start()
            import_from = str(made.dovecot.path / "home" / "alice" / "Maildir")
            writer = threading.Thread(target=lambda: made.put(*(mail(n) for n in range(mails))))
            writer.start()
            time.sleep(0.3)
            made.daemon.cli("import", "maildir", import_from, "--list", "forum", check=False)
            writer.join()
            wait_for(lambda: len(set(made.posts())) >= mails, 120, "all posts")
            time.sleep(1)
            posts = made.posts()
            by_imap = made.ask("select count(*) from ledger where via = 'imap'")[0][0]
        finally:
            made.daemon.kill9()
            made.dovecot.stop()
    twice = len(posts) - len(set(posts))
    figures: dict[str, object] = {
        "mails": mails,
        "posts": len(posts),
        "twice": twice,
        "kept by IMAP": by_imap,
    }
    return len(posts) == mails and not twice and by_imap == mails, figures
