"""What an author, or his domain, has ended mails with before: signatures, slogans and notices of any form.

A line is known by its fingerprint and by that of its paragraph, however that is wrapped. Two sightings are enough;
one below his name or sign-off, and none where the same stands in a quoted mail of his. In doubt a line stays: what
is not known, greetings, sign-offs and names, a short sentence that merely repeats, and all of a mail. Only the last
ZONE lines of the author's own are looked at.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from . import contact
from .contact import Found, Writer
from .known import DOUBTED, Known, Sightings
from .lines import fold
from .parts import Kind, Part
from .wording import joined, weight, words_and_links

ZONE = 30
WIDTH = 4000
SHORT = 12
"""Lines of a paragraph at most whose fingerprints are kept for a while."""
QUOTED = 400
"""Lines of quotes that are looked at."""
ENOUGH = 2
LONG = 25
"""Words from which on a line or paragraph is a notice rather than a passing sentence."""

_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", ":", "：")
_ENDS = (*_STOPS, ",", "，")
_ASKS = ("?", "？", "؟", ";?")
_REACH = re.compile(
    r"https?://|www\.|[^\s@<>]{1,64}@[\w-]{1,64}\.\w|(?<![\w/.])[+(]{0,2}\d[\d ().\u00a0/-]{6,24}\d(?!\w)"
)
_ADORNED = re.compile(r"^[~★☆✿❀♻⚘◆]\s?\w.*[~★☆✿❀♻⚘◆]$|\w\s?[|•·]\s?\w|[✉☎📞♻]")
_DIGIT = re.compile(r"\d")
_NEVER = Sightings()
_POSTSCRIPT = ("ps", "p.s", "p. s", "p.p.s", "nb", "n.b")
_EMPTY = blake2b(digest_size=10)
_MARKED = re.compile(r"\s{0,3}>")


def fingerprints(markdown: Sequence[str]) -> list[tuple[str, ...]]:
    """For each line its fingerprints: its own and that of its paragraph of several lines; none for a rule."""
    found: list[tuple[str, ...]] = []
    run: list[str] = []
    for line in (*markdown, ""):
        if line and not line.isspace():
            run.append(line[:WIDTH])
            continue
        if run:
            found += _kept(tuple(run)) if len(run) <= SHORT else _of_paragraph(tuple(run))
            run = []
        found.append(())
    del found[-1]
    return found


def _of_paragraph(run: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The fingerprints of lines that stand together; words never cross a line's end, so each is split once."""
    words = [joined(line) for line in run]
    found = [_hashed(said or _signs_only(line)) for line, said in zip(run, words, strict=True)]
    if len(run) == 1:
        return [(own,) if own else () for own in found]
    whole = _hashed(b" ".join([said for said in words if said]) or _signs_only(" ".join(run)))
    return [(own, whole) if own else () for own in found]


_kept = lru_cache(maxsize=256)(_of_paragraph)
"""A mail's paragraphs are asked for each time that it is gone over."""


def _signs_only(text: str) -> bytes:
    """What stands for the words of a line without any; nothing for a rule."""
    return b"" if contact.is_rule(text.strip()) else "".join(text.split()).encode("utf-8", "replace")


def _hashed(said: bytes) -> str:
    if not said:
        return ""
    digest = _EMPTY.copy()  # a fifth less than one made anew
    digest.update(said)
    return digest.hexdigest()


def own_end(parts: Iterable[Part]) -> list[str]:
    """The last lines of the author's own in a mail that was cleaned: what there is to learn from it."""
    lines: list[str] = []
    for part in reversed(list(parts)):
        if part.kind in (Kind.WORDS, Kind.SIGNATURE, Kind.DISCLAIMER):
            lines[:0] = ["", *part.text.split("\n")]
        elif lines and any(line.strip() for line in lines) and part.kind is not Kind.CLIENT:
            break
    return _zone(lines)


def _zone(lines: list[str]) -> list[str]:
    left = ZONE
    for place in range(len(lines) - 1, -1, -1):
        left -= bool(lines[place].strip())
        if left < 0:
            return lines[place + 1 :]
    return lines


