"""Runs of styled text -> Markdown of one line, in the dialect in which posts are shown.

CommonMark without raw HTML, setext headings and indented code; line breaks stand as typed and bare URLs become
links. So words need no escaping, and marks are written only where CommonMark will read them as marks (its rules on
flanking, section 6.2): a mark that would show as an asterisk is left out.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Style(NamedTuple):
    """How a run of text stands: emphasis and the target of its link."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    href: str = ""


PLAIN = Style()


class Run(NamedTuple):
    """Text in one style. `picture` is the source of a picture whose alternative text is `text`."""

    text: str
    style: Style
    picture: str = ""


def target(href: str) -> str:
    """The target of a link as it is written in Markdown; empty where it leads nowhere that a reader may go."""
    href = "".join(href.split()) if "\n" in href or "\t" in href else href.strip()
    if not href[:8].lower().startswith(("http://", "https://", "mailto:", "ftp://")):
        return ""
    if "safelinks.protection.outlook.com" in href[:80]:
        href = _unwrapped(href)
    for char, code in ((" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E"), ("\\", "%5C")):
        href = href.replace(char, code)
    return href


def _unwrapped(href: str) -> str:
    try:
        inner = parse_qs(urlsplit(href).query).get("url", [""])[0]
    except ValueError:
        return href
    return inner if inner.startswith(("http://", "https://")) else href


def _kind(run: Run) -> tuple[Style, bool]:
    return run.style, bool(run.picture)


def render(runs: list[Run]) -> str:
    """One line of Markdown."""
    if all([run[1] == PLAIN and not run[2] for run in runs]):
        return "".join([run[0] for run in runs])  # as below, without building what most lines do not need
    merged: list[Run] = []
    for _, group in groupby(runs, _kind):
        alike = list(group)
        if alike[0].picture or len(alike) == 1:
            merged.extend(alike)
        else:
            merged.append(Run("".join(run.text for run in alike), alike[0].style))
    merged = [run for run in merged if run.text or run.picture]
    written = []
    place = 0
    while place < len(merged):
        end = place + 1
        href = merged[place].style.href
        while href and end < len(merged) and merged[end].style.href == href:
            end += 1
        written.append(_linked(merged, place, end))
        place = end
    return "".join(written)


def _linked(runs: list[Run], start: int, end: int) -> str:
    href = runs[start].style.href
    text = "".join(_marked(runs, place, linked=bool(href)) for place in range(start, end))
    if not href or not text.strip():
        return text
    before, middle, after = _edges(text)
    plain = "".join(run.text for run in runs[start:end]).strip()
    if _same(plain, href):
        return text if plain == middle else before + plain + after
    return f"{before}[{_brackets(middle)}]({href}){after}"


def _same(plain: str, href: str) -> bool:
    if href.startswith("mailto:"):
        return plain == href[7:].split("?")[0] or plain == href
    return plain.rstrip("/") == href.rstrip("/")


def _brackets(text: str) -> str:
    return text if text.count("[") == text.count("]") else text.replace("[", "\\[").replace("]", "\\]")


def _edges(text: str) -> tuple[str, str, str]:
    middle = text.strip()
    start = text.find(middle)
    return text[:start], middle, text[start + len(middle) :]


def _marked(runs: list[Run], place: int, *, linked: bool) -> str:
    run = runs[place]
    if run.picture:
        return f"![{_brackets(run.text)}]({run.picture})"
    style = run.style
    mark = "`" if style.code else "~~" * style.strike + "**" * style.bold + "*" * style.italic
    if not mark or not run.text.strip() or mark in run.text or (not style.code and "*" in run.text):
        return run.text
    before, middle, after = _edges(run.text)
    if not style.code and not linked and not _flanks(runs, place, before, middle, after):
        return run.text
    return f"{before}{mark}{middle}{mark[::-1]}{after}"


def _flanks(runs: list[Run], place: int, before: str, middle: str, after: str) -> bool:
    left = runs[place - 1].text[-1:] if place and not before else " "
    right = runs[place + 1].text[:1] if place + 1 < len(runs) and not after else " "
    opens = middle[0].isalnum() or not left.isalnum()
    closes = middle[-1].isalnum() or not right.isalnum()
    return opens and closes
