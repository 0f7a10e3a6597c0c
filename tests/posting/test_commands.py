"""Commands in a mail's own words: what is one, what is prose, and the days of a vacation."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.posting.commands import Command, is_no, is_yes, only, parse, plain
from bridge.posting.courtesies import COURTESY, GREETINGS, INTO
from bridge.posting.dates import Unclear, is_day, until
from bridge.posting.phrases import LANGUAGES, PHRASES
from bridge.posting.verbs import Verb

LISTS = ("general", "seeds")
TODAY = date(2026, 10, 30)


@pytest.mark.parametrize(
    ("text", "verb", "language"),
    [
        ("mute", Verb.MUTE, "en"),
        ("STOP", Verb.STOP, "en"),
        ("  Stop!  ", Verb.STOP, "en"),
        ("**Follow**", Verb.FOLLOW, "en"),
        ("“daily digest”, please!", Verb.DAILY, "en"),
        ('"unsubscribe"', Verb.UNSUBSCRIBE, "en"),
        ("forget\\-me", Verb.FORGET_ME, "en"),
        ("mute branch", Verb.MUTE_BRANCH, "en"),
        ("Bitte abmelden", Verb.UNSUBSCRIBE, "de"),
        ("täglich", Verb.DAILY, "de"),
        ("TAEGLICH", Verb.DAILY, "de"),
        ("Stop bitte", Verb.STOP, "de"),
        ("désabonnement svp", Verb.UNSUBSCRIBE, "fr"),
        ("DESABONNER", Verb.UNSUBSCRIBE, "fr"),
        ("s'il vous plaît, aide", Verb.HELP, "fr"),
        ("Ne plus suivre.", Verb.UNFOLLOW, "fr"),
        ("darme de baja, por favor", Verb.UNSUBSCRIBE, "es"),
        ("¡Silenciar!", Verb.MUTE, "es"),
        ("silenciar, obrigada", Verb.MUTE, "pt"),
        ("olvidame", Verb.FORGET_ME, "es"),
        ("Solo menzioni, grazie", Verb.MENTIONS, "it"),
        ("cancelar subscricao", Verb.UNSUBSCRIBE, "pt"),
        ("apenas menções", Verb.MENTIONS, "pt"),
        ("afmelden a.u.b.", Verb.UNSUBSCRIBE, "nl"),
        ("Wekelijks overzicht", Verb.WEEKLY, "nl"),
    ],
)
def test_an_answer_that_is_only_a_command_is_one(text: str, verb: Verb, language: str) -> None:
    assert only(text, LISTS) == (Command(verb, "", "", language),)
    assert parse("", text, LISTS) == (Command(verb, "", "", language),)
    assert parse(f"Re: {text}", "", LISTS) == (Command(verb, "", "", language),)


@pytest.mark.parametrize(
    "text",
    [
        "Mute swans nest here",
        "Follow me to the shed",
        "Follow Anna.",
        "None of us can come.",
        "Stop! The gate is locked.",
        "Help wanted",
        "Keep it up!",
        "Unsubscribe links are required by law, I think.",
        "Daily general assemblies are too many",
        "Who?",
        "mute?",
        "Vacation starts tomorrow",
        "vacation",
        "Vacation was nice",
        "I would follow\nmute\nstop",
        "mute\nfollow\nstop",
        "follow\n\nSee you at the shed.",
        "> mute",
        "Hello Bo,\nmute",
        "Dear all,\nmute",
        "Hello",
        "Wer kommt mit?",
        "Folgen hat das keine.",
        "Stumm vor Freude",
        "Silence, on tourne",
        "Sigue lloviendo",
        "",
        "...",
        "mute " * 30,
    ],
)
def test_prose_in_an_answer_is_never_a_command(text: str) -> None:
    assert only(text, LISTS, "Ada Byron") == ()


def test_an_accent_tells_languages_apart_that_share_a_word() -> None:
    assert [(c.language, c.spoken) for c in only("Diário, por favor")] == [("pt", ("pt",))]
    assert [(c.language, c.spoken) for c in only("diario")] == [("es", ("es", "pt"))]


def test_thanks_and_the_authors_own_name_do_not_make_it_prose() -> None:
    for tail in ("Thanks!", "Ada", "Ada Byron", "Thanks,\nAda"):
        assert only(f"mute\n\n{tail}", (), "Ada Byron") == (Command(Verb.MUTE),)
    assert only("mute\n\nBo", (), "Ada Byron") == ()


@pytest.mark.parametrize(
    "below",
    [
        "Best regards\nAda",
        "Best regards,\nAda Byron\nExample Ltd\nTel 0171 4567890",
        "Ada Byron\nChair, Example Co-op\nwww.example.test",
        "Mit freundlichen Grüßen\nAda",
        "Viele Grüße",
        "Cordialement,\nAda",
        "Un saludo,\nAda Byron",
        "Cordiali saluti\nAda",
        "Com os melhores cumprimentos,\nAda",
        "Met vriendelijke groet,\nAda",
    ],
)
@pytest.mark.parametrize("above", ["", "Hi,\n\n", "Guten Tag\n"])
def test_a_sign_off_and_a_card_do_not_make_it_prose(above: str, below: str) -> None:
    assert [command.verb for command in only(f"{above}mute\n\n{below}", (), "Ada Byron")] == [Verb.MUTE]


@pytest.mark.parametrize(
    "below",
    [
        "Best regards, and see you at the shed.",
        "Best regards,\nand do you know whether the shed is open?",
        "See you\nBest regards\nAda",
        "Ada\nPS. The key hangs at the door.",
        "Best\none\ntwo\nthree\nfour\nfive\nsix",
    ],
)
def test_words_around_a_sign_off_make_it_prose(below: str) -> None:
    assert only(f"mute\n\n{below}", (), "Ada Byron") == ()


def test_an_answer_of_two_lines_may_be_two_commands() -> None:
    assert [c.verb for c in only("follow\nvacation until 3.12.", ())] == [Verb.FOLLOW, Verb.VACATION]


@pytest.mark.parametrize(
    ("text", "verb", "name"),
    [
        ("unsubscribe from seeds", Verb.UNSUBSCRIBE, "seeds"),
        ("subscribe to the list Seeds, please", Verb.SUBSCRIBE, "seeds"),
        ("daily general", Verb.DAILY, "general"),
        ("who seeds", Verb.WHO, "seeds"),
        ("abmelden von general", Verb.UNSUBSCRIBE, "general"),
        ("désabonner de seeds", Verb.UNSUBSCRIBE, "seeds"),
    ],
)
def test_a_list_may_be_named(text: str, verb: Verb, name: str) -> None:
    (command,) = parse("", text, LISTS)
    assert (command.verb, command.list_name) == (verb, name)
    assert only(text, LISTS) == (command,)


def test_a_mail_to_a_command_address_is_read_from_its_top_until_prose() -> None:
    text = "Hello,\n\nplease unsubscribe me\nstatus\n\nI have moved to another town.\nhelp"
    assert [c.verb for c in parse("Your list", text, LISTS)] == [Verb.UNSUBSCRIBE, Verb.STATUS]
    assert [c.verb for c in parse("Re: Daily", "daily\n> weekly", LISTS)] == [Verb.DAILY]
    assert parse("Follow me to the shed", "Mute swans nest here", LISTS) == ()
    assert parse("?", "", LISTS) == (Command(Verb.HELP),)
    assert len(parse("", "mute\nfollow\ndaily\nweekly\nnone\neach\nstatus", LISTS)) == 5


def test_a_vacation_has_its_date_as_written() -> None:
    for text, argument, language in (
        ("Vacation until 3 Nov 2026, please.", "3 nov 2026", "en"),
        ("vacation for 2 weeks please", "2 weeks", "en"),
        ("Urlaub bis 3.11.", "3.11", "de"),
        ("vacances jusqu'au 3 novembre svp", "3 novembre", "fr"),
        ("vacaciones hasta el 3 de noviembre", "3 de noviembre", "es"),
        ("ferie fino al 1º marzo", "1o marzo", "it"),
        ("férias até 3 de novembro", "3 de novembro", "pt"),
        ("op vakantie tot 3 november", "3 november", "nl"),
    ):
        assert only(text) == (Command(Verb.VACATION, argument, "", language),)
    assert parse("", "vacation until the cows come home") == (
        Command(Verb.VACATION, "the cows come home", "", "en"),
    )


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("2026-11-03", "en", (2026, 11, 3)),
        ("3.11", "de", (2026, 11, 3)),
        ("3. 11. 26", "de", (2026, 11, 3)),
        ("3/11/2026", "fr", (2026, 11, 3)),
        ("13/11", "en", (2026, 11, 13)),
        ("11/13", "en", (2026, 11, 13)),
        ("november 3rd, 2026", "en", (2026, 11, 3)),
        ("fri 3 nov", "en", (2026, 11, 3)),
        ("friday", "en", (2026, 11, 6)),
        ("tomorrow", "en", (2026, 10, 31)),
        ("two weeks", "en", (2026, 11, 13)),
        ("1 month", "en", (2026, 11, 30)),
        ("3 wochen", "de", (2026, 11, 20)),
        ("zum 3. november", "de", (2026, 11, 3)),
        ("1er mars", "fr", (2027, 3, 1)),
        ("15 jours", "fr", (2026, 11, 14)),
        ("dos semanas", "es", (2026, 11, 13)),
        ("un mese", "it", (2026, 11, 30)),
        ("segunda-feira", "pt", (2026, 11, 2)),
        ("een week", "nl", (2026, 11, 6)),
        ("29 feb", "en", (2028, 2, 29)),
    ],
)
def test_days_as_people_write_them(text: str, language: str, day: tuple[int, int, int]) -> None:
    assert until(text, TODAY, language) == date(*day)
    assert is_day(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3/11/2026", "ambiguous"),
        ("2020-01-01", "past"),
        ("2026-10-30", "past"),
        ("2031-01-01", "far"),
        ("99 months", "far"),
        ("31.2.", "form"),
        ("3 jui", "form"),
        ("the cows come home", "form"),
        ("0.0.0", "form"),
        ("9999999999 weeks", "form"),
        ("", "form"),
    ],
)
def test_days_that_cannot_be_told(text: str, why: str) -> None:
    with pytest.raises(Unclear) as fault:
        until(text, TODAY)
    assert fault.value.why == why


def test_yes_and_no() -> None:
    for text in ("", "Yes", "ja bitte", "Oui, merci", "sí", "OK.", "confirm", "Confirmo", "yes\n\nAda"):
        assert is_yes(text) and not is_no(text), text
    for text in ("No", "nein danke", "non", "NÃO", "nee"):
        assert is_no(text) and not is_yes(text), text
    assert not is_yes("What is this?") and not is_no("What is this?")


def test_every_language_has_every_verb_and_phrases_are_told_apart() -> None:
    for language in LANGUAGES:
        assert set(PHRASES[language]) == set(Verb), language
        seen: dict[str, Verb] = {}
        for verb, phrases in PHRASES[language].items():
            for phrase in phrases.split("|"):
                assert seen.setdefault(plain(phrase.strip()), verb) is verb, phrase
                if verb is not Verb.VACATION:
                    found = parse("", phrase)
                    assert found and found[0].verb is verb, phrase
    assert set(COURTESY) == set(GREETINGS) == set(INTO) == set(LANGUAGES)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_read(words: str, subject: str) -> None:
    for command in (*parse(subject, words, LISTS), *only(words, LISTS, subject)):
        assert isinstance(command.verb, Verb)
    is_yes(words), is_no(words)
    with suppress(Unclear):
        until(plain(words), TODAY, "de")


def test_the_words_in_the_members_guide_are_commands() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "members.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1] for row in guide.splitlines() if row.startswith("| `")]
    words = [word for row in rows for word in re.findall(r"`([^`]+)`", row)]
    assert len(words) >= 19
    assert [word for word in words if not only(word)] == []
    for word in ("abmelden", "suivre", "vacaciones hasta el 3 de mayo", "silenzia", "ajuda", "dempen"):
        assert word in guide and only(word)
