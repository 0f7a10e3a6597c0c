"""The body of a mail: which parts are its text, which are attachments, which are mails of their own (RFC 2046).

Parts become segments in their order; each segment has a text, an HTML form, or both (multipart/alternative). An
inline picture between segments stands where it stood. Attached mails are never merged into the text. Depth is bounded
by the caller's caps; multiparts are walked with a stack, attached mails up to `FORWARDS` deep.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message as Part
from typing import Any

from .charset import clean, clean_line, decode, decode_words
from .flowed import unflow
from .message import Attachment, Message

FORWARDS = 8
REPORTS = frozenset((
    "message/delivery-status", "message/feedback-report", "message/disposition-notification",
    "text/rfc822-headers", "message/global-delivery-status", "message/external-body",
))  # fmt: skip
PROOFS = frozenset(
    ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
)
ENDINGS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "text/plain": ".txt",
    "text/html": ".html", "text/calendar": ".ics", "application/pdf": ".pdf", "message/rfc822": ".eml",
}  # fmt: skip
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
CID = re.compile(r"cid:([^\s\"'<>)]{1,250})", re.I)


@dataclass(slots=True)
class Body:
    """What the walk finds."""

    segments: list[tuple[str | None, str | None]] = field(default_factory=list)
    """(text, html) of each; one of them may be None."""
    attachments: list[Attachment] = field(default_factory=list)
    forwarded: list[Message] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        """The plain text, None where a segment has only HTML."""
        if not self.segments or any(text is None and html for text, html in self.segments):
            return None
        return "\n".join(text.rstrip("\n") + "\n" for text, _ in self.segments if text is not None)

    @property
    def html(self) -> str | None:
        """The HTML, with plain segments put into it; None where no segment but pictures has any."""
        if not any(markup and text != "" for text, markup in self.segments):
            return None
        return "\n".join(_as_html(text) if markup is None else markup for text, markup in self.segments)


def _as_html(text: str | None) -> str:
    lines = (html.escape(line, quote=False) for line in (text or "").split("\n"))
    return "<div>" + "<br>\n".join(lines) + "</div>"


def read_body(top: Part, read_message: Callable[[Part], Message | None]) -> Body:
    """Walk the parts below `top`; `read_message` reads an attached mail, or gives None where it is too deep."""
    body = Body()
    stack: list[Part] = [top]
    while stack:
        part = stack.pop()
        kind = part.get_content_type()
        children = _children(part)
        if kind == "multipart/alternative" and children:
            _alternative(body, children, stack)
        elif kind.startswith("multipart/"):
            stack += reversed(children)
        elif kind in ("message/rfc822", "message/global") and children:
            attached = read_message(children[0])
            if attached is not None:
                body.forwarded.append(attached)
        else:
            _leaf(body, part, kind)
    while body.segments and body.segments[-1][0] == "":
        body.segments.pop()  # a picture that no text follows needs no place: it is shown below, as attachments are
    _mark_inline(body)
    return body


def _children(part: Part) -> list[Part]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Part)] if isinstance(payload, list) else []


def _alternative(body: Body, children: list[Part], stack: list[Part]) -> None:
    """One segment of the richest HTML and the plain text; what is neither is walked on its own."""
    text: str | None = None
    markup: str | None = None
    rest: list[Part] = []
    for child in children:
        kind = child.get_content_type()
        below = _children(child)
        if kind == "text/plain" and text is None:
            text = _text(child)
        elif kind == "text/html":
            markup = _text(child)
        elif kind == "multipart/related" and below and below[0].get_content_type() == "text/html":
            markup = _text(below[0])
            rest += below[1:]
        else:
            rest.append(child)
    if any(child.get_content_type().startswith("multipart/") for child in rest) and markup is None:
        # Apple Mail: the rich form is a mixed part of several HTML parts with pictures between them.
        inner = Body()
        for child in rest:
            inner = read_body(child, lambda _: None)
        markup = inner.html
        body.attachments += inner.attachments
        rest = []
    if markup is not None and text is not None and not text.strip():
        text = None  # an empty plain part stands for nothing beside its HTML
    body.segments.append((text, markup))
    stack += reversed(rest)


def _leaf(body: Body, part: Part, kind: str) -> None:
    name = _file_name(part)
    disposition = (part.get_content_disposition() or "").lower()
    if kind in REPORTS:
        body.reports.append(_report(part))
    elif kind in PROOFS:
        return
    elif kind in ("text/plain", "text/html") and disposition != "attachment" and not name:
        text = _text(part)
        body.segments.append((text, None) if kind == "text/plain" else (None, text))
    else:
        _attach(body, part, kind, name, disposition)


def _attach(body: Body, part: Part, kind: str, name: str, disposition: str) -> None:
    content_id = clean_line(_value(part, "content-id")).strip("<> ")[:250]
    picture = kind.startswith("image/")
    if picture and disposition == "inline" and not content_id:
        content_id = f"part{len(body.attachments)}@inline"
    body.attachments.append(
        Attachment(
            name=name or _made_up(kind, len(body.attachments)),
            type=kind if TYPE.fullmatch(kind) else "application/octet-stream",
            content=payload(part),
            content_id=content_id,
            inline=picture and disposition == "inline",
        )
    )
    if picture and disposition == "inline" and any(markup for _, markup in body.segments):
        shown = "".join(markup or "" for _, markup in body.segments)
        if f"cid:{content_id}" not in shown:
            body.segments.append(("", f'<div><img src="cid:{html.escape(content_id)}"></div>'))


def _mark_inline(body: Body) -> None:
    """Pictures that the HTML shows are inline, whatever their Content-Disposition says."""
    shown = {found for _, markup in body.segments if markup for found in CID.findall(markup)}
    body.attachments = [
        Attachment(
            a.name,
            a.type,
            a.content,
            a.content_id,
            a.inline or (bool(a.content_id) and a.content_id in shown),
        )
        for a in body.attachments
    ]


def payload(part: Part) -> bytes:
    """The decoded bytes of a leaf; what its transfer encoding does not fit comes as it stands."""
    try:
        content: Any = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    plain: Any = part.get_payload()
    return plain.encode("utf-8", "surrogateescape") if isinstance(plain, str) else b""


def _text(part: Part) -> str:
    text = clean(decode(payload(part), _parameter(part, "charset")))
    if part.get_content_type() == "text/plain" and _parameter(part, "format").lower() == "flowed":
        text = unflow(text, delsp=_parameter(part, "delsp").lower() == "yes")
    return text


def _report(part: Part) -> str:
    """The text of a report; delivery-status comes as a list of header blocks (RFC 3464)."""
    blocks = [clean(child.as_string(unixfrom=False)) for child in _children(part)]
    return "\n".join(blocks) if blocks else clean(decode(payload(part), "utf-8"))


def _parameter(part: Part, name: str) -> str:
    try:
        value = part.get_param(name, "")
    except (ValueError, LookupError, TypeError):
        return ""
    return str(value[2] if isinstance(value, tuple) else value or "")


def _value(part: Part, name: str) -> str:
    for key, value in part.raw_items():
        if key.lower() == name:
            return decode_words(str(value))
    return ""


def _file_name(part: Part) -> str:
    try:
        name = part.get_filename("")
    except (ValueError, LookupError, TypeError, AttributeError):
        name = ""
    return safe_name(decode_words(str(name)))


def safe_name(name: str) -> str:
    """A file name that is only a name: no path, control, turning mark or leading dot, at most 255 bytes."""
    name = clean_line(name).replace("\\", "/").rpartition("/")[2]
    name = UNSAFE.sub("_", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 16:
        return _cut(stem, 254 - len(ending.encode())) + dot + ending
    return _cut(name, 255)


def _cut(text: str, size: int) -> str:
    return text.encode("utf-8", "replace")[:size].decode("utf-8", "ignore")


def _made_up(kind: str, number: int) -> str:
    stem = "picture" if kind.startswith("image/") else "attachment"
    return f"{stem}-{number + 1}{ENDINGS.get(kind, '.bin')}"
