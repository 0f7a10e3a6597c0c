"""Mails that wait: who is told of them and when, what moderators decide by mail, what senders hear."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from bridge.mail.token import Purpose
from bridge.mailroom import Mailroom
from bridge.posting.post import MailingList
from bridge.store import lists, moderation, people, reports, upkeep

from .conftest import ADA, BO, CY, GENERAL, SITE, START, Post

MOD, MOLLY = "mod@members.example", "molly@members.example"
EVE, PAT = "eve@elsewhere.example", "pat@elsewhere.example"
HOUR = 3_600 * 1_000_000
DAY = 24 * HOUR


@pytest.fixture
def room(post: Post) -> Post:
    """The list `general` with two moderators."""
    post.room.store.write(lambda tx: lists.appoint(tx, 1, [MOD, MOLLY], START))
    return post


def rules(post: Post, **changes: object) -> None:
    """Change the rules of the list `general`."""
    general = post.room.lists()[0]
    changed: MailingList = replace(general, **changes)  # type: ignore[arg-type]
    post.room.store.write(lambda tx: lists.put(tx, changed))


def trusting(post: Post) -> None:
    """Trust Authentication-Results of mx.forum.example from now on."""
    site = replace(SITE, authserv_id="mx.forum.example")
    post.room = Mailroom(post.room.store, site, lambda: post.clock[0])


def vouched(address: str) -> dict[str, str]:
    """The header in which our MTA vouches for an address."""
    domain = address.partition("@")[2]
    return {"Authentication_Results": f"mx.forum.example; dmarc=pass header.from={domain}"}


def letters_to(post: Post, address: str) -> list[EmailMessage]:
    """The letters that wait for an address; the clock moves on, so that they can be claimed again."""
    found = [message_from_bytes(raw, policy=default) for to, raw in post.letters() if to == address]
    post.clock[0] += 10
    return [mail for mail in found if isinstance(mail, EmailMessage)]


def words(mail: EmailMessage) -> str:
    """The text of a letter."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def ways(mail: EmailMessage) -> list[str]:
    """The addresses that decide, in the order in which they stand."""
    return re.findall(r"<(confirm\+[a-z2-7]+@forum\.example)>", words(mail))


def write_to(post: Post, sender: str, to: str, text: str = "", **headers: str) -> str:
    """Write a mail to an address; gives its ledger row's outcome and code."""
    row = post.receive(post.mail(sender, text, to=to, **headers), to)
    return f"{row['outcome']} {row['code']}"


def test_the_moderators_get_the_cleaned_mail_at_once(room: Post) -> None:
    text = "Buy my ladders, they are good ladders.\n\n-- \nEve Adder\nLadders Ltd\n"
    mail = room.mail(EVE, text, name="Eve Adder", subject="Ladders")
    mail.add_attachment(b"%PDF-1.4 prices", maintype="application", subtype="pdf", filename="prices.pdf")
    room.receive(mail)
    for moderator in (MOD, MOLLY):
        (letter,) = letters_to(room, moderator)
        said = words(letter)
        assert "Ladders" in letter["Subject"] and "General" in letter["Subject"]
        assert "> Buy my ladders" in said and "Eve Adder" in said and EVE in said
        assert "prices.pdf" in said and "Folded: signature" in said and "not a member" in said
        assert "Ladders Ltd" not in said
        assert len(ways(letter)) == 2
        assert "confirm+" not in str(letter["Reply-To"] or "")  # an autoresponder must not decide
        assert letter["Auto-Submitted"] == "auto-generated"


def test_a_plain_answer_to_the_letter_decides_nothing_and_reaches_the_other_moderators(room: Post) -> None:
    room.room = Mailroom(
        room.room.store, replace(SITE, operators=("ops@members.example",)), lambda: room.clock[0]
    )
    row = room.receive(room.mail(EVE, "May I join you?"))
    (letter,) = letters_to(room, MOD)
    to = str(letter["Reply-To"])
    assert (
        write_to(room, MOD, to, "What do you think?", subject=f"Re: {letter['Subject']}") == "command owner"
    )
    assert "What do you think?" in letters_to(room, MOLLY)[-1].as_string()
    assert len(letters_to(room, MOD)) == 1 and not letters_to(room, "ops@members.example")
    assert room.row(row["id"])["outcome"] == "held"


