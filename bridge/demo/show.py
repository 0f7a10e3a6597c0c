"""How the demo tells what happens: a headline for each mail, and below it what became of it."""

from __future__ import annotations

import os
import shutil
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

SHORT = 200
MANY = 3
FOUND = {
    "token": "by its reply address",
    "reference": "by the mail that it names",
    "quote": "by what it quotes",
    "subject": "by its subject",
    "new": "a new thread",
    "orphan": "a new thread",
}
OUTCOMES = {"posted": "green", "held": "yellow", "refused": "red", "ignored": "magenta"}


def greet(console: Console, count: int, port: int) -> None:
    """What is about to be seen."""
    console.print(Rule("threadbridge", style="blue"))
    console.print(
        f"The Larkfield Tool Library talks by mail: {count} mails of a dozen mail programs go through the SMTP port "
        f"{port}; below each stands what became of it.\n"
    )


def _line(console: Console, text: Text) -> None:
    console.print(text, no_wrap=True, overflow="ellipsis")


def headline(console: Console, name: str, message: EmailMessage) -> None:
    """A mail before it is sent: its file name, who wrote it and about what."""
    number, _, rest = name.partition("-")
    about = f"{message['From'].addresses[0].display_name}: {message['Subject']}"
    mail = (f"{number}  {rest.replace('-', ' ')}  ", "bold blue")
    _line(console, Text.assemble(mail, (about, "dim")))


def told(console: Console, story: dict[str, Any] | None) -> None:
    """What became of a mail."""
    if story is None:
        console.print("    nothing yet: see the daemon's log", style="bold red")
        return
    for post in story["posts"]:
        _post(console, post)
    if not story["posts"]:
        outcome = story["outcome"]
        _line(
            console,
            Text.assemble((f"    {outcome:<8}", f"bold {OUTCOMES.get(outcome, '')}"), f" {story['reason']}"),
        )
    for notice in story["notices"]:
        _line(console, Text(f"    told     {notice['address']}: “{notice['subject']}”"))
    console.print()


def _post(console: Console, post: dict[str, Any]) -> None:
    guest = " (guest)" if post["guest"] else ""
    credit = f", words of {post['credit']}" if post["credit"] else ""
    number = f"post {post['post']} in {post['list']}, "
    who = (f"under {post['author']}", "bold")
    _line(console, Text.assemble(("    posted   ", "bold green"), number, who, guest, credit))
    below = f"below {post['parent_author']}’s post {post['parent']}, " if post["parent"] else ""
    _line(console, Text(f"    placed   {below}{FOUND.get(post['placed_by'], post['placed_by'])}"))
    if post["answered_by"]:
        early = ", ".join(str(number) for number in post["answered_by"])
        _line(console, Text(f"    takes    post {early}, an answer that came before it"))
    if post["text"].strip():
        _line(console, Text(f"    reads    {_short(post['text'])}", style="italic"))
    for one in post["attachments"]:
        _line(console, Text(f"    with     {one['name']} ({one['type']}, {one['size']:,} bytes)"))
    for part in post["parts"]:
        if part["folded"]:
            what = f"    folded   {part['kind']} ({part['reason']}): {_short(part['text'])}"
            _line(console, Text(what, style="dim"))
    _line(console, Text(f"    letters  {_names(post['deliveries'])}"))


def _names(deliveries: list[dict[str, Any]]) -> str:
    if not deliveries:
        return "none: whom it is for has it already"
    names = [one["name"] or one["address"] for one in deliveries]
    return ", ".join(names[:MANY]) + (f" and {len(names) - MANY} more" if len(names) > MANY else "")


def _short(text: str, size: int = SHORT) -> str:
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= size else line[: size - 1] + "…"


def letters_of(console: Console, states: dict[str, int]) -> None:
    """How many letters left."""
    console.print(f"{states.get('sent', 0)} letters written, {states.get('waiting', 0)} waiting")


def farewell(console: Console, config: Path, smtp_port: int, web_port: int, *, once: bool) -> None:
    """Where to look now, and what to try."""
    console.print(Rule(style="blue"))
    console.print(f"The page     http://127.0.0.1:{web_port}/", style="bold", soft_wrap=True)
    command = _command()
    for name, what in (
        ("The letters", f"{config.parent / 'outbox'} (a Maildir: nothing leaves this machine)"),
        ("One story", f"{command} trace 5 -c {config}"),
        ("All mails", f"{command} ledger -c {config}"),
        ("Held mails", f"{command} held list -c {config}"),
        (
            "Your turn",
            f"swaks --server 127.0.0.1:{smtp_port} --to general@forum.example --from esme@whitlock.example",
        ),
    ):
        console.print(Text(f"{name:<12} {what}"), soft_wrap=True)
    if not once:
        console.print("It stays up until Ctrl-C.", style="dim")


def _command() -> str:
    """How the command is called from here: it is on the path only where its environment is active."""
    script = Path(sys.executable).with_name("threadbridge")
    if shutil.which("threadbridge") or not script.exists():
        return "threadbridge"
    near = os.path.relpath(script)
    return str(script) if near.startswith("..") else near
