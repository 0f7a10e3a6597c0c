"""Notices: short, friendly, without addresses or texts of others."""

from __future__ import annotations

import pytest

from bridge.fanout import notices
from bridge.fanout.compose import NoticeLetter, compose_notice

from .letters import LIST, SITE, checked, html_of, text_of

ODD = "Ada\r\nBcc: eve@evil.test"
WRITTEN = {
    "quote only": notices.quote_only(SITE, LIST, "Ada", "Re: New roof"),
    "held": notices.held(SITE, LIST, "Ada", "New roof", "a guest whom a member copied"),
    "owner asked": notices.owner_asked(SITE, LIST, "Ada", "Eve Strange", "Re: New roof"),
    "refused": notices.refused(SITE, LIST, "", "", "the list takes no mail from guests"),
    "confirm": notices.confirm_subscription(SITE, LIST, "Ada"),
    "welcome": notices.welcome(SITE, LIST, "Ada"),
    "leave": notices.confirm_unsubscribe(SITE, LIST, "Ada", "https://forum.test/unsubscribe/abc"),
    "unsubscribed": notices.unsubscribed(SITE, LIST, "Ada"),
    "odd names": notices.owner_asked(SITE, LIST, ODD, "eve@evil.test", "mail eve@evil.test " * 50),
    "odd reason": notices.held(SITE, LIST, ODD, ODD, ODD),
}


@pytest.mark.parametrize("notice", WRITTEN.values(), ids=WRITTEN)
def test_a_notice_says_its_business_and_no_more(notice: notices.Notice) -> None:
    letter = NoticeLetter(SITE, "ada@garden.test", *notice, "n.1@forum.test", "", 0, "Garden")
    message = checked(compose_notice(letter))
    sent = text_of(message)
    assert "<hr" in html_of(message) and ">--<" not in html_of(message)
    assert (
        sent.startswith("Hello") and "Garden, Example Commons" in sent and "garden+owner@forum.test" in sent
    )
    assert "evil.test" not in sent + notice.subject
    assert len(sent) < 1500 and len(notice.subject) < 100 and "\n" not in notice.subject


def test_notices_tell_what_to_do() -> None:
    assert "“Re: New roof”" in WRITTEN["quote only"].text and "answer once more" in WRITTEN["quote only"].text
    assert "Why: a guest whom a member copied." in WRITTEN["held"].text
    assert "nothing was posted in your name" in " ".join(WRITTEN["owner asked"].text.split())
    assert "without a subject" in WRITTEN["refused"].text
