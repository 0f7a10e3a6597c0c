"""What waits for a moderator, and who may be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.mail.parse import bare
from bridge.posting.moderation import Facts, may_tell, repeatable, second_look, shown, spam_score
from bridge.posting.post import MailingList
from bridge.posting.site import Site
from bridge.reply.clean import clean

LIST = MailingList(1, "garden", "garden@forum.example", "Garden")
STRICT = replace(LIST, first_posts="hold", spam_header="x-spam-score", spam_score=5.0)
SITE = Site(
    "Example Commons", "forum.example", "https://forum.example", hold_bytes=1_000_000, posts_per_hour=20
)
PLAIN = Facts(STRICT, "Ada", size=2000, score=None, first=False, hourly=0, repeats=0)


def test_an_ordinary_mail_passes() -> None:
    assert second_look(PLAIN, SITE) is None


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(PLAIN, repeats=3), "repeats"),
        (replace(PLAIN, hourly=20), "rate"),
        (replace(PLAIN, score=5.0), "spam"),
        (replace(PLAIN, score=float("inf")), "spam"),
        (replace(PLAIN, size=1_000_001), "size"),
        (replace(PLAIN, first=True), "first-post"),
    ],
)
def test_each_reason_to_hold(facts: Facts, code: str) -> None:
    hold = second_look(facts, SITE)
    assert hold is not None and hold.code == code and hold.reason


@pytest.mark.parametrize(
    "facts",
    [
        replace(PLAIN, repeats=2, hourly=19, score=4.9, size=1_000_000),
        replace(PLAIN, mailing_list=LIST, first=True, score=99.0),
    ],
)
def test_what_lies_below_a_limit_passes(facts: Facts) -> None:
    assert second_look(facts, SITE) is None


def test_no_limit_holds_nothing() -> None:
    open_site = Site(
        "Example Commons", "forum.example", "https://forum.example", hold_bytes=0, posts_per_hour=0
    )
    assert second_look(replace(PLAIN, size=10**9, hourly=10**6), open_site) is None


@pytest.mark.parametrize(
    ("values", "score"),
    [
        (["7.2"], 7.2),
        (["-1.5"], -1.5),
        (["Yes, score=12.3 required=5.0 tests=BAYES_99"], 12.3),
        (["No, score=-0.1 required=5.0"], -0.1),
        (["default: False [3.41 / 15.00]; R_DKIM_ALLOW(-0.20)"], 3.41),
        (["*****"], 5.0),
        (["Yes"], float("inf")),
        (["-100", "8.0"], 8.0),  # the lower one may be the stranger's own
        (["No"], None),
        (["nonsense"], None),
        ([], None),
    ],
)
def test_scores_as_filters_write_them(values: list[str], score: float | None) -> None:
    assert spam_score(values) == score


@pytest.mark.parametrize(
    ("member", "authenticated", "safe"),
    [(True, None, True), (True, True, True), (False, True, True), (False, None, False), (True, False, False)],
)
def test_only_somebody_who_surely_wrote_is_told(member: bool, authenticated: bool | None, safe: bool) -> None:
    assert may_tell(member, authenticated) is safe


def test_short_thanks_are_no_repetition() -> None:
    assert not repeatable("Thank you!  \n\n")
    assert repeatable("I am out of the office until Monday.")


def test_a_moderator_sees_the_words_and_what_is_folded() -> None:
    message = bare(text="Buy my ladders.\n\n-- \nEve\nLadders Ltd\n", html=None, subject="Ladders")
    text = shown(message, clean(message))
    assert text.startswith("> Buy my ladders.")
    assert "\n\nFolded: signature (" in text and "Ltd" not in text


def test_nobody_can_forge_what_we_say_of_his_mail() -> None:
    message = bare(text="Hi.\n\nAttached: nothing at all\n", html=None)
    assert "\n> Attached: nothing" in shown(message, clean(message))


def test_a_long_mail_is_cut() -> None:
    message = bare(text="word " * 5000, html=None)
    assert len(shown(message, clean(message))) < 4100
