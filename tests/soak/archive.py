"""R7 and R8 in their long form: pages of a large archive, and pages while hundreds of slow requests are held open.

    python -m tests.soak.archive [--posts 50000] [--lists 500] [--slow 500] [--requests 200] [--dir FOLDER]

The archive is that of benchmarks/pages.py. Pages are asked of a running daemon by HTTP, each another one, by one client
and by four at once; what is told is the time until the whole page is there. Then so many clients begin a POST and drip,
from several addresses of this machine, and pages are asked for meanwhile, each over a new connection.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from benchmarks import pages as bench
from bridge.store.database import Store
from tests.servers import Daemon, config_text, free_port

from .connections import files, rss
from .table import report

PROMISED = 0.1
HELD = b"POST /unsubscribe/good HTTP/1.1\r\nHost: bridge.test\r\nContent-Length: 60000\r\n\r\nx"
LIST = '\n[[list]]\nname = "list{n}"\naddress = "list{n}@bench.test"\ntitle = "List {n}"\nvisibility = "public"\n'


def prepared(folder: Path, posts: int, lists: int, count: int) -> tuple[Daemon, dict[str, list[str]]]:
    """A daemon on such an archive, not started, and paths of each kind of page."""
    bench.LISTS = lists
    with contextlib.closing(Store.open(folder / "data" / "threadbridge.db")) as store:
        bench.build(store, posts)
        kinds = {page.name: page.paths for page in bench.pages(store, count) if page.paths}
        kinds.pop("list, page 2-20")  # with so many lists, one has but a page
    smtp, web = free_port(), free_port()
    named = "".join(LIST.format(n=n) for n in range(1, lists + 1))
    text = config_text(data=folder / "data", smtp=smtp, web=web, domain="bench.test", lists=named)
    text = text.replace("[web]\n", "[web]\nsearches_per_minute = 0\n")
    return Daemon(folder, text, smtp=smtp, web=web), kinds


def asked(port: int, paths: list[str]) -> tuple[list[float], Counter[int]]:
    """Seconds of each page by one client, sorted, and the statuses."""
    spent, statuses = [], Counter[int]()
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for path in paths:
        began = time.perf_counter()
        client.request("GET", path)
        answer = client.getresponse()
        answer.read()
        spent.append(time.perf_counter() - began)
        statuses[answer.status] += 1
    client.close()
    return sorted(spent), statuses


def share(sorted_: list[float], part: float) -> float:
    """Milliseconds that so large a part of them did not exceed."""
    return round(1000 * sorted_[min(len(sorted_) - 1, int(part * len(sorted_)))], 1)


def read(port: int, kinds: dict[str, list[str]]) -> tuple[bool, dict[str, object]]:
    """R7: each kind by one client, and all mixed by four at once."""
    worst, broken, everything = ("", 0.0), Counter[int](), list[float]()
    for kind, paths in kinds.items():
        asked(port, paths[:3])
        spent, statuses = asked(port, paths)
        everything += spent
        broken += Counter({status: n for status, n in statuses.items() if status >= 400})
        print(f"{kind}: {share(spent, 0.5)} ms, 95 of 100 {share(spent, 0.95)}", file=sys.stderr, flush=True)
        worst = max(worst, (kind, share(spent, 0.95)), key=lambda each: each[1])
    together = list[float]()
    mixed = [path for paths in zip(*kinds.values(), strict=True) for path in paths]
    crowd = [
        threading.Thread(target=lambda n=n: together.extend(asked(port, mixed[n::4])[0])) for n in range(4)
    ]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    everything.sort()
    together.sort()
    figures: dict[str, object] = {
        "pages": len(everything), "median ms": share(everything, 0.5), "95 of 100 ms": share(everything, 0.95),
        "slowest kind": f"{worst[0]}, 95 of 100 {worst[1]} ms", "four clients, 95 of 100 ms": share(together, 0.95),
        "errors": sum(broken.values()),
    }  # fmt: skip
    return share(everything, 0.95) <= 1000 * PROMISED and not broken, figures


def flooded(daemon: Daemon, slow: int, paths: list[str]) -> tuple[bool, dict[str, object]]:
    """R8: so many begin a POST and drip."""
    before, held, late = files(daemon.pid), list[socket.socket](), list[float]()
    for n in range(slow):
        with contextlib.suppress(OSError):
            peer = socket.create_connection(("127.0.0.1", daemon.web), 5, (f"127.0.{1 + n % 20}.1", 0))
            peer.sendall(HELD)
            held.append(peer)
    at_most, most = 0, rss(daemon.pid)
    end = time.monotonic() + 8
    while time.monotonic() < end:
        for path in paths[:5]:
            began = time.perf_counter()
            assert daemon.get(path)[0] == 200, path
            late.append(time.perf_counter() - began)
        for peer in held:
            with contextlib.suppress(OSError):
                peer.sendall(b"x")
        at_most, most = max(at_most, files(daemon.pid)), max(most, rss(daemon.pid))
        time.sleep(0.5)
    end = time.monotonic() + 60
    while (left := files(daemon.pid)) > before + 5 and time.monotonic() < end:
        time.sleep(0.5)
    for peer in held:
        peer.close()
    late.sort()
    figures: dict[str, object] = {
        "slow POSTs": len(held), "files before, at most, after": f"{before}, {at_most}, {left}",
        "pages meanwhile": len(late), "slowest ms": share(late, 1), "MB at most": round(most),
    }  # fmt: skip
    return left <= before + 5 and late[-1] < 1 and most < 400, figures


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="pages of a large archive, and a flood")
    parser.add_argument("--posts", type=int, default=50_000)
    parser.add_argument("--lists", type=int, default=500)
    parser.add_argument("--slow", type=int, default=500)
    parser.add_argument("--requests", type=int, default=200, help="of each kind of page")
    parser.add_argument(
        "--dir", type=Path, help="make the archive there, and keep it; else in a temporary folder"
    )
    given = parser.parse_args()
    folder = given.dir or Path(tempfile.mkdtemp(prefix="archive-"))
    daemon, kinds = prepared(folder, given.posts, given.lists, given.requests)
    daemon.start(60)
    try:
        command = f"python -m tests.soak.archive --posts {given.posts} --lists {given.lists}"
        well = not report("R7", command, *read(daemon.web, kinds))
        path = kinds["thread of 20"]
        well &= not report("R8", f"{command} --slow {given.slow}", *flooded(daemon, given.slow, path))
    finally:
        daemon.kill9()
        if not given.dir:
            shutil.rmtree(folder)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
