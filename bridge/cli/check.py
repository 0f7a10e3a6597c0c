"""check and doctor: whether the configuration is right, and whether what it stands on is well."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import ConfigOption, Format, FormatOption, UsageFault, printable, say

if TYPE_CHECKING:
    from ..config import Config


def check(config: ConfigOption = None) -> None:
    """Check the configuration and the files that it names, and say what it means and what it risks."""
    from datetime import UTC, datetime

    from ..config import load
    from ..doctor import machine, settings

    found = load(config)
    faults = list(settings.faults(found, datetime.now(UTC)))
    for fault in faults:
        say(f"{config or 'config.toml'}: {fault.told}; {fault.cure}")
    if faults:
        raise typer.Exit(2)
    for line in _meaning(found):
        print(line)
    for risk in (*settings.risks(found), *settings.modes(found)):
        if risk.level != "ok":
            say(f"note: {risk.told}: {risk.cure}")
    for name in ("smtp", "lmtp", "web"):
        door = getattr(found, name)
        if door and door.port and (why := machine.closed_by(door.host, door.port)):
            told, cure = machine.WHY_CLOSED[why]
            running = " (is the daemon running?)" if why == "taken" else ""
            say(f"note: {name} port {door.listen} cannot be had: {told}{running}: {cure}")


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
    if config.identity.verify:
        yield "SPF, DKIM and DMARC of what comes by SMTP are checked by ourselves"
    yield "the configuration is right"


def doctor(
    config: ConfigOption = None,
    format: FormatOption = None,
    send: Annotated[
        str,
        typer.Option("--send", metavar="ADDRESS", help="Send a probe there; to a list, and it is awaited."),
    ] = "",
    address: Annotated[
        list[str] | None,
        typer.Option("--address", metavar="IP", help="An address that letters leave from, for SPF and PTR."),
    ] = None,
    resolver: Annotated[
        str, typer.Option("--resolver", metavar="IP[:PORT]", help="The DNS resolver to ask.")
    ] = "",
    front: Annotated[
        str, typer.Option("--front", metavar="HOST[:PORT]", help="The mail server in front, to be probed.")
    ] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Ask no other machine.")] = False,
) -> None:
    """Examine all that the bridge stands on: one line for each finding; ends with 0 (well), 1 (warnings) or 2."""
    from ..config import load
    from ..doctor.examine import Wishes, examine
    from ..doctor.finding import exit_code

    wishes = Wishes(_address(send), _resolver(resolver), _leaving(address or []), not offline, _front(front))
    found = []
    for finding in examine(load(config), wishes, time.time_ns() // 1000):
        found.append(finding)
        if format is Format.JSONL:
            row = {"level": finding.level, "about": finding.about, "told": finding.told, "cure": finding.cure}
            print(json.dumps(row, ensure_ascii=False), flush=True)
        else:
            print(printable(str(finding)), flush=True)
    raise typer.Exit(exit_code(found))


def _address(raw: str) -> str:
    from ..mail.address import addr_spec

    address = addr_spec(raw) if raw else ""
    if address is None:
        raise UsageFault(f"--send {raw!r} is no mail address")
    return address


def _resolver(raw: str) -> str:
    from ..config.values import resolver_at

    if raw and resolver_at(raw) is None:
        raise UsageFault(f'--resolver {raw!r} is no IP address, as in "127.0.0.1" or "127.0.0.1:5353"')
    return raw


def _front(raw: str) -> tuple[str, int] | None:
    host, _, port = raw.rpartition(":") if raw.count(":") == 1 else (raw, "", "25")
    if raw and not (host.strip() and port.isdecimal() and 0 < int(port) < 65536):
        raise UsageFault(f'--front {raw!r} is no host, as in "mx.example.org" or "mx.example.org:25"')
    return (host.strip("[]"), int(port)) if raw else None


def _leaving(raw: list[str]) -> tuple[str, ...]:
    from ipaddress import ip_address

    try:
        return tuple(str(ip_address(each)) for each in raw)
    except ValueError as fault:
        raise UsageFault(f"--address {fault}") from None
