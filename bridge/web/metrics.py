"""Figures for Prometheus, in its text format 0.0.4: counts and ages alone, no address, account or token.

Only for who asks from this machine, and not through a proxy on it, as far as that can be seen.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from ipaddress import ip_address

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from .. import maillog
from ..store import alarms
from ..store.database import Tx
from .room import answer, room

KIND = "text/plain; version=0.0.4; charset=utf-8"
PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


async def metrics(request: Request) -> Response:
    """All figures; 404 for strangers."""
    if not _near(request):
        raise HTTPException(404)

    def build(tx: Tx) -> Response:
        return PlainTextResponse("".join(_figures(tx, room(request).alarms(tx))), media_type=KIND)

    return await answer(request, build)


def _near(request: Request) -> bool:
    if any(name in request.headers for name in PROXIED):
        return False
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _figures(tx: Tx, raised: list[str]) -> Iterator[str]:
    now = time.time_ns() // 1000
    figures = alarms.figures(tx, now)
    yield _gauge("alarms", "What an operator should look at.", [({}, len(raised))])
    mails = [({"outcome": row["outcome"]}, row["n"]) for row in tx.report_outcomes(since=now)]
    yield _gauge("mails", "Mails in the ledger, by outcome.", mails)
    reasons = [({"outcome": row["outcome"], "reason": row["code"]}, row["n"]) for row in figures["reasons"]]
    yield _gauge("mails_last_day", "Mails of 24 hours with a reason, by reason.", reasons)
    letters = [({"state": row["state"]}, row["n"]) for row in tx.report_states()]
    yield _gauge("letters", "Letters, by state.", letters)
    yield _gauge(
        "oldest_mail_seconds", "Age of the oldest mail that waits.", [({}, figures["oldest_mail_seconds"])]
    )
    yield _gauge(
        "oldest_letter_seconds",
        "Age of the oldest letter that is due.",
        [({}, figures["oldest_letter_seconds"])],
    )
    yield _gauge("bounce_rate", "Bounces per letter, last 7 days.", [({}, figures["bounce_rate"])])
    boxes = [
        ({"mailbox": str(n), "state": row["state"]}, row["for_seconds"])
        for n, row in enumerate(figures["imap"])
    ]
    yield _gauge("mailbox_state_seconds", "For how long a mailbox has been in its state.", boxes)
    last = [
        ({"mailbox": str(n)}, row["last_mail_seconds"])
        for n, row in enumerate(figures["imap"])
        if row["last_mail_seconds"] is not None
    ]
    yield _gauge("mailbox_last_mail_seconds", "Since when a mailbox has brought no mail.", last)
    refused = [({"code": code}, n) for code, n in sorted(maillog.refusals.items())]
    yield _gauge("recipients_refused_total", "Refused at the doors since the start.", refused, "counter")


def _gauge(name: str, told: str, samples: Iterable[tuple[dict[str, str], float]], kind: str = "gauge") -> str:
    lines = [f"# HELP threadbridge_{name} {told}", f"# TYPE threadbridge_{name} {kind}"]
    for labels, value in samples:
        pairs = ",".join(f'{key}="{_plain(text)}"' for key, text in labels.items())
        lines.append(f"threadbridge_{name}{{{pairs}}} {value}" if pairs else f"threadbridge_{name} {value}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return "".join(each if each.isalnum() or each in " .-_" else "_" for each in text)
