"""What the web pages read: lists, threads, posts and people, of public lists only.

Each function takes the read transaction of one request. Texts and names come as stored: hiding addresses in them is
the work of the page that shows them. A list for members gives None, as if it were not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..posting.mentions import Named
from ..posting.private import Masking
from . import blobs
from .database import Tx

OPENING = 2_100
"""How many characters of a post are read for a line that says what it is about."""
WHOLE = 2**30


@dataclass(frozen=True, slots=True)
class ListOverview:
    """A list with its figures; `last_date` in microseconds UTC, None while it has no post."""

    id: int
    name: str
    address: str
    title: str
    description: str
    threads: int
    posts: int
    people: int
    last_date: int | None
    masking: Masking


@dataclass(frozen=True, slots=True)
class ThreadOverview:
    """A thread in its list; `names` are those who spoke first, in that order, and how many people there are in all."""

    id: int
    title: str
    first_date: int
    last_date: int
    posts: int
    people: int
    last_name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreadHead:
    """A thread, and the list that it stands in."""

    id: int
    title: str
    first_date: int
    last_date: int
    posts: int
    list_name: str
    list_title: str
    list_address: str
    masking: Masking


@dataclass(frozen=True, slots=True)
class Outline:
    """The posts of a thread by date, and beside each the number of the post that it answers, or None."""

    posts: list[int]
    parents: list[int | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A post without its text."""

    id: int
    parent_id: int | None
    author_id: int
    author: str
    credit: str
    guest: bool
    date: int


@dataclass(frozen=True, slots=True)
class FoldedPart:
    """A folded part; its text is empty where only its kind was asked for."""

    kind: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class StoredAttachment:
    """An attachment without its bytes; `folded` ones belong to a folded part, such as a signature's logo."""

    id: int
    name: str
    type: str
    size: int
    inline: bool
    folded: bool
    drawn: str = ""
    """What became of a picture: a state of `thumbnails`, of the size below; empty for what is none."""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """A post with all that it holds; `copied` are (name, address) pairs, names may be empty."""

    entry: Entry
    text: str
    html: str
    folded: tuple[FoldedPart, ...]
    attachments: tuple[StoredAttachment, ...]
    copied: tuple[tuple[str, str], ...]
    waiting: bool
    """It answers a mail that has not arrived."""
    masking: Masking
    mentioned: tuple[Named, ...] = ()
    """Whom it mentions, where they have a page."""
    quoted: tuple[tuple[int, str], ...] = ()
    """(number, author) of the posts of its thread whose words stand quoted in it."""


@dataclass(frozen=True, slots=True)
class PersonOverview:
    """Somebody who wrote in public lists."""

    id: int
    name: str
    member: bool
    posts: int
    first_date: int
    last_date: int


@dataclass(frozen=True, slots=True)
class Found:
    """A post outside its thread: on a person's page or among what a search found."""

    id: int
    author_id: int
    author: str
    credit: str
    guest: bool
    date: int
    text: str
    thread_id: int
    title: str
    list_name: str
    list_title: str
    masking: Masking


@dataclass(frozen=True, slots=True)
class Latest:
    """A post as a feed tells it."""

    id: int
    author: str
    credit: str
    guest: bool
    date: int
    html: str
    parent_id: int | None
    title: str
    list_name: str
    masking: Masking


def lists(tx: Tx) -> list[ListOverview]:
    """All public lists, the most lively first."""
    # By place: by name a row is read five times as slowly, and there may be hundreds.
    return [ListOverview(*row) for row in tx.archive_lists()]


def list_named(tx: Tx, name: str) -> ListOverview | None:
    """The public list of that name."""
    row = tx.archive_list(name=name)
    return ListOverview(**row) if row else None


def threads(tx: Tx, list_id: int, *, size: int, skip: int) -> list[ThreadOverview]:
    """The threads of a list, that with the latest post first."""
    rows = tx.archive_threads(list_id=list_id, size=size, skip=skip)
    return [_overview(*row) for row in rows]


def thread(tx: Tx, thread_id: int) -> ThreadHead | None:
    """The thread of that number, in a public list."""
    row = tx.archive_thread(id=thread_id)
    return ThreadHead(**row) if row else None


def outline(tx: Tx, thread_id: int) -> Outline:
    """Every post of a thread, by number alone: of thousands a page shows a hundred."""
    row = tx.archive_outline(thread_id=thread_id)
    return Outline(json.loads(row["posts"]), json.loads(row["parents"]))


def people(tx: Tx, thread_id: int) -> int:
    """How many people wrote in a thread."""
    return int(tx.archive_people(thread_id=thread_id)["people"])


def entries(tx: Tx, post_ids: Iterable[int]) -> dict[int, Entry]:
    """These posts without their texts, by number."""
    return {row["id"]: _entry(row) for row in tx.archive_entries(ids=_ids(post_ids))}


