"""Commands by mail: whose they are, what they do, the one answer that they get, and what is a post all the same."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from bridge.mail.token import Purpose
from bridge.posting.commands import plain
from bridge.posting.courtesies import COURTESY
from bridge.posting.phrases import LANGUAGES, PHRASES
from bridge.posting.verbs import Verb
from bridge.store import choices, lists, people

from .conftest import ADA, BO, CY, GENERAL, SEEDS, Post

REQUEST = "general-request@forum.example"
DAY = 86_400_000_000


def address_of(post: Post, person: str, purpose: Purpose = Purpose.REPLY, second: int = 1) -> str:
    """An address with a token of ours, as a letter to that person bears it."""
    who = post.room.store.read(lambda tx: tx.person_of_address(address=person))["person_id"]
    local = "reply" if purpose is Purpose.REPLY else "confirm"
    return f"{local}+{post.room.tokens.mint(purpose, who, second)}@forum.example"


def answer(post: Post, person: str, text: str, *, at: int = 1, **headers: str) -> Any:
    """The ledger row of a member's answer to the letter of a post."""
    to = address_of(post, person, second=at)
    return post.receive(post.mail(person, text, to=to, subject="Re: Tools", **headers), to)


def told(post: Post, person: str) -> list[EmailMessage]:
    """Our own letters to a person, oldest first."""
    rows = post.room.store.read(
        lambda tx: tx.connection.execute(
            "select d.* from delivery d where d.notice_id is not null and d.address = ? order by d.id",
            [person],
        ).fetchall()
    )
    mails = []
    for row in rows:
        due = next(d for d in waiting(post) if d.id == row["id"])
        raw = post.room.letter(due).fill(post.room.addresses(due)[1])
        mail = message_from_bytes(raw, policy=default)
        assert isinstance(mail, EmailMessage)
        mails.append(mail)
    return mails


def waiting(post: Post) -> Any:
    """The letters that wait, claimed anew."""
    post.clock[0] += 10
    return post.due()


def words(mail: EmailMessage) -> str:
    """The text of a letter."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def last(post: Post, person: str) -> tuple[str, str]:
    """(text, Reply-To) of our newest letter to a person."""
    mail = told(post, person)[-1]
    return words(mail), str(mail["Reply-To"]).strip("<>")


def mode(post: Post, person: str, list_id: int = 1) -> str | None:
    """A subscription's mode."""
    return post.room.store.read(
        lambda tx: people.mode(tx, list_id, tx.person_of_address(address=person)["person_id"])
    )


def choice(post: Post, person: str, thread: int = 1) -> str | None:
    """What a person chose for a thread."""
    return post.room.store.read(
        lambda tx: choices.choice(tx, tx.person_of_address(address=person)["person_id"], thread)
    )


@pytest.fixture
def thread(post: Post) -> Post:
    """A mailroom with one thread."""
    post.receive(post.mail(ADA, "The long ladder is back in the shed."))
    return post


def test_mute_in_an_answer_mutes_the_thread_and_says_how_to_undo_it(thread: Post) -> None:
    row = answer(thread, BO, "mute\n")
    assert (row["outcome"], row["code"]) == ("command", "mute")
    assert (choice(thread, BO), len(thread.posts())) == ("mute", 1)
    text, back = last(thread, BO)
    assert "“Tools”" in text and "UNMUTE" in text and "POST" in text and text.startswith("Hello Bo,")
    thread.receive(thread.mail(ADA, "And the saw?"))
    undone = thread.receive(thread.mail(BO, "unmute", to=back, subject="Re: done"), back)
    assert (undone["code"], choice(thread, BO)) == ("unmute", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_in_the_language_of_the_command(thread: Post, language: str) -> None:
    word = PHRASES[language][Verb.FOLLOW].split("|")[0].strip()
    please = COURTESY[language].split("|")[-1].strip()  # "seguir" is Spanish and Portuguese
    assert answer(thread, BO, f"{word.upper()}, {please}!")["code"] == "follow"
    assert choice(thread, BO) == "follow"
    text, _ = last(thread, BO)
    assert PHRASES[language][Verb.UNFOLLOW].split("|")[0].strip().upper() in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("verb", "expected"),
    [("daily", "daily"), ("WÖCHENTLICH", "weekly"), ("solo menzioni", "mentions"), ("geen mail", "none")],
)
def test_a_mode_is_set_and_the_answer_names_the_one_before(thread: Post, verb: str, expected: str) -> None:
    assert answer(thread, BO, verb)["code"] == expected
    assert mode(thread, BO) == expected
    text, back = last(thread, BO)
    undo = text.split(": ")[-1]
    assert undo
    assert thread.receive(thread.mail(BO, "each", to=back), back)["code"] == "each"
    assert mode(thread, BO) == "each"


