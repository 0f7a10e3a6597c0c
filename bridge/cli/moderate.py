"""held: mails that wait for a moderator."""

from __future__ import annotations

from typing import Annotated

import typer

from .shared import ConfigOption, FormatOption, UsageFault, cell, opened, show

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Mails that are held: list, release, refuse."
)
Numbers = Annotated[
    list[int], typer.Argument(metavar="NUMBER...", help="Numbers of mails, as `held list` gives them.")
]


@app.command("list")
def list_held(config: ConfigOption = None, form: FormatOption = None) -> None:
    """List the mails that are held, and why."""
    from ..store import reports

    with opened(config) as mailroom:
        rows = reports.mails(mailroom.store, "held")
        show(rows, ("id", "received", "sender", "recipients", "reason", "message_id"), form)


@app.command()
def release(numbers: Numbers, config: ConfigOption = None) -> None:
    """Let held or parked mails through."""
    with opened(config) as mailroom:
        wrong = [number for number in numbers if not mailroom.release(number)]
        for number in numbers:
            if number not in wrong:
                ending = mailroom.receive(number)
                print(f"{number}\t{cell(f'{ending.outcome}: {ending.reason}' if ending else 'released')}")
    _complain(wrong, "neither held nor parked")


@app.command()
def refuse(
    numbers: Numbers,
    config: ConfigOption = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the ledger.")] = "refused by a moderator",
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
