"""L1 over real SMTP: two daemons that are subscribed to each other, and a robot that answers everything, die out."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import parseaddr

import pytest

from tests.servers import Daemon, Sink

from .conftest import MakeBridge

MOST_A_DAY = 10
"""Mails from one address to another within a day."""
ADA, BO, ROBOT = "ada@people.test", "bo@people.test", "away@robots.test"
AWAY = "Thank you for your mail. I am out of the office and shall read it when I am back."
LIST = '\n[[list]]\nname = "general"\naddress = "general@{0}"\ntitle = "General of {0}"\nguests = "show"\n'


@dataclass
class Carrier(threading.Thread):
    """What lies between: takes each letter from the sink to the daemon or the robot that it is for."""

    sink: Sink
    strips: bool
    """Whether it takes away all headers but From, To and Subject, and so every sign of a robot or a list."""
    daemons: dict[str, Daemon] = field(default_factory=dict)
    carried: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)
    done: bool = False

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        taken = 0
        while not self.done:
            for mail in self.sink.mails[taken:]:
                taken += 1
                self.carry(mail.sender, mail.recipients[0], mail.content)
            time.sleep(0.02)

    def carry(self, sender: str, recipient: str, raw: bytes) -> None:
        """To a daemon by SMTP; to the robot, which answers; people only read."""
        mail = message_from_bytes(raw, policy=default)
        assert isinstance(mail, EmailMessage)
        self.carried[parseaddr(str(mail["From"]))[1], plain(recipient)] += 1
        self.last = time.monotonic()
        if daemon := self.daemons.get(recipient.partition("@")[2]):
            try:
                daemon.send((sender, [recipient], bare(mail) if self.strips else raw))
            except OSError as fault:  # smtplib's own are of this kind; a refusal at the door ends a loop too
                self.faults.append(str(fault))
        elif recipient == ROBOT:
            self.answer(mail)

    def answer(self, mail: EmailMessage) -> None:
        """The robot: no sign of what it is, and nothing of what it answers but the subject."""
        to = parseaddr(str(mail["Reply-To"] or mail["From"]))[1]
        answer = EmailMessage(policy=SMTP)
        answer["From"], answer["To"], answer["Subject"] = ROBOT, to, f"Re: {mail['Subject']}"
        answer.set_content(AWAY)
        self.carry(ROBOT, to, answer.as_bytes())

    def until_quiet(self, quiet: float = 2.5, seconds: float = 45) -> None:
        """Wait until nothing has been carried for a while; AssertionError where that never comes."""
        end = time.monotonic() + seconds
        while time.monotonic() - self.last < quiet:
            assert time.monotonic() < end, f"no end: {self.carried.most_common(6)}"
            time.sleep(0.05)


def plain(address: str) -> str:
    """An address without what stands behind its plus sign."""
    return f"{address.partition('+')[0]}@{address.partition('@')[2]}" if "+" in address else address


def bare(mail: EmailMessage) -> bytes:
    """The words of a mail under From, To and Subject alone."""
    body = mail.get_body(("plain",))
    made = EmailMessage(policy=SMTP)
    for name in ("From", "To", "Subject"):
        made[name] = str(mail[name])
    made.set_content(str(body.get_content()) if body else "")
    return made.as_bytes()


def joined(bridge: MakeBridge, sink: Sink, domain: str, *members: str) -> Daemon:
    """A daemon of its own, with these members."""
    daemon = bridge(sink=sink, domain=domain, lists=LIST.format(domain))
    daemon.people((one, one.partition("@")[0].title(), "", f"general@{domain}", "each") for one in members)
    return daemon


@pytest.mark.parametrize("strips", [False, True], ids=["as-sent", "stripped"])
def test_L1_two_daemons_and_a_robot_die_out(bridge: MakeBridge, sink: Sink, strips: bool) -> None:
    carrier = Carrier(sink, strips)
    carrier.daemons = {
        "a.test": joined(bridge, sink, "a.test", ADA, ROBOT, "general@b.test"),
        "b.test": joined(bridge, sink, "b.test", BO, ROBOT, "general@a.test"),
    }
    carrier.start()
    try:
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = ADA, "general@a.test", "A question"
        mail["Message-ID"] = "<question@people.test>"
        mail.set_content("Who has the long ladder?")
        carrier.carry(ADA, "general@a.test", mail.as_bytes())
        carrier.until_quiet()
    finally:
        carrier.done = True
    assert carrier.carried["general@a.test", ROBOT] and carrier.carried["general@a.test", "general@b.test"]
    assert max(carrier.carried.values()) <= MOST_A_DAY, carrier.carried.most_common(6)
    for daemon in carrier.daemons.values():
        sizes = Counter(post["thread"] for post in daemon.export())
        assert max(sizes.values(), default=0) <= MOST_A_DAY, sizes
        assert all(row["outcome"] != "waiting" for row in daemon.ledger())