def test_two_lines_are_two_commands_with_one_answer(thread: Post) -> None:
    row = answer(thread, BO, "follow\nvacation until 2027-03-31\n\nThanks!\nBo")
    assert row["code"] == "follow+vacation"
    assert len(told(thread, BO)) == 1
    person = thread.room.store.read(lambda tx: tx.person_of_address(address=BO))["person_id"]
    away = thread.room.store.read(lambda tx: choices.preferences(tx, person)).away_until
    assert away is not None and away // DAY == 1_806_451_200_000_000 // DAY
    assert "2027-03-31" in last(thread, BO)[0]
    assert answer(thread, BO, "Urlaub beenden")["code"] == "back"
    assert thread.room.store.read(lambda tx: choices.preferences(tx, person)).away_until is None


def test_a_day_that_cannot_be_told_changes_nothing_and_says_how_to_write_it(thread: Post) -> None:
    answer(thread, BO, "vacation until 3/4/2027")
    assert "two different days" in last(thread, BO)[0] and "2027-03-31" in last(thread, BO)[0]


def test_mute_branch_mutes_what_answers_that_mail(thread: Post) -> None:
    assert answer(thread, BO, "mute branch")["code"] == "mute-branch"
    muted = thread.room.store.read(
        lambda tx: tx.connection.execute("select post_id from branch_mute").fetchall()
    )
    assert [row[0] for row in muted] == [1]
    answer(thread, BO, "unmute")
    assert not thread.room.store.read(
        lambda tx: tx.connection.execute("select 1 from branch_mute").fetchall()
    )


def test_stop_mutes_the_thread_and_unsubscribe_leaves_the_list(thread: Post) -> None:
    assert answer(thread, BO, "STOP")["code"] == "stop"
    assert (choice(thread, BO), mode(thread, BO)) == ("mute", "each")
    text, back = last(thread, BO)
    assert "UNSUBSCRIBE" in text
    assert thread.receive(thread.mail(BO, "Unsubscribe", to=back), back)["code"] == "unsubscribe"
    assert mode(thread, BO) is None and mode(thread, BO, 2) == "each"
    assert "general+subscribe@forum.example" in last(thread, BO)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Mute swans nest here, so the boat stays in.",
        "Follow me to the shed",
        "Keep it up!",
        "Stop! The gate is locked.",
        "mute?",
        "mute\nfollow\nstop",
        "unsubscribe\n\nThat is what they told me to write, but I like it here.",
        "post",
        "confirm",
        "keep",
    ],
)
def test_prose_in_an_answer_is_a_post(thread: Post, text: str) -> None:
    assert answer(thread, BO, text)["outcome"] == "posted"
    assert (choice(thread, BO), mode(thread, BO), thread.notices()) == (None, "each", [])


def test_a_mail_to_the_list_itself_is_never_a_command(thread: Post) -> None:
    for text in ("mute", "unsubscribe", "help"):
        row = thread.receive(thread.mail(BO, text, subject="Re: Tools"))
        assert row["outcome"] == "posted", text
    assert (mode(thread, BO), thread.notices()) == ("each", [])


def test_an_answer_with_a_picture_is_a_post(thread: Post) -> None:
    to = address_of(thread, BO)
    mail = thread.mail(BO, "follow", to=to)
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plan.pdf")
    assert thread.receive(mail, to)["outcome"] == "posted"


