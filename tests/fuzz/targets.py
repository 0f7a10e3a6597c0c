"""The five parsers of strangers' input as functions of bytes: what one raises is a finding (promise X6).

Each also holds what its parser promises of whatever comes out of it, and that each call ends soon.
"""

from __future__ import annotations

from collections.abc import Callable

from bridge.errors import Permanent
from bridge.mail.address import addr_spec, mailbox, mailboxes
from bridge.mail.parse import bare, parse
from bridge.mail.recipient import recipient
from bridge.mail.sender import header_sender
from bridge.mail.token import Purpose, Tokens
from bridge.mail.triage import Own, triage
from bridge.posting import commands
from bridge.posting.render import render
from bridge.reply.clean import clean
from bridge.reply.parts import shown
from tests.guard import soon

OWN = Own("forum.example", frozenset({"general@forum.example"}))
TOKENS = Tokens(b"k" * 32)
GIVEN = {TOKENS.mint(purpose, 3, 7) for purpose in Purpose}


def mail_parser(raw: bytes) -> None:
    """Bytes to a Message and a verdict: only `Permanent` comes out else, and no text holds what no store takes."""
    header_sender(raw)
    try:
        with soon():
            message = parse(raw)
    except Permanent as refusal:
        assert refusal.code == 554
        return
    triage(message, "ada@members.example", OWN)
    for values in message.headers.values():
        for value in values:
            assert not set(value) & set("\0\r\n\x85\u2028\u2029"), value
    for text in (message.text or "", message.html or "", message.subject, *message.reports):
        text.encode("utf-8")
        assert "\0" not in text
    for attachment in message.attachments:
        assert "/" not in attachment.name and len(attachment.name.encode()) <= 255


def quote_stripper(raw: bytes) -> None:
    """A body, as text and as a page, to its parts and to HTML."""
    text = raw.decode("utf-8", "replace")
    for message in (bare(text=text, html=None), bare(text=None, html=text), bare(text=text[::2], html=text)):
        with soon():
            reply = clean(message)
            written = render(shown(reply.parts), {})
        assert "<script" not in written.lower()
        for part in reply.parts:
            part.text.encode("utf-8")


def address_parser(raw: bytes) -> None:
    """A header value to addresses: one that comes out is one that goes in."""
    text = raw.decode("utf-8", "surrogateescape")
    with soon():
        found = [box for box in (mailbox(text), *mailboxes(text)) if box]
        plain = addr_spec(text)
    for address in (*(box.address for box in found), *([plain] if plain else [])):
        assert address.count("@") >= 1 and addr_spec(address) == address, address
        assert not set(address) & set("\0\r\n\t <>(),;"), address
    for box in found:
        assert not set(box.name) & set("\0\r\n\u2028"), box.name


def command_parser(raw: bytes) -> None:
    """A subject and a body to commands."""
    subject, _, words = raw.decode("utf-8", "replace").partition("\n")
    with soon():
        for found in (
            commands.parse(subject, words, ("general", "seeds")),
            commands.only(words, ("general",), subject),
        ):
            assert isinstance(found, tuple)
        commands.is_yes(words)
        commands.is_no(words)


def token_parser(raw: bytes) -> None:
    """An address to what it means to us: no token is read that was not given out."""
    text = raw.decode("utf-8", "replace")
    for address in (
        text,
        f"reply+{text}@forum.example",
        f"{text}@forum.example",
        f"general+{text}@forum.example",
    ):
        with soon():
            recipient(address, "forum.example", OWN.list_addresses)
    for purpose in Purpose:
        with soon():
            read = TOKENS.read(purpose, text)
        assert read is None or text.lower() in GIVEN, text


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (mail_parser, quote_stripper, address_parser, command_parser, token_parser)
}
