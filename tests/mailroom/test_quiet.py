"""Nothing leaves in quiet hours: neither what a relay put off before them, nor a mail to one person alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from bridge.posting.bounces import Standing
from bridge.store import bounces, choices, lists, queue
from bridge.store.queue import Result

from .conftest import ADA, BO, CY, Post

MINUTE = 60_000_000


def at(hour: int, minute: int = 0) -> int:
    return int(datetime(2027, 1, 15, hour, minute, tzinfo=UTC).timestamp()) * 1_000_000


def quiet(post: Post, begin: int | None, end: int | None, zone: str = "") -> None:
    hours = choices.Preferences(timezone=zone, quiet_from=begin, quiet_to=end)
    post.room.store.write(lambda tx: choices.prefer(tx, post.room.site, 2, hours, post.clock[0]))


def put_off(post: Post, due: int) -> None:
    """The relay defers what waits for Bo, and takes all else."""
    results = [
        Result(one.id, "retry", "451 4.7.1 greylisted", due)
        if one.address == BO
        else Result(one.id, "sent", "250 ok", post.clock[0])
        for one in post.due()
    ]
    post.room.store.write(lambda tx: queue.record(tx, results, post.clock[0]))


def of_bo(post: Post) -> list[Any]:
    return [
        tuple(row)
        for row in post.room.store.read(
            lambda tx: tx.connection.execute(
                "select state, due, attempts from delivery where address = ? order by id", [BO]
            ).fetchall()
        )
    ]


def test_a_letter_that_was_put_off_is_not_tried_in_quiet_hours(post: Post) -> None:
    post.clock[0] = at(21, 58)
    quiet(post, 22, 7)
    post.receive(post.mail(ADA, "Late news."))
    put_off(post, at(22, 3))
    post.clock[0] = at(21, 59)
    post.room.send_digests()
    assert of_bo(post) == [("waiting", at(22, 3), 1)], "it is not due yet, and may be tried until then"
    post.clock[0] = at(22, 2)
    post.room.send_digests()
    assert of_bo(post) == [("waiting", at(23) + 8 * 60 * MINUTE, 1)]
    post.clock[0] = at(23)
    assert post.due() == []
    quiet(post, None, None)
    post.clock[0] += 9 * 60 * MINUTE
    assert [one.address for one in post.due()] == [BO]


def test_what_waited_for_a_relay_that_was_away_does_not_come_in_the_night(post: Post) -> None:
    post.clock[0] = at(20, 50)
    quiet(post, 22, 7, "Europe/Brussels")
    post.receive(post.mail(ADA, "Late news."))
    assert of_bo(post) == [("waiting", at(20, 50), 0)]
    post.clock[0] = at(21, 30)
    post.room.send_digests()
    assert [one.address for one in post.due()] == [CY]


def test_a_letter_in_a_senders_hand_is_left_to_it(post: Post) -> None:
    post.clock[0] = at(21, 59)
    quiet(post, 22, 7)
    post.receive(post.mail(ADA, "Late news."))
    in_hand = [
        one for one in post.room.store.write(lambda tx: queue.claim(tx, post.clock[0], 5 * MINUTE, 200))
    ]
    assert BO in [one.address for one in in_hand]
    post.clock[0] = at(22, 1)
    assert of_bo(post)[0][1] == at(21, 59)
    post.room.send_digests()
    assert of_bo(post)[0][1] == at(21, 59)


def test_a_mail_to_one_alone_waits_for_the_morning_and_an_answer_to_his_own_word_does_not(post: Post) -> None:
    post.clock[0] = at(20)
    post.receive(post.mail(BO, "Who has a drill?"))
    letter = next(raw for address, raw in post.letters() if address == ADA)
    to = re.search(rb"to\+[a-z2-7]+@forum.example", letter)
    assert to
    quiet(post, 22, 7)
    post.clock[0] = at(23)
    assert post.receive(post.mail(ADA, "I have.", to=to[0].decode()), to[0].decode())["code"] == "relay"
    assert BO not in [one.address for one in post.due()]
    help_at = "general-request@forum.example"
    post.receive(post.mail(BO, "help", to=help_at, subject="help"), help_at)
    assert [one.address for one in post.due() if one.address == BO] == [BO]
    post.clock[0] = at(23) + 8 * 60 * MINUTE
    assert [one.address for one in post.due()].count(BO) == 2


def test_moderators_and_those_who_are_probed_are_left_in_peace_too(post: Post) -> None:
    post.clock[0] = at(23)
    post.room.store.write(lambda tx: lists.appoint(tx, 1, [BO], post.clock[0]))
    quiet(post, 22, 7)
    post.receive(post.mail("eve@elsewhere.example", "Let me in."))
    post.room.tell_moderators()
    assert (BO, "moderate") in post.notices()
    assert of_bo(post) == [("waiting", at(23) + 8 * 60 * MINUTE, 0)]
    stand = Standing("paused", 3.0, post.clock[0], post.clock[0])
    post.room.store.write(lambda tx: bounces.stand(tx, BO, stand))
    assert post.room.look_after_bounces() == 1
    assert (BO, "probe") in post.notices()
    assert {due for _, due, _ in of_bo(post)} == {at(23) + 8 * 60 * MINUTE}
