"""An archive is brought in once, whole, and with the marks of its old list; cut short it leaves nothing half."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from bridge.errors import Permanent
from bridge.mailroom import bringing
from bridge.mailroom.bringing import THERE, Archive, Mail, lots
from bridge.mailroom.reading import read_here
from bridge.store.blobs import pack

from .conftest import ADA, BO, GENERAL, Post


def archive(post: Post, count: int = 6) -> list[Mail]:
    """A thread of some mails, as they came out of the list's old home."""
    found = []
    for number in range(count):
        before = {"In_Reply_To": f"<old{number - 1}@members.example>"} if number else {}
        mail = post.mail(
            (ADA, BO)[number % 2], f"Words of mail {number}.", message_id=f"<old{number}@members.example>",
            List_Id="<general.forum.example>", Precedence="list", **before,
        )  # fmt: skip
        found.append(Mail(ADA, mail.as_bytes(), pack(mail.as_bytes())))
    return found


def test_an_archive_bears_the_marks_of_its_list_and_is_posted(post: Post) -> None:
    found = Archive(post.room, GENERAL, 2).bring(archive(post))
    assert found == {"posted": 6}
    posts = post.posts()
    assert len(posts) == 6 and len({each["thread_id"] for each in posts}) == 1
    assert sum(each["parent_id"] is None for each in posts) == 1
    assert not post.due()


def test_what_is_there_is_passed_over(post: Post) -> None:
    mails = archive(post)
    read: list[bytes] = []
    Archive(post.room, GENERAL, 2).bring(mails[:3])
    post.room.read = lambda raw, *rest: read.append(raw) or read_here(raw, *rest)  # type: ignore[func-returns-value]
    assert Archive(post.room, GENERAL, 2).bring(mails) == {"posted": 3, THERE: 3}
    assert len(read) == 3


def test_D1_an_import_that_is_cut_short_leaves_no_mail_waiting(post: Post, monkeypatch: Any) -> None:
    mails = archive(post)

    def cut(raw: bytes, *rest: Any) -> Any:
        if b"Words of mail 3." in raw:
            raise KeyboardInterrupt
        return read_here(raw, *rest)

    post.room.read = cut
    with pytest.raises(KeyboardInterrupt):
        Archive(post.room, GENERAL, 1).bring(mails)
    post.room.store.write(lambda tx: None)  # what lingers goes with it
    rows = post.room.store.read(lambda tx: tx.connection.execute("select outcome from ledger").fetchall())
    assert {row["outcome"] for row in rows} == {"posted"} and len(post.posts()) == len(rows)
    post.room.read = read_here
    found = Archive(post.room, GENERAL, 1).bring(mails)
    assert found["posted"] + found[THERE] == 6 and len(post.posts()) == 6


def test_a_mail_that_cannot_be_read_is_parked(post: Post) -> None:
    def refuse(raw: bytes, *rest: Any) -> Any:
        if b"Words of mail 1." in raw:
            raise Permanent("no parser takes it")
        return read_here(raw, *rest)

    post.room.read = refuse
    assert Archive(post.room, GENERAL, 2).bring(archive(post)) == {"posted": 5, "parked": 1}


def test_lots_are_bounded_by_number_and_size(monkeypatch: Any) -> None:
    monkeypatch.setattr(bringing, "LOT", 3)
    monkeypatch.setattr(bringing, "LOT_BYTES", 100)
    sizes = [10, 10, 10, 10, 95, 5, 200]
    found = [[len(mail.content) for mail in lot] for lot in lots(("", b"x" * size) for size in sizes)]
    assert found == [[10, 10, 10], [10, 95], [5, 200]]


def test_however_many_lots_there_are_the_database_is_opened_as_often(post: Post) -> None:
    mails = archive(post, 12)
    with closing(Archive(post.room, GENERAL, 2)) as brought:
        for start in range(0, 12, 2):
            assert brought.bring(mails[start : start + 2]) == {"posted": 2}
    assert len(post.room.store._readers) <= 3
