"""Whatever texts a letter is made of, it is legal and loses none of its words (promises O4, C4, C7)."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge.fanout.compose import Answered, Linked, NoticeLetter, Picture, compose, compose_notice
from bridge.fanout.headers import clean, is_id
from bridge.mail.message import Mailbox
from bridge.posting.people import display_name, greets, same_name
from bridge.posting.private import hide_addresses
from bridge.posting.render import excerpt, render, sanitise
from bridge.posting.threads import clean_subject, subject_key

from .letters import LIST, SITE, changed, checked, text_of

MARKS = st.sampled_from([
    "\r\n", "\n", "=?utf-8?q?=0d=0a?=", "Re: ", "[x]", "> ", "```\n", "- ", "1. ", "*", "_", "`", "<", ">", "&", "@",
    "é", "屋", "![a](cid:a)", "[a](http://a.test)", "http://a.test/b", "ada@garden.test", "\x00", "\u2028", "\u202e",
    "|", "\\", '"', "=", "From ", ".\n", "--", "\t", "  ", "\ud800", "javascript:", "<p>", "<img src=x onerror=y>",
    "%0d%0a", "<script>", "🌱",
])  # fmt: skip
TEXT = st.lists(st.one_of(MARKS, st.text(max_size=8)), max_size=25).map("".join)
SMALL = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SMALL
@given(TEXT, TEXT, TEXT, TEXT)
def test_C7_a_letter_of_any_texts_is_legal(author: str, subject: str, text: str, other: str) -> None:
    letter = changed(
        post_author=author, post_subject=subject, post_text=text, post_credit=other, copied=(other,),
        answers=Answered(other, author), mailing_list=replace(LIST, title=other), site=replace(SITE, name=author),
        pictures=(Picture(other, other, b"x", "a"),), attachments=(Linked(other, 1, "https://forum.test/a"),),
        post_message_id=author, references=(other,),
    )  # fmt: skip
    message = checked(compose(letter))
    assert "Bcc" not in message and message["From"].addresses[0].addr_spec == "garden@forum.test"
    assert len(message["To"].addresses) == len(message["Reply-To"].addresses) == 1
    notice = NoticeLetter(SITE, "ada@garden.test", subject, text, "n@forum.test", other, 0, author)
    assert checked(compose_notice(notice))["To"].addresses[0].addr_spec == "ada@garden.test"


@SMALL
@given(TEXT)
def test_O4_words_arrive_as_written(text: str) -> None:
    plain = re.sub(r"[<!\[\](@＠\r\ud800-\udfff]", "", text).strip("\n")
    assert text_of(checked(compose(changed(post_text=plain, answers=None)))).startswith(plain)


@SMALL
@given(TEXT)
def test_C4_rendering_any_text_is_a_fixpoint(text: str) -> None:
    written = render(text, {"a": "/attachment/1/a"})
    assert sanitise(written, frozenset({"/attachment/1/a"})) == written
    assert "<script" not in written and "<img src=x" not in written
    assert hide_addresses(hide_addresses(written)) == hide_addresses(written)
    assert "\n" not in excerpt(text) and len(excerpt(text)) <= 140


@SMALL
@given(TEXT, TEXT)
def test_names_and_subjects_of_any_kind(one: str, other: str) -> None:
    shown = display_name(Mailbox(one, other))
    assert shown and "@" not in shown and clean(shown) == shown
    assert subject_key(clean_subject(one)) in (subject_key(one), subject_key(clean_subject(one)))
    assert same_name(one, other) == same_name(other, one)
    greets(one, [other])
    assert not is_id(one) or "\n" not in one
