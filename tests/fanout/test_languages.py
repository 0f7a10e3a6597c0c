"""What commands are answered with: every sentence in every language, with the same facts in it."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from bridge.fanout.languages import DOES, SENTENCES
from bridge.fanout.notices import commands as notices
from bridge.posting.commands import only
from bridge.posting.dates import is_day
from bridge.posting.phrases import LANGUAGES, Verb
from bridge.posting.post import MailingList
from bridge.posting.site import Site

GENERAL = MailingList(1, "general", "general@forum.example", "General")
SITE = Site("Example Commons", "forum.example", "https://forum.example")


def facts(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_all_of_it(language: str) -> None:
    assert list(SENTENCES[language]) == list(SENTENCES["en"])
    for key, sentence in SENTENCES[language].items():
        assert facts(sentence) == facts(SENTENCES["en"][key]), key
        assert sentence == sentence.strip(), key
    assert list(DOES[language]) == list(DOES["en"])
    assert set(Verb) - set(DOES["en"]) == {Verb.CONFIRM, Verb.POST}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_answers_name_are_commands(language: str) -> None:
    for verb in DOES["en"]:
        word = notices.word(language, verb).upper()
        if verb not in (Verb.VACATION, Verb.ADD):
            assert [command.verb for command in only(word)] == [verb], word
    (example,) = only(SENTENCES[language]["example"])
    assert example.verb is Verb.VACATION and is_day(example.argument)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_short_and_names_every_word(language: str) -> None:
    notice = notices.answer(
        SITE, GENERAL, "Ada", language, "subject_help", notices.help_paragraphs(SITE, GENERAL, language)
    )
    assert len(notice.text) < 2500 and "{" not in notice.text
    assert len(re.findall(r"^- \*\*", notice.text, re.M)) == len(notices.HELPED)


def test_facts_lose_line_breaks_and_addresses() -> None:
    said = notices.say("en", "muted", thread="a\r\nBcc: x ada@members.example {list}")
    assert "\n" not in said and "ada@members.example" not in said and "{list}" in said
