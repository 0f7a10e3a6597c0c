"""The sample conversation of the demo, by SMTP, by Postfix and LMTP, and by IMAP, in three orders each.

`sample.json` says what should become of each mail: its outcome and, where it is a post, its lists, author, parent
(the file of the mail that it answers), text, and whether a guest wrote it or somebody else's words are passed on.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.servers import Daemon, Dovecot, Postfix, Sent, Sink, crlf, wait_for

from .conftest import MakeBridge, imap_config
from .letters import form_faults
from .story import ORDERS, check_guests, header, own_words, settle

DEMO = Path(__file__).resolve().parents[2] / "bridge" / "demo"
DOMAIN = "forum.example"
LISTS = """
[[list]]
name = "general"
title = "General"

[[list]]
name = "repairs"
title = "Repairs"
"""


@dataclass(frozen=True)
class Sample:
    """A mail of the conversation, and what should become of it."""

    raw: bytes
    told: dict[str, Any]
    message_id: str
    sender: str
    addressed: frozenset[str]

    @property
    def recipients(self) -> list[str]:
        """Which of its addresses are ours."""
        return sorted(address for address in self.addressed if address.endswith(f"@{DOMAIN}"))


def samples() -> list[Sample]:
    """The conversation in the order of its files."""
    rows = json.loads(Path(__file__).with_name("sample.json").read_text(encoding="utf-8"))
    assert [row["file"] for row in rows] == [path.name for path in sorted((DEMO / "mails").glob("*.eml"))]
    found = []
    for row in rows:
        raw = (DEMO / "mails" / row["file"]).read_bytes()
        mail = message_from_bytes(raw, policy=default)
        fields = [mail[name] for name in ("To", "Cc") if mail[name]]
        addressed = frozenset(one.addr_spec.lower() for each in fields for one in each.addresses)
        author = mail["From"].addresses[0].addr_spec
        found.append(Sample(raw, row, header(raw, "Message-ID").strip("<>"), author, addressed))
    return found


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("way", ["smtp", "postfix", "imap"])
def test_the_conversation_is_right(
    way: str, order: str, bridge: MakeBridge, sink: Sink, request: pytest.FixtureRequest
) -> None:
    conversation = samples()
    mails = list(reversed(conversation)) if order == "reversed" else list(conversation)
    if order == "shuffled":
        random.Random(7).shuffle(mails)
    if way == "imap":
        dovecot: Dovecot = request.getfixturevalue("dovecot")
        user: str = request.getfixturevalue("mailbox")
        daemon = _ready(bridge, sink=sink, more=imap_config(dovecot, user, list="general"))
        dovecot.append(user, *(mail.raw for mail in mails))
    elif way == "postfix":
        postfix: Postfix = request.getfixturevalue("postfix")
        daemon = _ready(bridge, sink=sink, lmtp=postfix.lmtp_port)
        for mail in mails:
            postfix.send(mail.sender, mail.recipients, crlf(mail.raw))
        wait_for(lambda: not postfix.queue(), 40, "an empty queue of Postfix")
    else:
        daemon = _ready(bridge, sink=sink)
        daemon.send(*((mail.sender, mail.recipients, mail.raw) for mail in mails))
    settle(daemon, len(mails))
    _check_outcomes(daemon, conversation)
    _check_posts(daemon, conversation)
    _check_letters(sink.mails, conversation)


def _ready(bridge: MakeBridge, **how: Any) -> Daemon:
    daemon = bridge(domain=DOMAIN, lists=LISTS, **how)
    daemon.cli("people", "import", str(DEMO / "people.csv"))
    return daemon


def _check_outcomes(daemon: Daemon, mails: list[Sample]) -> None:
    """Each mail has the outcome that it should have; a duplicate is told by whichever came second."""
    is_ = Counter((row["message_id"].strip("<>"), row["outcome"]) for row in daemon.ledger())
    assert is_ == Counter((mail.message_id, mail.told["outcome"]) for mail in mails)


def _check_posts(daemon: Daemon, mails: list[Sample]) -> None:
    posts = daemon.export()
    files = {mail.message_id: mail.told["file"] for mail in reversed(mails)}
    files_of = {post["post"]: files[post["message_id"].strip("<>")] for post in posts}
    expected = {(name, mail.told["file"]): mail.told for mail in mails for name in mail.told.get("lists", ())}
    assert sorted((post["list"], files_of[post["post"]]) for post in posts) == sorted(expected)
    faults = []
    for post in posts:
        told = expected[post["list"], files_of[post["post"]]]
        pairs = {
            "author": (post["author"], told["author"]),
            "guest": (bool(post["guest"]), told.get("guest", False)),
            "credit": (post["credit"] or None, told.get("credit")),
            "parent": (files_of.get(post["parent"]), told.get("parent")),
            "files": ([one["name"] for one in post["attachments"]], told.get("attachments", [])),
            "text": (own_words(post["text"], told["author"]), own_words(told["text"], told["author"])),
        }
        faults += [
            f"{told['file']} {key}: {is_!r} for {should!r}"
            for key, (is_, should) in pairs.items()
            if is_ != should
        ]
    assert not faults, "\n".join(faults)


def _check_letters(sent: list[Sent], mails: list[Sample]) -> None:
    """Each subscriber of any of a post's lists has its letter once, and the sender of the mere quote his notice."""
    with (DEMO / "people.csv").open(encoding="utf-8") as file:
        people = [row for row in csv.DictReader(file) if row["mode"] == "each"]
    due = Counter(
        (mail.message_id, row["address"])
        for mail in mails
        for row in people
        if set(row["lists"].split(";")) & set(mail.told.get("lists", ()))
        and row["address"] != mail.sender
        and row["address"] not in mail.addressed
    )
    known = {mail.message_id for mail in mails}
    ids = [(header(copy.content, "Message-ID").strip("<>"), *copy.recipients) for copy in sent]
    letters = Counter((message_id, address) for message_id, address in ids if message_id in known)
    notices = Counter(address for message_id, address in ids if message_id not in known)
    members = {address for row in people for address in row["address"].split(";")}
    told = check_guests(letters, notices, members)
    assert told == due, f"missing {due - told}, too many {told - due}"
    assert [who for who in notices if who in members] == [
        mail.sender for mail in mails if mail.told["outcome"] == "refused"
    ]
    assert not [fault for copy in sent for fault in form_faults(copy.content)]
