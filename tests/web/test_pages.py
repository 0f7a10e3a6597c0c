"""What a reader sees on each page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from bridge.store import search
from bridge.web.pages import lists

from .conftest import Archive

ATOM = "{http://www.w3.org/2005/Atom}"


def plain(html: str) -> str:
    """The words of a page, as a text browser shows them."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


async def test_front_page_names_the_public_lists(web: Any) -> None:
    text = plain((await web.get("/")).text)
    assert "Tools The shared workshop 3 threads, 238 posts by 4 people; last post" in text
    assert "Nothing yet no posts yet" in text
    assert "Board" not in text


async def test_list_page_tells_activity_posts_and_people(web: Any) -> None:
    text = plain((await web.get("/tools")).text)
    assert "A long one Ada Winter and Ben Oduya 230 posts by 2 people" in text
    assert "Who may borrow the saw? Ben Oduya , Ada Winter and Jo 6 posts by 3 people" in text
    assert text.index("A long one") < text.index("Who may borrow")
    assert "write a mail to tools at forum.example" in text


async def test_lists_come_in_pages(web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "THREADS", 2)
    html = (await web.get("/tools?page=2")).text
    assert html.count('<p class="voices">') == 1 and 'rel="prev" href="/tools?page=1"' in html
    assert (await web.get("/tools?page=3")).status_code == 404


async def test_a_huge_post_has_a_page_of_its_own(web: Any, archive: Archive) -> None:
    html = (await web.get(f"/tools/{archive.ids['evil']}")).text
    assert len(html) < 20_000 and "This post is very long" in html
    assert (await web.get(f"/post/{archive.ids['huge']}/whole")).text.count("word") > 30_000


async def test_thread_page_as_a_tree(web: Any, archive: Archive) -> None:
    ids = archive.ids
    html = (await web.get(f"/tools/{ids['saws']}")).text
    wanted = ["first", "signed", "drawn", "aside", "passed on", "late"]
    found = re.findall(r'<article class="post d(\d)" id="p(\d+)"', html)
    assert found == [(str(d), str(ids[n])) for n, d in zip(wanted, (0, 1, 2, 1, 1, 0), strict=True)]
    text = plain(html)
    assert "Philippa Ashdown , forwarded by Ben Oduya" in text
    assert "Jo guest" in text
    assert "Copied: Jo , Nameless One" in text
    assert "answers a mail that has not arrived" in text
    assert "in reply to Ben Oduya Another answer" in text  # the opening post needs no words
    assert "in reply to Ada Winter Look:" in text
    assert "terms.pdf 2.3 MB" in text
    assert "Folded: signature , quoted text" in text  # named here, shown on the post's own page alone
    assert "lines after `-- `" not in text


async def test_pictures_stand_in_their_place_and_once(web: Any, archive: Archive) -> None:
    html = (await web.get(f"/tools/{archive.ids['saws']}")).text
    plan, loose, logo = (archive.ids[name] for name in ("plan.png", "loose.png", "logo.png"))
    assert html.count(f'src="/attachment/{plan}/plan.png"') == 1
    assert html.index("Look:") < html.index(f"/attachment/{plan}/") < html.index("there</p>")
    assert html.count(f'src="/attachment/{loose}/') == 1
    assert f"/attachment/{logo}/" not in html  # a folded part's logo
    whole = (await web.get(f"/post/{archive.ids['drawn']}/whole")).text
    assert f'src="/attachment/{logo}/' not in whole and f'href="/attachment/{logo}/' in whole


async def test_thread_page_by_time(web: Any, archive: Archive) -> None:
    html = (await web.get(f"/tools/{archive.ids['saws']}?by=time")).text
    numbers = [int(n) for n in re.findall(r'<article class="post d0" id="p(\d+)"', html)]
    assert numbers == sorted(numbers) and len(numbers) == 6
    assert "Answered by Ada Winter , Ada Winter , Ben Oduya" in plain(html)


async def test_long_threads_come_in_pages(web: Any, archive: Archive) -> None:
    path = f"/tools/{archive.ids['long']}"
    sizes = []
    for number in (1, 2, 3):
        sizes.append((await web.get(f"{path}?page={number}")).text.count("<article"))
    assert sizes == [100, 100, 30]
    second = (await web.get(f"{path}?page=2")).text
    assert f'href="/post/{archive.ids["long 99"]}"' in second  # the parent of its first post
    assert "“<bdi>Post number 99 about slugs</bdi>”" in second
    for wrong in ("0", "4", "x", "-1", "9" * 30, "²"):
        assert (await web.get(path, params={"page": wrong})).status_code == 404


async def test_permalinks_lead_to_the_page_of_the_post(web: Any, archive: Archive) -> None:
    ids = archive.ids
    response = await web.get(f"/post/{ids['long 150']}")
    assert response.status_code == 302
    assert response.headers["location"] == f"/tools/{ids['long']}?page=2#p{ids['long 150']}"
    response = await web.get(f"/post/{ids['first']}")
    assert response.headers["location"] == f"/tools/{ids['saws']}#p{ids['first']}"