def test_a_mail_is_told_of_once_and_the_rest_of_the_hour_in_one_letter(room: Post) -> None:
    room.receive(room.mail(EVE, "One.", subject="one"))
    assert len(letters_to(room, MOD)) == 1
    for n in range(3):
        room.clock[0] += 60_000_000
        room.receive(room.mail(EVE, f"More {n}.", subject=f"more {n}"))
    assert len(letters_to(room, MOD)) == 1 and room.room.tell_moderators() == 0
    room.clock[0] = START + HOUR + 1
    assert room.room.tell_moderators() == 2
    assert room.room.tell_moderators() == 0
    summary = letters_to(room, MOD)[1]
    assert summary["Subject"].startswith("3 mails to General")
    assert len(ways(summary)) == 6
    assert all(f"More {n}." in words(summary) for n in range(3)) and "One." not in words(summary)
    room.clock[0] += DAY
    assert room.room.tell_moderators() == 0


def test_approving_by_mail_posts_it(room: Post) -> None:
    row = room.receive(room.mail(EVE, "Hello from outside.", name="Eve Adder"))
    approve, _ = ways(letters_to(room, MOD)[0])
    assert write_to(room, MOD, approve) == "command approve"
    assert room.room.receive_waiting() == 1
    assert room.row(row["id"])["outcome"] == "posted"
    assert [(p["author"], p["guest"]) for p in room.posts()] == [("Eve Adder", 1)]
    answer = letters_to(room, MOD)[-1]
    assert "is released" in words(answer)


def test_moderators_are_written_to_each_in_his_language(room: Post) -> None:
    room.room.store.write(
        lambda tx: tx.connection.execute(
            "update person set language = 'de' where id = (select person_id from address where address = ?)",
            [MOD],
        )
    )
    room.receive(room.mail(EVE, "Hello from outside."))
    german, english = letters_to(room, MOD)[0], letters_to(room, MOLLY)[0]
    assert "wartet auf deine Entscheidung" in words(german) and "waits for your decision" in words(english)
    assert "nicht angemeldet" in words(german)
    assert write_to(room, MOD, ways(german)[0], "Immer.") == "command approve"
    assert "sie ist freigegeben, und wer sie schrieb" in words(letters_to(room, MOD)[-1])
    story = room.room.store.read(lambda tx: tx.ledger_get(id=2))["reason"]
    assert story == "mail 1: it is released, and its sender may write here from now on"


def test_refusing_by_mail_keeps_the_reason(room: Post) -> None:
    row = room.receive(room.mail(EVE, "Buy!"))
    _, refuse = ways(letters_to(room, MOD)[0])
    assert write_to(room, MOD, refuse, "We take no advertisements.\n\n> To refuse it\n") == "command refuse"
    held = room.row(row["id"])
    assert (held["outcome"], held["code"], held["reason"]) == (
        "refused",
        "moderator",
        "We take no advertisements.",
    )
    assert letters_to(room, EVE) == []  # nobody knows whether it was he who wrote
    assert room.posts() == []


def test_X4_whoever_was_refused_hears_why_once_a_day_per_reason(room: Post) -> None:
    rules(room, who_can_post="moderated")
    for n in range(3):
        row = room.receive(room.mail(ADA, f"Number {n}", subject=f"number {n}"))
        assert room.room.refuse(row["id"], "off topic here")
    mails = letters_to(room, ADA)
    assert [kind for address, kind in room.notices() if address == ADA].count("held-moderated") == 1
    (told,) = [mail for mail in mails if "was not posted" in mail["Subject"]]
    assert "off topic here" in words(told) and "number 0" in words(told)
    row = room.receive(room.mail(ADA, "Another"))
    assert room.room.refuse(row["id"], "too long")
    assert len([mail for mail in letters_to(room, ADA) if "was not posted" in mail["Subject"]]) == 2


