"""tokens, people revoke: new secrets for the addresses in letters, and an end to those that somebody has."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from .people import AddressArgument, the_address
from .shared import ConfigOption, UsageFault, opened, say

DAY = 86_400 * 1_000_000
RESTART = "a running daemon takes it up within a minute"

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The secret behind the addresses in letters."
)


@app.callback()
def _group() -> None:
    """Make `rotate` a command of a group, though it is the only one."""


@app.command(short_help="Take a new secret; the old one reads on for a while.")
def rotate(
    config: ConfigOption = None,
    days: Annotated[
        int,
        typer.Option("--days", min=0, max=3650, help="How long the addresses in old letters go on working."),
    ] = 90,
) -> None:
    """Take a new secret; addresses in letters that are out work for so many more days (0: none works any more)."""
    import secrets

    from ..store import keys

    now = time.time_ns() // 1000
    with opened(config) as mailroom:
        while not mailroom.store.write(
            lambda tx: keys.rotate(tx, secrets.token_bytes(32), now, now + days * DAY)
        ):
            pass  # one in 256 has the name of an older one
    say(f"a new secret; addresses in old letters work for {days} more days; {RESTART}")


def revoke(address: AddressArgument, config: ConfigOption = None) -> None:
    """Make worthless the reply, relay and confirmation addresses that somebody was given so far."""
    from ..store import keys, people

    wanted = the_address(address)
    now = time.time_ns() // 1000
    with opened(config) as mailroom:
        person = mailroom.store.read(lambda tx: people.by_address(tx, wanted))
        if person is None:
            raise UsageFault(f"nobody here has the address {wanted}")
        mailroom.store.write(lambda tx: keys.revoke(tx, person.id, now))
    say(f"the addresses in letters to {person.name} are worthless but for unsubscribing; {RESTART}")
