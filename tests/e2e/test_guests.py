"""An outsider is copied, answers with his mail program, hears the thread, says stop; two write to one another alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from tests.mailprograms import answer
from tests.servers import Daemon, Sink

from .letters import form_faults, leaks
from .story import LIST, find_database, header, query, sent_to, settle, subscribe, text_of

MakeBridge = Callable[..., Daemon]
ADA, BO, MIKE = "ada@members.test", "bo@members.test", "mike@members.test"
MEMBERS = {ADA: "Ada Lind", BO: "Bo Ekström", MIKE: "Mike Hales"}
PAT = "pat.conaty@elsewhere.test"


@pytest.fixture
def daemon(bridge: MakeBridge, sink: Sink) -> Daemon:
    """A list with three members, one of whom wants mentions only."""
    made = bridge(sink=sink)
    subscribe(made, MEMBERS)
    made.cli("people", "set", MIKE, "--mode", "mentions")
    return made


def mail(sender: str, name: str, text: str, to: str = LIST, **headers: str) -> tuple[str, list[str], bytes]:
    """A mail as `Daemon.send` takes it."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"] = f"{name} <{sender}>", to
    made["Subject"] = headers.pop("subject", "The mill")
    made["Message-ID"] = f"<{re.sub('[^a-z0-9]', '', text.lower())[:40]}@{sender.partition('@')[2]}>"
    for key, value in headers.items():
        made[key.replace("_", "-")] = value
    made.set_content(text)
    return sender, [to], made.as_bytes()


def back(letter: bytes) -> str:
    """Where an answer to a letter goes."""
    return header(letter, "Reply-To").rpartition("<")[2].rstrip(">")


def plain(letter: bytes) -> str:
    """The text part."""
    found = message_from_bytes(letter, policy=default)
    assert isinstance(found, EmailMessage)
    body = found.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def about(sink: Sink, address: str, words: str) -> bytes:
    """The one mail to an address that holds some words."""
    found = [one.content for one in sink.to(address) if words in text_of(one.content)]
    assert len(found) == 1, f"{len(found)} mails with {words!r} to {address}"
    return found[0]


@pytest.mark.parametrize("program", ["gmail", "outlook", "thunderbird"])
def test_a_guest_from_his_copy_to_his_stop(daemon: Daemon, sink: Sink, program: str) -> None:
    daemon.send(mail(ADA, "Ada Lind", "Pat, what do you think of the mill?", Cc=f"Pat Conaty <{PAT}>"))
    settle(daemon, 1)
    note = about(sink, PAT, "copied you in a conversation")
    assert len(sink.to(PAT)) == 1
    raw = answer(note, program, "I would keep the wheel.", sender=f"Pat Conaty <{PAT}>")
    daemon.send((PAT, [back(note)], raw))
    settle(daemon, 2)
    first, second = daemon.export()
    assert (second["author"], second["guest"], second["parent"]) == ("Pat Conaty", True, first["post"])
    assert second["text"].strip() == "I would keep the wheel."
    assert "writes as a guest" in plain(about(sink, BO, "keep the wheel"))

    daemon.send(
        mail(BO, "Bo Ekström", "So would I.", subject="Re: The mill", In_Reply_To=f"<{second['message_id']}>")
    )
    settle(daemon, 3)
    letter = about(sink, PAT, "So would I.")
    raw = answer(letter, program, "stop", sender=f"Pat Conaty <{PAT}>")
    daemon.send((PAT, [back(letter)], raw))
    settle(daemon, 4)
    assert [row["outcome"] for row in daemon.ledger()].count("command") == 1
    assert len(daemon.export()) == 3
    daemon.send(
        mail(
            ADA, "Ada Lind", "It is settled.", subject="Re: The mill", In_Reply_To=f"<{second['message_id']}>"
        )
    )
    daemon.send(mail(ADA, "Ada Lind", "And now the weir.", subject="The weir", Cc=PAT))
    settle(daemon, 6)
    assert not [
        one for one in sink.to(PAT) if "settled" in text_of(one.content) or "weir" in text_of(one.content)
    ]
    assert query(find_database(daemon), "select count(*) from subscription")[0][0] == 3
    assert not [fault for one in sink.mails for fault in form_faults(one.content)]
    # What goes to one alone, and the note that names its sender, hold nobody else's address either.
    assert leaks(sink.mails, [*MEMBERS, PAT]) == []


