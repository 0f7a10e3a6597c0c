"""Pictures on pages: small where there is a thumbnail, of known size, each leading to the whole one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from markupsafe import Markup

from bridge.posting.post import MailingList
from bridge.store import lists, thumbnails
from bridge.store.archive import StoredAttachment
from bridge.store.database import Store
from bridge.store.thumbnails import Thumbnail
from bridge.web.app import create
from bridge.web.thumbnails import placed, size, sized

from .conftest import PNG, SITE, TOOLS, Archive, Leaving

WEBP = b"RIFF\x10\0\0\0WEBPVP8 pixels"
WIDE = Thumbnail("drawn", 720, 360, WEBP)


@dataclass
class Gallery:
    """An archive of one thread, whose pictures have become what a test says."""

    archive: Archive
    client: Any
    post: int = 0

    def show(
        self, text: str, *pictures: tuple[str, str], become: dict[str, Thumbnail], list_id: int = 1
    ) -> None:
        """A post with pictures (name, content id), and what became of some."""
        ada = (self.archive.person("Ada", f"ada{list_id}@members.example"), "Ada")
        thread = self.archive.thread(list_id, "Pictures")
        files = tuple((name, "image/png", PNG + name.encode(), cid) for name, cid in pictures)
        self.post = self.archive.post(list_id, thread, ada, text, files=files)
        for name, made in become.items():
            sha = self.archive.store.read(
                lambda tx, name=name: tx.connection.execute(
                    "select sha256 from attachment where id = ?", [self.archive.ids[name]]
                ).fetchone()[0]
            )
            self.archive.store.write(lambda tx, sha=sha, made=made: thumbnails.put(tx, sha, made))

    async def page(self) -> str:
        return str((await self.client.get(f"/post/{self.post}/whole")).text)


@pytest.fixture
async def gallery(tmp_path: Path, leaving: Leaving) -> Any:
    archive = Archive(Store.open(tmp_path / "g.db"))
    archive.store.write(lambda tx: lists.put(tx, TOOLS))
    board = MailingList(0, "board", "board@forum.example", "Board", "", "members", "members")
    archive.store.write(lambda tx: lists.put(tx, board))
    app = create(archive.store, SITE, unsubscribable=leaving.unsubscribable, unsubscribe=leaving.unsubscribe)
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="https://forum.example") as client:
        yield Gallery(archive, client)
    archive.store.close()


async def test_pictures_below_a_post(gallery: Gallery) -> None:
    names = ("wide.png", "icon.png", "bomb.png", "new.png")
    become = {
        "wide.png": WIDE,
        "icon.png": Thumbnail("small", 30, 20),
        "bomb.png": Thumbnail("left", why="x"),
    }
    gallery.show("Look", *((name, "") for name in names), become=become)
    page = await gallery.page()
    wide, icon, bomb, new = (gallery.archive.ids[name] for name in names)
    assert (
        f'<a href="/attachment/{wide}/wide.png"><img src="/attachment/{wide}/thumbnail/wide.png" '
        f'alt="Picture: wide.png" width="480" height="240" loading="lazy"></a>' in page
    )
    assert f'<img src="/attachment/{icon}/icon.png" alt="Picture: icon.png" width="30" height="20"' in page
    assert f'<img src="/attachment/{new}/new.png" alt="Picture: new.png" loading="lazy">' in page
    # What nobody could draw is a file, which no browser decodes unasked.
    assert f'<img src="/attachment/{bomb}' not in page
    assert f'<li><a href="/attachment/{bomb}/bomb.png"><bdi>bomb.png</bdi></a>' in page


async def test_pictures_among_the_words(gallery: Gallery) -> None:
    become = {"plan.png": WIDE, "bomb.png": Thumbnail("left", why="x")}
    text = (
        "Here:\n\n![a plan](cid:p)\n\n[![door](cid:p)](https://door.example/)\n\n![b](cid:b)\n\n![n](cid:n)"
    )
    gallery.show(text, ("plan.png", "p"), ("bomb.png", "b"), ("new.png", "n"), become=become)
    page = await gallery.page()
    plan, bomb, new = (gallery.archive.ids[name] for name in ("plan.png", "bomb.png", "new.png"))
    small = f'<img src="/attachment/{plan}/thumbnail/plan.png" alt="a plan" width="480" height="240" loading="lazy">'
    assert f'<a href="/attachment/{plan}/plan.png">{small}</a>' in page
    assert f'nofollow noopener ugc">{small.replace("a plan", "door")}</a>' in page  # no link in a link
    assert f'<p><a href="/attachment/{bomb}/bomb.png"><bdi>bomb.png</bdi></a></p>' in page
    assert f'<img src="/attachment/{new}/new.png" alt="n">' in page


async def test_C3_P4_the_route_gives_the_thumbnail_and_nothing_else(gallery: Gallery) -> None:
    gallery.show("Look", ("wide.png", ""), ("new.png", ""), become={"wide.png": WIDE})
    ids = gallery.archive.ids
    response = await gallery.client.get(f"/attachment/{ids['wide.png']}/thumbnail/whatever.html")
    headers = response.headers
    assert response.content == WEBP and headers["content-type"] == "image/webp"
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["content-disposition"].startswith('inline; filename="wide.png.webp"')
    for number in (ids["new.png"], 0, 2**62, 2**70):
        assert (await gallery.client.get(f"/attachment/{number}/thumbnail/x")).status_code == 404


async def test_A6_a_list_for_members_shows_no_thumbnail(gallery: Gallery) -> None:
    gallery.show("Look", ("budget.png", ""), become={"budget.png": WIDE}, list_id=2)
    number = gallery.archive.ids["budget.png"]
    assert (await gallery.client.get(f"/attachment/{number}/thumbnail/budget.png")).status_code == 404


def picture(number: int, width: int, height: int, drawn: str = "drawn") -> StoredAttachment:
    return StoredAttachment(number, "p.png", "image/png", 9, True, False, drawn, width, height)


@pytest.mark.parametrize(
    ("width", "height", "wanted"),
    [(720, 540, (427, 320)), (720, 90, (480, 60)), (90, 720, (40, 320)), (30, 20, (30, 20)), (720, 1, (480, 1)),
     (0, 0, (0, 0))],
)  # fmt: skip
def test_no_picture_is_larger_than_its_place_or_than_it_is(
    width: int, height: int, wanted: tuple[int, int]
) -> None:
    assert size(picture(1, width, height)) == wanted


def test_a_picture_whose_size_is_not_known_has_none() -> None:
    assert sized(picture(1, 0, 0, "")) == ' loading="lazy"'


def tricky() -> Iterator[str]:
    yield '<p>&lt;img src="/attachment/1/p.png"&gt;</p>'
    yield '<img src="/attachment/99999999999999999999/p.png" alt="">'
    yield '<img src="/attachment/2/p.png" alt="not ours">'
    yield '<img alt="<img src=/attachment/1/p.png>" src="/attachment/2/p.png">'
    yield "<abbr>a</abbr>" * 3


@pytest.mark.parametrize("html", [*tricky()])
def test_what_is_no_picture_of_the_post_stays_as_it_is(html: str) -> None:
    assert placed(Markup(html), [picture(1, 720, 540)]) == html


def test_C4_what_is_put_in_is_no_more_than_it_was() -> None:
    html = Markup(
        '<img src="/attachment/1/a&quot; onerror=&quot;x().png" alt="&quot;&gt;&lt;script&gt;" title="t">'
    )
    made = placed(html, [picture(1, 720, 540)])
    assert made.count("<") == 3 and 'onerror="' not in made and "<script" not in made
