"""What a digest says, and in what form."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import EmailMessage

import pytest

from bridge.fanout.digest import compose_digest
from bridge.fanout.digest.form import moment, subject
from bridge.fanout.digest.page import mailto
from bridge.fanout.digest.words import words

from .digests import DIGEST, GENERAL, HOUR, KEYS, LATHE, LONG, NOW, SWAP, changed, post, thread
from .letters import checked


def parts(mail: EmailMessage) -> tuple[str, str]:
    """Text and HTML."""
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain and page
    return str(plain.get_content()), str(page.get_content())


def test_threads_stand_under_their_lists_the_latest_activity_first() -> None:
    assert [t.title[:5] for t in DIGEST.threads] == ["Who c", "Keys ", "Beans"]
    text, page = parts(checked(compose_digest(DIGEST)))
    for shown in (text, page):
        places = [shown.rindex(t.title[:20]) for t in DIGEST.threads]
        assert places == sorted(places)
    assert "TOOL LIBRARY" in text and "SEED SWAP" in text


def test_each_thread_has_its_reply_address_in_text_and_page_and_each_post_a_link() -> None:
    text, page = parts(checked(compose_digest(DIGEST)))
    for each in DIGEST.threads:
        assert text.count(each.reply_to) == 1
        assert f"or write to {each.reply_to}" in page
        for one in each.posts:
            assert f'href="{mailto(one.reply_to, each.title)}"'.replace("&", "&amp;") in page
            assert one.permalink in text and one.permalink in page


def test_headers_are_those_of_a_list_letter() -> None:
    mail = checked(compose_digest(DIGEST))
    assert mail["List-Id"] == "Example Commons <digest.forum.example>"
    assert mail["Precedence"] == "list" and mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Reply-To"].endswith(f"<{DIGEST.reply_to}>")
    one = checked(compose_digest(changed(threads=(LATHE,))))
    assert one["List-Id"] == "Tool Library <general.forum.example>"
    assert one["List-Post"] == "<mailto:general@forum.example>"
    assert one["From"] == "Tool Library digest <general@forum.example>"


def test_O3_tokens_of_anothers_letter_go_into_no_digest() -> None:
    assert "b" * 32 not in words(f"Write to reply+{'b' * 32}@forum.example", frozenset(), 600).markdown


def test_long_posts_are_cut_between_paragraphs_with_a_link() -> None:
    cut = words(LONG, frozenset(), 600)
    assert cut.markdown.endswith("warns of doing so.") and cut.left > 200
    assert LONG.startswith(cut.markdown)
    text, page = parts(checked(compose_digest(DIGEST)))
    assert re.search(r"\[\d+ more words: https://forum.example/post/11\]", text)
    assert "more words</a>" in page


def test_a_cut_never_ends_within_a_mark() -> None:
    cut = words("**" + "bold words " * 200 + "end**", frozenset(), 280)
    assert "**" not in cut.plain and len(cut.plain) <= 280


def test_addresses_of_others_are_hidden_in_words_names_titles_and_excerpts() -> None:
    from bridge.fanout.letter import Answered

    one = post(
        1, "who@secret.example", 1, "Write to Eve@secret.example.\n\n> from mail@secret.example",
        credit="x@secret.example", masked=frozenset({"eve@secret.example"}),
        answers=Answered("y@secret.example", "z@secret.example said"),
    )  # fmt: skip
    letter = changed(threads=(thread(1, GENERAL, "Mail a@secret.example", 1, one),))
    raw = "".join(parts(checked(compose_digest(letter)))) + subject(letter)
    assert "secret.example" not in raw


def test_hostile_names_titles_and_words_stay_text() -> None:
    bad = '</h3><script>alert(1)</script>"onload=x'
    one = post(1, bad, 1, f"{bad}\n\n<img src=https://spy.example/x.gif>\n\n![x](https://spy.example/y.gif)")
    _, page = parts(
        checked(compose_digest(changed(threads=(thread(1, GENERAL, bad, 1, one),), name="A\r\nBcc: x")))
    )
    assert "<script" not in page and "<img" not in page and 'src="' not in page


@pytest.mark.parametrize("posts", [1, 40, 100])
@pytest.mark.parametrize("threads", [1, 100])
def test_a_digest_is_smaller_than_what_mail_programs_clip(posts: int, threads: int) -> None:
    text = "A long and winding text about the saw, with more to come. " * 60
    every = [post(n, "Maximilian Mustermann", n / 4, text) for n in range(1, posts + 1)]
    split = [
        thread(n, GENERAL, f"A title of the usual length, number {n}", 9, *every[n::threads])
        for n in range(min(posts, threads))
    ]
    raw = compose_digest(changed(threads=tuple(split))).fill({})
    _, page = parts(checked(compose_digest(changed(threads=tuple(split)))))
    assert len(page.encode()) < 102_000, len(raw)
    assert all(f"/post/{n}" in page for n in range(1, posts + 1))


def test_times_are_the_readers_own_and_short() -> None:
    hours = (0, 8, 25, 60, 24 * 9, 24 * 400)
    said = [moment(NOW - hour * HOUR, NOW, "Europe/Brussels") for hour in hours]
    assert said == [
        "today, 07:00", "yesterday, 23:00", "yesterday, 06:00", "Friday, 19:00", "14 November, 07:00",
        "19 October 2025, 08:00",
    ]  # fmt: skip
    text, _ = parts(checked(compose_digest(changed(timezone="Asia/Kolkata"))))
    assert "Since yesterday, 11:30" in text


def test_a_digest_of_one_thread_has_no_contents() -> None:
    text, page = parts(checked(compose_digest(changed(threads=(KEYS,), since=None))))
    assert "In this mail" not in text and 'href="#thread' not in page


def test_the_subject_says_how_much_and_what() -> None:
    assert subject(changed(threads=(LATHE, KEYS))).startswith(
        "Tool Library, 4 new posts: Who can repair the lathe?; "
    )
    assert len(subject(DIGEST)) < 130
    many = tuple(replace(SWAP, id=n) for n in range(9))
    assert subject(changed(threads=many)).endswith("; …")


def test_nothing_new_is_no_digest() -> None:
    with pytest.raises(ValueError, match="without posts"):
        compose_digest(changed(threads=()))
