"""held: mails that wait for a moderator."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from .people import the_mode
from .shared import (
    NUMBER_MOST,
    ConfigOption,
    FormatOption,
    UsageFault,
    cell,
    opened,
    printable,
    show,
    the_list,
)

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Mails that are held: list, show, release, refuse."
)
Numbers = Annotated[
    list[int],
    typer.Argument(
        metavar="NUMBER...", min=1, max=NUMBER_MOST, help="Numbers of mails, as `held list` gives them."
    ),
]


@app.command("list")
def list_held(
    config: ConfigOption = None,
    form: FormatOption = None,
    of: Annotated[str, typer.Option("--list", "-l", metavar="LIST", help="Only those of this list.")] = "",
) -> None:
    """List the mails that are held, and why."""
    from ..store import reports

    with opened(config) as mailroom:
        name = the_list(mailroom, of).name if of else ""
        rows = reports.held(mailroom.store, name)
        show(rows, ("id", "received", "lists", "sender", "subject", "reason"), form)


@app.command("show")
def show_held(numbers: Numbers, config: ConfigOption = None) -> None:
    """Show held mails as their moderators see them."""
    from ..store import moderation

    missing = []
    with opened(config) as mailroom:
        for number in numbers:
            found = mailroom.store.read(partial(moderation.of_mail, ledger_id=number))
            if not found:
                missing.append(number)
            for held in found[:1]:
                print(
                    f"mail {number}  {cell(held.name)} <{cell(held.address)}>\n"
                    f"subject: {cell(held.subject)}\nheld: {cell(held.reason)}\n\n{printable(held.text)}\n"
                )
    _complain(missing, "not one that moderators were shown; see: threadbridge trace")


@app.command()
def release(
    numbers: Numbers,
    config: ConfigOption = None,
    subscribe: Annotated[
        str,
        typer.Option(
            "--subscribe",
            metavar="MODE",
            help="Make the sender a member, too; with the mode `none` he may write and gets no letters.",
        ),
    ] = "",
) -> None:
    """Let held or parked mails through."""
    with opened(config) as mailroom:
        mode = the_mode(subscribe) if subscribe else ""
        wrong = [number for number in numbers if not mailroom.release(number, mode)]
        for number in numbers:
            if number not in wrong:
                ending = mailroom.receive(number)
                print(f"{number}\t{cell(f'{ending.outcome}: {ending.reason}' if ending else 'released')}")
    _complain(wrong, "neither held nor parked")


@app.command()
def refuse(
    numbers: Numbers,
    config: ConfigOption = None,
    reason: Annotated[
        str,
        typer.Option("--reason", help="Why: the ledger keeps it, and the sender is told where that is safe."),
    ] = "refused by a moderator",
) -> None:
    """Refuse held mails for good."""
    with opened(config) as mailroom:
        wrong = [number for number in numbers if not mailroom.refuse(number, cell(reason)[:500])]
    for number in numbers:
        if number not in wrong:
            print(f"{number}\trefused")
    _complain(wrong, "not held")


def _complain(wrong: list[int], why: str) -> None:
    if wrong:
        raise UsageFault("\n".join(f"mail {number} is {why}" for number in wrong))
