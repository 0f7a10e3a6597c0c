"""What the stories share: mails with what should become of them, ways to feed them, and the checks afterwards."""

from __future__ import annotations

import json
import random
import re
import smtplib
import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from html import unescape
from pathlib import Path
from typing import Any

from tests.servers import Daemon, Dovecot, Postfix, Sent, Sink, crlf, wait_for

LIST = "forum@bridge.test"
ORDERS = ("by-date", "reversed", "shuffled")
SIGN_OFF = re.compile(
    r"(?:best wishes|(?:kind |warm |best )?regards|cheers|thanks|all the best|yours)[,.!]?", re.I
)


@dataclass(frozen=True)
class Told:
    """A mail, and what a bridge should make of it; `parent` is a Message-ID, as the ledger shows it."""

    raw: bytes
    message_id: str
    author: str
    address: str
    parent: str | None
    kind: str
    credit: str | None
    text: str
    must_not: tuple[str, ...]

    @property
    def posted(self) -> bool:
        """Is it to become a post?"""
        return self.kind != "quote-only"

    @property
    def addressed(self) -> frozenset[str]:
        """Every address of its To and Cc."""
        mail = message_from_bytes(self.raw, policy=default)
        fields = [mail[name] for name in ("To", "Cc") if mail[name]]
        return frozenset(one.addr_spec.lower() for field in fields for one in field.addresses)


def load(folder: Path) -> list[Told]:
    """The mails of a folder that holds `expected.json`, in the order of their dates."""
    rows: list[dict[str, Any]] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    ids = {row["file"]: row["message_id"].strip("<>") for row in rows}
    return [
        Told(
            raw=(folder / row["file"]).read_bytes(),
            message_id=ids[row["file"]],
            author=row["author"],
            address=row["address"],
            parent=ids[row["parent"]] if row["parent"] else None,
            kind=row["kind"],
            credit=row["credit"],
            text=row["text"],
            must_not=tuple(row["must_not"]),
        )
        for row in rows
    ]


def members(mails: Iterable[Told]) -> dict[str, str]:
    """Address and name of everyone who is no guest."""
    guests = {mail.address for mail in mails if mail.kind == "guest-post"}
    return {mail.address: mail.author for mail in mails if mail.address not in guests}


def subscribe(daemon: Daemon, people: dict[str, str], mode: str = "each") -> None:
    """Let people in by `people import`, as an operator does."""
    daemon.people((address, name, "", LIST, mode) for address, name in people.items())


def ordered(mails: Sequence[Told], order: str) -> list[Told]:
    """The mails in the order of their dates, reversed, or shuffled (the same way each time)."""
    found = list(mails)
    if order == "reversed":
        found.reverse()
    elif order == "shuffled":
        random.Random(1844).shuffle(found)
    return found


# ---- three ways in


def by_smtp(mails: Sequence[Told], host: str, port: int) -> None:
    """Hand the mails to an SMTP server in one session; each must be taken."""
    with smtplib.SMTP(host, port, local_hostname="mx.members.test", timeout=30) as door:
        for mail in mails:
            assert door.sendmail(mail.address, [LIST], crlf(mail.raw)) == {}


def by_postfix(mails: Sequence[Told], postfix: Postfix) -> None:
    """Hand the mails to Postfix, and wait until its queue is empty."""
    by_smtp(mails, postfix.host, postfix.port)
    wait_for(lambda: not postfix.queue(), 40, "an empty queue of Postfix")


def by_imap(mails: Sequence[Told], dovecot: Dovecot, user: str) -> None:
    """Put the mails into a mailbox that the bridge reads."""
    dovecot.append(user, *(mail.raw for mail in mails))


# ---- waiting


def settle(daemon: Daemon, mails: int, seconds: float = 60) -> None:
    """Wait until `mails` mails have come in and none waits, nor any letter."""
    database = find_database(daemon)

    def quiet() -> bool:
        kept, waiting = query(database, "select count(*), coalesce(sum(outcome = 'waiting'), 0) from ledger")[
            0
        ]
        letters = query(database, "select count(*) from delivery where state = 'waiting'")[0][0]
        return bool(kept >= mails and not waiting and not letters)

    try:
        wait_for(quiet, seconds, "a quiet bridge")
    except AssertionError as error:
        outcomes = query(database, "select outcome, code, reason, count(*) from ledger group by 1, 2, 3")
        states = query(database, "select state, answer, count(*) from delivery group by 1, 2")
        raise AssertionError(f"not quiet: {outcomes}\n{states}\n{daemon.log()}") from error


def find_database(daemon: Daemon) -> Path:
    """The file of the daemon's database."""
    found = [
        path for path in (daemon.path / "data").iterdir() if path.suffix in (".db", ".sqlite", ".sqlite3")
    ]
    assert len(found) == 1, found
    return found[0]


