"""The road from bytes to deliveries, mail by mail."""

from __future__ import annotations

import pytest

from bridge.errors import Permanent
from bridge.mailroom.receiving import TRIES

from .conftest import ADA, BO, CY, GENERAL, SEEDS, Post

PAT = "pat@elsewhere.example"


def test_a_mail_becomes_a_post_and_a_letter_to_each_other_member(post: Post) -> None:
    row = post.receive(post.mail(ADA, "Who has the long ladder?\n"))
    assert (row["outcome"], row["author"]) == ("posted", ADA)
    (written,) = post.posts()
    assert (written["author"], written["text"].strip(), written["parent_id"]) == (
        "Ada",
        "Who has the long ladder?",
        None,
    )
    assert sorted(address for address, _ in post.letters()) == [BO, CY]


def test_an_answer_hangs_below_what_it_answers(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has it?", message_id="<a@members.example>"))
    post.receive(post.mail(BO, "I have it.", subject="Re: Tools", In_Reply_To="<a@members.example>"))
    first, second = post.posts()
    assert (second["parent_id"], second["thread_id"], second["placed_by"]) == (
        first["id"],
        first["thread_id"],
        "reference",
    )


def test_no_subject_is_none_to_be_placed_by(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has the ladder of the mill?", subject=""))
    post.receive(post.mail(ADA, "And who has the saw?", subject="Re:"))
    post.receive(post.mail(BO, "The gate is open.", subject=""))
    assert len({row["thread_id"] for row in post.posts()}) == 3


def test_words_of_a_list_post_are_credited_to_their_writer_without_the_list(post: Post) -> None:
    post.receive(
        post.mail(
            BO,
            "Nobody answered this one:\n\n-------- Forwarded Message --------\nSubject: Ladder\n"
            "Date: Mon, 2 Nov 2026 10:00:00 +0000\nFrom: Ada Pyle via General <general@forum.example>\n"
            "To: General <general@forum.example>\n\nWho has the green ladder?\n",
            subject="Fwd: Ladder",
        )
    )
    assert post.posts()[0]["credit"] == "Ada Pyle"


def test_the_reply_token_beats_subject_and_missing_headers_also_in_upper_case(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has it?"))
    post.receive(post.mail(ADA, "Another matter", subject="Seeds"))
    due = next(d for d in post.due() if d.address == BO and d.post_id == 1)
    token = next(v for k, v in post.room.addresses(due)[1].items() if k.name == "REPLY").decode().upper()
    to = f"REPLY+{token}@forum.example"
    row = post.receive(post.mail(BO, "I do.", to=to, subject="Fwd: something else"), to)
    assert row["outcome"] == "posted", row["reason"]
    assert (post.posts()[2]["parent_id"], post.posts()[2]["author"]) == (1, "Bo")


def test_a_second_copy_of_a_mail_is_no_second_post(post: Post) -> None:
    mail = post.mail(ADA, "Once.")
    post.receive(mail)
    assert post.receive(mail)["code"] == "duplicate"
    assert len(post.posts()) == 1


def test_another_mail_under_the_same_id_is_posted_and_one_with_a_footer_is_not(post: Post) -> None:
    words = "Who has borrowed the long ladder from the shed this week?"
    post.receive(post.mail(ADA, words, message_id="<same@members.example>"))
    more = f"{words}\n\nSent through the list of the parish, see its rules on the page.\n"
    assert post.receive(post.mail(ADA, more, message_id="<same@members.example>"))["code"] == "duplicate"
    other = post.mail(ADA, "Tomorrow we paint all windows green.", message_id="<same@members.example>")
    assert post.receive(other)["outcome"] == "posted"
    assert post.receive(other)["code"] == "duplicate"
    assert len(post.posts()) == 2


def test_A10_a_stranger_cannot_suppress_a_mail_by_taking_its_id_first(post: Post) -> None:
    post.receive(post.mail(BO, "Taken first.", message_id="<same@members.example>"))
    row = post.receive(post.mail(ADA, "The true one.", message_id="<same@members.example>"))
    assert row["outcome"] == "posted"
    again = post.mail(ADA, "The true one.", message_id="<same@members.example>")
    assert post.receive(again)["code"] == "duplicate"
    first, second = post.posts()
    assert [p["text"].strip() for p in (first, second)] == ["Taken first.", "The true one."]
    assert first["thread_id"] != second["thread_id"]


def test_A10_an_id_taken_in_another_list_keeps_a_mail_from_nobody(post: Post) -> None:
    taken = {"message_id": "<same@members.example>"}
    post.receive(post.mail(BO, "Taken first.", to=SEEDS, **taken), SEEDS)
    post.receive(post.mail(ADA, "The true one.", **taken))
    told = [(address, b"The true one." in raw) for address, raw in post.letters()]
    assert sorted(told) == [(ADA, False), (BO, True), (CY, False), (CY, True)]


def test_two_lists_get_a_post_each_and_each_person_one_letter(post: Post) -> None:
    row = post.receive(post.mail(ADA, "For both.", to=f"{GENERAL}, {SEEDS}"), GENERAL, SEEDS)
    assert row["outcome"] == "posted"
    assert (len(post.posts(1)), len(post.posts(2))) == (1, 1)
    assert sorted(address for address, _ in post.letters()) == [BO, CY]


def test_what_one_of_two_lists_holds_is_seen_and_can_be_released(post: Post) -> None:
    post.room.store.write(lambda tx: tx.subscription_drop(list_id=2, person_id=1))
    row = post.receive(post.mail(ADA, "For both.", to=f"{GENERAL}, {SEEDS}"), GENERAL, SEEDS)
    assert (row["outcome"], len(post.posts(1)), len(post.posts(2))) == ("held", 1, 0)
    assert "post 1 in general" in row["reason"] and "Seeds" in row["reason"]
    assert post.room.release(row["id"]) and post.room.receive_waiting() == 1
    assert (post.row(row["id"])["outcome"], len(post.posts(1)), len(post.posts(2))) == ("posted", 1, 1)


def test_whoever_has_the_mail_already_gets_no_letter(post: Post) -> None:
    post.receive(post.mail(ADA, "Look, Bo.", Cc=f"Bo <{BO}>"))
    assert [address for address, _ in post.letters()] == [CY]


def test_a_copied_outsider_answers_as_a_guest_of_the_thread(post: Post) -> None:
    post.receive(post.mail(ADA, "I copy Pat.", Cc=f"Pat Conway <{PAT}>", message_id="<a@members.example>"))
    row = post.receive(
        post.mail(PAT, "Hello Ada, gladly.", name="Pat Conway", to=f"Ada <{ADA}>", Cc=GENERAL,
                  subject="Re: Tools", In_Reply_To="<a@members.example>")
    )  # fmt: skip
    assert row["outcome"] == "posted"
    guest = post.posts()[1]
    assert (guest["author"], guest["guest"], guest["parent_id"]) == ("Pat Conway", 1, 1)
    elsewhere = post.receive(post.mail(PAT, "And now this.", subject="New"))
    assert (elsewhere["outcome"], elsewhere["code"]) == ("held", "unknown-sender")


def test_a_mail_that_came_before_the_one_that_copied_its_writer_is_posted_then(post: Post) -> None:
    held = post.receive(post.mail(PAT, "Gladly.", subject="Re: Tools", In_Reply_To="<a@members.example>"))
    assert held["code"] == "unknown-sender"
    post.receive(post.mail(ADA, "I copy Pat.", Cc=PAT, message_id="<a@members.example>"))
    assert post.room.receive_waiting() == 1
    assert post.row(held["id"])["outcome"] == "posted"
    assert [(p["author"], p["guest"], p["parent_id"]) for p in post.posts()] == [
        ("Ada", 0, None),
        ("Pat", 1, 1),
    ]


def test_an_answer_to_somebody_elses_token_is_its_writers(post: Post) -> None:
    post.receive(post.mail(ADA, "I copy Pat.", Cc=PAT, message_id="<a@members.example>"))
    due = next(d for d in post.due() if d.address == BO)
    token = next(v for k, v in post.room.addresses(due)[1].items() if k.name == "REPLY").decode()
    to = f"reply+{token}@forum.example"
    assert post.receive(post.mail(CY, "Mine.", to=to), to)["outcome"] == "posted"
    assert post.receive(post.mail(PAT, "Pat's.", to=to), to)["outcome"] == "posted"
    stranger = post.receive(post.mail("eve@elsewhere.example", "Hm.", to=to), to)
    assert (stranger["outcome"], stranger["code"]) == ("held", "not-owner")
    assert [p["author"] for p in post.posts()] == ["Ada", "Cy", "Pat"]
    assert post.notices() == [(PAT, "guest-1"), (BO, "owner-asked")]


def test_a_mail_that_is_only_a_quote_is_no_post_and_its_sender_is_told_once(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has it?", message_id="<a@members.example>"))
    quote = "On Mon, Nov 2, 2026 at 10:00 AM Ada <ada@members.example> wrote:\n\n> Who has it?\n"
    for _ in range(2):
        row = post.receive(post.mail(BO, quote, subject="Re: Tools", In_Reply_To="<a@members.example>"))
        assert (row["outcome"], row["code"]) == ("refused", "nothing-new")
    assert post.notices() == [(BO, "quote-only")]
    assert len(post.posts()) == 1


def test_an_encrypted_mail_is_no_post_and_its_sender_is_told_why(post: Post) -> None:
    armoured = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"
    row = post.receive(post.mail(ADA, armoured, subject="..."))
    assert (row["outcome"], row["code"], post.posts()) == ("refused", "encrypted", [])
    ((address, raw),) = post.letters()
    assert address == ADA and "it is encrypted" in raw.decode().replace("=\r\n", "")


def test_a_mail_without_a_body_is_no_post_and_its_sender_is_told(post: Post) -> None:
    row = post.receive(post.mail(BO, ""))
    assert (row["outcome"], row["code"]) == ("refused", "nothing-new") and "at most quoted" in row["reason"]
    assert post.notices() == [(BO, "quote-only")] and not post.posts()


def test_a_greeting_that_names_the_sender_holds_the_mail(post: Post) -> None:
    row = post.receive(post.mail(ADA, "Hi Ada,\n\nthank you for the ladder.\n"))
    assert (row["outcome"], row["code"]) == ("held", "self-greeting")
    assert post.room.release(row["id"]) and post.room.receive_waiting() == 1
    assert post.row(row["id"])["outcome"] == "posted"


def test_a_held_mail_can_be_refused(post: Post) -> None:
    row = post.receive(post.mail("eve@elsewhere.example", "Buy!"))
    assert post.room.refuse(row["id"], "spam") and not post.room.refuse(row["id"], "spam")
    assert (post.row(row["id"])["outcome"], post.row(row["id"])["reason"]) == ("refused", "spam")


def test_L2_robots_are_neither_posted_nor_answered(post: Post) -> None:
    away = post.receive(post.mail(ADA, "I am away.", subject="Out of office", Auto_Submitted="auto-replied"))
    null = post.receive(post.mail(ADA, "I am away.", subject="Away"), sender="")
    assert away["outcome"] in ("ignored", "bounce") and null["outcome"] in ("ignored", "bounce")
    assert (post.posts(), post.notices(), post.due()) == ([], [], [])


def test_L3_a_letter_of_ours_that_comes_back_is_dropped(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    _, letter = post.letters()[0]
    row = post.receive(letter, sender="x@elsewhere.example")
    assert row["outcome"] == "ignored", row["reason"]
    assert len(post.posts()) == 1


def test_subscribing_takes_an_answer_to_the_letter_that_asks(post: Post) -> None:
    new = "dee@members.example"
    row = post.receive(
        post.mail(new, "please", to="general+subscribe@forum.example"), "general+subscribe@forum.example"
    )
    assert (row["outcome"], post.notices()) == ("command", [(new, "confirm-general")])
    (letter,) = [raw for address, raw in post.letters() if address == new]
    words = letter.decode().replace("=\r\n", "").split()
    to = next(word.strip("<>") for word in words if word.startswith("<confirm+"))
    assert post.receive(post.mail(new, "yes", to=to), to)["outcome"] == "command"
    post.receive(post.mail(ADA, "Welcome, Dee."))
    assert new in [due.address for due in post.due() if due.post_id]


@pytest.mark.parametrize(
    ("sender", "asks", "said"),
    [
        (ADA, "subscribe", "You are subscribed to General"),
        ("ada@elsewhere.example", "unsubscribe", "You are not subscribed to General"),
    ],
)
def test_who_asks_for_what_is_so_already_hears_it_once(post: Post, sender: str, asks: str, said: str) -> None:
    to = f"general+{asks}@forum.example"
    for _ in range(2):
        post.receive(post.mail(sender, "please", to=to), to)
    ((address, raw),) = post.letters()
    assert address == sender and said in raw.decode().replace("=\r\n", "")


def test_leaving_takes_a_token_and_stops_what_waits(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    due = next(d for d in post.due() if d.address == BO)
    token = next(v for k, v in post.room.addresses(due)[1].items() if k.name == "UNSUBSCRIBE").decode()
    shown = post.room.unsubscribable(token)
    assert shown is not None and (shown[0], shown[1].name) == ("Bo", "general")
    assert post.room.unsubscribe(token) and post.room.unsubscribe(token)
    assert not post.room.unsubscribe("nonsense") and post.room.unsubscribable("nonsense") is None
    post.clock[0] += 10
    post.receive(post.mail(ADA, "Again."))
    assert [d.address for d in post.due()] == [CY, CY]


def test_asking_to_leave_by_mail_changes_nothing_yet(post: Post) -> None:
    to = "general+unsubscribe@forum.example"
    assert post.receive(post.mail(BO, "bye", to=to), to)["outcome"] == "command"
    assert post.notices() == [(BO, "leave-general")]
    ask = "general-request@forum.example"
    assert post.receive(post.mail(CY, "help", to=ask, subject="Help"), ask)["code"] == "help"
    post.receive(post.mail(ADA, "Hello."))
    assert [d.address for d in post.due() if d.post_id] == [BO, CY]


def test_a_bounce_is_written_beside_its_delivery(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    due = next(d for d in post.due() if d.address == BO)
    back = post.room.addresses(due)[0]
    row = post.receive(
        post.mail("mailer-daemon@mx.example", "user unknown", to=back, subject="Undelivered"), back, sender=""
    )
    assert (row["outcome"], row["code"]) == ("bounce", "gone")


@pytest.mark.parametrize(
    "address",
    [
        "nobody@forum.example",
        "reply+abc@forum.example",
        "general@elsewhere.example",
        "general%x@forum.example",
    ],
)
def test_S2_only_our_addresses_are_admitted(post: Post, address: str) -> None:
    with pytest.raises(Permanent) as refused:
        post.room.admit("x@y.example", address)
    assert refused.value.reply.startswith("550 5.1.1 ")
    for own in (GENERAL, "general+help@forum.example", "postmaster@forum.example"):
        post.room.admit("", own)


def test_I6_a_mail_whose_walk_fails_three_times_is_parked_and_can_be_released(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(post.room, "read", lambda *_: 1 / 0)
        row = post.receive(post.mail(ADA, "Poison."))
        assert (row["outcome"], row["tries"]) == ("waiting", 1)
        for _ in range(TRIES - 1):
            post.clock[0] += 3_600_000_000
            assert post.room.receive_waiting() == 1
    assert post.row(row["id"])["outcome"] == "parked"
    assert "ZeroDivisionError" in post.row(row["id"])["reason"]
    post.receive(post.mail(BO, "The next one goes on."))
    assert post.room.release(row["id"]) and post.room.receive_waiting() == 1
    assert post.row(row["id"])["outcome"] == "posted"


def test_mail_that_is_imported_tells_nobody(post: Post) -> None:
    assert post.receive(post.mail(ADA, "Old."), via="import")["outcome"] == "posted"
    assert post.due() == []


def test_an_archive_is_posted_under_its_writers_names_whoever_they_were(post: Post) -> None:
    row = post.receive(post.mail(PAT, "I wrote this years ago.", name="Pat Conway"), via="import")
    assert (row["outcome"], post.posts()[0]["author"], post.due()) == ("posted", "Pat Conway", [])
    assert post.receive(post.mail(PAT, "And this today."))["outcome"] == "held"


def test_a_letter_answers_by_name_and_links_its_post(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has the *long* ladder?", message_id="<a@members.example>"))
    post.receive(post.mail(BO, "I do.", subject="Re: Tools", In_Reply_To="<a@members.example>"))
    letter = next(raw for address, raw in post.letters() if address == ADA).decode()
    for part in (
        "In reply to Ada",
        "https://forum.example/post/2",
        "References: <a@members.example>",
        "From: ",
        "I do.",
    ):
        assert part in letter
    assert BO not in letter and CY not in letter
