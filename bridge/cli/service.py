"""run, check, demo: the daemon, and whether it would run."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import ConfigOption, say

if TYPE_CHECKING:
    from ..config import Config


def run(
    config: ConfigOption = None,
    json: Annotated[bool, typer.Option("--json", help="Write the log as JSON lines.")] = False,
) -> None:
    """Run the daemon until SIGTERM or Ctrl-C."""
    from .. import maillog
    from ..config import load
    from ..daemon import run as run_daemon

    maillog.configure(json=json)
    raise typer.Exit(run_daemon(load(config)))


def check(config: ConfigOption = None) -> None:
    """Check the configuration, and say what it means and what it risks."""
    from ..config import load

    found = load(config)
    for line in _meaning(found):
        print(line)
    for line in _risks(found):
        say(f"note: {line}")


def _meaning(config: Config) -> Iterator[str]:
    yield f"{config.site.name}: mail domain {config.site.domain}, page {config.site.url}"
    yield f"data below {config.site.data_dir}"
    for each in config.lists:
        yield (
            f"list {each.name} <{each.address}>: {each.who_can_post} may post, "
            f"read by {'everybody' if each.visibility == 'public' else 'members'}, guests: {each.guests}"
        )
    for name in ("smtp", "lmtp", "web"):
        if door := getattr(config, name):
            tls = ", STARTTLS" if getattr(door, "certificate", None) else ""
            yield f"{name} on {door.listen}{tls}"
    for account in config.imap:
        yield f"imap {account.user} at {account.host}:{account.at_port} ({account.tls}), folder {account.folder}"
    out = config.outgoing
    yield (
        f"letters go into the Maildir {out.path}"
        if out.kind == "maildir"
        else (f"letters go to {out.host}:{out.port} by SMTP (TLS: {out.tls})")
    )
    yield "the configuration is right"


def _risks(config: Config) -> Iterator[str]:
    """What is allowed and yet deserves a second thought."""
    if not config.lists:
        yield "there is no [[list]]: every mail will be ignored"
    if not (config.smtp or config.lmtp or config.imap):
        yield "there is no [smtp], [lmtp] or [[imap]]: mail comes in by `threadbridge deliver` alone"
    if config.outgoing.kind == "maildir":
        yield 'outgoing kind is "maildir": no letter leaves this machine'
    if not config.identity.trusted_authserv_id:
        yield (
            "identity.trusted_authserv_id is empty: whoever forges a member's From can post in his name, "
            "unless your MTA refuses such mail"
        )
    if config.web and config.site.url.startswith("http://") and "127.0.0.1" not in config.site.url:
        yield "site.url is http: one-click unsubscription (RFC 8058) needs https"
    for each in config.lists:
        if not each.moderators:
            yield f"list {each.name} has no moderators: what it holds is seen by `threadbridge held list` alone"
    for account in config.imap:
        if account.tls == "none" and account.host not in ("127.0.0.1", "::1", "localhost"):
            yield f"imap {account.host} is read without TLS: password and mail can be overheard"
    secrets = [account.password_file for account in config.imap] + [config.outgoing.password_file]
    for path in filter(None, secrets):
        if path.stat().st_mode & 0o077:
            yield f"{path} can be read by others: chmod 600"
    yield from _taken(config)


def _writable(folder: Path) -> bool:
    """Whether this user may write a folder, or make it."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _taken(config: Config) -> Iterator[str]:
    if not _writable(config.site.data_dir):
        yield f"{config.site.data_dir} cannot be written by this user: run the daemon as another, or change its owner"
    for name in ("smtp", "lmtp", "web"):
        door = getattr(config, name)
        if door and door.port and not free(door.host, door.port):
            yield f"{name} port {door.listen} is in use or not ours to open (is the daemon running?)"


def free(host: str, port: int) -> bool:
    """Whether a port can be listened on just now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def demo(
    data_dir: Annotated[Path, typer.Option("--data-dir", help="Made afresh each time.")] = Path("data/demo"),
    smtp_port: Annotated[int, typer.Option("--smtp-port", help="Where the sample mails go.")] = 8025,
    web_port: Annotated[int, typer.Option("--web-port", help="Where the page is.")] = 8080,
    once: Annotated[bool, typer.Option("--once", help="Stop when all is played.")] = False,
) -> None:
    """Play a sample conversation through the SMTP port, and show what becomes of each mail."""
    from ..demo.play import play
    from .shared import UsageFault

    for what, port, option in (("SMTP", smtp_port, "--smtp-port"), ("web", web_port, "--web-port")):
        if not free("127.0.0.1", port):
            raise UsageFault(
                f"port {port} ({what}) is in use: stop what uses it, or name another one with {option}"
            )
    raise typer.Exit(play(data_dir, smtp_port, web_port, once=once))
