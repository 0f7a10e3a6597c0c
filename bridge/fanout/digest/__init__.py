"""A digest: one letter with what is new in each thread, for one person.

Threads stand under their lists, the latest activity first, each with the posts that are new to its reader: who, when,
and the words, cut with a link where they are long. Every thread and every post has a reply address in it, which posts
an answer to that thread. The letter stays below the size at which mail programs clip one (Gmail: 102 kB): the more
there is, the shorter the excerpts, down to one line a post. Pure.
"""

from __future__ import annotations

from .. import headers
from ..compose import automatic, encoded_url
from ..letter import Letter
from ..mime import joined, multipart, text_part
from .form import DigestLetter, DigestPost, DigestThread, framed, in_order, order, subject
from .page import html_body
from .text import text_body

__all__ = ["DigestLetter", "DigestPost", "DigestThread", "compose_digest", "in_order", "order"]

SIZES = (1400, 600, 280, 120)
"""How many characters of a post are shown, the first of these with which the letter is small enough."""
CLIPPED = 92_000
"""Bytes of HTML; Gmail counts what is encoded, too, and shows the first 102 kB."""


def compose_digest(digest: DigestLetter) -> Letter:
    """The letter of a digest, whole: it has no slots. ValueError where an address is none, or nothing is new."""
    if not digest.threads:
        raise ValueError("a digest without posts")
    size, page = SIZES[0], ""
    for size in SIZES:
        page = html_body(digest, size)
        if len(page.encode()) <= CLIPPED:
            break
    parts = [text_part("plain", [text_body(digest, size)]), text_part("html", [page])]
    body = multipart("alternative", digest.message_id, parts)
    return Letter(joined([_headers(digest), *body]), digest.message_id)


def _headers(digest: DigestLetter) -> bytes:
    """From is the list's own address, so that its domain vouches for it; To is the reader, so that nobody is copied."""
    first = digest.lists[0]
    address = headers.ascii_address(first.address)
    lines = headers.mailbox("From", framed(digest.language, "digest", title=digest.title[:100]), address)
    lines += headers.mailbox("To", digest.name[:100], headers.ascii_address(digest.address))
    lines += headers.mailbox("Reply-To", digest.title[:100], headers.ascii_address(digest.reply_to))
    lines += headers.text("Subject", subject(digest)) + headers.date("Date", digest.date)
    lines += headers.ids("Message-ID", [digest.message_id])
    return lines + _list_headers(digest) + automatic(address, "auto-generated")


def _list_headers(digest: DigestLetter) -> bytes:
    """RFC 2919, 2369, 8058; a digest of several lists is the site's."""
    site_domain = headers.ascii_address(f"x@{digest.site.domain}")[2:]
    local, _, domain = headers.ascii_address(digest.lists[0].address).partition("@")
    one = len(digest.lists) == 1
    list_id = f"{local}.{domain}" if one else f"digest.{site_domain}"
    lines = headers.line("List-Id", *headers.phrase(digest.title), f"<{list_id}>")
    if one:
        lines += headers.line("List-Post", f"<mailto:{local}@{domain}>")
        lines += headers.line("List-Help", f"<mailto:{local}+help@{domain}>")
        lines += headers.line("List-Owner", f"<mailto:{local}+owner@{domain}>")
    archive = f"{digest.site.url}/{digest.lists[0].name if one else ''}"
    lines += headers.line("List-Archive", f"<{encoded_url(archive)}>")
    lines += headers.line(
        "List-Unsubscribe", f"<{encoded_url(digest.leave_url)}>,", f"<mailto:{digest.leave_address}>"
    )
    return lines + headers.line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