def test_one_word_that_answers_a_question_is_asked_about_first(post: Post) -> None:
    post.receive(post.mail(ADA, "How many ladders are left? Tell me."))
    row = answer(post, BO, "None.")
    assert (row["outcome"], row["code"], mode(post, BO)) == ("command", "asked", "each")
    text, back = last(post, BO)
    assert "POST" in text and "YES" in text
    assert post.receive(post.mail(BO, "Post", to=back), back)["code"] == "post"
    assert post.room.receive_waiting() == 1
    assert [p["text"].strip() for p in post.posts()][1:] == ["None."]
    assert post.receive(post.mail(BO, "Yes", to=back), back)["code"] == "none"  # he may change his mind
    answer(post, CY, "weekly")
    _, back = last(post, CY)
    assert post.receive(post.mail(CY, "Yes please", to=back), back)["code"] == "weekly"
    assert mode(post, CY) == "weekly"
    assert answer(post, ADA, "mute")["code"] == "mute"  # nobody answers a question so


def test_what_was_done_can_be_posted_after_all(thread: Post) -> None:
    answer(thread, BO, "daily")
    _, back = last(thread, BO)
    assert thread.receive(thread.mail(BO, "POST", to=back), back)["code"] == "post"
    assert thread.room.receive_waiting() == 1
    assert [(p["author"], p["text"].strip()) for p in thread.posts()][1:] == [("Bo", "daily")]
    assert thread.receive(thread.mail(BO, "post", to=back), back)["outcome"] == "command"
    assert thread.room.receive_waiting() == 0 and len(thread.posts()) == 2


def test_A5_the_token_of_another_changes_nothing(thread: Post) -> None:
    to = address_of(thread, BO)
    assert thread.receive(thread.mail(CY, "unsubscribe", to=to), to)["outcome"] == "posted"
    assert thread.receive(thread.mail("eve@elsewhere.example", "unsubscribe", to=to), to)["outcome"] == "held"
    assert (mode(thread, BO), mode(thread, CY)) == ("each", "each")
    answer(thread, BO, "follow")
    _, back = last(thread, BO)
    for other in (CY, "eve@elsewhere.example"):
        assert thread.receive(thread.mail(other, "unsubscribe", to=back), back)["code"] == "not-owner"
    assert (mode(thread, BO), mode(thread, CY)) == ("each", "each")


@pytest.mark.parametrize(
    "text",
    [
        "Good.\n\nOn Mon, Nov 2, 2026 at 10:00 AM Ada <ada@members.example> wrote:\n> unsubscribe\n",
        "Good.\n\n-- \nBo\nunsubscribe\n",
        "> unsubscribe\n\nThat is what you wrote.",
    ],
)
def test_A5_quotes_and_signatures_command_nothing(thread: Post, text: str) -> None:
    assert answer(thread, BO, text)["outcome"] == "posted"
    assert (mode(thread, BO), thread.notices()) == ("each", [])
    row = thread.receive(thread.mail(BO, text, to=REQUEST, subject="Hm"), REQUEST)
    assert (row["code"], mode(thread, BO)) == ("help", "each")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("daily", "asked"),
        ("mute", "mute"),
        ("vacation 2 weeks", "asked"),
        ("forget me", "asked"),
        ("abmelden", "unsubscribe"),
    ],
)
def test_A5_a_mere_from_changes_nothing_and_gets_at_most_one_answer(
    thread: Post, text: str, code: str
) -> None:
    before = thread.room.store.read(
        lambda tx: [tuple(row) for row in tx.connection.execute("select * from person")]
    )
    row = thread.receive(thread.mail(BO, text, to=REQUEST, subject="Hello"), REQUEST)
    assert (row["outcome"], row["code"]) == ("command", code)
    assert (mode(thread, BO), choice(thread, BO)) == ("each", None)
    assert len(told(thread, BO)) == 1
    after = thread.room.store.read(
        lambda tx: [tuple(row) for row in tx.connection.execute("select * from person")]
    )
    assert after == before


def test_what_a_mere_from_asked_is_done_once_the_subscriber_says_yes(thread: Post) -> None:
    mail = thread.mail(
        BO, "Hallo,\n\nbitte täglich\nUrlaub bis 3.3.2027\n\nDanke, Bo", to=REQUEST, subject="Frage"
    )
    thread.receive(mail, REQUEST)
    text, back = last(thread, BO)
    assert "täglich: eine Zusammenfassung am Tag" in text and "urlaub 3.3.2027" in text
    assert thread.receive(thread.mail(BO, "Was ist das?", to=back), back)["code"] == "help"
    assert thread.receive(thread.mail(BO, "Nein", to=back), back)["code"] == "no"
    assert mode(thread, BO) == "each"
    row = thread.receive(thread.mail(BO, "", to=back), back)
    assert (row["code"], mode(thread, BO)) == ("daily+vacation", "daily")
    thread.clock[0] += 8 * DAY
    assert thread.receive(thread.mail(BO, "ja", to=back), back)["code"] == "too-old"


