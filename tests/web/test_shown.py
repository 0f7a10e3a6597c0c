"""How values look."""

from __future__ import annotations

import pytest

from bridge.web import shown
from bridge.web.pages import search
from bridge.web.pages.attachments import disposition, picture
from tests.guard import soon

AT = 1_562_162_700_000_000  # 3 July 2019, 14:05 UTC
DAY = 86_400_000_000


def test_dates() -> None:
    assert shown.moment(AT) == "3 July 2019, 14:05"
    assert shown.iso(AT) == "2019-07-03T14:05:00Z"
    assert shown.day(10**30) == "31 December 9999"
    assert shown.day(-(10**30)) == "1 January 1"


def test_a_span_says_nothing_twice() -> None:
    assert [shown.day_until(AT, AT + n * DAY) for n in (2, 60, 400)] == ["3", "3 July", "3 July 2019"]


def test_sizes_and_counts() -> None:
    assert [shown.size(n) for n in (0, 999, 1500, 999_499, 999_500, 2_310_000)] == [
        "0 B", "999 B", "2 kB", "999 kB", "1.0 MB", "2.3 MB",
    ]  # fmt: skip
    assert shown.count(1, "person", "people") == "1 person"
    assert shown.count(1204, "person", "people") == "1,204 people"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Winter", "AW"), ("Jo", "J"), ("", "·"), ("Ada B. (x) Öz", "AÖ"), ("ß x", "SS")],
)
def test_initials(name: str, letters: str) -> None:
    assert shown.initials(name) == letters


@pytest.mark.parametrize(
    "number", ["+44 1632 960 123", "(0)1632-960123", "01632 960123", "(707) 555-0134", "707.555.0134"]
)
def test_P6_numbers_in_folded_text_are_hidden(number: str) -> None:
    text = shown.safe_folded(f"Tel: {number}, or by mail")
    assert "960" not in text and "555" not in text and text.endswith(", or by mail")


@pytest.mark.parametrize(
    "text", ["on 2019-07-03 14:05", "03/07/2019 10:00", "in 1999", "12 300 people", "4.5.2019"]
)
def test_dates_in_folded_text_stay(text: str) -> None:
    assert shown.safe_folded(text) == text


def test_folded_text_is_plain() -> None:
    marked = "**From:** Ada\nGet [Mail](https://m.example/x) ![logo](cid:1)![](cid:2) [https://y.example](https://y.example)"
    assert shown.safe_folded(marked) == (
        "From: Ada\nGet Mail (https://m.example/x) [picture: logo][picture] https://y.example"
    )


@pytest.mark.parametrize("piece", ["[", "**", "[a](", "![", "1 ", "(0", "a@", "**a", "[]("])
def test_R3_folding_takes_linear_time(piece: str) -> None:
    with soon():
        shown.safe_folded(piece * 80_000)


def test_pager_names_the_near_pages() -> None:
    assert list(shown.pager(1, 0, 50).numbers) == [1]
    assert list(shown.pager(6, 1000, 100).numbers) == [1, 0, 4, 5, 6, 7, 8, 0, 10]


def test_C5_file_names_are_clean() -> None:
    written = disposition('../../e\\vil"\r\nX: y\u202egnp.exe', inline=False)
    assert written.startswith('attachment; filename="') and written.count('"') == 2
    assert not any(mark in written for mark in ("/", "\\", "\r", "\n", "\u202e"))
    assert 'filename="attachment"' in disposition("...", inline=True)
    assert len(disposition("é" * 400, inline=False)) < 1200
    assert "private" not in disposition("ada@private.example.pdf", inline=False)


def test_pictures_are_known_by_their_bytes() -> None:
    assert picture(b"\x89PNG\r\n\x1a\nrest") == "image/png"
    assert picture(b"RIFF....WEBPVP8 ") == "image/webp"
    assert picture(b"<svg xmlns=") == picture(b"") == picture(b"BM") == ""


@pytest.mark.parametrize(
    ("html", "line"),
    [
        (
            "<p>Hello <em>there</em>,<br>\nAda &amp; Bo</p><ul><li>one</li><li>two</li></ul>",
            "Hello there, Ada & Bo one two",
        ),
        ("<blockquote><p>old</p><blockquote>older</blockquote></blockquote><p>new</p>", "new"),
        (
            '<p class="quoted"><a href="/post/7"><bdi>Bo</bdi></a></p>\n<p>See <img src="/x" alt="a>b"></p>',
            "See (picture)",
        ),
        ("<p>write to ada@<strong>private.example</strong></p>", "write to ada@…"),
        ("<p>" + "word " * 90 + "</p>", "word " * 20 + "word…"),
        ("a < b", "a < b"),
        ("", ""),
    ],
)
def test_the_first_words_of_a_post_are_one_line(html: str, line: str) -> None:
    assert shown.first_words(html) == line


@pytest.mark.parametrize(
    "piece", ["<", "<a ", '<a "', "<blockquote>", "</p>", '<p class="quoted">', "&", "<p>x"]
)
def test_R3_first_words_take_linear_time(piece: str) -> None:
    with soon():
        shown.first_words(piece * 80_000)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("The gardens of a garden… agarden", ["garden"], ["garden"]),
        ("Gärten und GARTEN…", ["garten*"], ["Gärten", "GARTEN"]),
        ("an İstanbul ﬁne…", ["istanbul"], ["İstanbul"]),
        ("one, two…one two", ["one two", "two"], ["one, two", "one two"]),
        ("C++ and (c)…", ["c++"], ["C", "c"]),
        ("nothing…", ["other"], []),
    ],
)
def test_marks_stand_on_whole_words(text: str, query: list[str], marked: list[str]) -> None:
    pieces = search.mark(text, search.patterns(query))
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, on in pieces if on] == marked


def test_a_passage_shows_most_of_what_was_sought() -> None:
    text = "garden " + "filler " * 100 + "the garden has a gate " + "filler " * 100 + "gate"
    pieces = search.passage(text, search.patterns(["gate", "garden"]))
    assert [piece for piece, on in pieces if on] == ["garden", "gate"] and pieces[0] == ("… ", False)
    assert search.passage(text, search.patterns(["nothing", "there"]))[0][0].startswith("garden filler")


def test_R3_a_passage_takes_linear_time() -> None:
    with soon():
        search.passage("a b " * 12_000, search.patterns(list("abcdefghabcdefgh")))
