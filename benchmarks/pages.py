"""What pages cost: CPU milliseconds a request, with an archive of so many posts behind them.

    .venv/bin/python benchmarks/pages.py [--posts 10000,1000000] [--in DIR] [--requests 300] [--profile PAGE]

The archive is made here straight in the store, always the same one: twenty public lists, threads of 1 to 50 posts
and one of 5,000, as many people as a hundredth of the posts, words as frequent as in prose. It is kept in DIR and
used again. The application is called without a socket; what is counted is CPU time of the whole process, each
request for another thread, list, person or word than the one before, and no answer unpacked or unpicked.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from sqlite_utils.utils import sqlite3

from bridge.posting.post import MailingList
from bridge.posting.render import render
from bridge.posting.site import Site
from bridge.store import lists
from bridge.store.database import Store, Tx
from bridge.web import shown
from bridge.web.app import create

LISTS = 20
LARGE = 5_000
LARGE_AT = 3_000
"""The large thread begins with this post of the archive, and takes every second one until it is full."""
OPEN = 300
"""So many threads are written in at the same time."""
START = 1_262_304_000_000_000
MINUTE = 60_000_000
BATCH = 5_100
"""Posts a transaction."""
SYLLABLES = "ba ri no te la mo shi ve du ka pe lo sti ran gu mi for ta el wen".split()
MEMOS = (shown._hidden, shown._masked, shown._masked_html, shown._opening, shown.named, shown.initials)
SITE = Site("Bench", "bench.test", "https://bench.test")


@dataclass(slots=True)
class Thread:
    """A thread that is being written: how many posts it is to have, and the numbers of those it has."""

    id: int
    list_id: int
    wanted: int
    posts: list[int] = field(default_factory=list)
    first_date: int = 0


class Words:
    """Words of a made-up language, of which the n-th is met 1/n as often as the first."""

    def __init__(self, random: Random, count: int = 30_000) -> None:
        self.random = random
        every = itertools.product(SYLLABLES, repeat=3), itertools.product(SYLLABLES, repeat=4)
        few = ["".join(pair) for pair in itertools.product(SYLLABLES, repeat=2)]
        more = ["".join(each) for each in itertools.islice(itertools.chain(*every), 0, 5 * count, 5)]
        self.all = (few + more)[:count]
        self.weights = list(itertools.accumulate(1 / (n + 3) for n in range(len(self.all))))

    def some(self, count: int) -> list[str]:
        """So many words in a row."""
        return self.random.choices(self.all, cum_weights=self.weights, k=count)


def paragraphs(random: Random, words: Words, count: int) -> list[tuple[str, str]]:
    """Markdown and HTML of so many paragraphs, of which posts are put together: rendering each would take hours."""
    made = []
    for _ in range(count):
        said = words.some(random.randint(20, 70))
        cut = random.randint(5, 15)
        prose = " ".join(" ".join(said[at : at + cut]).capitalize() + "." for at in range(0, len(said), cut))
        dice = random.random()
        if dice < 0.03:
            prose = "\n".join(f"- {' '.join(words.some(4))}" for _ in range(4))
        elif dice < 0.06:
            prose += f" See https://{words.some(1)[0]}.example/{random.randint(1, 999)} for **more**."
        elif dice < 0.09:
            prose = "> " + " ".join(words.some(12))
        elif dice < 0.11:
            prose += f" Call me on 01632 960{random.randint(100, 999)}, or write to a.b@members.test."
        made.append((prose, render(prose, {})))
    return made


def threads(random: Random, posts: int) -> Iterator[Thread]:
    """For each post in turn the thread that it goes to; OPEN of them take turns."""
    number = itertools.count(1)

    def begun() -> Thread:
        wanted = min(50, 1 + int(random.expovariate(1 / 9)))
        return Thread(next(number), random.randint(1, LISTS), wanted)

    open_ones = [begun() for _ in range(OPEN)]
    large = Thread(next(number), 1, LARGE)
    for post in range(posts):
        if post >= LARGE_AT and post % 2 and len(large.posts) < large.wanted:
            yield large
            continue
        place = random.randrange(OPEN)
        yield open_ones[place]
        if len(open_ones[place].posts) >= open_ones[place].wanted:
            open_ones[place] = begun()


def build(store: Store, posts: int) -> None:
    """Write the archive."""
    random = Random(12)  # noqa: S311
    words = Words(random)
    pool = paragraphs(random, words, min(20_000, posts))
    people = [" ".join(words.some(2)).title() for _ in range(max(50, posts // 100))]
    store.write(partial(_ground, people=people))
    # Not by the store's writer: in its savepoints each statement goes through all that could be undone so far.
    connection = sqlite3.connect(store.path, isolation_level=None)
    tx = Tx(connection)
    later = _without_index(tx)
    chosen = list(itertools.accumulate(1 / (n + 20) for n in range(len(people))))
    rows: list[tuple[Any, ...]] = []
    seen: dict[int, Thread] = {}
    new: list[Thread] = []
    for number, thread in enumerate(threads(random, posts), 1):
        date = START + number * 5 * MINUTE
        if thread.id not in seen:
            seen[thread.id] = thread
            thread.first_date = date
            new.append(thread)
        author = random.choices(range(len(people)), cum_weights=chosen)[0]
        parent = random.choice(thread.posts[-30:]) if thread.posts else None
        thread.posts.append(number)
        said = random.choices(pool, k=random.choice((1, 2, 2, 3, 4)))
        rows.append((
            number, thread.list_id, thread.id, parent, author + 1, people[author], 0, "", "s", date, date,
            f"{number}@bench.test", "mail", "reference",
            "\n\n".join([each[0] for each in said]), "".join([each[1] for each in said]),
        ))  # fmt: skip
        if len(rows) == BATCH or number == posts:
            connection.execute("begin immediate")
            _batch(tx, rows, new, words)
            connection.execute("commit")
            rows, new = [], []
            print(f"\r{number:,} posts", end="", flush=True)
    print(", and the index of their words")
    _index(tx, later)
    connection.close()


def _ground(tx: Tx, people: list[str]) -> None:
    for number in range(1, LISTS + 1):
        lists.put(
            tx, MailingList(0, f"list{number}", f"list{number}@bench.test", f"List {number}", "One of many")
        )
    for number, name in enumerate(people, 1):
        person = tx.person_add(name=name, member=1, now=START)["id"]
        tx.address_add(address=f"p{number}@members.test", person_id=person)


def _without_index(tx: Tx) -> list[str]:
    """The triggers of the index are put off: made at the end it takes a quarter of the time."""
    tx.connection.execute("pragma cache_size = -400000")
    query = "select name, sql from sqlite_master where type = 'trigger' and sql like '%post_fts%'"
    triggers = [tuple(row) for row in tx.connection.execute(query)]
    for name, _ in triggers:
        tx.connection.execute(f'drop trigger "{name}"')
    return [written for _, written in triggers]


def _index(tx: Tx, triggers: list[str]) -> None:
    tx.connection.execute("insert into post_fts (post_fts) values ('rebuild')")
    tx.search_added()
    for written in triggers:
        tx.connection.execute(written)


def _batch(tx: Tx, rows: list[tuple[Any, ...]], new: list[Thread], titles: Words) -> None:
    """As many rows as the walk would write, but for its bookkeeping of mails and letters."""
    run = tx.connection.executemany
    run(
        "insert into thread (id, list_id, title, subject_key, first_date, last_date, posts) "
        "values (?, ?, ?, ?, ?, ?, 0)",
        [(t.id, t.list_id, " ".join(titles.some(5)), str(t.id), t.first_date, t.first_date) for t in new],
    )
    run(
        "insert into post (id, list_id, thread_id, parent_id, author_id, author, guest, credit, subject, date, "
        "received, message_id, origin, placed_by, text, html) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        rows,
    )
    run(
        "insert into part (post_id, seq, kind, text, reason, folded) values (?, 0, 'quote', ?, 'lines marked', 1)",
        [(row[0], "> " + row[14][:300]) for row in rows if row[3] and row[0] % 3],
    )
    run(
        "insert into known_id (list_id, message_id, thread_id, post_id) values (?, ?, ?, ?)",
        [(row[1], row[11], row[2], row[0]) for row in rows],
    )
    run("update thread set posts = posts + 1, last_date = ? where id = ?", [(row[9], row[2]) for row in rows])


# -- what is asked -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A kind of page: its name, and paths of it, each another one."""

    name: str
    paths: list[str]