def query(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """Ask the database from outside, read-only."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


# ---- checks


def own_words(text: str, author: str) -> str:
    """A text with white space folded and empty quoted lines gone, without a sign-off or bare name at its end."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip(" >\t")]
    names = {author.lower(), author.split()[0].lower()}
    while lines and (SIGN_OFF.fullmatch(lines[-1]) or lines[-1].lower().strip(" ,.") in names):
        lines.pop()
    return " ".join(lines)


def check_posts(posts: list[dict[str, Any]], mails: Sequence[Told]) -> None:
    """Every mail that should be a post is one, once, as expected; and there is no other."""
    by_id = {post["message_id"].strip("<>"): post for post in posts}
    assert len(by_id) == len(posts)
    assert set(by_id) == {mail.message_id for mail in mails if mail.posted}
    numbers = {post["post"]: message_id for message_id, post in by_id.items()}
    assert len({post["thread"] for post in posts}) == 1, "one thread"
    faults = []
    for mail in mails:
        if not mail.posted:
            continue
        post = by_id[mail.message_id]
        pairs = {
            "author": (post["author"], mail.author),
            "address": (post["address"], mail.address),
            "parent": (numbers.get(post["parent"]), mail.parent),
            "credit": (post["credit"] or None, mail.credit),
            "guest": (bool(post["guest"]), mail.kind == "guest-post"),
            "text": (own_words(post["text"], mail.author), own_words(mail.text, mail.author)),
            "pictures": (len(post["attachments"]), int(mail.kind == "image-only")),
        }
        faults += [
            f"{mail.message_id} {key}: {is_!r} for {should!r}"
            for key, (is_, should) in pairs.items()
            if is_ != should
        ]
        shown = f"{post['text']}\n{_plain(post['html'])}"
        faults += [f"{mail.message_id} shows {bad!r}" for bad in mail.must_not if bad in shown]
    assert not faults, "\n".join(faults)


def check_ledger(rows: list[dict[str, Any]], mails: Sequence[Told]) -> None:
    """Every mail has its one outcome, with a reason where it is no post."""
    assert Counter(row["message_id"].strip("<>") for row in rows) == Counter(
        mail.message_id for mail in mails
    )
    outcomes = {row["message_id"].strip("<>"): row for row in rows}
    for mail in mails:
        row = outcomes[mail.message_id]
        if mail.posted:
            assert (row["outcome"], len(row["posts"])) == ("posted", 1), row
        else:
            assert row["outcome"] in ("refused", "ignored"), row
            assert row["reason"]
            assert not row["posts"]


def check_letters(sent: Sequence[Sent], mails: Sequence[Told], people: dict[str, str]) -> None:
    """Everyone has each post once, but for his own and what he was sent anyway; one notice for each mere quote."""
    letters: Counter[tuple[str, str]] = Counter()
    notices: Counter[str] = Counter()
    known = {mail.message_id: mail for mail in mails}
    for copy in sent:
        assert len(copy.recipients) == 1
        message_id = header(copy.content, "Message-ID").strip("<>")
        if message_id in known:
            letters[message_id, copy.recipients[0]] += 1
        else:
            notices[copy.recipients[0]] += 1
    due = Counter(
        (mail.message_id, address)
        for mail in mails
        if mail.posted
        for address in people
        if address != mail.address and address not in mail.addressed
    )
    told = check_guests(letters, notices, people)
    assert told == due, f"missing {due - told}, too many {told - due}"
    assert {who: n for who, n in notices.items() if who in people} == Counter(
        mail.address for mail in mails if not mail.posted
    )
    banned = set.intersection(*(set(mail.must_not) for mail in mails))
    for copy in sent:
        shown = text_of(copy.content)
        assert not [bad for bad in banned if bad in shown], shown


def check_guests(
    letters: Counter[tuple[str, str]], notices: Counter[str], people: Container[str]
) -> Counter[tuple[str, str]]:
    """Who is no member has one note at most, and each post at most once; gives what members got."""
    assert all(n == 1 for who, n in notices.items() if who not in people), notices
    assert all(n == 1 for (_, who), n in letters.items() if who not in people), letters
    return Counter({(post, who): n for (post, who), n in letters.items() if who in people})


def check_pages(daemon: Daemon, mails: Sequence[Told]) -> None:
    """Crawl the page: no address anywhere, nothing that is folded shows, and all posts are there."""
    pages = crawl(daemon)
    everything = "\n".join(pages.values())
    for address in {mail.address for mail in mails}:
        assert address not in everything
    assert not re.search(r"(?:reply|bounce|unsubscribe|confirm)\+[a-z2-7]{20}", everything)
    banned = set.intersection(*(set(mail.must_not) for mail in mails))
    for path, page in pages.items():
        if not path.endswith("/whole"):  # where a post's folded parts may be read
            assert not [bad for bad in banned if bad in _plain(page) or bad in page], path
    assert "07882" not in everything, "a telephone number in what is folded"


def crawl(daemon: Daemon, most: int = 120) -> dict[str, str]:
    """Every page that can be reached by links from the first one, with its text; each must answer 200."""
    waiting, pages = ["/"], dict[str, str]()
    while waiting and len(pages) < most:
        path = waiting.pop(0)
        if path in pages:
            continue
        status, text = daemon.get(path)
        assert status == 200, f"{path}: {status}"
        pages[path] = text
        found = re.findall(r"(?:href|src)=\"([^\"#]+)", text)
        root = f"http://{daemon.host}:{daemon.web}"
        local = (unescape(link).removeprefix(root) for link in found)
        waiting += [link for link in local if link.startswith("/") and not link.startswith(("//", "/static"))]
    return pages


def header(raw: bytes, name: str) -> str:
    """A header of a mail, unfolded; empty where it is absent."""
    value = BytesHeaderParser(policy=default).parsebytes(raw)[name]
    return "" if value is None else str(value).strip()


def text_of(raw: bytes) -> str:
    """Subject, text and html of a mail, decoded."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    texts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(mail["Subject"]), *texts, *(_plain(text) for text in texts)])


def sent_to(sink: Sink, address: str, message_id: str) -> bytes:
    """The one letter with that Message-ID that came for an address."""
    found = [
        mail.content
        for mail in sink.to(address)
        if header(mail.content, "Message-ID").strip("<>") == message_id
    ]
    assert len(found) == 1, f"{len(found)} letters of {message_id} for {address}"
    return found[0]


def _plain(source: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", source)).split())