def lessons(parts: Sequence[Part]) -> tuple[dict[str, str], dict[str, str]]:
    """Fingerprints with their lines that this mail teaches: of its author, and of his domain."""
    lines = own_end(parts)
    author: dict[str, str] = {}
    domain: dict[str, str] = {}
    for line, prints in zip(lines, fingerprints(lines), strict=True):
        for number, each in enumerate(prints):
            author[each] = line
            if number or len(line) >= 40 or _formal(line):
                domain[each] = line
    return author, domain


def contradicted(parts: Sequence[Part], known: Known) -> set[str]:
    """Fingerprints of tails that stand amid the words here, above a line that is new: they are words too."""
    if not known.tails:
        return set()
    lines = own_end(part for part in parts if not part.folded)
    prints = fingerprints(lines)
    held = {each for each, seen in known.tails.items() if seen.author > 0}
    fresh = [place for place, each in enumerate(prints) if each and held.isdisjoint(each)]
    above = prints[: fresh[-1]] if fresh else []
    return {one for each in above for one in each if one in held}


def learned(
    texts: Sequence[str], own: Sequence[int], folded: Collection[int], who: Writer, known: Known,
    quoted: Collection[str],
) -> dict[int, Found]:  # fmt: skip
    """What of the author's lines `own` (places in `texts`, Markdown) he has ended mails with before.

    `folded` are places among them that are folded already; `quoted` fingerprints of a quoted mail of his.
    """
    zone = own[-ZONE:]
    if not zone or not (known.tails or quoted):
        return {}
    span = range(zone[0], zone[-1] + 1)
    prints = dict(zip(span, fingerprints([texts[place] for place in span]), strict=True))
    if not any(one in known.tails or one in quoted for each in prints.values() for one in each):
        return {}
    seen = {place: _seen(prints[place], known, quoted) for place in zone}
    found: dict[int, Found] = {}
    for needed in (ENOUGH, 1):
        for run in _runs(texts, zone, folded, {p for p in zone if max(seen[p]) >= needed}):
            tail = _tail(texts, run, zone, folded, who, sure=needed == ENOUGH)
            for place in tail:
                if place not in folded:
                    found.setdefault(place, _why(texts[place], seen[place], prints[place], quoted))
    fresh = found and any(
        place not in folded and place not in found and (place not in seen or not max(seen[place]))
        and not contact.is_rule(texts[place].strip()) and not _signs(texts[place], who)
        for place in own
    )  # fmt: skip
    return found if fresh else {}


def quoted_of(texts: Sequence[str], quoted: Sequence[int], who: Writer) -> frozenset[str]:
    """The fingerprints of quoted lines, if they are of a mail of this writer's: they bear his name or address."""
    if not quoted or not (who.name or who.address):
        return frozenset()
    lines = [texts[place].lstrip("> \t")[:WIDTH] for place in quoted[:QUOTED]]
    said = fold("\n".join(lines))
    if not (who.address and who.address in said) and not (
        who.name and all(name in said for name in who.name)
    ):
        return frozenset()
    return frozenset(each for prints in fingerprints(lines) for each in prints)


def _seen(prints: Sequence[str], known: Known, quoted: Collection[str]) -> Sightings:
    found = [known.tails[each] for each in prints if each in known.tails]
    if not found and not quoted:
        return _NEVER
    if DOUBTED in found:
        return Sightings()
    author = max((each.author for each in found), default=0)
    domain = max((each.domain for each in found), default=0)
    if any(each in quoted for each in prints):
        author += ENOUGH
    # A colleague's single mail says little: only what his domain repeats is its notice.
    return Sightings(author, domain if domain >= ENOUGH else 0)


def _runs(
    texts: Sequence[str], zone: Sequence[int], folded: Collection[int], known: Collection[int]
) -> list[list[int]]:
    """Lines of the zone that are known, folded or rules, in runs that stand together."""
    runs: list[list[int]] = [[]]
    for place in zone:
        if place in known or place in folded or contact.is_rule(texts[place].strip()):
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if any(place in known for place in run)]


