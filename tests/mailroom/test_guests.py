"""Outsiders whom a member copies: one note, an answer under their own name, the thread's posts, and stop."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from bridge.store import people

from .conftest import ADA, BO, CY, GENERAL, SEEDS, Post

PAT = "pat@elsewhere.example"
DAY = 86_400 * 1_000_000


def sql(post: Post, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return [
        tuple(row) for row in post.room.store.read(lambda tx: tx.connection.execute(query, values).fetchall())
    ]


def policy(post: Post, guests: str) -> None:
    post.room.store.write(lambda tx: tx.connection.execute("update list set guests = ?", [guests]))


def letter_to(post: Post, address: str) -> Any:
    """The last letter that waits for an address, parsed."""
    raw = [raw for to, raw in post.letters() if to == address][-1]
    post.clock[0] += 2_000_000
    return message_from_bytes(raw, policy=default)


def back(letter: Any) -> str:
    """Where an answer to a letter goes."""
    return str(letter["Reply-To"].addresses[0].addr_spec)


def text(letter: Any) -> str:
    return str(letter.get_body(("plain",)).get_content())


def copy_pat(post: Post, words: str = "Pat, what do you think?", **headers: str) -> Any:
    return post.receive(post.mail(ADA, words, Cc=f"Pat Conaty <{PAT}>", **headers))


def test_a_copied_outsider_gets_one_note_and_no_account(post: Post) -> None:
    copy_pat(post, message_id="<a@members.example>")
    note = letter_to(post, PAT)
    assert "Ada copied you in a conversation of General" in note["Subject"]
    assert note["In-Reply-To"] == "<a@members.example>"
    assert "as a guest's" in text(note)
    assert "the one word: stop" in text(note)
    assert note["Auto-Submitted"]
    copy_pat(post, "And again.", subject="Re: Tools", In_Reply_To="<a@members.example>")
    assert post.notices() == [(PAT, "guest-1")]
    assert sql(post, "select member from person where name = 'Pat Conaty'") == [(0,)]
    assert sql(post, "select count(*) from subscription") == [(6,)]
    assert PAT not in {to for to, raw in post.letters() if b"And again" in raw}


def test_his_answer_to_the_note_joins_the_thread_and_he_gets_what_follows(post: Post) -> None:
    copy_pat(post)
    to = back(letter_to(post, PAT))
    row = post.receive(post.mail(PAT, "I think so.", to=to, name="Pat Conaty"), to)
    assert row["outcome"] == "posted", row["reason"]
    first, second = post.posts()
    assert (second["author"], second["guest"], second["parent_id"]) == ("Pat Conaty", 1, first["id"])
    post.receive(post.mail(BO, "Good.", subject="Re: Tools", In_Reply_To=f"<{second['message_id']}>"))
    letter = letter_to(post, PAT)
    assert "Good." in text(letter)
    post.receive(post.mail(CY, "Another matter", subject="Seeds"))
    assert sql(post, "select count(*) from delivery where post_id = 4 and address = ?", PAT) == [(0,)]


def test_his_answer_to_the_note_bears_the_subject_of_the_thread_unless_he_wrote_another(post: Post) -> None:
    copy_pat(post)
    note = letter_to(post, PAT)
    for subject in (f"Re: {note['Subject']}", "Ladders"):
        mail = post.mail(PAT, f"{subject}.", to=back(note), subject=subject, In_Reply_To=note["Message-ID"])
        post.receive(mail, back(note))
    assert [row["subject"] for row in post.posts()] == ["Tools", "Re: Tools", "Ladders"]


def test_an_answer_to_all_joins_too_and_stop_ends_it(post: Post) -> None:
    copy_pat(post, message_id="<a@members.example>")
    answer = post.mail(PAT, "Hello all.", subject="Re: Tools", In_Reply_To="<a@members.example>")
    assert post.receive(answer)["outcome"] == "posted"
    post.receive(post.mail(BO, "Good.", subject="Re: Tools", In_Reply_To="<a@members.example>"))
    to = back(letter_to(post, PAT))
    row = post.receive(post.mail(PAT, "Stop.\n\n> Good.\n", to=to, subject="Re: Tools"), to)
    assert (row["outcome"], row["code"]) == ("command", "stop"), row["reason"]
    assert len(post.posts()) == 3
    assert sql(post, "select state from delivery where post_id = 3 and address = ?", PAT) == [("cancelled",)]
    post.receive(post.mail(CY, "More.", subject="Re: Tools", In_Reply_To="<a@members.example>"))
    assert sql(post, "select state from delivery where post_id = 4 and address = ?", PAT) == []
    copy_pat(post, "A new thing.", subject="New")
    assert [kind for to, kind in post.notices() if to == PAT] == ["guest-1", "stopped-1"]


def test_stop_by_the_address_in_the_note(post: Post) -> None:
    copy_pat(post)
    note = text(letter_to(post, PAT))
    to = next(word.rstrip(";") for word in note.split() if word.startswith("confirm+"))
    assert post.receive(post.mail(PAT, "", to=to), to)["code"] == "stop"
    assert sql(post, "select stopped from guest") == [(1,)]


def test_A5_stop_without_a_token_is_asked_about_first(post: Post) -> None:
    copy_pat(post, message_id="<a@members.example>")
    forged = post.mail(PAT, "stop", subject="Re: Tools", In_Reply_To="<a@members.example>")
    assert post.receive(forged)["code"] == "stop"
    assert sql(post, "select stopped from guest") == [(0,)]
    to = back(letter_to(post, PAT))
    assert to.startswith("confirm+")
    post.receive(post.mail(PAT, "", to=to), to)
    assert sql(post, "select stopped from guest") == [(1,)]


def test_somebody_elses_note_is_no_key(post: Post) -> None:
    """Promise A2: the token and From belong together."""
    copy_pat(post)
    to = back(letter_to(post, PAT))
    row = post.receive(post.mail("eve@elsewhere.example", "I am Pat.", to=to), to)
    assert (row["outcome"], row["code"]) == ("held", "not-owner")
    row = post.receive(post.mail("eve@elsewhere.example", "stop", to=to), to)
    assert row["outcome"] == "held"
    assert sql(post, "select stopped from guest") == [(0,)]
    assert post.receive(post.mail(BO, "stop", to=to), to)["code"] != "stop"


@pytest.mark.parametrize(
    "local", ["noreply", "no-reply", "mailer-daemon", "other-list-request", "owner-x", "abuse"]
)
def test_robots_get_no_note(post: Post, local: str) -> None:
    post.receive(post.mail(ADA, "Hm.", Cc=f"{local}@elsewhere.example"))
    assert post.notices() == []


def test_an_import_brings_no_notes_and_no_letters(post: Post) -> None:
    post.receive(post.mail(ADA, "Old.", Cc=PAT, message_id="<a@members.example>"), via="import")
    post.receive(
        post.mail(PAT, "Old too.", subject="Re: Tools", In_Reply_To="<a@members.example>"), via="import"
    )
    assert (len(post.posts()), post.notices(), sql(post, "select * from guest")) == (2, [], [])


def test_a_guest_who_copies_brings_no_notes(post: Post) -> None:
    copy_pat(post, message_id="<a@members.example>")
    post.receive(
        post.mail(
            PAT, "With Eve.", Cc="eve@x.example", subject="Re: Tools", In_Reply_To="<a@members.example>"
        )
    )
    assert [to for to, _ in post.notices()] == [PAT]


def test_L4_an_address_gets_few_notes_a_day_however_often_it_is_copied(post: Post) -> None:
    for n in range(12):
        copy_pat(post, f"Thing {n}", subject=f"Thing number {n}")
    assert len(post.notices()) == 3
    post.clock[0] += DAY + 1
    copy_pat(post, "Next day", subject="Next day")
    assert len(post.notices()) == 4


def test_L4_a_member_cannot_have_us_write_to_hundreds(post: Post) -> None:
    for n in range(6):
        many = ", ".join(f"p{n}-{i}@x.example" for i in range(40))
        post.receive(post.mail(ADA, f"To many {n}", subject=f"Many {n}", Cc=many))
    assert len(post.notices()) == 50


def test_lists_that_take_no_guests_send_no_note_and_a_moderated_one_says_so(post: Post) -> None:
    policy(post, "refuse")
    copy_pat(post)
    assert post.notices() == []
    policy(post, "hold")
    copy_pat(post, "Again", subject="Again")
    note = letter_to(post, PAT)
    assert "A moderator looks at it first" in text(note)
    row = post.receive(post.mail(PAT, "Here I am.", to=back(note)), back(note))
    assert (row["outcome"], row["code"]) == ("held", "guest")
    post.room.release(row["id"])
    post.room.receive(row["id"])
    assert post.row(row["id"])["outcome"] == "posted"
    post.receive(
        post.mail(BO, "Welcome.", subject="Re: Again", In_Reply_To=f"<{post.posts()[2]['message_id']}>")
    )
    assert "Welcome." in text(letter_to(post, PAT))


def test_a_copied_member_is_mentioned_and_not_mailed_twice(post: Post) -> None:
    post.receive(post.mail(ADA, "For you all.", Cc=f"Bo <{BO}>"))
    assert sql(post, "select post_id, person_id from mention") == [(1, 2)]
    assert [to for to, _ in post.letters()] == [CY]


def test_mentions_are_written_before_the_post_is_announced(post: Post) -> None:
    post.room.store.write(lambda tx: tx.connection.execute("update subscription set mode = 'mentions'"))
    post.receive(post.mail(ADA, "What does @bo think? Not @ada, nor\n> @cy"))
    assert sql(post, "select person_id from mention") == [(2,)]
    assert [to for to, _ in post.letters()] == [BO]


def test_A6_a_reply_token_of_a_member_who_left_opens_nothing(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has it?"))
    to = back(letter_to(post, BO))
    post.room.store.write(lambda tx: tx.connection.execute("delete from subscription where person_id = 2"))
    row = post.receive(post.mail(BO, "Me.", to=to), to)
    assert (row["outcome"], row["code"]) == ("held", "unknown-sender")
    assert len(post.posts()) == 1


def test_O3_no_letter_holds_the_address_or_token_of_another(post: Post) -> None:
    copy_pat(post, message_id="<a@members.example>")
    post.receive(post.mail(PAT, "Hello.", subject="Re: Tools", In_Reply_To="<a@members.example>"))
    post.receive(post.mail(BO, "Hello Pat.", subject="Re: Tools", In_Reply_To="<a@members.example>"))
    due = {d.id: d for d in post.due()}
    post.clock[0] += 2
    slots: dict[str, list[bytes]] = {d.address: [] for d in due.values()}
    for d in due.values():
        slots[d.address] += [v for v in post.room.addresses(d)[1].values() if d.post_id]
    for d in due.values():
        whole = post.room.letter(d).fill(post.room.addresses(d)[1])
        plain = whole.replace(b"=\r\n", b"")
        for other in {ADA, BO, CY, PAT} - {d.address}:
            assert other.encode() not in plain
            assert not [token for token in slots.get(other, []) if token in whole]


def test_A7_a_services_code_never_becomes_public(post: Post) -> None:
    """Who makes a service write to an address of ours must not read its answer on the page."""
    copy_pat(post)
    note = back(letter_to(post, PAT))
    post.receive(post.mail(ADA, "The ladder is back."))
    letter = letter_to(post, BO)
    alone = text(letter).split(" alone: ")[1].split()[0]
    code = "Your verification code is 493817."
    for to in (
        GENERAL,
        note,
        back(letter),
        alone,
        "general-request@forum.example",
        "general+owner@forum.example",
    ):
        for sender in ("support@bigcorp.example", "noreply@bigcorp.example", "help+id7@tickets.example"):
            row = post.receive(post.mail(sender, code, to=to, subject="[Ticket 7] code"), to)
            assert row["outcome"] not in ("posted", "waiting"), (to, sender, row["reason"])
    assert not [p for p in post.posts() if "493817" in p["text"]]
    assert not [to for to, raw in post.letters() if b"493817" in raw]


@pytest.mark.parametrize(("who_writes", "list_id"), [("stranger@elsewhere.example", 1), (ADA, 2)])
def test_P1_who_copies_a_bare_address_is_not_told_whose_it_is(
    post: Post, who_writes: str, list_id: int
) -> None:
    post.room.store.write(lambda tx: tx.connection.execute("update list set who_can_post = 'anyone'"))
    post.room.store.write(lambda tx: people.subscribe(tx, 1, "c77@elsewhere.example", "Dora Dale", "each", 0))
    to = {1: GENERAL, 2: SEEDS}[list_id]
    post.receive(
        post.mail(who_writes, "Who is that?", to=to, Cc="c77@elsewhere.example, zoe@other.example"), to
    )
    post.receive(post.mail(ADA, "Our Dora.", Cc="c77@elsewhere.example"))
    called = [name for (name,) in sql(post, "select name from copied order by post_id, address")]
    assert called == ["C77", "Zoe", "Dora Dale"]
