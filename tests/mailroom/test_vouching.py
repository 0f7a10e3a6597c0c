"""Mail waits until it is known whose it is; nobody is believed without a word for him, and none is refused for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bridge.mailroom.forget import forget
from bridge.mailroom.vouching import PAUSES, Vouching
from bridge.posting.authentication import Vouched
from bridge.store.ledger import Entry

from .conftest import ADA, GENERAL, Post

SIGNED, FAILED = "dkim=pass header.d=members.example", "dmarc=fail header.from=members.example"
GOOD = Vouched("members.example", True, "signed by members.example", SIGNED)
BAD = Vouched("members.example", False, "neither SPF nor DKIM vouches for members.example", FAILED)
TROUBLE = Vouched("members.example", None, "the DNS gave no answer for members.example")


def says(post: Post, *answers: Vouched | None) -> list[Entry]:
    """The mailroom's checker gives these answers, the last one for ever; gives the mails that it was asked of."""
    asked: list[Entry] = []

    def verify(entry: Entry, raw: bytes) -> Vouched | None:
        asked.append(entry)
        return answers[min(len(asked), len(answers)) - 1]

    post.room.vouching = Vouching(verify)
    return asked


def walk_on(post: Post, ledger_id: int, pause: int) -> Any:
    post.clock[0] += pause
    post.room.receive_waiting()
    return post.row(ledger_id)


def test_A3_a_mail_that_is_vouched_for_is_posted(post: Post) -> None:
    says(post, GOOD)
    assert post.receive(post.mail(ADA, "Mine."))["outcome"] == "posted"


def test_A3_a_mail_that_nobody_vouches_for_is_held_and_says_why(post: Post) -> None:
    says(post, BAD)
    row = post.receive(post.mail(ADA, "Not mine."))
    assert (row["outcome"], row["code"]) == ("held", "unauthenticated") and "neither SPF nor DKIM" in row[
        "reason"
    ]
    assert post.posts() == [] and post.notices() == []


def test_A3_what_was_checked_is_the_author_that_is_shown(post: Post) -> None:
    says(post, Vouched("evil.example", True, "signed by evil.example"))
    assert post.receive(post.mail(ADA, "Not mine."))["outcome"] == "held"


def test_a_mail_waits_while_it_is_checked_and_that_counts_for_nothing(post: Post) -> None:
    says(post, *[None] * 10, GOOD)
    row = post.receive(post.mail(ADA, "Mine."))
    for _ in range(9):
        assert (row["outcome"], row["tries"]) == ("waiting", 0)
        row = walk_on(post, row["id"], 1_000_000)
    assert walk_on(post, row["id"], 1_000_000)["outcome"] == "posted"


def test_trouble_in_the_dns_lets_a_mail_wait_and_then_be_held(post: Post) -> None:
    asked = says(post, TROUBLE)
    row = post.receive(post.mail(ADA, "Mine."))
    for pause in PAUSES:
        assert row["outcome"] == "waiting" and "no answer" in row["reason"]
        assert walk_on(post, row["id"], pause - 1)["outcome"] == "waiting"
        row = walk_on(post, row["id"], 1)
    assert (row["outcome"], row["code"], len(asked)) == ("held", "unauthenticated", len(PAUSES) + 1)
    assert "no answer" in row["reason"]


def test_trouble_that_passes_costs_only_time(post: Post) -> None:
    says(post, TROUBLE, TROUBLE, GOOD)
    row = post.receive(post.mail(ADA, "Mine."))
    walk_on(post, row["id"], PAUSES[0])
    assert walk_on(post, row["id"], PAUSES[1])["outcome"] == "posted"


@pytest.mark.parametrize("via", ["lmtp", "imap", "pipe"])
def test_what_another_server_took_in_is_judged_by_that_server(post: Post, via: str) -> None:
    asked = says(post, BAD)
    assert post.receive(post.mail(ADA, "Mine."), via=via)["outcome"] == "posted"
    assert asked == []


def test_a_moderator_has_the_last_word(post: Post) -> None:
    asked = says(post, BAD)
    row = post.receive(post.mail(ADA, "Mine."))
    assert post.room.release(row["id"])
    post.room.receive(row["id"])
    assert post.row(row["id"])["outcome"] == "posted" and len(asked) == 1


def test_a_mail_without_one_author_is_held(post: Post) -> None:
    says(post, Vouched("", False, "it names no author"))
    raw = b"From: a@x.example, b@x.example\nTo: general@forum.example\nSubject: x\n\nText.\n"
    assert post.receive(raw, GENERAL, sender="a@x.example")["code"] == "no-author"


def vouched(post: Post) -> list[str | None]:
    """What the letters that wait tell of the mail that they pass on."""
    return [post.room.letter(due).vouched for due in post.due()]


def test_O2_a_letter_knows_what_vouched_for_its_mail(post: Post) -> None:
    says(post, GOOD)
    post.receive(post.mail(ADA, "Mine."))
    assert vouched(post) == [SIGNED, SIGNED]
    assert all(SIGNED.encode() not in raw for _, raw in post.letters())


def test_O2_what_our_mta_found_counts_where_we_do_not_check(post: Post) -> None:
    post.room.site = replace(post.room.site, authserv_id="mx.test")
    headers = {"Authentication_Results": f"mx.test; spf=none; {SIGNED}"}
    assert post.receive(post.mail(ADA, "Mine.", **headers), via="lmtp")["outcome"] == "posted"
    assert vouched(post) == [SIGNED, SIGNED]


def test_O2_what_was_found_stays_when_a_moderator_releases_the_mail(post: Post) -> None:
    says(post, BAD)
    row = post.receive(post.mail(ADA, "Mine."))
    assert post.room.release(row["id"]) and post.room.receive_waiting() == 1
    assert set(vouched(post)) == {FAILED}


def test_where_nobody_was_asked_a_letter_knows_of_no_result(post: Post) -> None:
    post.receive(post.mail(ADA, "Mine."))
    assert vouched(post) == ["", ""]


def test_a_letter_of_what_was_no_mail_passes_on_none(post: Post) -> None:
    says(post, GOOD)
    post.receive(post.mail(ADA, "Mine."))
    post.room.store.write(lambda tx: tx.connection.execute("update post set origin = 'web'"))
    assert vouched(post) == [None, None]


def test_what_vouched_for_somebody_is_forgotten_with_him(post: Post) -> None:
    says(post, GOOD)
    post.receive(post.mail(ADA, "Mine."))
    (one,) = post.posts()
    post.room.store.write(lambda tx: forget(tx, one["author_id"], delete_posts=False, now=post.room.now()))
    assert set(vouched(post)) == {""}
