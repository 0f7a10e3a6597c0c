"""run, demo: the daemon."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .shared import EX_TEMPFAIL, ConfigOption, say


def run(
    config: ConfigOption = None,
    json: Annotated[bool, typer.Option("--json", help="Write the log as JSON lines.")] = False,
) -> None:
    """Run the daemon until SIGTERM or Ctrl-C.

    Ends with 2 for what an operator must mend, and with 75 for what may pass, as a full disk: to be started again.
    """
    from .. import maillog
    from ..config import load
    from ..daemon import run as run_daemon
    from ..store.database import DatabaseError
    from ..store.faults import StoreError, trouble

    maillog.configure(json=json)
    settings = load(config)
    try:
        code = run_daemon(settings, again=lambda: load(config))
    except (StoreError, DatabaseError, OSError) as fault:
        if (
            trouble(fault.__cause__ if isinstance(fault, StoreError) and fault.__cause__ else fault)
            != "no room"
        ):
            raise
        say(f"{settings.site.data_dir}: no room on the disk ({fault}); make some, and start the daemon again")
        code = EX_TEMPFAIL
    raise typer.Exit(code)


def demo(
    data_dir: Annotated[Path, typer.Option("--data-dir", help="Made afresh each time.")] = Path("data/demo"),
    smtp_port: Annotated[int, typer.Option("--smtp-port", help="Where the sample mails go.")] = 8025,
    web_port: Annotated[int, typer.Option("--web-port", help="Where the page is.")] = 8080,
    once: Annotated[bool, typer.Option("--once", help="Stop when all is played.")] = False,
) -> None:
    """Play a sample conversation through the SMTP port, and show what becomes of each mail."""
    from ..demo.play import play
    from ..doctor.machine import free
    from .shared import UsageFault

    for what, port, option in (("SMTP", smtp_port, "--smtp-port"), ("web", web_port, "--web-port")):
        if not free("127.0.0.1", port):
            raise UsageFault(
                f"port {port} ({what}) is in use: stop what uses it, or name another one with {option}"
            )
    raise typer.Exit(play(data_dir, smtp_port, web_port, once=once))
