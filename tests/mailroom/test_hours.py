"""Hours, zone, quiet hours and own posts, set by mail in any language, with a way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.fanout.languages import SENTENCES
from bridge.posting.hours import hour, is_zone, quiet, weekday
from bridge.store import choices

from .conftest import BO, Post
from .test_commands import REQUEST, answer, last, thread

__all__ = ["thread"]


def wanted(post: Post) -> choices.Preferences:
    return post.room.store.read(lambda tx: choices.preferences(tx, 2))


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("hour 18", {"hour": 18}),
        ("Uhrzeit: 7 Uhr", {"hour": 7}),
        ("weekday Friday", {"weekday": 4}),
        ("dia da semana terça-feira", {"weekday": 1}),
        ("quiet hours 22:00-7:00", {"quiet_from": 22, "quiet_to": 7}),
        ("heures calmes de 22 h à 7 h", {"quiet_from": 22, "quiet_to": 7}),
        ("timezone America/Argentina/Buenos_Aires", {"timezone": "America/Argentina/Buenos_Aires"}),
        ("Zeitzone europe/berlin", {"timezone": "Europe/Berlin"}),
        ("own posts", {"own_posts": True}),
    ],
)
def test_what_he_writes_is_done_and_can_be_undone(
    thread: Post, text: str, changed: dict[str, object]
) -> None:
    before = wanted(thread)
    assert answer(thread, BO, text)["outcome"] == "command"
    now = wanted(thread)
    assert replace(now, language="") == replace(before, **changed)  # type: ignore[arg-type]
    told, back = last(thread, BO)
    undo = SENTENCES[now.language or "en"]["undo"].partition("{")[0]
    word = next(line for line in told.splitlines() if line.startswith(undo)).removeprefix(undo)
    assert thread.receive(thread.mail(BO, word, to=back), back)["outcome"] == "command"
    after = wanted(thread)
    assert (after.weekday, after.quiet_from, after.own_posts) == (
        before.weekday,
        before.quiet_from,
        before.own_posts,
    )
    assert after.rhythm(thread.room.site) == before.rhythm(thread.room.site)


@pytest.mark.parametrize(
    "text", ["hour of the wolf", "quiet please", "Quiet 22", "hour 25", "own posts only count"]
)
def test_prose_is_posted(thread: Post, text: str) -> None:
    assert answer(thread, BO, text)["outcome"] == "posted"


def test_what_cannot_be_read_is_told(thread: Post) -> None:
    answer(thread, BO, "timezone Europe/Atlantis")
    assert "“europe/atlantis” cannot be read here" in last(thread, BO)[0]
    assert wanted(thread) == replace(choices.Preferences(), language="en")


def test_a_mere_from_is_asked_first(thread: Post) -> None:
    thread.receive(thread.mail(BO, "quiet 22-7", to=REQUEST, subject="x"), REQUEST)
    assert wanted(thread).quiet_from is None
    _, back = last(thread, BO)
    thread.receive(thread.mail(BO, "", to=back), back)
    assert wanted(thread).quiet_from == 22
    answer(thread, BO, "status")
    assert "Nothing is sent to you from 22:00 to 7:00" in last(thread, BO)[0]


def test_hours_are_whole_hours_of_a_day() -> None:
    assert [hour(text) for text in ("0", "23", "24", "7h", "7:30", "", "x" * 99)] == [
        0,
        23,
        None,
        7,
        None,
        None,
        None,
    ]
    assert [quiet(text) for text in ("22-7", "off", "7-7", "25-3", "22")] == [(22, 7), (), None, None, None]
    assert [weekday(text) for text in ("monday", "Vrijdag", "sábado", "day", "")] == [0, 4, 5, None, None]
    assert is_zone("europe/brussels") and is_zone("UTC") and not is_zone("here and now")
