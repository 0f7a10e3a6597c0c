"""subscribe, unsubscribe, people: who is a member, and how he is told."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import ConfigOption, Format, FormatOption, UsageFault, opened, show, the_list

if TYPE_CHECKING:
    from ..mailroom import Mailroom
    from ..posting.post import MailingList, Mode, Person
    from ..store.database import Tx

MODES: tuple[Mode, ...] = ("each", "daily", "weekly", "mentions", "none")
COLUMNS = ("address", "name", "handles", "lists", "mode")
MOST_LINES = 200_000

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Members: bring in, list, set, merge and split.",
)
ListArgument = Annotated[str, typer.Argument(metavar="LIST", help="The name of a list.")]
AddressArgument = Annotated[str, typer.Argument(metavar="ADDRESS", help="A mail address.")]


def the_address(raw: str) -> str:
    from ..mail.address import addr_spec

    if (address := addr_spec(raw.strip())) is None:
        raise UsageFault(f"{raw!r} is no mail address, as in sam@example.org")
    return address


def the_mode(raw: str) -> Mode:
    """A mode as typed. Raises `UsageFault` with the modes that there are."""
    for mode in MODES:
        if raw == mode:
            return mode
    raise UsageFault(f"mode {raw!r}: there are {', '.join(MODES[:-1])} and {MODES[-1]}")


def subscribe(
    to: ListArgument,
    address: AddressArgument,
    config: ConfigOption = None,
    name: Annotated[str, typer.Option("--name", help="The name that people see.")] = "",
    mode: Annotated[
        str,
        typer.Option(
            "--mode",
            help="each: a letter for each post; daily, weekly: a digest; mentions: what names him; none: the page.",
        ),
    ] = "each",
) -> None:
    """Make somebody a member of a list, at once and without a welcome."""
    from ..mail.message import Mailbox
    from ..posting.people import display_name
    from ..store import choices, people

    clean, wanted = the_address(address), the_mode(mode)
    with opened(config) as mailroom:
        target = the_list(mailroom, to)
        known = mailroom.store.read(lambda tx: people.by_address(tx, clean))
        shown = name or (known.name if known else display_name(Mailbox("", clean)))
        mailroom.store.write(
            lambda tx: choices.join(tx, mailroom.site, target.id, clean, shown, wanted, mailroom.now())
        )
        print(f"{shown} <{clean}> is subscribed to {target.name}: {wanted}")


def unsubscribe(to: ListArgument, address: AddressArgument, config: ConfigOption = None) -> None:
    """End a subscription; letters that wait are not sent any more."""
    from ..store import choices, people

    clean = the_address(address)
    with opened(config) as mailroom:
        target = the_list(mailroom, to)

        def end(tx: Tx) -> bool:
            person = people.by_address(tx, clean)
            if person is None:
                return False
            return choices.leave(tx, target.id, person.id, mailroom.now())

        if not mailroom.store.write(end):
            raise UsageFault(f"{clean} is not subscribed to {target.name}")
        print(f"{clean} is no longer subscribed to {target.name}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file; a mode for each list, None where the file names none."""

    addresses: tuple[str, ...]
    name: str
    handles: tuple[str, ...]
    lists: tuple[MailingList, ...]
    modes: tuple[Mode | None, ...]


@app.command("import")
def import_people(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="address,name,handles,lists,mode")],
    config: ConfigOption = None,
) -> None:
    """Bring in members from a CSV file.

    It has a head line; several values in a cell stand with ";" between them; one mode is for all lists, several are
    in their order. They are members at once, and nobody gets a welcome. It may be run again: names and modes are
    brought up to date (an empty mode stays what it is), and nobody is taken out. A file with a fault changes nothing,
    and all its faults are told.
    """
    with opened(config) as mailroom:
        entries = read_people(file, mailroom)
        new = mailroom.store.write(lambda tx: sum(_enter(tx, entry, mailroom) for entry in entries))
    subscriptions = sum(len(entry.lists) for entry in entries)
    print(f"{len(entries)} people, {new} of them new, {subscriptions} subscriptions")


def _enter(tx: Tx, entry: Entry, mailroom: Mailroom) -> bool:
    from ..store import choices, people

    now = mailroom.now()
    new = not any(people.by_address(tx, address) for address in entry.addresses)
    people.add_person(tx, entry.name, entry.addresses, entry.handles, True, now)
    for target, mode in zip(entry.lists, entry.modes, strict=True):
        choices.join(tx, mailroom.site, target.id, entry.addresses[0], entry.name, mode, now)
    return new


