"""What a member does by mail alone, from nine mail programs and in seven languages; what nobody does for him."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mailprograms import PROGRAMS, answer
from tests.servers import Daemon, Sink

from .conftest import MakeBridge
from .letters import parse
from .story import LIST, find_database, header, query, subscribe, text_of

REQUEST = "forum-request@bridge.test"
WRITER = "wanda@members.test"
WORDS = {
    "gmail": ("mute", "mute"),
    "outlook": ("STOP", "mute"),
    "outlook-web": ("Stummschalten, bitte", "mute"),
    "apple-mail": ("Suivre ce fil.", "follow"),
    "iphone": ("Follow", "follow"),
    "yahoo": ("silenciar", "mute"),
    "thunderbird": ("“segui”", "follow"),
    "proton": ("seguir conversa, obrigada", "follow"),
    "mutt": ("dempen", "mute"),
}


def mail(sender: str, to: str, subject: str, text: str, name: str = "") -> tuple[str, str, bytes]:
    """A plain mail for the door."""
    message = EmailMessage()
    message["From"] = f"{name or sender.partition('@')[0].capitalize()} <{sender}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Fri, 03 May 2024 09:12:00 +0000"
    message["Message-ID"] = f"<{time.monotonic_ns()}@members.test>"
    message.set_content(text)
    return sender, to, message.as_bytes()


def reply(sink: Sink, sender: str, program: str, words: str) -> tuple[str, str, bytes]:
    """A member's answer to his newest letter."""
    letter = sink.to(sender)[-1].content
    to = str(parse(letter)["Reply-To"].addresses[0].addr_spec)
    name = sender.partition("@")[0].capitalize()
    return sender, to, answer(letter, program, words, sender=f"{name} <{sender}>")


def choices(database: Path) -> dict[str, str]:
    """What each address has chosen for the one thread."""
    rows = query(database, "select a.address, c.choice from thread_choice c join address a using (person_id)")
    return dict(rows)


def modes(database: Path) -> dict[str, str]:
    """The mode of each address in the one list."""
    rows = query(database, "select a.address, s.mode from subscription s join address a using (person_id)")
    return dict(rows)


@pytest.fixture
def daemon(bridge: MakeBridge, sink: Sink) -> Daemon:
    """A bridge whose members each have a letter of one thread."""
    daemon = bridge(sink=sink)
    people = {f"{program}@members.test": program.capitalize() for program in PROGRAMS}
    subscribe(daemon, {WRITER: "Wanda Weaver", **people})
    daemon.send(mail(WRITER, LIST, "The ladder", "The long ladder is back in the shed."))
    sink.wait(lambda s: len(s.mails) == len(PROGRAMS))
    return daemon


def test_commands_of_nine_mail_programs_in_seven_languages(daemon: Daemon, sink: Sink) -> None:
    assert set(WORDS) == set(PROGRAMS)
    daemon.send(*(reply(sink, f"{p}@members.test", p, words) for p, (words, _) in WORDS.items()))
    rows = daemon.settled(1 + len(WORDS))
    assert [row["outcome"] for row in rows].count("command") == len(WORDS), rows
    sink.wait(lambda s: len(s.mails) == 2 * len(PROGRAMS))
    assert choices(find_database(daemon)) == {f"{p}@members.test": choice for p, (_, choice) in WORDS.items()}
    for program in PROGRAMS:
        letter = sink.to(f"{program}@members.test")[-1].content
        assert "The ladder" in text_of(letter) and header(letter, "Auto-Submitted") == "auto-replied"
    # To undo it, each answers that letter with the word that it names; who muted hears of the next post again.
    undo = {p: "unmute" if choice == "mute" else "unfollow" for p, (_, choice) in WORDS.items()}
    daemon.send(*(reply(sink, f"{p}@members.test", p, word) for p, word in undo.items()))
    daemon.settled(1 + 2 * len(WORDS))
    assert choices(find_database(daemon)) == {}


def test_prose_from_nine_mail_programs_is_posted(daemon: Daemon, sink: Sink) -> None:
    prose = "Mute swans nest near {}, so follow me to the shed."
    daemon.send(*(reply(sink, f"{p}@members.test", p, prose.format(p)) for p in PROGRAMS))
    rows = daemon.settled(1 + len(PROGRAMS))
    assert [row["outcome"] for row in rows] == ["posted"] * (1 + len(PROGRAMS)), rows
    assert choices(find_database(daemon)) == {}


def test_a_members_life_by_mail_alone(daemon: Daemon, sink: Sink) -> None:
    database, dora, sent = find_database(daemon), "dora@members.test", 1

    def step(message: tuple[str, str, bytes], done: Callable[[], bool], outcome: str = "command") -> str:
        """Send a mail; its outcome, what it did, and the text of the one letter that answers it."""
        nonlocal sent
        sent += 1
        before = len(sink.to(message[0]))
        daemon.send(message)
        rows = daemon.settled(sent)
        assert max(rows, key=lambda row: int(row["id"]))["outcome"] == outcome
        sink.wait(lambda s: len(s.to(message[0])) == before + 1)
        assert done()
        return text_of(sink.to(message[0])[-1].content)

    step(mail(dora, "forum+subscribe@bridge.test", "", ""), lambda: dora not in modes(database))
    step(reply(sink, dora, "gmail", "Yes"), lambda: modes(database)[dora] == "each")
    # Whoever bears her address gets nothing done; she does, by her answer.
    asked = step(mail(dora, REQUEST, "Frage", "Bitte wöchentlich"), lambda: modes(database)[dora] == "each")
    assert "wöchentlich" in asked
    step(reply(sink, dora, "outlook", "ja"), lambda: modes(database)[dora] == "weekly")
    step(reply(sink, dora, "thunderbird", "each"), lambda: modes(database)[dora] == "each")
    away = step(reply(sink, dora, "iphone", "Vacation for 2 weeks"), lambda: True)
    assert "VACATION OFF" in away
    step(reply(sink, dora, "iphone", "Vacation off"), lambda: True)
    told = step(reply(sink, dora, "gmail", "status"), lambda: True)
    assert "Forum: each post" in told
    gone = step(reply(sink, dora, "proton", "Unsubscribe"), lambda: dora not in modes(database))
    assert "forum+subscribe@bridge.test" in gone


def test_what_others_send_in_a_members_name_changes_nothing(daemon: Daemon, sink: Sink) -> None:
    victim, before = "gmail@members.test", modes(find_database(daemon))
    letter = sink.to(victim)[-1].content
    to = str(parse(letter)["Reply-To"].addresses[0].addr_spec)
    daemon.send(
        mail(victim, REQUEST, "unsubscribe", "none\nforget me"),
        mail(victim, "forum+none@bridge.test", "", ""),
        mail("eve@strangers.test", to, "Re: The ladder", "unsubscribe"),
        mail("mutt@members.test", to, "Re: The ladder", "> none\n\nSo he wrote.\n\n-- \nunsubscribe"),
        (
            "",
            to,
            b"From: Gmail <gmail@members.test>\nTo: x\nSubject: away\nAuto-Submitted: auto-replied\n\nstop\n",
        ),
    )
    rows = daemon.settled(6)
    assert sorted(row["outcome"] for row in rows) == [
        "command",
        "command",
        "held",
        "ignored",
        "posted",
        "posted",
    ]
    assert (modes(find_database(daemon)), choices(find_database(daemon))) == (before, {})
