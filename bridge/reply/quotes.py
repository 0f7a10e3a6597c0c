"""Where an earlier mail begins: attribution lines, header blocks and separators, in the languages of `languages`.

An opening is found at a line and never reaches further than LOOK lines, so that the search is linear. Prose is safe:
a line counts only with the marks that a mail program leaves (an address, a date with a clock, a block of three labels,
dashes around a known phrase) or with quoted text below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .languages import LANGUAGES, forms
from .lines import Hint, Line, fold

LOOK = 30
"""Lines of a header block at most, with folded recipients."""
WRAPPED = 4
"""Lines over which an attribution may be wrapped."""
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Opening:
    """The lines `start` to `end` (exclusive) that introduce an earlier mail, and what they say of it."""

    start: int
    end: int
    reason: str
    forward: bool = False
    """The phrase between the dashes says that the mail was passed on."""
    headers: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    attribution: str = ""


def _words(name: str) -> dict[str, str]:
    return {
        fold(form): language.code
        for language in reversed(LANGUAGES)
        for form in forms(getattr(language, name))
    }


_SCRIPT = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_VERBS = {verb: code for verb, code in _words("wrote").items() if not _SCRIPT.search(verb)}
_ENDINGS = {verb: code for verb, code in _words("wrote").items() if _SCRIPT.search(verb)}
_OPENERS = frozenset(form.split()[0] for language in LANGUAGES for form in forms(language.opens))
_ORIGINAL = _words("original")
_FORWARDED = _words("forwarded")
_FIELDS = ("sender", "date", "subject", "to", "cc")
LABELS = {label: name for name in reversed(_FIELDS) for label in _words(name)}
_FORWARD_PREFIXES = frozenset(_words("fwd"))
_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "you",
        "i",
        "we",
        "who",
        "one",
        "er",
        "sie",
        "wir",
        "ich",
        "man",
        "il",
        "elle",
        "ils",
        "elles",
        "nous",
        "vous",
        "je",
        "tu",
        "él",
        "ella",
        "ellos",
        "usted",
        "egli",
        "lui",
        "lei",
        "loro",
        "ele",
        "ela",
        "eles",
        "hij",
        "zij",
        "ze",
        "jij",
        "han",
        "hon",
        "hun",
        "de",
        "vi",
        "on",
        "ona",
        "oni",
        "он",
        "она",
        "они",
        "вы",
        "ты",
        "я",
    ]
)

_WORD = re.compile(r"[^\W\d_]+(?:\([^\W\d_]{1,3}\))?")
_CLOCK = re.compile(
    r"\d{1,2}\s?[:.h時时点點시]\s?\d{2}(?!\d)|\d{1,2}\s?(?:am|pm|uhr)\b|\d\s?[時时点點시]", re.IGNORECASE
)
_DATE = re.compile(r"(?<!\d)(?:1[34]|19|20|25)\d\d(?!\d)|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d\s?[月년]")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d ")
_ZONED = re.compile(r"\d\d:\d\d:\d\d [+-]\d{4}")
_SIGN = re.compile(r"[:：@<\d]|[-_=*~─—–]{2}")
_DIGIT = re.compile(r"\d")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_ADDRESS = re.compile(r"[^\s@<>\"(]{1,64}@[\w-]{1,64}[\w.-]{0,190}|<[^<>\s]{1,80}>")
_INNER = re.compile(r"(?:(?<=\s)|(?<=-))([^\W\d_]{1,10}),?\s")
_LABEL = re.compile(r"(?:^|(?<=[\s*_|]))([^\W\d_][^\s:]{0,20})\*?:\*?(?=\s)")
_DASHES = " \t-_=*~─—–−>•#+"
_LEAD = " \t*_>[(\"'‘“«<|•·-–—"
_COLONS = (":", "：", "﹕", ":-", "∶")
_PREFIX = re.compile(
    r"\s*(?:\[[^\]\n]{0,60}\]\s*)?([^\W\d_][\w. -]{0,20}?)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]"
)


def is_forward_subject(subject: str) -> bool:
    """Does the subject's outermost prefix say that the mail was passed on?"""
    found = _PREFIX.match(subject[:200])
    return bool(found) and fold(found.group(1)) in _FORWARD_PREFIXES  # type: ignore[union-attr]


def opening(lines: Sequence[Line], place: int) -> Opening | None:
    """What introduces an earlier mail at `place`, or None."""
    line = lines[place]
    if line.blank or len(line.text) > LONGEST or not _may_open(lines, place):
        return None
    return separator(lines, place) or header_block(lines, place) or attribution(lines, place)


