"""Promise X3: each mail has a fate that can be told, with its reason; none is left without."""

from __future__ import annotations

import pytest

from bridge.cli.story import tell
from bridge.mail.envelope import Envelope
from bridge.store import reports
from tests import hostile

from .conftest import ADA, GENERAL, Post

SIZE = 3000
ODD = 300
FATES = {"posted", "held", "refused", "command", "bounce", "ignored", "parked"}


def test_X3_each_hostile_mail_has_a_fate_that_is_told(post: Post) -> None:
    mails = [make(SIZE) for make in hostile.SHAPES.values()]
    mails += [hostile.odd(seed) for seed in range(ODD)]
    mails += [post.mail(ADA, f"Good words {number}.").as_bytes() for number in range(5)]
    kept = []
    for raw in mails:
        kept.append(post.room.keep(Envelope(ADA, (GENERAL,), raw), "smtp"))
        post.room.receive(kept[-1])
    told = {ledger_id: reports.story(post.room.store, str(ledger_id)) for ledger_id in kept}
    for ledger_id, stories in told.items():
        (story,) = stories
        assert story["outcome"] in FATES and story["code"] != "fault", story
        assert story["reason"] and (story["outcome"] == "posted" or story["code"]), story
        assert story["raw_kept"]
        lines = [text for text, _ in tell(story)]
        assert f"mail {ledger_id}  " in lines[0] and any(story["outcome"] in line for line in lines[1:])
        for one in (each for written in story["posts"] for each in written["deliveries"]):
            assert one["state"], one
    assert len({story["outcome"] for (story,) in told.values()}) >= 3
    assert {told[good][0]["code"] for good in kept[-5:]} <= {"", "duplicate"}


def test_X3_a_mail_is_found_by_its_message_id_and_twice_is_told_twice(post: Post) -> None:
    mail = post.mail(ADA, "Hello.", message_id="<once@members.example>")
    post.receive(mail)
    post.receive(mail)
    for key in ("once@members.example", "<once@members.example>"):
        assert [each["code"] for each in reports.story(post.room.store, key)] == ["", "duplicate"]
    assert reports.story(post.room.store, "never@members.example") == []


DEEP = b"From: %b\r\nMessage-ID:\r\n <deep@members.example>\r\n" % ADA.encode()


@pytest.mark.parametrize("raw", [
    DEEP + b"Content-Type: message/rfc822\r\n\r\n" * 60 + b"Hello.",
    b"no header\r\n" + DEEP + b"\r\nHello.",
    b"X: y\r\n" * 20 + DEEP + b"X: y\r\n" * 1100 + b"\r\nHello.",
])  # fmt: skip
def test_X3_what_cannot_be_read_is_found_by_the_message_id_that_it_claims(post: Post, raw: bytes) -> None:
    row = post.receive(raw)
    assert row["outcome"] in ("parked", "held")
    assert [each["id"] for each in reports.story(post.room.store, "<deep@members.example>")] == [row["id"]]


def test_X3_an_id_in_the_text_is_not_the_mails_own(post: Post) -> None:
    for raw in (
        b"From: x@y.test\r\n\r\nMessage-ID: <other@y.test>\r\n",
        b"\r\nMessage-ID: <other@y.test>\r\n\r\n",
    ):
        assert post.receive(raw)["message_id"] == ""


def test_X3_a_letter_that_left_is_told_with_its_answer(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello.", message_id="<sent@members.example>"))
    (story,) = reports.story(post.room.store, "sent@members.example")
    (written,) = story["posts"]
    assert {each["state"] for each in written["deliveries"]} == {"waiting"}
    assert len(written["deliveries"]) == 2


def test_a_mail_that_is_damaged_on_disk_keeps_no_other_from_being_walked(post: Post) -> None:
    kept = [
        post.room.keep(Envelope(ADA, (GENERAL,), post.mail(ADA, f"Good words {number}.").as_bytes()), "smtp")
        for number in range(3)
    ]
    post.room.store.write(
        lambda tx: tx.connection.execute(
            "update blob set packed = 1, content = x'00' where sha256 = (select raw from ledger where id = ?)",
            (kept[1],),
        )
    )
    post.room.receive_waiting()
    outcomes = [reports.story(post.room.store, str(each))[0]["outcome"] for each in kept]
    assert outcomes == ["posted", "waiting", "posted"]
