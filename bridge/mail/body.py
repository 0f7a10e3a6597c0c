"""The body of a mail: which parts are its text, which are attachments, which are mails of their own (RFC 2046).

Parts become pieces in their order: words with a text, an HTML form or both (multipart/alternative), and pictures.
What is joined is complete: `html` holds every piece where any piece has HTML, `text` is None where a piece has only
HTML. A picture between words stands where it stood, as `<img src="cid:ID">`. Attached mails are never merged into
the text; their attachments are the mail's as well. A text of more than a million characters is cut there, and
attached whole. The walk goes as deep as `limits.check_depth` lets it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from .charset import clean, clean_line, decode, decode_words
from .enclosed import taken_out
from .enriched import ENRICHED, plain
from .invited import told
from .message import Attachment, Message
from .mime import (
    SEEN,
    Part,
    content,
    file_name,
    kind_of,
    made_up_name,
    safe_name,
    text_bytes,
    text_of,
    written,
)

MAX_TEXT = 1_000_000
MAX_REPORT = 262_144

REPORTS = frozenset((
    "message/delivery-status", "message/feedback-report", "message/disposition-notification",
    "message/global-delivery-status", "message/global-disposition-notification", "text/rfc822-headers",
    "message/global-headers",
))  # fmt: skip
MAILS = ("message/rfc822", "message/global")
# The machinery of signed mail, of Macintosh files and of reactions in Gmail: nothing that anybody wrote or would open.
MACHINERY = frozenset((
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "application/applefile", "text/x-amp-html", "text/watch-html", "text/vnd.google.email-reaction+json",
))  # fmt: skip
BODY_TYPES = ("text/plain", "text/html", "text/markdown", "text/x-markdown")
_CID = re.compile(r"(?i)\bcid:([^\s\"'<>)\\]{1,500})")
_SAFE_ID = re.compile(r"[A-Za-z0-9@._+=$-]{1,200}")
_WORD = re.compile(r"\w{1,100}")
_PAGE = re.compile(r"(?i)\s{0,99}(?:<!doctype html\b|<html[\s>])")
"""What a whole page begins with; one that is labelled as plain text is a program's fault."""
_PICTURE = re.compile(r"(?i)<(?:img|hr|svg)\b")
_UNREAD = re.compile(r"(?i)<!--|<(style|script)(?=[\s>])")
_LETTER = re.compile(r"(?:\A|>)[^<>]*?[A-Za-z0-9]")
_TAG = re.compile(r"<[^<>]{0,500}>|&nbsp;|&#160;|\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the body: words in one form or two, or a picture by its content id."""

    text: str | None = None
    html: str | None = None
    picture: str = ""

    @property
    def shown(self) -> bool:
        """Whether it holds words."""
        if self.text and self.text.strip():
            return True
        # Apple Mail puts empty HTML parts behind its pictures.
        return bool(self.html) and _has_words(self.html or "")


def _has_words(markup: str) -> bool:
    """Does anything that can be read stand between the tags? A long page is taken to have some.

    Most pages show a letter soon, with no reference before it: found in a hundredth of the time.
    """
    if len(markup) > 4000:
        return True
    letter = _LETTER.search(markup)
    if letter and "&" not in markup[: letter.end()]:
        return True
    return SEEN.search(html.unescape(_TAG.sub("", markup))) is not None


@dataclass(slots=True)
class Body:
    """What the walk finds."""

    text: str | None = None
    html: str | None = None
    attachments: list[Attachment] = field(default_factory=list)
    forwarded: list[Message] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    charset: str = ""
    """The label of the first words: raw bytes in the names of files are likely of the same charset."""


def read_body(top: Part, read_message: Callable[[Part], Message]) -> Body:
    """The body of a mail; `read_message` reads a mail that is attached to it."""
    body = Body()
    pieces = _walk(body, top, read_message)
    if not any(piece.shown for piece in pieces) and not body.forwarded:
        pieces = _named_text(body, top) or _invited(body) or pieces
    _use_safe_ids(body)
    pieces = [_with_known_ids(body, piece) for piece in pieces]
    linked = pieces if body.attachments else []
    shown = {found for piece in linked for found in _CID.findall(piece.html or "")}
    body.attachments = [replace(a, inline=a.inline or a.content_id in shown) for a in body.attachments]
    body.text = _text(pieces)
    body.html = _html([piece for piece in pieces if piece.picture not in shown])
    return body


def _walk(body: Body, part: Part, read_message: Callable[[Part], Message]) -> list[Piece]:
    kind, below = part.kind, part.children
    if kind in MAILS and below and not _encoded_mail(part, below[0]):
        inner = read_message(below[0])
        body.forwarded.append(inner)
        taken = {a.content_id for a in body.attachments}
        body.attachments += [
            replace(a, content_id="") if a.content_id in taken else a for a in inner.attachments
        ]
        return []
    if kind in REPORTS:
        body.reports.append(_report(part))
        return []
    if not below or not kind.startswith("multipart/"):
        return _leaf(body, part, kind)
    found = [_walk(body, child, read_message) for child in below]
    if kind == "multipart/alternative":
        return _richest(found)
    return [piece for pieces in found for piece in pieces]


def _encoded_mail(part: Part, inner: Part) -> bool:
    """An attached mail in base64, against RFC 2046 section 5.2.1: the parser has read no headers in it."""
    return part.said.coding == "base64" and not inner.source.keys()


def _richest(found: list[list[Piece]]) -> list[Piece]:
    """The alternatives as one piece: the plain texts and the last HTML that hold words (RFC 2046, 5.1.4)."""
    with_words = [pieces for pieces in found if any(piece.shown for piece in pieces)]
    texts = [text for text in map(_text, with_words) if text is not None]
    markups = [markup for markup in map(_html, with_words) if markup is not None]
    if not with_words:
        return [piece for pieces in found[-1:] for piece in pieces]
    return [Piece(_together(texts) if texts else None, markups[-1] if markups else None)]


def _together(texts: list[str]) -> str:
    """The first of several plain alternatives, and those that are none: most of their words stand in no other."""
    if len(texts) == 1:
        return texts[0]
    kept, known = texts[:1], set(_WORD.findall(texts[0]))
    for text in texts[1:]:
        words = set(_WORD.findall(text))
        if len(words - known) * 2 > len(words):
            kept.append(text)
            known |= words
    return "\n".join(kept)


def _leaf(body: Body, part: Part, kind: str) -> list[Piece]:
    if kind in MACHINERY:
        return []
    name, how = file_name(part, body.charset), part.said.disposition
    # A multipart without parts is what somebody wrote below a broken header.
    broken = kind.startswith("multipart/")
    if broken or (kind in BODY_TYPES and how != "attachment" and not name):
        return _words(body, part, "text/plain" if broken else kind)
    if kind in ENRICHED and how != "attachment" and not name:
        return [Piece(plain(text_of(part, kind)[:MAX_TEXT], kind))]
    return _attach(body, part, kind, name, how)


def _words(body: Body, part: Part, kind: str) -> list[Piece]:
    files, raw = taken_out(text_bytes(part)) if kind == "text/plain" else ([], None)
    for file in files:
        name = safe_name(decode(file.name, None)) or made_up_name("", len(body.attachments) + 1)
        body.attachments.append(Attachment(name, kind_of(name), file.content))
    text = text_of(part, kind, raw)
    body.charset = body.charset or part.said.given.get("charset", "")
    if kind == "text/plain" and _PAGE.match(text) and text[-200:].rstrip().lower().endswith("</html>"):
        kind = "text/html"
    if kind == "text/html" and not _has_words(text) and not _PICTURE.search(text):
        text = ""
    if len(text) > MAX_TEXT and kind == "text/html":
        text = _without_styles(text)
    if len(text) > MAX_TEXT:
        name = "long-text.html" if kind == "text/html" else "long-text.txt"
        body.attachments.append(Attachment(name, kind, content(part)))
        text = text[: text.rfind("\n", MAX_TEXT // 2, MAX_TEXT) + 1] or text[:MAX_TEXT]
    return [Piece(html=text)] if kind == "text/html" else [Piece(text)]


def _without_styles(markup: str) -> str:
    """HTML without its comments and style sheets, which nobody reads and which can be longer than the words."""
    out, done = [], 0
    while opened := _UNREAD.search(markup, done):
        end = "-->" if opened[0] == "<!--" else f"</{opened[1]}"
        close = re.compile(end, re.IGNORECASE).search(markup, opened.end())
        if close is None:
            break
        out.append(markup[done : opened.start()])
        done = close.end() if opened[0] == "<!--" else close.start()
        if opened[1]:
            done = markup.find(">", done) + 1 or len(markup)
    return "".join([*out, markup[done:]])


def _attach(body: Body, part: Part, kind: str, name: str, how: str) -> list[Piece]:
    content_id = clean_line(decode_words(part.content_id)).strip("<> ")[:500]
    number = len(body.attachments) + 1
    picture = kind.startswith("image/") and how != "attachment"
    if content_id in {a.content_id for a in body.attachments}:
        content_id = ""
    if picture and not content_id:
        content_id = f"part{number}@inline"
    body.attachments.append(
        Attachment(name or made_up_name(kind, number), kind, content(part), content_id, inline=picture)
    )
    return [Piece(picture=content_id)] if picture else []


def _named_text(body: Body, top: Part) -> list[Piece]:
    """The first text that has a file name but is meant to be read, for a mail that has no other words."""
    stack, seen = [top], 0
    while stack:
        part = stack.pop()
        kind, name, how = part.kind, part.said.file_name, part.said.disposition
        below = part.children if kind.startswith("multipart/") else []
        stack += reversed(below)
        if below or not kind.startswith("text/") or kind in REPORTS | MACHINERY:
            continue
        if kind not in BODY_TYPES and (name or kind in ("text/calendar", "text/vcard", "text/x-vcard")):
            continue
        if how == "" or (how == "inline" and kind in BODY_TYPES) or (part is top and not name):
            raw = content(part)
            seen = next((at for at, a in enumerate(body.attachments) if a.content == raw), -1)
            if seen >= 0:
                del body.attachments[seen]
            return _words(body, part, kind if kind == "text/html" else "text/plain")
    return []


def _invited(body: Body) -> list[Piece]:
    """What an invitation says, for a mail without any words; the file stays."""
    calendar = next((a.content for a in body.attachments if a.type == "text/calendar"), b"")
    said = told(clean(decode(calendar, "utf-8"))) if calendar else ""
    return [Piece(said)] if said else []


def _text(pieces: list[Piece]) -> str | None:
    """The plain text of all pieces, None where one has only HTML, or where there are none."""
    words = [piece for piece in pieces if not piece.picture]
    if not words or any(piece.text is None and piece.shown for piece in words):
        return None
    texts = [piece.text for piece in words if piece.text is not None]
    if not texts:
        return None
    texts = [text for text in texts if text.strip()] or texts[:1]
    return texts[0] if len(texts) == 1 else "\n".join(text.rstrip("\n") + "\n" for text in texts)


def _html(pieces: list[Piece]) -> str | None:
    """The HTML of all pieces, plain ones put into it; None where none has any.

    A picture behind the last words has no mark: it would hang from a signature or a quote that is folded.
    """
    last = max((at for at, piece in enumerate(pieces) if piece.shown), default=-1)
    if not any(piece.html is not None for piece in pieces):
        return None
    out = []
    for at, piece in enumerate(pieces):
        if piece.picture:
            out += [f'<div><img src="cid:{html.escape(piece.picture)}"></div>'] if at < last else []
        else:
            out.append(piece.html if piece.html is not None else _as_html(piece.text or ""))
    return "\n".join(out)


def _as_html(text: str) -> str:
    return "<div>" + "<br>\n".join(html.escape(text, quote=False).split("\n")) + "</div>"


def _use_safe_ids(body: Body) -> None:
    """Content ids that a link cannot hold as they are get another; `_with_known_ids` follows."""
    body.attachments = [
        replace(a, content_id=_safe_id(a.content_id)) if a.content_id else a for a in body.attachments
    ]


def _safe_id(content_id: str) -> str:
    return (
        content_id
        if _SAFE_ID.fullmatch(content_id)
        else re.sub(r"[^A-Za-z0-9@._+=$-]", "_", content_id)[:200]
    )


def _with_known_ids(body: Body, piece: Piece) -> Piece:
    """A piece whose `cid:` links are written as the attachments' ids are (RFC 2392 has them percent-encoded)."""
    known = {a.content_id for a in body.attachments if a.content_id}
    picture = _safe_id(piece.picture) if piece.picture else ""
    if not piece.html or not known:
        return piece if picture == piece.picture else replace(piece, picture=picture)

    def known_id(found: re.Match[str]) -> str:
        content_id = _safe_id(unquote(html.unescape(found[1])).strip("<> "))
        return f"cid:{content_id}" if content_id in known else found[0]

    return Piece(piece.text, _CID.sub(known_id, piece.html), picture)


def _report(part: Part) -> str:
    """The text of a report; the parser gives delivery-status as a list of header blocks (RFC 3464)."""
    blocks = []
    for block in part.children:
        lines = [f"{name}: {decode_words(str(value))}" for name, value in block.source.raw_items()]
        rest = (written(block.source) or "").encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        blocks.append("\n".join([*lines, "", rest]).rstrip("\n") + "\n")
    text = "\n".join(blocks) if blocks else decode(content(part), "utf-8")
    return clean(text[:MAX_REPORT])
