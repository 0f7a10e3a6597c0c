"""Digests on the road: collected when they are due, each post once, whatever happens in between."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from bridge.mailroom import Mailroom
from bridge.posting.post import MailingList
from bridge.posting.site import Site
from bridge.store import choices, digests, lists, people, queue
from bridge.store.database import Store
from bridge.store.queue import Result
from tests.cutting import mail_of, text_of

from .conftest import ADA, BO, CY, GENERAL, SEEDS, START, Post

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def person(post: Post, address: str) -> int:
    """A member's id."""
    return post.room.store.read(lambda tx: tx.person_of_address(address=address))["person_id"]  # type: ignore[no-any-return]


def mode(post: Post, address: str, wanted: Any, *list_ids: int) -> None:
    """Set a member's mode in lists, all of them by default."""
    who = person(post, address)
    for list_id in list_ids or (1, 2):
        post.room.store.write(
            lambda tx, i=list_id: choices.set_mode(tx, post.room.site, i, who, wanted, post.clock[0])
        )


def digests_of(post: Post) -> list[tuple[str, EmailMessage]]:
    """The digests that wait, as (address, mail)."""
    mails = [(address, mail_of(raw)) for address, raw in post.letters()]
    return [(address, mail) for address, mail in mails if mail["Message-ID"].startswith("<digest.")]


def next_morning(post: Post) -> int:
    """Move the clock a day on, and make what is due."""
    post.clock[0] += DAY
    return post.room.send_digests()


def test_what_is_new_comes_in_one_letter(post: Post) -> None:
    mode(post, ADA, "daily")
    post.receive(post.mail(BO, "Who has the saw?", subject="The saw"))
    post.receive(post.mail(CY, "Beans for all.", subject="Beans", to=SEEDS), SEEDS)
    post.receive(post.mail(ADA, "I have the hammer.", subject="The hammer"))
    assert post.room.send_digests() == 0
    assert next_morning(post) == 1
    ((address, mail),) = digests_of(post)
    text, page = text_of(mail), text_of(mail, "html")
    assert address == ADA
    assert "Who has the saw?" in text and "Beans for all." in text and "hammer" not in text
    assert mail["Subject"] == "Example Commons, 2 new posts: The saw; Beans"
    assert mail["Reply-To"].startswith("Example Commons <reply+")
    assert page.count("mailto:reply+") == 4
    assert next_morning(post) == 0, "only if something is new"


def test_the_letter_of_one_list_bears_its_headers(post: Post) -> None:
    mode(post, ADA, "daily")
    post.receive(post.mail(BO, "Who has the saw?", subject="The saw"))
    next_morning(post)
    ((_, mail),) = digests_of(post)
    assert mail["List-Id"] == "General <general.forum.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    link = mail["List-Unsubscribe"].partition("/unsubscribe/")[2].partition(">")[0]
    assert post.room.unsubscribe(link)
    assert post.letters() == [], "queued digests stop too"


@pytest.mark.parametrize("by_mail", [False, True])
def test_leaving_by_a_digest_of_two_lists_leaves_both(post: Post, by_mail: bool) -> None:
    mode(post, ADA, "daily")
    post.receive(post.mail(BO, "Who has the saw?", subject="The saw"))
    post.receive(post.mail(CY, "Beans for all.", subject="Beans", to=SEEDS), SEEDS)
    next_morning(post)
    ((_, mail),) = digests_of(post)
    token = mail["List-Unsubscribe"].partition("/unsubscribe/")[2].partition(">")[0]
    assert post.room.unsubscribable(token)[1].title == "General, Seeds"  # type: ignore[index]
    if by_mail:
        address = f"unsubscribe+{token}@forum.example"
        assert post.receive(post.mail(ADA, "", to=address), address)["outcome"] == "command"
    else:
        assert post.room.unsubscribe(token) and post.room.unsubscribe(token)
    ada = person(post, ADA)
    modes = [post.room.store.read(lambda tx, i=n: people.mode(tx, i, ada)) for n in (1, 2)]
    assert modes == [None, None]


def test_muted_threads_are_left_out(post: Post) -> None:
    mode(post, ADA, "daily")
    post.receive(post.mail(BO, "Who has the saw?", subject="The saw"))
    post.receive(post.mail(BO, "Who has the axe?", subject="The axe"))
    thread, ada = post.posts()[0]["thread_id"], person(post, ADA)
    post.room.store.write(lambda tx: tx.thread_choice_put(person_id=ada, thread_id=thread, choice="mute"))
    next_morning(post)
    ((_, mail),) = digests_of(post)
    assert "The axe" in text_of(mail) and "The saw" not in text_of(
        mail
    )  # three letters stand in a token, too


