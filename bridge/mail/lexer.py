"""The words of an address header (RFC 5322 section 3.2): atoms, quoted strings, comments and specials.

One pass, no recursion. Limits: 65,536 characters; comments may nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_CHARS = 65536
SPECIALS = "<>,:;@\\"
SPACES = " \t\r\n"


# Words, or white space, up to what may end them; a quote or comment that is never closed ends nothing.
_RUNS = {
    literal: re.compile(rf"[^<>,:;@\\{ends} \t\r\n]+|[ \t\r\n]+")
    for literal, ends in (("", '"('), ('"', "("), ("(", '"'), ('"(', ""), ('("', ""))
}
_PLAIN = re.compile(r"\"([^\"\\]*)\"|\(([^()\\]*)\)")
"""A quoted string or a comment as nearly all are, with nothing in it that needs a closer look."""


class Token(NamedTuple):
    """A word: `kind` is atom, quoted, comment, space, or the special itself; `text` without quoting."""

    kind: str
    text: str


def lex(raw: str, *, lenient: bool) -> list[Token] | None:
    """The tokens of a header value; with a quote or comment left open None, or, leniently, that mark as text."""
    if len(raw) > MAX_CHARS:
        if not lenient:
            return None
        raw = raw[:MAX_CHARS]
    tokens: list[Token] = []
    at, literal = 0, ""
    while at < len(raw):
        char = raw[at]
        if char in '"(' and char not in literal:
            token, end = _marked(raw, at)
            if token is None:
                if not lenient:
                    return None
                # No mark of this kind closes any more: from here on it is a character like others.
                literal += char
                continue
            tokens.append(token)
            at = end
        elif char in SPECIALS:
            tokens.append(Token(char, char))
            at += 1
        else:
            run = _RUNS[literal].match(raw, at)
            end = run.end() if run else at + 1
            tokens.append(Token("space" if char in SPACES else "atom", raw[at:end]))
            at = end
    return tokens


def _marked(raw: str, start: int) -> tuple[Token | None, int]:
    """A quoted string or a comment."""
    plain = _PLAIN.match(raw, start)
    if plain and plain[1] is not None:
        return Token("quoted", plain[1]), plain.end()
    if plain:
        return Token("comment", plain[2]), plain.end()
    return _quoted(raw, start) if raw[start] == '"' else _comment(raw, start)


def _quoted(raw: str, start: int) -> tuple[Token | None, int]:
    text: list[str] = []
    at = start + 1
    while at < len(raw):
        char = raw[at]
        if char == '"':
            return Token("quoted", "".join(text)), at + 1
        if char == "\\":
            at += 1
            char = raw[at : at + 1]
        text.append(char)
        at += 1
    return None, at


def _comment(raw: str, start: int) -> tuple[Token | None, int]:
    text: list[str] = []
    depth, at = 1, start + 1
    while at < len(raw):
        char = raw[at]
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return Token("comment", "".join(text)), at + 1
        if char == "\\":
            at += 1
            char = raw[at : at + 1]
        text.append(char)
        at += 1
    return None, at


def tokens_up_to(tokens: list[Token], kinds: str) -> Iterator[int]:
    """The places of the tokens of these kinds, and the end."""
    for at, token in enumerate(tokens):
        if token.kind in kinds:
            yield at
    yield len(tokens)
