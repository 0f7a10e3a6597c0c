"""ledger, trace, queue, stats: what became of each mail, and how things stand."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from .shared import NUMBER_MOST, ConfigOption, Format, FormatOption, UsageFault, opened, printable, say, show

OUTCOMES = ("posted", "held", "refused", "command", "bounce", "ignored", "parked", "waiting")
STATES = ("waiting", "sent", "failed", "cancelled", "digest", "digested")


def _one_of(value: str, known: tuple[str, ...], option: str) -> str:
    if value and value not in known:
        raise UsageFault(f"{option} {value}: there are {', '.join(known)}")
    return value


def ledger(
    config: ConfigOption = None,
    form: FormatOption = None,
    outcome: Annotated[str, typer.Option("--outcome", help=f"Only these: {', '.join(OUTCOMES)}.")] = "",
    last: Annotated[
        int, typer.Option("--last", "-n", min=0, max=NUMBER_MOST, help="Only the last so many; 0 for all.")
    ] = 0,
) -> None:
    """List the mails that came in, each with its outcome and the reason."""
    from ..store import reports

    _one_of(outcome, OUTCOMES, "--outcome")
    with opened(config) as mailroom:
        rows = reports.mails(mailroom.store, outcome, last)
        show(
            rows,
            ("id", "received", "via", "sender", "outcome", "reason", "posts", "message_id"),
            form,
            spare=("message_id",),
        )


def trace(
    mail: Annotated[
        str, typer.Argument(metavar="MESSAGE-ID|LEDGER-ID", help="With or without angle brackets.")
    ],
    config: ConfigOption = None,
    form: FormatOption = None,
) -> None:
    """Tell a mail's whole story: how it came, verdict and why, what was folded, its post, each letter."""
    from ..mail.parse import known_as, message_id_of
    from ..store import reports
    from .story import tell

    with opened(config) as mailroom:
        stories = reports.story(mailroom.store, mail)
        if not stories and (read := known_as(mail) or known_as(f"<{mail}>")):  # out of an odd header
            stories = reports.story(mailroom.store, read) or [
                story
                for ledger_id, raw in reports.unread(mailroom.store)
                if message_id_of(raw) == read
                for story in reports.story(mailroom.store, str(ledger_id))
            ]
    if not stories:
        say(f"no mail {mail!r} has come in or gone out; `threadbridge ledger` lists all that came in")
        raise typer.Exit(1)
    if form is Format.JSONL:
        for story in stories:
            print(json.dumps(story, ensure_ascii=False))
        return
    lines = [line for story in stories for line in tell(story)]
    if not sys.stdout.isatty():
        print("\n".join(printable(text) for text, _ in lines))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for text, style in lines:
        console.print(Text(printable(text), style=style))


def queue(
    config: ConfigOption = None,
    form: FormatOption = None,
    state: Annotated[
        str, typer.Option("--state", help=f"One of {', '.join(STATES)}; by default waiting and failed.")
    ] = "",
    last: Annotated[
        int, typer.Option("--most", "-n", min=1, max=NUMBER_MOST, help="At most so many lines.")
    ] = 1000,
) -> None:
    """List letters that wait or failed, each with the last answer."""
    from ..store import reports

    _one_of(state, STATES, "--state")
    with opened(config) as mailroom:
        rows = reports.queue(mailroom.store, state, last)
        show(
            rows,
            ("id", "state", "due", "attempts", "address", "list", "subject", "answer"),
            form,
            spare=("list",),
        )


def stats(config: ConfigOption = None, form: FormatOption = None) -> None:
    """Show figures: lists, mails by outcome and reason, letters by state, mailboxes, what waits how long, sizes."""
    from ..store import reports

    with opened(config) as mailroom:
        figures = reports.stats(mailroom.store, mailroom.now())
    if form is Format.JSONL:
        print(json.dumps(figures, ensure_ascii=False))
        return
    lists, mails, letters = figures.pop("lists"), figures.pop("mails"), figures.pop("letters")
    mailboxes, reasons = figures.pop("imap"), figures.pop("reasons")
    mails = [{**row, "last_24_hours": row["lately"]} for row in mails]
    show(lists, ("name", "threads", "posts", "subscribers", "last_post"), form, "Lists")
    show(mails, ("outcome", "n", "last_24_hours"), form, "Mails that came in")
    show(reasons, ("outcome", "code", "n"), form, "Reasons, last 24 hours")
    show(letters, ("state", "n", "next"), form, "Letters")
    if mailboxes:
        show(mailboxes, ("account", "state", "for_seconds", "last_mail_seconds"), form, "Mailboxes")
    show([{"figure": key, "n": value} for key, value in figures.items()], ("figure", "n"), form, "Sizes")
