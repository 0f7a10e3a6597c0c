"""One person's several addresses and handles."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from bridge.store import merge, people

from .conftest import ADA, BO, CY, GENERAL, Post

NEW = "ada@work.example"
REQUEST = "general-request@forum.example"
DAY = 86_400 * 1_000_000


def letter(post: Post, address: str) -> Any:
    raw = [raw for to, raw in post.letters() if to == address][-1]
    post.clock[0] += 2_000_000
    return message_from_bytes(raw, policy=default)


def answer(post: Post, address: str, words: str = "", sender: str = "") -> Any:
    """Answer the last letter to an address."""
    to = str(letter(post, address)["Reply-To"].addresses[0].addr_spec)
    return post.receive(post.mail(sender or address, words, to=to), to)


def ask(post: Post, words: str = f"add {NEW}", sender: str = ADA) -> Any:
    return post.receive(post.mail(sender, words, to=REQUEST, subject="my address"), REQUEST)


def owner(post: Post, address: str) -> str:
    person = post.room.store.read(lambda tx: people.by_address(tx, address))
    return person.name if person else ""


def test_an_address_is_added_when_both_have_agreed(post: Post) -> None:
    held = post.receive(post.mail(NEW, "From my desk."))
    assert (held["outcome"], held["code"]) == ("held", "unknown-sender")
    assert ask(post)["outcome"] == "command"
    assert NEW not in {to for to, _ in post.letters()}  # first he himself is asked
    post.clock[0] += 2_000_000
    answer(post, ADA)
    asked = answer(post, NEW)
    assert (asked["outcome"], asked["code"]) == ("command", "add-address"), asked["reason"]
    assert owner(post, NEW) == "Ada"
    post.room.receive(held["id"])  # what came from there before is his, too
    assert [p["author"] for p in post.posts()] == ["Ada"]
    assert post.receive(post.mail(NEW, "And again.", subject="Again"))["outcome"] == "posted"
    assert {p["author"] for p in post.posts()} == {"Ada"}
    assert (
        "ada@work.example now comes under your name" in letter(post, ADA).get_body(("plain",)).get_content()
    )


def test_in_answer_to_a_letter_one_confirmation_is_enough(post: Post) -> None:
    post.receive(post.mail(BO, "The ladder is back."))
    answer(post, ADA, f"add address <{NEW}>")
    assert answer(post, NEW)["code"] == "add-address"
    assert owner(post, NEW) == "Ada"
    assert len(post.posts()) == 1


def test_A5_a_forged_wish_adds_nothing(post: Post) -> None:
    ask(post, "add eve@evil.example")
    assert "eve@evil.example" not in {to for to, _ in post.letters()}
    assert owner(post, "eve@evil.example") == ""


def test_a_guests_address_becomes_his_with_what_he_wrote(post: Post) -> None:
    post.receive(post.mail(BO, "Ada at work?", Cc=f"Ada W. <{NEW}>", message_id="<a@members.example>"))
    post.receive(
        post.mail(NEW, "Here.", name="Ada W.", subject="Re: Tools", In_Reply_To="<a@members.example>")
    )
    assert [p["guest"] for p in post.posts()] == [0, 1]
    answer_to = str(letter(post, ADA)["Reply-To"].addresses[0].addr_spec)
    post.receive(post.mail(ADA, f"add {NEW}", to=answer_to), answer_to)
    answer(post, NEW)
    assert owner(post, NEW) == "Ada"
    assert [p["author"] for p in post.posts()] == ["Bo", "Ada"]
    post.receive(post.mail(CY, "More.", subject="Re: Tools", In_Reply_To="<a@members.example>"))
    letters = [to for to, raw in post.letters() if b"More." in raw]
    assert sorted(letters) == [ADA, BO]


@pytest.mark.parametrize(
    "address",
    [BO, GENERAL, REQUEST, "noreply@x.example", "reply+aaaa@forum.example", "postmaster@forum.example"],
)
def test_what_cannot_be_his_is_not_asked(post: Post, address: str) -> None:
    ask(post, f"add {address}")
    answer(post, ADA)
    assert "add-address" not in {kind for _, kind in post.notices()}
    assert "cannot be added by mail" in letter(post, ADA).get_body(("plain",)).get_content()


def test_L4_few_addresses_a_day_are_asked(post: Post) -> None:
    post.receive(post.mail(BO, "The ladder is back."))
    to = str(letter(post, ADA)["Reply-To"].addresses[0].addr_spec)
    for n in range(6):
        post.receive(post.mail(ADA, f"add ada{n}@x.example", to=to), to)
    assert [kind for _, kind in post.notices()].count("add-address") == 3


def test_a_claim_lapses(post: Post) -> None:
    post.receive(post.mail(BO, "The ladder is back."))
    answer(post, ADA, f"add {NEW}")
    to = str(letter(post, NEW)["Reply-To"].addresses[0].addr_spec)
    post.clock[0] += 8 * DAY
    row = post.receive(post.mail(NEW, "", to=to), to)
    assert (row["outcome"], row["code"]) == ("refused", "expired")
    assert owner(post, NEW) == ""


def test_relay_is_switched_off_and_on_by_mail(post: Post) -> None:
    post.receive(post.mail(BO, "The ladder is back."))
    answer(post, ADA, "No private mails")
    read = post.room.store.read
    assert read(lambda tx: tx.relay_of(person_id=1))["relay"] == 0
    answer(post, ADA, "private mails")
    assert read(lambda tx: tx.relay_of(person_id=1))["relay"] == 1


def test_A2_each_of_his_addresses_may_use_his_reply_address(post: Post) -> None:
    post.room.store.write(lambda tx: tx.address_add(address=NEW, person_id=1))
    post.receive(post.mail(BO, "The ladder is back."))
    row = answer(post, ADA, "Good.", sender=NEW)
    assert row["outcome"] == "posted"
    assert post.posts()[1]["author"] == "Ada"
    assert answer(post, BO, "No, I.", sender="eve@evil.example")["outcome"] == "held"


def test_who_was_merged_leaves_by_the_token_of_an_old_letter(post: Post) -> None:
    post.receive(post.mail(ADA, "The ladder is back."))
    due = next(due for due in post.due() if due.address == BO)
    token = next(v for k, v in post.room.addresses(due)[1].items() if k.name == "UNSUBSCRIBE").decode()
    post.room.store.write(lambda tx: merge.merge(tx, 3, 2))
    assert post.room.unsubscribe(token)
    assert post.room.store.read(lambda tx: people.mode(tx, 1, 3)) is None
    assert post.room.store.read(lambda tx: people.mode(tx, 2, 3)) == "each"


def test_who_was_merged_answers_by_the_token_of_an_old_letter(post: Post) -> None:
    post.receive(post.mail(ADA, "The ladder is back."))
    to = str(letter(post, BO)["Reply-To"].addresses[0].addr_spec)
    post.room.store.write(lambda tx: merge.merge(tx, 3, 2))
    row = post.receive(post.mail(BO, "Good.", to=to), to)
    assert row["outcome"] == "posted"
    assert (post.posts()[1]["author"], post.posts()[1]["placed_by"]) == ("Cy", "token")
