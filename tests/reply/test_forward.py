"""Who wrote the words that a mail passes on, and mails that came as attachments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.mail.message import Attachment, Message
from bridge.mail.parse import bare
from bridge.reply.clean import clean
from bridge.reply.parts import Credit, Kind

LEADS = {
    'Am 03.11.25, 18:40 schrieb "Jo Brook" <jo@mail.example>:': Credit("Jo Brook", "jo@mail.example"),
    "On Mon, 3 Nov 2025 at 18:40, Jo Brook <jo@mail.example> wrote:": Credit("Jo Brook", "jo@mail.example"),
    "On 3 Nov 2025 at 18:40, jo@mail.example wrote:": Credit("", "jo@mail.example"),
}


@pytest.mark.parametrize("lead", LEADS)
def test_a_forward_below_an_attribution(lead: str) -> None:
    reply = clean(bare(text=f"See here.\n\n{lead}\n\nThe frost comes.\n", html=None, subject="FW: Frost"))
    assert reply.text == "See here.\n\nThe frost comes."
    assert reply.credit == LEADS[lead]


def attached(inner: Message) -> Message:
    return replace(bare(text="See the mail below.", html=None), forwarded=(inner,))


def test_an_attached_mail_is_content_and_credited() -> None:
    reply = clean(attached(bare(text="The frost comes.", html=None, sender="Jo Brook <jo@mail.example>")))
    assert reply.text == "See the mail below.\n\nThe frost comes."
    assert reply.credit == Credit("Jo Brook", "jo@mail.example")
    assert reply.parts[-1].kind is Kind.FORWARDED


def test_an_attached_mail_without_words_changes_nothing() -> None:
    assert clean(attached(bare(text="", html=None))).credit is None


def test_an_empty_top_without_references_is_a_forward() -> None:
    block = "From: Jo Brook <jo@mail.example>\nSent: 3 November 2025 18:40\nTo: all\nSubject: Frost\n\nIt comes.\n"
    assert clean(bare(text=block, html=None)).text == "It comes."
    answer = replace(bare(text=block, html=None), in_reply_to=("first@mail.example",))
    assert clean(answer).text == ""


def test_a_quote_in_a_mail_that_answers_nothing_was_typed() -> None:
    text = "As they say:\n\n> An apple a day."
    assert clean(replace(bare(text=text, html=None), message_id="one@mail.example")).text == text
    assert clean(bare(text=text, html=None)).text == "As they say:"
    told = replace(bare(text=text, html=None), subject="Apples")
    assert clean(told).text == text
    assert clean(replace(told, subject="Re: Apples")).text == "As they say:"


def test_a_notice_alone_is_shown_but_not_beside_a_picture() -> None:
    picture = Attachment("pear.png", "image/png", b"png", inline=True)
    notice = "This e-mail is confidential. If you are not the intended recipient, please delete it at once."
    alone = bare(text=notice, html=None)
    assert clean(alone).text == notice
    assert clean(replace(alone, attachments=(picture,))).text == ""


def test_what_stands_in_a_quote_is_told() -> None:
    quote = "> see https://forum.example/post/7\n> Message-ID: <seven.7@forum.example>"
    reply = clean(
        bare(text=f"Yes.\n\nOn 3 Nov 2025 at 18:40, Jo <jo@mail.example> wrote:\n{quote}\n", html=None)
    )
    assert reply.quoted_links == ("https://forum.example/post/7",)
    assert "seven.7@forum.example" in reply.quoted_ids
