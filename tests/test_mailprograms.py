"""The answers that our mail programs write are whole mails, and hold the words and the quote."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from tests.mailprograms import PROGRAMS, answer

WORDS = "That would suit me – thank you.\n\nFrom Monday on I have time."


def letter() -> bytes:
    """A letter as a list sends it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Ada Lind via Tools <tools@list.test>"
    mail["To"] = "tools@list.test"
    mail["Reply-To"] = "Tools <reply+abcd@list.test>"
    mail["Subject"] = "Re: The ladder"
    mail["Date"] = "Thu, 15 Mar 2018 14:19:00 +0000"
    mail["Message-ID"] = "<two@one.test>"
    mail["References"] = "<one@one.test>"
    mail.set_content("Who has the ladder?\n\n-- \nThe footer of the list\nhttps://list.test/p/1\n")
    mail.add_alternative(
        '<html><body><div class="post"><p>Who has <a href="https://list.test/l">the ladder</a>?</p></div>'
        '<div class="footer">The footer of the list</div></body></html>',
        subtype="html",
    )
    return mail.as_bytes()


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_answer_is_a_whole_mail(program: str) -> None:
    raw = answer(letter(), program, WORDS, sender="Bo Ek <bo@two.test>")
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    assert (mail["To"], mail["In-Reply-To"]) == ("Tools <reply+abcd@list.test>", "<two@one.test>")
    assert mail["References"] == "<one@one.test> <two@one.test>"
    assert mail["Subject"].lower() == "re: the ladder"
    assert not mail.defects
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            text = " ".join(str(part.get_content()).split())
            assert "That would suit me" in text
            assert "thank you." in text
            assert "Who has" in text
            assert "Ada Lind via Tools" in text
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


def test_what_may_be_left_out_or_changed() -> None:
    raw = answer(
        letter(),
        "gmail",
        WORDS,
        sender="Bo Ek <bo@two.test>",
        keep_reply_headers=False,
        subject="Something else",
        to="reply+ABCD@list.test",
        cc="c@three.test",
    )
    mail = message_from_bytes(raw, policy=default)
    assert (mail["In-Reply-To"], mail["References"]) == (None, None)
    assert (mail["Subject"], mail["To"], mail["Cc"]) == (
        "Something else",
        "reply+ABCD@list.test",
        "c@three.test",
    )