def _tail(
    texts: Sequence[str], run: list[int], zone: Sequence[int], folded: Collection[int], who: Writer, *, sure: bool
) -> list[int]:  # fmt: skip
    """The part of a known run that is a tail: below a name, a sign-off or a rule, or by its own form where `sure`."""
    above = zone.index(run[0]) - 1
    named = above >= 0 and _signs(texts[zone[above]], who)
    start = 0
    for number, place in enumerate(run):
        text = texts[place].strip()
        if _signs(text, who) and not any(_formal(texts[p]) for p in run[start:number] if named):
            named, start = True, number + 1
        elif fold(text).lstrip(" *_").startswith(_POSTSCRIPT):
            named, start = False, number + 1
    while start < len(run) and not named:
        text = texts[run[start]].strip()
        if run[start] in folded or contact.is_rule(text):
            break
        if (
            sure
            and run[-1] == zone[-1]
            and (_formal(_sentence(texts, run[start:])) or _fragments(texts, run[start:]))
        ):
            break
        start += 1
    tail = run[start:]
    formal = any(_formal(texts[place]) for place in tail)
    if run[-1] != zone[-1] and not formal:
        return []
    lone = [texts[place].strip() for place in tail if place not in folded]
    if not formal and (not sure and all(text.endswith(_ENDS) for text in lone)):
        return []
    return [] if not formal and all(text.endswith(_ASKS) for text in lone) else tail


def _signs(text: str, who: Writer) -> bool:
    """Is the line a sign-off, or nothing but the writer's name?"""
    text = text.strip()
    if contact.closing(text):
        return True
    if len(text) > 60:
        return False
    said = frozenset(word for word in words_and_links(text) if len(word) > 1)
    return bool(said) and said <= who.name


def _formal(text: str) -> bool:
    """Has a line the form of a contact block or a notice? A passing sentence has not."""
    text = text.strip()
    if _MARKED.match(text):
        return False
    if _reaches(text) or _adorned(text):
        return not text.endswith(_ASKS)
    return weight(words_and_links(text)) >= LONG and not any(mark in text for mark in _ASKS)


def _reaches(text: str) -> bool:
    """Holds a link, an address or a telephone number; what each must hold is looked for first (8 -> 1 us)."""
    may = "@" in text or "://" in text or "www." in text or _DIGIT.search(text)
    return bool(may and _REACH.search(text))


def _adorned(text: str) -> bool:
    plain = text.isascii() and "|" not in text and text[:1] != "~"
    return not plain and bool(_ADORNED.search(text))


def _sentence(texts: Sequence[str], run: Sequence[int]) -> str:
    """The first of these lines, with those below it into which its sentence runs on."""
    said = [texts[run[0]].strip()]
    for above, place in itertools.pairwise(run[:ZONE]):
        if place != above + 1 or said[-1].endswith(_STOPS):
            break
        said.append(texts[place].strip())
    return " ".join(said)


def _fragments(texts: Sequence[str], run: Sequence[int]) -> bool:
    """Do two or more lines without the end of a sentence stand together?"""
    first = [texts[place].strip() for place in run[:2]]
    return len(first) == 2 and run[1] == run[0] + 1 and not any(text.endswith(_ENDS) for text in first)


def _why(text: str, seen: Sightings, prints: Sequence[str], quoted: Collection[str]) -> Found:
    kind = Kind.DISCLAIMER if weight(words_and_links(text)) >= LONG and not _reaches(text) else Kind.SIGNATURE
    if any(each in quoted for each in prints):
        return Found(kind, "stands below a quoted mail of the same author", False)
    if seen.author:
        mails = f"{seen.author} mail{'s' if seen.author > 1 else ''}"
        return Found(kind, f"learned from {mails}", False)
    return Found(kind, f"learned from {seen.domain} mails of the same domain", False)
