"""What an operator asks the database: the ledger, a mail's story, the queue, figures, and whole exports.

Everything is read in steps of `STEP` rows, each in a snapshot of its own, so that a large export neither fills the
memory nor holds the database. Dates are given as ISO 8601 in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from . import alarms, ledger
from .database import Store, Tx

STEP = 500
DAY = 86_400 * 1_000_000
Row = dict[str, Any]


def iso(microseconds: int | None) -> str | None:
    """A time as in `2024-05-01T10:00:00Z`; None stays None."""
    if microseconds is None:
        return None
    return datetime.fromtimestamp(microseconds // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _steps(store: Store, query: Callable[[Tx, int], list[Row]]) -> Iterator[Row]:
    after = 0
    while rows := store.read(partial(_call, query, after)):
        after = rows[-1]["id"]
        yield from rows


def _call(query: Callable[[Tx, int], list[Row]], after: int, tx: Tx) -> list[Row]:
    return query(tx, after)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which posts an export is about: of one list, of one thread (0: all)."""

    list: str = ""
    thread: int = 0


def mails(store: Store, outcome: str = "", last: int = 0) -> Iterator[Row]:
    """The ledger, oldest first: a line a mail, with the keys of the contract; `last` 0 gives all of it."""
    begin = 0
    if last:
        first = store.read(lambda tx: tx.report_ledger_last(outcome=outcome, n=last)["first"])
        begin = (first or 1) - 1

    def step(tx: Tx, after: int) -> list[Row]:
        rows = tx.report_ledger(after=max(after, begin), outcome=outcome, n=STEP)
        return [_mail(row) for row in rows]

    return _steps(store, step)


def _mail(row: Any) -> Row:
    return {
        "id": row["id"],
        "received": iso(row["received"]),
        "via": row["via"],
        "sender": row["sender"],
        "recipients": json.loads(row["recipients"]),
        "message_id": row["message_id"],
        "outcome": row["outcome"],
        "reason": row["reason"],
        "posts": json.loads(row["posts"]),
        "ms": row["ms"],
    }


def held(store: Store, of_list: str = "") -> Iterator[Row]:
    """The mails that wait for a moderator, as `mails` gives them, with subject and the lists that hold them."""
    for row in mails(store, "held"):
        why = list(store.read(partial(_waits, row["id"])))
        names = [one["list"] for one in why]
        if not of_list or of_list in names:
            yield {**row, "lists": names, "subject": why[0]["subject"] if why else ""}


def _waits(ledger_id: int, tx: Tx) -> list[Row]:
    return [dict(row) for row in tx.held_lists(ledger_id=ledger_id)]


def posts(store: Store, choice: Choice, *, addresses: bool = False) -> Iterator[Row]:
    """Every post, with the keys of the contract; `address` only where asked for."""

    def step(tx: Tx, after: int) -> list[Row]:
        rows = tx.report_export(after=after, list=choice.list, thread=choice.thread, n=STEP)
        return [{**_post(tx, row, addresses), "id": row["id"]} for row in rows]

    for row in _steps(store, step):
        del row["id"]
        yield row


def count(store: Store, choice: Choice) -> int:
    """How many posts an export has."""
    return int(store.read(lambda tx: tx.report_export_size(list=choice.list, thread=choice.thread)["n"]))


def _post(tx: Tx, row: Any, addresses: bool) -> Row:
    return {
        "list": row["list"],
        "thread": row["thread_id"],
        "title": row["title"],
        "post": row["id"],
        "parent": row["parent_id"],
        "author": row["author"],
        **({"address": row["address"]} if addresses else {}),
        "credit": row["credit"] or None,
        "guest": bool(row["guest"]),
        "date": iso(row["date"]),
        "message_id": row["message_id"],
        "origin": row["origin"],
        "text": row["text"],
        "html": row["html"],
        "attachments": _attachments(tx, row["id"]),
        "folded": [
            {"kind": part["kind"], "text": part["text"]}
            for part in tx.report_parts(post_id=row["id"])
            if part["folded"]
        ],
    }


def _attachments(tx: Tx, post_id: int) -> list[Row]:
    """What its author attached: the logo of a folded signature is none of it."""
    keys = ("name", "type", "size", "sha256")
    return [
        {**{key: row[key] for key in keys}, "inline": bool(row["inline"])}
        for row in tx.report_attachments(post_id=post_id)
        if not row["folded"]
    ]


def people(store: Store) -> Iterator[Row]:
    """Every member with addresses, handles, lists, hours; `mode` of all his lists, joined by `;` where they differ."""

    def step(tx: Tx, after: int) -> list[Row]:
        return [_person(tx, row) for row in tx.report_people(after=after, n=STEP)]

    return _steps(store, step)


def _person(tx: Tx, row: Any) -> Row:
    subscriptions = list(tx.report_subscriptions(person_id=row["id"]))
    modes = [one["mode"] for one in subscriptions]
    wanted = tx.preferences_get(person_id=row["id"])
    return {
        "id": row["id"],
        "address": [one["address"] for one in tx.person_addresses(id=row["id"])],
        "name": row["name"],
        "handles": [one["handle"] for one in tx.person_handles(id=row["id"])],
        "lists": [one["name"] for one in subscriptions],
        "mode": (";".join(modes) if len(set(modes)) > 1 else modes[0]) if modes else "none",
        **{key: wanted[key] for key in ("timezone", "hour", "weekday", "quiet_from", "quiet_to")},
        "away_until": iso(wanted["away_until"]),
        "own_posts": bool(wanted["own_posts"]),
    }


