"""Whether mail moves: what waits longer than it should, and the figures that an operator watches.

What is `stuck` has been due for five minutes: the worker or the sender does not get on, or no relay is to be had. A
letter that a relay puts off keeps its own times and is not meant. Times are microseconds UTC.
"""

from __future__ import annotations

from typing import Any

from .database import Tx

STUCK = 240 * 1_000_000
"""Below five minutes, so that whoever asks each minute knows within five; `[limits] alarm_seconds` is another."""
UNNOTICED = 100 * 1_000_000
"""A server that falls silent is noticed when IDLE is renewed and no answer comes: for so long it has been away then."""
DAY = 86_400 * 1_000_000
WELL = ("connected", "stopped")
IMAP = "imap "
"""A mailbox's state is a setting of this prefix and its name: the state, a blank, since when."""


def raised(tx: Tx, now: int, stuck: int = STUCK) -> list[str]:
    """What an operator has to look at, a few words each; [] when all is well."""
    found = []
    if tx.health_mails_stuck(before=now - stuck) is not None:
        found.append("mails wait to be read")
    if tx.health_letters_stuck(before=now - stuck) is not None:
        found.append("letters wait to be sent")
    mailboxes = (row["value"].rpartition(" ") for row in tx.health_imap(prefix=IMAP))
    noticed = stuck - min(UNNOTICED, stuck // 2)
    if any(state not in WELL and int(since) <= now - noticed for state, _, since in mailboxes):
        found.append("a mailbox cannot be read")
    return found


def imap_state(tx: Tx, account: str, state: str, now: int) -> None:
    """Remember what a mailbox's reader does since when."""
    tx.setting_put(key=IMAP + account, value=f"{state} {now}")


def forget_imap(tx: Tx) -> None:
    """Forget all mailboxes: those that are read tell of themselves."""
    tx.health_imap_forget(prefix=IMAP)


def figures(tx: Tx, now: int) -> dict[str, Any]:
    """Ages in seconds of what waits longest, mailboxes, bounces of a week, and reasons of a day."""
    week = tx.health_week(since=now - 7 * DAY)
    return {
        "oldest_mail_seconds": _age(tx.health_mails_age()["first"], now),
        "oldest_letter_seconds": _age(tx.health_letters_age(now=now)["first"], now),
        "letters_last_7_days": week["letters"],
        "bounces_last_7_days": week["bounces"],
        "bounce_rate": round(week["bounces"] / week["letters"], 4) if week["letters"] else 0.0,
        "imap": [_mailbox(row, now) for row in tx.health_imap(prefix=IMAP)],
        "reasons": [dict(row) for row in tx.health_reasons(since=now - DAY)],
    }


def _age(first: int | None, now: int) -> int:
    return max(0, now - first) // 1_000_000 if first is not None else 0


def _mailbox(row: Any, now: int) -> dict[str, Any]:
    account = row["key"].removeprefix(IMAP)
    state, _, since = row["value"].rpartition(" ")
    return {
        "account": account,
        "state": state,
        "for_seconds": _age(int(since), now),
        "last_mail_seconds": _age(row["last"], now) if row["last"] is not None else None,
    }
