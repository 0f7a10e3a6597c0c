"""The store commits in groups, keeps faults apart, and refuses what it cannot trust."""

from __future__ import annotations

import os
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest

from bridge.store import blobs, ledger, people, upkeep
from bridge.store.database import Store, StoreError, Tx
from bridge.store.migrations import migrations


def test_a_write_that_is_under_way_cannot_be_cancelled(store: Store) -> None:
    """As a task does to the future that it waits for, when a client cuts its connection."""
    first = store.submit(lambda tx: tx.setting_put(key="kept", value="yes"))
    assert not first.cancel()
    first.result()
    assert store.write(lambda tx: tx.setting_get(key="kept")["value"]) == "yes"


def test_a_fault_in_one_write_undoes_nothing_of_the_others(store: Store) -> None:
    def faulty(tx: Tx) -> None:
        tx.setting_put(key="half", value="written")
        raise ValueError("on purpose")

    good = [store.submit(lambda tx, n=n: tx.setting_put(key=f"k{n}", value="v")) for n in range(50)]
    bad = store.submit(faulty)
    more = [store.submit(lambda tx, n=n: tx.setting_put(key=f"m{n}", value="v")) for n in range(50)]
    wait([*good, bad, *more])
    assert isinstance(bad.exception(), ValueError)
    assert all(future.exception() is None for future in (*good, *more))
    assert store.read(lambda tx: tx.setting_get(key="half")) is None
    assert store.read(lambda tx: tx.setting_get(key="m49"))["value"] == "v"


def test_readers_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match="readonly"):
        store.read(lambda tx: tx.setting_put(key="a", value="b"))


def test_a_closed_store_takes_nothing(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.write(lambda tx: None)


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "t.db")
    store.write(
        lambda tx: tx.connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('bridge', 'from_the_future', '')"
        )
    )
    store.close()
    with pytest.raises(StoreError, match=r"newer threadbridge.*from_the_future"):
        Store.open(tmp_path / "t.db")


def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    path.write_bytes(b"this is no database" * 500)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a database; restore a backup"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_migration_that_is_cut_short_is_done_again(tmp_path: Path, monkeypatch: Any) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations._migrations[-1], "fn", lambda db: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Store.open(tmp_path / "t.db")
    store = Store.open(tmp_path / "t.db")
    names = store.read(
        lambda tx: [r[0] for r in tx.connection.execute("select name from _sqlite_migrations")]
    )
    store.close()
    assert set(names) == {migration.name for migration in migrations._migrations}


def test_the_database_is_its_owners_alone(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data" / "t.db")
    store.close()
    assert (tmp_path / "data" / "t.db").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"words " * 1000, os.urandom(5000)])
def test_content_comes_back_as_it_was(store: Store, content: bytes) -> None:
    blob = blobs.pack(content)
    for _ in range(2):
        assert store.write(lambda tx: blobs.put(tx, blob)) == blob.sha256
    assert store.read(lambda tx: blobs.get(tx, blob.sha256)) == content
    assert len(blob.stored) <= max(len(content), 1)
    assert store.read(lambda tx: blobs.get(tx, "0" * 64)) is None


def kept(store: Store, content: bytes, now: int, via: str = "smtp") -> int:
    blob = blobs.pack(content)
    return store.write(
        lambda tx: ledger.add(
            tx, blob, via=via, account="", sender="a@x.example", recipients=["l@x.example"], now=now
        )
    )


def test_a_group_of_mails_is_kept_in_its_order(store: Store) -> None:
    contents = [b"one", b"two", b"one", b"three"]

    def group(sender: str) -> list[int]:
        mails = [(blobs.pack(c), "smtp", "192.0.2.1", sender, ["general@forum.test"]) for c in contents]
        return store.write(lambda tx: ledger.add_all(tx, mails, 100))

    numbers = group("ada@members.test")
    assert store.read(lambda tx: [ledger.raw(tx, number) for number in numbers]) == contents
    entry = store.read(lambda tx: ledger.get(tx, numbers[1]))
    assert entry and (entry.received, entry.via, entry.account) == (100, "smtp", "192.0.2.1")
    assert (entry.sender, entry.recipients) == ("ada@members.test", ("general@forum.test",))
    with pytest.raises(UnicodeEncodeError):
        group("\udc80@members.test")
    assert group("") == [numbers[-1] + each for each in range(1, 5)]


