"""The named queries: each is parsed once for a connection, and never again."""

from __future__ import annotations

import contextlib
import re

from sqlite_utils.utils import sqlite3

from bridge.store.database import Store
from bridge.store.transaction import queries

ANEW = {
    "queue_listing": "a state has an index of its own, or none",
    "report_sizes": "a virtual table asks for itself",
    "search_add": "so does the search index",
    "search_words": "and its list of words",
}
"""What is parsed for each value, and why."""


def test_each_query_is_parsed_once(store: Store) -> None:
    """A bare `limit :n` is parsed for each value of `n` anew: SQLite plans by the number. `limit :n + 0` is not."""
    connection = store._connect()
    asked: list[object] = []
    connection.set_authorizer(lambda *what: asked.append(what) or 0)
    connection.execute("pragma foreign_keys=OFF")
    connection.execute("begin")
    again = []
    for name in dict.fromkeys(each.removesuffix("_cursor") for each in queries().available_queries):
        sql = getattr(queries(), name).sql
        values = dict.fromkeys(re.findall(r"(?<!:):(\w+)", sql), 1)
        for _ in range(2):
            asked.clear()
            with contextlib.suppress(sqlite3.IntegrityError, sqlite3.OperationalError):
                connection.execute(sql, values).fetchall()
        if asked:
            again.append(name)
    connection.close()
    assert not set(again) - set(ANEW)