async def test_a_post_alone_shows_all_that_was_folded(web: Any, archive: Archive) -> None:
    html = (await web.get(f"/post/{archive.ids['signed']}/whole")).text
    assert html.count("Shall we lend ") == 300 + 1  # the quote, and the line "in reply to"
    assert html.count('<section class="folded"') == 2


async def test_person_page(web: Any, archive: Archive) -> None:
    text = plain((await web.get(f"/people/{archive.ids['jo']}")).text)
    assert "Jo Guest, 1 post, 1 July 2019" in text
    text = plain((await web.get(f"/people/{archive.ids['ada']}")).text)
    assert "117 posts" in text and "zanzibar" not in text.lower()


async def test_search_marks_what_it_found(web: Any) -> None:
    html = (await web.get("/search", params={"q": "SAW lend"})).text
    assert "1 post" in plain(html)
    assert "Shall we <mark>lend</mark> the circular <mark>saw</mark>?" in html
    assert "at the <mark>café</mark>" in (await web.get("/search?q=cafe")).text
    assert "<mark>Another</mark> answer" in (await web.get("/search?q=anoth*")).text
    assert "<mark>number 7 about</mark>" in (await web.get('/search?q="number 7 about"')).text
    assert "Who may borrow the <mark>saw</mark>?" in html  # its thread's title
    nothing = (await web.get("/search?q=nowhere")).text
    assert "Nothing found" in nothing and "<ol" not in nothing
    assert (await web.get("/search")).status_code == 200


async def test_R7_a_search_that_was_given_up_shows_what_it_found(
    web: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "hits", lambda *_: ([archive.ids["first"], archive.ids["signed"]], False))
    late = await web.get("/search?q=slugs&page=7")
    assert "At least 2 posts, newest first. There may be older ones" in plain(late.text)
    monkeypatch.setattr(search, "hits", lambda *_: ([], False))
    assert "in too many posts to be looked up together" in (await web.get("/search?q=slugs")).text


async def test_search_comes_in_pages_and_by_list(web: Any) -> None:
    first = await web.get("/search?q=slugs&list=tools")
    assert "230 posts, newest first" in plain(first.text) and first.text.count('<p class="passage"') == 20
    assert (await web.get("/search?q=slugs&list=tools&page=12")).text.count('<p class="passage"') == 10
    assert (await web.get("/search?q=slugs&page=13")).status_code == 404
    assert "Nothing found" in (await web.get("/search?q=slugs&list=empty")).text


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '"" ""',
        "AND OR NOT",
        "text:saw",
        "saw NEAR(",
        "*",
        "a" * 5000,
        "(",
        "saw*)",
        "\0",
        "-saw",
        "'; --",
    ],
)
async def test_no_query_breaks_the_search(web: Any, query: str) -> None:
    assert (await web.get("/search", params={"q": query})).status_code == 200


async def test_feeds(web: Any, archive: Archive) -> None:
    for path in ("/feed.atom", "/tools/feed.atom"):
        response = await web.get(path)
        assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
        entries = ET.fromstring(response.text).findall(f"{ATOM}entry")
        assert len(entries) == 40
        newest = entries[0]
        assert newest.findtext(f"{ATOM}title") == "Re: A long one"
        assert newest.findtext(f"{ATOM}id") == f"https://forum.example/post/{archive.ids['long 229']}"
        assert newest.findtext(f"{ATOM}content") == "<p>Post number 229 about slugs</p>\n"
    assert (await web.get("/empty/feed.atom")).status_code == 200


async def test_a_page_that_has_not_changed_is_not_sent_again(web: Any) -> None:
    first = await web.get("/tools")
    again = await web.get("/tools", headers={"If-None-Match": f'"x", {first.headers["etag"]}'})
    assert again.status_code == 304 and not again.content
    assert first.headers["content-encoding"] == "gzip" and first.headers["vary"] == "Accept-Encoding"
    for welcome in ("identity", "gzip;q=0", "br, gzip; q=0.0", "xgzip"):
        unpacked = await web.get("/tools", headers={"Accept-Encoding": welcome})
        assert "content-encoding" not in unpacked.headers and unpacked.text == first.text
    style = re.search(r'href="(/static/style.css\?v=\w+)"', first.text)
    assert style and "immutable" in (await web.get(style[1])).headers["cache-control"]
    assert (await web.get("/static/style.css")).headers["cache-control"] == "no-cache"


async def test_a_slash_too_many_leads_back(web: Any) -> None:
    assert (await web.get("/tools/")).headers["location"] == "/tools"
    assert (await web.get("//evil.example//")).headers.get("location", "/evil.example") == "/evil.example"


async def test_health(web: Any) -> None:
    assert (await web.get("/health")).text == "ok\n"