def _may_open(lines: Sequence[Line], place: int) -> bool:
    """A quick look: an opening holds a colon, a digit, an address or a rule on its first line, or just below."""
    if _SIGN.search(lines[place].text) or lines[place].hint is not Hint.NONE:
        return True
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    return bool(below and _SIGN.search(below)) or bool(_verb(lines[place].text[-40:]))


def separator(lines: Sequence[Line], place: int) -> Opening | None:
    """A known phrase between dashes, or alone above a header block; the block belongs to it."""
    text = lines[place].text
    core = fold(text.strip(_DASHES)).rstrip(":：. ")
    if not core:
        return _ruled(lines, place)
    if len(core) > 120:
        return None
    dashed = text[:2].strip(_DASHES) == "" and len(text) > len(core) + 3
    forward = core in _FORWARDED or (
        dashed and core.startswith(("forwarded by ", "weitergeleitet von ", "transféré par "))
    )
    if not forward and core not in _ORIGINAL:
        return None
    follows = _next(lines, place + 1, lines[place].depth)
    block = None if follows is None else header_block(lines, follows, sure=True)
    if block is not None:
        return Opening(place, block.end, f"{_kind(forward)}, {_code(core)}", forward, True, block.fields)
    if not dashed and not (forward and text.rstrip().endswith(_COLONS)):
        return None
    quote = None if follows is None else attribution(lines, follows)
    end, said = (place + 1, "") if quote is None else (quote.end, quote.attribution)
    return Opening(place, end, f"{_kind(forward)}, {_code(core)}", forward, False, {}, said)


def _kind(forward: bool) -> str:
    return "forward separator" if forward else "original message separator"


def _code(core: str) -> str:
    return _FORWARDED.get(core) or _ORIGINAL.get(core) or "en"


def _ruled(lines: Sequence[Line], place: int) -> Opening | None:
    """A rule straight above a header block belongs to the block."""
    if len(lines[place].text) < 3:
        return None
    follows = _next(lines, place + 1, lines[place].depth)
    block = None if follows is None else header_block(lines, follows)
    if block is None:
        return None
    return Opening(place, block.end, block.reason, False, True, block.fields)


def _next(lines: Sequence[Line], place: int, depth: int) -> int | None:
    """The next line that is not blank, at this depth, at most three lines on."""
    for here in range(place, min(place + 4, len(lines))):
        if not lines[here].blank:
            return here if lines[here].depth in (depth, depth + 1) else None
    return None


def label(text: str) -> tuple[str, str] | None:
    """A header label with its value, as in `*Von:* Jo` -> ("sender", "Jo")."""
    head = text[:48]
    place = min((found for found in (head.find(":"), head.find("：")) if found > 0), default=0)
    if not place:
        return None
    name = fold(head[:place].strip(" \t*_-|•")).replace("\u00a0", " ")
    known = LABELS.get(name) or LABELS.get(name.replace(" ", ""))
    return (known, text[place + 1 :].strip(" \t*_")) if known else None


def split_shared(lines: list[Line]) -> list[Line]:
    """Parts an attribution from words that stand before it on the same line."""
    split: list[Line] = []
    for place, line in enumerate(lines):
        found = (
            _shared(line.text)
            if not line.depth and line.text.endswith(_COLONS) and len(line.text) < LONGEST
            else 0
        )
        if found and _judge(line.text[found:], _quoted_next(lines, place + 1, 0), Hint.NONE):
            at = line.markdown.find(line.text[found:])
            split.append(Line(line.text[:found].rstrip(" -"), line.markdown[:at].rstrip(" -"), 0, line.hint))
            split.append(Line(line.text[found:], line.markdown[at:], 0, line.hint))
        else:
            split.append(line)
    return split


def _shared(text: str) -> int:
    """The place of an "On" with a date inside a line whose beginning holds neither address nor digit; 0 if none."""
    for found in _INNER.finditer(text):
        head = text[: found.start(1)]
        if any(char.isdigit() or char == "@" for char in head) or len(head.strip()) < 2:
            return 0
        if found.group(1) in _OPENERS and any(
            char.isdigit() for char in text[found.end() : found.end() + 24]
        ):
            return found.start(1)
    return 0


