"""digest: who gets a digest when, and what would stand in it."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Annotated

import typer

from .shared import ConfigOption, FormatOption, UsageFault, opened, say, show


def digest(
    config: ConfigOption = None,
    form: FormatOption = None,
    preview: Annotated[
        str,
        typer.Option("--preview", metavar="ADDRESS", help="Write the digest that this person would get now."),
    ] = "",
    to: Annotated[
        Path, typer.Option("--to", metavar="DIR", help="Where a preview is written, as .eml and .html.")
    ] = Path(),
) -> None:
    """List who has posts waiting for a digest, and when they leave; or write one to look at."""
    if preview:
        _preview(config, preview, to)
        return
    with opened(config) as mailroom:
        waiting = mailroom.store.read(lambda tx: [dict(row) for row in tx.digest_waiting()])
        rows = ({**row, "due": _time(row["due"])} for row in waiting)
        show(rows, ("due", "address", "name", "posts", "threads"), form)


def _time(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1_000_000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _preview(config: Path | None, address: str, to: Path) -> None:
    """Two files, named for the address; nothing is sent, and nothing counts as told."""
    from ..errors import Permanent

    with opened(config) as mailroom:
        try:
            raw = mailroom.preview_digest(address)
        except LookupError:
            raise UsageFault(f"nobody here has the address {address}") from None
        except Permanent as nothing:
            raise UsageFault(f"{address}: {nothing}") from None
    mail = message_from_bytes(raw, policy=default)
    page = mail.get_body(("html",)) if isinstance(mail, EmailMessage) else None
    name = "".join(sign if sign.isalnum() or sign in "@.-_" else "-" for sign in address.lower())
    try:
        to.mkdir(parents=True, exist_ok=True)
        (to / f"digest-{name}.eml").write_bytes(raw)
        (to / f"digest-{name}.html").write_text(str(page.get_content()) if page else "", encoding="utf-8")
    except OSError as error:
        raise UsageFault(f"{error.filename}: {error.strerror}") from None
    say("It holds reply addresses of its reader, who alone should have it.")
    print(to / f"digest-{name}.eml")
    print(to / f"digest-{name}.html")
