"""The outgoing queue: claims with leases, results, retries and cancellation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bridge.fanout.deliveries import Planned
from bridge.store import queue
from bridge.store.database import Store, Tx
from bridge.store.queue import Result
from bridge.store.transaction import queries

MINUTE = 60_000_000
NOW = 1_800_000_000_000_000


def fill(tx: Tx, people: int) -> None:
    """A list, a thread, a post, a notice, and so many people."""
    run = tx.connection.execute
    run(
        "insert into list (id, name, address, title, description, who_can_post, visibility, guests) values"
        " (1, 'general', 'general@forum.test', 'General', '', 'members', 'public', 'show')"
    )
    run("insert into thread values (1, 1, 'Tools', 'tools', 0, 0, 1)")
    for number in range(1, people + 1):
        run(
            "insert into person (id, name, member, own_posts, created) values (?, ?, 1, 0, 0)",
            (number, f"Person {number}"),
        )
    run(
        "insert into post (id, list_id, thread_id, parent_id, author_id, author, guest, credit, subject, date,"
        " received, message_id, origin, ledger_id, placed_by, text, html) values"
        " (1, 1, 1, null, 1, 'Ada', 0, '', 'Tools', 0, 0, 'one@forum.test', 'email', null, 'new', 'x', 'x')"
    )
    run(
        "insert into notice values"
        " (1, 0, 'p1@members.test', 'help', 'Help', 'text', 'n1@forum.test', '', '', 1, null)"
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "bridge.db")
    store.write(lambda tx: fill(tx, 50))
    yield store
    store.close()


def planned(*people: int) -> list[Planned]:
    return [Planned(number, f"p{number}@members.test", "subscribed") for number in people]


def enqueue(store: Store, *people: int) -> None:
    store.write(lambda tx: queue.enqueue_post(tx, 1, 1, planned(*people), NOW))


def claim(store: Store, now: int = NOW, n: int = 20) -> list[queue.Due]:
    return store.write(lambda tx: queue.claim(tx, now, 10 * MINUTE, n))


def test_a_post_is_queued_once_per_person(store: Store) -> None:
    enqueue(store, 1, 2, 3)
    enqueue(store, 2, 3, 4)
    assert [due.person_id for due in claim(store)] == [1, 2, 3, 4]


def test_a_notice_is_queued_once(store: Store) -> None:
    for _ in range(2):
        store.write(lambda tx: queue.enqueue_notice(tx, 1, None, "stranger@elsewhere.test", NOW))
    (due,) = claim(store)
    assert (due.notice_id, due.post_id, due.person_id) == (1, None, None)
    assert due.address == "stranger@elsewhere.test"


def test_claims_come_in_chunks_and_never_overlap(store: Store) -> None:
    enqueue(store, *range(1, 31))
    first, second, third = claim(store), claim(store), claim(store)
    assert [len(first), len(second), len(third)] == [20, 10, 0]
    assert {due.id for due in first}.isdisjoint(due.id for due in second)


def test_an_expired_lease_is_claimed_anew(store: Store) -> None:
    enqueue(store, 1)
    assert claim(store)
    assert not claim(store, NOW + 9 * MINUTE)
    (again,) = claim(store, NOW + 10 * MINUTE)
    assert again.attempts == 0  # what a crash cut short is no attempt


def test_release_all_ends_the_leases_of_the_dead(store: Store) -> None:
    enqueue(store, 1, 2)
    claim(store)
    assert store.write(queue.release_all) == 2
    assert len(claim(store)) == 2


def test_results_move_deliveries_to_their_states(store: Store) -> None:
    enqueue(store, 1, 2, 3, 4)
    one, two, three, four = claim(store)
    results = [
        Result(one.id, "sent", "250 ok", NOW),
        Result(two.id, "failed", "550 5.1.1 no such user", NOW),
        Result(three.id, "retry", "451 4.7.1 greylisted", NOW + 5 * MINUTE),
        Result(four.id, "later", "421 no relay", NOW + MINUTE),
    ]
    store.write(lambda tx: queue.record(tx, results, NOW))
    assert store.read(queue.counts) == {"sent": 1, "failed": 1, "waiting": 2}
    assert store.read(queue.next_due) == NOW + MINUTE
    again = {due.id: due.attempts for due in claim(store, NOW + 5 * MINUTE)}
    assert again == {three.id: 1, four.id: 0}


def test_sent_is_a_fact_that_nothing_overrules(store: Store) -> None:
    enqueue(store, 1, 2)
    one, two = claim(store)
    store.write(lambda tx: queue.cancel(tx, 2, 1, NOW))
    for result in (
        Result(one.id, "sent", "250", NOW),
        Result(one.id, "retry", "late news of an old lease", NOW),
        Result(two.id, "retry", "451", NOW),
    ):
        store.write(lambda tx, result=result: queue.record(tx, [result], NOW))  # type: ignore[misc]
    assert store.read(queue.counts) == {"sent": 1, "cancelled": 1}
    store.write(lambda tx: queue.record(tx, [Result(two.id, "sent", "250", NOW)], NOW))
    assert store.read(queue.counts) == {"sent": 2}


def test_who_leaves_a_list_gets_nothing_of_what_still_waits(store: Store) -> None:
    enqueue(store, 1, 2)
    store.write(lambda tx: queue.enqueue_notice(tx, 1, 1, "p1@members.test", NOW))
    assert store.write(lambda tx: queue.cancel(tx, 1, 1, NOW)) == 1
    assert [(due.person_id, due.post_id) for due in claim(store)] == [(2, 1), (1, None)]


def test_who_leaves_all_lists_still_gets_the_notice_of_it(store: Store) -> None:
    enqueue(store, 1)
    store.write(lambda tx: queue.enqueue_notice(tx, 1, 1, "p1@members.test", NOW))
    assert store.write(lambda tx: queue.cancel(tx, 1, None, NOW)) == 1
    assert [due.notice_id for due in claim(store)] == [1]


def test_the_listing_names_the_letter(store: Store) -> None:
    enqueue(store, 1)
    store.write(lambda tx: queue.enqueue_notice(tx, 1, 1, "p1@members.test", NOW + MINUTE))
    post, notice = store.read(queue.listing)
    assert (post.message_id, post.subject, post.state) == ("one@forum.test", "Tools", "waiting")
    assert (notice.message_id, notice.subject) == ("n1@forum.test", "Help")


def test_an_empty_queue_is_due_never(store: Store) -> None:
    assert store.read(queue.next_due) is None
    assert claim(store) == []


def test_a_long_answer_is_cut(store: Store) -> None:
    enqueue(store, 1)
    (due,) = claim(store)
    store.write(lambda tx: queue.record(tx, [Result(due.id, "retry", "x" * 9999, NOW)], NOW))
    assert len(store.read(queue.listing)[0].answer) == queue.ANSWER_LENGTH


def test_an_answer_is_one_printable_line(store: Store) -> None:
    enqueue(store, 1)
    (due,) = claim(store)
    answer = "550 5.1.1\r\nno \x1b[31m\x00 \udcff"
    store.write(lambda tx: queue.record(tx, [Result(due.id, "failed", answer, NOW)], NOW))
    assert store.read(lambda tx: queue.listing(tx, "failed"))[0].answer == "550 5.1.1 no ?[31m? ?"


@pytest.mark.parametrize(
    "query", ["queue_of_person", "queue_in_quiet", "queue_cancel", "queue_hand_on", "queue_cancel_digests"]
)
def test_what_waits_for_somebody_is_found_by_index(store: Store, query: str) -> None:
    values: dict[str, Any] = dict.fromkeys(("person_id", "list_id", "now", "before"), 1)

    def plan(tx: Tx) -> list[str]:
        return [
            row[3]
            for row in tx.connection.execute(f"explain query plan {getattr(queries(), query).sql}", values)
        ]

    steps = store.write(plan)
    scans = [step for step in steps if step.startswith("SCAN") and step != "SCAN next"]
    assert all(step == "SCAN p USING INDEX person_hours" for step in scans), steps
    by = [step for step in steps if "INDEX delivery_" in step]
    assert all("delivery_pending" in s or "delivery_post" in s or "delivery_alone" in s for s in by), steps
