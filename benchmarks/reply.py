"""How long the cleaning of a mail takes: typical mails by size, and hostile shapes at n and 4n bytes.

    python benchmarks/reply.py            both tables
    python benchmarks/reply.py --quick    sizes up to 64 kB

Time is linear in the mail: 64 kB of any shape below 50 ms, 1 MB below 1 s, and four times the mail takes at most five
times as long. Exit code 1 where a shape does not keep to that. The best of three runs counts, in processor time.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bridge.mail.message import Message
from bridge.mail.parse import bare
from bridge.reply import attribution, footers, program, quotes, tails
from bridge.reply.clean import body, clean
from bridge.reply.known import Known, KnownPost, Sightings
from bridge.reply.tails import fingerprints

KB = 1024
SIZES = (1 * KB, 4 * KB, 16 * KB, 64 * KB, 256 * KB, 1024 * KB)
BUDGET_MS = {64 * KB: 50, 1024 * KB: 1000}
GROWTH = 5.0
FLOOR_MS = 8
"""Below it the size of a processor's cache weighs more than the shape: a shorter time counts as this."""

WORDS = (
    "The roof of the barn leaks since last week, and whoever has the long ladder may bring it on Saturday.\n"
    "I shall be there at ten, with soup, two screwdrivers and the old lamp that nobody has mended yet.\n\n"
)
TAIL = "Best wishes\nMira Vane\n\nVane and Daughters, weavers\nWillow Lane 7, tel. 01632 960 123\n"
QUOTE = (
    "On Mon, 3 Nov 2025 at 18:40, Jo Brook <jo@mail.example> wrote:\n"
    + "> It leaks, and I have no ladder.\n" * 8
)
POSTS = tuple(
    KnownPost(n, f"Jo Brook {n}", f"Post {n}. " + WORDS.replace("Saturday", f"day {n}") * 4, TAIL)
    for n in range(1, 60)
)
FOOTER = ("General, Example Commons", "To answer everyone, just reply to this mail.", "Unsubscribe")
URL = "https://forum.example"
KNOWN = Known(
    POSTS,
    FOOTER,
    URL,
    {each: Sightings(3, 3) for one in fingerprints(TAIL.split("\n")) for each in one},
)


def page(text: str) -> str:
    """A text as the HTML of a mail."""
    return (
        "<html><body>"
        + "".join(f"<div>{line or '<br>'}</div>\n" for line in text.split("\n"))
        + "</body></html>"
    )


