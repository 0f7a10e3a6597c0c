"""L1: bridges that are subscribed to each other, and robots that hide what they are, die out.

A small world of mailrooms, robots and people in one process, with a clock that moves by hand: every letter that waits
is carried to whom it is for, and whoever answers does so a few seconds later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from itertools import count
from pathlib import Path

import pytest

from bridge.mail.envelope import Envelope
from bridge.mailroom import Mailroom
from bridge.posting.post import MailingList
from bridge.posting.site import Site
from bridge.store import lists, people, queue
from bridge.store.database import Store

START = 1_800_000_000_000_000
SECOND = 1_000_000
MINUTES = 30
MOST_A_DAY = 10
"""Mails from one address to another within a day (Mailman: max_autoresponses_per_day = 10)."""

Robot = Callable[[EmailMessage, int], str]
AWAY = "I am out of the office until Monday and read no mail before that."


@dataclass
class World:
    """Mailrooms by domain, robots by address; `carried` counts the mails from an address to another."""

    folder: Path
    clock: int = START
    rooms: dict[str, Mailroom] = field(default_factory=dict)
    robots: dict[str, Robot] = field(default_factory=dict)
    carried: Counter[tuple[str, str]] = field(default_factory=Counter)
    strips: bool = False
    """Whether what lies between takes all headers away but From, To and Subject."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def bridge(self, domain: str, *members: str) -> Mailroom:
        """A bridge with the list general@DOMAIN."""
        store = Store.open(self.folder / f"{domain}.db")
        mailing_list = MailingList(0, "general", f"general@{domain}", f"General of {domain}")
        store.write(lambda tx: lists.put(tx, mailing_list))
        for member in members:
            store.write(lambda tx, m=member: people.subscribe(tx, 1, m, "", "each", START))
        site = Site(domain, domain, f"https://{domain}")
        self.rooms[domain] = Mailroom(store, site, lambda: self.clock)
        return self.rooms[domain]

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Carry a mail to a bridge, a robot, or a person, who only reads."""
        shown = parseaddr(str(message_from_bytes(raw, policy=default)["From"]))[1]
        self.carried[shown, recipient.partition("+")[0] + "@" + recipient.partition("@")[2]] += 1
        if room := self.rooms.get(recipient.partition("@")[2]):
            room.keep(Envelope(sender, (recipient,), self._stripped(raw) if self.strips else raw), "smtp")
        elif (robot := self.robots.get(recipient)) and sender not in self.robots:
            mail = message_from_bytes(raw, policy=default)
            assert isinstance(mail, EmailMessage)
            self._answer(recipient, mail, robot)

    def _stripped(self, raw: bytes) -> bytes:
        mail = message_from_bytes(raw, policy=default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("plain",))
        assert body is not None
        bare = EmailMessage(policy=default)
        for name in ("From", "To", "Subject"):
            bare[name] = str(mail[name])
        bare.set_content(str(body.get_content()))
        return bare.as_bytes()

    def _answer(self, robot: str, mail: EmailMessage, words: Robot) -> None:
        """An answer with no sign of a robot, and none of what it answers but its subject."""
        to = parseaddr(str(mail["Reply-To"] or mail["From"]))[1]
        answer = EmailMessage(policy=default)
        answer["From"], answer["To"] = robot, to
        answer["Subject"] = f"Re: {mail['Subject']}"
        answer.set_content(words(mail, next(self.numbers)))
        self.send(robot, to, answer.as_bytes())

    def run(self, minutes: int = MINUTES) -> int:
        """Let time pass, fifteen seconds a step; gives how many mails were carried in the last quarter of it."""
        late = 0
        for step in range(minutes * 4):
            self.clock += 15 * SECOND
            before = self.carried.total()
            for room in self.rooms.values():
                while room.receive_waiting():
                    pass
                for due in room.store.write(lambda tx: queue.claim(tx, self.clock, SECOND, 500)):
                    sender, slots = room.addresses(due)
                    self.send(sender, due.address, room.letter(due).fill(slots))
                    sent = queue.Result(due.id, "sent", "250", self.clock)
                    room.store.write(lambda tx, one=sent: queue.record(tx, [one], self.clock))
            if step >= minutes * 3:
                late += self.carried.total() - before
        return late

    def post(self, domain: str, author: str, text: str) -> None:
        """A person's mail to a list, as the beginning of it all."""
        mail = EmailMessage(policy=default)
        mail["From"], mail["To"], mail["Subject"] = author, f"general@{domain}", "A question"
        mail["Message-ID"] = f"<q{next(self.numbers)}@people.example>"
        mail.set_content(text)
        self.send(author, f"general@{domain}", mail.as_bytes())

    def posts(self, domain: str) -> int:
        """How many posts a bridge has."""
        rows = self.rooms[domain].store.read(
            lambda tx: tx.connection.execute("select count(*) from post").fetchall()
        )
        return int(rows[0][0])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    for room in made.rooms.values():
        room.store.close()


