"""The mail log: one function per fact, each with the id of its mail. No body, no token, no whole address, ever.

`ledger` is the id of a mail that came in, `delivery` that of a letter that leaves; `threadbridge trace` tells the
whole story of either.
"""

from __future__ import annotations

import logging
import re
import sys

import structlog

ADDRESS = re.compile(r"([^\s<>\"'@:;,]{1,64})@([^\s<>\"'@:;,]{1,255})")
TEXT_LENGTH = 200

log = structlog.get_logger("bridge")


def configure(*, json: bool = False, level: int = logging.INFO) -> None:
    """Write the log to stderr: aligned lines with colours on a terminal, or one JSON object a line."""
    shape: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            shape,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries log through the standard module; at DEBUG some of them print whole mails.
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, force=True)


def short(address: str) -> str:
    """An address for the log: its first letter and its domain."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if at else (address and "…")


def shorten(text: str) -> str:
    """What another program said: one line of bounded length, every address (and so every token) in it cut."""
    return ADDRESS.sub(lambda found: f"{found[1][0]}…@{found[2]}", " ".join(text[:TEXT_LENGTH].split()))


def daemon_started(roles: list[str]) -> None:
    """All doors are open."""
    log.info("started", roles=roles)


def daemon_stopping() -> None:
    """The doors close, what is in hand is finished."""
    log.info("stopping")


def role_failed(role: str, fault: BaseException) -> None:
    """A role met a fault of ours and goes on."""
    log.error("role failed", role=role, fault=f"{type(fault).__name__}: {fault}"[:300])


def refused(via: str, sender: str, recipient: str, reply: str) -> None:
    """A recipient or a mail was refused at the door."""
    log.info("refused at the door", via=via, sender=short(sender), recipient=short(recipient), reply=reply)


def accepted(ledger: int, via: str, sender: str, recipients: int) -> None:
    """A mail is on disk and acknowledged."""
    log.info("accepted", ledger=ledger, via=via, sender=short(sender), recipients=recipients)


def walked(ledger: int, outcome: str, code: str, ms: float) -> None:
    """A mail has its outcome."""
    log.info("walked", ledger=ledger, outcome=outcome, code=code, ms=ms)


def walk_failed(ledger: int, tries: int, fault: BaseException) -> None:
    """A walk met a fault of ours; the mail is walked again, or parked."""
    log.error("walk failed", ledger=ledger, tries=tries, exc_info=fault)


def sent(delivery: int, answer: str) -> None:
    """The relay has taken a letter."""
    log.debug("sent", delivery=delivery, answer=shorten(answer))


def deferred(delivery: int, answer: str) -> None:
    """The relay could not take a letter now; it is tried again."""
    log.info("deferred", delivery=delivery, answer=shorten(answer))


def failed(delivery: int, answer: str) -> None:
    """A letter will not be sent: refused for good, tried too often, or not to be composed."""
    log.warning("failed", delivery=delivery, answer=shorten(answer))


def relay_not_reached(reply: str, seconds: float) -> None:
    """No relay is to be had; all letters wait so long."""
    log.warning("relay not reached", reply=shorten(reply), wait_seconds=seconds)


def door_fault(stage: str, fault: BaseException) -> None:
    """Something of ours broke while a client was served; it was told 4xx."""
    log.error("door fault", stage=stage, exc_info=fault)


def imap_state(account: str, state: str) -> None:
    """What a mailbox's poller does: connected, idle, waiting, refused."""
    log.info("imap", account=short(account), state=state)


def imap_skipped(account: str, uid: int, size: int) -> None:
    """A mail is larger than we take; it stays in the mailbox."""
    log.warning("imap mail too large", account=short(account), uid=uid, size=size)


def imap_trouble(account: str, why: str) -> None:
    """A mailbox cannot be read, or a mail in it not be marked: in the words of server or library."""
    log.warning("imap trouble", account=short(account), why=shorten(why))


def page_failed(page: str, fault: BaseException) -> None:
    """A page met a fault of ours; its reader was told 500. `page` is the first part of the path: no token."""
    log.error("page failed", page=page, exc_info=fault)
