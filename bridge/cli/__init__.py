"""What an operator types: `threadbridge COMMAND -c FILE ...`.

A fault of the operator is told in one clear line each, all at once, with exit code 2 and no traceback. Modules of the
bridge are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated, NoReturn

import typer

from .. import __version__
from . import (
    backup,
    check,
    digest,
    import_,
    inspect,
    mail,
    moderate,
    people,
    preferences,
    private,
    service,
    tokens,
)

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


# In the order in which an operator meets them; groups stand after commands whatever the order here.
app.command(short_help="Run the daemon until SIGTERM or Ctrl-C.")(service.run)
app.command(short_help="Check the configuration and what it risks.")(check.check)
app.command(short_help="Examine DNS, TLS, ports, disk, servers, database.")(check.doctor)
app.command(short_help="Play a sample conversation and watch it.")(service.demo)
app.command(short_help="Take in mails, as for an MTA's pipe.")(mail.deliver)
app.command(short_help="Show what a mail says, and what is folded.")(mail.clean)
app.command(short_help="Make somebody a member of a list.")(people.subscribe)
app.command(short_help="End a subscription.")(people.unsubscribe)
app.command(short_help="List mails that came in, with outcomes.")(inspect.ledger)
app.command(short_help="Tell a mail's whole story.")(inspect.trace)
app.command(short_help="List letters that wait or failed.")(inspect.queue)
app.command(short_help="Show who gets a digest when, or write one to look at.")(digest.digest)
app.command(short_help="Show figures.")(inspect.stats)
app.command(short_help="Write out posts or raw mails.")(import_.export)
app.command(short_help="Copy the database while the daemon runs.")(backup.backup)
app.command(short_help="Put a copy in the place of the database.")(backup.restore)
app.add_typer(import_.app, name="import")
people.app.command("set")(preferences.set_preferences)
people.app.command("forget")(private.forget)
people.app.command("revoke", short_help="Make worthless the addresses given to somebody.")(tokens.revoke)
app.add_typer(people.app, name="people")
app.add_typer(private.post_app, name="post")
app.add_typer(moderate.app, name="held")
app.add_typer(tokens.app, name="tokens")


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 found nothing or not all, 2 a fault of the operator."""
    from ..errors import BridgeError

    _open_streams()
    try:
        app(standalone_mode=True)
    except SystemExit as end:
        # A mistyped option in the MTA's configuration must make mail wait (75, sysexits.h), not bounce.
        sys.exit(75 if end.code == 2 and sys.argv[1:2] == ["deliver"] else end.code)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing more to say, not even at exit.
        sys.stdout = None
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)
    except BridgeError as fault:
        print(fault, file=sys.stderr)
        sys.exit(2)
    except UnicodeEncodeError:
        if all(_is_text(word) for word in sys.argv):
            raise
        print(
            "a word of the command is not UTF-8; type it again, or set LANG to where it came from",
            file=sys.stderr,
        )
        sys.exit(75 if sys.argv[1:2] == ["deliver"] else 2)
    except OSError as fault:
        # Where what is printed goes to a full disk; what the commands themselves do on one is told by them.
        if fault.errno != errno.ENOSPC or fault.filename is not None:
            raise
        print("standard output cannot be written: its disk is full", file=sys.stderr)
        sys.stdout = None
        sys.exit(74)
    sys.exit(0)


def _is_text(word: str) -> bool:
    """Whether a word of the command line could be decoded; bytes that could not be come as half characters."""
    return not any("\ud800" <= c <= "\udfff" for c in word)


def _open_streams() -> None:
    """Where we were started without a stream (`>&-`), what is printed goes nowhere.

    Else the first file that is opened would take its number, and what is printed would go into it.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode)  # noqa: PTH123, SIM115 -- it stays open as long as we run
            if stream.fileno() != number:
                os.dup2(stream.fileno(), number)
            if number:
                setattr(sys, name, stream)
