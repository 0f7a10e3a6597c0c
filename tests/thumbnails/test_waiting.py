"""Thumbnails in the store: each picture waits for its own, once; what was drawn goes with the last attachment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bridge import maillog
from bridge.posting.post import MailingList
from bridge.store import blobs, lists, thumbnails
from bridge.store.database import Store, Tx
from bridge.store.migrations import migrations
from bridge.thumbnails.process import Drawer, NotDrawn
from bridge.thumbnails.waiting import draw_waiting

from .drawn import file_of, opened, photograph, scene

PICKY = """
import os, sys, io
content = sys.stdin.buffer.read()
if b"kill me" in content:
    os.write(1, b"r")
    os.kill(os.getpid(), 9)
sys.stdin = io.TextIOWrapper(io.BytesIO(content))
from bridge.thumbnails.draw import main
main()
"""
"""The process as it is, but that one picture kills it."""


class Album:
    """A store with one post, and what its pictures come to."""

    def __init__(self, path: Path) -> None:
        self.store = Store.open(path / "album.db")
        self.post = self.store.write(self._begin)
        self.left: list[tuple[int, str]] = []

    def _begin(self, tx: Tx) -> int:
        list_id = lists.put(tx, MailingList(0, "general", "general@forum.example", "General"))
        person = tx.person_add(name="Ada", member=1, now=1)["id"]
        thread = tx.thread_add(list_id=list_id, title="s", subject_key="s", date=1)["id"]
        post: int = tx.post_add(
            list_id=list_id, thread_id=thread, parent_id=None, author_id=person, author="Ada", guest=0, credit="",
            subject="s", date=1, received=1, message_id="a@b.example", origin="mail", ledger_id=None,
            placed_by="new", text="x", html="<p>x</p>",
        )["id"]  # fmt: skip
        return post

    def attach(self, content: bytes, kind: str = "image/jpeg", seq: int = 0) -> int:
        """An attachment's number."""

        def write(tx: Tx) -> int:
            number: int = tx.attachment_add(
                post_id=self.post, seq=seq, name="p.jpg", type=kind, size=len(content),
                sha256=blobs.put(tx, blobs.pack(content)), inline=0, content_id="", folded=0,
            )["id"]  # fmt: skip
            return number

        return self.store.write(write)

    def states(self) -> list[str]:
        return [row["state"] for row in self.rows("select state from thumbnail order by rowid")]

    def rows(self, sql: str) -> list[Any]:
        return self.store.read(lambda tx: tx.connection.execute(sql).fetchall())

    def drop(self, attachment: int) -> None:
        self.store.write(
            lambda tx: tx.connection.execute("delete from attachment where id = ?", [attachment])
        )


def test_pictures_that_were_there_before_thumbnails_wait_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [each for each in migrations._migrations if each.name != "thumbnails"]
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_migrations", others)
        before = Album(tmp_path)
        number = before.attach(photograph())
        before.attach(photograph(), seq=1)
        before.attach(b"%PDF", "application/pdf")
        before.store.close()
    with closing(Store.open(before.store.path)) as store:
        assert draw_waiting(store, Drawer().draw) == 1
        assert store.read(lambda tx: thumbnails.shown(tx, number)) is not None


@pytest.fixture
def album(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Album]:
    made = Album(tmp_path)
    monkeypatch.setattr(maillog, "picture_left", lambda number, why: made.left.append((number, why)))
    yield made
    made.store.close()


def test_every_picture_waits_and_is_drawn_once(album: Album) -> None:
    small = file_of(scene(100, 100), "PNG")
    shown, _, again = album.attach(photograph()), album.attach(small, "image/png"), album.attach(photograph())
    album.attach(b"%PDF", "application/pdf")
    album.attach(b"<svg/>", "image/svg+xml")
    assert album.states() == ["waiting", "waiting"]
    assert draw_waiting(album.store, Drawer().draw) == 2
    assert album.states() == ["drawn", "small"]
    for number in (shown, again):
        name, content = album.store.read(lambda tx, number=number: thumbnails.shown(tx, number)) or ("", b"")
        assert name == "p.jpg" and opened(content).size == (720, 540)

    def never(_: bytes) -> Any:
        raise AssertionError("drawn already")

    assert draw_waiting(album.store, never) == 0
    assert album.left == []


def test_C6_a_process_that_is_killed_costs_one_picture_and_one_try(album: Album) -> None:
    first, deadly = album.attach(photograph()), album.attach(photograph(900, 700) + b"kill me")
    album.attach(file_of(scene(), "PNG"), "image/png")
    assert draw_waiting(album.store, Drawer(program=PICKY).draw) == 3
    assert album.states() == ["drawn", "left", "drawn"]
    assert album.left == [(deadly, "ended the process that decoded it (SIGKILL)")]
    assert draw_waiting(album.store, Drawer(program=PICKY).draw) == 0
    album.attach(photograph(900, 700) + b"kill me")  # the same content, in another mail
    assert draw_waiting(album.store, Drawer(program=PICKY).draw) == 0
    assert first and len(album.left) == 1


def test_a_fault_of_ours_leaves_the_picture_waiting(album: Album) -> None:
    album.attach(photograph())
    with pytest.raises(NotDrawn):
        draw_waiting(album.store, Drawer(program="import a_module_that_is_not_there").draw)
    assert album.states() == ["waiting"]


def test_of_a_mail_with_very_many_pictures_the_first_hundred_are_drawn(album: Album) -> None:
    for seq in range(98, 103):
        album.attach(bytes([seq]), "image/png", seq)
    assert album.states() == ["waiting"] * 2


def test_P5_a_thumbnail_goes_with_the_last_attachment_that_shows_it(album: Album) -> None:
    one, other = album.attach(photograph()), album.attach(photograph())
    draw_waiting(album.store, Drawer().draw)
    file = bytes(album.rows("select content from thumbnail")[0]["content"])
    album.drop(one)
    assert album.states() == ["drawn"]
    album.drop(other)
    album.store.write(lambda tx: tx.blob_sweep())
    assert album.states() == []
    assert album.store.compact()
    files = b"".join(each.read_bytes() for each in album.store.path.parent.glob("album.db*"))
    assert file[40:80] not in files


def test_P5_what_is_removed_while_it_is_drawn_is_not_kept(album: Album) -> None:
    number = album.attach(photograph())

    def draw(content: bytes) -> Any:
        album.drop(number)
        return Drawer().draw(content)

    assert draw_waiting(album.store, draw) == 1
    assert album.states() == []
