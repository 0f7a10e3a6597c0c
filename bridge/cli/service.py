"""run, demo: the daemon."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .shared import ConfigOption


def run(
    config: ConfigOption = None,
    json: Annotated[bool, typer.Option("--json", help="Write the log as JSON lines.")] = False,
) -> None:
    """Run the daemon until SIGTERM or Ctrl-C."""
    from .. import maillog
    from ..config import load
    from ..daemon import run as run_daemon

    maillog.configure(json=json)
    raise typer.Exit(run_daemon(load(config), again=lambda: load(config)))


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
