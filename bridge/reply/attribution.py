"""Attribution lines, as in "On DATE, NAME wrote:", in many languages, wrapped over at most WRAPPED lines.

Prose is safe: a line counts only with an address, a date with a clock, or quoted text below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from .languages import LANGUAGES, forms
from .lines import Hint, Line, fold
from .openings import ADDRESS, CLOCK, COLONS, DATE, DIGIT, LONGEST, Opening, ascii_digits, words

_Found: TypeAlias = re.Match[str] | None
WRAPPED = 5
"""Lines over which an attribution may be wrapped."""
_SCRIPT = re.compile("[\u0900-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_VERBS = {verb: code for verb, code in words("wrote").items() if not _SCRIPT.search(verb)}
_ENDINGS = {verb: code for verb, code in words("wrote").items() if _SCRIPT.search(verb)}
_OPENERS = frozenset(form.split()[0] for language in LANGUAGES for form in forms(language.opens))
_PRONOUNS = frozenset(
    forms(
        "he|she|they|it|you|i|we|er|sie|wir|ich|man|il|elle|ils|elles|nous|vous|je|tu|él|ella|ellos|usted|egli|lui|lei|"
        "loro|ele|ela|eles|hij|zij|ze|jij|han|hon|hun|de|vi|on|ona|oni|он|она|они|вы|ты|я"
    )
)
_POSSESSIVES = frozenset(
    forms(
        "my|our|his|her|their|your|mein|meine|unser|unsere|sein|seine|ihr|ihre|mijn|onze|haar|mon|ma|notre|nos|votre|leur|"
        "nuestro|nuestra|mi|su|mio|mia|suo|sua|nostro|nostra|meu|minha|nosso|nossa|seu|min|mitt|vår|hans|hennes|mój|moja|nasz|můj|moje"
    )
)
_ONESELF = frozenset(forms("I|ich|j'ai|yo|io|ho|eu|ik|jag|jeg|minä|jsem|som|sem|ja|jaz|я|аз|ја|he"))
"""What stands beside a verb of saying where a person tells of himself; a program gives his name."""
_TO_ONESELF = frozenset(
    forms(
        "me|us|mir|uns|m'a|mij|ons|mig|oss|meg|mi|ci|mně|nám|mnie|nam|мне|нам|мені|minulle|meille|bana|bize"
    )
)
_ARTICLES = _POSSESSIVES | {"the"}
_NO_NAMES = frozenset(
    forms(
        "as|then|so|and|but|there|here|this|that|someone|somebody|nobody|wie|dann|und|aber|der|die|das|jemand|comme|puis|"
        "et|mais|quelqu'un|como|entonces|pero|alguien|come|poi|ma|qualcuno|então|mas|alguém|zoals|toen|maar|iemand|som|så|"
        "men|någon|nogen|noen|jak|potem|ale|ktoś|někdo|как|потом|но|кто|кто-то|мой|моя|наш"
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:\([^\W\d_]{1,3}\))?")
_LETTERS = bytes(ord(chr(place).lower()) if chr(place).isalpha() else 32 for place in range(128)) + bytes(128)
_ASCII_VERBS = frozenset(verb.encode() for verb in _VERBS if verb.isascii())
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d ")
_TRACE = re.compile(r"[\d@<]|--")
_RAN_ON = re.compile(r"[^\n@<]{10,120}<[^<>\s]{3,200}@[^<>\s]{3,200}>[^:<>]{1,30}:(?=\s{2,}\S)")
_YOU = re.compile(r"(?<!\w)(?:you|du|Sie|vous|tu|te|usted|ud\.|lei|você|u|je|вы|Вы) ", re.IGNORECASE)
_YOU_WROTE = re.compile(r"(?:you|du|sie|vous|вы|ви|ty|vy) [^\W\d_]{4,10} ", re.IGNORECASE)
_ANGLED = re.compile(r"[<(\[][^\s<>()\[\]]{1,64}@")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_INNER = re.compile(r"(?:(?<=\s)|(?<=-))([^\W\d_]{1,10}),?\s")
_NAME_AND_ADDRESS = re.compile(
    r"[^\d@<>]{0,60}\(?<[^<>\s]{1,200}>|[^\d@<>]{0,60}\([^()\s]{1,100}@[^()\s]{1,200}\)"
)
_NUMBERED = re.compile(r"\d{1,3}[.)] ")
_QUOTING = ("Quoting", "Quoth")
_LEAD = " \t*_>[(\"'‘“«<|•·-–—"


def split_shared(lines: list[Line]) -> list[Line]:
    """Parts an attribution from words that stand before it on the same line."""
    split: list[Line] = []
    for place, line in enumerate(lines):
        found = (
            _shared(line.text)
            if not line.depth and line.text.endswith(COLONS) and len(line.text) < LONGEST
            else 0
        )
        ran_on = _RAN_ON.match(line.text) if not line.depth and not found and "<" in line.text else None
        if ran_on and line.text.split(None, 1)[0] in _OPENERS and verb(ran_on.group()[-24:]):
            at = max(line.markdown.find(line.text[ran_on.end() :]), 0)
            split.append(Line(ran_on.group(), line.markdown[:at].rstrip(), 0, line.hint))
            split.append(Line(line.text[ran_on.end() :].lstrip(), line.markdown[at:], 0, line.hint))
        elif found and _judge(line.text[found:], _quoted_next(lines, place + 1, 0), Hint.NONE):
            at = max(line.markdown.find(line.text[found:]), 0)
            split.append(Line(line.text[:found].rstrip(" -"), line.markdown[:at].rstrip(" -"), 0, line.hint))
            split.append(Line(line.text[found:], line.markdown[at:], 0, line.hint))
        else:
            split.append(line)
    return split


def _shared(text: str) -> int:
    """The place of an "On" with a date inside a line whose beginning holds neither address nor digit; 0 if none.

    A beginning that is an "On" itself must be a sentence: "I asked them. On 3 November Jo wrote:".
    """
    opens = text.split(None, 1)[0] in _OPENERS
    for found in _INNER.finditer(text):
        head = text[: found.start(1)]
        if any(char.isdigit() or char == "@" for char in head) or (not opens and len(head.strip()) < 2):
            return 0
        if (
            found.group(1) in _OPENERS
            and (not opens or (len(head.split()) > 3 and head.rstrip().endswith((".", "!", "?"))))
            and not _SCRIPT.match(found.group(1))
            and any(char.isdigit() for char in text[found.end() : found.end() + 24])
        ):
            return found.start(1)
    return 0


def attribution(lines: Sequence[Line], place: int) -> Opening | None:
    """A line such as "On DATE, NAME wrote:", wrapped over at most WRAPPED lines."""
    depth, joined = lines[place].depth, ""
    start = _start_kind(lines, place)
    if not start:
        return None
    for end in range(place, min(place + WRAPPED, len(lines))):
        line = lines[end]
        if line.blank and end + 1 < len(lines) and lines[end + 1].text == "<":
            continue
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
        if not DIGIT.search(text) and text[-1] in ".!?…" and len(text.split()) > 3:
            return ""
        if DIGIT.search(text[:80] + follows[:40]):
            return "" if _ends_sentence(text) else "opener"
    if text[0].isdigit():
        return "date"
    if "@" in text or "<" in text or DIGIT.search(text):
        return "name"
    if place + 1 < len(lines) and lines[place + 1].text[:1] == "<":
        return "name"
    return "name" if text.endswith(COLONS) or verb(text[-40:]) else ""


def _ends_sentence(text: str) -> bool:
    last = text.split()[-1]
    return last[-1] in "!?" or (last[-1] == "." and len(last) > 5 and last[:-1].isalpha())


def _later_start(lines: Sequence[Line], place: int, end: int, start: str, depth: int) -> bool:
    """Does a shorter attribution begin on one of the later lines? Then the words before it are the author's."""
    first = lines[place].text
    if start == "name" and ADDRESS.search(first) and verb(first):
        return False
    apart = not place or lines[place - 1].blank or lines[place - 1].depth != depth
    named, dated = apart and bool(_NAME_AND_ADDRESS.match(first)), apart and bool(_dated(first))
    quoted = _quoted_next(lines, end + 1, depth)
    for here in range(place + 1, end + 1):
        kind = _start_kind(lines, here)
        if kind in ("opener", "date") or (start == "name" and kind == "name"):
            if kind == "name" and (lines[here].text[:1] in "<(" or named or dated):
                continue
            if kind == "date" and named:
                continue
            rest = " ".join(line.text for line in lines[here : end + 1])
            if _judge(rest, quoted, lines[here].hint) and (kind != "date" or start != "opener"):
                return True
    return False