def answers(tx: Tx, post_ids: Iterable[int]) -> dict[int, list[Entry]]:
    """The answers to each of these posts in its thread, by date."""
    found: dict[int, list[Entry]] = {}
    for row in tx.archive_answers(ids=_ids(post_ids)):
        found.setdefault(row["parent_id"], []).append(_entry(row))
    return found


def bodies(tx: Tx, post_ids: Iterable[int], *, whole: bool = False) -> dict[int, Body]:
    """What these posts hold, by number; of folded parts only the kind, unless `whole`."""
    ids = _ids(post_ids)
    folded = _by(tx.archive_folded(ids=ids, size=WHOLE if whole else 0), "post_id")
    attachments = _by(tx.archive_attachments(ids=ids), "post_id")
    copied = _by(tx.archive_copied(ids=ids), "post_id")
    quoted = _by(tx.archive_quoted(ids=ids), "post_id")
    waiting = {row["post_id"] for row in tx.archive_waiting(ids=ids)}
    mentioned = _by(tx.mention_shown(ids=ids), "post_id")
    return {
        row["id"]: Body(
            entry=_entry(row[:7]),
            text=row["text"],
            html=row["html"],
            folded=tuple(FoldedPart(r["kind"], r["reason"], r["text"]) for r in folded.get(row["id"], [])),
            attachments=tuple(_attachment(r) for r in attachments.get(row["id"], [])),
            copied=tuple((r["name"], r["address"]) for r in copied.get(row["id"], [])),
            waiting=row["id"] in waiting,
            masking=row["masking"],
            mentioned=tuple(
                Named(r["id"], r["name"], tuple((r["handles"] or "").split()))
                for r in mentioned.get(row["id"], [])
            ),
            quoted=tuple((r["id"], r["author"]) for r in quoted.get(row["id"], [])),
        )
        for row in tx.archive_posts(ids=ids)
    }


class Opening(NamedTuple):
    """The first OPENING characters of a post's Markdown, and how they are masked."""

    text: str
    masking: Masking


def openings(tx: Tx, post_ids: Iterable[int]) -> dict[int, Opening]:
    """How these posts begin, by number."""
    return {
        row["id"]: Opening(row["text"], row["masking"])
        for row in tx.archive_openings(ids=_ids(post_ids), size=OPENING)
    }


def place(tx: Tx, post_id: int) -> tuple[str, int] | None:
    """The list's name and the thread's number of a post in a public list."""
    row = tx.archive_place(id=post_id)
    return (row["list_name"], row["thread_id"]) if row else None


def attachment(tx: Tx, attachment_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of an attachment in a public list; None also where its bytes are no longer kept."""
    row = tx.archive_attachment(id=attachment_id)
    content = blobs.get(tx, row["sha256"]) if row else None
    return None if row is None or content is None else (row["name"], content)


def person(tx: Tx, person_id: int) -> PersonOverview | None:
    """Somebody who wrote in a public list; who did not is not told of."""
    row = tx.archive_person(id=person_id)
    return PersonOverview(**{**row, "member": bool(row["member"])}) if row else None


def person_posts(tx: Tx, person_id: int, *, size: int, skip: int) -> list[Found]:
    """What somebody wrote, newest first; texts cut at 2,100 characters."""
    return [found(row) for row in tx.archive_person_posts(person_id=person_id, size=size, skip=skip)]


def latest(tx: Tx, list_id: int | None, *, size: int) -> list[Latest]:
    """The newest posts of one list, or of all."""
    rows = (
        tx.archive_latest(size=size) if list_id is None else tx.archive_latest_of(list_id=list_id, size=size)
    )
    return [Latest(**{**row, "guest": bool(row["guest"])}) for row in rows]


def found(row: Any) -> Found:
    """A row of posts outside their threads, as a value."""
    return Found(**{**row, "guest": bool(row["guest"])})


def _ids(numbers: Iterable[int]) -> str:
    return json.dumps(list(numbers))


def _by(rows: Iterable[Any], column: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def _overview(*row: Any) -> ThreadOverview:
    number, title, first, last, posts, authors, people, last_name = row
    wrote: list[tuple[int, str]] = json.loads(authors)
    names = tuple(dict.fromkeys(name for _, name in wrote))
    if people is None:
        people, last_name = len({author for author, _ in wrote}), wrote[-1][1]
    return ThreadOverview(number, title, first, last, posts, people, last_name, names)


def _entry(row: Any) -> Entry:
    post, parent, author_id, author, credit, guest, date = row
    return Entry(post, parent, author_id, author, credit, bool(guest), date)


def _attachment(row: Any) -> StoredAttachment:
    return StoredAttachment(
        row["id"], row["name"], row["type"], row["size"], bool(row["inline"]), bool(row["folded"]),
        row["drawn"], row["width"], row["height"],
    )  # fmt: skip
