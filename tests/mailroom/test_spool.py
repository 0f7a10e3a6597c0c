"""I1, I4, I6: what an IMAP folder brings is kept once, also when it was forgotten; what is left there has its row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bridge.intake.imap import Cursor, Fetched, Skipped
from bridge.mailroom.spool import MailboxSpool
from bridge.store import upkeep
from bridge.store.database import Store
from tests import hostile

DAY = 86_400 * 1_000_000


@dataclass
class Clock:
    now: int = 10 * DAY

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def kept(tmp_path: Path):  # type: ignore[no-untyped-def]
    store = Store.open(tmp_path / "spool.db")
    yield store
    store.close()


def spool(store: Store, account: str = "box", recipient: str = "list@forum.example") -> MailboxSpool[Cursor]:
    return MailboxSpool(store, account, "INBOX", recipient, Cursor, Clock(), lambda: None)


def mail(n: int, content: bytes = b"") -> Fetched:
    return Fetched(n, content or b"From: a@x.example\r\nSubject: %d\r\n\r\nhi\r\n" % n, 0)


def rows(store: Store) -> list[tuple[str, str]]:
    return [
        (row[0], row[1])
        for row in store.read(
            lambda tx: tx.connection.execute("select outcome, code from ledger order by id").fetchall()
        )
    ]


def test_I1_a_mail_that_was_forgotten_is_not_brought_back(kept: Store) -> None:
    """A deleted post would come back, and a command be obeyed again."""
    box = spool(kept)
    box.keep([mail(1), mail(2)], Cursor(7, 2), [])
    kept.write(lambda tx: tx.connection.execute("update ledger set outcome = 'command'"))
    assert kept.write(lambda tx: upkeep.forget_raw(tx, 1, 90 * DAY)) == 2
    box.keep([mail(1), mail(2), mail(3)], Cursor(8, 3), [])
    assert rows(kept) == [("command", ""), ("command", ""), ("waiting", "")]
    assert box.cursor() == Cursor(8, 3)


@pytest.mark.parametrize(
    ("account", "recipient", "count"),
    [
        ("box", "list@forum.example", 1),
        ("other", "list@forum.example", 1),
        ("other", "more@forum.example", 2),
    ],
)
def test_I8_the_same_mail_by_another_way_to_the_same_list_is_the_same(
    kept: Store, account: str, recipient: str, count: int
) -> None:
    spool(kept).keep([mail(1)], Cursor(7, 1), [])
    spool(kept, account, recipient).keep([mail(1)], Cursor(9, 1), [])
    assert len(rows(kept)) == count


def test_I4_what_is_left_in_the_mailbox_has_a_row_and_is_told_once(
    kept: Store, caplog: pytest.LogCaptureFixture
) -> None:
    head = b"From: Ada <ada@members.example>\r\nMessage-ID: <great@members.example>\r\nSubject: Great\r\n\r\n"
    great, odd = Skipped(4, 10**9, head, True), Skipped(5, 77, b"", False)
    spool(kept).keep([], Cursor(7, 5), [great, odd])
    spool(kept).keep([], Cursor(8, 5), [great])
    assert rows(kept) == [("ignored", "too-large"), ("ignored", "unreadable")]
    found = kept.read(
        lambda tx: tx.connection.execute(
            "select message_id, author, reason from ledger order by id"
        ).fetchone()
    )
    assert tuple(found) == (
        "great@members.example", "ada@members.example", "1000000000 bytes; it is still in INBOX, UID 4",
    )  # fmt: skip
    assert [record.getMessage() for record in caplog.records].count("imap mail too large") == 1


def test_I6_no_mail_is_so_odd_that_it_holds_up_its_batch(kept: Store) -> None:
    contents = [shape(2_000) for shape in hostile.SHAPES.values()] + [
        hostile.odd(seed) for seed in range(300)
    ]
    contents += [
        b"",
        b"\x00",
        b"From: \xff\xfe\xed\xa0\x80@x\r\n\r\n",
        b"Return-Path: <\xed\xb0\x80@x>\r\n\r\n",
    ]
    mails = [mail(n, content or b"\n") for n, content in enumerate(contents, 1)]
    spool(kept).keep(
        mails, Cursor(7, len(mails)), [Skipped(n, 1, each, True) for n, each in enumerate(contents)]
    )
    assert spool(kept).cursor() == Cursor(7, len(mails))
    assert sum(outcome == "waiting" for outcome, _ in rows(kept)) == len({each.content for each in mails})
