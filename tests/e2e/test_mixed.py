"""R6 in short: a thousand mails of all kinds, with pages and cut sessions; what the daemon holds on to (long:
tests/soak/mixed.py). Beside it P2 and X3 over all that came in."""

from __future__ import annotations

import random
import re
import smtplib
import socket
import time
from email.message import EmailMessage

from tests import hostile
from tests.servers import Daemon, Sink, crlf
from tests.soak.mixed import Sample, sample

from .conftest import MakeBridge
from .story import LIST, find_database, settle, subscribe, text_of

ROUNDS = 5
EACH = 200
SECRET = "The spare key lies below the third pot"
PEOPLE = {"wanda@members.test": "Wanda", "reader@readers.test": "Rea Dorn"}
WANDA, READER = PEOPLE
FATES = {"posted", "held", "refused", "command", "bounce", "ignored", "parked"}


def mail(number: int) -> tuple[str, str, bytes]:
    """A mail of a number, as (envelope sender, recipient, bytes): posts, questions, robots, damage."""
    kind, dice = number % 5, random.Random(number)
    if kind > 2:
        raw = hostile.odd(number) if kind == 3 else hostile.damaged(dice, hostile.odd(number))
        return WANDA, LIST, crlf(raw)
    message = EmailMessage()
    message["From"], message["To"] = f"Wanda <{WANDA}>", LIST
    message["Message-ID"], message["Subject"] = f"<mixed{number}@members.test>", f"Pots {number % 40}"
    message.set_content(f"{SECRET}, says mail {number}.\n")
    if kind == 1:
        message.add_attachment(dice.randbytes(20_000), maintype="image", subtype="png", filename="pot.png")
    if kind == 2:
        message["Auto-Submitted"] = "auto-replied"
    return ("" if kind == 2 else WANDA), LIST, crlf(message.as_bytes())


def play(daemon: Daemon, first: int) -> int:
    """Send a round of mails, a session for each ten; gives how many were taken."""
    taken = 0
    for start in range(first, first + EACH, 10):
        with daemon.client() as door:
            for number in range(start, start + 10):
                sender, recipient, raw = mail(number)
                try:
                    door.sendmail(sender, recipient, raw)
                    taken += 1
                except smtplib.SMTPResponseException as refusal:
                    assert 500 <= refusal.smtp_code < 560, refusal
        with socket.create_connection((daemon.host, daemon.smtp), 5) as cut:
            cut.sendall(
                b"EHLO x.test\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<" + LIST.encode() + b">\r\nDATA\r\nwor"
            )
        assert daemon.get("/forum")[0] == 200
    return taken


def test_R6_P2_X3_a_thousand_mails_of_all_kinds(bridge: MakeBridge, sink: Sink) -> None:
    daemon = bridge(sink=sink)
    subscribe(daemon, PEOPLE)
    looks: list[Sample] = []
    taken = 0
    began = time.monotonic()
    for number in range(ROUNDS):
        taken += play(daemon, number * EACH)
        settle(daemon, taken, 120)
        time.sleep(0.2)
        looks.append(sample(daemon, began))
    check_held(looks)
    check_fates(daemon, taken)
    check_log(daemon.log(10**8), sink)
    took, code = daemon.terminate()
    assert (code, took < 10) == (0, True)
    assert not [path for path in find_database(daemon).parent.rglob("*") if path.suffix in (".part", ".tmp")]


def check_held(looks: list[Sample]) -> None:
    """R6: from the first round, when all is warm, to the last: nothing grows with the mails that came."""
    first, last = looks[0], looks[-1]
    assert last.files <= first.files + 5, looks
    assert last.threads <= first.threads + 5, looks
    assert max(look.wal for look in looks) < 64
    assert last.temporary == 0
    assert last.rss <= first.rss + 100, looks


def check_fates(daemon: Daemon, taken: int) -> None:
    """X3: each mail that was taken has its outcome with a reason, and `trace` tells it."""
    rows = daemon.ledger()
    assert len(rows) == taken > ROUNDS * EACH / 2
    assert {row["outcome"] for row in rows} <= FATES
    assert all(row["reason"] for row in rows)
    for row in rows[:: len(rows) // 5]:
        assert row["outcome"] in daemon.cli("trace", str(row["id"])).stdout
    assert "sent" in daemon.cli("trace", "mixed0@members.test").stdout


def check_log(log: str, sink: Sink) -> None:
    """P2: no traceback, no words of a mail, no whole address, no token."""
    assert "Traceback" not in log and SECRET not in log
    assert not [address for address in PEOPLE if address in log]
    tokens = {
        found
        for copy in sink.mails[:50]
        for found in re.findall(r"\b[a-z2-7]{26,60}\b", text_of(copy.content))
    }
    assert tokens and not [token for token in tokens if token in log]
