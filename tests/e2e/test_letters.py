"""Promises O1 and O3 on letters of every kind, and the one-click unsubscribe that they offer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.servers import Daemon, Sent, Sink, config_text, directory, free_port

from .letters import form_faults, header_faults, leaks, parse
from .story import LIST, header, settle, subscribe, text_of

PEOPLE = {
    "lena@members.test": "Lena Gruber",
    "mo@members.test": "Mo Amin",
    "nils@members.test": "Nils Åberg",
    "olga@members.test": "Olga Pavlenko",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf5000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)


def mails() -> Iterator[tuple[str, EmailMessage]]:
    """Mails whose letters are hard to get right: odd subjects, long lines, pictures, files, html, many copied."""

    def new(name: str, sender: str, subject: str, text: str) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        mail["From"] = f"{PEOPLE[sender]} <{sender}>"
        mail["To"] = LIST
        mail["Subject"] = subject
        mail["Date"] = "Fri, 03 May 2024 09:12:00 +0000"
        mail["Message-ID"] = f"<{name}@members.test>"
        mail["Received"] = (
            "from laptop.home ([192.0.2.7]) by mx.members.test; Fri, 03 May 2024 09:12:00 +0000"
        )
        mail["X-Originating-IP"] = "[192.0.2.7]"
        mail["Disposition-Notification-To"] = sender
        mail.set_content(text)
        return mail

    yield "lena@members.test", new("plain", "lena@members.test", "A plain one", "Nothing special.\n")
    yield (
        "nils@members.test",
        new(
            "odd",
            "nils@members.test",
            "Grüße 🌻 — " + "sehr langer Betreff " * 20,
            "Ein Satz.\n" + "lang " * 600,
        ),
    )
    long_word = new("long", "mo@members.test", "One word", "x" * 5000 + "\n.\n..\nFrom here on\n")
    yield "mo@members.test", long_word
    picture = new("picture", "mo@members.test", "A picture", "See the picture.\n")
    picture.add_attachment(PNG, maintype="image", subtype="png", filename="Bild ü.png", disposition="inline")
    picture.add_attachment(b"%PDF-1.4 no more", maintype="application", subtype="pdf", filename="plan.pdf")
    yield "mo@members.test", picture
    rich = new("rich", "olga@members.test", "Re: A plain one", "See the page.\n")
    rich["In-Reply-To"] = "<plain@members.test>"
    rich["References"] = "<plain@members.test>"
    rich.add_alternative(
        '<p>See <a href="https://page.test/?a=1&amp;b=2">the <b>page</b></a>.</p>', subtype="html"
    )
    yield "olga@members.test", rich
    hostile = new("hostile", "lena@members.test", "x", "Bye.\n")
    hostile._headers = [  # type: ignore[attr-defined]
        (name, "=?utf-8?q?Hello=0D=0ABcc:_evil=40strangers.test?=" if name == "Subject" else value)
        for name, value in hostile._headers  # type: ignore[attr-defined]
    ]
    yield "lena@members.test", hostile


@dataclass
class Post:
    """The letters of one daemon."""

    daemon: Daemon
    sink: Sink
    letters: list[Sent]


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    """All letters of all mails above, each to the three who did not write it."""
    with directory("letters") as path, Sink() as sink:
        smtp, web = free_port(), free_port()
        config = config_text(data=path / "data", smtp=smtp, web=web, sink=sink.port)
        daemon = Daemon(path, config, smtp=smtp, web=web).start()
        try:
            subscribe(daemon, PEOPLE)
            sent = list(mails())
            daemon.send(*((sender, [LIST], mail.as_bytes()) for sender, mail in sent))
            settle(daemon, len(sent))
            yield Post(daemon, sink, list(sink.mails))
        finally:
            daemon.kill9()


def letter(post: Post, name: str) -> EmailMessage:
    """One letter of a post."""
    return next(
        parse(copy.content)
        for copy in post.letters
        if header(copy.content, "Message-ID") == f"<{name}@members.test>"
    )


def test_O1_every_letter_has_its_headers(post: Post) -> None:
    assert len(post.letters) == 3 * len(list(mails()))
    faults = [
        (header(copy.content, "Message-ID"), fault) for copy in post.letters for fault in header_faults(copy)
    ]
    assert not faults
    assert len({copy.sender for copy in post.letters}) == len(post.letters), "an envelope sender is used once"


def test_O1_a_reply_is_threaded(post: Post) -> None:
    reply = letter(post, "rich")
    assert reply["In-Reply-To"] == "<plain@members.test>"
    assert reply["References"].split()[-1] == "<plain@members.test>"
    assert reply["Subject"] == "Re: A plain one"
    assert "Lena Gruber" in text_of(bytes(reply)), "whom it answers"
    assert letter(post, "plain")["Date"].datetime.isoformat() == "2024-05-03T09:12:00+00:00"


def test_O3_nobody_learns_an_address_or_token_of_another(post: Post) -> None:
    assert leaks(post.letters, PEOPLE) == []


def test_O4_every_letter_is_legal(post: Post) -> None:
    faults = [
        (header(copy.content, "Message-ID"), fault)
        for copy in post.letters
        for fault in form_faults(copy.content)
    ]
    assert not faults
    assert not post.sink.faults
    for copy in post.letters:
        kinds = [part.get_content_type() for part in parse(copy.content).walk()]
        assert {"text/plain", "text/html"} <= set(kinds)


def test_the_words_arrive_whole(post: Post) -> None:
    assert "x" * 5000 in text_of(bytes(letter(post, "long")))
    assert "🌻" in str(letter(post, "odd")["Subject"])
    picture = letter(post, "picture")
    pictures = [part for part in picture.walk() if part.get_content_maintype() == "image"]
    assert [part.get_content() for part in pictures] == [PNG]
    assert re.search(r"http://127\.0\.0\.1:\d+/attachment/\S+plan\.pdf", text_of(bytes(picture)))
    assert "https://page.test/?a=1&b=2" in text_of(bytes(letter(post, "rich")))


def test_unsubscribe_needs_a_post_and_no_more(post: Post) -> None:
    """A link scanner's GET changes nothing; one POST ends the letters, repeating it is fine (RFC 8058)."""
    copy = next(copy for copy in post.letters if copy.recipients == ("mo@members.test",))
    found = re.search(r"<https?://[^/]+(/unsubscribe/[^>]+)>", header(copy.content, "List-Unsubscribe"))
    assert found
    for _ in range(3):
        assert post.daemon.get(found[1])[0] == 200
    before = len(post.sink.mails)
    _write(post, "still")
    assert _told(post, before) == Counter(["mo@members.test", "nils@members.test", "olga@members.test"])
    assert post.daemon.post(found[1], b"List-Unsubscribe=One-Click") == 200
    assert post.daemon.post(found[1], b"List-Unsubscribe=One-Click") == 200
    before = len(post.sink.mails)
    _write(post, "gone")
    assert _told(post, before) == Counter(["nils@members.test", "olga@members.test"])
    assert post.daemon.post("/unsubscribe/" + "a" * 32, b"List-Unsubscribe=One-Click") in (400, 404, 410)


def _write(post: Post, name: str) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "Lena Gruber <lena@members.test>", LIST, f"Once more: {name}"
    mail["Message-ID"] = f"<{name}@members.test>"
    mail.set_content("A few words.\n")
    kept = len(post.daemon.ledger())
    post.daemon.send(("lena@members.test", [LIST], mail.as_bytes()))
    settle(post.daemon, kept + 1)


def _told(post: Post, since: int) -> Counter[str]:
    copies = [copy for copy in post.sink.mails[since:] if "List-Id" in parse(copy.content)]
    return Counter(copy.recipients[0] for copy in copies)