def test_X4_a_held_or_parked_mail_can_be_walked_again_and_twice_is_fine(room: Post) -> None:
    row = room.receive(room.mail(EVE, "Hello."))
    assert room.room.release(row["id"]) and not room.room.release(row["id"])
    room.room.receive_waiting()
    assert room.row(row["id"])["outcome"] == "posted"
    assert not room.room.release(row["id"]) and not room.room.refuse(row["id"], "too late")
    assert len(room.posts()) == 1


def test_deciding_twice_says_who_was_first(room: Post) -> None:
    room.receive(room.mail(EVE, "Hello."))
    approve, _ = ways(letters_to(room, MOD)[0])
    _, refuse = ways(letters_to(room, MOLLY)[0])
    write_to(room, MOD, approve)
    room.room.receive_waiting()
    assert write_to(room, MOLLY, refuse) == "command refuse"
    assert "released by Mod already" in words(letters_to(room, MOLLY)[-1])
    assert len(room.posts()) == 1


def test_A9_a_decision_counts_only_from_the_moderator_whom_it_was_sent(room: Post) -> None:
    row = room.receive(room.mail(EVE, "Hello."))
    approve, refuse = ways(letters_to(room, MOD)[0])
    for sender in (EVE, ADA, MOLLY):
        assert write_to(room, sender, approve) == "refused not-moderator"
        assert write_to(room, sender, refuse) == "refused not-moderator"
    assert write_to(room, MOD, approve.upper(), Auto_Submitted="auto-replied").startswith("ignored")
    room.room.store.write(lambda tx: lists.appoint(tx, 1, [MOLLY], START))
    assert write_to(room, MOD, approve) == "refused not-moderator"
    assert room.row(row["id"])["outcome"] == "held"


def test_A9_where_authentication_is_trusted_a_decision_needs_it(room: Post) -> None:
    trusting(room)
    row = room.receive(room.mail(EVE, "Hello.", **vouched(EVE)))
    approve, _ = ways(letters_to(room, MOD)[0])
    assert write_to(room, MOD, approve) == "refused not-moderator"
    assert write_to(room, MOD, approve, **vouched(MOD)) == "command approve"
    room.room.receive_waiting()
    assert room.row(row["id"])["outcome"] == "posted"


def test_A9_a_token_decides_on_its_own_mail_alone(room: Post) -> None:
    first = room.receive(room.mail(EVE, "One."))
    second = room.receive(room.mail(PAT, "Two."))
    person = room.room.store.read(lambda tx: people.by_address(tx, MOD))
    assert person is not None
    token = room.room.tokens.mint(Purpose.CONFIRM, person.id, second["id"])
    assert not write_to(room, MOD, f"confirm+{token}@forum.example").endswith("approve")
    approve, _ = ways(letters_to(room, MOD)[0])
    write_to(room, MOD, approve)
    assert (room.row(first["id"])["released"], room.row(second["id"])["released"]) == (1, 0)


def test_always_lets_the_sender_write_from_now_on(room: Post) -> None:
    room.receive(room.mail(EVE, "Hello.", name="Eve Adder"))
    approve, _ = ways(letters_to(room, MOD)[0])
    write_to(room, MOD, approve, "Always, please.")
    room.room.receive_waiting()
    assert room.receive(room.mail(EVE, "Again.", name="Eve Adder"))["outcome"] == "posted"
    room.receive(room.mail(ADA, "To all.", subject="All"))
    assert EVE not in [due.address for due in room.due() if due.post_id]


def test_a_new_members_posts_wait_until_one_was_released(room: Post) -> None:
    rules(room, first_posts="hold")
    row = room.receive(room.mail(BO, "My first."))
    assert (row["outcome"], row["code"]) == ("held", "first-post")
    assert room.receive(room.mail(BO, "My second."))["code"] == "first-post"
    assert room.room.release(row["id"]) and room.room.receive_waiting() == 1
    assert room.receive(room.mail(BO, "My third."))["outcome"] == "posted"
    assert (BO, "held-first-post") in room.notices()


