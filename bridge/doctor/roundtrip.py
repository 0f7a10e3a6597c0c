"""A probe that is sent to a list of ours leaves by the relay and comes back: who signed it, and who vouched for it?

The bridge keeps it, and ignores it as the mail of a robot; here its ledger row is awaited, and what was kept is read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ..config import Config
from ..mail.parse import parse
from ..posting.authentication import trusted
from ..store.health import kept
from .finding import Finding, fail, ok, warn

SECONDS = 60.0
PAUSE = 0.5
Signers = Callable[[bytes], tuple[str, ...]]
"""The domains whose signatures on a mail hold and may speak for ours, as the DNS says now."""


def ours(config: Config, address: str) -> bool:
    """Whether mail to this address comes back to us."""
    return address.lower() in {each.address.lower() for each in config.lists}


def returned(
    config: Config, path: Path, message_id: str, signers: Signers | None, seconds: float = SECONDS
) -> Iterator[Finding]:
    """What became of the probe; `path` is the database, and without `signers` the DNS is not asked."""
    about = "probe"
    began = time.monotonic()
    while (raw := kept(path, message_id)) is None:
        if time.monotonic() - began > seconds:
            told = f"it did not come back within {seconds:.0f} s"
            yield fail(about, told, "is the daemon running? what do the logs and queues of the servers say?")
            return
        time.sleep(PAUSE)
    yield ok(about, f"it came back after {time.monotonic() - began:.0f} s")
    yield from _signed(config, about, raw, signers)
    yield from _vouched(config, about, raw)


def _signed(config: Config, about: str, raw: bytes, signers: Signers | None) -> Iterator[Finding]:
    domain = config.site.domain
    if not parse(raw).headers.get("dkim-signature"):
        cure = "let the relay sign, or sign here (dkim_key_file, docs/howto-postfix.md)"
        yield fail(about, "nobody signed it: large providers refuse such letters", cure)
    elif signers is None:
        yield ok(about, "it is signed; whether the signature holds needs the DNS")
    elif good := signers(raw):
        yield ok(about, f"it is signed by {', '.join(dict.fromkeys(good))}, and that holds")
    else:
        told = f"no signature on it holds in the name of {domain}"
        cure = "is the key in the DNS the one that signs? does a server change letters after it signed them?"
        yield fail(about, told, cure)


def _vouched(config: Config, about: str, raw: bytes) -> Iterator[Finding]:
    name = config.identity.trusted_authserv_id
    if not name:
        return
    message = parse(raw)
    found = trusted(message.headers, f"postmaster@{config.site.domain}", name)
    if found.passed:
        yield ok(about, f"{name} vouches for it: {found.result}")
    else:
        told = f"there is no Authentication-Results of {name} that vouches for it"
        cure = (
            "does it leave out mail of its own machine? else members' mail is held: see trusted_authserv_id"
        )
        yield warn(about, told, cure)