def read_people(file: Path, mailroom: Mailroom) -> list[Entry]:
    """The lines of a CSV file of people. Raises `UsageFault` with all its faults."""
    lists = {key: each for each in mailroom.lists() for key in (each.name, each.address)}
    faults: list[str] = []
    entries: list[Entry] = []
    for number, row in _rows(file):
        try:
            entries.append(_entry(row, lists))
        except UsageFault as fault:
            faults += [f"{file}:{number}: {line}" for line in str(fault).splitlines()]
    if faults:
        raise UsageFault("\n".join(faults))
    return entries


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageFault(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageFault(f"{file}: is not UTF-8; save it as UTF-8") from None
    lines = csv.reader(text.splitlines())
    try:
        head = [name.strip().lower() for name in next(lines, [])]
        if "address" not in head or (foreign := [name for name in head if name not in COLUMNS]):
            wrong = (
                "has no column address"
                if "address" not in head
                else f"has columns that are none of ours: {foreign}"
            )
            raise UsageFault(f"{file}: the head line {wrong}; right is: {','.join(COLUMNS)}")
        for row in lines:
            if any(cell.strip() for cell in row):
                if lines.line_num > MOST_LINES or len(row) > len(head):
                    raise UsageFault(
                        f"{file}:{lines.line_num}: too many {'cells' if len(row) > len(head) else 'lines'}"
                    )
                yield lines.line_num, dict(zip(head, (cell.strip() for cell in row), strict=False))
    except csv.Error as error:
        raise UsageFault(f"{file}:{lines.line_num}: {error}") from None


def _entry(row: dict[str, str], lists: dict[str, MailingList]) -> Entry:
    from ..mail.address import addr_spec
    from ..mail.message import Mailbox
    from ..posting.people import display_name

    faults = []
    raw, names = _several(row, "address"), _several(row, "lists")
    addresses = tuple(clean for one in raw if (clean := addr_spec(one)))
    if len(addresses) != len(raw) or not raw:
        faults.append(f"address {row.get('address', '')!r} is no mail address")
    known = ", ".join(dict.fromkeys(each.name for each in lists.values()))
    faults += [
        f"there is no list {name!r}; the lists are: {known}" for name in names if name.lower() not in lists
    ]
    modes, wrong = _modes(row, len(names))
    faults += wrong
    if faults:
        raise UsageFault("\n".join(faults))
    name = row.get("name") or display_name(Mailbox("", addresses[0]))
    handles = tuple(handle.removeprefix("@") for handle in _several(row, "handles"))
    return Entry(addresses, name, handles, tuple(lists[name.lower()] for name in names), modes)


def _modes(row: dict[str, str], lists: int) -> tuple[tuple[Mode | None, ...], list[str]]:
    """A mode for each list, and what is wrong with them."""
    modes: list[Mode | None] = []
    faults = []
    for raw in _several(row, "mode"):
        try:
            modes.append(the_mode(raw))
        except UsageFault as fault:
            faults.append(str(fault))
    if not faults and len(modes) > 1 and len(modes) != lists:
        faults.append(f"{len(modes)} modes for {lists} lists; give one for all, or one for each")
    return tuple(modes if len(modes) == lists else (modes or [None]) * lists), faults


def _several(row: dict[str, str], column: str) -> list[str]:
    return [value.strip() for value in row.get(column, "").split(";") if value.strip()]


@app.command("list")
def list_people(config: ConfigOption = None, form: FormatOption = None) -> None:
    """List the members, as import reads them.

    JSON lines tell their hours, quiet hours, vacation and own posts too.
    """
    from ..store import reports

    with opened(config) as mailroom:
        rows = reports.people(mailroom.store)
        if form is Format.JSONL:
            show(rows, COLUMNS, form)
        else:
            show(
                (
                    {**row, **{key: ";".join(row[key]) for key in ("address", "handles", "lists")}}
                    for row in rows
                ),
                COLUMNS,
                form,
            )


def _one(tx: Tx, word: str) -> Person:
    from ..store import merge

    person = merge.find(tx, word)
    if person is None:
        raise UsageFault(f"{word!r} is nobody's address, handle or number here")
    return person


@app.command("merge", short_help="Make two people one: all of the second's is the first's.")
def merge_people(
    kept: Annotated[str, typer.Argument(metavar="KEPT", help="An address or @handle of who stays.")],
    gone: Annotated[
        str, typer.Argument(metavar="GONE", help="An address or @handle of who is the same person.")
    ],
    config: ConfigOption = None,
) -> None:
    """Make two people one: posts, addresses, handles, subscriptions and letters of the second are the first's."""
    from ..store import merge

    def work(tx: Tx) -> Person:
        first, second = _one(tx, kept), _one(tx, gone)
        if first.id == second.id:
            raise UsageFault(f"{kept} and {gone} are one person already: {first.name}")
        return merge.merge(tx, first.id, second.id)

    with opened(config) as mailroom:
        person = mailroom.store.write(work)
    print(f"{person.name}: {', '.join(person.addresses)}; {' '.join('@' + each for each in person.handles)}")


@app.command("split", short_help="Give an address, with what it wrote, to a new person.")
def split_person(
    address: AddressArgument,
    config: ConfigOption = None,
    name: Annotated[str, typer.Option("--name", help="The name of the new person.")] = "",
) -> None:
    """Give one of a person's addresses, and what was written from it, to a new person."""
    from ..store import merge

    clean = the_address(address)
    with opened(config) as mailroom:
        try:
            person = mailroom.store.write(lambda tx: merge.split(tx, clean, name, mailroom.now()))
        except ValueError as fault:
            raise UsageFault(str(fault)) from None
    print(f"{person.name}: {', '.join(person.addresses)}; {' '.join('@' + each for each in person.handles)}")