def test_a_high_score_of_the_spam_filter_holds_also_a_member(room: Post) -> None:
    rules(room, spam_header="x-spam-score", spam_score=5.0)
    assert room.receive(room.mail(ADA, "Fine.", X_Spam_Score="1.5"))["outcome"] == "posted"
    assert room.receive(room.mail(ADA, "Not so.", X_Spam_Score="7.1"))["code"] == "spam"
    forged = room.mail(ADA, "Hm.", X_Spam_Score="8.0").as_bytes()
    assert room.receive(b"X-Spam-Score: -50\n" + forged, sender=ADA)["code"] == "spam"


def test_a_large_mail_waits(room: Post) -> None:
    room.room = Mailroom(room.room.store, replace(SITE, hold_bytes=50_000), lambda: room.clock[0])
    assert room.receive(room.mail(ADA, "word " * 5_000))["outcome"] == "posted"
    row = room.receive(room.mail(ADA, "word " * 50_000, subject="Long"))
    assert (row["outcome"], row["code"]) == ("held", "size")
    assert len(words(letters_to(room, MOD)[0])) < 6_000


def test_a_mail_of_an_archive_never_waits_for_these_reasons(room: Post) -> None:
    rules(room, first_posts="hold", spam_header="x-spam-score")
    row = room.receive(room.mail(ADA, "Old.", X_Spam_Score="99"), via="import")
    assert row["outcome"] == "posted"


def test_no_stranger_is_told_unless_somebody_vouches_for_him(room: Post) -> None:
    room.receive(room.mail(EVE, "Hello."))
    assert [kind for address, kind in room.notices() if address == EVE] == []
    trusting(room)
    room.receive(room.mail(EVE, "Hello.", **vouched(EVE)))
    room.receive(room.mail(EVE, "Hello again.", **vouched(EVE)))
    assert [kind for address, kind in room.notices() if address == EVE] == ["held-unknown-sender"]
    room.receive(room.mail(ADA, "Not surely mine."))
    assert [kind for address, kind in room.notices() if address == ADA] == []


def test_a_guest_whom_the_list_refuses_hears_why(room: Post) -> None:
    rules(room, guests="refuse")
    trusting(room)
    room.receive(room.mail(ADA, "I copy Pat.", Cc=PAT, message_id="<a@members.example>", **vouched(ADA)))
    answer = room.mail(PAT, "Gladly.", subject="Re: Tools", In_Reply_To="<a@members.example>", **vouched(PAT))
    assert room.receive(answer)["outcome"] == "refused"
    assert (PAT, "refused-guest") in room.notices()


def test_a_mail_for_two_lists_is_seen_by_the_moderators_of_the_one_that_holds_it(room: Post) -> None:
    rules(room, who_can_post="moderated")
    both = f"{GENERAL}, seeds@forum.example"
    row = room.receive(room.mail(ADA, "For both.", to=both), GENERAL, "seeds@forum.example")
    assert row["outcome"] == "held" and len(room.posts(2)) == 1
    approve, _ = ways(letters_to(room, MOD)[0])
    write_to(room, MOD, approve)
    room.room.receive_waiting()
    assert (len(room.posts(1)), len(room.posts(2))) == (1, 1)


def test_mails_that_waited_before_there_were_moderators_are_told_of(post: Post) -> None:
    post.receive(post.mail(EVE, "Hello."))
    assert post.notices() == []
    post.room.store.write(lambda tx: lists.appoint(tx, 1, [MOD], START))
    assert post.room.tell_moderators() == 1


@pytest.mark.parametrize(
    "to", ["general+owner@forum.example", "general-owner@forum.example", "postmaster@forum.example"]
)
def test_a_mail_to_the_owner_reaches_the_moderators_whole(room: Post, to: str) -> None:
    row = room.receive(room.mail(EVE, "Please help me.", to=to, subject="Trouble"), to)
    assert (row["outcome"], row["code"]) == ("command", "owner")
    for moderator in (MOD, MOLLY):
        (letter,) = letters_to(room, moderator)
        assert letter["Reply-To"] == EVE and "Trouble" in letter["Subject"]
        assert "> Please help me." in words(letter)
        (whole,) = letter.iter_attachments()
        assert whole.get_content_type() == "message/rfc822"
        inner = whole.get_payload(0)
        assert isinstance(inner, EmailMessage) and inner["Subject"] == "Trouble"


