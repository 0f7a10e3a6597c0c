"""Addresses, read strictly where they say who somebody is, leniently where they only say who was copied.

An address is one clean addr-spec (RFC 5322 section 3.4.1) without comments, source routes, domain literals or quoted
local parts other than plain ones; it is kept in lower case with its domain in ASCII (IDNA). Anything that another
program might read as two addresses is none. Limits: 65,536 characters a header, 500 mailboxes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import idna

from .charset import clean_line, decode_words
from .lexer import Token, lex, tokens_up_to
from .message import Mailbox

MAX_LOCAL = 64
MAX_ADDRESS = 254
MAX_MAILBOXES = 500
PLAIN = 700
"""Characters of a value that may be read the short way."""

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_ADDRESS = r"[A-Za-z0-9._+=-]{1,64}@[A-Za-z0-9.-]{1,250}"
_PLAIN = re.compile(rf"([A-Za-z0-9][A-Za-z0-9 .'-]{{0,300}}) <({_ADDRESS})>|({_ADDRESS})")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def addr_spec(raw: str) -> str | None:
    """The address in lower case with an ASCII domain, None where `raw` is not exactly one clean addr-spec."""
    raw = raw.strip(" \t\r\n")
    if len(raw) > 4 * MAX_ADDRESS:
        return None
    local, mark, domain = raw.rpartition("@")
    if len(local) > 2 and local[0] == local[-1] == '"':
        local = local[1:-1]
    clean_local, clean_domain = _local(local), _domain(domain)
    if not mark or clean_local is None or clean_domain is None:
        return None
    address = f"{clean_local}@{clean_domain}"
    return address if len(address.encode()) <= MAX_ADDRESS else None


def split(address: str) -> tuple[str, str]:
    """Local part and domain of an address as `addr_spec` writes it."""
    local, _, domain = address.rpartition("@")
    return local, domain


def _local(raw: str) -> str | None:
    # Encoded words have no place in an address (RFC 2047 section 5); some programs would decode them.
    if not raw or "=?" in raw or len(raw.encode("utf-8", "replace")) > MAX_LOCAL:
        return None
    if raw.isascii():
        return raw.lower() if _ATOM.fullmatch(raw) else None
    # RFC 6532: letters of other scripts, but none that folds into an ASCII letter.
    plain = "".join("x" if char > "\x7f" and _is_letter(char) else char for char in raw)
    folded = unicodedata.normalize("NFC", raw).lower()
    if not _ATOM.fullmatch(plain) or sum(char > "\x7f" for char in folded) < sum(
        char > "\x7f" for char in plain
    ):
        return None
    lookalike = any(char > "\x7f" and unicodedata.normalize("NFC", char).lower().isascii() for char in raw)
    # RFC 6532 section 3.1 asks for NFKC, which has no second form of a letter; and nobody can tell mixed scripts apart
    odd = unicodedata.normalize("NFKC", folded) != folded or mixes_scripts(folded)
    return None if lookalike or odd else folded


def mixes_scripts(text: str) -> bool:
    """Whether Latin, Greek and Cyrillic letters, many of which look the same, stand together."""
    names = {unicodedata.name(char, "").split(" ")[0] for char in text if char.isalpha()}
    return len(names & {"LATIN", "GREEK", "CYRILLIC"}) > 1


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def _domain(raw: str) -> str | None:
    if not raw or len(raw) > 253:
        return None
    if not raw.isascii():
        try:
            encoded = idna.encode(raw, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError, ValueError, IndexError):
            return None
        # what only becomes an ASCII domain by being mapped is a lookalike of it
        pairs = list(zip(raw.split("."), encoded.split("."), strict=False))
        if encoded.count(".") != raw.count(".") or any(
            not label.isascii() and not written.startswith("xn--") for label, written in pairs
        ):
            return None
        raw = encoded
    lowered = raw.lower()
    labels = lowered.split(".")
    if len(lowered) > 253 or not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        return None
    return lowered


def mailbox(raw: str) -> Mailbox | None:
    """The one mailbox that a header value names, None where it is none, or might be read as two.

    `raw` is the value as it stood in the mail: encoded words are decoded after the structure is read.
    """
    plain = _plain(raw) if len(raw) < PLAIN else None
    if plain is not None:
        return plain
    tokens = lex(raw, lenient=False)
    return _one(tokens, strict=True) if tokens is not None else None


def mailboxes(raw: str) -> tuple[Mailbox, ...]:
    """All mailboxes of a To or Cc value, groups flattened, what cannot be read left out; at most 500."""
    plain = _plain(raw) if len(raw) < PLAIN else None
    if plain is not None:
        return (plain,)
    tokens = lex(raw, lenient=True) or []
    found: list[Mailbox] = []
    start = 0
    for end in tokens_up_to(tokens, ",;:"):
        # A colon ends a group's name (RFC 5322 section 3.4): what stood before it is no mailbox.
        if end == len(tokens) or tokens[end].kind != ":":
            one = _one(tokens[start:end], strict=False)
            if one is not None:
                found.append(one)
        start = end + 1
        if len(found) >= MAX_MAILBOXES:
            break
    return tuple(found)


@lru_cache(512)
def _plain(raw: str) -> Mailbox | None:
    """The mailbox of a value that is nothing but `Ada Hall <ada@a.example>` or an address; else None (30 -> 5 us).

    Kept: a list's address stands in each mail to it.
    """
    found = _PLAIN.fullmatch(raw)
    address = addr_spec(found[2] or found[3]) if found else None
    return Mailbox(" ".join((found[1] or "").split())[:200], address) if found and address else None


def _one(tokens: list[Token], *, strict: bool) -> Mailbox | None:
    """A mailbox from the tokens between two commas."""
    comments = [token.text for token in tokens if token.kind == "comment"]
    opened = [at for at, token in enumerate(tokens) if token.kind == "<"]
    closed = [at for at, token in enumerate(tokens) if token.kind == ">"]
    if not opened and not closed:
        address = _bare(tokens)
        return Mailbox(_name(comments[-1] if comments else ""), address) if address else None
    if len(opened) != 1 or len(closed) != 1 or closed[0] < opened[0]:
        return None
    address = _bare(tokens[opened[0] + 1 : closed[0]], comments=False)
    phrase, rest = tokens[: opened[0]], tokens[closed[0] + 1 :]
    if address is None or any(token.kind not in ("space", "comment") for token in rest):
        return None
    if not _harmless(phrase, address, strict=strict):
        return None
    words = "".join(token.text if token.kind != "comment" else " " for token in phrase)
    return Mailbox(_name(words) or _name(comments[-1] if comments else ""), address)


def _harmless(phrase: list[Token], address: str, *, strict: bool) -> bool:
    """Whether unquoted text before `<` cannot itself be read as an address other than the one in brackets."""
    bare = "".join(token.text for token in phrase if token.kind not in ("comment", "quoted"))
    if strict and any(token.kind in (":", ";", "\\") for token in phrase):
        return False
    return "@" not in bare or addr_spec(bare.strip(" \t\r\n'")) == address


def _bare(tokens: list[Token], *, comments: bool = True) -> str | None:
    """An addr-spec without brackets; comments may stand before or after it, never within."""
    outer = ("space", "comment") if comments else ("space",)
    first, last = 0, len(tokens)
    while first < last and tokens[first].kind in outer:
        first += 1
    while last > first and tokens[last - 1].kind in outer:
        last -= 1
    inner = tokens[first:last]
    if any(token.kind not in ("atom", "quoted", "@") for token in inner) or not inner:
        return None
    # Only a whole local part may be quoted.
    if any(token.kind == "quoted" for token in inner[1:]):
        return None
    if inner[0].kind == "quoted" and inner[1:2] != [Token("@", "@")]:
        return None
    return addr_spec("".join(token.text for token in inner))


def _name(raw: str) -> str:
    name = clean_line(decode_words(raw))
    for quote in ("''", '""'):
        if len(name) > 2 and name[0] + name[-1] == quote:
            name = name[1:-1].strip()
    return name[:200]
