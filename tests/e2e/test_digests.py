"""Digests over real SMTP: made once through kill -9, answered from six mail programs, asked about where unclear."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import threading
import time
from collections import Counter
from urllib.parse import unquote

from tests.cutting import kept, mail_of, text_of
from tests.mailprograms import answer
from tests.servers import Daemon, Sink

from .conftest import MakeBridge
from .story import LIST, find_database, header, query, settle

PROGRAMS = ("gmail", "outlook", "apple-mail", "iphone", "thunderbird", "mutt")
WRITER = "zoe@members.test"
TITLES = ("Who can repair the lathe?", "Keys for the shed", "Beans and squash")
SAYS = (
    "I took the lathe apart, and the belt is cracked in two places, as I had feared.",
    "There are two keys, and one of them could go to Freya, who opens on Thursdays.",
    "Six kinds of beans are left from this summer, and the squash is gone altogether.",
)


def mail(number: int, subject: str, words: str) -> tuple[str, str, bytes]:
    """A mail of the writer to the list."""
    head = (
        f"From: Zoe Bell <{WRITER}>\nTo: {LIST}\nSubject: {subject}\nMessage-ID: <d{number}@members.test>\n"
    )
    return WRITER, LIST, f"{head}Date: Fri, 03 May 2024 09:12:00 +0000\n\n{words}\n".encode()


def next_morning(daemon: Daemon, *, start: bool = True) -> None:
    """Kill the daemon, let the digest hour of everybody pass, and start it anew."""
    daemon.kill9()
    database = sqlite3.connect(find_database(daemon), timeout=20)
    with database:
        database.execute("update delivery set due = 1 where state = 'digest'")
    database.close()
    if start:
        daemon.start()


def test_a_digest_is_answered_from_six_mail_programs(bridge: MakeBridge, sink: Sink) -> None:
    daemon = bridge(sink=sink)
    readers = {f"{program}@readers.test": program for program in PROGRAMS}
    daemon.people([(WRITER, "Zoe Bell", "", "forum", "none")])
    daemon.people([(address, f"Reader {n}", "", "forum", "daily") for n, address in enumerate(readers)])
    daemon.send(*(mail(n, title, SAYS[n]) for n, title in enumerate(TITLES)))
    settle(daemon, 3)
    assert not sink.mails, "nothing before its hour"
    next_morning(daemon)
    sink.wait(lambda s: len(s.mails) >= len(readers))
    sink.settle()
    assert Counter(m.recipients[0] for m in sink.mails) == Counter(list(readers))
    letters = {m.recipients[0]: m.content for m in sink.mails}
    sink.clear()

    for n, (address, program) in enumerate(readers.items()):
        order = re.findall(r"^\d\. (.*)$", text_of(mail_of(letters[address])), re.M)
        whole = program == "mutt"
        letter = letters[address] if whole else kept(letters[address], order.index(TITLES[n % 3]) + 1)
        raw = answer(
            letter, program, f"Number {n} is fine with me, as it was last year.", sender=f"R <{address}>"
        )
        daemon.send((address, re.sub(r".*<|>.*", "", header(letter, "Reply-To")), raw))
    settle(daemon, 9)
    held = [row for row in daemon.ledger() if row["outcome"] == "held"]
    assert [row["sender"] for row in held] == ["mutt@readers.test"]
    question = next(m.content for m in sink.to("mutt@readers.test") if b"Which thread" in m.content)
    links = dict(
        (title, unquote(address))
        for address, title in re.findall(
            r'mailto:(confirm[^?"]+)[^>]*>([^<]*)</a>', text_of(mail_of(question), "html")
        )
    )
    to = links[TITLES[5 % 3]]
    daemon.send(
        ("mutt@readers.test", to, f"From: <mutt@readers.test>\nTo: {to}\nMessage-ID: <tap@x>\n\n".encode())
    )
    settle(daemon, 10)

    posts = {post["post"]: post for post in daemon.export()}
    answers = [post for post in posts.values() if post["parent"]]
    assert len(posts) == 9 and len(answers) == 6
    for post in answers:
        n = int(post["text"].split()[1])
        assert posts[post["parent"]]["title"] == post["title"] == TITLES[n % 3]
        assert post["text"] == f"Number {n} is fine with me, as it was last year."


def test_O7_each_digest_is_made_once_though_the_daemon_is_killed_again_and_again(
    bridge: MakeBridge, sink: Sink
) -> None:
    people, mails, kills = 600, 4, 3
    daemon = bridge(sink=sink)
    daemon.people([(WRITER, "Zoe Bell", "", "forum", "none")])
    daemon.people([(f"p{n}@crowd.test", f"P {n}", "", "forum", "daily") for n in range(people)])
    daemon.send(*(mail(n, f"Thread {n % 4}", f"Words {n}.") for n in range(mails)))
    settle(daemon, mails)
    next_morning(daemon, start=False)
    cut = [_killed_while_it_makes_digests(daemon) for _ in range(kills)]
    daemon.start()
    settle(daemon, mails)
    sink.settle()
    rows = query(
        find_database(daemon),
        "select person_id, post_id, count(*), count(distinct digest_id) from delivery"
        " where post_id is not null group by 1, 2",
    )
    assert len(rows) == people * mails and {row[2:] for row in rows} == {(1, 1)}
    digests = query(find_database(daemon), "select count(*), count(distinct person_id) from digest")
    assert digests == [(people, people)]
    copies = Counter((m.recipients[0], header(m.content, "Message-ID")) for m in sink.mails)
    assert len(copies) == people, "one digest each, whatever was on the wire when the power went"
    assert sum(copies.values()) <= people + kills
    told = mail_of(sink.mails[0].content)
    assert any(0 < made < people for made in cut), f"no kill came in between: {cut}"
    assert all(f"Words {n}." in text_of(told) for n in range(mails))


def _killed_while_it_makes_digests(daemon: Daemon) -> int:
    """Start the daemon, and kill -9 it once it has made some more; gives how many there are by then."""
    database = find_database(daemon)

    def made() -> int:
        count: int = query(database, "select count(*) from digest")[0][0]
        return count

    before = made()
    starting = threading.Thread(target=_start, args=(daemon,))
    starting.start()
    end = time.monotonic() + 60
    while made() == before and before < 600 and time.monotonic() < end:
        time.sleep(0.001)
    daemon.kill9()
    starting.join(60)
    daemon.kill9()
    return made()


def _start(daemon: Daemon) -> None:
    with contextlib.suppress(AssertionError, AttributeError):  # it is killed before it is ready
        daemon.start()
