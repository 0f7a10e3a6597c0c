"""An invitation (iCalendar, RFC 5545) that came without a word beside it, in words that need no language.

    BEGIN:VEVENT                              Bridge meeting
    DTSTART:20261201T180000Z                  2026-12-01 18:00 – 19:00 UTC
    DTEND:20261201T190000Z            ->      Village hall
    SUMMARY:Bridge meeting
    LOCATION:Village hall                     Bring the plan.
    DESCRIPTION:Bring the plan.
    END:VEVENT

The first event counts, as far as LONGEST characters of the file; one that is called off, or an answer, is not told.
"""

from __future__ import annotations

import re

LONGEST = 100_000
TOLD = 10_000
_FOLD = re.compile(r"\r?\n[ \t]")
_FIELD = re.compile(
    r"(?mi)^(METHOD|STATUS|SUMMARY|DTSTART|DTEND|LOCATION|DESCRIPTION)((?:;[^:;\r\n]{1,200}){0,9}):([^\r\n]*)"
)
_WHEN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?")
_ZONE = re.compile(r'(?i);TZID="?([\w/+-]{1,60})')
_ESCAPED = re.compile(r"\\([nN,;\\])")


def told(calendar: str) -> str:
    """What, when and where an event is; empty where no event is announced."""
    calendar = _FOLD.sub("", calendar[:LONGEST])
    head, begins, event = calendar.partition("BEGIN:VEVENT")
    event = re.split(r"(?m)^(?:BEGIN:VALARM|END:VEVENT)", event, maxsplit=1)[0]
    method, found = _fields(head).get("METHOD", ("", ""))[1], _fields(event)
    called_off = found.get("STATUS", ("", ""))[1].upper() == "CANCELLED"
    if not begins or called_off or method.upper() not in ("", "REQUEST", "PUBLISH"):
        return ""
    lines = [_words(found, "SUMMARY"), _time(found), _words(found, "LOCATION")]
    more = _words(found, "DESCRIPTION")
    return "\n".join([*filter(None, lines), *(["", more] if more else [])])[:TOLD]


def _fields(lines: str) -> dict[str, tuple[str, str]]:
    """Options and value of the first line of each name."""
    found: dict[str, tuple[str, str]] = {}
    for name, options, value in _FIELD.findall(lines):
        found.setdefault(name.upper(), (options, value.strip()))
    return found


def _words(found: dict[str, tuple[str, str]], name: str) -> str:
    value = found.get(name, ("", ""))[1]
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value).strip()


def _time(found: dict[str, tuple[str, str]]) -> str:
    """From when till when; the day is said once."""
    options, start = found.get("DTSTART", ("", ""))
    first = _WHEN.match(start)
    if not first:
        return ""
    said = "-".join(first.group(1, 2, 3))
    if first[4]:
        said += f" {first[4]}:{first[5]}"
        last = _WHEN.match(found.get("DTEND", ("", ""))[1])
        if last and last[4]:
            day = "" if last.group(1, 2, 3) == first.group(1, 2, 3) else "-".join(last.group(1, 2, 3)) + " "
            said += f" – {day}{last[4]}:{last[5]}"
        zone = _ZONE.search(options)
        said += " UTC" if first[6] else f" {zone[1]}" if zone else ""
    return said