def pages(store: Store, count: int) -> list[Page]:
    """What is asked for, found in the archive, so that each page is there."""
    random = Random(4)  # noqa: S311

    def rows(query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in store.read(lambda tx: tx.connection.execute(query).fetchall())]

    twenty = rows("select list_id, id from thread where posts between 19 and 21 order by id")
    large, large_list = rows("select id, list_id from thread where posts = (select max(posts) from thread)")[
        0
    ]
    posts_in = [row[0] for row in rows(f"select id from post where thread_id = {large} order by id")]  # noqa: S608
    last = rows("select max(id) from post")[0][0]
    people = [row[0] for row in rows("select distinct author_id from post limit 500")]
    words = Words(Random(12))  # noqa: S311
    some = partial(random.choices, k=count)
    one = [words.some(1)[0] for _ in range(count)]
    return [
        Page("thread of 20", [f"/list{list_id}/{thread}" for list_id, thread in some(twenty)]),
        Page("thread of 20 by time", [f"/list{list_id}/{thread}?by=time" for list_id, thread in some(twenty)]),
        Page("list", [f"/list{n % LISTS + 1}" for n in range(count)]),
        Page("list, page 2-20", [f"/list{n % LISTS + 1}?page={random.randint(2, 20)}" for n in range(count)]
             if last > 100_000 else [f"/list{n % LISTS + 1}?page=2" for n in range(count)]),
        Page("front", ["/"] * count),
        Page("search, a word", [f"/search?q={word}" for word in one]),
        Page("search, two words", [f"/search?q={'+'.join(words.some(2))}" for _ in range(count)]),
        Page("search, common", [f"/search?q={random.choice(words.all[:50])}" for _ in range(count)]),
        Page("search, two common",
             [f"/search?q={'+'.join(random.choices(words.all[:60], k=2))}" for _ in range(count)]),
        Page("search, in a list", [f"/search?q={word}&list=list{n % LISTS + 1}" for n, word in enumerate(one)]),
        Page("search, a phrase", [f"/search?q=%22{'+'.join(words.some(2))}%22" for _ in range(count)]),
        Page("search, common phrase",
             [f"/search?q=%22{'+'.join(random.choices(words.all[:20], k=2))}%22" for _ in range(count)]),
        Page("search, 3 letters*", [f"/search?q={word[:3]}*" for word in one]),
        Page("search, a beginning", [f"/search?q={word[:4]}*" for word in one]),
        Page("search, 6 letters*", [f"/search?q={word[:6]}*" for word in one]),
        Page("search, page 9", [f"/search?q={random.choice(words.all[:50])}&page=9" for _ in range(count)]),
        Page("large thread", [f"/list{large_list}/{large}?page={n % 50 + 1}" for n in range(count)]
             if len(posts_in) >= LARGE else []),
        Page("post in large thread", [f"/post/{post}" for post in some(posts_in)]),
        Page("a post", [f"/post/{random.randint(1, last)}" for _ in range(count)]),
        Page("a post, whole", [f"/post/{random.randint(1, last)}/whole" for _ in range(count)]),
        Page("person", [f"/people/{person}" for person in some(people)]),
        Page("feed of a list", [f"/list{n % LISTS + 1}/feed.atom" for n in range(count)]),
    ]  # fmt: skip


