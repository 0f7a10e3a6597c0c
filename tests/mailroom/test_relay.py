"""Mail to one person alone: passed on whole, with both addresses hidden, and never posted."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from bridge.errors import Permanent
from bridge.store import queue
from bridge.store.queue import Result

from .conftest import ADA, BO, CY, Post
from .test_bounces import report

PAT, EVE = "pat@elsewhere.example", "eve@elsewhere.example"
DAY = 86_400 * 1_000_000


def letter(post: Post, address: str) -> Any:
    """The last letter that waits for an address, parsed, with its bytes in `raw`."""
    raw = [raw for to, raw in post.letters() if to == address][-1]
    post.clock[0] += 2_000_000
    parsed = message_from_bytes(raw, policy=default)
    parsed.raw = raw  # type: ignore[attr-defined]
    return parsed


def alone(post: Post, reader: str = BO) -> str:
    """The address of the author alone, as a letter's text gives it."""
    text = str(letter(post, reader).get_body(("plain",)).get_content())
    return text.split(" alone: ")[1].split()[0]


def off(post: Post, person_id: int) -> None:
    post.room.store.write(
        lambda tx: tx.connection.execute("update person set relay = 0 where id = ?", [person_id])
    )


def test_a_mail_to_the_author_alone_is_passed_on_and_not_posted(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has the ladder?", message_id="<a@members.example>"))
    to = alone(post)
    assert to.startswith("to+")
    mail = post.mail(BO, "Only for you: it is mine.", to=to, subject="Re: Tools", X_Secret="from my house")
    mail["Sender"] = BO
    row = post.receive(mail, to.upper())
    assert (row["outcome"], row["code"]) == ("command", "relay"), row["reason"]
    assert "Ada alone" in row["reason"]
    assert len(post.posts()) == 1
    got = letter(post, ADA)
    assert str(got["From"].addresses[0].display_name) == "Bo via Example Commons"
    assert got["From"] == got["Reply-To"]
    assert got["Subject"] == "Re: Tools"
    assert got["In-Reply-To"] == "<a@members.example>"
    assert got.get_content().strip() == "Only for you: it is mine."
    assert b"bo@" not in got.raw.lower()
    assert b"members.example>" not in got.raw.replace(b"<a@members.example>", b"").replace(
        ADA.encode() + b">", b""
    )
    assert b"secret" not in got.raw.lower()
    assert {to for to, _ in post.letters()} <= {BO, CY, ADA}


def test_the_answer_goes_back_the_same_way(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has the ladder?"))
    to = alone(post)
    post.receive(post.mail(BO, "It is mine.", to=to), to)
    back = str(letter(post, ADA)["Reply-To"].addresses[0].addr_spec)
    assert back != to
    assert post.receive(post.mail(ADA, "Thank you, Bo.", to=back), back)["code"] == "relay"
    got = letter(post, BO)
    assert "Thank you, Bo." in got.get_content()
    assert str(got["Reply-To"].addresses[0].addr_spec) == to
    assert b"ada@" not in got.raw.lower()
    assert len(post.posts()) == 1


def test_body_and_attachments_are_whole(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has the ladder?"))
    to = alone(post)
    mail = post.mail(BO, "Grüße – see the plan\n\n-- \nBo, Lane 3\n> quoted\n", to=to)
    mail.add_alternative('<p>Grüße <img src="cid:pic@house.bo.example"></p>', subtype="html")
    html = mail.get_payload()[1]
    html.add_related(b"\x89PNG" * 400, "image", "png", cid="<pic@house.bo.example>")
    mail.add_attachment(bytes(range(256)) * 50, maintype="application", subtype="pdf", filename="Plän.pdf")
    inner = EmailMessage()
    inner["Subject"] = "Kept"
    inner.set_content("ümlaut", cte="8bit")
    mail.add_attachment(inner)
    post.receive(mail.as_bytes(), to, sender=BO)
    got = letter(post, ADA)
    assert got.get_body(("plain",)).get_content() == "Grüße – see the plan\n\n-- \nBo, Lane 3\n> quoted\n"
    pictures = [part for part in got.walk() if part.get_content_type() == "image/png"]
    assert pictures[0].get_content() == b"\x89PNG" * 400
    assert str(pictures[0]["Content-ID"]).strip("<>") in got.get_body(("html",)).get_content()
    files = {part.get_filename(): part for part in got.iter_attachments()}
    assert files["Plän.pdf"].get_content() == bytes(range(256)) * 50
    attached = next(part for part in got.walk() if part.get_content_type() == "message/rfc822")
    assert attached.get_content()["Subject"] == "Kept"
    assert attached.get_content().get_content().strip() == "ümlaut"
    assert b"house.bo.example" not in got.raw
    assert got.raw.isascii()
    assert max(map(len, got.raw.split(b"\r\n"))) <= 998
    assert b"\n" not in got.raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "raw",
    [
        b"From: bo@members.example\nTo: x\n\nbare \xff\xfe bytes\n",
        b"From: bo@members.example\nContent-Type: text/plain; charset=nonsense\n\n\xe9" + b"x" * 5000,
        b"From: bo@members.example\nContent-Type: text/plain; charset=punycode\n\nGr\xc3\xbc\xc3\x9fe",
        b'From: bo@members.example\nContent-Type: multipart/mixed; boundary="b"\n\nno parts at all\n',
        b'From: bo@members.example\nContent-Type: multipart/mixed; boundary="b"\nContent-Transfer-Encoding: 8bit\n\n'
        b"secret preamble\n--b\nX-Secret: 1\n\n\xc3\xa4\n--b--\nsecret epilogue",
        b"From: bo@members.example\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nw6Q=\n",
        b"From: bo@members.example\nContent-Type: te\xffxt/\xfe\nContent-Transfer-Encoding: x-\xff\n\nfine\n",
        b"From: bo@members.example\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nRnJvbTogeA==\n",
    ],
)
def test_odd_mails_pass_as_legal_ones(post: Post, raw: bytes) -> None:
    post.receive(post.mail(ADA, "Who has the ladder?"))
    to = alone(post)
    row = post.receive(raw, to, sender=BO)
    assert row["code"] == "relay", row["reason"]
    got = letter(post, ADA)
    assert got.raw.isascii()
    assert b"secret" not in got.raw.lower()
    assert b"bo@" not in got.raw
    assert max(map(len, got.raw.split(b"\r\n"))) <= 998


def test_O3_what_he_quotes_does_not_pass_on_his_own_tokens(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has the ladder?"))
    theirs = letter(post, BO)
    quoted = str(theirs.get_body(("plain",)).get_content())
    to = quoted.split(" alone: ")[1].split()[0]
    token = quoted.split("/unsubscribe/")[1].split()[0]
    mail = post.mail(BO, "Mine.\n\n" + "\n".join("> " + line for line in quoted.splitlines()), to=to)
    post.receive(mail, to)
    got = letter(post, ADA)
    assert "Who has the ladder?" in got.get_content()
    assert token not in got.get_content()
    assert "/unsubscribe/..." in got.get_content()


def test_only_members_and_guests_may(post: Post) -> None:
    post.receive(post.mail(ADA, "Pat, too.", Cc=PAT, message_id="<a@members.example>"))
    to = alone(post)
    row = post.receive(post.mail(EVE, "Buy this.", to=to), to)
    assert (row["outcome"], row["code"]) == ("refused", "unknown-sender")
    assert [address for address, _ in post.notices()] == [PAT]  # and Eve is told nothing
    assert post.receive(post.mail(PAT, "Hello Ada.", to=to), to)["code"] == "relay"


def test_a_guest_may_be_written_to_until_he_says_stop(post: Post) -> None:
    post.receive(post.mail(ADA, "Pat, too.", Cc=PAT, message_id="<a@members.example>"))
    post.receive(post.mail(PAT, "Here.", subject="Re: Tools", In_Reply_To="<a@members.example>"))
    to = alone(post)
    assert post.receive(post.mail(BO, "Hello Pat.", to=to), to)["code"] == "relay"
    post.room.store.write(lambda tx: tx.connection.execute("update guest set stopped = 1"))
    row = post.receive(post.mail(BO, "Hello again.", to=to), to)
    assert (row["outcome"], row["code"]) == ("refused", "not-passed-on")


def test_who_has_switched_it_off_is_not_reached_and_has_no_address(post: Post) -> None:
    post.receive(post.mail(ADA, "First."))
    to = alone(post)
    off(post, 1)
    row = post.receive(post.mail(BO, "Hm.", to=to), to)
    assert (row["outcome"], row["code"]) == ("refused", "not-passed-on")
    assert post.notices() == [(BO, "not-passed-on")]
    assert "takes no mail" in letter(post, BO).get_body(("plain",)).get_content()
    post.receive(post.mail(ADA, "Second."))
    assert b"alone" not in letter(post, CY).raw


def test_A6_who_has_left_neither_writes_nor_is_written_to(post: Post) -> None:
    post.receive(post.mail(ADA, "First."))
    to = alone(post)
    post.room.store.write(lambda tx: tx.connection.execute("delete from subscription where person_id = 2"))
    assert post.receive(post.mail(BO, "Hm.", to=to), to)["code"] == "unknown-sender"
    post.room.store.write(lambda tx: tx.connection.execute("delete from subscription where person_id = 1"))
    assert post.receive(post.mail(CY, "Hm.", to=to), to)["code"] == "not-passed-on"


def test_L4_a_sender_has_so_many_a_day(post: Post) -> None:
    post.receive(post.mail(ADA, "First."))
    to = alone(post)
    codes = [post.receive(post.mail(BO, f"Number {n}.", to=to), to)["code"] for n in range(23)]
    assert codes == ["relay"] * 20 + ["not-passed-on"] * 3
    assert post.notices().count((BO, "not-passed-on")) == 1
    post.clock[0] += DAY + 1
    assert post.receive(post.mail(BO, "Next day.", to=to), to)["code"] == "relay"


def test_robots_forgers_and_guesses_do_not_pass(post: Post) -> None:
    post.receive(post.mail(ADA, "First."))
    to = alone(post)
    away = post.mail(BO, "I am away.", to=to, Auto_Submitted="auto-replied")
    assert post.receive(away, to)["outcome"] == "ignored"
    with pytest.raises(Permanent):
        post.room.admit(BO, f"to+{'a' * 30}@forum.example")
    post.room.admit(BO, to)
    guess = f"to+{'b' * 30}@forum.example"
    assert post.receive(post.mail(BO, "Guess.", to=guess), guess)["code"] == "bad-token"
    twice = post.mail(BO, "Once.", to=to)
    assert [post.receive(twice, to)["code"] for _ in range(2)] == ["relay", "duplicate"]


def test_a_relayed_letter_that_comes_back_is_dropped(post: Post) -> None:
    post.receive(post.mail(ADA, "First."))
    to = alone(post)
    post.receive(post.mail(BO, "Once.", to=to), to)
    got = letter(post, ADA)
    back = str(got["Reply-To"].addresses[0].addr_spec)
    assert post.receive(got.raw, back, sender=ADA)["code"] == "loop"


def test_a_mail_to_the_list_and_to_one_alone_does_both(post: Post) -> None:
    post.receive(post.mail(ADA, "First."))
    to = alone(post)
    row = post.receive(
        post.mail(BO, "For all.", to=f"general@forum.example, {to}"), "general@forum.example", to
    )
    assert row["outcome"] == "posted"
    assert len(post.posts()) == 2


def test_the_address_stands_in_no_page(post: Post) -> None:
    from bridge.posting.private import hide_addresses

    post.receive(post.mail(ADA, "First."))
    body = letter(post, BO)
    text = str(body.get_body(("plain",)).get_content())
    token = text.split("to+")[1].split("@")[0]
    assert token not in hide_addresses(text)
    assert text.split("/unsubscribe/")[1].split()[0] not in hide_addresses(text)


def test_the_sender_hears_once_and_without_an_address_that_his_mail_came_back(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has the ladder?"))
    to = alone(post)
    post.receive(post.mail(BO, "It is mine.", to=to), to)
    due = next(one for one in post.due() if one.address == ADA)
    back = post.room.addresses(due)[0]
    sent = Result(due.id, "sent", "250 ok", post.clock[0])
    post.room.store.write(lambda tx: queue.record(tx, [sent], post.clock[0]))
    slow = report(back, ADA, "4.4.1", "timed out", action="delayed")
    assert post.receive(slow, back, sender="")["code"] == "temporary"
    assert "not-passed-on" not in dict(post.notices()).values()
    assert not [kind for _, kind in post.notices() if kind.startswith("relay-lost")], "it may still arrive"
    post.receive(post.mail(BO, "And this too.", to=to), to)
    post.clock[0] += 2_000_000
    due = next(one for one in post.due() if one.address == ADA and one.id != due.id)
    back = post.room.addresses(due)[0]
    sent = Result(due.id, "sent", "250 ok", post.clock[0])
    post.room.store.write(lambda tx: queue.record(tx, [sent], post.clock[0]))
    for _ in range(2):
        post.receive(report(back, ADA), back, sender="")
    assert [who for who, kind in post.notices() if kind.startswith("relay-lost")] == [BO]
    told = letter(post, BO)
    words = str(told.get_body(("plain",)).get_content())
    assert told["Subject"] == "Your mail to Ada did not arrive" and "could not be delivered" in words
    assert b"ada@" not in told.raw.lower()