def _single_line(text: str) -> dict[str, str]:
    """The fields of a header block that was run together into one line."""
    fields: dict[str, str] = {}
    spans: list[tuple[int, int, str]] = []
    for found in _LABEL.finditer(text[:LONGEST]):
        name = LABELS.get(fold(found.group(1)))
        if name and name not in fields:
            fields[name] = ""
            spans.append((found.start(1), found.end(), name))
    for number, (_, end, name) in enumerate(spans):
        fields[name] = text[end : spans[number + 1][0] if number + 1 < len(spans) else None].strip(" *_|")
    return fields if spans and not text[: spans[0][0]].strip(" *_|") else {}


def header_block(lines: Sequence[Line], place: int, *, sure: bool = False) -> Opening | None:
    """A block of labels that names a sender; `sure` where a separator above has said what it is."""
    first = label(lines[place].text)
    hinted = lines[place].hint is Hint.HEADER or (lines[place].hint is Hint.ATTRIBUTION and sure)
    if first is None:
        return _hinted_block(lines, place) if hinted else None
    single = _single_line(lines[place].text) if lines[place].text.count(":") > 1 else {}
    if len(single) > 1 and _convinces(single, sure=sure or hinted):
        return Opening(place, place + 1, "header block", False, True, single)
    depth, fields, current = lines[place].depth, {first[0]: first[1]}, first[0]
    end, here, loose = place + 1, place + 1, 0
    while here < min(place + LOOK, len(lines)) and lines[here].depth == depth and loose <= 4:
        line = lines[here]
        found = None if line.blank else label(line.text)
        if found is not None:
            if found[0] in fields and found[0] != "cc":
                break
            current, loose, end = found[0], 0, here + 1
            fields.setdefault(current, found[1])
        elif line.blank:
            loose += 1 if fields[current] else 0
            if loose > 1 and len(fields) > 2:
                break
        else:
            loose += 1
            if not fields[current]:
                fields[current], end, loose = line.text, here + 1, 0
            elif end == here and "@" in line.text and current in ("to", "cc"):
                end = here + 1
        here += 1
    if _convinces(fields, sure=sure or hinted):
        return Opening(place, end, "header block", False, True, fields)
    return None


def _convinces(fields: dict[str, str], *, sure: bool) -> bool:
    if "@" in fields.get("to", "") and _ZONED.search(fields.get("date", "")):
        return True
    if "sender" not in fields or not fields["sender"]:
        return False
    if sure:
        return len(fields) >= 2
    dated = bool(_CLOCK.search(ascii_digits(fields.get("date", ""))))
    addressed = "@" in fields["sender"] or "@" in fields.get("to", "")
    if len(fields) >= 3:
        return (
            dated
            or addressed
            or bool(_DATE.search(ascii_digits(fields.get("date", ""))) and len(fields) >= 4)
        )
    return "@" in fields["sender"] and (dated or "@" in fields.get("to", "") or "subject" in fields)


def _hinted_block(lines: Sequence[Line], place: int) -> Opening | None:
    """A block in a language that we do not know, where the markup says what it is."""
    end = place
    while end < min(place + 12, len(lines)) and lines[end].hint is Hint.HEADER:
        end += 1
    labelled = sum(
        1 for line in lines[place:end] if 0 < line.text.find(":") < 40 or 0 < line.text.find("：") < 40
    )
    return Opening(place, end, "header block, by markup", False, True) if labelled >= 3 else None


def attribution(lines: Sequence[Line], place: int) -> Opening | None:
    """A line such as "On DATE, NAME wrote:", wrapped over at most WRAPPED lines."""
    depth, joined = lines[place].depth, ""
    start = _start_kind(lines, place)
    if not start:
        return None
    for end in range(place, min(place + WRAPPED, len(lines))):
        line = lines[end]
        if line.blank or line.depth != depth:
            return None
        joined = f"{joined} {line.text}" if joined else line.text
        if len(joined) > LONGEST:
            return None
        reason = _judge(joined, _quoted_next(lines, end + 1, depth), line.hint)
        if reason and not _later_start(lines, place, end, start, depth):
            return Opening(place, end + 1, reason, attribution=joined)
        if (
            line.paragraph
            and not joined.rstrip().endswith("<")
            and line.hint is not Hint.ATTRIBUTION
            and len(joined) > 200
        ):
            return None
    return None