def _dated(text: str) -> bool:
    """Does a line hold a date and a clock, and end in no sentence?"""
    text = ascii_digits(text)
    return bool(CLOCK.search(text) and DATE.search(text)) and not _ends_sentence(text)


def _quoted_next(lines: Sequence[Line], place: int, depth: int) -> bool:
    for here in range(place, min(place + 3, len(lines))):
        if lines[here].depth > depth:
            return True
        if not lines[here].blank:
            return False
    return False


def verb(text: str) -> str:
    """The language of a verb of saying in the text, empty if there is none."""
    plain = text.isascii() and "(" not in text
    if plain and _ASCII_VERBS.isdisjoint(text.encode().translate(_LETTERS).split()):
        return ""  # as below, in a fifth of the time
    folded = fold(text)
    for word in _WORD.findall(folded):
        if word in _VERBS:
            return _VERBS[word]
    if not folded.isascii():
        for ending, code in _ENDINGS.items():
            if ending in folded:
                return code
    return ""


@lru_cache(maxsize=2048)
def _judge(joined: str, quoted: bool, hint: Hint) -> str:
    """Why this is an attribution, empty if it is none. Kept: a mail is gone over several times."""
    if " = " in joined or (not quoted and hint is not Hint.ATTRIBUTION and not _TRACE.search(joined)):
        return ""
    framed = joined.startswith(">>>") and joined.endswith(">>>")
    text = ascii_digits(joined).strip(" \t*_>\"'”")
    dashed = text.startswith("--") and text.endswith("--")
    text = text.strip("- ")
    colon = text.endswith(COLONS) or dashed or framed
    last = text[-24:]
    if (
        not colon
        and not quoted
        and not _STAMP.match(text)
        and hint is not Hint.ATTRIBUTION
        and not verb(last)
    ):
        return ""
    spoken = verb(text)
    clock, date, address = CLOCK.search(text), DATE.search(text), ADDRESS.search(text)
    marks = sum(map(bool, (clock, date, address)))
    angled = bool(address) and bool(_ANGLED.search(text))
    said = f"attribution line, {spoken}" if spoken else "attribution line"
    if hint is Hint.ATTRIBUTION and (colon or spoken or quoted) and (marks or spoken):
        return said
    if spoken and colon:
        return said if _tells_who(text, clock, date, address, dashed=dashed, quoted=quoted) else ""
    if colon:
        return said if (marks == 3 and angled) or (quoted and (address or (clock and date))) else ""
    if spoken and marks >= 2 and (quoted or (marks == 3 and angled and verb(last))):
        return said
    if quoted and date and address and len(text) < 160 and (clock or text[0].isdigit()):
        return said
    return said if _STAMP.match(text) else ""