def test_a_leased_mail_is_nobody_elses_until_the_lease_runs_out(store: Store) -> None:
    mail = kept(store, b"one", 100)
    assert [e.id for e in store.write(lambda tx: ledger.claim(tx, 100, 50))] == [mail]
    assert store.write(lambda tx: ledger.claim(tx, 120, 50)) == []
    again = store.write(lambda tx: ledger.claim(tx, 151, 50))
    assert [(e.id, e.tries, e.recipients) for e in again] == [(mail, 2, ("l@x.example",))]
    store.write(lambda tx: ledger.end(tx, mail, "posted", "", "post 1", 160, 1.0))
    assert store.write(lambda tx: ledger.claim(tx, 10**9, 50)) == []
    assert not store.read(lambda tx: ledger.waits(tx, 2**62))


def test_raw_mail_is_forgotten_in_time_but_not_what_is_undecided(store: Store) -> None:
    old, held = kept(store, b"old", 0), kept(store, b"held", 0)
    fresh = kept(store, b"fresh", 10 * upkeep.DAY)
    for mail, outcome in ((old, "posted"), (held, "held"), (fresh, "posted")):
        store.write(lambda tx, m=mail, o=outcome: ledger.end(tx, m, o, "", "", 0, 0.0))
    assert store.write(lambda tx: upkeep.forget_raw(tx, 0, 99 * upkeep.DAY)) == 0
    assert store.write(lambda tx: upkeep.forget_raw(tx, 5, 11 * upkeep.DAY)) == 1
    assert store.read(lambda tx: [ledger.raw(tx, m) for m in (old, held, fresh)]) == [None, b"held", b"fresh"]
    assert store.read(lambda tx: tx.connection.execute("select count(*) from blob").fetchone()[0]) == 2


def test_people_are_found_by_any_address_and_completed_not_doubled(store: Store) -> None:
    def grow(tx: Tx) -> None:
        first = people.add_person(tx, "Ada", ["ada@a.example"], ["@Ada"], False, 1)
        again = people.add_person(
            tx, "Ada Field", ["Ada@A.example", "ada@b.example"], ["ada", "fields"], True, 2
        )
        assert first.id == again.id
        assert (again.name, again.addresses) == ("Ada Field", ("ada@a.example", "ada@b.example"))
        assert (again.handles, again.member) == (("ada", "fields"), True)
        other = people.add_person(tx, "Bo", ["bo@a.example"], ["ada"], True, 3)
        assert other.handles == ()
        assert people.by_address(tx, "ADA@b.example") == again
        assert people.by_address(tx, "nobody@b.example") is None

    store.write(grow)


def test_a_subscription_is_made_changed_and_ended(store: Store) -> None:
    def story(tx: Tx) -> None:
        person = people.subscribe(tx, 1, "ada@a.example", "Ada", "each", 1)
        people.subscribe(tx, 1, "ada@a.example", "", "none", 2)
        assert people.mode(tx, 1, person) == "none"
        found = people.get(tx, person)
        assert found is not None and found.name == "Ada"
        assert people.unsubscribe(tx, 1, person) and not people.unsubscribe(tx, 1, person)
        assert people.mode(tx, 1, person) is None

    store.write(story)


def test_writes_that_nobody_waits_for_share_a_commit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store._writer.linger = 60.0
    commits: list[int] = []
    work = store._writer._work
    monkeypatch.setattr(
        store._writer, "_work", lambda first, done: (work(first, done), commits.append(len(done)))
    )
    first = [store.submit(lambda tx: None, soon=False) for _ in range(5)]
    store.hurry()
    assert [each.result(10) for each in first] == [None] * 5
    second = [store.submit(lambda tx: None, soon=False) for _ in range(3)]
    assert store.write(lambda tx: "now") == "now"
    assert [each.done() for each in second] == [True] * 3
    third = store.submit(lambda tx: "last", soon=False)
    store.close()
    assert third.result(0) == "last"
    assert commits == [5, 4, 1]
