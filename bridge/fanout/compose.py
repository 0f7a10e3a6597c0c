"""The letter in which a post goes out, composed once and filled for each reader by a join.

A letter is a row of byte strings with slots between them for what is personal: the tokens of Reply-To and
List-Unsubscribe. All bytes are 7-bit, lines end with CRLF and are at most 998 long; slots take ASCII tokens of at
most 70 characters. Headers follow RFC 5322, 2369, 2919, 3834, 5064 and 8058; none of them holds an address of a
reader or an author, nor anything of the original mail but its Message-ID, Date and Subject. Pure.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from ..posting.private import hide_addresses
from ..posting.threads import clean_subject
from . import headers
from .body import html_body, notice_page, text_body
from .letter import Answered, Letter, Linked, NoticeLetter, Picture, PostLetter, Slot
from .mime import Pieces, joined, mail_part, multipart, picture_part, text_part

__all__ = [
    "Answered", "Letter", "Linked", "NoticeLetter", "Picture", "PostLetter", "Slot", "compose", "compose_notice",
]  # fmt: skip

LOOP_HEADER = "X-Threadbridge-Loop"
_NUMBERED_LINK = re.compile(r"(?m)^(\d{1,3}\. )\[([^\[\]\n]{1,400})\]\(mailto:[^()\s]{1,1000}\)$")
"""A row of our own choices: its text part shows the title, for the address stands below it."""


def compose(letter: PostLetter) -> Letter:
    """The letter of a post, with slots for its reader's tokens; ValueError where the list's address is none."""
    post = letter.post
    message_id = post.message_id if headers.is_id(post.message_id) else f"post.{post.id}@{letter.site.domain}"
    pieces: Pieces = [_identity(letter, message_id), *_reply_to(letter), _threading(letter, message_id)]
    pieces += [
        *_list_headers(letter),
        automatic(letter.mailing_list.address, "auto-generated"),
        *_body(letter, message_id),
    ]
    return Letter(joined(pieces), message_id)


def _title(letter: PostLetter) -> str:
    return hide_addresses(letter.mailing_list.title or letter.mailing_list.name)


def _identity(letter: PostLetter, message_id: str) -> bytes:
    """From and To are the list's, so that the list's own domain vouches for them (RFC 7489, alignment)."""
    post = letter.post
    address = headers.ascii_address(letter.mailing_list.address)
    author = hide_addresses(headers.clean(post.author)) or "Somebody"
    return (
        headers.mailbox("From", f"{author[:100]} via {_title(letter)[:100]}", address)
        + headers.mailbox("To", _title(letter), address)
        + headers.text("Subject", subject(letter))
        + headers.date("Date", post.date)
        + headers.ids("Message-ID", [message_id])
    )


def subject(letter: PostLetter) -> str:
    """The letter's subject: the thread's, with "Re: " before it where the post answers."""
    bare = clean_subject(letter.thread_subject or letter.post.subject, [letter.mailing_list.name])
    bare = hide_addresses(headers.clean(bare)) or "(no subject)"
    answers = letter.post.parent_id is not None or letter.references or letter.answers
    return f"Re: {bare}" if answers else bare


def _reply_to(letter: PostLetter) -> Pieces:
    domain = headers.ascii_address(f"x@{letter.site.domain}")[2:]
    name = headers.line("Reply-To", *headers.phrase(_title(letter)))
    return [name.removesuffix(b"\r\n") + b"\r\n <reply+", Slot.REPLY, f"@{domain}>\r\n".encode("ascii")]


def _threading(letter: PostLetter, message_id: str) -> bytes:
    chain = [i for i in letter.references if i != message_id and headers.is_id(i)]
    return headers.ids("In-Reply-To", chain[-1:]) + headers.ids("References", chain)


def _list_headers(letter: PostLetter) -> Pieces:
    """RFC 2919, 2369, 8058 (one-click needs the https link, and both headers signed), 5064."""
    site, address = letter.site, headers.ascii_address(letter.mailing_list.address)
    local, _, domain = address.partition("@")
    site_domain = headers.ascii_address(f"x@{site.domain}")[2:]
    mailto = f"mailto:{quote(local, safe='')}"
    lines = headers.line("List-Id", *headers.phrase(_title(letter)), f"<{local}.{domain}>")
    lines += headers.line("List-Post", f"<mailto:{quote(local, safe='')}@{domain}>")
    lines += headers.line("List-Archive", f"<{encoded_url(f'{site.url}/{letter.mailing_list.name}')}>")
    lines += headers.line("Archived-At", f"<{encoded_url(letter.permalink)}>")
    for name, command in (("Help", "help"), ("Owner", "owner"), ("Subscribe", "subscribe")):
        lines += headers.line(f"List-{name}", f"<{mailto}+{command}@{domain}>")
    return [
        lines + f"List-Unsubscribe: <{encoded_url(site.url)}/unsubscribe/".encode("ascii"),
        Slot.UNSUBSCRIBE,
        b">,\r\n <mailto:unsubscribe+",
        Slot.UNSUBSCRIBE,
        f"@{site_domain}>\r\n".encode("ascii")
        + headers.line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ]


def encoded_url(url: str) -> str:
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~")


def automatic(address: str, how: str) -> bytes:
    """What keeps robots from answering: RFC 3834, and the words of those that do not know it."""
    return (
        headers.line("Precedence", "list" if how == "auto-generated" else "bulk")
        + headers.line("Auto-Submitted", how)
        + headers.line("X-Auto-Response-Suppress", "All")
        + headers.line(LOOP_HEADER, headers.ascii_address(address))
        + headers.line("MIME-Version", "1.0")
    )


def _body(letter: PostLetter, message_id: str) -> Pieces:
    """Text and HTML, with the pictures inside a multipart/related (RFC 2387)."""
    ids = {
        f"picture{n}.{letter.post.id}@{letter.site.domain}": picture
        for n, picture in enumerate(letter.pictures)
    }
    shown = {picture.content_id: f"cid:{own}" for own, picture in ids.items() if picture.content_id}
    below = tuple(
        (f"cid:{own}", picture.name)
        for own, picture in ids.items()
        if not picture.content_id or f"cid:{picture.content_id}" not in letter.post.text
    )
    page = text_part("html", html_body(letter, shown, below))
    if ids:
        parts = [page, *(picture_part(picture, own) for own, picture in ids.items())]
        page = multipart("related", message_id, parts, type="text/html")
    return multipart("alternative", message_id, [text_part("plain", text_body(letter)), page])


def compose_notice(notice: NoticeLetter) -> Letter:
    """A letter of the bridge's own, ready to send: it has no slots. ValueError where an address is none."""
    domain = headers.ascii_address(f"x@{notice.site.domain}")[2:]
    address = headers.ascii_address(notice.from_address or f"postmaster@{domain}")
    lines = headers.mailbox("From", notice.from_name, address)
    lines += headers.mailbox("To", "", headers.ascii_address(notice.to_address))
    if notice.reply_to:
        lines += headers.mailbox("Reply-To", "", headers.ascii_address(notice.reply_to))
    lines += headers.text("Subject", notice.subject) + headers.date("Date", notice.date)
    lines += headers.ids("Message-ID", [notice.message_id])
    lines += headers.ids("In-Reply-To", [notice.in_reply_to]) + headers.ids(
        "References", [notice.in_reply_to]
    )
    lines += automatic(address, "auto-replied" if notice.in_reply_to else "auto-generated")
    page = notice_page(notice.subject, notice.text)
    plain = _NUMBERED_LINK.sub(r"\1\2", notice.text).rstrip("\n")
    parts = [text_part("plain", [plain]), text_part("html", [page])]
    body = multipart("alternative", notice.message_id, parts)
    if notice.attached:
        body = multipart("mixed", notice.message_id, [body, mail_part(notice.attached)])
    return Letter(joined([lines, *body]), notice.message_id)