def _start_kind(lines: Sequence[Line], place: int) -> str:
    """How an attribution may begin here: with its "On", with a date, or with a name; empty if it may not."""
    text = lines[place].text.lstrip(_LEAD)
    if not text:
        return ""
    head = text.split(None, 1)[0]
    if head in _OPENERS or head.rstrip(",:") in _OPENERS:
        follows = lines[place + 1].text if place + 1 < len(lines) else ""
        if _DIGIT.search(text[:80] + follows[:40]):
            return "" if _ends_sentence(text) else "opener"
    if text[0].isdigit():
        return "date"
    if "@" in text or "<" in text or _DIGIT.search(text):
        return "name"
    if place + 1 < len(lines) and lines[place + 1].text[:1] == "<":
        return "name"
    return "name" if text.endswith(_COLONS) or _verb(text[-40:]) else ""


def _ends_sentence(text: str) -> bool:
    last = text.split()[-1]
    return last[-1] in "!?" or (last[-1] == "." and len(last) > 5 and last[:-1].isalpha())


def _later_start(lines: Sequence[Line], place: int, end: int, start: str, depth: int) -> bool:
    """Does a shorter attribution begin on one of the later lines? Then the words before it are the author's."""
    if start == "name" and _ADDRESS.search(lines[place].text) and _verb(lines[place].text):
        return False
    quoted = _quoted_next(lines, end + 1, depth)
    for here in range(place + 1, end + 1):
        kind = _start_kind(lines, here)
        if kind in ("opener", "date") or (start == "name" and kind == "name"):
            if kind == "name" and lines[here].text[:1] == "<":
                continue
            rest = " ".join(line.text for line in lines[here : end + 1])
            if _judge(rest, quoted, lines[here].hint) and (kind != "date" or start != "opener"):
                return True
    return False


def _quoted_next(lines: Sequence[Line], place: int, depth: int) -> bool:
    for here in range(place, min(place + 3, len(lines))):
        if lines[here].depth > depth:
            return True
        if not lines[here].blank:
            return False
    return False


def ascii_digits(text: str) -> str:
    """Digits of all scripts as ASCII ones."""
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def _verb(text: str) -> str:
    folded = fold(text)
    for word in _WORD.findall(folded):
        if word in _VERBS:
            return _VERBS[word]
    if not folded.isascii():
        for ending, code in _ENDINGS.items():
            if ending in folded:
                return code
    return ""


def _judge(joined: str, quoted: bool, hint: Hint) -> str:
    """Why this is an attribution, empty if it is none."""
    text = ascii_digits(joined).strip(" \t*_>\"'”")
    dashed = text.startswith("--") and text.endswith("--")
    text = text.strip("- ")
    colon = text.endswith(_COLONS) or dashed
    last = text[-24:]
    if (
        not colon
        and not quoted
        and not _STAMP.match(text)
        and hint is not Hint.ATTRIBUTION
        and not _verb(last)
    ):
        return ""
    verb = _verb(text)
    clock, date, address = _CLOCK.search(text), _DATE.search(text), _ADDRESS.search(text)
    marks = sum(map(bool, (clock, date, address)))
    said = f"attribution line, {verb}" if verb else "attribution line"
    if hint is Hint.ATTRIBUTION and (colon or verb or quoted) and (marks or verb):
        return said
    if verb and colon:
        if marks >= 2 and (quoted or address or _capital_name(text)):
            return said
        if (
            (address or dashed)
            and marks <= 2
            and _names_only(text.replace(address.group(), "") if address else text)
        ):
            return said
        return said if quoted and (marks or _DAY.search(text) or _names_only(text)) else ""
    if colon:
        return said if marks == 3 or (quoted and (address or (clock and date))) else ""
    if verb and marks >= 2 and (quoted or (marks == 3 and _verb(last))):
        return said
    if quoted and date and address and len(text) < 160 and (clock or text[0].isdigit()):
        return said
    return said if _STAMP.match(text) else ""


def _capital_name(text: str) -> bool:
    """Is the word beside the verb a name (a capital letter, or a script without case)?"""
    words = text.split()
    for place, word in enumerate(words):
        if _verb(word):
            beside = [words[place - 1]] if place else []
            beside += words[place + 1 : place + 2]
            return any(
                near.strip(_LEAD)[:1].isupper() or not near.strip(_LEAD + ",;:").islower()
                for near in beside
                if near.strip(_LEAD)
            )
    return True


def _names_only(text: str) -> bool:
    """Is it but a name and the verb, as in "Jo Brook wrote:"?"""
    words = [word for word in _WORD.findall(text) if not _verb(word)]
    if not 1 <= len(words) <= 5 or any(fold(word) in _PRONOUNS for word in words):
        return False
    return len(words) == 1 or not words[-1].islower() or not words[0].islower()
