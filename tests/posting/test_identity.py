"""Promises A2 to A4: nobody posts as somebody else, and strangers do not post at all."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from bridge.mail.message import Mailbox
from bridge.posting.authentication import authenticated, judge, trusted
from bridge.posting.identity import Author, Claim, Hold, Refuse, identify
from bridge.posting.post import Guests, MailingList, Person, Who

LIST = MailingList(1, "garden", "garden@forum.test", "Garden")
ADA = Person(1, "Ada Brook", ("ada@garden.test",), ("adab",))
BEN = Person(2, "Ben Field", ("ben@garden.test",))
GUEST = Person(3, "Cy Out", ("cy@far.test",), member=False)
STRANGER = Mailbox("Eve Strange", "eve@far.test")
PLAIN = Claim(
    author=Mailbox("Ada B.", "ada@garden.test"), author_fault="", sender_person=ADA, owner=None, copied_by_member=False,
    authenticated=None, text="Yes, let us.", mailing_list=LIST, released=False,
)  # fmt: skip
OUTSIDE = replace(PLAIN, author=STRANGER, sender_person=None)


def _code(claim: Claim) -> str:
    verdict = identify(claim)
    return "posted" if isinstance(verdict, Author) else verdict.code


def test_a_member_posts_under_the_name_that_the_bridge_knows() -> None:
    assert identify(PLAIN) == Author(ADA, "Ada Brook", "ada@garden.test", False, "")
    assert identify(replace(PLAIN, owner=ADA)) == Author(ADA, "Ada Brook", "ada@garden.test", False, "")


def test_A2_a_members_answer_to_anothers_reply_address_is_his_own() -> None:
    verdict = identify(replace(PLAIN, owner=BEN))
    assert isinstance(verdict, Author) and verdict.person == ADA and "Ben Field" in verdict.note


def test_A2_a_stolen_token_gives_nothing_and_its_owner_is_asked() -> None:
    verdict = identify(replace(OUTSIDE, owner=ADA))
    assert isinstance(verdict, Hold) and verdict.code == "not-owner" and verdict.ask_owner
    as_ada = replace(OUTSIDE, owner=ADA, author=Mailbox("Ada Brook", "ada@far.test"), copied_by_member=True)
    assert _code(as_ada) == "not-owner"
    assert (
        _code(replace(OUTSIDE, owner=ADA, mailing_list=replace(LIST, who_can_post="anyone"))) == "not-owner"
    )


def test_A2_a_copied_outsider_is_a_guest_under_his_own_name() -> None:
    for owner in (None, ADA):
        verdict = identify(replace(OUTSIDE, owner=owner, copied_by_member=True))
        assert isinstance(verdict, Author)
        assert (verdict.person, verdict.name, verdict.guest) == (None, "Eve Strange", True)
    known = identify(
        replace(OUTSIDE, author=Mailbox("C", "cy@far.test"), sender_person=GUEST, copied_by_member=True)
    )
    assert isinstance(known, Author) and known.person == GUEST and known.guest


def test_A2_a_guest_who_was_not_copied_here_and_a_former_member_wait() -> None:
    assert _code(replace(OUTSIDE, sender_person=GUEST)) == "unknown-sender"
    assert _code(replace(OUTSIDE, sender_person=GUEST, owner=GUEST)) == "unknown-sender"


@pytest.mark.parametrize(("guests", "code"), [("show", "posted"), ("hold", "guest"), ("refuse", "guest")])
def test_guests_by_the_lists_policy(guests: Guests, code: str) -> None:
    claim = replace(OUTSIDE, copied_by_member=True, mailing_list=replace(LIST, guests=guests))
    assert _code(claim) == code
    assert isinstance(identify(claim), Refuse) == (guests == "refuse")
    assert isinstance(identify(replace(claim, released=True)), Refuse) == (guests == "refuse")


@pytest.mark.parametrize(
    ("who", "member", "stranger"),
    [
        ("members", "posted", "unknown-sender"),
        ("anyone", "posted", "posted"),
        ("moderated", "moderated", "unknown-sender"),
    ],
)
def test_who_can_post(who: Who, member: str, stranger: str) -> None:
    mailing_list = replace(LIST, who_can_post=who)
    assert _code(replace(PLAIN, mailing_list=mailing_list)) == member
    assert _code(replace(OUTSIDE, mailing_list=mailing_list)) == stranger
    assert _code(replace(OUTSIDE, mailing_list=mailing_list, released=True)) == "posted"


def test_a_stranger_on_an_open_list_is_a_guest() -> None:
    verdict = identify(replace(OUTSIDE, mailing_list=replace(LIST, who_can_post="anyone")))
    assert isinstance(verdict, Author) and verdict.guest and verdict.person is None


def test_A3_without_a_token_an_unauthenticated_from_waits() -> None:
    for claim in (
        PLAIN,
        OUTSIDE,
        replace(PLAIN, owner=BEN),
        replace(OUTSIDE, owner=BEN, copied_by_member=True),
    ):
        assert _code(replace(claim, authenticated=False)) == "unauthenticated"
    assert _code(replace(PLAIN, authenticated=True)) == "posted"
    assert _code(replace(PLAIN, authenticated=False, owner=ADA)) == "posted"


def test_A4_without_one_clean_author_nothing_is_posted_even_when_released() -> None:
    for claim in (PLAIN, replace(PLAIN, released=True), replace(PLAIN, owner=ADA)):
        verdict = identify(replace(claim, author=None, author_fault="two From headers"))
        assert (
            isinstance(verdict, Hold) and verdict.code == "no-author" and "two From headers" in verdict.reason
        )


@pytest.mark.parametrize("text", ["Hi Ada,\n\nI read it.", "Dear adab,"])
def test_who_greets_himself_is_not_believed(text: str) -> None:
    assert _code(replace(PLAIN, text=text)) == "self-greeting"
    assert _code(replace(PLAIN, text=text, owner=ADA)) == "self-greeting"
    assert _code(replace(PLAIN, text=text, released=True)) == "posted"


@pytest.mark.parametrize("name", ["\u0410da Brook", "Ada Br\u03bfok", "Ad\u0430 Brook"])
def test_A4_a_guest_whose_name_only_looks_like_anothers_waits(name: str) -> None:
    copied = replace(OUTSIDE, author=Mailbox(name, "eve@far.test"), copied_by_member=True)
    assert (_code(copied), _code(replace(copied, released=True))) == ("odd-name", "posted")
    for fine in (
        "\u0410\u043d\u043d\u0430 Brook",
        "J\u00f6rg M\u00fcller",
        "\u0394\u03b7\u03bc\u03ae\u03c4\u03c1\u03b7\u03c2",
        "\u7530\u4e2d Ken",
    ):
        assert _code(replace(copied, author=Mailbox(fine, "eve@far.test"))) == "posted"


def test_no_verdict_ever_names_an_address() -> None:
    for who in get_args(Who):
        for owner in (None, ADA, BEN):
            for copied in (True, False):
                for person in (None, ADA, GUEST):
                    verdict = identify(
                        replace(
                            OUTSIDE, owner=owner, copied_by_member=copied, sender_person=person,
                            mailing_list=replace(LIST, who_can_post=who),
                        )
                    )  # fmt: skip
                    said = verdict.name + verdict.note if isinstance(verdict, Author) else verdict.reason
                    assert "@" not in said
                    if isinstance(verdict, Author) and not verdict.guest:
                        assert verdict.person == person  # never the owner of the token


MX = "mx.forum.test"


@pytest.mark.parametrize(
    "result",
    [
        "dmarc=pass (policy=none) header.from=garden.test",
        "dkim=pass header.d=garden.test header.s=a",
        "dkim=pass header.i=@garden.test",
        "dkim=fail header.d=garden.test; spf=pass smtp.mailfrom=ada@garden.test",
        "spf=pass smtp.mailfrom=bounces.garden.test",
        "dkim=pass header.d=mail.garden.test",
        'dkim=pass reason="all; good" header.d=garden.test',
        "dkim = pass (a (nested) \\) comment) header.d = garden.test",
        "auth=pass smtp.auth=ada; dkim/1=pass header.d=GARDEN.test",
    ],
)
def test_A3_an_aligned_pass_counts(result: str) -> None:
    assert authenticated({"authentication-results": (f"{MX}; {result}",)}, "ada@garden.test", MX) is True
    assert (
        authenticated({"authentication-results": (f"MX.forum.test 1; {result}",)}, "ada@garden.test", MX)
        is True
    )


@pytest.mark.parametrize(
    "values",
    [
        (),
        ("",),
        (f"{MX}; none",),
        (f"{MX}; dmarc=fail header.from=garden.test; dkim=pass header.d=garden.test",),
        (f"{MX}; dkim=pass header.d=evil.test",),
        (f"{MX}; dkim=pass header.d=evilgarden.test",),
        (f"{MX}; dkim=pass header.d=test",),
        (f"{MX}; dkim=pass",),
        (f"{MX}; spf=pass smtp.helo=garden.test",),
        (f"{MX}; dmarc=none header.from=garden.test",),
        ("mx.evil.test; dmarc=pass header.from=garden.test",),
        (f"x{MX}; dmarc=pass header.from=garden.test",),
        (f"({MX}) mx.evil.test; dmarc=pass header.from=garden.test",),
        (f"{MX}; none", f"{MX}; dmarc=pass header.from=garden.test"),
        (
            f"{MX}; spf=fail (dkim=pass header.d=garden.test; dmarc=pass header.from=garden.test) smtp.mailfrom=a.test",
        ),
        (f'{MX}; spf=fail reason="; dkim=pass header.d=garden.test" smtp.mailfrom=evil.test',),
        (f'{MX}; spf=pass smtp.mailfrom="a@garden.test dkim=pass"@evil.test',),
        (f"{MX}; dkim=pass header.b=x header.from=garden.test",),
    ],
)
def test_A3_whatever_else_does_not(values: tuple[str, ...]) -> None:
    assert authenticated({"authentication-results": values}, "ada@garden.test", MX) is False


def test_A3_names_below_a_registrys_suffix_are_strangers() -> None:
    for suffix in ("co.uk", "github.io", "org.au"):
        headers = {"authentication-results": (f"{MX}; dkim=pass header.d=evil.{suffix}",)}
        assert authenticated(headers, f"ada@{suffix}", MX) is False
        assert authenticated(headers, f"ada@garden.{suffix}", MX) is False


def test_A3_nothing_is_said_where_nobody_is_trusted_and_idn_domains_compare() -> None:
    headers = {"authentication-results": (f"{MX}; dkim=pass header.d=xn--grten-gra.test",)}
    assert authenticated(headers, "ada@garden.test", "") is None
    assert authenticated(headers, "ada@grten-gra.test", MX) is False
    headers = {"authentication-results": (f"{MX}; dkim=pass header.d=gärten.test",)}
    assert authenticated(headers, "ada@xn--grten-gra.test", MX) is True
    assert (
        authenticated({"authentication-results": (f"{MX}; dkim=pass header.d=" + "ä" * 900,)}, "a@b.test", MX)
        is False
    )


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ("spf=fail smtp.mailfrom=x.test; dkim=pass header.d=garden.test", "dkim=pass header.d=garden.test"),
        ("dkim=pass header.i=ada@garden.test", "dkim=pass header.i=@garden.test"),
        ("spf=pass smtp.mailfrom=secret+box@mail.garden.test", "dmarc=pass header.from=garden.test"),
        (
            "dmarc=fail header.from=garden.test; dkim=pass header.d=garden.test",
            "dmarc=fail header.from=garden.test",
        ),
        ("dkim=pass header.d=other.test", ""),
    ],
)
def test_what_decided_names_no_more_than_a_domain(result: str, told: str) -> None:
    found = trusted({"authentication-results": (f"{MX}; {result}",)}, "ada@garden.test", MX)
    assert (found.result, found.passed) == (told, "pass header" in told or "pass smtp" in told)


def test_what_decided_does_not_name_a_host_of_the_authors() -> None:
    assert judge("garden.test", "garden.test", (), None).result == "spf=pass smtp.mailfrom=garden.test"
    for found in (
        judge("garden.test", "adas-laptop.garden.test", (), None),
        judge("garden.test", "", ("adas-laptop.garden.test",), None),
    ):
        assert (found.passed, found.result) == (True, "dmarc=pass header.from=garden.test")
