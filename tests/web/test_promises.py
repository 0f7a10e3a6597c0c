"""What the pages promise: no script, no third party, no address, no list for members; leaving only by POST."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from bridge import maillog
from bridge.store import archive as reads
from bridge.web.guard import POLICY

from .conftest import SECRETS, Archive, Leaving

PAGES = (
    "/", "/tools", "/empty", "/tools/{saws}", "/tools/{saws}?by=time", "/tools/{evil}", "/tools/{long}?page=3",
    "/post/{signed}/whole", "/people/{ada}", "/people/{jo}", "/search", "/search?q=secret", "/search?q=write",
    "/search?q=canary", "/feed.atom", "/tools/feed.atom", "/unsubscribe/good", "/nothing", "/health", "/robots.txt",
)  # fmt: skip
OTHERS = (
    "/post/{first}", "/tools/", "/static/style.css", "/static/icon.svg", "/static/..%2fapp.py", "/static/none.css",
    "/unsubscribe/bad", "/people/0", "/people/99999999999999999999999", "/tools/0", "/tools/nine", "/post/0",
    "/attachment/0/x", "/search?q=slugs&page=99", "/a/b/c/d",
)  # fmt: skip


class Reader(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        if tag in ("img", "link", "form", "source", "iframe") and values.get("rel") != "canonical":
            self.fetched += [
                values[name] or "" for name in ("src", "href", "action", "srcset") if name in values
            ]
        if (values.get("href") or "").startswith(("javascript:", "data:")):
            self.attributes.add("script link")


@pytest.mark.parametrize("path", [*PAGES, *OTHERS])
async def test_C3_every_answer_is_confined(web: Any, archive: Archive, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "DELETE"):
        response = await web.request(method, path.format(**archive.ids))
        assert response.status_code < 500
        headers = response.headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "cache-control" in headers and "set-cookie" not in headers


def test_C3_the_policy_allows_no_script() -> None:
    assert "unsafe" not in POLICY and "script-src" not in POLICY
    assert "default-src 'none'" in POLICY and "frame-ancestors 'none'" in POLICY


async def test_C3_a_failing_page_is_confined_and_says_nothing(
    web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("/var/lib/secret path")

    logged: list[tuple[str, BaseException]] = []
    monkeypatch.setattr(reads, "list_named", fail)
    monkeypatch.setattr(maillog, "page_failed", lambda page, fault: logged.append((page, fault)))
    response = await web.get("/tools/feed.atom?x=token")
    assert [page for page, _ in logged] == ["/tools"]
    assert response.status_code == 500 and "secret" not in response.text
    assert response.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    "name", ["plan.png", "page.png", "terms.pdf", '"><svg onload=canary()>.svg', "bomb.png"]
)
async def test_C3_attachments_run_nothing(web: Any, archive: Archive, name: str) -> None:
    response = await web.get(f"/attachment/{archive.ids[name]}/anything.html")
    headers = response.headers
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    shown = name in ("plan.png", "bomb.png")
    assert headers["content-type"] == ("image/png" if shown else "application/octet-stream")
    assert headers["content-disposition"].startswith("inline;" if shown else "attachment;")


@pytest.mark.parametrize("path", PAGES)
async def test_C1_C2_nothing_runs_and_nothing_is_fetched_elsewhere(
    web: Any, archive: Archive, path: str
) -> None:
    response = await web.get(path.format(**archive.ids))
    if not response.headers["content-type"].startswith("text/html"):
        return
    reader = Reader()
    reader.feed(response.text)
    assert not reader.tags & {"script", "style", "iframe", "object", "embed", "svg", "base", "video", "audio"}
    assert not {name for name in reader.attributes if name.startswith("on")} | (
        reader.attributes & {"style", "script link"}
    )
    assert all(re.match(r"/(?!/)", url) for url in reader.fetched), reader.fetched


@pytest.mark.parametrize("path", PAGES)
async def test_P1_no_address_is_shown(web: Any, archive: Archive, path: str) -> None:
    response = await web.get(path.format(**archive.ids))
    everything = response.text + repr(response.headers)
    for secret in (*SECRETS, "@private.example", "@outside.example", "forum.example@"):
        assert secret not in everything
    assert not re.search(r"[\w.]@\w[\w.-]+\.\w", everything)


async def test_P1_search_tells_nobody_whether_an_address_occurs(web: Any) -> None:
    known = await web.get("/search", params={"q": "ben.secret@private.example"})
    other = await web.get("/search", params={"q": "ben.secret@elsewhere.example"})
    assert known.text.replace("private", "x") == other.text.replace("elsewhere", "x")


@pytest.mark.parametrize(
    "path", ["/board", "/board/feed.atom", "/board/{minutes}", "/tools/{minutes}", "/post/{secret}",
             "/post/{secret}/whole", "/people/{cara}", "/attachment/{budget.png}/budget.png"],
)  # fmt: skip
async def test_A6_a_list_for_members_is_not_there(web: Any, archive: Archive, path: str) -> None:
    for name, number in archive.ids.items():
        path = path.replace("{" + name + "}", str(number))
    hidden, missing = await web.get(path), await web.get("/there/is/no/such/page")
    assert hidden.status_code == 404 and hidden.text == missing.text


async def test_A6_nothing_of_it_shows_elsewhere(web: Any, archive: Archive) -> None:
    for path in (*PAGES, "/search?q=zanzibar", "/search?q=budget&list=board"):
        assert "zanzibar budget" not in (await web.get(path.format(**archive.ids))).text.lower()
    assert "Nothing found" in (await web.get("/search?q=zanzibar")).text


async def test_A8_opening_the_link_changes_nothing(web: Any, leaving: Leaving) -> None:
    for _ in range(20):
        response = await web.get("/unsubscribe/good")
    assert response.status_code == 200 and '<form method="post">' in response.text
    await web.head("/unsubscribe/good")
    assert leaving.left == []


async def test_A8_a_post_acts_without_login_and_may_come_again(web: Any, leaving: Leaving) -> None:
    body = "List-Unsubscribe=One-Click"
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://mail.example"}
    for _ in range(3):
        response = await web.post("/unsubscribe/good", content=body, headers=form)
        assert response.status_code == 200 and "You have left" in response.text
        assert response.headers["cache-control"] == "no-store"
    assert leaving.left == ["good"] * 3
    assert (await web.post("/unsubscribe/bad")).status_code == 404
    assert (await web.post("/unsubscribe/" + "x" * 5000)).status_code == 404
