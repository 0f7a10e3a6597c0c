"""Promise X2: what is stuck is told within five minutes, and what only has its own times is not."""

from __future__ import annotations

import pytest

from bridge.store import alarms, blobs, ledger
from bridge.store.database import Store, Tx

MINUTE = 60_000_000


def letter(
    tx: Tx, created: int, due: int, answer: str = "", attempts: int = 0, state: str = "waiting"
) -> None:
    tx.connection.execute(
        "insert into delivery (address, reason, state, due, attempts, answer, created, updated)"
        " values ('a@x.example', 'each', ?, ?, ?, ?, ?, ?)",
        [state, due, attempts, answer, created, created],
    )


@pytest.mark.parametrize(
    ("created", "due", "answer", "attempts", "told"),
    [
        (0, 0, "", 0, True),  # nobody sends
        (0, 5 * MINUTE + 1, "421 4.4.1 no relay", 0, True),  # the relay cannot be reached
        (0, 60 * MINUTE, "451 4.2.1 later", 1, False),  # the relay wants it later
        (0, 60 * MINUTE, "", 0, False),  # its reader's quiet hours
        (3 * MINUTE, 3 * MINUTE, "", 0, False),  # two minutes old
    ],
)
def test_X2_letters_that_are_stuck(
    store: Store, created: int, due: int, answer: str, attempts: int, told: bool
) -> None:
    store.write(lambda tx: letter(tx, created, due, answer, attempts))
    found = store.read(lambda tx: alarms.raised(tx, 5 * MINUTE))
    assert found == (["letters wait to be sent"] if told else [])


def test_X2_mails_and_mailboxes(store: Store) -> None:
    assert store.read(lambda tx: alarms.raised(tx, 5 * MINUTE)) == []
    blob = blobs.pack(b"a mail")
    store.write(
        lambda tx: ledger.add(
            tx, blob, via="imap", account="box", sender="", recipients=["l@x.example"], now=0
        )
    )
    store.write(lambda tx: alarms.imap_state(tx, "box", "unreachable", 0))
    assert store.read(lambda tx: alarms.raised(tx, MINUTE)) == []
    assert store.read(lambda tx: alarms.raised(tx, 5 * MINUTE)) == [
        "mails wait to be read",
        "a mailbox cannot be read",
    ]
    figures = store.read(lambda tx: alarms.figures(tx, 5 * MINUTE))
    assert figures["oldest_mail_seconds"] == 300
    assert figures["imap"] == [
        {"account": "box", "state": "unreachable", "for_seconds": 300, "last_mail_seconds": 300}
    ]
    silent = 5 * MINUTE - alarms.UNNOTICED  # it had been silent for a while before that was noticed
    store.write(
        lambda tx: alarms.imap_state(tx, "box", "unreachable", silent - alarms.STUCK + alarms.UNNOTICED)
    )
    assert "a mailbox cannot be read" in store.read(lambda tx: alarms.raised(tx, silent))
    assert store.read(lambda tx: alarms.raised(tx, silent - 1)) == []
    store.write(lambda tx: alarms.imap_state(tx, "box", "connected", MINUTE))
    assert store.read(lambda tx: alarms.raised(tx, 5 * MINUTE)) == ["mails wait to be read"]


def test_X2_the_bounce_rate_and_the_reasons(store: Store) -> None:
    blob = blobs.pack(b"a mail")

    def fill(tx: Tx) -> None:
        for n in range(4):
            letter(tx, n, n, state="sent")
            number = ledger.add(tx, blob, via="smtp", account="", sender="", recipients=[], now=n)
            ledger.end(tx, number, "ignored", "robot", "", n, 1.0)
        tx.connection.execute(
            "insert into bounce (at, address, cause, status, score, answer) values (1, 'a@x', 'gone', '', 1, '')"
        )

    store.write(fill)
    figures = store.read(lambda tx: alarms.figures(tx, MINUTE))
    assert figures["bounce_rate"] == 0.25
    assert figures["reasons"] == [{"outcome": "ignored", "code": "robot", "n": 4}]
