"""The whole examination, in the order in which a mail meets what is examined."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING

from ..config import Config
from ..config.values import resolver_at
from ..daemon.opening import DATABASE
from ..daemon.trust import EXTRA, present, registered, resolver, signing_keys
from ..errors import ConfigError, Temporary
from ..fanout.letter import NoticeLetter
from ..thumbnails.process import Drawer
from . import machine, settings
from .certificates import certificates
from .finding import Finding, fail, ok, warn
from .front import front
from .relay import relay
from .roundtrip import Signers, ours, returned

if TYPE_CHECKING:
    from ..dns.resolver import Resolver


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator asks for beyond the usual."""

    send: str = ""
    """An address that gets a probe."""
    resolver: str = ""
    leaving: tuple[str, ...] = ()
    """The IP addresses that letters leave from."""
    network: bool = True
    front: tuple[str, int] | None = None
    """Host and port of the mail server in front of ours, to be asked as a stranger asks it."""


def examine(config: Config, wishes: Wishes, now: int) -> Iterator[Finding]:
    """Look at everything; `now` in microseconds UTC. Nothing is changed, and nothing is sent but a probe asked for."""
    moment = datetime.fromtimestamp(now / 1_000_000, UTC)
    faults = list(settings.faults(config, moment))
    yield from faults or [ok("config", "the configuration is right")]
    yield from settings.modes(config)
    yield from settings.risks(config)
    yield from (found for found in certificates(config, moment) if found.level != "FAIL")
    yield from machine.disk(config)
    yield from machine.pictures(config, Drawer().draw if present("PIL") else None)
    yield from machine.database(config, config.site.data_dir / DATABASE, now)
    yield from machine.ports(config)
    yield from machine.postfix()
    if wishes.network:
        yield from _names(config, wishes)
        yield from _servers(config, wishes, now)


def _names(config: Config, wishes: Wishes) -> Iterator[Finding]:
    if not present("dns", "spf", "cryptography", "publicsuffixlist"):
        yield warn(
            "dns", f"what the DNS says {EXTRA}", "or ask your provider's tools for MX, SPF, DKIM, DMARC"
        )
        return
    from .names import records

    try:
        keys = signing_keys(config)
    except ConfigError:
        keys = ()  # told already
    yield from records(config, _asked(config, wishes), keys, _leaving(config, wishes), registered)


def _leaving(config: Config, wishes: Wishes) -> tuple[str, ...]:
    """The addresses that letters leave from: as told, else the relay's where it is another machine's."""
    if wishes.leaving:
        return wishes.leaving
    try:
        address = ip_address(config.outgoing.host)
    except ValueError:
        return ()
    return () if address.is_loopback or address.is_private else (str(address),)


def _servers(config: Config, wishes: Wishes, now: int) -> Iterator[Finding]:
    if wishes.front:
        yield from front(config, *wishes.front, now)
    if config.outgoing.kind == "smtp":
        found = list(relay(config, _probe(config, wishes.send, now) if wishes.send else b"", wishes.send))
        yield from found
        if ours(config, wishes.send) and not any(each.level == "FAIL" for each in found):
            path = config.site.data_dir / DATABASE
            yield from returned(config, path, _probe_id(config, now), _signers(config, wishes, now))
    elif wishes.send:
        yield fail(
            "relay", 'outgoing kind is "maildir": no probe can be sent', 'set [outgoing] kind = "smtp"'
        )
    if config.imap:
        from .mailboxes import mailboxes

        yield from mailboxes(config)


def _signers(config: Config, wishes: Wishes, now: int) -> Signers | None:
    if not present("dns", "spf", "cryptography", "publicsuffixlist"):
        return None
    from ..dns.checks import signed_by

    def signers(raw: bytes) -> tuple[str, ...]:
        with suppress(Temporary):
            return signed_by(raw, config.site.domain, _asked(config, wishes), registered, now // 1_000_000)
        return ()

    return signers


def _asked(config: Config, wishes: Wishes) -> Resolver:
    from ..dns.resolver import Resolver

    return Resolver(resolver_at(wishes.resolver)) if wishes.resolver else resolver(config)


def _probe_id(config: Config, now: int) -> str:
    return f"probe.{now}@{config.site.domain}"


def _probe(config: Config, to: str, now: int) -> bytes:
    """A letter as we send them, signed where we sign."""
    from ..fanout.compose import compose_notice
    from ..posting.site import Site

    site = Site(config.site.name, config.site.domain, config.site.url)
    text = "This is a probe of threadbridge doctor. In its headers one can see whether it was signed on its way.\n"
    letter = compose_notice(
        NoticeLetter(
            site=site, to_address=to, subject="A probe of threadbridge doctor", text=text,
            message_id=_probe_id(config, now), in_reply_to="", date=now, from_name=config.site.name,
        )
    )  # fmt: skip
    keys = signing_keys(config)
    if keys:
        from ..fanout.dkim import signed

        letter = signed(letter, keys, now // 1_000_000)
    return letter.fill({})
