"""Letters in the language of their reader: learned from commands and mail programs, else the site's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.posting.commands import only
from bridge.posting.phrases import LANGUAGES, PHRASES
from bridge.posting.verbs import Verb

from .conftest import ADA, BO, GENERAL, Post
from .test_commands import DAY, REQUEST, answer, last, mode, thread, told, words

__all__ = ["thread"]
NEW = "dora@members.example"
JOIN = "general+subscribe@forum.example"


def language_of(post: Post, address: str) -> str:
    row = post.room.store.read(
        lambda tx: tx.connection.execute(
            "select p.language from person p join address a on a.person_id = p.id where a.address = ?",
            [address],
        ).fetchone()
    )
    return str(row[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_a_command_is_the_language_of_the_letters_to_come(
    thread: Post, language: str
) -> None:
    word = PHRASES[language][Verb.UNSUBSCRIBE].partition("|")[0].strip()
    own = (phrase for verb in (Verb.FOLLOW, Verb.MUTE) for phrase in PHRASES[language][verb].split("|"))
    answer(thread, BO, next(phrase for phrase in own if only(phrase)[0].spoken == (language,)))
    thread.receive(thread.mail(BO, word, to=REQUEST, subject="x"), REQUEST)
    asked, back = last(thread, BO)
    thread.receive(thread.mail(BO, "", to=back, subject="Re"), back)
    left, _ = last(thread, BO)
    signs = {"en": "a mail in your name", "de": "Eine Mail in deinem Namen", "fr": "Un mail en votre nom",
             "es": "Un correo en su nombre", "it": "Una mail a tuo nome", "pt": "Um e-mail em seu nome",
             "nl": "Een mail in uw naam"}  # fmt: skip
    assert signs[language].casefold() in asked.casefold(), asked
    assert language_of(thread, BO) == language and "{" not in left
    assert mode(thread, BO) is None


def test_a_word_that_many_languages_share_changes_no_language(thread: Post) -> None:
    answer(thread, BO, "abmelden seeds")
    answer(thread, BO, "status")
    assert language_of(thread, BO) == "de" and "Was kommt:" in last(thread, BO)[0]
    answer(thread, BO, "unfollow")  # English alone
    answer(thread, BO, "status")
    assert language_of(thread, BO) == "en" and "What you get:" in last(thread, BO)[0]


def test_a_forged_from_teaches_nobody_a_language(thread: Post) -> None:
    thread.receive(thread.mail(BO, "abmelden", to=REQUEST, subject="x"), REQUEST)
    assert language_of(thread, BO) == ""


def test_who_joins_is_welcomed_as_his_mail_program_speaks(post: Post) -> None:
    post.receive(post.mail(NEW, "", to=JOIN, Accept_Language="fr-BE"), JOIN)
    asked, back = last(post, NEW)
    assert "Quelqu'un, vous-même nous l'espérons" in asked
    post.receive(post.mail(NEW, "", to=back), back)
    assert "Désormais vous recevez les mails de General" in last(post, NEW)[0]


def test_a_site_has_a_language_of_its_own(post: Post) -> None:
    post.room.site = replace(post.room.site, language="nl")
    for program in ("en-GB", "xx", "fr" * 300):
        post.receive(post.mail(NEW, "", to=JOIN, Accept_Language=program), JOIN)
    assert "Iemand, hopelijk uzelf" in last(post, NEW)[0] and len(told(post, NEW)) == 1
    post.receive(post.mail(ADA, "Look at this.", Cc="Out Sider <out@side.example>"), GENERAL)
    assert "stuurde u een kopie van een mail" in last(post, "out@side.example")[0]
    post.receive(post.mail(BO, "> only a quote", subject="Re: Tools"), GENERAL)
    assert "geciteerde tekst" in last(post, BO)[0]


def test_a_digest_is_framed_in_its_readers_language(thread: Post) -> None:
    answer(thread, BO, "täglich")
    thread.receive(thread.mail(ADA, "Something new."))
    thread.room.send_digests(thread.clock[0] + 2 * DAY)
    thread.clock[0] += 2 * DAY
    raw = next(raw for address, raw in thread.letters() if address == BO and b"List-Unsubscribe" in raw)
    assert b"Zusammenfassung" in raw and b'lang=3D"de"' in raw


def test_a_confirmation_that_comes_too_late_brings_a_new_letter(post: Post) -> None:
    post.receive(post.mail(NEW, "", to=JOIN), JOIN)
    _, back = last(post, NEW)
    post.clock[0] += 7 * DAY + 1
    row = post.receive(post.mail(NEW, "yes", to=back), back)
    assert (row["outcome"], row["code"]) == ("refused", "expired") and mode(post, NEW) is None
    text, again = last(post, NEW)
    assert "more than 7 days ago, so nothing has happened yet" in text and len(told(post, NEW)) == 2
    post.receive(post.mail(NEW, "yes", to=again), again)
    assert mode(post, NEW) == "each"
    post.clock[0] += 30 * DAY
    post.receive(post.mail(NEW, "yes", to=again), again)
    assert mode(post, NEW) == "each", "who is in stays in"


def test_a_yes_that_comes_too_late_is_told_so(thread: Post) -> None:
    thread.receive(thread.mail(BO, "daily", to=REQUEST, subject="x"), REQUEST)
    _, back = last(thread, BO)
    thread.clock[0] += 8 * DAY
    row = thread.receive(thread.mail(BO, "", to=back), back)
    assert row["code"] == "too-old" and mode(thread, BO) == "each"
    assert "too old or gone. Please ask again." in words(told(thread, BO)[-1])