async def ask(app: Any, path: str, packed: bool) -> int:
    """One request without a socket; gives the status."""
    plain, _, query = path.partition("?")
    headers = [(b"host", b"bench.test"), *([(b"accept-encoding", b"gzip")] if packed else [])]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": plain,
        "raw_path": plain.encode(), "root_path": "", "scheme": "http", "query_string": query.encode(),
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    told: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            told.append(message["status"])

    await app(scope, receive, send)
    return told[0]


async def measure(app: Any, page: Page, packed: bool) -> tuple[list[float], set[int]]:
    """CPU milliseconds of each request, sorted, and which statuses came."""
    spent, statuses = [], set()
    for path in page.paths:
        for memo in MEMOS:
            memo.cache_clear()  # as if nobody had asked for this page for a while
        before = time.process_time()
        statuses.add(await ask(app, path, packed))
        spent.append((time.process_time() - before) * 1000)
    return sorted(spent), statuses


def _here(
    loop: asyncio.AbstractEventLoop, _executor: Any, work: Callable[..., Any], *given: Any
) -> asyncio.Future[Any]:
    """In place of `run_in_executor`: what runs in another thread is not profiled."""
    future = loop.create_future()
    future.set_result(work(*given))
    return future


def archive(folder: Path, posts: int) -> Store:
    """The archive of so many posts, made where it is not there yet."""
    path = folder / f"{posts}" / "pages.db"
    done = path.with_name("done")
    store = Store.open(path)
    if not done.exists():
        build(store, posts)
        done.touch()
    return store


