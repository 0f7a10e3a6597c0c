"""A mailroom over a fresh store: two lists, three members, short ways to hand it mails and see what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bridge.mail.envelope import Envelope
from bridge.mailroom import Mailroom
from bridge.posting.post import MailingList
from bridge.posting.site import Site
from bridge.store import lists, people, queue
from bridge.store.database import Store
from bridge.store.queue import Due

SITE = Site("Example Commons", "forum.example", "https://forum.example")
GENERAL, SEEDS = "general@forum.example", "seeds@forum.example"
ADA, BO, CY = "ada@members.example", "bo@members.example", "cy@members.example"
START = 1_800_000_000_000_000


@dataclass
class Post:
    """A mailroom with a clock that moves by hand, and counters for invented Message-IDs."""

    room: Mailroom
    clock: list[int]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def mail(
        self, sender: str, text: str, *, to: str = GENERAL, name: str = "", **headers: str
    ) -> EmailMessage:
        """A plain mail as `sender` would write it; header names with `_` for `-`."""
        message = EmailMessage()
        message["From"] = f"{name or sender.split('@')[0].capitalize()} <{sender}>"
        message["To"] = to
        message["Subject"] = headers.pop("subject", "Tools")
        message["Date"] = "Mon, 02 Nov 2026 10:00:00 +0000"
        message["Message-ID"] = headers.pop("message_id", f"<m{next(self.numbers)}@members.example>")
        for key, value in headers.items():
            message[key.replace("_", "-")] = value
        message.set_content(text)
        return message

    def receive(
        self, message: EmailMessage | bytes, *recipients: str, sender: str | None = None, via: str = "smtp"
    ) -> Any:
        """Keep and walk a mail; gives its ledger row."""
        raw = message if isinstance(message, bytes) else message.as_bytes()
        if sender is None:
            sender = "" if isinstance(message, bytes) else str(message["From"]).partition("<")[2].strip(">")
        ledger_id = self.room.keep(Envelope(sender, recipients or (GENERAL,), raw), via)
        self.room.receive(ledger_id)
        return self.row(ledger_id)

    def row(self, ledger_id: int) -> Any:
        """A mail's ledger row."""
        return self.room.store.read(lambda tx: tx.ledger_get(id=ledger_id))

    def posts(self, list_id: int = 1) -> list[dict[str, Any]]:
        """The posts of a list in the order in which they were written."""
        rows = self.room.store.read(
            lambda tx: tx.connection.execute(
                "select * from post where list_id = ? order by id", [list_id]
            ).fetchall()
        )
        return [dict(row) for row in rows]

    def due(self) -> list[Due]:
        """The letters that wait, claimed."""
        now = self.room.now()
        return self.room.store.write(lambda tx: queue.claim(tx, now, 1, 200))

    def letters(self) -> list[tuple[str, bytes]]:
        """(address, bytes) of every letter that waits."""
        return [(due.address, self.room.letter(due).fill(self.room.addresses(due)[1])) for due in self.due()]

    def notices(self) -> list[tuple[str, str]]:
        """(address, kind) of the notices written so far."""
        rows = self.room.store.read(
            lambda tx: tx.connection.execute("select address, kind from notice order by id").fetchall()
        )
        return [(row["address"], row["kind"]) for row in rows]


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    store = Store.open(tmp_path / "t.db")
    store.write(lambda tx: lists.put(tx, MailingList(0, "general", GENERAL, "General")))
    store.write(lambda tx: lists.put(tx, MailingList(0, "seeds", SEEDS, "Seeds")))
    for address in (ADA, BO, CY):
        for list_id in (1, 2):
            name = address.split("@")[0].capitalize()
            store.write(lambda tx, a=address, n=name, i=list_id: people.subscribe(tx, i, a, n, "each", START))
    clock = [START]
    yield Post(Mailroom(store, SITE, lambda: clock[0]), clock)
    store.close()
