"""On the whole road: nobody posts as a member who is not that member (promises A2, A3, A4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.mail.token import Purpose

from ..mail.from_forms import VICTIM, heads
from .conftest import ADA, BO, GENERAL, Post

MX = "mx.forum.example"
GOOD = f"{MX}; dmarc=pass header.from=members.example"
BAD = f"{MX}; dmarc=fail header.from=members.example; spf=fail; dkim=none"


def trusting(post: Post) -> Post:
    post.room.site = replace(post.room.site, authserv_id=MX)
    return post


def test_A3_only_the_topmost_word_of_our_own_mta_counts(post: Post) -> None:
    trusting(post)
    others = (
        f"{one}; dmarc=pass header.from=members.example" for one in ("evil.example", f"{MX}.evil.example")
    )
    for results in (BAD, "", *others):
        head = f"Authentication-Results: {results}\r\n" if results else ""
        for inside in ("", f"Authentication-Results: {GOOD}\r\n" if results == BAD else ""):
            raw = f"{head}{inside}From: {ADA}\r\nTo: {GENERAL}\r\nSubject: x\r\n\r\nForged {results} {inside}\r\n"
            row = post.receive(raw.encode(), GENERAL, sender=ADA)
            assert (row["outcome"], row["code"]) == ("held", "unauthenticated"), raw
    raw = f"Authentication-Results: {GOOD}\r\nFrom: {ADA}\r\nTo: {GENERAL}\r\nSubject: x\r\n\r\nTrue.\r\n"
    assert post.receive(raw.encode(), GENERAL, sender=ADA)["outcome"] == "posted"
    assert [each["author"] for each in post.posts()] == ["Ada"]


@pytest.mark.parametrize(
    "name", ["Authentication-Results ", "authentication-results\t", "X-Authentication-Results"]
)
def test_A3_a_header_that_is_not_named_as_an_mta_names_it_counts_for_nothing(post: Post, name: str) -> None:
    trusting(post)
    raw = f"{name}: {GOOD}\r\nFrom: {ADA}\r\nTo: {GENERAL}\r\nSubject: x\r\n\r\nForged.\r\n"
    assert post.receive(raw.encode(), GENERAL, sender=ADA)["code"] == "unauthenticated"


@pytest.mark.parametrize("part", ["message/rfc822", "text/rfc822-headers"])
def test_A3_a_word_inside_of_an_attached_mail_counts_for_nothing(post: Post, part: str) -> None:
    trusting(post)
    raw = (
        f"From: {ADA}\r\nTo: {GENERAL}\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nForged.\r\n--b\r\nContent-Type: {part}\r\n\r\n"
        f"Authentication-Results: {GOOD}\r\nFrom: {ADA}\r\n\r\nx\r\n--b--\r\n"
    )
    assert post.receive(raw.encode(), GENERAL, sender=ADA)["code"] == "unauthenticated"


def test_A2_a_stolen_reply_address_makes_nobody_its_owner(post: Post) -> None:
    post.receive(post.mail(ADA, "Who has the ladder?"))
    person = post.room.store.read(lambda tx: tx.person_of_address(address=BO))["person_id"]
    to = f"reply+{post.room.tokens.mint(Purpose.REPLY, person, 1)}@forum.example"
    for sender, name in (
        ("eve@evil.example", "Eve"),
        ("eve@evil.example", "Bo"),
        ("eve@evil.example", f"{BO}"),
    ):
        post.receive(post.mail(sender, f"As {name}.", to=to, name=f'"{name}"', subject="Re: Tools"), to)
    post.receive(post.mail(ADA, "My own.", to=to, subject="Re: Tools"), to)
    assert [each["author"] for each in post.posts()] == ["Ada", "Ada"]


def test_A4_no_form_of_from_posts_as_a_member(post: Post) -> None:
    user, domain = ADA.split("@")
    for number, form in enumerate(heads()):
        if len(form) > 5000:
            continue
        mine = form.replace(VICTIM, ADA).replace("victim", user).replace("ok.test", domain)
        raw = f"{mine}\r\nTo: {GENERAL}\r\nSubject: x{number}\r\n\r\nForged {number}.\r\n"
        post.receive(raw.encode("utf-8", "surrogateescape"), GENERAL, sender="evil@evil.test")
    assert post.posts() == []
