"""Moderators decide by mail alone: real SMTP in and out, mail programs that answer, a daemon that is killed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from tests.daemonprocess import FORUM
from tests.servers import Daemon, Sink

from .story import LIST, find_database, header, settle, subscribe, text_of

MOD, SECOND = "mod@members.test", "second@members.test"
EVE = "eve@elsewhere.test"
MEMBERS = {"ada@members.test": "Ada Lind", "bo@members.test": "Bo Ekström"}
RULES = f"""{FORUM}first_posts = "hold"
moderators = ["{MOD}", "{SECOND}"]
spam_header = "X-Spam-Score"
"""
MakeBridge = Callable[..., Daemon]


@pytest.fixture
def daemon(bridge: MakeBridge, sink: Sink) -> Daemon:
    """A list with two moderators that holds first posts."""
    made = bridge(sink=sink, lists=RULES)
    subscribe(made, MEMBERS)
    return made


def mail(
    sender: str, subject: str, text: str, to: str = LIST, **headers: str
) -> tuple[str, list[str], bytes]:
    """A mail as `Daemon.send` takes it."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Message-ID"] = f"<{re.sub('[^a-z0-9]', '', subject.lower())}@{sender.partition('@')[2]}>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return sender, [to], made.as_bytes()


def about(sink: Sink, address: str, subject: str) -> list[bytes]:
    """The letters to an address whose subject holds some words."""
    return [one.content for one in sink.to(address) if subject in header(one.content, "Subject")]


def asked(sink: Sink, address: str, subject: str) -> bytes:
    """The one letter that asks a moderator: it is queued right after the walk that held the mail.

    A kill may double a letter that is on the wire (D3): it bears the same Message-ID then.
    """
    sink.wait(lambda found: bool(about(found, address, subject)))
    (letter,) = {header(one, "Message-ID"): one for one in about(sink, address, subject)}.values()
    return letter


def ways(letter: bytes) -> list[str]:
    """The addresses of a moderator's letter that decide, in their order."""
    found = message_from_bytes(letter, policy=default)
    assert isinstance(found, EmailMessage)
    body = found.get_body(("plain",))
    assert body is not None
    return re.findall(r"<(confirm\+[a-z2-7]+@bridge\.test)>", str(body.get_content()))


def outcomes(daemon: Daemon) -> dict[str, tuple[str, str]]:
    """Outcome and reason of each mail by its Message-ID's local part."""
    return {row["message_id"].partition("@")[0]: (row["outcome"], row["reason"]) for row in daemon.ledger()}


def test_a_stranger_is_let_in_and_another_refused_by_mail(daemon: Daemon, sink: Sink) -> None:
    daemon.send(mail(EVE, "Good ladders", "I give away two ladders.\n\n-- \nEve Adder\nLadder Street\n"))
    settle(daemon, 1)
    letter = asked(sink, MOD, "Good ladders")
    assert "I give away two ladders" in text_of(letter) and "Ladder Street" not in text_of(letter)
    assert EVE in text_of(letter) and "not a member" in text_of(letter)
    approve, _ = ways(letter)

    # whoever is not that moderator decides nothing, and neither does his absence note
    daemon.send(
        mail(EVE, "let me in", "", approve),
        mail(SECOND, "not mine", "", approve),
        mail(MOD, "away", "I am away.", approve, Auto_Submitted="auto-replied"),
    )
    settle(daemon, 4)
    assert outcomes(daemon)["goodladders"][0] == "held"

    daemon.send(mail(MOD, "fine", "always", approve))
    settle(daemon, 5)
    (post,) = daemon.export()
    assert (post["address"], post["guest"], post["text"].strip()) == (EVE, False, "I give away two ladders.")
    assert all(about(sink, address, "Good ladders") for address in MEMBERS)
    assert not about(sink, EVE, "Good ladders"), "he may write, and gets no letters by that"
    assert "is released" in text_of(about(sink, MOD, "Re: Good ladders")[0])

    other = asked(sink, SECOND, "A mail to Forum waits")
    daemon.send(mail(SECOND, "no", "We take no gifts.", ways(other)[1]))
    settle(daemon, 6)
    assert "was released by Mod already" in text_of(about(sink, SECOND, "Re: Good ladders")[0])
    assert len(daemon.export()) == 1

    daemon.send(mail(EVE, "More ladders", "I give away more ladders."))
    settle(daemon, 7)
    assert outcomes(daemon)["moreladders"][0] == "posted"


