"""What a search may cost: short beginnings are words, and a query that takes too long is given up."""

from __future__ import annotations

import pytest

from bridge.store import search
from bridge.store.database import Store


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