def away(mail: EmailMessage, nth: int) -> str:
    """A robot that always says the same."""
    return AWAY


def quoting(mail: EmailMessage, nth: int) -> str:
    """One that quotes what it answers below its words."""
    body = mail.get_body(("plain",))
    quoted = "\n".join(f"> {line}" for line in str(body.get_content() if body else "").splitlines())
    return f"{AWAY}\n\nOn Mon, Nov 2, 2026 at 10:00 AM somebody wrote:\n\n{quoted}\n"


def counting(mail: EmailMessage, nth: int) -> str:
    """One that never says the same twice."""
    return f"Your mail has been received under the number {nth}, and somebody will look at it soon."


ADA, BO, ROBOT, OTHER = (
    "ada@people.example",
    "bo@people.example",
    "away@robots.example",
    "gone@robots.example",
)


@pytest.mark.parametrize("strips", [False, True], ids=["as-sent", "stripped"])
@pytest.mark.parametrize("robot", [away, quoting])
def test_L1_two_bridges_and_a_robot_die_out(world: World, strips: bool, robot: Robot) -> None:
    world.strips = strips
    world.robots[ROBOT] = robot
    world.bridge("a.example", ADA, ROBOT, "general@b.example")
    world.bridge("b.example", BO, ROBOT, "general@a.example")
    world.post("a.example", ADA, "Who has the long ladder?")
    assert world.run() == 0
    assert max(world.carried.values()) <= MOST_A_DAY, world.carried.most_common(5)
    assert world.posts("a.example") <= 10 and world.posts("b.example") <= 10


def test_L1_two_robots_on_one_list_die_out(world: World) -> None:
    world.robots |= {
        ROBOT: away,
        OTHER: lambda mail, nth: "Thank you for your mail, I shall read it next week.",
    }
    world.bridge("a.example", ADA, ROBOT, OTHER)
    world.post("a.example", ADA, "Who has the long ladder?")
    assert world.run() == 0
    assert max(world.carried.values()) <= MOST_A_DAY, world.carried.most_common(5)


def test_L1_robots_that_never_say_the_same_are_held_by_their_pace(world: World) -> None:
    world.robots |= {ROBOT: counting, OTHER: counting}
    room = world.bridge("a.example", ADA, ROBOT, OTHER)
    room.site = Site("a.example", "a.example", "https://a.example", posts_per_hour=20)
    world.post("a.example", ADA, "Who has the long ladder?")
    assert world.run() == 0
    assert world.posts("a.example") <= 41
    codes = room.store.read(
        lambda tx: tx.connection.execute("select distinct code from ledger where outcome = 'held'").fetchall()
    )
    assert "rate" in [row[0] for row in codes]


def test_L1_a_robot_that_asks_for_help_gets_ten_letters_a_day(world: World) -> None:
    world.robots[ROBOT] = away
    room = world.bridge("a.example", ADA)
    for to in ("help", "subscribe", "owner", "unsubscribe", "help"):
        mail = EmailMessage(policy=default)
        mail["From"], mail["To"], mail["Subject"] = ROBOT, f"general+{to}@a.example", "hello"
        mail.set_content(AWAY)
        world.send(ROBOT, f"general+{to}@a.example", mail.as_bytes())
    room.store.write(lambda tx: lists.appoint(tx, 1, [OTHER], START))
    world.robots[OTHER] = away
    assert world.run() == 0
    assert max(world.carried.values()) <= MOST_A_DAY + 1, world.carried.most_common(5)
