"""Who a post mentions: `@handle`, `@First`, `@Full Name` and a bare "Full Name" are all one person's.

A handle is compared without regard to case, accents and punctuation: `@mike_hales` is Mike Hales. A first name needs
the `@`, and a bare name all its words, written as names are. What fits two people fits nobody: it stays text. Code,
quotes, links and mail addresses are not looked into. Limits: the first 100,000 characters of a text, the first 50
people that it mentions, names of two to six words. Pure.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .people import words_of
from .render import runs

TEXT_MAX = 100_000
MENTIONS_MAX = 50
WORDS_MAX = 6

# An at sign within a word is a mail address's, and a word behind one is its domain.
_START = re.compile(r"(?:(?<![\w.+/@＠])([@＠])|(?<![\w@＠]))([^\W_][\w.'’-]{0,59})")
# The same in Markdown as it is written, where a mark of emphasis may stand before it: what is called by an at sign,
# what a bare name may begin with, which is no small letter of ours, and any word.
_CALL = re.compile(r"[@＠]([^\W_][\w.'’-]{0,59})")
_CAPITAL = re.compile(r"(?<![^\W_])[^\W_a-z][\w.'’-]{0,59}")
_ANY = re.compile(r"[^\W_][\w.'’-]{0,59}")
_NEXT = re.compile(r"(?:[ \xa0]{1,2}|[ \xa0]?\n)([^\W\d_][\w.'’-]{0,59})")
_POSSESSIVE = re.compile(r"['’]s$")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,20})[^<>]{0,3000}>")
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_CLOSED = frozenset(("a", "code", "pre", "blockquote"))


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who may be mentioned."""

    person_id: int
    name: str
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a run of plain text mentions whom."""

    start: int
    end: int
    person_id: int


class Candidates:
    """What a text may be naming: to leave out, at little cost, all of a large list's people whom it does not.

    Only what may begin a name is looked at, a tenth of the words: 90 us for 2 kB of text, where all of them took 190.
    """

    def __init__(self, text: str) -> None:
        self._text = text[:TEXT_MAX]
        self._begins = {part for word in set(_CAPITAL.findall(self._text)) for part in _parts(word)}
        self._called: set[str] = set()
        self.handles: set[str] = set()
        """What may be a handle, in the forms that a handle may be written in."""
        for word in set(_CALL.findall(self._text)):
            parts = _parts(word)
            self._begins.update(parts)
            self._called.add("".join(parts))
            word = _bare(word).strip("_").casefold()
            self.handles |= {word, *(mark.join(parts) for mark in ("", "_", "-", "."))}

    @cached_property
    def _words(self) -> frozenset[str]:
        """All words: asked for only where some name may begin."""
        return frozenset(part for word in set(_ANY.findall(self._text)) for part in _parts(word))

    def __bool__(self) -> bool:
        return bool(self._begins)

    @property
    def firsts(self) -> set[str]:
        """What the first words (`first`) of the names may be that the text may be naming."""
        return self._begins | {word[:end] for word in self._called for end in range(1, len(word) + 1)}

    def may_be(self, name: str) -> bool:
        """Whether the text may name somebody of that name; never false for whom it does name."""
        begin = first(name)
        if begin not in self._begins:  # nearly everybody
            return bool(begin and self._called) and self._calls(begin)
        words = words_of(name)
        return (len(words) > 1 and self._words.issuperset(words)) or self._calls(begin)

    def _calls(self, begin: str) -> bool:
        return any(one.startswith(begin) for one in self._called)


def _parts(word: str) -> list[str]:
    return [word.lower()] if word.isascii() and word.isalnum() else words_of(_bare(word).strip("_"))


@lru_cache(4_096)
def first(name: str) -> str:
    """The first word of a name, as names are compared; empty where it has none."""
    plain = name.casefold()
    words = plain.split(" ", 1) if _PLAIN.fullmatch(plain) else words_of(name)
    return words[0] if words else ""


class Names:
    """What the people of a list may be called by."""

    def __init__(self, people: Iterable[Named]) -> None:
        self._handles: dict[str, int] = {}
        self._called: defaultdict[str, set[int]] = defaultdict(set)
        self._first: defaultdict[str, set[int]] = defaultdict(set)
        self._full: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        for one in people:
            for handle in one.handles:
                self._handles[handle.casefold()] = one.person_id
                self._called["".join(words_of(handle))].add(one.person_id)
            words = tuple(words_of(one.name))
            if not 0 < len(words) <= WORDS_MAX:
                continue
            self._called["".join(words)].add(one.person_id)
            self._first[words[0]].add(one.person_id)
            if len(words) > 1:
                self._full[words].add(one.person_id)

    def __bool__(self) -> bool:
        return bool(self._called)

    def begin_with(self, word: str) -> bool:
        """Whether anybody's name begins with this word."""
        parts = words_of(_bare(word))
        return bool(parts) and parts[0] in self._first

    def called(self, word: str) -> set[int]:
        """The people whose handle a word is; else those of that name, written as one; else of that first name."""
        if (person := self._handles.get(word.casefold())) is not None:
            return {person}
        key = "".join(words_of(word))
        return self._called.get(key) or self._first.get(key) or set()

    def full(self, words: list[str]) -> tuple[set[int], int]:
        """The people of the longest full name that these words begin with, and its length in words."""
        if not words or words[0] not in self._first:
            return set(), 0
        for size in range(min(len(words), WORDS_MAX), 1, -1):
            if people := self._full.get(tuple(words[:size])):
                return people, size
        return set(), 0


