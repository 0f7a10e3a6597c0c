"""Choices for threads: they outlive a thread that turns out to be part of another."""

from __future__ import annotations

from bridge.store import choices, people
from bridge.store.database import Store, Tx

from ..mailroom.conftest import SITE
from .test_threads import Mail, put


def test_choices_move_with_a_thread_that_is_part_of_another(store: Store) -> None:
    def story(tx: Tx) -> None:
        people.add_person(tx, "Ada", ["ada@members.example"], [], True, 0)
        bo, cy, dee = (
            people.subscribe(tx, 1, f"{name}@members.example", name, "each", 0)
            for name in ("bo", "cy", "dee")
        )
        eve = people.add_person(tx, "Eve", ["eve@outside.example"], [], False, 0).id
        whole = tx.post_get(id=put(tx, Mail("root", (), 1)))["thread_id"]
        part = tx.post_get(id=put(tx, Mail("leaf", ("stem",), 3, "Re: Nails")))["thread_id"]
        assert whole != part
        for who, thread, wanted in (
            (bo, part, "daily"),
            (cy, whole, "follow"),
            (cy, part, "mute"),
            (dee, whole, "follow"),
        ):
            choices.choose(tx, SITE, who, thread, wanted, 0)  # type: ignore[arg-type]
        guest = "insert into guest (thread_id, person_id, since, told, stopped) values (?, ?, 5, 1, ?)"
        tx.connection.executemany(guest, [(whole, eve, 0), (part, eve, 1)])
        put(tx, Mail("stem", ("root",), 2, "Re: Nails"))
        assert [row["id"] for row in tx.connection.execute("select id from thread")] == [whole]
        assert [choices.choice(tx, who, whole) for who in (bo, cy, dee)] == ["daily", "follow", "follow"]
        assert [tuple(row) for row in tx.connection.execute("select thread_id, stopped from guest")] == [
            (whole, 1)
        ]

    store.write(story)
