"""The mail log: one function per fact, each with the id of its mail. No body, no token, no whole address, ever.

`ledger` is the id of a mail that came in, `delivery` that of a letter that leaves; `threadbridge trace` tells the
whole story of either.
"""

from __future__ import annotations

import json as json_text
import logging
import re
import sys
from collections import Counter
from datetime import UTC, datetime
from traceback import format_tb
from typing import Any

ADDRESS = re.compile(r"([^\s<>\"'@:;,]{1,64})@([^\s<>\"'@:;,]{1,255})")
TOKEN = re.compile(r"\b[a-z2-7]{26,60}\b", re.I)
TEXT_LENGTH = 200
CAUSES = 5

log = logging.getLogger("bridge")


class Lines(logging.Formatter):
    """One line a fact: time, level, event, then `key=value`; or all of it as one JSON object."""

    def __init__(self, *, json: bool) -> None:
        super().__init__()
        self._json = json

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record; a traceback follows on lines of its own, or stands in the JSON."""
        time = (
            datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z")
        )
        facts: dict[str, Any] = getattr(record, "facts", {})
        traceback = _traceback(record.exc_info[1]) if record.exc_info else ""
        if self._json:
            whole = {"time": time, "level": record.levelname.lower(), "event": record.getMessage(), **facts}
            return json_text.dumps(
                whole | ({"traceback": traceback} if traceback else {}), ensure_ascii=False
            )
        told = " ".join(f"{key}={_quoted(value)}" for key, value in facts.items())
        return f"{time} {record.levelname.lower():7} {record.getMessage():16} {told}".rstrip() + (
            f"\n{traceback}" if traceback else ""
        )


def _traceback(fault: BaseException | None) -> str:
    """Where a fault came from, and what it is in one short line: what libraries say may hold a whole mail."""
    told: list[str] = []
    while fault is not None and len(told) < CAUSES:
        frames = "".join(format_tb(fault.__traceback__, -30))
        told.append(f"{frames}{what(fault)}")
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "\nbecause of\n".join(told)


def what(fault: BaseException) -> str:
    """A fault as one line that the log may show: the first that it says."""
    return shorten(f"{type(fault).__name__}: {str(fault).partition(chr(10))[0]}")


def _quoted(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return json_text.dumps(text, ensure_ascii=False) if " " in text or not text else text


def configure(*, json: bool = False, level: int = logging.INFO) -> None:
    """Write the log to stderr, as lines for people or as one JSON object a line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(json=json))
    # Libraries log here too; at DEBUG some of them print whole mails.
    logging.raiseExceptions = False  # a log on a full disk must not fill what is left with tracebacks
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    log.setLevel(level)
    # Which line of ours, thread and process said it stands in no line: not looked up, a fact costs a third less.
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False


def _fact(level: int, event: str, *, fault: BaseException | None = None, **facts: Any) -> None:
    log.log(level, event, extra={"facts": facts}, exc_info=fault)