def test_a_digest_of_a_traveller_waits_for_his_return(post: Post) -> None:
    mode(post, ADA, "daily")
    post.receive(post.mail(BO, "Who has the saw?", subject="The saw"))
    ada, site = person(post, ADA), post.room.site
    post.room.store.write(lambda tx: choices.away(tx, site, ada, START + 3 * DAY, START))
    assert [next_morning(post) for _ in range(4)] == [0, 0, 0, 1]


def test_an_address_that_is_paused_gets_none_until_it_works_again(post: Post) -> None:
    mode(post, ADA, "daily")
    post.receive(post.mail(BO, "Who has the saw?", subject="The saw"))

    def state(wanted: str) -> None:
        post.room.store.write(
            lambda tx: tx.connection.execute("update address set state = ? where address = ?", [wanted, ADA])
        )

    state("paused")
    assert next_morning(post) == 0
    state("ok")
    assert next_morning(post) == 1


def test_many_posts_come_in_several_digests(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "LARGEST", 4)
    mode(post, ADA, "daily")
    for n in range(10):
        post.receive(post.mail(BO, f"Number {n}.", subject=f"Saw {n % 3}"))
    assert next_morning(post) == 3
    shown = "".join(text_of(mail) for _, mail in digests_of(post))
    assert all(shown.count(f"/post/{row['id']}]") == 1 for row in post.posts())


