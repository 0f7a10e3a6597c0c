"""What an operator types: `threadbridge COMMAND -c FILE ...`.

A fault of the operator is told in one clear line each, all at once, with exit code 2 and no traceback. Modules of the
bridge are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from .. import __version__
from . import import_, inspect, mail, moderate, people, service

app = typer.Typer(
    name="threadbridge",
    help="A bridge between email and forum threads: mails become clean posts, posts become letters.",
    epilog="Without -c the configuration is config.toml, else the embedded defaults.",
    no_args_is_help=True,
    rich_markup_mode=None,  # drawing boxes costs 0.3 s
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"threadbridge {__version__}")
        raise typer.Exit


@app.callback()
def threadbridge(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Run the program's commands."""


app.command()(service.run)
app.command()(service.check)
app.command()(service.demo)
app.command()(mail.deliver)
app.command()(mail.clean)
app.command()(people.subscribe)
app.command()(people.unsubscribe)
app.add_typer(people.app, name="people")
app.add_typer(import_.app, name="import")
app.command()(import_.export)
app.command()(inspect.ledger)
app.command()(inspect.trace)
app.add_typer(moderate.app, name="held")
app.command()(inspect.queue)
app.command()(inspect.stats)


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 found nothing or not all, 2 a fault of the operator."""
    from ..errors import BridgeError

    try:
        app(standalone_mode=True)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing more to say, not even at exit.
        sys.stdout = None
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)
    except BridgeError as fault:
        print(fault, file=sys.stderr)
        sys.exit(2)
    sys.exit(0)
