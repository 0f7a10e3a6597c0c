"""An answer is read with what the mail that it answers brought, before that is committed; and again if it never was."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from sqlite_utils.utils import sqlite3

from bridge.mail.envelope import Envelope
from bridge.mail.triage import Own
from bridge.mailroom.reading import Reading, read, understand
from bridge.mailroom.receiving import Undone
from bridge.reply.known import Known
from bridge.store.database import Tx

from .conftest import ADA, BO, GENERAL, Post

WORDS = "The ladder stands in the old barn behind the mill, and the key hangs on the nail beside its door."


@pytest.fixture
def both(post: Post) -> Post:
    """A mail, and an answer that repeats its words without a mark; the writer waits for more to commit."""
    post.room.store._writer.linger = 60.0
    first = post.mail(ADA, WORDS, message_id="<first@members.example>")
    answer = post.mail(
        BO, f"I shall bring it.\n\n{WORDS}\n", subject="Re: Tools", In_Reply_To="<first@members.example>"
    )
    for mail, sender in ((first, ADA), (answer, BO)):
        post.room.keep(Envelope(sender, (GENERAL,), mail.as_bytes()), "smtp")
    return post


def texts(post: Post) -> list[str]:
    return [each["text"] for each in post.posts()]


def test_an_answer_knows_a_post_that_is_not_committed(both: Post) -> None:
    commits = []
    last = both.room.store._writer.last
    both.room.store._writer.last = lambda tx: (commits.append(tx.given_up), last(tx))
    assert both.room.receive_waiting(2) == 2
    assert texts(both) == [WORDS, "I shall bring it."]
    assert len(commits) == 2  # the claim, and both mails together


def test_D2_an_answer_is_read_again_where_what_it_was_read_by_is_undone(both: Post) -> None:
    writer = both.room.store._writer
    last, full = writer.last, [True]

    def fails_once(tx: Tx) -> None:
        last(tx)
        if full and tx.connection.execute("select 1 from post").fetchone():
            full.clear()
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = 10
            raise error

    def slowly(raw: bytes, sender: str, own: Own, known: Callable[[Reading], Known]) -> Reading:
        reading = read(raw, sender, own)
        what = known(reading)
        if b"In-Reply-To" in raw and full:
            assert [each.text for each in what.posts] == [WORDS]
            writer.hurry()
            end = time.monotonic() + 60
            while not writer.tx.given_up and time.monotonic() < end:
                time.sleep(0.001)
        return understand(reading, what)

    writer.last, both.room.read = fails_once, slowly
    with pytest.raises((sqlite3.OperationalError, Undone)):
        both.room.receive_waiting(2)
    assert texts(both) == []
    assert both.room.receive_waiting(2) == 2
    assert texts(both) == [WORDS, "I shall bring it."]
    assert both.posts()[1]["parent_id"] == both.posts()[0]["id"]
    assert [both.row(number)["tries"] for number in (1, 2)] == [1, 1]
