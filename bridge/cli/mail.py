"""deliver and clean: a mail given by hand or by an MTA's pipe, kept or only looked at.

Exit codes of `deliver` are those of sysexits.h, which MTAs read: 0 kept, 67 no such address, 65 the mail is too
large or empty, 77 not allowed, 75 anything that trying again may cure. A faulty configuration is 75 too: mail must
wait for the operator, not bounce.
"""

from __future__ import annotations

import base64
import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO, TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from .shared import EX_TEMPFAIL, ConfigOption, cell, opened_with, printable, say

if TYPE_CHECKING:
    from ..mail.envelope import Envelope
    from ..mail.message import Message
    from ..mailroom import Mailroom
    from ..reply.parts import Reply

EX_DATAERR, EX_NOINPUT, EX_NOUSER, EX_NOPERM = 65, 66, 67, 77
GRAVITY = (EX_TEMPFAIL, EX_NOINPUT, EX_NOUSER, EX_NOPERM, EX_DATAERR, 0)
"""Of several exit codes the first of these is told: a mail that may yet be taken must not bounce."""
FILE_LIMIT = 200_000_000
NULL_SENDERS = ("", "MAILER-DAEMON")
"""How MTAs write the null sender on a command line: the second is Postfix's."""


def deliver(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Mails; without any, one on standard input."),
    ] = None,
    config: ConfigOption = None,
    sender: Annotated[
        str | None,
        typer.Option(
            "--sender",
            "-f",
            metavar="ADDRESS",
            help="Envelope sender; by default $SENDER, Return-Path, or the From address.",
        ),
    ] = None,
    recipient: Annotated[
        list[str] | None,
        typer.Option(
            "--recipient",
            "-r",
            metavar="ADDRESS",
            help="Envelope recipient, repeatable; by default $RECIPIENT, or the headers.",
        ),
    ] = None,
    later: Annotated[bool, typer.Option("--later", help="Only keep it; the daemon reads it.")] = False,
) -> None:
    """Take in mails, as for an MTA's pipe; exit codes of sysexits.h (0 kept, 67 no such address, 75 try later)."""
    from ..config import load
    from ..errors import BridgeError

    try:
        settings = load(config)
        with opened_with(settings) as mailroom:
            given = Given(sender, tuple(recipient or ()), settings.limits.message_bytes)
            sources: list[Path | None] = [*files] if files else [None]
            codes = [_deliver(mailroom, path, given, later) for path in sources]
    except Exception as fault:  # of whatever kind: the MTA keeps the mail and tries again
        say(str(fault) if isinstance(fault, BridgeError) else f"{type(fault).__name__}: {fault}")
        raise typer.Exit(EX_TEMPFAIL) from None
    raise typer.Exit(min(codes, key=GRAVITY.index))


@dataclass(frozen=True, slots=True)
class Given:
    """The envelope as the command line has it, None and () where it has none; and the largest mail in bytes."""

    sender: str | None
    recipients: tuple[str, ...]
    limit: int


def _deliver(mailroom: Mailroom, path: Path | None, given: Given, later: bool) -> int:
    """Keep one mail, read it unless `later`; gives the exit code."""
    from ..errors import Permanent, Refusal

    name = str(path) if path else "standard input"
    try:
        envelope = _envelope(path, given)
        for address in envelope.recipients:
            mailroom.admit(envelope.sender, address)
        ledger_id = mailroom.keep(envelope, "pipe")
        ending = None if later else mailroom.receive(ledger_id)
    except Permanent as refusal:
        say(f"{name}: {refusal.reply}")
        return _exit_code(refusal.status)
    except (Refusal, OSError) as trouble:
        say(f"{name}: {getattr(trouble, 'strerror', None) or trouble}")
        return EX_NOINPUT if path and isinstance(trouble, OSError) and not path.exists() else EX_TEMPFAIL
    except Exception as fault:  # of whatever kind: the MTA keeps the mail and tries again
        say(f"{name}: {type(fault).__name__}: {fault}")
        return EX_TEMPFAIL
    told = f"{ending.outcome}: {ending.reason}" if ending else "waiting"
    print(f"{ledger_id}\t{cell(told)}")
    return 0


def _exit_code(status: str) -> int:
    if status.startswith("5.1"):
        return EX_NOUSER
    return EX_NOPERM if status.startswith("5.7") else EX_DATAERR


def _envelope(path: Path | None, given: Given) -> Envelope:
    """A mail with its two sides: as given, else as the MTA tells in the environment, else as its headers have it."""
    from ..intake.files import pipe
    from ..mail.envelope import Envelope
    from ..mail.sender import header_sender

    if path is None:
        content = pipe(_standard_input(), given.limit)
    else:
        with path.open("rb") as file:
            content = pipe(file, given.limit)
    told = os.environ if path is None else {}
    sender = given.sender if given.sender is not None else told.get("SENDER")
    sender = header_sender(content) if sender is None else _sender(sender, content)
    recipients = given.recipients
    if not recipients and told.get("RECIPIENT"):
        recipients = (told["RECIPIENT"],)
    return Envelope(sender, recipients, content)


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise OSError(errno.EBADF, "it is closed")
    return sys.stdin.buffer