def test_plus_addresses_ask_for_what_they_say(thread: Post) -> None:
    for local, subject, verb in (
        ("general+weekly", "", "weekly"),
        ("general+vacation", "until 2 Feb 2027", "vacation"),
        ("general+none", "hi", "none"),
    ):
        to = f"{local}@forum.example"
        thread.room.admit(BO, to)
        assert thread.receive(thread.mail(BO, "", to=to, subject=subject or "x"), to)["code"] == "asked"
        _, back = last(thread, BO)
        assert thread.receive(thread.mail(BO, "yes", to=back), back)["code"] == verb
    assert mode(thread, BO) == "none"
    to = "general+status@forum.example"
    assert thread.receive(thread.mail(BO, "", to=to), to)["code"] == "status"
    assert "General: no mails" in last(thread, BO)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thread_gets_a_mode_of_its_own_in_any_language(thread: Post, language: str) -> None:
    please = COURTESY[language].split("|")[0].strip()
    for verb, wanted in (
        (Verb.THREAD_DAILY, "daily"),
        (Verb.THREAD_WEEKLY, "weekly"),
        (Verb.THREAD_MENTIONS, "mentions"),
    ):
        for phrase in PHRASES[language][verb].split("|"):
            assert answer(thread, BO, f"{phrase.strip()}, {please}")["code"] == verb.value, phrase
        assert (choice(thread, BO), mode(thread, BO)) == (wanted, "each")
    answer(thread, CY, PHRASES[language][Verb.THREAD_DAILY].split("|")[0])
    text, back = last(thread, CY)
    assert "Tools" in text and PHRASES[language][Verb.UNFOLLOW].split("|")[0].strip().upper() in text
    as_usual = next(
        p for p in PHRASES[language][Verb.UNFOLLOW].split("|") if re.search("lis|lij", plain(p))
    ).strip()
    assert thread.receive(thread.mail(CY, as_usual, to=back), back)["code"] == "unfollow"
    assert choice(thread, CY) is None


def test_a_threads_mode_can_be_undone_and_stands_in_the_status(thread: Post) -> None:
    answer(thread, BO, "this thread daily")
    assert "one digest a day" in last(thread, BO)[0] and "UNFOLLOW" in last(thread, BO)[0]
    answer(thread, BO, "status")
    assert "Threads of which you get one digest a day:- Tools" in last(thread, BO)[0].replace("\r\n", "")
    answer(thread, BO, "mute")
    assert "THIS THREAD DAILY" in last(thread, BO)[0]  # not UNMUTE, which would be the list's mode
    answer(thread, BO, "this thread daily")
    answer(thread, BO, "daily")
    assert (choice(thread, BO), mode(thread, BO)) == ("daily", "daily")  # the word alone is for the list
    answer(thread, BO, "this thread each")
    assert choice(thread, BO) == "follow"
    answer(thread, BO, "this thread none")
    assert choice(thread, BO) == "mute"
    thread.receive(thread.mail(BO, "this thread daily", to=REQUEST, subject=""), REQUEST)
    assert choice(thread, BO) == "mute"  # it works as an answer only
    assert answer(thread, CY, "This thread is read daily by me.")["outcome"] == "posted"


def test_status_tells_what_a_person_has_chosen(thread: Post) -> None:
    answer(thread, BO, "follow")
    thread.receive(thread.mail(BO, "status", to=REQUEST, subject=""), REQUEST)
    text = last(thread, BO)[0]
    for part in ("General: each post", "Seeds: each post", "Tools"):
        assert part in text
    assert ADA not in text and CY not in text


