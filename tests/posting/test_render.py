"""Markdown to HTML: the words stay, nothing of a stranger's runs, addresses are hidden."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.posting.private import hide_addresses
from bridge.posting.render import (
    DEPTH_MAX,
    _marked_up,
    _paragraphs,
    as_typed,
    excerpt,
    is_prose,
    prepare,
    render,
    sanitise,
)
from tests.guard import soon

HOSTILE = [
    "<script>canary()</script>",
    "<img src=x onerror=canary()>",
    "[x](javascript:canary())",
    "[x](JaVaScRiPt:canary())",
    "![x](javascript:canary())",
    "<svg/onload=canary()>",
    "[x](data:text/html,<script>canary()</script>)",
    '[x](http://a.test/"onmouseover=canary())',
    "[x](<http://a.test/ onmouseover=canary()>)",
    "<a href='javascript:canary()'>x</a>",
    "`<script>`",
    "```\n<script>canary()</script>\n```",
    "```html onload=canary()\nx\n```",
    "![<img src=x onerror=canary()>](cid:a)",
    '!["onerror=canary() x="](cid:a)',
    "[x](http://a.test 'title\" onclick=canary()')",
    "<javascript:canary()>",
    "&#60;script&#62;",
    "[x](vbscript:canary())",
    "[x]( javascript:canary() )",
    "[x](java\tscript:canary())",
    "# <b onclick=canary()>x",
    "| <i> |\n|---|\n| <u> |",
    "<style>*{background:url(//evil.test)}</style>",
    "![x](https://evil.test/pixel.gif)",
    "![x](//evil.test/p.gif)",
    "[x](/logout)",
    "[x](//evil.test)",
    "<iframe src=//evil.test>",
    "<math><mi xlink:href='javascript:canary()'>",
    "\x00<scr\x00ipt>",
    "[a]: javascript:canary()\n\n[a]",
    '![x](cid:a?"onerror=canary())',
    "<!-- x --> <![CDATA[ <p onclick=canary()> ]]>",
    "[![x](https://e.test/i.png)](https://f.test)",
]
TAG = re.compile(r"<(/?[a-z0-9]+)((?: [a-z]+=\"[^\"]*\")*)>")
ALLOWED = frozenset(
    re.findall(r"\w+", "p br hr em strong code pre blockquote ul ol li a img h3 s table thead tbody tr th td")
)
PICTURES = {"a": "/attachment/1/a.png"}


def _words(written: str) -> str:
    return html.unescape(TAG.sub("", written))


@pytest.mark.parametrize("text", HOSTILE)
def test_C1_nothing_active_is_left(text: str) -> None:
    written = render(text, PICTURES)
    for tag, attributes in TAG.findall(written):
        assert tag.lstrip("/") in ALLOWED
        for name, value in re.findall(r' ([a-z]+)="([^"]*)"', attributes):
            assert name in ("href", "src", "alt", "title", "rel", "start", "value")
            if name == "href":
                assert value.startswith(("http://", "https://", "mailto:"))
            if name == "src":
                assert value == "/attachment/1/a.png"
    assert "<" not in TAG.sub("", written)


@pytest.mark.parametrize("text", HOSTILE)
def test_C4_sanitising_twice_changes_nothing(text: str) -> None:
    written = render(text, PICTURES)
    assert sanitise(written, frozenset(PICTURES.values())) == written


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name and 2 * 3 * 4 and a < b > c & d",
        "&copy; is typed so, &lt;b&gt; too",
        "    indented by four",
        "Title\n=====",
        "Title\n---\nmore",
        "[1]: http://a.test/x is a source",
        "<b>bold</b> in a plain text mail",
        "5. five\n6. six",
        "notes.md and setup.py",
        "at http://a.test/b_c_d: see",
        "C:\\temp\\new",
        'it\'s "quoted" -- so...',
        "one\ntwo\n\nthree",
        "#1 is first",
        "\tTab",
        "~ 5 km",
        "a|b|c",
        "x^2^ and H~2~O",
        "1986 was\n1987. no",
        "[x] done [ ] open",
        "(http://a.test)",
        "http://a.test/?a=1&b=2&copy=3",
    ],
)
def test_no_typed_word_is_lost(text: str) -> None:
    marks = r"[\s=`#>-]|^\d\. "
    assert re.sub(marks, "", _words(render(text, {}))) == re.sub(marks, "", text, flags=re.MULTILINE)


def test_line_breaks_stand_as_typed_and_links_are_made() -> None:
    assert render("one\ntwo", {}) == "<p>one<br>\ntwo</p>\n"
    assert '<a href="https://a.test/b" rel="nofollow noopener ugc">the map</a>' in render(
        "[the map](https://a.test/b)", {}
    )
    assert 'href="https://a.test/x_y"' in render("see https://a.test/x_y.", {})
    assert ">https://a.test/x</a>: y" in render("https://a.test/x: y", {})
    assert "<a" not in render("README.md and setup.py", {})


def test_numbers_of_lists_stand_as_typed() -> None:
    assert render("3. c\n4. d", {}).startswith('<ol start="3">')
    assert '<li value="4">' in render("1. a\n4. d", {})
    assert "value" not in render("1. a\n2. d\n\n   x\n3. e", {})


def test_an_answer_below_a_quote_is_not_drawn_into_it() -> None:
    assert render("> asked\nanswered", {}) == "<blockquote>\n<p>asked</p>\n</blockquote>\n<p>answered</p>\n"
    inner = render("> > first\n> second\nthird", {})
    assert inner.index("first") < inner.index("</blockquote>") < inner.index("second") < inner.index("third")
    assert inner.rindex("</blockquote>") < inner.index("third")
    assert prepare("```\n> a\nb\n```") == "```\n> a\nb\n```"
    assert prepare("> ```\n> a\nb") == "> ```\n> a\n\nb"
    assert prepare("> a\n\nb") == "> a\n\nb"


def test_quotes_of_any_depth_keep_their_words() -> None:
    for depth in (1, DEPTH_MAX, 500):
        assert "deep" in render(">" * depth + " deep\nanswer", {})
    assert "deep" in render("- " * 3000 + "deep", {})


def test_headings_stand_below_the_pages_own() -> None:
    assert render("# a", {}) == "<h3>a</h3>\n"
    assert render("###### a", {}) == "<h6>a</h6>\n"


def test_pictures() -> None:
    assert (
        render("![the stall](cid:a)", PICTURES) == '<p><img src="/attachment/1/a.png" alt="the stall"></p>\n'
    )
    assert render("![x](cid:a%2Bb)", {"a+b": "/p"}) == '<p><img src="/p" alt="x"></p>\n'
    assert render("![the stall](cid:gone)", PICTURES) == "<p>[picture: the stall]</p>\n"
    assert render("![](cid:gone)", PICTURES) == "<p>[picture]</p>\n"
    assert "<img" not in render("![x](https://a.test/p.png)", PICTURES)
    assert "<img" not in render("![x](/attachment/1/a.png)", {})
    assert render("[![x](https://e.test/i.png)](https://f.test)", {}).count("<a ") == 1


def test_C4_what_is_too_large_is_shown_as_typed() -> None:
    for huge in ("x" * 512_001, "[" * 4_001, "a *b* " * 10_001, "http://a.test/ " * 4_001):
        assert render(huge, {}) == as_typed(huge)
    for long in ("> x\n\n" * 3_500, "- a\n" * 5_500):  # 10,000 tags
        assert render(long, {}) == as_typed(long)
    typed = as_typed("a <b>\n&\x00\xa0c")
    assert typed == "<p>a &lt;b&gt;<br>&amp;&nbsp;c</p>"
    assert sanitise(typed) == typed


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "![",
        "*a ",
        "a_b_",
        "`",
        "``a",
        "<",
        "> ",
        "- ",
        "1. ",
        "[a](",
        "http://a.b ",
        "|",
        "~~a ",
        "\\",
        "a@b.c ",
        "www.",
    ],
)
def test_R3_rendering_takes_bounded_time(unit: str) -> None:
    with soon():
        render(unit * (50_000 // len(unit)), {})


def test_an_excerpt_is_one_plain_line() -> None:
    text = (
        "# Hello\n\n> quoted\n\nSee **the** [map](https://a.test) and ![stall](cid:a),\n"
        "or write to ada@garden.test\n\n```\ncode\n```"
    )
    assert excerpt(text) == "Hello See the map and (picture), or write to ada@… code"
    assert excerpt("> only a quote") == ""
    assert excerpt("") == ""
    long = excerpt("word " * 100)
    assert len(long) <= 140 and long.endswith("word…")
    assert len(excerpt("x" * 500)) == 140
    assert excerpt("一" * 500, 20) == "一" * 19 + "…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("write to ada@garden.test.", "write to ada@…."),
        ("<ada.brook+x@sub.garden.test>", "<ada.brook+x@…>"),
        ("ada@garden.test,ben@garden.test", "ada@…,ben@…"),
        ("o'neill@garden.test", "o'neill@…"),
        ("søren@gärten.test", "søren@…"),
        ("https://a.test/?email=ada%40garden.test&x=1", "https://a.test/?email=ada@…&x=1"),
        ("ada@[192.0.2.1]", "ada@…"),
        ("ada&#64;garden.test", "ada@…"),
        (
            "@ada and https://a.test/@ada.brook and 5 @ 2.50",
            "@ada and https://a.test/@ada.brook and 5 @ 2.50",
        ),
        ('<a href="mailto:ada@garden.test" rel="x">ada@garden.test</a>', "ada@…"),
        (
            '<a href="mailto:ada@garden.test?subject=x">Ada</a> <a href="https://a.test">b</a>',
            'Ada <a href="https://a.test">b</a>',
        ),
    ],
)
def test_addresses_are_hidden(text: str, shown: str) -> None:
    assert hide_addresses(text) == shown


def test_addresses_are_hidden_in_rendered_posts() -> None:
    for text in (
        "ada@garden.test",
        "<ada@garden.test>",
        "[Ada](mailto:ada@garden.test)",
        "[ada@garden.test](https://a.test)",
        "`ada@garden.test`",
    ):
        assert "garden.test" not in hide_addresses(render(text, {}))


def test_R3_many_signs_of_latin_1_are_cleaned_as_few_are() -> None:
    for sign in "\u00a0\u00b1\u00ab":
        few, many = (
            sanitise(f'<p title="{sign}">a{sign}<b onclick=x>é</p>' * times) for times in (1, 20_000)
        )
        assert many.replace("\u00a0", "&nbsp;") == few * 20_000 and "onclick" not in many
    with soon():
        assert "\U000f00a0" not in sanitise("<p>" + "\u00a0" * 1_000_000 + "\U000f00a0</p>")


def test_hiding_takes_linear_time() -> None:
    for unit in ("a", "a@", "a.", "@a.", '<a href="mailto:', "<a ", "0 ", "+1(", "%40"):
        with soon():
            hide_addresses(unit * 30_000)


PIECES = st.sampled_from(
    (
        "word",
        "On",
        " ",
        "\n",
        "\n\n",
        ".",
        ":",
        "...",
        "-",
        "--",
        "1",
        "10.",
        ",",
        "?",
        "(",
        ")",
        "'",
        '"',
        "’",
        "–",
        "写道",
        "É",
        "½",
        "a.b",
        "www",
        "com",
        "http",
        "//",
        "&",
        "*",
    )
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_prose_is_written_as_the_parser_would_write_it(text: str) -> None:
    if is_prose(text):
        assert sanitise(_paragraphs(text)) == sanitise(_marked_up(text, {}) or "")
