"""What people choose, on the whole road: who is told of a post and when, and what a change does to what waits."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from bridge.fanout.deliveries import Choice
from bridge.mailroom.announce import announce
from bridge.mailroom.digests import send_digests
from bridge.posting.post import MailingList, Mode
from bridge.store import choices, people, queue
from bridge.store.choices import Preferences
from bridge.store.database import Tx
from tests.guard import soon

from .conftest import ADA, BO, CY, GENERAL, SEEDS, SITE, START, Post

HOUR = 3_600_000_000
DAY = 24 * HOUR
SEVEN = START + 23 * HOUR
"""START is a Friday, 8:00 UTC; the next digest hour is 7:00."""


def person(post: Post, address: str) -> int:
    """The id of the owner of an address."""
    found = post.room.store.read(lambda tx: people.by_address(tx, address))
    assert found
    return found.id


def set_mode(post: Post, address: str, mode: Mode, list_id: int = 1) -> Mode | None:
    """Change a mode."""
    who = person(post, address)
    return post.room.store.write(lambda tx: choices.set_mode(tx, SITE, list_id, who, mode, post.clock[0]))


def prefer(post: Post, address: str, **wanted: Any) -> None:
    """Change preferences."""
    who = person(post, address)

    def change(tx: Tx) -> None:
        choices.prefer(tx, SITE, who, replace(choices.preferences(tx, who), **wanted), post.clock[0])

    post.room.store.write(change)


def rows(post: Post, address: str = BO) -> list[tuple[str, str, int]]:
    """(state, reason, due) of the posts queued for somebody."""
    query = "select state, reason, due from delivery where address = ? and post_id is not null order by id"
    return [
        tuple(r) for r in post.room.store.read(lambda tx: tx.connection.execute(query, [address]).fetchall())
    ]


def states(post: Post, address: str = BO) -> list[str]:
    """The states of what is queued for somebody."""
    return [row[0] for row in rows(post, address)]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("each", [("waiting", "subscribed", START)]),
        ("daily", [("digest", "subscribed", SEVEN)]),
        ("weekly", [("digest", "subscribed", SEVEN + 2 * DAY)]),
        ("mentions", []),
        ("none", []),
    ],
)
def test_each_mode_has_its_time(post: Post, mode: Mode, expected: list[tuple[str, str, int]]) -> None:
    assert set_mode(post, BO, mode) == "each"
    post.receive(post.mail(ADA, "Who has the drill?"))
    assert rows(post) == expected and states(post, CY) == ["waiting"] and states(post, ADA) == []


def test_the_sites_own_hour_holds_for_those_without_one(post: Post) -> None:
    post.room.site = replace(SITE, timezone="Europe/Brussels", hour=18)
    set_mode(post, BO, "daily")
    set_mode(post, CY, "daily")
    prefer(post, CY, timezone="Asia/Kolkata", hour=19)
    post.receive(post.mail(ADA, "Who has the drill?"))
    assert rows(post)[0][2] == START + 9 * HOUR  # 17:00 UTC
    assert rows(post, CY)[0][2] == START + 5 * HOUR + HOUR // 2  # 13:30 UTC


def test_threads_and_branches(post: Post) -> None:
    post.receive(post.mail(ADA, "The drill is gone.", message_id="<drill@a.example>"))
    post.receive(post.mail(ADA, "The saw is gone.", subject="Saw", message_id="<saw@a.example>"))
    drill = post.posts()[0]
    bo, cy = person(post, BO), person(post, CY)
    write = post.room.store.write
    assert write(lambda tx: choices.choose(tx, SITE, bo, drill["thread_id"], "mute", START)) is None
    assert write(lambda tx: choices.mute_branch(tx, cy, drill["id"], START)) == 1
    write(lambda tx: choices.choose(tx, SITE, cy, drill["thread_id"], "follow", START))
    assert states(post) == ["cancelled", "waiting"] and states(post, CY) == ["cancelled", "waiting"]
    set_mode(post, CY, "none")
    answer = {"subject": "Re: Tools", "In_Reply_To": "<drill@a.example>"}
    post.receive(post.mail(ADA, "It came back.", message_id="<back@a.example>", **answer))
    post.receive(post.mail(ADA, "Good.", subject="Re: Tools", In_Reply_To="<back@a.example>"))
    assert len(rows(post)) == len(rows(post, CY)) == 2  # the thread is muted, and all the branch
    assert write(lambda tx: choices.unmute_branch(tx, cy, drill["id"]))
    assert write(lambda tx: choices.choose(tx, SITE, bo, drill["thread_id"], None, START)) == "mute"
    assert post.room.store.read(lambda tx: choices.choice(tx, cy, drill["thread_id"])) == "follow"
    post.receive(post.mail(ADA, "Very good.", **answer))
    assert rows(post)[-1][:2] == ("waiting", "subscribed") and rows(post, CY)[-1][:2] == (
        "waiting",
        "followed",
    )


def choose(post: Post, address: str, wanted: Choice | None, thread_id: int = 1) -> Choice | None:
    """Give a thread a mode of its own; gives the choice before."""
    who = person(post, address)
    return post.room.store.write(lambda tx: choices.choose(tx, SITE, who, thread_id, wanted, post.clock[0]))


def test_O6_a_thread_has_a_mode_of_its_own_in_one_digest_with_the_list(post: Post) -> None:
    for address in (BO, CY):
        prefer(post, address, weekday=5)
    set_mode(post, BO, "weekly")
    set_mode(post, CY, "none")
    post.receive(post.mail(ADA, "The drill is gone.", message_id="<drill@a.example>"))
    for address in (BO, CY):
        choose(post, address, "daily")
    post.receive(post.mail(ADA, "The saw is gone.", subject="Saw", message_id="<saw@a.example>"))
    post.receive(post.mail(ADA, "It came back.", subject="Re: Tools", In_Reply_To="<drill@a.example>"))
    # SEVEN is a Saturday: what is weekly and what is daily is due at the same moment, and comes in one digest.
    assert rows(post) == [("digest", "subscribed", SEVEN)] * 3
    assert rows(post, CY) == [("digest", "subscribed", SEVEN)]
    post.clock[0] = SEVEN
    assert send_digests(post.room.store, SITE, SEVEN) == 2
    assert states(post) == ["digested"] * 3 and states(post, CY) == ["digested"]
    post.receive(post.mail(ADA, "Again.", subject="Re: Tools", In_Reply_To="<drill@a.example>"))
    post.receive(post.mail(ADA, "A file.", subject="Re: Saw", In_Reply_To="<saw@a.example>"))
    assert [row[2] - SEVEN for row in rows(post)[3:]] == [DAY, 7 * DAY]


def test_O6_a_change_of_a_threads_mode_moves_what_waits(post: Post) -> None:
    prefer(post, BO, quiet_from=6, quiet_to=12)
    post.receive(post.mail(ADA, "Hello @bo.", message_id="<one@a.example>"))
    post.receive(post.mail(ADA, "Two.", subject="Re: Tools", In_Reply_To="<one@a.example>"))
    noon = START + 4 * HOUR
    assert rows(post) == [("waiting", "mentioned", noon), ("waiting", "subscribed", noon)]
    assert choose(post, BO, "daily") is None
    assert [row[::2] for row in rows(post)] == [("digest", SEVEN)] * 2
    assert choose(post, BO, "weekly") == "daily"
    assert [row[::2] for row in rows(post)] == [("digest", SEVEN + 2 * DAY)] * 2
    assert choose(post, BO, "mentions") == "weekly"
    assert states(post) == ["digest", "cancelled"]
    assert choose(post, BO, "follow") == "mentions" and choose(post, BO, None) == "follow"
    set_mode(post, BO, "none")
    assert states(post) == ["cancelled", "cancelled"]


def test_whoever_follows_no_more_hears_what_his_list_brings(post: Post) -> None:
    prefer(post, BO, quiet_from=6, quiet_to=12)
    post.receive(post.mail(ADA, "One.", message_id="<one@a.example>"))
    choose(post, BO, "follow")
    set_mode(post, BO, "none")
    post.receive(post.mail(ADA, "Hello @bo.", subject="Re: Tools", In_Reply_To="<one@a.example>"))
    assert [row[:2] for row in rows(post)] == [("waiting", "subscribed"), ("waiting", "followed")]
    choose(post, BO, None)
    assert states(post) == ["cancelled", "cancelled"]


def test_O6_on_two_lists_one_letter_and_the_sooner_one(post: Post) -> None:
    set_mode(post, BO, "daily", 1)
    set_mode(post, CY, "daily", 2)
    post.receive(post.mail(ADA, "To both.", to=f"{GENERAL}, {SEEDS}"), GENERAL, SEEDS)
    assert len(post.posts(1)) == len(post.posts(2)) == 1
    assert states(post) == ["cancelled", "waiting"] and states(post, CY) == ["waiting"]
    assert sorted(address for address, _ in post.letters()) == [BO, CY]


def test_A10_a_strangers_mail_of_the_same_id_takes_nothing_out_of_a_digest(post: Post) -> None:
    set_mode(post, CY, "daily", 1)
    taken = {"message_id": "<same@members.example>"}
    post.receive(post.mail(ADA, "For the digest.", **taken))
    post.receive(post.mail(BO, "Something else.", to=SEEDS, **taken), SEEDS)
    assert states(post, CY) == ["digest", "waiting"]
    cy = person(post, CY)
    assert post.room.store.write(lambda tx: choices.leave(tx, 1, cy, START))
    assert states(post, CY) == ["cancelled", "waiting"], "and nothing in its place"


@pytest.mark.parametrize(
    "modes", [("daily", "daily"), ("daily", "weekly"), ("daily", "each"), ("each", "daily")]
)
def test_O6_who_leaves_one_of_two_lists_still_gets_what_went_to_both(
    post: Post, modes: tuple[Mode, Mode]
) -> None:
    for address in (BO, CY):
        prefer(post, address, quiet_from=6, quiet_to=12)
        for list_id, mode in enumerate(modes, 1):
            set_mode(post, address, mode, list_id)
    post.receive(post.mail(ADA, "To both.", to=f"{GENERAL}, {SEEDS}"), GENERAL, SEEDS)
    bo = person(post, BO)
    assert post.room.store.write(lambda tx: choices.leave(tx, 1, bo, START)) and set_mode(post, CY, "none")
    for address in (BO, CY):
        assert sorted(states(post, address))[0] == "cancelled"
        assert len([state for state in states(post, address) if state != "cancelled"]) == 1
    assert post.room.store.write(lambda tx: choices.leave(tx, 2, bo, START)) and set_mode(post, CY, "none", 2)
    assert {*states(post), *states(post, CY)} == {"cancelled"}


def test_O6_who_is_copied_gets_the_mail_once(post: Post) -> None:
    mail = post.mail(ADA, "Bo, would you look?", Cc=f"Bo <{BO.upper()}>, Eve <eve@outside.example>")
    post.receive(mail)
    assert states(post) == [] and states(post, CY) == ["waiting"]


def test_O6_own_posts_come_back_where_wanted(post: Post) -> None:
    prefer(post, ADA, own_posts=True)
    post.receive(post.mail(ADA, "Who has the drill?"))
    assert rows(post, ADA) == [("waiting", "own post", START)]


def test_a_mention_reaches_who_wants_only_those(post: Post) -> None:
    for address in (BO, CY):
        set_mode(post, address, "mentions")
    post.receive(post.mail(ADA, "Bo knows. @bo, where is it?"))
    assert [row[:2] for row in rows(post)] == [("waiting", "mentioned")] and rows(post, CY) == []


def test_quiet_hours_hold_letters_and_a_change_frees_them(post: Post) -> None:
    prefer(post, BO, quiet_from=6, quiet_to=12)
    post.receive(post.mail(ADA, "Who has the drill?"))
    assert rows(post) == [("waiting", "subscribed", START + 4 * HOUR)]
    prefer(post, BO, quiet_from=None, quiet_to=None)
    assert rows(post) == [("waiting", "subscribed", START)]
    prefer(post, BO, quiet_from=8, quiet_to=9)
    assert rows(post) == [("waiting", "subscribed", START + HOUR)]


def test_a_vacation_collects_all_and_a_return_brings_it(post: Post) -> None:
    set_mode(post, CY, "weekly")
    post.receive(post.mail(ADA, "Before."))
    for address in (BO, CY):
        prefer(post, address, away_until=START + 9 * DAY)
    post.receive(post.mail(ADA, "While they are away."))
    assert rows(post) == [("digest", "subscribed", SEVEN + 9 * DAY)] * 2
    assert [row[2] for row in rows(post, CY)] == [SEVEN + 9 * DAY] * 2  # a Monday
    who = person(post, BO)
    post.clock[0] += DAY
    post.room.store.write(lambda tx: choices.away(tx, SITE, who, None, post.clock[0]))
    assert rows(post) == [("digest", "subscribed", START + DAY)] * 2  # one digest, at once


def test_a_change_of_mode_moves_what_waits(post: Post) -> None:
    prefer(post, BO, quiet_from=6, quiet_to=12)
    post.receive(post.mail(ADA, "One."))
    expected: list[tuple[Mode, str, int]] = [
        ("weekly", "digest", SEVEN + 2 * DAY),
        ("daily", "digest", SEVEN),
        ("each", "digest", START + 4 * HOUR),
        ("none", "cancelled", START + 4 * HOUR),
        ("each", "cancelled", START + 4 * HOUR),
    ]
    for mode, state, due in expected:
        set_mode(post, BO, mode)
        assert rows(post) == [(state, "subscribed", due)], mode
    set_mode(post, CY, "mentions")
    assert states(post, CY) == ["cancelled"]


def test_what_is_due_is_not_put_off_by_another_hour(post: Post) -> None:
    set_mode(post, BO, "daily")
    post.receive(post.mail(ADA, "One."))
    prefer(post, BO, hour=10)
    assert rows(post)[0][2] == START + 2 * HOUR
    prefer(post, BO, timezone="Europe/Brussels")
    assert rows(post)[0][2] == START + HOUR
    post.clock[0] += 2 * HOUR
    prefer(post, BO, hour=23)
    assert rows(post)[0][2] == START + HOUR


def test_a_letter_in_a_senders_hand_is_moved_by_nobody(post: Post) -> None:
    post.receive(post.mail(ADA, "One."))
    now = post.clock[0]
    assert len(post.room.store.write(lambda tx: queue.claim(tx, now, HOUR, 9))) == 2
    prefer(post, BO, away_until=START + DAY)
    assert states(post) == ["waiting"]
    set_mode(post, BO, "none")
    assert states(post) == ["cancelled"]


def test_O9_who_leaves_gets_nothing_more_of_that_list(post: Post) -> None:
    prefer(post, CY, quiet_from=6, quiet_to=12)
    set_mode(post, BO, "daily")
    post.receive(post.mail(ADA, "One."))
    post.receive(post.mail(ADA, "Two.", to=SEEDS), SEEDS)
    for address in (BO, CY):
        who = person(post, address)
        assert post.room.store.write(lambda tx, w=who: choices.leave(tx, 1, w, START))  # type: ignore[misc]
        assert not post.room.store.write(lambda tx, w=who: choices.leave(tx, 1, w, START))  # type: ignore[misc]
        assert states(post, address) == ["cancelled", "waiting"]
    thread_id = post.posts()[0]["thread_id"]
    post.room.store.write(lambda tx: choices.choose(tx, SITE, person(post, BO), thread_id, "follow", START))
    post.receive(post.mail(ADA, "Three, @bo and @cy."))
    assert len(rows(post)) == len(rows(post, CY)) == 2


def test_O9_a_digest_that_was_put_together_is_stopped_too(post: Post) -> None:
    for address in (BO, CY):
        set_mode(post, address, "daily")
        set_mode(post, address, "daily", 2)
    post.receive(post.mail(ADA, "One."))
    post.receive(post.mail(ADA, "Two.", to=SEEDS), SEEDS)
    prefer(post, CY, hour=9)
    post.clock[0] = SEVEN
    assert send_digests(post.room.store, SITE, SEVEN) == 2
    post.receive(post.mail(ADA, "Three."))
    bo, cy = person(post, BO), person(post, CY)
    write = post.room.store.write
    assert write(lambda tx: choices.leave(tx, 1, bo, SEVEN))
    assert write(lambda tx: choices.leave(tx, 1, cy, SEVEN)) and set_mode(post, CY, "none", 2) == "daily"
    assert [due.person_id for due in post.due()] == [bo]  # of list 2 he still wants to hear


def test_a_time_zone_that_is_no_more_stops_nobodys_mail(post: Post) -> None:
    change = ("update person set timezone = 'Atlantis/Poseidonis' where id = ?", [person(post, BO)])
    post.room.store.write(lambda tx: tx.connection.execute(*change))
    set_mode(post, BO, "daily")
    post.receive(post.mail(ADA, "One."))
    assert rows(post) == [("digest", "subscribed", SEVEN)]


def test_O9_an_address_that_bounces_is_told_nothing(post: Post) -> None:
    for state in ("paused", "probing", "dead"):
        change = (f"update address set state = '{state}' where address = ?", [BO])
        post.room.store.write(lambda tx, c=change: tx.connection.execute(*c))  # type: ignore[misc]
        post.receive(post.mail(ADA, f"One {state}."))
    assert rows(post) == []


def test_who_joins_confirms_and_is_welcomed_once(post: Post) -> None:
    eve, joining = "eve@new.example", GENERAL.replace("@", "+subscribe@")
    post.receive(post.mail(eve, "hello", to=joining), joining)
    (letter,) = [raw for address, raw in post.letters() if address == eve]
    confirm = str(message_from_bytes(letter, policy=default)["Reply-To"])
    assert confirm.startswith("confirm+")
    for _ in range(2):
        assert post.receive(post.mail(eve, "yes", to=confirm), confirm)["outcome"] == "command"
        set_mode(post, eve, "daily")
        post.clock[0] += 2 * DAY
    assert [kind.split("-")[0] for _, kind in post.notices()] == ["confirm", "welcome"]
    who = person(post, eve)
    assert post.room.store.read(lambda tx: people.mode(tx, 1, who)) == "daily"


def test_preferences_check_themselves(post: Post) -> None:
    for wrong in (
        {"timezone": "Mars"},
        {"hour": 24},
        {"weekday": 7},
        {"quiet_to": -1},
        {"away_until": 1 << 62},
    ):
        with pytest.raises(ValueError, match=r"."):
            Preferences(**wrong).check()  # type: ignore[arg-type]
    with pytest.raises(LookupError):
        post.room.store.read(lambda tx: choices.preferences(tx, 999))
    assert set_mode(post, BO, "each", 99) is None


def test_ten_thousand_subscribers_are_told_in_a_moment(post: Post) -> None:
    def fill(tx: Tx) -> None:
        many = tx.connection.executemany
        some = range(100, 10_100)
        zones = ("", "Europe/Brussels", "America/New_York")
        many(
            "insert into person (id, name, member, created, timezone, hour) values (?, ?, 1, 0, ?, ?)",
            [(n, f"P {n}", zones[n % 3], n % 24) for n in some],
        )
        many(
            "insert into address (address, person_id) values (?, ?)",
            [(f"p{n}@many.example", n) for n in some],
        )
        modes = ("each", "daily", "weekly", "mentions", "none")
        many("insert into subscription values (1, ?, ?, 0)", [(n, modes[n % 5]) for n in some])

    post.receive(post.mail(ADA, "One."))
    post.room.store.write(fill)
    number = post.posts()[0]["id"]
    general = MailingList(1, "general", GENERAL, "General")

    def told(tx: Tx) -> int:
        tx.connection.execute("delete from delivery")
        with soon():
            return announce(tx, SITE, general, tx.post_get(id=number), START)

    assert post.room.store.write(told) == 6_002
