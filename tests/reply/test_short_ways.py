"""What most mails hold is judged by a short way: it gives what the long one gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bridge.mail.parse import parse
from bridge.reply import clean, contact, footers, html, legal, signature, standing, tails
from bridge.reply.lines import Line
from bridge.reply.notices import FOOTERS, TOLD_WHY

SIGNED = "\n\n-- \nJo Marsh\nHead of Tea\n+44 1632 960000\n"
NOTICE = (
    "\n\nThis e-mail is confidential and intended solely for the addressee. If you have received this message in "
    "error, please notify the sender and delete it.\n"
)
FOOTER = "\n____________________\ngeneral mailing list\nTo unsubscribe write to general-leave@forum.example\n"
QUOTE = "\nOn Mon, 3 Nov 2025 at 10:01, Kit <kit@moss.example> wrote:\n> Shall we meet?\n> Kit\n\n"
ENDS = ("", SIGNED, NOTICE, SIGNED + NOTICE + FOOTER, QUOTE, QUOTE + SIGNED, SIGNED + SIGNED)
MAILS = sorted((Path(__file__).parent.parent / "mails").glob("**/*.eml"))


def test_elements_that_hold_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page for path in MAILS[::9] if (page := parse(path.read_bytes()).html)]
    pages += [
        "<div>a</div>" * 3000,
        "<div><br></div>" * 3000,
        "<div> a  b </div><p> </p><li>c</li><pre><div>d</div></pre>",
    ]
    short = [html.read(page) for page in pages]
    monkeypatch.setattr(html._Reader, "short", lambda *_: 0)
    monkeypatch.setattr(html._Reader, "plain", lambda *_: False)
    assert [html.read(page) for page in pages] == short


@pytest.mark.parametrize(
    "lines",
    [
        ["One line"], ["Two lines,", "one below"], ["Ä", "über alles.", "plain"], ["!!", "--"], ["---", "***"],
        ["[a](b c)", "](d)"],
        ["see [x](https://x.example)", "y@z.example"], ["e\u0301", "\u0301e"], ["写道", "said"],
        ["-", "ﬁ ligature Σίγμας"],
    ],
)  # fmt: skip
def test_a_paragraph_has_the_fingerprint_of_its_lines_in_one(lines: list[str]) -> None:
    whole = tails.fingerprints([" ".join(lines)])[0]
    for found in tails.fingerprints(lines):
        assert found == () or len(lines) == 1 or found[1:] == (whole or ("",))


@pytest.mark.parametrize("phrase", [*FOOTERS, *TOLD_WHY])
def test_a_footer_is_a_suspect(phrase: str) -> None:
    found = footers._suspects(["Hello", phrase, "Words"])
    assert not found or found[1]


def test_a_long_sentence_is_no_sign_off() -> None:
    for form in contact._CLOSINGS:
        assert contact.closing(form) and contact.closing(f"* {form}!!! ")


def test_lines_that_may_be_our_footer_begin_with_one_of_its_words() -> None:
    phrases = [("to", "answer"), ("a", "list"), ("é", "tarde"), ("2", "posts")]
    texts = [
        "",
        "To answer",
        "* to",
        "Tomorrow",
        "A list",
        "A",
        "Another",
        "É tarde",
        "2 posts",
        "21",
        "_to",
        "t",
    ]
    found = standing._beginning([Line(text, text) for text in texts], phrases)
    assert found == [1, 2, 4, 5, 7, 8, 10]


@pytest.mark.parametrize("end", ENDS)
def test_a_second_look_may_be_cut_short(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mails = [parse(path.read_bytes()) for path in MAILS[::23]]
    mails += [replace(mail, text=mail.text + end) for mail in mails if mail.text and not mail.html]
    mails += [replace(mail, text=QUOTE + mail.text) for mail in mails if mail.text and not mail.html]
    short = [clean.clean(mail) for mail in mails]
    monkeypatch.setattr(clean, "_is_plain", lambda *_: False)
    assert [clean.clean(mail) for mail in mails] == short


def test_a_paragraph_is_gone_over_where_it_may_hold_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    mails = [parse(path.read_bytes()) for path in MAILS[::11]]
    mails += [replace(mail, text=mail.text.rstrip() + NOTICE[1:]) for mail in mails if mail.text]
    short = [clean.clean(mail) for mail in mails]
    monkeypatch.setattr(signature, "may_hold", lambda _: True)
    assert [clean.clean(mail) for mail in mails] == short
    assert (
        legal.may_hold("sent by mail") and legal.may_hold("überprüft von avast") and not legal.may_hold("tea")
    )