def test_who_is_told_by_the_lists_policy_to_members_only(thread: Post) -> None:
    ask = thread.mail(BO, "who", to=REQUEST, subject="")
    thread.receive(ask, REQUEST)
    assert "is not told" in last(thread, BO)[0]
    (general, _) = thread.room.lists()
    thread.room.store.write(lambda tx: lists.put(tx, replace(general, who="members")))
    assert answer(thread, BO, "who")["code"] == "who"
    text = last(thread, BO)[0]
    assert "3 people" in text and "- Ada" in text and "@members.example" not in text
    eve = "eve@elsewhere.example"
    thread.receive(thread.mail(eve, "who", to=REQUEST, subject=""), REQUEST)
    assert "Cy" not in last(thread, eve)[0]


def test_lists_are_told_but_not_those_of_others(thread: Post) -> None:
    (_, seeds) = thread.room.lists()
    thread.room.store.write(lambda tx: lists.put(tx, replace(seeds, visibility="members")))
    eve = "eve@elsewhere.example"
    thread.receive(thread.mail(eve, "lists", to=REQUEST, subject=""), REQUEST)
    assert GENERAL in last(thread, eve)[0] and "Seeds" not in last(thread, eve)[0]
    assert answer(thread, BO, "lists")["code"] == "lists"
    assert "Seeds" in last(thread, BO)[0]


@pytest.mark.parametrize("asked", ["who seeds", "help seeds"])
def test_P6_who_guesses_the_name_of_a_list_for_members_hears_no_title(thread: Post, asked: str) -> None:
    (_, seeds) = thread.room.lists()
    thread.room.store.write(
        lambda tx: lists.put(tx, replace(seeds, visibility="members", title="Night Council"))
    )
    told_to_members = asked == "who seeds"  # help names no title
    for person, knows in (("eve@elsewhere.example", False), (BO, told_to_members)):
        thread.receive(thread.mail(person, asked, to=REQUEST, subject=""), REQUEST)
        assert ("Night Council" in last(thread, person)[0]) == knows


@pytest.mark.parametrize("to", ["seeds+subscribe@forum.example", REQUEST])
def test_A6_nobody_joins_a_list_for_members_by_himself(thread: Post, to: str) -> None:
    (_, seeds) = thread.room.lists()
    thread.room.store.write(lambda tx: lists.put(tx, replace(seeds, visibility="members")))
    eve = "eve@elsewhere.example"
    row = thread.receive(thread.mail(eve, "", to=to, subject="subscribe seeds"), to)
    assert (row["outcome"], row["code"]) == ("held", "join")
    assert eve not in [address for address, _ in thread.letters()]
    assert thread.room.release(row["id"]) and thread.room.receive_waiting() == 1
    _, back = last(thread, eve)
    assert thread.receive(thread.mail(eve, "Yes", to=back), back)["code"] == "confirm"
    assert mode(thread, eve, 2) == "each"


def test_A6_an_answer_to_a_letter_joins_no_list_for_members(thread: Post) -> None:
    (_, seeds) = thread.room.lists()
    thread.room.store.write(lambda tx: lists.put(tx, replace(seeds, visibility="members")))
    thread.room.store.write(lambda tx: tx.connection.execute("delete from subscription where list_id = 2"))
    assert answer(thread, BO, "subscribe seeds")["code"] == "subscribe"
    assert mode(thread, BO, 2) is None and "+subscribe@" in last(thread, BO)[0]


def test_who_says_no_is_not_subscribed(thread: Post) -> None:
    eve, to = "eve@elsewhere.example", "general+subscribe@forum.example"
    thread.receive(thread.mail(eve, "", to=to), to)
    _, back = last(thread, eve)
    assert thread.receive(thread.mail(eve, "No, thanks!", to=back), back)["code"] == "no"
    assert mode(thread, eve) is None
    assert thread.receive(thread.mail(eve, "Yes", to=back), back)["code"] == "confirm"
    assert mode(thread, eve) == "each"