def test_a_mail_that_is_not_seven_bit_is_passed_on_as_a_file(room: Post) -> None:
    to = "general+owner@forum.example"
    raw = (
        f"From: {EVE}\nTo: {to}\nSubject: Hilfe\nContent-Type: text/plain; charset=utf-8\n\nGrüße\n".encode()
    )
    room.receive(raw, to, sender=EVE)
    (whole,) = letters_to(room, MOD)[0].iter_attachments()
    assert (whole.get_filename(), whole.get_content()) == ("mail.eml", raw)


def test_without_moderators_a_mail_to_the_owner_waits_for_the_operator(post: Post) -> None:
    to = "general+owner@forum.example"
    assert write_to(post, EVE, to, "Hello?") == "held owner"
    assert post.notices() == []


def test_mail_to_postmaster_is_the_operators_and_to_an_owner_where_there_are_no_moderators(
    room: Post,
) -> None:
    room.room.site = replace(room.room.site, operators=("ops@members.example",))
    for to, readers in (
        ("postmaster@forum.example", ["ops@members.example"]),
        ("seeds+owner@forum.example", ["ops@members.example"]),
        ("general+owner@forum.example", [MOD, MOLLY]),
    ):
        before = len(room.notices())
        assert write_to(room, EVE, to, "Hello?") == "command owner"
        assert [address for address, _ in room.notices()[before:]] == readers


def test_L1_one_stranger_cannot_flood_a_moderator(room: Post) -> None:
    to = "general+owner@forum.example"
    outcomes = [write_to(room, EVE, to, f"Flood {n}") for n in range(40)]
    assert outcomes.count("command owner") == 10 and outcomes.count("held owner") == 30
    room.clock[0] += HOUR
    room.room.tell_moderators()
    kinds = [kind for address, kind in room.notices() if address == MOD]
    assert len(kinds) <= 12 and kinds.count("moderate") <= 2


def test_a_mail_without_an_author_cannot_be_released(room: Post) -> None:
    raw = f"To: {GENERAL}\nSubject: x\nMessage-ID: <n@x.example>\n\nFrom nobody.\n".encode()
    row = room.receive(raw, sender=EVE)
    assert row["code"] == "no-author"
    assert len(ways(letters_to(room, MOD)[0])) == 1
    assert room.room.release(row["id"]) and room.room.receive_waiting() == 1
    assert room.row(row["id"])["code"] == "no-author"
    room.clock[0] += 2 * HOUR
    assert room.room.tell_moderators() == 0


def test_a_moderator_who_is_a_member_stays_one(room: Post) -> None:
    room.room.store.write(lambda tx: lists.appoint(tx, 1, [CY], START))
    room.receive(room.mail(EVE, "Hello."))
    assert len(letters_to(room, CY)) == 1
    cy = room.room.store.read(lambda tx: people.by_address(tx, CY))
    assert cy is not None and (cy.name, cy.member) == ("Cy", True)
    mod = room.room.store.read(lambda tx: people.by_address(tx, MOD))
    assert mod is not None and not mod.member


def test_what_moderators_were_shown_goes_with_the_raw_mail(room: Post) -> None:
    for text in ("One.", "Two."):
        room.receive(room.mail(EVE, text))
    assert room.room.refuse(1, "no")
    room.room.store.write(lambda tx: upkeep.forget_raw(tx, 5, START + 6 * DAY))
    kept = [room.room.store.read(lambda tx, n=n: moderation.of_mail(tx, n)) for n in (1, 2)]
    assert [len(each) for each in kept] == [0, 1]


def test_the_trace_says_who_decided(room: Post) -> None:
    room.receive(room.mail(EVE, "One."))
    _, refuse = ways(letters_to(room, MOD)[0])
    write_to(room, MOD, refuse, "No.")
    (story,) = reports.story(room.room.store, "1")
    assert (story["decided"]["verdict"], story["decided"]["by"]) == ("refused", "Mod")
