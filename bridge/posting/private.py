"""What of a post is not for everybody: telephone numbers, postal addresses, mail addresses, links that carry secrets.

Members get a post as its author wrote it; a page, a feed and an excerpt of a search, which anybody reads, get it
masked: `(phone number hidden)` stands where a number stood. Mail addresses (`name@…`) and the tokens of a bridge are
hidden everywhere and always; the rest as `Masking` says: in "all" of a post, in its "quotes" alone, where the author
shows what is his own, or in "none" of it, where the list does not mask. Linear, every repeat bounded. Pure.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Literal

from .links import is_secret
from .phones import BEFORE, NUMBER, is_phone
from .postal import LINE

Masking = Literal["all", "quotes", "none"]

PHONE = "(phone number hidden)"
POSTAL = "(postal address hidden)"
LINK = "(private link hidden)"
ADDRESS = "(private address hidden)"

_MAILTO = re.compile(
    r'<a\b[^<>]{0,300}?\bhref="mailto:[^<>"]{0,500}"[^<>]{0,300}>(.{0,500}?)</a>', re.S | re.I
)
_AT = re.compile(
    r"(?<=[\w.+'~*%=-])(?:@|＠|%40|&#64;|&commat;)(?:(?:[\w-]{1,63}[.。．]){1,9}[\w-]{2,63}|\[[\d.:a-fA-F]{3,45}\])",
    re.I,
)
# What quoted letters of a bridge hold of their reader's own: whoever has it may act for him, or write to him.
_KEY = re.compile(
    r"((?:unsubscribe|confirm)/|\b(?:reply|to|unsubscribe|confirm|bounce)(?:\+|%2B))[a-z2-7]{26,52}(?![a-z2-7])",
    re.I,
)
# A local part behind which nobody is read by name: `reply+k3x9q2…`, `notifications-0a1b2c…` of another system.
_TOKEN_AT = re.compile(
    r"(?<![\w.+=-])(?=[\w.+=-]{0,63}\d)(?:[\w.-]{1,30}\+[\w=.-]{10,120}|(?:reply|bounce|unsub|notif)[\w.]{0,15}[-_=.][\w.=-]{10,120})"
    r"(?:@|%40|&#64;)(?:[\w-]{1,63}\.){1,9}[\w-]{2,63}",
    re.I,
)

_TAG = r'<[a-zA-Z/](?:[^<>"]|"[^"<]{0,4000}"){0,200}>'
_URL = r"(?:https?|ftp)://[^\s<>\"\[\]]{1,2000}"
_ANCHOR = re.compile(r'<a\b[^<>]{0,300}?\bhref="([^<>"]{1,4000})"[^<>]{0,300}>(.{0,2000}?)</a>', re.S | re.I)
_MARKDOWN = re.compile(
    r"\[([^\[\]\n]{0,300})\]\(<?((?:https?|ftp)://[^\s<>]{1,2000}?)>?(?: \"[^\"\n]{0,200}\")?\)"
)
_BARE = re.compile(r"(?i:chat\.whatsapp\.com|t\.me|wa\.me|discord\.gg)/\+?\w[\w/-]{3,200}")
_RUNS = re.compile(f"(?P<kept>{_TAG}|{_URL})|(?P<number>{NUMBER})")
_POSTAL = re.compile(LINE)
_DIGIT = re.compile(r"\d")
_SIX = re.compile(r"\d(?:[ \u00a0\u202f().·/–-]{0,3}\d){5}")
_TEXT_ATTRIBUTE = re.compile(r'\b(alt|title)="([^"<]{1,2000})"')
_QUOTES = re.compile(r"(<blockquote>|</blockquote>)")


def hide_addresses(text: str) -> str:
    """A text or HTML with each mail address cut to `name@…`, and without links and tokens that write for one."""
    if "@" in text or "%40" in text:
        text = _TOKEN_AT.sub(ADDRESS, _MAILTO.sub(r"\1", text))
    # Most texts hold none of these signs, and looking for them costs a tenth of what the patterns do.
    if "@" in text or "＠" in text or "%40" in text or "&" in text:
        text = _AT.sub("@…", text)
    return hide_keys(text)


def hide_keys(text: str) -> str:
    """A text without the tokens of a bridge's letters: whoever has one acts for the reader whom it was given to."""
    if "/" not in text and "+" not in text and "%" not in text:
        return text
    lower = text.lower()
    keys = "+" in lower or "%2b" in lower or "unsubscribe/" in lower or "confirm/" in lower
    return _KEY.sub(r"\1…", text) if keys else text


