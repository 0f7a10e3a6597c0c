"""Endless mails: what stands in their middle is read in runs, and nothing of it is lost."""

from __future__ import annotations

import pytest

from bridge.mail.parse import bare
from bridge.reply.clean import body, clean

WROTE = "On Mon, 3 Nov 2025 at 18:40, Jo Brook <jo@mail.example> wrote:\n"


def test_an_endless_quote_stays_a_quote() -> None:
    text = "I shall come.\n\n" + WROTE + "> plums\n" * 20_000
    assert clean(bare(text=text, html=None)).text == "I shall come."


def test_an_answer_below_an_endless_quote_is_shown() -> None:
    text = WROTE + "> plums\n" * 20_000 + "\nI shall come.\n"
    assert clean(bare(text=text, html=None)).text == "I shall come."


def test_a_word_behind_an_endless_rule_stays() -> None:
    rule = "- " * 5_000 + "here"
    assert clean(bare(text=rule, html=None)).text == rule


def test_words_in_the_middle_of_endless_words_stay() -> None:
    words = "".join(f"Plum tree {number} is old.\n" for number in range(20_000))
    assert clean(bare(text=words, html=None)).text == words.rstrip("\n")


def test_every_character_of_an_endless_mail_stands_in_a_part() -> None:
    text = "> plums\npears\n\n" * 5_000 + "I shall come."
    message = bare(text=text, html=None)
    assert "\n".join(part.text for part in clean(message).parts) == text
    assert "\n".join(line.markdown for line in body(message)) == text


@pytest.mark.parametrize("count", [100, 10_000])
def test_a_page_of_many_elements_keeps_its_words_and_folds_its_quote(count: int) -> None:
    html = (
        "<div>I shall come.</div>"
        + "<p>Plum <b>tree</b></p>" * count
        + "<blockquote type=cite>"
        + "<p>pears</p>" * count
        + "</blockquote>"
    )
    text = clean(bare(text=None, html=html, subject="Re: plums")).text
    assert text.count("Plum") == text.count("tree") == count
    assert "pears" not in text


def test_words_behind_the_last_element_that_is_read_keep_their_spaces_and_line_breaks() -> None:
    html = "<i>a</i>" * 3_000 + "plum <b>tree</b>\n is <i> </i> old,<br>pears <style>x</style> too"
    assert clean(bare(text=None, html=html)).text.endswith("plum tree is old,\npears too")


def test_a_page_of_many_blocks_of_code_is_read_in_a_moment() -> None:
    html = "<pre>plums</pre>" * 20_000
    assert clean(bare(text=None, html=html)).text.count("plums") == 20_000
