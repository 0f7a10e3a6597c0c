"""What commands are answered with: every sentence in every language, with the same facts in it."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from bridge.fanout import notices as letters
from bridge.fanout.compose import NoticeLetter, compose_notice
from bridge.fanout.digest import compose_digest
from bridge.fanout.digest.form import day, moment
from bridge.fanout.languages import AROUND, DAYS, DOES, FRAME, LETTERS, MODERATION, MONTHS, SENTENCES
from bridge.fanout.notices import commands as notices
from bridge.posting.commands import READ, only
from bridge.posting.dates import is_day
from bridge.posting.phrases import LANGUAGES
from bridge.posting.post import MailingList
from bridge.posting.site import Site
from bridge.posting.verbs import Verb

from .digests import HOUR, NOW, changed
from .letters import checked, html_of, text_of

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
        if verb not in (Verb.VACATION, Verb.ADD, *READ):
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "table", [LETTERS, FRAME, AROUND, MODERATION], ids=["letters", "frame", "around", "moderation"]
)
def test_every_language_has_each_letter_and_the_frame(
    table: dict[str, dict[str, str]], language: str
) -> None:
    assert list(table[language]) == list(table["en"])
    for key, sentence in table[language].items():
        assert facts(sentence) == facts(table["en"][key]), key
        assert sentence.strip() or key == "and", key
        same_in_two = ("clock", "{day}", "about", "posts_in", "date", "heading", "on_site")
        assert language == "en" or sentence != table["en"][key] or key in same_in_two or len(sentence) < 24, (
            key
        )
    assert len(MONTHS[language]) == 12 and len(DAYS[language]) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_moderators_get_is_in_their_language(language: str) -> None:
    said = MODERATION[language]
    one = letters.Waiting(
        "Eve", "eve@else.example", "Hi", 0, "Eve is not a member of General", "> Buy!", "confirm+a@forum.example",
        "confirm+b@forum.example", told=False, code="unknown-sender",
    )  # fmt: skip
    written = [
        letters.to_decide(SITE, GENERAL, "Mod", [one], language),
        letters.to_decide(SITE, GENERAL, "Mod", [one, one], language),
        letters.decided(SITE, GENERAL, "Mod", "Hi", letters.Outcome("was_released", "Bo"), language),
        letters.passed_on(SITE, GENERAL, "Mod", one, "general+owner@forum.example", True, language),
        letters.unreachable(SITE, GENERAL, "", "bo@else.example", "550 no {such} user", language),
        letters.refused_by_policy(SITE, GENERAL, "else.example", "550 5.7.1 {no}", language),
    ]
    for notice in written:
        assert "{such}" not in notice.subject and notice.text.endswith("\n")
        words = {"waits", "decision", "released", "somebody", "coming", "refuses"} & set(notice.text.split())
        assert language == "en" or not words
    why = "Eve is not a member" if language == "en" else said["hold_unknown-sender"]
    assert all(why in notice.text for notice in written[:2])
    assert all(f"<{way}>" in written[0].text for way in (one.approve, one.refuse))
    assert "Bo" in written[2].text and said["whole"] in written[3].text and "{no}" in written[5].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_can_be_sent_in_every_language(language: str) -> None:
    owner = "general+owner@forum.example"
    written = [
        letters.confirm_subscription(SITE, GENERAL, "Ada", language),
        letters.confirm_subscription(SITE, GENERAL, "Ada", language, expired=7),
        letters.welcome(SITE, GENERAL, "Ada", language),
        letters.confirm_unsubscribe(SITE, GENERAL, "Ada", "https://forum.example/unsubscribe/x", language),
        letters.unsubscribed(SITE, GENERAL, "", language),
        letters.guest_note(SITE, GENERAL, "", "Bo", "Tools", "confirm+x@forum.example", language),
        letters.guest_stopped(SITE, GENERAL, "Ada", "", language),
        letters.guest_asked(SITE, GENERAL, "Ada", "Tools", language),
        letters.not_passed_on(SITE, GENERAL, "Ada", "Tools", "relay-cap", language, number=20),
        letters.came_back(SITE, GENERAL, "Ada", "Bo", "Tools", language),
        letters.held(SITE, GENERAL, "Ada", "Tools", "", language, "first-post"),
        letters.refused(SITE, GENERAL, "Ada", "Tools", "", language, "no-guests"),
        letters.quote_only(SITE, GENERAL, "Ada", "Tools", language),
        letters.owner_asked(SITE, GENERAL, "Ada", "", "Tools", language),
        letters.probe(SITE, GENERAL, "Ada", language),
        letters.confirm_address(SITE, GENERAL, "Ada", language),
        letters.address_added(SITE, GENERAL, "Ada", "ada@work.example", language),
    ]
    for notice in written:
        raw = compose_notice(
            NoticeLetter(SITE, "ada@garden.test", *notice, "n.1@forum.test", "", 0, "General")
        )
        said = text_of(checked(raw))
        assert owner in said and "{" not in said + notice.subject, said
        assert len(notice.subject) < 110 and len(said) < 1900
        assert language == "en" or not re.search(r"\b(?:your|the|mail to|Hello)\b", said), said


def test_a_moderators_own_reason_stands_as_he_wrote_it() -> None:
    told = letters.refused(SITE, GENERAL, "Ada", "Tools", "Das passt nicht hierher", "de").text
    assert "Warum: Das passt nicht hierher." in told and "Deine Mail „Tools“ wurde nicht" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_is_in_its_readers_language(language: str) -> None:
    message = checked(compose_digest(changed(language=language)))
    text, page = text_of(message), html_of(message)
    assert FRAME[language]["to_answer"] in text and FRAME[language]["answer_thread"] in page
    assert f'lang="{language}"' in page and "{" not in text
    english = r"\b(?:new posts?|In this mail|yesterday|mentions you|more words?|On the web|Unsubscribe)\b"
    assert language == "en" or not re.search(english, text + page.partition("</style>")[2]), language


def test_dates_are_said_as_each_language_says_them() -> None:
    zone = "Europe/Brussels"
    days = {language: day(NOW, zone, language) for language in ("de", "fr", "es", "pt")}
    assert list(days.values()) == [
        "Montag, 23. November", "lundi 23 novembre", "lunes, 23 de noviembre", "segunda-feira, 23 de novembro",
    ]  # fmt: skip
    assert moment(NOW - 60 * HOUR, NOW, zone, "it") == "venerdì, 19:00"
    assert moment(NOW - 9600 * HOUR, NOW, zone, "nl") == "19 oktober 2025, 08:00"