def repeated(piece: str) -> Callable[[int], str]:
    """The piece over and over, up to so many bytes."""
    return lambda size: (piece * (size // len(piece.encode()) + 1))[:size]


def nested(opening: str, closing: str) -> Callable[[int], str]:
    """Elements within elements."""
    return lambda size: (
        opening * (size // len(opening + closing)) + "x" + closing * (size // len(opening + closing))
    )


TEXTS: dict[str, Callable[[int], str]] = {
    "words": repeated(WORDS),
    "> lines": repeated("> a quoted line\n"),
    "> alone": repeated(">\n"),
    "> in one line": repeated("> "),
    "quotes, answers": repeated("> What about it?\n\nNothing.\n\n"),
    "deeper and deeper": repeated("".join(">" * depth + " x\n" for depth in range(120))),
    "On lines": repeated("On Monday, "),
    "On ... wrote": repeated("On Monday Jo wrote\n"),
    "attributions": repeated("On Mon, 3 Nov 2025 at 18:40, Jo <jo@mail.example> wrote:\n"),
    "header lines": repeated("From: Jo <jo@mail.example>\nSent: 3 November 2025\n"),
    "separators": repeated("-----Original Message-----\n"),
    "dashes": repeated("-"),
    "dash lines": repeated("--\n"),
    "delimiters": repeated("-- \nJo\n"),
    "spaces": repeated(" "),
    "space lines": repeated("  x  \n \n"),
    "line ends": repeated("\n"),
    "<": repeated("<"),
    "brackets": repeated("[a]("),
    "names": repeated("Jo Brook\n"),
    "phones": repeated("+44 1632 960 114 "),
    "addresses": repeated("jo@mail.example,"),
    "at signs": repeated("a@"),
    "links": repeated("https://x.example/"),
    "notices": repeated("This message is confidential, only for the intended recipient. "),
    "fences": repeated("```\n"),
    "one word": repeated("a"),
    "digits": repeated("1 "),
    "Han": repeated("写道"),
    "marks": repeated("\u200b\u200f\u202a"),
    "known posts": repeated(POSTS[5].text),
    "known footers": repeated("Unsubscribe: https://forum.example/unsubscribe/x\n"),
    "known tails": repeated(TAIL),
}
PAGES: dict[str, Callable[[int], str]] = {
    "html words": lambda size: page(repeated(WORDS)(size * 3 // 4)),
    "nested divs": nested("<div>", "</div>"),
    "open divs": repeated("<div>"),
    "nested quotes": nested("<blockquote>", "</blockquote>"),
    "nested tables": nested("<table><tr><td>", "</td></tr></table>"),
    "open tables": repeated("<table><tr><td>"),
    "cells": lambda size: "<table><tr>" + "<td>x</td>" * (size // 10) + "</tr></table>",
    "rows": lambda size: "<table>" + "<tr><td>x<td>y</tr>" * (size // 20) + "</table>",
    "lists": repeated("<ul><li>x"),
    "bold": repeated("<b>x"),
    "misnested": repeated("<b><i>x</b>y</i>"),
    "entities": repeated("&amp;"),
    "html <": repeated("<"),
    "comments": repeated("<!-- "),
    "attributes": lambda size: "<p " + "a=1 " * (size // 4) + ">x</p>",
    "gmail quotes": repeated("<div class=gmail_quote>On Mon, Jo wrote:<br><blockquote>x"),
    "images": repeated("<img src=cid:x alt=y>"),
    "anchors": repeated("<a href=https://x.example/>x</a> "),
    "line breaks": repeated("<br>"),
    "code": repeated("<pre>x</pre>"),
    "code in code": repeated("<div><pre>x"),
    "styles": repeated("<p style='color:red;margin:0'>x</p>"),
}


def forget() -> None:
    """Drops what is kept of lines for a while, so that no run lives on the one before."""
    for kept in (
        quotes._signed,
        quotes._says,
        attribution._judge,
        footers.begins_footer,
        program.client_line,
        tails._kept,
    ):
        kept.cache_clear()


def milliseconds(message: Message, known: Known) -> float:
    """Body to Markdown, the best of three."""
    best = float("inf")
    for _ in range(3):
        forget()
        began = process_time()
        clean(message, known, body(message))
        best = min(best, process_time() - began)
        if best > 2:
            break
    return best * 1000


def letter(size: int) -> str:
    """A typical answer of about that size: words, a signature, a quote below."""
    words = repeated(WORDS)(max(0, size - len(TAIL) - len(QUOTE)))
    return f"{words}\n\n{TAIL}\n{QUOTE}"


def mail(text: str | None = None, html: str | None = None) -> Message:
    """A mail of Mira's."""
    return bare(text=text, html=html, subject="Re: Roof", sender="Mira Vane <mira@vane.example>")


def typical(sizes: tuple[int, ...]) -> None:
    """Prints milliseconds of typical mails by size."""
    clean(mail(letter(KB)), KNOWN)
    print(f"{'typical mail':<20}" + "".join(f"{size // KB:>8} kB" for size in sizes))
    kinds: tuple[tuple[str, Callable[[str], Message], Known], ...] = (
        ("text", lambda text: mail(text), Known()),
        ("html", lambda text: mail(None, page(text)), Known()),
        ("text, known thread", lambda text: mail(text), KNOWN),
    )
    for name, make, known in kinds:
        print(
            f"{name:<20}" + "".join(f"{milliseconds(make(letter(size)), known):>8.2f} ms" for size in sizes)
        )
    print()


def hostile(sizes: tuple[int, ...]) -> int:
    """Prints milliseconds and growth of hostile shapes; gives how many do not keep to the limits."""
    print(f"{'hostile shape':<20}" + "".join(f"{size // KB:>8} kB" for size in sizes) + "   growth per 4n")
    missed = 0
    shapes = [(name, make, False) for name, make in TEXTS.items()] + [
        (name, make, True) for name, make in PAGES.items()
    ]
    for name, make, is_page in shapes:
        times = [
            milliseconds(mail(None, make(size)) if is_page else mail(make(size)), KNOWN) for size in sizes
        ]
        growth = max(later / max(first, FLOOR_MS) for first, later in itertools.pairwise(times))
        slow = any(spent > BUDGET_MS.get(size, 1e9) for size, spent in zip(sizes, times, strict=True))
        missed += (bad := slow or growth > GROWTH)
        print(
            f"{name:<20}"
            + "".join(f"{spent:>8.1f} ms" for spent in times)
            + f"{growth:>9.1f}{'  MISSED' if bad else ''}"
        )
    return missed


def main() -> int:
    """Both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="sizes up to 64 kB")
    quick = parser.parse_args().quick
    typical(SIZES[:4] if quick else SIZES)
    missed = hostile(SIZES[2:4] if quick else SIZES[2:])
    print(f"\n{missed} shapes miss a limit" if missed else "\nall shapes keep to the limits")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
