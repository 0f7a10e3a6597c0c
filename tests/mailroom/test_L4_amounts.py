"""L4: however much comes in, one address gets few letters of ours, and all strangers together few and small ones."""

from __future__ import annotations

import pytest

from bridge.mailroom.said import ANSWERS_A_DAY, LETTER, STRANGERS_AN_HOUR, STRANGERS_FREE
from bridge.store import queue

from .conftest import BO, GENERAL, Post
from .test_commands import DAY, REQUEST, answer, thread, told, words

__all__ = ["thread"]
THOUSAND = 1000


def test_L4_a_thousand_commands_of_one_get_ten_answers(thread: Post) -> None:
    texts = ("follow", "mute", "unmute", "status", "daily", "each", "lists", "help", "none", "mentions")
    for n in range(THOUSAND // 2):
        answer(thread, BO, texts[n % len(texts)])
        thread.receive(thread.mail(BO, texts[-n % len(texts)], to=REQUEST, subject=f"x {n}"), REQUEST)
    assert len(told(thread, BO)) == ANSWERS_A_DAY == 10
    thread.clock[0] += DAY + 1
    answer(thread, BO, "status")
    assert len(thread.notices()) == 11


def forged(thread: Post, mails: int, padding: str = "") -> tuple[int, list[bytes]]:
    """So many mails to command addresses, each from somebody else; the bytes that came in, and our letters."""
    addresses = ("general+subscribe@forum.example", REQUEST, "general+help@forum.example")
    bytes_in = 0
    for n in range(mails):
        to = addresses[n % 3]
        mail = thread.mail(f"p{n}@victims.example", f"help me please\n{padding}", to=to, subject="help")
        bytes_in += len(mail.as_bytes())
        thread.receive(mail, to)
    thread.clock[0] += 10
    now = thread.clock[0]
    due = thread.room.store.write(lambda tx: queue.claim(tx, now, 1, THOUSAND))
    letters = [
        thread.room.letter(one).fill(thread.room.addresses(one)[1])
        for one in due
        if one.address.endswith("@victims.example")
    ]
    return bytes_in, letters


def test_L4_a_thousand_forged_senders_get_a_bounded_number_of_small_letters(thread: Post) -> None:
    bytes_in, sent = forged(thread, THOUSAND)
    assert len(sent) == STRANGERS_FREE < STRANGERS_AN_HOUR
    assert sum(map(len, sent)) <= 2 * bytes_in, "amplification"
    assert max(map(len, sent)) < LETTER
    victims = thread.room.store.read(
        lambda tx: tx.connection.execute(
            "select count(*) from address where address like '%victims%'"
        ).fetchone()
    )
    assert victims[0] <= STRANGERS_AN_HOUR
    row = thread.receive(thread.mail(BO, "status", to=REQUEST), REQUEST)
    assert (row["outcome"], len(told(thread, BO))) == ("command", 1)


def test_L4_large_forged_mails_are_answered_no_oftener_than_the_cap_and_not_quoted(
    thread: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bridge.mailroom.said.STRANGERS_AN_HOUR", 60)
    bytes_in, sent = forged(thread, 100, "Buy our elixir now. " * 400)
    assert len(sent) == 60 and sum(map(len, sent)) <= 2 * bytes_in
    assert not [raw for raw in sent if b"elixir" in raw]


def test_L4_no_letter_of_ours_quotes_more_than_four_kilobytes(thread: Post) -> None:
    long = "word " * 40_000
    answer(thread, BO, f"{long}\nmute")  # prose: a post
    answer(thread, BO, "mute")
    thread.receive(thread.mail(BO, f"mute\n\n{long}", to=REQUEST, subject="mute " * 200), REQUEST)
    thread.receive(thread.mail(BO, f"> {long}"), GENERAL)
    assert len(told(thread, BO)) >= 2
    for mail in told(thread, BO):
        assert words(mail).count("word") * 5 <= 4_096 and len(words(mail)) < 8_192