def _tells_who(
    text: str, clock: _Found, date: _Found, address: _Found, *, dashed: bool, quoted: bool
) -> bool:
    """Does a line that has the verb and ends in a colon say whose words follow?"""
    marks = sum(map(bool, (clock, date, address)))
    if clock and date and len(text) < 80 and _YOU_WROTE.match(text):
        return True
    if date and _YOU.search(text) and len(text) < 60 and text.split(None, 1)[0] in _OPENERS:
        return True
    if not quoted and ((address and _describes(text[: address.start()])) or _tells_of_oneself(text)):
        return False
    if marks >= 2 and (quoted or address or (_capital_name(text) and not _speaks_of_own(text))):
        return True
    if (
        (address or dashed)
        and marks <= 2
        and _names_only(text.replace(address.group(), "") if address else text)
    ):
        return True
    return quoted and (_tells_when(text, date) if marks == 1 and date else _named(text, marks))


def _named(text: str, marks: int) -> bool:
    """Is the mail that is quoted named by an address or a time, or by who wrote it alone?"""
    return bool(marks) or _tells_day(text) or _names_only(text)


def _tells_when(text: str, date: re.Match[str]) -> bool:
    """Does a date say more than the year? No program leaves it at that; "In 1954 Jo wrote:" does."""
    return not date.group().isdigit() or bool(_DAY.search(text))


def _tells_day(text: str) -> bool:
    """A day with neither year nor clock: after an "On" or first; a number in a sentence ("point 7 says:") is none."""
    day = _DAY.search(text)
    if not day:
        return False
    head = text[: day.start()].split()
    if len(head) > 3 and any(word[-1] in ".!?" for word in head):
        return False
    return bool(head) and head[0].rstrip(",:") in _OPENERS


def _speaks_of_own(text: str) -> bool:
    """Does it name somebody as a person does: "my uncle", "her boss"? A program has names alone."""
    return any(word in _POSSESSIVES for word in _WORD.findall(text))


def _describes(text: str) -> bool:
    """Does a person tell whose address follows, as in "their clerk <"? A program has his name."""
    words = text.rstrip("<([ ").split()[-2:]
    return len(words) == 2 and words[0] in _ARTICLES and words[1].islower()


def _tells_of_oneself(text: str) -> bool:
    """Does "I" stand beside the verb, in one language or another, the "have" of "I have written", or "to me"?"""
    words = text.rstrip(": ").split()
    return any(
        verb(word)
        and not (
            _ONESELF.isdisjoint(words[max(place - 2, 0) : place + 2])
            and _TO_ONESELF.isdisjoint(words[max(place - 2, 0) : place + 3])
        )
        for place, word in enumerate(words)
    )


def _capital_name(text: str) -> bool:
    """Is the word beside the verb a name (a capital letter, or a script without case)?"""
    words = text.split()
    for place, word in enumerate(words):
        if verb(word):
            beside = words[max(place - 2, 0) : place]
            beside += words[place + 1 : place + 2]
            return any(
                near.strip(_LEAD)[:1].isupper() or not near.strip(_LEAD + ",;:").islower()
                for near in beside
                if near.strip(_LEAD + ",;:")
            )
    return True


def _names_only(text: str) -> bool:
    """Is it but a name and the verb, as in "Jo Brook wrote:"?"""
    words = [word for word in _WORD.findall(text) if not verb(word)]
    if len(words) > 1 and (fold(words[0]) in _NO_NAMES or any(fold(word) in _ARTICLES for word in words)):
        return False
    if _NUMBERED.match(text) or (len(words) > 1 and words[0] in _OPENERS and words[0] not in _QUOTING):
        return False  # "2. Jo said:", and an "On" with no date
    if not 1 <= len(words) <= 5 or any(fold(word) in _PRONOUNS for word in words):
        return False
    return len(words) == 1 or not words[-1].islower() or not words[0].islower()
