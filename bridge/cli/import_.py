"""import and export: whole archives in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from .shared import NUMBER_MOST, ConfigOption, UsageFault, opened, opened_with, the_list

if TYPE_CHECKING:
    from rich.progress import Progress

    from ..mailroom import Mailroom
    from ..store.reports import Choice

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Bring in an archive: an mbox file or a Maildir."
)
ListOption = Annotated[
    str, typer.Option("--list", "-l", metavar="LIST", help="The list that the mails belong to.")
]
PathArgument = Annotated[Path, typer.Argument(metavar="PATH")]


class ExportFormat(StrEnum):
    """What an export is."""

    JSONL = "jsonl"
    MBOX = "mbox"
    EML = "eml"


@contextmanager
def progress(*, lines: bool = False, rate: bool = False) -> Iterator[Progress]:
    """A progress bar on standard error; nothing where that is no terminal, or would stand between our lines there.

    With `rate` each task has a field of that name, which is shown.
    """
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    console = Console(stderr=True)
    columns = [*Progress.get_default_columns(), *([TextColumn("{task.fields[rate]}")] if rate else [])]
    with Progress(
        *columns,
        console=console,
        disable=not console.is_terminal or (lines and sys.stdout.isatty()),
        transient=True,
    ) as bar:
        yield bar


@app.command()
def mbox(path: PathArgument, to: ListOption, config: ConfigOption = None) -> None:
    """Bring in an mbox file.

    Nobody is sent a letter about it, and mails that are there already stay single.
    """
    from ..intake.files import mbox as read

    if not path.is_file():
        raise UsageFault(f"{path}: is no file")
    _import(read(path), config, to, path.stat().st_size, lambda mail: len(mail) - mail.count(b"\n"))


@app.command()
def maildir(path: PathArgument, to: ListOption, config: ConfigOption = None) -> None:
    """Bring in a Maildir.

    Nobody is sent a letter about it, and mails that are there already stay single.
    """
    from ..intake.files import maildir as read

    if not (path / "cur").is_dir() and not (path / "new").is_dir():
        raise UsageFault(f"{path}: is no Maildir (it has no folder cur or new)")
    total = sum(1 for folder in ("new", "cur") for _ in (path / folder).glob("*"))
    _import(read(path), config, to, total, lambda _: 1)


def _import(
    mails: Iterator[bytes], config: Path | None, to: str, total: int, of: Callable[[bytes], int]
) -> None:
    """`total` and `of`, what a mail is of it, tell how far it is."""
    import os
    from collections import Counter
    from contextlib import closing
    from time import monotonic

    from ..config import load
    from ..mailroom.bringing import Archive, ahead, lots
    from ..mailroom.readers import Readers

    settings = load(config)
    size = 2 * (
        settings.limits.workers or os.cpu_count() or 1
    )  # while one waits for its thread, another reads
    began, outcomes = monotonic(), Counter[str]()
    with (
        closing(Readers(size)) as readers,  # before there is a thread
        opened_with(settings, readers.read) as mailroom,
        closing(Archive(mailroom, the_list(mailroom, to).address, size)) as archive,
        progress(rate=True) as bar,
    ):
        task = bar.add_task("importing", total=total, rate="")
        for lot in ahead(lots((_author(content), content) for content in mails)):
            outcomes.update(archive.bring(lot))
            rate = outcomes.total() / max(monotonic() - began, 0.001)
            bar.update(task, advance=sum(of(mail.content) for mail in lot), rate=f"{rate:.0f} mails a second")
    print(
        f"{outcomes.total()} mails: "
        + (", ".join(f"{n} {name}" for name, n in outcomes.most_common()) or "none")
    )


def _author(content: bytes) -> str:
    """An archive tells no envelope sender: the author stands for it (the null sender would mark a bounce)."""
    from ..mail.sender import header_sender

    head = content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"  # the lines below take 40 us more to go through
    return header_sender(head)


def export(
    config: ConfigOption = None,
    form: Annotated[
        ExportFormat, typer.Option("--format", help="jsonl: a line a post; mbox; eml: raw mails.")
    ] = ExportFormat.JSONL,
    only: Annotated[str, typer.Option("--list", "-l", metavar="LIST", help="Only this list.")] = "",
    thread: Annotated[
        int,
        typer.Option("--thread", "-t", metavar="NUMBER", min=0, max=NUMBER_MOST, help="Only this thread."),
    ] = 0,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="PATH", help="A file, or for eml a folder; by default standard output."),
    ] = None,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="With jsonl: give the authors' addresses.")
    ] = False,
) -> None:
    """Write out posts: JSON lines, an mbox that mail programs read, or every raw mail byte for byte."""
    from ..store import reports
    from ..store.reports import Choice

    if form is ExportFormat.EML and to is None:
        raise UsageFault("--format eml needs a folder: --to DIR")
    with opened(config) as mailroom:
        choice = Choice(the_list(mailroom, only).name if only else "", thread)
        if thread and not reports.count(mailroom.store, choice):
            raise UsageFault(f"there is no thread {thread}" + (f" in {choice.list}" if only else ""))
        if form is ExportFormat.EML and to is not None:
            _eml(mailroom, choice, to)
            return
        with _out(to) as out:
            if form is ExportFormat.JSONL:
                _jsonl(mailroom, choice, out, addresses)
            else:
                _mbox(mailroom, choice, out)


@contextmanager
def _out(to: Path | None) -> Iterator[IO[bytes]]:
    if to is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with to.open("wb") as file:
            yield file
    except OSError as error:
        raise UsageFault(f"{to}: {error.strerror}") from None


def _jsonl(mailroom: Mailroom, choice: Choice, out: IO[bytes], addresses: bool) -> None:
    from ..store import reports

    with progress(lines=out is sys.stdout.buffer) as bar:
        posts = reports.posts(mailroom.store, choice, addresses=addresses)
        for post in bar.track(posts, total=reports.count(mailroom.store, choice), description="exporting"):
            out.write(json.dumps(post, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _mbox(mailroom: Mailroom, choice: Choice, out: IO[bytes]) -> None:
    from ..store import reports
    from .mbox import entry

    written: set[int] = set()
    with progress(lines=out is sys.stdout.buffer) as bar:
        posts = reports.letters(mailroom.store, choice)
        for post in bar.track(posts, total=reports.count(mailroom.store, choice), description="exporting"):
            ledger_id = post["ledger_id"]
            if ledger_id is None or ledger_id not in written:  # a mail to two lists is one mail
                out.write(entry(mailroom, post))
                written.add(ledger_id or 0)


def _eml(mailroom: Mailroom, choice: Choice, folder: Path) -> None:
    from ..store import ledger, reports

    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = 0
        with progress() as bar:
            for ledger_id in bar.track(list(reports.raws(mailroom.store, choice)), description="exporting"):
                raw = mailroom.store.read(lambda tx, at=ledger_id: ledger.raw(tx, at))  # type: ignore[misc]
                if raw is not None:
                    (folder / f"{ledger_id}.eml").write_bytes(raw)
                    written += 1
    except OSError as error:
        raise UsageFault(f"{folder}: {error.strerror}") from None
    print(f"{written} mails in {folder}")
