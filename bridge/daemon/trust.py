"""What the configuration says of trust: the keys that sign our letters, and who checks whose a mail is.

The libraries that this needs are the extra `auth`; without them a configuration that asks for it is refused with a
line that says so. Key files are read when the daemon starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Config
from ..config.values import resolver_at
from ..errors import ConfigError
from ..mailroom.vouching import Vouching
from ..store.ledger import Entry

if TYPE_CHECKING:
    from ..dns.resolver import Resolver
    from ..fanout.dkim import Key
    from ..fanout.letter import Letter
    from ..posting.authentication import Vouched
    from ..store.queue import Due

EXTRA = "needs the extra `auth`: pip install 'threadbridge[auth]'"


def key_faults(config: Config) -> list[str]:
    """What is wrong with the keys and libraries that the configuration asks for, a line each."""
    faults = []
    if config.identity.verify and not present("dns", "spf", "cryptography"):
        faults.append(f"[identity] verify = true {EXTRA}")
    for option, _, path in _named(config):
        if not present("cryptography"):
            faults.append(f"[outgoing] {option} {EXTRA}")
        elif fault := _key_fault(option, path):
            faults.append(f"[outgoing] {option} {fault}")
    return faults


def _key_fault(option: str, path: Path) -> str:
    from ..fanout.dkim import Key, read_key

    try:
        rsa = Key("", "", read_key(path.read_bytes())).algorithm == "rsa-sha256"
    except OSError as fault:
        return f"{path} cannot be read ({fault.strerror}); let the daemon's user read it"
    except ValueError as fault:
        return f"{path} {fault}"
    if rsa == ("ed25519" in option):
        return f"{path} holds {'an RSA' if rsa else 'an Ed25519'} key; that is the other option's"
    return ""


def signing_keys(config: Config) -> tuple[Key, ...]:
    """The keys that sign letters, none where the MTA does. Raises `ConfigError`."""
    if faults := key_faults(config):
        raise ConfigError(faults)
    if not _named(config):
        return ()
    from ..fanout.dkim import Key, read_key

    domain = config.outgoing.dkim_domain or config.site.domain
    return tuple(Key(domain, selector, read_key(path.read_bytes())) for _, selector, path in _named(config))


def _named(config: Config) -> list[tuple[str, str, Path]]:
    """(option, selector, file) of each key."""
    out = config.outgoing
    both = (
        ("dkim_key_file", out.dkim_selector, out.dkim_key_file),
        ("dkim_ed25519_key_file", out.dkim_ed25519_selector, out.dkim_ed25519_key_file),
    )
    return [(option, selector, path) for option, selector, path in both if path is not None]


def signing(
    config: Config, compose: Callable[[Due], Letter], seconds: Callable[[], float]
) -> Callable[[Due], Letter]:
    """`compose`, with signatures and seals in its letters as the configuration asks. Raises `ConfigError`."""
    keys = signing_keys(config)
    if not keys:
        return compose
    from ..fanout.arc import sealed
    from ..fanout.dkim import signed

    def both(due: Due) -> Letter:
        now = int(seconds())
        letter = signed(compose(due), keys, now)
        if not config.outgoing.arc or letter.vouched is None:
            return letter
        return sealed(letter, keys[0], config.site.domain, now)  # an RSA key stands first

    return both


@contextmanager
def vouching(config: Config) -> Iterator[Vouching]:
    """Who checks whose a mail is. Raises `ConfigError` where a library for it is missing."""
    organizational = registered if present("publicsuffixlist") else None
    if not config.identity.verify:
        yield Vouching(organizational=organizational)
        return
    if not present("dns", "spf", "cryptography"):
        raise ConfigError([f"[identity] verify = true {EXTRA}"])
    from ..dns.checks import Sent
    from ..dns.verifier import Verifier

    verifier = Verifier(resolver(config), organizational)

    def verify(entry: Entry, content: bytes) -> Vouched | None:
        peer, _, helo = entry.account.partition(" ")
        return verifier.ask(entry.id, Sent(peer, helo, entry.sender, content))

    try:
        yield Vouching(verify, organizational)
    finally:
        verifier.close()


def resolver(config: Config) -> Resolver:
    """The resolver that the configuration names, else the system's."""
    from ..dns.resolver import Resolver

    return Resolver(resolver_at(config.identity.resolver) if config.identity.resolver else None)


def registered(domain: str) -> str:
    """The registered domain that a domain belongs to, by the public suffix list; "" for a suffix."""
    return _suffixes()(domain) or ""


@cache
def _suffixes() -> Callable[[str], str | None]:
    from publicsuffixlist import PublicSuffixList

    known: Callable[[str], str | None] = PublicSuffixList().privatesuffix
    return known


def present(*modules: str) -> bool:
    """Whether these libraries are installed."""
    return all(find_spec(module) is not None for module in modules)