def test_an_answer_to_a_digest_is_about_the_lists_that_it_tells_of(thread: Post) -> None:
    for list_id in (1, 2):
        thread.room.store.write(
            lambda tx, i=list_id: choices.set_mode(tx, thread.room.site, i, 2, "daily", thread.clock[0])
        )
    thread.receive(thread.mail(ADA, "Carrots.", to=SEEDS, subject="Seeds"), SEEDS)
    thread.receive(thread.mail(ADA, "Saws.", subject="Saws"))
    thread.clock[0] += DAY
    assert thread.room.send_digests() == 1
    digest = next(
        message_from_bytes(raw, policy=default)
        for to, raw in thread.letters()
        if to == BO and b"<digest." in raw
    )
    to = str(digest["Reply-To"].addresses[0].addr_spec)
    assert thread.receive(thread.mail(CY, "weekly", to=to), to)["code"] != "weekly"
    row = thread.receive(thread.mail(BO, "Weekly, please", to=to, subject="Re: digest"), to)
    assert (row["outcome"], row["code"]) == ("command", "weekly"), row["reason"]
    assert (mode(thread, BO), mode(thread, BO, 2), mode(thread, CY)) == ("weekly", "weekly", "each")
    assert len(told(thread, BO)) == 1
    assert thread.receive(thread.mail(BO, "mute", to=to), to)["code"] == "mute"
    assert "answer to a mail of the thread" in last(thread, BO)[0] and choice(thread, BO) is None


def test_keep_shows_what_was_folded_of_ones_own_post(thread: Post) -> None:
    answer(thread, BO, "I bring the glue.\n\n-- \nBo of the glue shop\n")
    assert "glue shop" not in thread.posts()[1]["text"]
    assert answer(thread, BO, "keep")["code"] == "keep"
    assert "glue shop" in thread.posts()[1]["text"]
    assert "/post/2" in last(thread, BO)[0]


def test_an_author_shows_what_is_masked_in_his_post(thread: Post) -> None:
    answer(thread, BO, "I bring the glue. Call 01632 960123.")
    assert answer(thread, BO, "unmask")["code"] == "unmask"
    assert [post["unmasked"] for post in thread.posts()] == [0, 1]
    assert "/post/2" in last(thread, BO)[0] and "MASK" in last(thread, BO)[0]
    assert answer(thread, BO, "maskieren")["code"] == "mask"
    assert [post["unmasked"] for post in thread.posts()] == [0, 0]
    answer(thread, CY, "unmask")
    assert "written nothing" in last(thread, CY)[0]


def test_forget_me_takes_a_yes_even_with_a_token(thread: Post) -> None:
    assert answer(thread, BO, "forget me")["code"] == "asked"
    text, back = last(thread, BO)
    assert "cannot be undone" in text and mode(thread, BO) == "each"
    assert thread.receive(thread.mail(BO, "yes", to=back), back)["code"] == "forget-me"
    assert "our last mail to you" in last(thread, BO)[0]
    assert thread.room.store.read(lambda tx: people.by_address(tx, BO)) is None


def test_forget_me_leaves_what_he_wrote_and_takes_it_away_where_he_says_so(thread: Post) -> None:
    for address, said, left in ((BO, "forget me", True), (CY, "forget me and my posts", False)):
        answer(thread, address, f"What {address[:2]} says of it.")
        answer(thread, address, said)
        text, back = last(thread, address)
        assert ("under no name" in text) is left
        assert thread.receive(thread.mail(address, "yes", to=back), back)["code"] == "forget-me"
        assert any(f"What {address[:2]} says" in post["text"] for post in thread.posts()) is left


def test_unknown_commands_get_help_once_a_day_with_every_word(thread: Post) -> None:
    for _ in range(3):
        thread.receive(thread.mail(BO, "What is this about?", to=REQUEST, subject="Hm"), REQUEST)
    (mail,) = told(thread, BO)
    assert all(word in words(mail) for word in ("mute", "vacation", "forget me", REQUEST))


def test_L2_robots_are_never_answered(thread: Post) -> None:
    for to in (REQUEST, address_of(thread, BO), "general+daily@forum.example", "general+help@forum.example"):
        for how in ({"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}, {"Precedence": "bulk"}):
            row = thread.receive(thread.mail(BO, "unsubscribe", to=to, subject="help", **how), to)
            assert row["outcome"] == "ignored", (to, how)
        assert thread.receive(thread.mail(BO, "help", to=to), to, sender="")["outcome"] == "ignored"
        robot = thread.mail("no-reply@members.example", "help", to=to)
        assert thread.receive(robot, to)["outcome"] in ("ignored", "held")
    assert thread.notices() == [] and mode(thread, BO) == "each"
