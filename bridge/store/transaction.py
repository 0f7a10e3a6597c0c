"""What a function that reads or writes is given: a connection in a transaction, with every named query as a method."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import aiosql
from aiosql.types import SQLOperationType as Kind


class Tx:
    """A transaction: every named query of `store/sql/*.sql` is a method, parameters by keyword.

    `kept` is what was read in it and will be asked for again. `given_up` counts what the writer had to undo: what was
    given ahead of a commit before that is good for nothing.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.given_up = 0
        self.kept: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        call = _call(name)(self.connection)
        setattr(self, name, call)
        return call


@cache
def queries() -> Any:
    """The named queries, read once."""
    return aiosql.from_path(Path(__file__).with_name("sql"), "sqlite3")


@cache
def _call(name: str) -> Callable[[Any], Callable[..., Any]]:
    """A named query, made for a connection: a mail's walk takes thirty, and aiosql's own way to run one costs 15 us."""
    query = getattr(queries(), name)
    sql, kind = query.sql, query.operation
    if kind is Kind.SELECT:
        return lambda connection: lambda **values: connection.execute(sql, values)
    if kind is Kind.SELECT_ONE:
        return lambda connection: lambda **values: connection.execute(sql, values).fetchone()
    if kind is Kind.INSERT_UPDATE_DELETE_MANY:
        return lambda connection: lambda rows: connection.executemany(sql, rows).rowcount if rows else 0
    return lambda connection: lambda **values: connection.execute(sql, values).rowcount