def _sender(told: str, content: bytes) -> str:
    """The sender as an MTA tells it; what is no address and not the null sender is no word on it: the headers are."""
    from ..mail.address import addr_spec
    from ..mail.sender import header_sender

    bare = told.strip("<> ")
    if bare.upper().partition("@")[0] in NULL_SENDERS:
        return ""
    return addr_spec(bare) or header_sender(content)


def clean(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A mail; by default standard input.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", help="What it is: eml, text or html; by default as the file name ends.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object with every part.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read and write JSON lines, many mails at once.")
    ] = False,
) -> None:
    """Show what a mail says to its thread, and what is folded: quotes, signature, disclaimer."""
    from .shared import UsageFault

    with _source(file) as source:
        if jsonl:
            raise typer.Exit(clean_lines(source))
        raw = source.read(FILE_LIMIT)
    kind = kind or {".txt": "text", ".html": "html", ".htm": "html"}.get(
        file.suffix.lower() if file else "", "eml"
    )
    if kind not in ("eml", "text", "html"):
        raise UsageFault(f"--kind {kind}: there are eml, text and html")
    began = perf_counter()
    reply = _cleaned(_message(kind, raw, "", ""))
    milliseconds = round((perf_counter() - began) * 1000, 3)
    if as_json:
        print(json.dumps(_whole(reply, milliseconds), ensure_ascii=False, indent=2))
    elif sys.stdout.isatty():
        _coloured(reply)
    else:
        print(reply.text)


@contextmanager
def _source(file: Path | None) -> Iterator[IO[bytes]]:
    """A file, or standard input. Raises `UsageFault` where the file cannot be read."""
    from .shared import UsageFault

    try:
        with file.open("rb") if file else nullcontext(_standard_input()) as source:
            yield source
    except OSError as error:
        raise UsageFault(f"{file or 'standard input'}: {error.strerror}") from None


def _message(kind: str, raw: bytes, subject: str, sender: str) -> Message:
    from ..mail.parse import bare, parse

    if kind == "eml":
        return parse(raw)
    text = raw.decode("utf-8", "replace")
    if kind == "html":
        return bare(text=None, html=text, subject=subject, sender=sender)
    return bare(text=text, html=None, subject=subject, sender=sender)


def _cleaned(message: Message) -> Reply:
    from ..reply.clean import clean as read

    return read(message)


def _whole(reply: Reply, milliseconds: float) -> dict[str, Any]:
    credit = reply.credit
    return {
        "reply": reply.text,
        "parts": [
            {"kind": part.kind.value, "text": part.text, "folded": part.folded, "reason": part.reason}
            for part in reply.parts
        ],
        "credit": {"name": credit.name, "address": credit.address} if credit else None,
        "ms": milliseconds,
    }


def clean_lines(source: Iterable[bytes]) -> int:
    """Clean a JSON object a line; a line that cannot be read is answered with `error`. Gives the exit code."""
    from ..errors import Permanent

    failed = 0
    for line in source:
        if not line.strip():
            continue
        case: Any = None
        try:
            case = json.loads(line)
            began = perf_counter()
            answer = _answer(case, began)
        except (ValueError, KeyError, TypeError, AttributeError, Permanent) as fault:
            failed = 1
            identity = case.get("id") if isinstance(case, dict) else None
            answer = {"id": identity, "reply": "", "parts": [], "error": f"{type(fault).__name__}: {fault}"}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return failed


def _answer(case: dict[str, Any], began: float) -> dict[str, Any]:
    kind, text = case["kind"], case["input"]
    if kind not in ("eml", "text", "html"):
        raise ValueError(f"kind {kind!r}: there are eml, text and html")
    raw = base64.b64decode(text) if kind == "eml" else text.encode("utf-8", "replace")
    reply = _cleaned(_message(kind, raw, case.get("subject") or "", case.get("sender") or ""))
    return {
        "id": case["id"],
        "reply": reply.text,
        "parts": [{"kind": part.kind.value, "text": part.text} for part in reply.parts],
        "ms": round((perf_counter() - began) * 1000, 3),
    }


def _coloured(reply: Reply) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if reply.credit:
        console.print(Text(f"words of {printable(reply.credit.name)}, forwarded", style="italic"))
    for part in reply.parts:
        if part.folded:
            console.print(Text(f"▸ folded {part.kind.value}: {part.reason}", style="bold yellow"))
        console.print(Text(printable(part.text), style="dim" if part.folded else ""))
