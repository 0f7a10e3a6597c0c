"""What the database knows of a person, removed; what he wrote stays under no name, or goes as well.

`forget` is one transaction: from its commit on no page, letter or export tells of him. What has no name in any row,
but still lies in raw mails of others, in free pages and in the log of the database, goes with `mailroom.forget.sweep`.

Not removed: his first name where others greet him, what they say of him in their own words, Message-IDs without his
address, and letters that have been sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..posting.threads import clean_subject, subject_key
from . import people
from .database import Tx

NOBODY = "A former member"
REMOVED = "removed"
"""What stands in a text where his address stood."""
SETTING = "forgetting"

ADDRESS_TEXTS = (
    ("post", "text"), ("post", "html"), ("post", "subject"), ("post", "author"), ("post", "credit"),
    ("post", "message_id"), ("thread", "title"), ("thread", "subject_key"), ("part", "text"), ("part", "reason"),
    ("attachment", "name"), ("attachment", "content_id"), ("copied", "name"), ("known_id", "message_id"),
    ("post_reference", "message_id"), ("ledger", "message_id"), ("ledger", "reason"), ("ledger", "recipients"),
    ("notice", "subject"), ("notice", "text"), ("notice", "reply_to"), ("notice", "message_id"),
    ("notice", "in_reply_to"), ("delivery", "answer"), ("bounce", "answer"), ("held", "text"), ("held", "subject"),
    ("held", "reason"), ("held", "name"), ("decision", "name"), ("person", "name"), ("tail", "owner"),
)  # fmt: skip
"""Every text of others that may hold an address; which columns there are is tested."""
NAME_TEXTS = (
    ("notice", "subject"),
    ("notice", "text"),
    ("held", "text"),
    ("held", "reason"),
    ("ledger", "reason"),
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was removed."""

    name: str
    addresses: tuple[str, ...]
    posts: int
    mails: int


def forget(tx: Tx, person_id: int, *, delete_posts: bool, now: int) -> Forgotten | None:
    """Remove a person; None where there is none of that number, or none any more."""
    person = people.get(tx, person_id)
    ids = [row["id"] for row in tx.forget_people(id=person_id)]
    those = json.dumps(ids)
    addresses = [row["address"] for row in tx.forget_addresses(people=those)]
    if person is None or not addresses:
        return None
    known = json.dumps(addresses)
    mails = [row["id"] for row in tx.forget_mails(people=those, addresses=known)]
    threads = [row["thread_id"] for row in tx.forget_threads(people=those)]
    _letters(tx, those, known, json.dumps(mails), now)
    _choices(tx, those, known)
    tx.forget_held(mails=json.dumps(mails))
    if delete_posts:
        _posts(tx, those, threads, now)
    _names(tx, those, person.name, person.handles, threads)
    tx.forget_ledger(mails=json.dumps(mails), now=now)
    tx.forget_address(people=those)
    tx.forget_person(people=those, name=NOBODY)
    for address in addresses:
        scrub(tx, ADDRESS_TEXTS, address, REMOVED)
        scrub(tx, ADDRESS_TEXTS, address.replace("@", "%40"), REMOVED)
    tx.blob_sweep()
    _remember(tx, addresses)
    posts = tx.connection.execute(
        "select count(*) from post where author_id in (select value from json_each(?))", [those]
    ).fetchone()[0]
    return Forgotten(person.name, tuple(addresses), posts, len(mails))


def _letters(tx: Tx, those: str, known: str, mails: str, now: int) -> None:
    tx.forget_digest_letters(people=those)
    tx.forget_letters(people=those, addresses=known)
    tx.forget_digests(people=those)
    tx.forget_notices(addresses=known)
    tx.forget_told(mails=mails, now=now)
    tx.forget_told_words(mails=mails)
    tx.forget_bounces(people=those, addresses=known)


def _choices(tx: Tx, those: str, known: str) -> None:
    tx.forget_claims(people=those, addresses=known)
    for drop in (
        tx.forget_subscriptions, tx.forget_choices, tx.forget_mutes, tx.forget_guests, tx.forget_mentions,
        tx.forget_moderators, tx.forget_handles,
    ):  # fmt: skip
        drop(people=those)
    tx.forget_copied(addresses=known)
    tx.forget_tails(addresses=known)


def _posts(tx: Tx, those: str, threads: list[int], now: int) -> None:
    """Take the words out of his posts, whose places stay for what hangs below them, and out of what quotes them."""
    tx.remove_posts(people=those)
    for remove in (tx.remove_parts, tx.remove_attachments, tx.remove_copied, tx.remove_mentions):
        remove(people=those)
    tx.remove_letters(people=those, now=now)
    tx.remove_quotes(threads=json.dumps(threads))
    tx.remove_raws(threads=json.dumps(threads))
    for thread_id in threads:
        row = tx.remove_title(thread_id=thread_id)
        title = clean_subject(row["subject"]) if row else ""
        tx.thread_name(id=thread_id, title=title or "(removed)", subject_key=subject_key(title))


def _names(tx: Tx, those: str, name: str, handles: Iterable[str], threads: list[int]) -> None:
    """His name where it stands by itself, in letters, and in what is folded; his handles where they call him."""
    tx.forget_author(people=those, name=NOBODY)
    tx.forget_folded(people=those)
    tx.forget_logos(people=those)
    tx.forget_decisions(name=name)
    if " " in name.strip():  # one name alone is many people's
        tx.forget_credit(credit=name, name=NOBODY)
        scrub(tx, NAME_TEXTS, name, NOBODY)
        scrub(tx, (("part", "text"),), name, NOBODY, "folded = 1")
        own = f"author_id in ({','.join(str(int(each)) for each in json.loads(those))})"
        scrub(tx, (("post", "text"), ("post", "html")), name, NOBODY, own)
        scrub(tx, (("copied", "name"),), name, NOBODY)
    for handle in handles:
        scrub(tx, (("post", "text"), ("post", "html"), ("part", "text")), f"@{handle}", NOBODY)


def scrub(tx: Tx, columns: Iterable[tuple[str, str]], word: str, instead: str, where: str = "true") -> None:
    """Put `instead` for a word, in any case, in these columns; tables and conditions are this module's own."""
    pattern = re.compile(rf"(?<![\w@]){re.escape(word)}(?!\w)", re.IGNORECASE)
    loose = re.compile(re.escape(word), re.IGNORECASE)
    pattern = loose if "@" in word[1:] or "%40" in word else pattern
    for table, column in columns:
        rows = tx.connection.execute(
            f"select distinct {column} from {table} where instr(lower({column}), lower(?)) and {where}",  # noqa: S608
            [word],
        ).fetchall()
        for (text,) in rows:
            tx.connection.execute(
                f"update or replace {table} set {column} = ? where {column} = ? and {where}",  # noqa: S608
                [pattern.sub(lambda _: instead, text), text],
            )


def _remember(tx: Tx, addresses: Iterable[str]) -> None:
    """Note what `sweep` is to look for; it forgets this as well."""
    tx.setting_put(key=SETTING, value=json.dumps(sorted({*forgetting(tx), *addresses})))


def forgetting(tx: Tx) -> tuple[str, ...]:
    """Addresses of which something may still lie in raw mails, last letters and free pages."""
    row = tx.setting_get(key=SETTING)
    return tuple(json.loads(row["value"])) if row else ()
