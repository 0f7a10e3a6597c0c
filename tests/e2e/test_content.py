"""C1, C2: hostile mails in one archive, all of its pages in a browser: nothing runs, nothing is fetched elsewhere."""

from __future__ import annotations

import base64
import re
import threading
import time
from collections.abc import Iterator
from email.header import Header
from itertools import count
from pathlib import Path

import pytest
import uvicorn

from bridge.mail.envelope import Envelope
from bridge.mailroom import Mailroom
from bridge.posting.post import MailingList
from bridge.posting.site import Site
from bridge.store import lists
from bridge.store.database import Store
from bridge.web.app import create
from tests.browser import Browser, Visit
from tests.ground import free_port, need, wait_for

from .payloads import FILES, HTML, SHORT, TEXT, filled

SITE = Site("Example Commons", "forum.example", "http://127.0.0.1")
TITLES = ("<img src=x onerror=canary()>", "</title><script>canary()</script>", '"><svg onload=canary()>')
THREAD = 60
"""So many mails answer one: their page holds them all."""
ACTIVE = """(() => {
  const found = [];
  const tags = 'script,style:not(head style),iframe,frame,object,embed,svg,math,base,meta[http-equiv],'
    + 'video,audio,source,applet,portal,template,link:not(head link),form:not([action="/search"]),input:not(form input)'
    + ',dialog,marquee';
  document.querySelectorAll(tags).forEach(e => found.push(e.outerHTML.slice(0, 99)));
  document.querySelectorAll('*').forEach(e => {
    for (const a of e.attributes) {
      if (/^on|^style$|^srcdoc$|^ping$|^formaction$|^background$|^xlink|^srcset$/i.test(a.name))
        found.push(a.name + '=' + a.value);
      if (/^(href|src|action|poster|cite|data)$/i.test(a.name) && e.closest('body')) {
        const u = new URL(e[a.name] || a.value, location);
        if (!/^(https?|ftp):$/.test(u.protocol)) found.push(a.name + '=' + a.value);
        if (a.name == 'src' && u.origin != location.origin) found.push('src=' + a.value);
      }
    }
  });
  for (const e of document.querySelectorAll('main *')) {
    for (const name of ['mouseover', 'pointerenter', 'focus', 'error', 'load', 'toggle', 'animationstart'])
      e.dispatchEvent(new Event(name, {bubbles: true}));
  }
  return found;
})()"""


def encoded(text: str) -> str:
    """A header's words, whatever they are."""
    return Header(text, "utf-8", maxlinelen=10_000).encode()