def test_a_fault_with_one_reader_keeps_back_nobody_else(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in (ADA, CY):
        mode(post, address, "daily")
    post.receive(post.mail(BO, "Who has the saw?", subject="The saw"))
    ada, collect = person(post, ADA), digests.collect

    def faulty(tx: Any, site: Site, person_id: int, now: int) -> int | None:
        if person_id == ada:
            raise RuntimeError("a fault of ours")
        return collect(tx, site, person_id, now)

    monkeypatch.setattr(digests, "collect", faulty)
    with pytest.raises(RuntimeError, match="of ours"):
        next_morning(post)
    assert [address for address, _ in digests_of(post)] == [CY]
    monkeypatch.undo()
    assert post.room.send_digests() == 1


# -- sixty days


class Town:
    """A store and a mailroom that can be killed at any write, and people with zones of their own."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.chance = path, random.Random(seed)
        self.clock = [int(datetime(2026, 10, 1, tzinfo=UTC).timestamp() * 1e6)]
        self.open()

    def open(self) -> None:
        """Start anew on what is on disk."""
        self.store = Store.open(self.path)
        site = Site("Example Commons", "forum.example", "https://forum.example", timezone="Europe/Brussels")
        self.room = Mailroom(self.store, site, lambda: self.clock[0])
        self.post = Post(self.room, self.clock)

    def kill(self) -> None:
        """End without a word: what was claimed stays claimed until the next start frees it."""
        self.store.close()
        self.open()
        self.store.write(queue.release_all)


ZONES = ("Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Kolkata", "")
MODES = ("each", "daily", "weekly", "daily", "weekly")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Six readers in as many zones, and one who writes."""
    town = Town(tmp_path / "t.db", 7)
    town.store.write(lambda tx: lists.put(tx, MailingList(0, "general", GENERAL, "General")))
    town.store.write(lambda tx: lists.put(tx, MailingList(0, "seeds", SEEDS, "Seeds")))
    for n, zone in enumerate(ZONES):
        for list_id in (1, 2):
            who = town.store.write(
                lambda tx, i=list_id, n=n: people.subscribe(
                    tx, i, f"r{n}@members.example", f"Reader {n}", "daily", town.clock[0]
                )
            )
        town.store.write(
            lambda tx, p=who, z=zone, n=n: choices.prefer(
                tx, town.room.site, p,
                replace(choices.preferences(tx, p), timezone=z, hour=(2 * n) % 24, weekday=n), town.clock[0],
            )
        )  # fmt: skip
    for list_id in (1, 2):
        town.store.write(lambda tx, i=list_id: people.subscribe(tx, i, BO, "Bo", "none", town.clock[0]))
    yield town
    town.store.close()


class Killed(BaseException):
    """Stands for the power going away."""


def change(town: Town, n: int) -> None:
    """Somebody changes his mind: mode, hour, zone or vacation."""
    store, now, site, chance = town.store, town.clock[0], town.room.site, town.chance
    who = store.read(lambda tx: tx.person_of_address(address=f"r{n}@members.example"))["person_id"]
    what = chance.randrange(4)
    old = store.read(lambda tx: choices.preferences(tx, who))
    if what == 0:
        wanted: Any = chance.choice(MODES)
        store.write(lambda tx: choices.set_mode(tx, site, chance.choice((1, 2)), who, wanted, now))
    elif what == 1:
        new = replace(old, hour=chance.randrange(24), weekday=chance.randrange(7))
        store.write(lambda tx: choices.prefer(tx, site, who, new, now))
    elif what == 2:
        new = replace(old, timezone=chance.choice(ZONES))
        store.write(lambda tx: choices.prefer(tx, site, who, new, now))
    else:
        until = None if old.away_until else now + chance.randrange(1, 6) * DAY
        store.write(lambda tx: choices.away(tx, site, who, until, now))


def deliver(town: Town, told: Counter[tuple[str, int]]) -> None:
    """Send what is due, as the sender does: claimed, composed, recorded; sometimes killed before the record."""
    now = town.clock[0]
    for due in town.store.write(lambda tx: queue.claim(tx, now, HOUR, 500)):
        raw = town.room.letter(due).fill(town.room.addresses(due)[1])
        town.store.write(lambda tx, d=due: queue.record(tx, [Result(d.id, "sent", "250", now)], now))
        if due.post_id:
            told[due.address, due.post_id] += 1
        else:
            text = text_of(mail_of(raw))
            for part in text.split("/post/")[1:]:
                told[due.address, int(part.partition("]")[0])] += 1


def cut_short(town: Town) -> None:
    """The power goes away within the transaction that makes a digest: after some of its statements."""
    steps = town.chance.randrange(1, 12)

    def trip(_: str) -> None:
        nonlocal steps
        steps -= 1
        if steps == 0:
            raise RuntimeError("the power is gone")

    class Tripping:
        def __init__(self, tx: Any) -> None:
            self._tx = tx

        def __getattr__(self, name: str) -> Any:
            trip(name)
            return getattr(self._tx, name)

    for who in town.store.read(lambda tx: digests.due_people(tx, town.clock[0])):
        try:
            town.store.write(
                lambda tx, p=who: digests.collect(Tripping(tx), town.room.site, p, town.clock[0])
            )  # type: ignore[arg-type]
        except RuntimeError:
            break
    town.kill()


def test_O7_each_post_once_in_months_of_kills_and_changes_of_mind_and_clock(town: Town) -> None:
    """60 days and some hundred kills; with THREADBRIDGE_LONG=1 the promise's 90 days and 200 kills."""
    days, often, least = (90, 0.26, 200) if os.environ.get("THREADBRIDGE_LONG") else (60, 0.18, 60)
    told: Counter[tuple[str, int]] = Counter()
    end = town.clock[0] + days * DAY
    kills = 0
    while town.clock[0] < end:
        town.clock[0] += 149 * MINUTE
        if town.chance.random() < 0.4:
            target = town.chance.choice((GENERAL, SEEDS))
            n = len(town.post.posts(1)) + len(town.post.posts(2))
            mail = town.post.mail(
                BO, f"Say {n}", to=target, subject=f"Thread {n % 40}", message_id=f"<s{n}@x.example>"
            )
            assert town.post.receive(mail, target)["outcome"] == "posted"
        if town.chance.random() < 0.2:
            change(town, town.chance.randrange(len(ZONES)))
        if town.chance.random() < often:
            cut_short(town)
            kills += 1
        town.room.send_digests()
        deliver(town, told)
    for n in range(len(ZONES)):  # everyone comes home, and two weeks pass
        who = person(town.post, f"r{n}@members.example")
        town.store.write(lambda tx, p=who: choices.away(tx, town.room.site, p, None, town.clock[0]))
    for _ in range(16):
        town.clock[0] += DAY
        town.room.send_digests()
        deliver(town, told)
    posts = [row["id"] for list_id in (1, 2) for row in town.post.posts(list_id)]
    due = Counter((f"r{n}@members.example", post_id) for n in range(len(ZONES)) for post_id in posts)
    assert told == due, (dict(due - told), dict(told - due))
    print(f"{days} days, {kills} kills, {len(posts)} posts, {len(due)} due: none missing, none twice")
    assert kills > least and len(posts) > 200