def letters(store: Store, choice: Choice) -> Iterator[Row]:
    """Every post as an mbox needs it: the columns of `report_export`, with the attachments' digests."""

    def step(tx: Tx, after: int) -> list[Row]:
        rows = tx.report_export(after=after, list=choice.list, thread=choice.thread, n=STEP)
        return [{**dict(row), "attachments": _attachments(tx, row["id"])} for row in rows]

    return _steps(store, step)


def raws(store: Store, choice: Choice) -> Iterator[int]:
    """The ledger ids of all mails whose raw form is kept."""

    def step(tx: Tx, after: int) -> list[Row]:
        rows = tx.report_raws(after=after, list=choice.list, thread=choice.thread, n=STEP)
        return [dict(row) for row in rows]

    return (row["id"] for row in _steps(store, step))


def queue(store: Store, state: str = "", n: int = 1000) -> list[Row]:
    """Letters in a state; without one, those that wait and those that failed."""

    def rows(tx: Tx) -> list[Row]:
        return [_dated(row, "due", "created", "updated") for row in tx.report_queue(state=state, n=n)]

    return store.read(rows)


def _dated(row: Any, *keys: str) -> Row:
    return {**dict(row), **{key: iso(row[key]) for key in keys}}


def story(store: Store, key: str) -> list[Row]:
    """The whole story of a mail by Message-ID or ledger id: one entry for each time that it came, or left."""
    return store.read(partial(_story, key=key.strip().removeprefix("<").removesuffix(">")))


def unread(store: Store, n: int = 1000) -> Iterator[tuple[int, bytes]]:
    """The ids of the last `n` mails that wait and that nobody has read yet, with each as it came."""
    for ledger_id in store.read(lambda tx: [row["id"] for row in tx.report_unread(n=n)]):
        yield ledger_id, store.read(partial(ledger.raw, ledger_id=ledger_id)) or b""


def _story(tx: Tx, key: str) -> list[Row]:
    if key.isascii() and key.isdecimal():
        return [_told(tx, int(key))] if len(key) < 19 and tx.ledger_get(id=int(key)) else []
    told = [_told(tx, row["id"]) for row in tx.report_mails_of(message_id=key)]
    known = {post["post"] for entry in told for post in entry["posts"]}
    ids = [row["id"] for row in tx.report_posts_of(message_id=key)]
    told += [{"posts": [_posted(tx, post_id)]} for post_id in ids if post_id not in known]
    for row in tx.report_notices_by(message_id=key):
        told.append(
            {"posts": [], "notice": _dated(tx.report_notice(id=row["id"]), "due", "created", "updated")}
        )
    return told


def _told(tx: Tx, ledger_id: int) -> Row:
    row = tx.ledger_get(id=ledger_id)
    return {
        "id": row["id"],
        "received": iso(row["received"]),
        "via": row["via"],
        "account": row["account"],
        "sender": row["sender"],
        "recipients": json.loads(row["recipients"]),
        "size": row["size"],
        "message_id": row["message_id"],
        "author": row["author"],
        "outcome": row["outcome"],
        "code": row["code"],
        "reason": row["reason"],
        "tries": row["tries"],
        "released": bool(row["released"]),
        "decided": _decided(tx, ledger_id),
        "ended": iso(row["ended"]),
        "ms": row["ms"],
        "raw_kept": row["raw"] is not None,
        "posts": [_posted(tx, post["id"]) for post in tx.report_posts_from(ledger_id=ledger_id)],
        "notices": [_dated(n, "due", "created", "updated") for n in tx.report_notices(ledger_id=ledger_id)],
    }


def _decided(tx: Tx, ledger_id: int) -> Row | None:
    """What a moderator decided on a mail."""
    row = tx.decision_get(ledger_id=ledger_id)
    return {"verdict": row["verdict"], "by": row["name"], "at": iso(row["at"])} if row else None


def _posted(tx: Tx, post_id: int) -> Row:
    row = tx.report_post(id=post_id)
    keys = (
        "list",
        "title",
        "author",
        "parent_author",
        "credit",
        "subject",
        "message_id",
        "origin",
        "placed_by",
        "text",
    )
    return {
        "post": row["id"],
        "thread": row["thread_id"],
        "parent": row["parent_id"],
        **{key: row[key] for key in keys},
        "guest": bool(row["guest"]),
        "date": iso(row["date"]),
        "parts": [
            {**dict(part), "folded": bool(part["folded"])} for part in tx.report_parts(post_id=post_id)
        ],
        "answered_by": [one["id"] for one in tx.report_answers(post_id=post_id)],
        "attachments": _attachments(tx, post_id),
        "copied": [dict(one) for one in tx.report_copied(post_id=post_id)],
        "deliveries": [
            _dated(one, "due", "created", "updated") for one in tx.report_deliveries(post_id=post_id)
        ],
    }


def stats(store: Store, now: int) -> Row:
    """Figures of the installation."""

    def figures(tx: Tx) -> Row:
        return {
            "lists": [_dated(row, "last_post") for row in tx.report_lists()],
            "mails": [dict(row) for row in tx.report_outcomes(since=now - DAY)],
            "letters": [_dated(row, "next") for row in tx.report_states()],
            **dict(tx.report_sizes()),
            **alarms.figures(tx, now),
        }

    return store.read(figures)
