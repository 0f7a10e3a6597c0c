"""backup, restore: a whole copy of the database while the daemon runs, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import ConfigOption, UsageFault, say

if TYPE_CHECKING:
    from ..store.backup import Verified

NAME = "threadbridge-"


def backup(
    config: ConfigOption = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE|FOLDER", help="By default the folder `backups` below data_dir."),
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Read the whole copy through afterwards.")] = False,
    keep: Annotated[
        int,
        typer.Option(
            "--keep", min=0, max=10_000, help="Then remove all but the newest so many of the folder."
        ),
    ] = 0,
) -> None:
    """Copy the database while the daemon runs: mails, posts, people, queue, and the key of all reply addresses.

    The copy is whole and on disk when the command ends; a file that is there is never overwritten. The configuration
    and the files of passwords are not in it.
    """
    from ..config import load
    from ..daemon.opening import DATABASE
    from ..store import backup as copies

    settings = load(config)
    database = settings.site.data_dir / DATABASE
    if not database.exists():
        raise UsageFault(f"{database} is not there: nothing to copy (was the daemon ever started?)")
    target = _target(to or database.parent / copies.FOLDER, make=to is None)
    if keep and target == to:
        raise UsageFault("--keep goes with a folder")
    _copy(database, target)
    if verify:
        _tell(target, copies.verify(target))
    print(target)
    for old in sorted(target.parent.glob(f"{NAME}*.db"))[:-keep] if keep else ():
        old.unlink()
        say(f"removed {old}")


def _copy(database: Path, target: Path) -> None:
    from ..store.database import DatabaseError, Store

    store = Store.open(database)
    try:
        store.copy(target)
    except FileExistsError as error:
        raise UsageFault(f"{target} is there already: name another file") from error
    except (DatabaseError, OSError) as error:
        raise UsageFault(f"{target}: {error}; make room there, or name another place") from error
    finally:
        store.close()


def _target(place: Path, *, make: bool) -> Path:
    """The file to write: as named, or in the folder that was named, by the time."""
    if make:
        place.mkdir(mode=0o700, exist_ok=True)
    if place.is_dir():
        return place / f"{NAME}{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"
    if not place.parent.is_dir():
        raise UsageFault(f"{place.parent} is no folder: make it first")
    return place


def _tell(file: Path, found: Verified) -> None:
    say(
        f"{file.name} is whole: {found.mails} mails, {found.posts} posts, {found.letters} letters,"
        f" {found.people} people, schema {found.schema}"
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `threadbridge backup` wrote.")],
    config: ConfigOption = None,
) -> None:
    """Put a copy in the place of the database. The daemon must not run; what was there is kept beside it."""
    from ..config import load
    from ..daemon.opening import DATABASE
    from ..store import backup as copies
    from ..store import opening

    settings = load(config)
    database = settings.site.data_dir / DATABASE
    if not file.is_file():
        raise UsageFault(f"{file} is no file: name a copy, as `threadbridge backup` printed it")
    found = copies.verify(file)
    _tell(file, found)
    if copies.too_new(found.schema):
        raise UsageFault(f"{file} was made by a newer threadbridge: upgrade the program first")
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = opening.Lock(database)
    try:
        aside = copies.put_back(file, database, f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
    except OSError as error:
        raise UsageFault(f"{database}: {error}; the database that was there is as it was") from error
    finally:
        lock.release()
    if aside:
        say(f"what was there is kept as {aside}")
    print(f"{database} is restored; start the daemon")