def mask(text: str, masking: Masking = "all") -> str:
    """A plain text, or Markdown, as anybody may read it."""
    if masking == "quotes":
        rows = (_mask(row) if row.lstrip().startswith(">") else row for row in text.split("\n"))
        text = "\n".join(rows)
    elif masking == "all":
        text = _mask(text)
    return hide_addresses(text)


def mask_html(html: str, masking: Masking = "all") -> str:
    """A post's sanitised HTML as anybody may read it. A second time changes nothing."""
    if masking == "quotes":
        pieces, depth = _QUOTES.split(html), 0
        for place, piece in enumerate(pieces):
            depth += (piece == "<blockquote>") - (piece == "</blockquote>")
            if depth and not place % 2:
                pieces[place] = _mask_html(piece)
        html = "".join(pieces)
    elif masking == "all":
        html = _mask_html(html)
    return hide_addresses(html)


def has_private(text: str) -> bool:
    """Whether masking changes a text."""
    return mask(text) != text


def _mask(text: str) -> str:
    text = _urls(_MARKDOWN.sub(lambda m: _instead(m[1], m[2], m[0]), text) if "](" in text else text)
    return _numbers(_postal(text)) if _has_digit(text) else text


def _mask_html(html: str) -> str:
    html = _urls(_ANCHOR.sub(lambda m: _instead(m[2], m[1], m[0]), html) if "<a" in html.lower() else html)
    return _numbers(_postal(html)) if _has_digit(html) else html


def _has_digit(text: str) -> bool:
    """In plain English each digit is looked for by itself: in a tenth of the time that a class of characters takes."""
    if text.isascii():
        return any(map(text.__contains__, "0123456789"))
    return _DIGIT.search(text) is not None


def _instead(words: str, link: str, whole: str) -> str:
    """A link, or its words and that it is hidden; words that are the link itself go with it."""
    if not is_secret(link):
        return whole
    return LINK if not words.strip() or "://" in words or "/" in words else f"{words} {LINK}"


def _urls(text: str) -> str:
    """Bare links; those in a tag are looked at with their tag."""
    if "://" in text:
        text = re.sub(f"{_TAG}|{_URL}", _url, text)
    return _BARE.sub(LINK, text) if "hatsapp" in text or ".me/" in text or ".gg/" in text else text


def _url(match: re.Match[str]) -> str:
    if match[0].startswith("<"):
        return match[0]
    link = match[0].rstrip(".,;:!?'*_)")
    return LINK + match[0][len(link) :] if is_secret(link) else match[0]


def _postal(text: str) -> str:
    """Only lines with a digit can hold an address, and most have none."""
    runs = groupby(text.split("\n"), _has_digit)
    return "\n".join(
        _POSTAL.sub(POSTAL, "\n".join(lines)) if digits else "\n".join(lines) for digits, lines in runs
    )


def _numbers(text: str) -> str:
    # Six digits in a row are rare; the pattern that also steps over tags takes 60 us for 1,000 characters.
    sought = _SIX.search(text) or ' alt="' in text or ' title="' in text
    return _RUNS.sub(_number, text) if sought else text


def _number(match: re.Match[str]) -> str:
    if match["kept"] is not None:
        kept = match["kept"]
        return _TEXT_ATTRIBUTE.sub(_attribute, kept) if kept.startswith("<") else kept
    start, whole = match.start(), match.string
    before = re.sub(_TAG, " ", whole[max(0, start - 3 * BEFORE) : start])
    return PHONE if is_phone(match[0], before, whole[match.end() : match.end() + BEFORE]) else match[0]


def _attribute(match: re.Match[str]) -> str:
    return f'{match[1]}="{_RUNS.sub(_number, _postal(match[2]))}"'
