"""Letters for the tests, and what every letter has to be: legal bytes, strictly parsed."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

from bridge.fanout.compose import Answered, Letter, Linked, Picture, PostLetter, Slot
from bridge.posting.post import MailingList, Post
from bridge.posting.site import Site

SITE = Site("Example Commons", "forum.test", "https://forum.test")
LIST = MailingList(1, "garden", "garden@forum.test", "Garden")
POST = Post(
    id=7, list_id=1, thread_id=3, parent_id=5, author_id=2, author="Ada Brook", guest=False, credit="",
    subject="Re: New roof", date=1_700_000_000_000_000, message_id="ada.7@garden.test", origin="email",
    text="Yes, let us begin.\n\nOn Monday.", html="",
)  # fmt: skip
LETTER = PostLetter(
    site=SITE, mailing_list=LIST, post=POST, references=("root@garden.test", "ben.5@garden.test"),
    answers=Answered("Ben Field", "Shall we begin with the shed?"), pictures=(), attachments=(), copied=(),
    permalink="https://forum.test/post/7", thread_url="https://forum.test/garden/3",
)  # fmt: skip
PICTURE = Picture("stall.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "ii_1@garden.test")
FILE = Linked("minutes.pdf", 123_456, "https://forum.test/attachment/4/minutes.pdf")
SLOTS = {
    Slot.REPLY: b"replytoken" + b"a" * 42,
    Slot.UNSUBSCRIBE: b"leavetoken" + b"b" * 42,
    Slot.VERP: b"verptoken" + b"c" * 42,
}


def changed(letter: PostLetter = LETTER, **facts: Any) -> PostLetter:
    """A letter with other facts; those of its post are given as `post_...`."""
    post = {name.removeprefix("post_"): value for name, value in facts.items() if name.startswith("post_")}
    rest = {name: value for name, value in facts.items() if not name.startswith("post_")}
    return replace(letter, post=replace(letter.post, **post), **rest)


def parsed(raw: bytes) -> EmailMessage:
    """The mail as the standard library reads it; every fault that it finds fails the test."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert not part.defects
        for name, value in part.items():
            if name in ("Message-ID", "References", "In-Reply-To"):
                continue  # others' ids keep their odd dots and colons
            assert not getattr(value, "defects", ()), (name, value)
    return message


def checked(letter: Letter) -> EmailMessage:
    """One copy of a letter, legal to the byte (RFC 5322 section 2.1, RFC 2045 section 6.7), parsed strictly."""
    raw = letter.fill(SLOTS)
    assert raw.isascii() and b"\x00" not in raw
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw)
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    head, _, body = raw.partition(b"\r\n\r\n")
    assert all(re.match(rb"[A-Za-z-]+:|[ \t]\S", line) for line in head.split(b"\r\n"))
    assert not any(line.startswith(b"From ") for line in lines)
    for line in body.split(b"\r\n"):
        assert len(line) <= (600 if b"filename" in line else 78)
    message = parsed(raw)
    assert message["Message-ID"] == f"<{letter.message_id}>"
    return message


def header_of(message: EmailMessage, name: str) -> str:
    """A header as RFC 2047 has it decoded; `policy.default` puts spaces between encoded words of a phrase."""
    raw = next(value for key, value in message.raw_items() if key == name)
    return str(make_header(decode_header(str(raw).replace("\r\n", ""))))


def text_of(message: EmailMessage) -> str:
    """The text part, with LF."""
    part = message.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(message: EmailMessage) -> str:
    """The HTML part."""
    part = message.get_body(("html",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())
