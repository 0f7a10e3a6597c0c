"""Promise P5: who is forgotten is gone from every table, the raw mails, the index, the free pages and the WAL."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pytest

from bridge.mailroom.forget import forget, sweep
from bridge.store import people, queue
from bridge.store.forget import ADDRESS_TEXTS, NOBODY
from bridge.store.queue import Result

from .conftest import ADA, BO, CY, GENERAL, START, Post

NAME = "Zephyrine Quillfeather"
ZEPH = "zeph.quill@members.example"
SECRET = "xylophonic marmalade"


@pytest.fixture
def full(post: Post) -> Post:
    """A thread in which Zephyrine wrote, was quoted, copied, mentioned and bounced."""
    store = post.room.store
    store.write(lambda tx: people.subscribe(tx, 1, ZEPH, NAME, "each", START))
    zeph = store.read(lambda tx: people.by_address(tx, ZEPH))
    assert zeph is not None
    store.write(lambda tx: people.add_handle(tx, zeph.id, "zephq"))
    first = post.mail(ZEPH, f"I like {SECRET}.\n\n-- \n{NAME}\nTel 01632 960123\n{ZEPH}\n", name=NAME)
    first.add_attachment(b"marmalade recipe plain", maintype="text", subtype="plain", filename="recipe.txt")
    post.receive(first)
    quoted = f"So do I, @zephq.\n\nOn Mon, 2 Nov 2026, {NAME} <{ZEPH}> wrote:\n> I like {SECRET}.\n"
    answer = post.mail(
        BO, quoted, cc=f"{NAME} <{ZEPH}>", in_reply_to=str(first["Message-ID"]), subject="Re: Tools"
    )
    post.receive(answer)
    post.receive(post.mail(ZEPH, "And again.", name=NAME, in_reply_to=str(answer["Message-ID"])))
    store.write(
        lambda tx: tx.bounce_add(
            at=START, delivery_id=1, person_id=zeph.id, address=ZEPH, cause="full", status="4.2.2", score=0.1,
            answer=f"{ZEPH} is full", ledger_id=None,
        )
    )  # fmt: skip
    store.write(lambda tx: tx.claim_add(person_id=zeph.id, address="zeph2@members.example", now=START))
    return post


def strings(path: Path) -> bytes:
    """All files of the database, and whatever is packed in them."""
    whole = b"".join(each.read_bytes() for each in path.parent.glob("t.db*"))
    packed = []
    for start in (place for place in range(len(whole) - 2) if whole[place : place + 2] == b"x\x01"):
        try:
            packed.append(zlib.decompressobj().decompress(whole[start : start + 65_536]))
        except zlib.error:
            continue
    return (whole + b"".join(packed)).lower()


def gone(post: Post, *words: str) -> list[str]:
    files = strings(post.room.store.path)
    return [word for word in words if word.lower().encode() in files]


def person(post: Post, address: str) -> Any:
    return post.room.store.read(lambda tx: people.by_address(tx, address))


def do(post: Post, address: str, *, delete_posts: bool) -> Any:
    number = person(post, address).id
    return post.room.store.write(
        lambda tx: forget(tx, number, delete_posts=delete_posts, now=post.room.now())
    )


def test_P5_posts_may_stay_under_no_name(full: Post) -> None:
    assert gone(full, ZEPH, NAME, SECRET, "zephq") == [ZEPH, NAME, SECRET, "zephq"]
    done = do(full, ZEPH, delete_posts=False)
    assert (done.name, done.addresses, done.posts, done.mails) == (NAME, (ZEPH,), 2, 2)
    assert sweep(full.room.store)
    assert gone(full, ZEPH, NAME, "quillfeather", "zeph2@", "zephq", "960123") == []
    posts = full.posts()
    assert [each["author"] for each in posts] == [NOBODY, "Bo", NOBODY]
    assert SECRET in posts[0]["text"] and posts[2]["parent_id"] == posts[1]["id"]
    assert person(full, ZEPH) is None


def test_P5_posts_may_go_and_answers_keep_their_place(full: Post) -> None:
    do(full, ZEPH, delete_posts=True)
    assert sweep(full.room.store)
    assert gone(full, ZEPH, NAME, SECRET, "marmalade", "zephq", "960123") == []
    posts = full.posts()
    assert [each["text"] for each in posts][::2] == ["(removed)", "(removed)"]
    assert posts[1]["parent_id"] == posts[0]["id"] and "So do I" in posts[1]["text"]
    assert posts[0]["html"] == "<p>(removed)</p>" and posts[0]["removed"] == 1


def test_P5_no_letter_goes_to_him_and_others_get_theirs(full: Post) -> None:
    full.receive(full.mail(ADA, "Another matter"))
    assert ZEPH in [address for address, _ in full.letters()]
    do(full, ZEPH, delete_posts=False)
    full.clock[0] += 10_000_000
    letters = full.letters()
    assert {address for address, _ in letters} == {ADA, BO, CY}
    assert not any(b"quill" in content.lower() for _, content in letters)


def test_P5_every_text_column_is_looked_at(full: Post) -> None:
    columns = full.room.store.read(
        lambda tx: [
            (table["name"], column["name"])
            for table in tx.connection.execute("select name from sqlite_master where type = 'table'")
            for column in tx.connection.execute(f"pragma table_info({table['name']})")
            if column["type"] == "TEXT" and not table["name"].startswith(("post_fts", "_", "sqlite"))
        ]
    )
    emptied = {"address", "handle", "subscription", "guest", "thread_choice", "address_claim", "digest"}
    ours = {"list", "blob", "setting", "imap_cursor", "attachment.type", "attachment.sha256", "notice.kind",
            "revoked.purpose", "person.first", "ledger.vouched", "brought", "thumbnail"}  # fmt: skip
    ours |= {f"{t}.{c}" for t, c in columns if c in (
        "outcome", "code", "via", "account", "kind", "state", "reason", "cause", "status", "origin", "placed_by", "raw",
        "verdict", "fingerprint", "language", "timezone", "sender", "author", "address")}  # fmt: skip
    looked_at = {f"{table}.{column}" for table, column in ADDRESS_TEXTS}
    missing = [
        f"{table}.{column}"
        for table, column in columns
        if table not in emptied | ours and f"{table}.{column}" not in looked_at | ours
    ]
    assert missing == []


def test_a_forgotten_mail_that_comes_again_is_a_duplicate(full: Post) -> None:
    again = full.mail(ZEPH, f"I like {SECRET}.", name=NAME, message_id="<m1@members.example>")
    do(full, ZEPH, delete_posts=True)
    assert full.receive(again)["code"] == "duplicate"
    assert len(full.posts()) == 3


def test_the_last_letter_goes_out_before_all_is_gone(full: Post) -> None:
    """As by mail: he is forgotten, then told so."""
    do(full, ZEPH, delete_posts=False)
    store, now = full.room.store, full.room.now()

    def tell(tx: Any) -> None:
        row = tx.notice_add(
            now=now, address=ZEPH, kind="command", subject="s", text="t", message_id="n", in_reply_to="", reply_to="",
            list_id=1, ledger_id=None,
        )  # fmt: skip
        queue.enqueue_notice(tx, row["id"], None, ZEPH, now)

    store.write(tell)
    assert not sweep(store)
    due = next(each for each in full.due() if each.address == ZEPH)
    store.write(lambda tx: queue.record(tx, [Result(due.id, "sent", "250 ok", now)], now))
    assert sweep(store) and sweep(store)
    assert gone(full, ZEPH) == []


def test_nobody_is_forgotten_twice(full: Post) -> None:
    number = person(full, ZEPH).id
    for expected in (False, True):
        done = full.room.store.write(lambda tx: forget(tx, number, delete_posts=False, now=START))
        assert (done is None) is expected
    assert full.room.store.write(lambda tx: forget(tx, 9_999, delete_posts=True, now=START)) is None
    assert full.receive(full.mail(ADA, "Still here", to=GENERAL))["outcome"] == "posted"
