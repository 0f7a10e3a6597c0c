"""What a search may cost: short beginnings are words, and a query that takes too long is given up."""

from __future__ import annotations

import pytest

from bridge.store import people, search
from bridge.store.database import Store, Tx


@pytest.mark.parametrize(
    ("terms", "expression"),
    [
        (["gar*"], '"gar" *'),
        (["ga*"], '"ga"'),
        (["木*"], '"木" *'),
        (["one*", "two*", "three*"], '"one" * "two" * "three"'),
        (['a"b* OR c', "NEAR(x"], '"ab* OR c" "NEAR(x"'),
    ],
)
def test_R7_beginnings_are_bounded(terms: list[str], expression: str) -> None:
    assert search.expression(terms) == expression


def test_R7_a_query_that_takes_too_long_is_given_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(
        lambda tx: tx.connection.executemany(
            "insert into post_fts (rowid, subject, author, text) values (?, '', '', ?)",
            [(n, "one" if n % 2 else "two") for n in range(20_000)],
        )
    )
    monkeypatch.setattr(search, "PATIENCE", -1)
    monkeypatch.setattr(search, "STEPS", 1)
    with pytest.raises(search.TooLong):
        store.read(lambda tx: search.hits(tx, ["one", "two"], ""))
    monkeypatch.undo()
    assert store.read(lambda tx: search.hits(tx, ["one", "two"], "")) == []


def test_the_index_follows_a_post_s_words_and_stays_sound(store: Store) -> None:
    def live(tx: Tx) -> list[int]:
        row = tx.post_add(
            list_id=1, thread_id=tx.thread_add(list_id=1, title="T", subject_key="t", date=0)["id"], parent_id=None,
            author_id=people.add_person(tx, "Ada", ["ada@members.example"], [], True, 0).id, author="Ada", guest=0,
            credit="", subject="T", date=0, received=0, message_id="a@x", origin="email", ledger_id=None,
            placed_by="new", text="marmalade", html="",
        )  # fmt: skip
        tx.post_hang(id=row["id"], parent_id=None, placed_by="orphan")
        tx.post_html(id=row["id"], html="<p>marmalade</p>")
        tx.connection.execute("update post set text = 'quince' where id = ?", [row["id"]])
        tx.connection.execute("insert into post_fts (post_fts, rank) values ('integrity-check', 1)")
        found = "select count(*) from post_fts where post_fts match ?"
        return [tx.connection.execute(found, [word]).fetchone()[0] for word in ("quince", "marmalade")]

    assert store.write(live) == [1, 0]
