"""Complaints: they end the subscriptions their letter came by, however much of it a provider leaves in."""

from __future__ import annotations

import re

import pytest

from bridge.posting.bounces import DAY
from bridge.store import choices, people

from .conftest import ADA, BO, SEEDS, Post

ABUSE = "abuse@forum.example"
ARF = """From: feedback@isp.example
To: {to}
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is a complaint.
--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
Version: 1
{more}
--b
Content-Type: {type}

{letter}
--b--
"""


def arf(
    letter: str, *, to: str = ABUSE, kind: str = "abuse", type: str = "message/rfc822", more: str = ""
) -> bytes:
    return ARF.format(letter=letter, to=to, kind=kind, type=type, more=more).encode()


def letter_of(post: Post) -> tuple[str, str]:
    """Bo's letter and its envelope sender."""
    due = next(d for d in post.due() if d.address == BO)
    back, slots = post.room.addresses(due)
    return post.room.letter(due).fill(slots).decode().replace("\r\n", "\n"), back


def modes(post: Post) -> tuple[str | None, str | None]:
    return post.room.store.read(lambda tx: (people.mode(tx, 1, 2), people.mode(tx, 2, 2)))


def redacted(letter: str) -> str:
    """A letter as some providers show it: without links, personal addresses and words."""
    head = letter.partition("\n\n")[0]
    kept = re.sub(
        r"^(?:List-[\w-]+|Reply-To|To|Content-[\w-]+): .*\n(?:[ \t].*\n)*", "", f"{head}\n", flags=re.M
    )
    return f"{kept}\nIts words are removed."


def test_a_complaint_ends_the_subscription_of_its_letter(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    row = post.receive(arf(letter_of(post)[0]), ABUSE, sender="")
    assert (row["outcome"], row["code"]) == ("bounce", "complaint")
    assert modes(post) == (None, "each")


def test_its_headers_alone_will_do(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    head = letter_of(post)[0].partition("\n\n")[0]
    post.receive(arf(head, type="text/rfc822-headers"), ABUSE, sender="")
    assert modes(post) == (None, "each")


@pytest.mark.parametrize("where", ["envelope", "report"])
def test_a_letter_without_its_links_is_known_by_our_envelope_sender(post: Post, where: str) -> None:
    post.receive(post.mail(ADA, "Hello."))
    letter, back = letter_of(post)
    assert "unsubscribe" not in redacted(letter)
    to, more = (back, "") if where == "envelope" else (ABUSE, f"Original-Mail-From: <{back}>\n")
    assert post.receive(arf(redacted(letter), to=to, more=more), to, sender="")["code"] == "complaint"
    assert modes(post) == (None, "each")


def test_a_complaint_about_a_digest_ends_all_that_it_is_of(post: Post) -> None:
    store, site = post.room.store, post.room.site
    for list_id in (1, 2):
        store.write(lambda tx, i=list_id: choices.set_mode(tx, site, i, 2, "daily", post.clock[0]))
    post.receive(post.mail(ADA, "Hello."))
    post.receive(post.mail(ADA, "Beans.", to=SEEDS), SEEDS)
    post.clock[0] += 2 * DAY
    post.room.send_digests(post.clock[0])
    post.receive(arf(letter_of(post)[0]), ABUSE, sender="")
    assert modes(post) == (None, None)


@pytest.mark.parametrize("kind", ["auth-failure", "not-spam"])
def test_a_report_of_that_form_that_is_no_complaint_ends_nothing(post: Post, kind: str) -> None:
    post.receive(post.mail(ADA, "Hello."))
    letter, back = letter_of(post)
    for to in (ABUSE, back):
        row = post.receive(arf(letter, to=to, kind=kind), to, sender="")
        assert (row["outcome"], row["code"]) == ("ignored", "report")
    assert modes(post) == ("each", "each")


def test_a_forged_complaint_ends_nothing(post: Post) -> None:
    post.receive(post.mail(ADA, "Hello."))
    link, back = f"https://forum.example/unsubscribe/{'a' * 31}", f"bounce+{'b' * 31}@forum.example"
    letter = f"List-Unsubscribe: <{link}>\nReturn-Path: <{back}>\n\nHello."
    row = post.receive(arf(letter), ABUSE, sender="")
    assert row["code"] == "complaint" and "holds no letter" in row["reason"]
    assert modes(post) == ("each", "each")