def test_a_new_members_first_post_waits_and_he_hears_of_it_once(daemon: Daemon, sink: Sink) -> None:
    daemon.send(mail("ada@members.test", "First", "My first words here."))
    _, refuse = ways(asked(sink, MOD, "First"))
    daemon.send(mail("ada@members.test", "Second", "My second words here."))
    settle(daemon, 2)
    assert [outcomes(daemon)[name][0] for name in ("first", "second")] == ["held", "held"]
    assert len(about(sink, "ada@members.test", "waits for a moderator")) == 1
    daemon.send(mail(MOD, "no", "It belongs on the other list.\n\n> your decision", refuse))
    settle(daemon, 3)
    (told,) = about(sink, "ada@members.test", "was not posted")
    assert "It belongs on the other list." in text_of(told) and "your decision" not in text_of(told)
    assert outcomes(daemon)["first"] == ("refused", "It belongs on the other list.")
    number = next(row["id"] for row in daemon.ledger() if "second" in row["message_id"])
    assert "My second words" in daemon.cli("held", "show", str(number)).stdout
    assert "posted" in daemon.cli("held", "release", str(number)).stdout
    daemon.send(mail("ada@members.test", "Third", "My third words here."))
    settle(daemon, 4)
    assert outcomes(daemon)["third"][0] == "posted"


def test_each_held_mail_is_told_of_once_though_the_daemon_is_killed(daemon: Daemon, sink: Sink) -> None:
    daemon.send(mail(EVE, "Number 0", "Words of number 0."))
    settle(daemon, 1)
    asked(sink, MOD, "Number 0")
    for n in range(1, 6):
        daemon.send(mail(EVE, f"Number {n}", f"Words of number {n}.", X_Spam_Score="9"))
        if n % 2:
            daemon.kill9()
            daemon.start()
    settle(daemon, 6)
    told = {header(one.content, "Message-ID") for one in sink.to(MOD)}
    assert len(told) == 1, "the others wait until the hour is over"
    for _ in range(3):
        daemon.kill9()
        with sqlite3.connect(find_database(daemon), timeout=20) as database:
            database.execute("update moderator set last_told = 0")  # an hour passes
        daemon.start()
        asked(sink, MOD, "5 mails to Forum")
    sink.settle()
    letters = [one.content for one in sink.to(MOD)]
    assert len({header(letter, "Message-ID") for letter in letters}) == 2
    summary = asked(sink, MOD, "5 mails to Forum")
    for n in range(6):
        assert (f"Words of number {n}." in text_of(summary)) == (n > 0)
    approve = ways(summary)[0]
    daemon.send(mail(MOD, "yes", "", approve))
    settle(daemon, 7)
    assert [post["subject"] if "subject" in post else post["title"] for post in daemon.export()] == [
        "Number 1"
    ]


def test_a_mail_to_the_owner_reaches_every_moderator_with_its_raw_form(daemon: Daemon, sink: Sink) -> None:
    _, _, raw = sent = mail(EVE, "Please help", "I cannot find the door.", "forum+owner@bridge.test")
    daemon.send(sent, mail(EVE, "Abuse", "Somebody sends spam.", "abuse@bridge.test"))
    settle(daemon, 2)
    for moderator in (MOD, SECOND):
        (letter,) = about(sink, moderator, "Please help")
        assert header(letter, "Reply-To") == EVE
        parsed = message_from_bytes(letter, policy=default)
        assert isinstance(parsed, EmailMessage)
        (whole,) = parsed.iter_attachments()
        inner = whole.get_payload(0)
        assert isinstance(inner, EmailMessage)
        assert inner["Subject"] == "Please help" and b"I cannot find the door." in raw
        assert about(sink, moderator, "Abuse")
    assert {row["outcome"] for row in daemon.ledger()} == {"command"}