def mentioned(text: str, names: Names) -> tuple[int, ...]:
    """The people whom a post's Markdown mentions, each once, in the order in which they are named."""
    people: dict[int, None] = {}
    for run in runs(text[:TEXT_MAX]):
        for mention in find(run, names):
            people[mention.person_id] = None
            if len(people) == MENTIONS_MAX:
                return tuple(people)
    return tuple(people)


def find(run: str, names: Names) -> Iterator[Mention]:
    """The mentions in a run of plain text, from left to right."""
    at = 0
    for start in _START.finditer(run):
        if start.start() < at:
            continue
        people, end = _full(run, start, names)
        if not people and start[1]:
            word = _bare(start[2])
            people, end = names.called(word), start.start(2) + len(word)
        if people:
            at = end
        if len(people) == 1 and run[end : end + 1] not in ("@", "＠"):
            yield Mention(start.start(), end, next(iter(people)))


def _full(run: str, start: re.Match[str], names: Names) -> tuple[set[int], int]:
    """Whose full name begins here, and where it ends; nobody's without `@` where it begins with a small letter."""
    if not start[1] and start[2][0].islower():
        return set(), 0
    if not names.begin_with(start[2]):  # nearly every word: the rest is not worth doing for it
        return set(), 0
    words: list[str] = []
    ends: list[int] = []
    at, word = start.start(2), start[2]
    while len(words) < WORDS_MAX:
        bare = _bare(word)
        parts = words_of(bare)
        words += parts
        ends += [at + len(bare)] * len(parts)
        # a full stop ends a name, unless it stands for the rest of an initial
        following = _NEXT.match(run, at + len(word)) if word in (bare, bare + ".") else None
        if following is None:
            break
        at, word = following.start(1), following[1]
    people, size = names.full(words)
    return people, ends[size - 1] if size else 0


def _bare(word: str) -> str:
    """A word without the marks that end a sentence, and without the s of an owner."""
    return _POSSESSIVE.sub("", word.rstrip(".-'’")) or word


def linked(written: str, names: Names, link: Callable[[int], str]) -> str:
    """A post's sanitised HTML with its mentions as links to `link(person)`, a URL of ours."""
    out: list[str] = []
    closed = at = 0
    for tag in _TAG.finditer(written):
        text = written[at : tag.start()]
        out += [text if closed else _link_text(text, names, link), tag[0]]
        at = tag.end()
        if tag[2] in _CLOSED:
            closed = max(0, closed + (-1 if tag[1] else 1))
    return "".join([*out, _link_text(written[at:], names, link)])


def _link_text(text: str, names: Names, link: Callable[[int], str]) -> str:
    run = html.unescape(text)
    out: list[str] = []
    at = 0
    for mention in find(run, names):
        said = html.escape(run[mention.start : mention.end])
        url = html.escape(link(mention.person_id))
        out += [html.escape(run[at : mention.start], quote=False), f'<a href="{url}">{said}</a>']
        at = mention.end
    return "".join([*out, html.escape(run[at:], quote=False)]) if out else text
