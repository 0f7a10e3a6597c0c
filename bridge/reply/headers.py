"""Header blocks above an earlier mail: From, Date, To and Subject in many languages, wrapped, starred, run together.

Memos and minutes have labels too: a block counts only with a sender and the marks that a mail program leaves, an
address or a date with a clock. Limits: LOOK lines, so that the search is linear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lines import Hint, Line, fold
from .openings import CLOCK, DATE, DIGIT, LONGEST, Opening, ascii_digits, words

LOOK = 30
"""Lines of a header block at most, with folded recipients."""
_FIELDS = ("sender", "date", "subject", "to", "cc")
LABELS = {label: name for name in reversed(_FIELDS) for label in words(name)}
_SENDERS = words("sender")
_NUMERIC = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{4}\s?[年년]|\d:\d\d:\d\d")
_ZONED = re.compile(r"\d\d:\d\d:\d\d [+-]\d{4}")
_LABEL = re.compile(r"(?:^|(?<=[\s*_|>]))([^\W\d_][^\s:]{0,20})\*?:\*?(?=\s)")


def label(text: str) -> tuple[str, str] | None:
    """A header label with its value, as in `*Von:* Jo` -> ("sender", "Jo")."""
    head = text[:48]
    place, wide = head.find(":"), head.find("：")
    if wide > 0 and (place <= 0 or wide < place):
        place = wide
    if place <= 0:
        return None
    name = fold(head[:place].strip(" \t*_-|•")).replace("\u00a0", " ")
    known = LABELS.get(name) or LABELS.get(name.replace(" ", ""))
    return (known, text[place + 1 :].strip(" \t*_")) if known else None


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
        elif fields[current] and lines[here - 1].blank:
            break  # a paragraph of its own, not a value cut in two
        else:
            loose += 1
            if not fields[current]:
                fields[current], end, loose = line.text, here + 1, 0
            elif end == here and "@" in line.text and current in ("to", "cc"):
                end = here + 1
        here += 1
    if _convinces(fields, sure=sure or hinted) and (sure or hinted or not _is_code(lines[place], fields)):
        return Opening(place, end, "header block", False, True, fields, language=_language(lines[place:end]))
    return None


def _is_code(first: Line, fields: dict[str, str]) -> bool:
    """Labels in small letters and no date stand in a file of settings; no mail program writes them so."""
    return not DIGIT.search(fields.get("date", "")) and first.text.lstrip("*_ ")[:1].islower()


def _language(block: Sequence[Line]) -> str:
    for line in block:
        found = label(line.text)
        if found and found[0] == "sender":
            head = line.text[:48].replace("：", ":").partition(":")[0]
            return _SENDERS.get(fold(head.strip(" \t*_-|•")), "")
    return ""


def bare_block(lines: Sequence[Line], place: int) -> Opening | None:
    """The block of Lotus Notes: name and address, a date with a clock, then To and Subject with no colons."""
    if place + 4 > len(lines) or "@" not in lines[place].text or len(lines[place].text) > 100:
        return None
    second = place + 1 + lines[place + 1].blank
    stamp = lines[second].text
    if len(stamp) > 60 or not (CLOCK.search(stamp) and DATE.search(stamp)):
        return None
    found: dict[str, int] = {}
    for here in range(second + 1, min(place + 16, len(lines))):
        text = lines[here].text
        if ":" not in text and (name := LABELS.get(fold(text))):
            found[name] = here
    if "to" not in found or "subject" not in found:
        return None
    end = min(found["subject"] + 2, len(lines))
    fields = {"sender": lines[place].text, "date": stamp}
    return Opening(place, end, "header block without colons", False, True, fields)


def _convinces(fields: dict[str, str], *, sure: bool) -> bool:
    if "@" in fields.get("to", "") and _ZONED.search(fields.get("date", "")):
        return True
    if "sender" not in fields or not fields["sender"]:
        return False
    if sure:
        return len(fields) >= 2
    date = ascii_digits(fields.get("date", ""))
    dated = bool(CLOCK.search(date) and DATE.search(date))
    addressed = "@" in fields["sender"] or "@" in fields.get("to", "")
    if len(fields) >= 3:
        # Journeys and invitations have such labels too. Without an address the sender stands first, and above a date
        # that is further down a program writes numbers.
        order = list(fields)[:2]
        told = order == ["sender", "date"] or (
            order[0] == "sender" and "subject" in fields and _NUMERIC.search(date)
        )
        return addressed or bool(dated and told)
    first = next(iter(fields)) == "sender"  # a template has its subject first, and no date
    return "@" in fields["sender"] and (
        dated or "@" in fields.get("to", "") or ("subject" in fields and first)
    )


def _hinted_block(lines: Sequence[Line], place: int) -> Opening | None:
    """A block in a language that we do not know, where the markup says what it is."""
    end = place
    while end < min(place + 12, len(lines)) and lines[end].hint is Hint.HEADER:
        end += 1
    labelled = sum(
        1 for line in lines[place:end] if 0 < line.text.find(":") < 40 or 0 < line.text.find("：") < 40
    )
    return Opening(place, end, "header block, by markup", False, True) if labelled >= 3 else None