def test_one_click_stops_a_guests_letters_too(daemon: Daemon, sink: Sink) -> None:
    daemon.send(mail(ADA, "Ada Lind", "Pat, too.", Cc=PAT))
    settle(daemon, 1)
    daemon.send(
        mail(PAT, "Pat Conaty", "Here I am.", subject="Re: The mill", In_Reply_To="<pattoo@members.test>")
    )
    settle(daemon, 2)
    daemon.send(
        mail(BO, "Bo Ekström", "Welcome.", subject="Re: The mill", In_Reply_To="<pattoo@members.test>")
    )
    settle(daemon, 3)
    letter = about(sink, PAT, "Welcome.")
    token = header(letter, "List-Unsubscribe").partition("/unsubscribe/")[2].partition(">")[0]
    assert daemon.post(f"/unsubscribe/{token}", b"List-Unsubscribe=One-Click") == 200
    daemon.send(
        mail(BO, "Bo Ekström", "And more.", subject="Re: The mill", In_Reply_To="<pattoo@members.test>")
    )
    settle(daemon, 4)
    assert not [one for one in sink.to(PAT) if "And more" in text_of(one.content)]


def test_two_write_to_one_another_alone(daemon: Daemon, sink: Sink) -> None:
    daemon.send(mail(ADA, "Ada Lind", "Who has the key?"))
    settle(daemon, 1)
    letter = sent_to(sink, BO, "whohasthekey@members.test")
    to = plain(letter).split("Answer Ada Lind alone: ")[1].split()[0]
    assert re.fullmatch(r"to\+[a-z2-7]{26,52}@bridge\.test", to)
    raw = answer(letter, "gmail", "I have, do not tell the others.", sender=f"Bo Ekström <{BO}>", to=to)
    daemon.send((BO, [to], raw))
    settle(daemon, 2)
    got = about(sink, ADA, "do not tell the others")
    assert header(got, "From").endswith(f"<{to.split('+')[0]}+{back(got).split('+')[1]}>")
    assert BO.encode() not in got
    daemon.send(mail(ADA, "Ada Lind", "I shall not.", to=back(got)))
    settle(daemon, 3)
    last = about(sink, BO, "I shall not.")
    assert ADA.encode() not in last
    assert back(last) == to
    assert len(daemon.export()) == 1
    story = daemon.cli("trace", str(daemon.ledger()[1]["id"])).stdout
    assert "Ada Lind alone" in story
    pages = daemon.get("/forum/1")[1] + daemon.get("/search?q=others")[1]
    assert "tell the others" not in pages and "to+" not in pages
    assert leaks(sink.mails, MEMBERS) == []
    assert not [fault for one in sink.mails for fault in form_faults(one.content)]


def test_mentions_reach_who_wants_only_those_and_are_links(daemon: Daemon, sink: Sink) -> None:
    daemon.send(mail(MIKE, "Mike Hales", "I have moved in."))
    daemon.send(mail(ADA, "Ada Lind", "No name here."))
    daemon.send(mail(ADA, "Ada Lind", "What does @mike_hales think?"))
    daemon.send(mail(BO, "Bo Ekström", "As Mike Hales said: `@mikehales`"))
    settle(daemon, 4)
    assert sorted(header(one.content, "Message-ID") for one in sink.to(MIKE)) == [
        "<asmikehalessaidmikehales@members.test>", "<whatdoesmikehalesthink@members.test>",
    ]  # fmt: skip
    pages = "".join(daemon.get(f"/post/{post['post']}/whole")[1] for post in daemon.export())
    person = re.search(r'<a href="(/people/\d+)">@mike_hales</a>', pages)
    assert person
    assert f'<a href="{person[1]}">Mike Hales</a>' in pages
    assert "<code>@mikehales</code>" in pages
    assert daemon.get(person[1])[0] == 200


def test_an_address_is_added_and_people_are_merged(daemon: Daemon, sink: Sink) -> None:
    daemon.send(mail(ADA, "Ada Lind", "The mill is ours."))
    settle(daemon, 1)
    letter = sent_to(sink, BO, "themillisours@members.test")
    daemon.send(mail(BO, "Bo Ekström", "add bo@work.test", to=back(letter)))
    settle(daemon, 2)
    daemon.send(
        mail("bo@work.test", "Bo at work", "yes", to=back(about(sink, "bo@work.test", "your address too")))
    )
    settle(daemon, 3)
    daemon.send(mail("bo@work.test", "B. E.", "From my desk."))
    settle(daemon, 4)
    assert [post["author"] for post in daemon.export()] == ["Ada Lind", "Bo Ekström"]
    daemon.cli("people", "merge", BO, "@adalind")
    assert {post["author"] for post in daemon.export()} == {"Bo Ekström"}
    daemon.cli("people", "split", ADA, "--name", "Ada Lind")
    assert [post["author"] for post in daemon.export()] == ["Ada Lind", "Bo Ekström"]