def short(address: str) -> str:
    """An address for the log: its first letter and its domain."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if at else (address and "…")


def shorten(text: str) -> str:
    """What another program said: one line of bounded length, every address and every token in it cut."""
    line = ADDRESS.sub(lambda found: f"{found[1][0]}…@{found[2]}", " ".join(text[:TEXT_LENGTH].split()))
    return TOKEN.sub("…", line)


def daemon_started(roles: list[str]) -> None:
    """All doors are open."""
    _fact(logging.INFO, "started", roles=roles)


def reloaded(later: list[str]) -> None:
    """SIGHUP: the configuration is taken up, but for what only a restart can change."""
    _fact(logging.WARNING if later else logging.INFO, "reloaded", waits_for_a_restart=later)


def not_reloaded(faults: list[str]) -> None:
    """SIGHUP: the new configuration is faulty; the former one holds."""
    _fact(logging.ERROR, "not reloaded", faults=faults)


def daemon_ended(seconds: float) -> None:
    """Something would not end in time: the process ends now. All that was acknowledged is on disk."""
    _fact(logging.WARNING, "ended by force", after_seconds=seconds)


def clock_set(seconds: int) -> None:
    """The time of day was set by so many seconds: what waits was moved with it."""
    _fact(logging.WARNING, "clock set", seconds=seconds)


def daemon_stopping() -> None:
    """The doors close, what is in hand is finished."""
    _fact(logging.INFO, "stopping")


def role_failed(role: str, fault: BaseException) -> None:
    """A role met a fault of ours and goes on."""
    _fact(logging.ERROR, "role failed", role=role, why=what(fault))


def database_made(path: str) -> None:
    """There was no database: a new, empty one begins."""
    _fact(logging.INFO, "new database", path=path)


def database_upgraded(migrations: list[str]) -> None:
    """The tables are as this version needs them; a copy from before lies in `backups`."""
    _fact(logging.WARNING, "upgraded", migrations=migrations)


def database_trouble(path: str, trouble: str, fault: BaseException) -> None:
    """Nothing can be written: senders are told 4xx and try again. Damage needs an operator."""
    level = logging.CRITICAL if trouble == "damaged" else logging.ERROR
    cure = {
        "damaged": "stop the daemon and restore a backup",
        "no room": "make room on the disk; it goes on by itself",
        "in use": "another program holds it; it goes on by itself",
        "not writable": "look at the disk and at the owner of the file",
    }.get(trouble, "")
    _fact(level, "database trouble", path=path, trouble=trouble, why=what(fault), cure=cure)


def database_well(path: str) -> None:
    """The database takes writes again."""
    _fact(logging.WARNING, "database well", path=path)


refusals: Counter[str] = Counter()
"""The recipients that this process refused at its doors since it began, by code, as in "550 5.1.1"."""


def refused(sender: str, recipient: str, reply: str) -> None:
    """A recipient was refused at the door."""
    refusals[reply[:9]] += 1
    _fact(
        logging.INFO,
        "refused at the door",
        sender=short(sender),
        recipient=short(recipient),
        reply=reply,
    )


def accepted(ledger: int, via: str, sender: str, recipients: int) -> None:
    """A mail is on disk and acknowledged."""
    _fact(logging.INFO, "accepted", ledger=ledger, via=via, sender=short(sender), recipients=recipients)


def walked(ledger: int, outcome: str, code: str, ms: float) -> None:
    """A mail has its outcome."""
    _fact(logging.INFO, "walked", ledger=ledger, outcome=outcome, code=code, ms=ms)


def walk_failed(ledger: int, tries: int, fault: BaseException) -> None:
    """A walk met a fault of ours; the mail is walked again, or parked."""
    _fact(logging.ERROR, "walk failed", ledger=ledger, tries=tries, fault=fault)


def reader_lost(why: str) -> None:
    """A mail cost the process that read it: it is read once more, then parked."""
    _fact(logging.WARNING, "reader lost", why=why)


def picture_left(attachment: int, why: str) -> None:
    """A picture gets no thumbnail, and is not tried again: pages name it among the files."""
    _fact(logging.WARNING, "picture left", attachment=attachment, why=shorten(why))


def sent(letters: int) -> None:
    """The relay has taken so many letters: one line a batch, for `trace` tells of each."""
    _fact(logging.DEBUG, "sent", letters=letters)


def deferred(delivery: int, answer: str) -> None:
    """The relay could not take a letter now; it is tried again."""
    _fact(logging.INFO, "deferred", delivery=delivery, answer=shorten(answer))


def failed(delivery: int, answer: str) -> None:
    """A letter will not be sent: refused for good, tried too often, or not to be composed."""
    _fact(logging.WARNING, "failed", delivery=delivery, answer=shorten(answer))


def relay_not_reached(reply: str, seconds: float) -> None:
    """No relay is to be had; all letters wait so long."""
    _fact(logging.WARNING, "relay not reached", reply=shorten(reply), wait_seconds=seconds)


def door_fault(stage: str, fault: BaseException) -> None:
    """Something of ours broke while a client was served; it was told 4xx."""
    _fact(logging.ERROR, "door fault", stage=stage, fault=fault)


def imap_state(account: str, state: str) -> None:
    """What a mailbox's poller does: connected, idle, waiting, refused."""
    _fact(logging.INFO, "imap", account=short(account), state=state)


def imap_skipped(account: str, uid: int, size: int, why: str) -> None:
    """A mail is larger than we take, or the server cannot give it; it stays in the mailbox."""
    _fact(logging.WARNING, f"imap mail {why}", account=short(account), uid=uid, size=size)


def imap_trouble(account: str, why: str) -> None:
    """A mailbox cannot be read, or a mail in it not be marked: in the words of server or library."""
    _fact(logging.WARNING, "imap trouble", account=short(account), why=shorten(why))


def alarm(what: str) -> None:
    """Something has been wrong for so long that an operator should look; said once."""
    _fact(logging.ERROR, "alarm", what=what)


def alarm_over(what: str) -> None:
    """What an alarm was about is well again."""
    _fact(logging.WARNING, "alarm over", what=what)


def page_failed(page: str, fault: BaseException) -> None:
    """A page met a fault of ours; its reader was told 500. `page` is the first part of the path: no token."""
    _fact(logging.ERROR, "page failed", page=page, fault=fault)


def standing(address: str, before: str, after: str, score: float) -> None:
    """How an address stands has changed: by a bounce, or by time."""
    _fact(logging.INFO, "standing", address=short(address), before=before, after=after, score=score)


def refused_by_policy(domain: str, answer: str, *, told: bool) -> None:
    """A mail system refuses us by its rules: look at SPF, DKIM, DMARC and block lists. `told`: by mail, too."""
    _fact(
        logging.WARNING if told else logging.ERROR, "refused by policy", domain=domain, answer=shorten(answer)
    )
