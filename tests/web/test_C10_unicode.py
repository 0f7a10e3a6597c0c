"""C10: nothing in a mail turns the direction of what stands around it, beeps, or is composed in two ways."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest

from bridge.mail.triage import Own
from bridge.mailroom.reading import read, understand
from bridge.reply.known import NOTHING

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNWANTED = re.compile(f"[{BIDI}\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def posted(body: str, kind: str, subject: str = "s", name: str = "Ada") -> tuple[str, str, str]:
    """HTML, subject and name of a mail, as the walk reads it."""

    def word(text: str) -> str:
        return f"=?utf-8?b?{base64.b64encode(text.encode()).decode()}?="

    raw = (
        f"From: {word(name)} <a@b.example>\r\nTo: general@forum.example\r\nSubject: {word(subject)}\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}\r\n"
    )
    found = understand(read(raw.encode(), "a@b.example", Own("forum.example", frozenset())), NOTHING)
    author = found.message.author
    return found.html, found.message.subject, author.name if author else ""


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_C10_no_control_comes_through(kind: str) -> None:
    words = "".join(f"a{mark}b " for mark in BIDI + "\x07\x08\x1b\x7f\x85\x9b\u2028\ufeff")
    for text in posted(words, kind, f"s {words}", f"n {words}"):
        assert "a" in text and not UNWANTED.search(text)


def test_C10_no_control_comes_through_a_reference() -> None:
    numbers = [*range(0x20), 0x7F, *map(ord, BIDI), 0x2028, 0x2029, 0xFEFF]
    forms = [form.format(n) for n in numbers for form in ("&#{};", "&#x{:x};", "&#X{:08X};", "&#{} ")]
    html, *_ = posted("<p>" + "".join(f"a{form}b " for form in forms) + "&#65;&#128;&#1114112;</p>", "html")
    assert not UNWANTED.search(html) and "A€" in html


def test_C10_composed_and_joined_as_languages_need_it() -> None:
    html, subject, name = posted(
        "cafe\u0301 \u0645\u06cc\u200c\u062e \U0001f469\u200d\U0001f33e", "plain", "e\u0301", "Zoe\u0308"
    )
    assert "caf\u00e9" in html and "\u200c" in html and "\U0001f469\u200d\U0001f33e" in html
    assert subject == "\u00e9" and name == "Zo\u00eb"


def test_C10_no_character_bears_joiners_or_marks_without_end() -> None:
    for mark in "\u0301\u200b\u200c\u200d\u2060":
        html, subject, _ = posted(f"a{mark * 5000}b", "plain", f"a{mark * 100}b")
        assert html.count(mark) <= 10 and subject.count(mark) <= 10


async def test_C10_a_query_is_shown_without_controls(web: Any) -> None:
    response = await web.get("/search", params={"q": f"a{BIDI}\x07b"})
    assert not UNWANTED.search(response.text)