class Hostile:
    """Mails of strangers with payloads in every place; each is kept and walked as any other."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder / "t.db")
        for number, title in enumerate(TITLES):
            one = MailingList(0, f"list{number}", f"list{number}@forum.example", title, title, "anyone")
            self.store.write(lambda tx, one=one: lists.put(tx, one))
        self.room = Mailroom(self.store, SITE, lambda: time.time_ns() // 1000)
        self._numbers = count(1)
        self._above = ""

    def send(
        self, body: str, kind: str = "plain", *, subject: str = "Re: x", name: str = "Someone",
        files: tuple[tuple[str, str, str], ...] = (), to: int = 0,
    ) -> None:  # fmt: skip
        """One mail; it answers the last one, until a page is full."""
        number = next(self._numbers)
        if number % THREAD == 1:
            self._above = f"<{number}@out.example>"
        parts = [(f"text/{kind}; charset=utf-8", "", body)]
        parts += [(each, encoded(file), content) for file, each, content in files]
        lines = [
            f"From: {encoded(name)} <p{number}@out.example>", f"To: list{to}@forum.example",
            f"Subject: {encoded(subject)}", "Date: Mon, 02 Nov 2026 10:00:00 +0000", "MIME-Version: 1.0",
            f"Message-ID: <{number}@out.example>", f"References: {self._above}",
            "Content-Type: multipart/mixed; boundary=bb", "",
        ]  # fmt: skip
        for media, file, content in parts:
            where = f'Content-Disposition: attachment; filename="{file}"' if file else "X: x"
            packed = base64.encodebytes(content.encode()).decode()
            lines += [
                "--bb",
                f"Content-Type: {media}",
                where,
                "Content-Transfer-Encoding: base64",
                "",
                packed,
            ]
        raw = "\r\n".join([*lines, "--bb--", ""]).encode()
        envelope = Envelope(f"p{number}@out.example", (f"list{to}@forum.example",), raw)
        self.room.receive(self.room.keep(envelope, "smtp"))

    def send_all(self) -> None:
        """Every payload, each in the places where it fits."""
        for body in TEXT:
            self.send(f"Hello,\n\n{body}\n\nbye")
        for body in HTML:
            self.send(f"<html><body><p>Hello,</p>{body}<p>bye</p></body></html>", "html")
        for at, words in enumerate(SHORT):
            self.send("said", subject=f"{words} {at}", name=words, to=at % len(TITLES))
        for name, media, content in FILES:
            self.send("see", files=((name, media, filled(content)),))
            self.send('<p>see <img src="cid:x"></p>', "html", files=((name, media, filled(content)),))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hostile, str]]:
    """The archive, and the address of its pages."""
    need("chromium")
    archive = Hostile(tmp_path_factory.mktemp("hostile"))
    archive.send_all()
    app = create(archive.store, SITE, unsubscribable=lambda _: None, unsubscribe=lambda _: False)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    running = threading.Thread(target=server.run)
    running.start()
    wait_for(lambda: server.started)
    yield archive, f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join()
    archive.store.close()


def paths(store: Store) -> list[str]:
    """Every kind of page, and every page that holds payloads."""

    def column(query: str) -> list[int]:
        return store.read(lambda tx: [row[0] for row in tx.connection.execute(query)])

    threads = [
        f"/{name}/{number}"
        for name, number in store.read(
            lambda tx: list(
                tx.connection.execute("select l.name, t.id from thread t join list l on l.id = t.list_id")
            )
        )
    ]
    large = [f"/list0/{number}" for number in column("select id from thread where posts > 5")]
    folded = column("select distinct post_id from part where folded = 1 order by post_id limit 15")
    return [
        "/", "/list0", "/list1", "/list2", "/search?q=canary", "/search?q=x&page=2", "/search?q=%3Cscript%3Ecanary()",
        "/search?q=%22%3E%3Csvg+onload%3Dcanary()%3E", "/feed.atom", "/list0/feed.atom", "/<script>canary()</script>",
        *threads[:25], *large, *(f"{path}?by=time" for path in large),
        *(f"/post/{number}/whole" for number in folded),
        *(f"/people/{number}" for number in column("select id from person order by id desc limit 5")),
        *(f"/attachment/{number}/x.svg" for number in column("select id from attachment")[::2]),
    ]  # fmt: skip


def test_C1_C2_a_browser_runs_and_fetches_nothing(hostile: tuple[Hostile, str], tmp_path: Path) -> None:
    archive, site = hostile
    browser = Browser(tmp_path)
    try:
        assert heard(browser), "the canary is deaf"
        browser.outside.came.clear()
        wrong: list[tuple[str, object]] = []
        opened = 0
        for path in dict.fromkeys(paths(archive.store)):
            visit = browser.open(site + path, 0.01)
            opened += 1
            active = browser.ask(ACTIVE) if not re.search(r"/attachment/|\.atom", path) else []
            wrong += [(path, each) for each in amiss(visit, site, "deaf" if active is None else active)]
        assert not wrong, wrong[:20]
        assert browser.outside.came == []
        assert opened > 60 and len(TEXT) + len(HTML) + len(SHORT) + len(FILES) > 500
    finally:
        browser.close()


def heard(browser: Browser) -> bool:
    """Are calls, dialogs and requests elsewhere seen at all? Else what follows would prove nothing."""
    visit = browser.open(f"http://127.0.0.1:{browser.outside.port}/everything")
    wait_for(lambda: browser.ask("1") and browser.outside.came)
    return bool(visit.calls and visit.dialogs and any("outside.test" in url for url in visit.asked))


def amiss(visit: Visit, site: str, active: object) -> list[object]:
    """What should not have happened on a page."""
    others = [url for url in visit.asked if not url.startswith((site + "/", "chrome"))]
    lists_of = [visit.calls, visit.dialogs, others, active]
    return [each for each in lists_of if each]