def figures(store: Store, args: argparse.Namespace) -> dict[str, tuple[float, float, float]]:
    """(median, 99th percentile, largest) of each kind of page."""
    app = create(store, SITE, unsubscribable=lambda _: None, unsubscribe=lambda _: False)
    found = {}
    for page in pages(store, args.requests):
        if args.profile and args.profile != page.name:
            continue
        asyncio.run(measure(app, Page(page.name, page.paths[:3]), args.packed))
        run: Callable[[], Any] = partial(asyncio.run, measure(app, page, args.packed))
        if args.profile:
            profile = cProfile.Profile()
            with patch.object(asyncio.BaseEventLoop, "run_in_executor", _here):
                spent, statuses = profile.runcall(run)
            profile.print_stats("tottime")
        else:
            spent, statuses = run()
        if spent:
            at = int(len(spent) * 0.99)
            found[page.name] = (spent[len(spent) // 2], spent[min(at, len(spent) - 1)], spent[-1])
        if statuses - {200, 302}:
            print(f"{page.name}: {statuses}")
    return found


def main() -> None:
    """Build what is missing, ask, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--posts", default="10000,1000000", help="sizes of archives")
    parser.add_argument(
        "--in", dest="folder", type=Path, default=Path(tempfile.gettempdir()) / "pages-archives"
    )
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--packed", action="store_true", help="as browsers ask: answers are packed with gzip")
    parser.add_argument("--profile", help="profile this kind of page")
    args = parser.parse_args()
    tables = {}
    for posts in map(int, args.posts.split(",")):
        with closing(archive(args.folder, posts)) as store:
            tables[posts] = figures(store, args)
    heads = "".join(f"{posts:>12,}: p50   p99   max" for posts in tables)
    print(f"{'CPU ms':<24}{heads}   growth")
    first, *_, last = (*tables.values(), *tables.values())
    for name in last:
        cells = "".join(
            f"{t[name][0]:18.2f}{t[name][1]:6.1f}{t[name][2]:6.0f}" if name in t else " " * 30
            for t in tables.values()
        )
        growth = f"{last[name][0] / first[name][0]:9.2f}" if name in first else ""
        print(f"{name:<24}{cells}{growth}")


if __name__ == "__main__":
    main()
