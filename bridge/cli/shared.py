"""What the commands share: the -c and --format options, the open mailroom, and how lines are printed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import BridgeError

if TYPE_CHECKING:
    from ..config import Config
    from ..mailroom import Mailroom
    from ..mailroom.reading import Read
    from ..posting.post import MailingList

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", metavar="FILE", help="The configuration; by default config.toml."),
]


EX_TEMPFAIL = 75
"""What cannot be done now may be done later (sysexits.h)."""
NARROW = 110
"""Columns of a terminal below which a table goes without what can be spared."""
SHORT = frozenset(
    {"id", "via", "outcome", "state", "attempts", "posts", "mode", "n", "threads", "subscribers"}
)
TIMES = frozenset({"received", "due", "last_post", "next"})
TIME = re.compile(r"\A(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ\Z")
"""A time of ours: a table gives it to the minute, in two words that may stand below each other."""


class Format(StrEnum):
    """How lines are printed."""

    TABLE = "table"
    PLAIN = "plain"
    JSONL = "jsonl"


FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="By default a table on a terminal, plain lines with tabs in a pipe."),
]


class UsageFault(BridgeError):
    """The operator asked for what cannot be: one line each."""


NUMBER_MOST = 2**63 - 1
"""The largest number that the database holds."""


def opened(config: Path | None) -> AbstractContextManager[Mailroom]:
    """The mailroom of a configuration; its mail log is quiet but for warnings."""
    from ..config import load

    return opened_with(load(config))


@contextmanager
def opened_with(settings: Config, read: Read | None = None) -> Iterator[Mailroom]:
    """The same for a configuration that is read already.

    Raises `UsageFault` where the database is in use, full or damaged.
    """
    import logging

    from .. import maillog
    from ..daemon.opening import open_mailroom
    from ..mailroom.reading import read_here
    from ..store.database import DatabaseError, OperationalError
    from ..store.faults import trouble

    maillog.configure(level=logging.WARNING)
    try:
        with open_mailroom(settings, read=read or read_here) as mailroom:
            yield mailroom
    except DatabaseError as error:
        if trouble(error) == "damaged":
            cure = "restore a backup (threadbridge restore FILE)"
            raise UsageFault(
                f"{settings.site.data_dir}: the database is damaged ({error}); {cure}"
            ) from error
        if not isinstance(error, OperationalError):
            raise
        raise UsageFault(f"{settings.site.data_dir}: {error}") from error


def the_list(mailroom: Mailroom, name: str) -> MailingList:
    """The list of that name or address. Raises `UsageFault` where there is none."""
    every = mailroom.lists()
    for each in every:
        if name.lower() in (each.name, each.address):
            return each
    known = ", ".join(each.name for each in every) or "none yet; add a [[list]] to the configuration"
    raise UsageFault(f"there is no list {name!r}; the lists are: {known}")


def show(
    rows: Iterable[dict[str, Any]],
    columns: Sequence[str],
    form: Format | None,
    title: str = "",
    spare: Sequence[str] = (),
) -> None:
    """Print rows in a form: JSON lines have every key, tables and plain lines the `columns`.

    A table on a narrow terminal goes without the `spare` ones.
    """
    form = form or (Format.TABLE if sys.stdout.isatty() else Format.PLAIN)
    if form is Format.TABLE:
        _table(rows, columns, title, spare)
        return
    for row in rows:
        if form is Format.JSONL:
            print(json.dumps(row, ensure_ascii=False))
        else:
            print("\t".join(cell(row.get(column)) for column in columns))


def _table(rows: Iterable[dict[str, Any]], columns: Sequence[str], title: str, spare: Sequence[str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    columns = [column for column in columns if console.width >= NARROW or column not in spare]
    table = Table(
        box=box.SIMPLE_HEAD,
        title=title or None,
        title_justify="left",
        show_edge=False,
        padding=(0, 1, 0, 0),
    )
    for column in columns:
        short = column in SHORT
        table.add_column(
            column.replace("_", " "),
            overflow="fold",
            no_wrap=short,
            min_width=10 if column in TIMES else None,
        )
    for row in rows:
        table.add_row(*(Text(TIME.sub(r"\1 \2", cell(row.get(column)))) for column in columns))
    if table.row_count and title:
        console.print()
    console.print(table if table.row_count else Text("nothing", style="dim"))


def cell(value: Any) -> str:
    """A value as one line of text without control characters (a stranger's mail must not steer a terminal)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(cell, value))
    return printable(str(value)).replace("\n", " ")


def printable(text: str) -> str:
    """Text without anything that steers a terminal; line breaks stay."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


def say(text: str) -> None:
    """Tell a human on standard error, so that a pipe holds only what was asked for."""
    print(text, file=sys.stderr)
