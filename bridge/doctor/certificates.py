"""The certificates of the doors: whether they can be read, fit their key, are valid now, whole, and bear our name."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..config import Config
from .finding import Finding, fail, ok, warn

SOON = timedelta(days=14)
RENEW = "renew it, and restart the daemon"


def certificates(config: Config, now: datetime) -> Iterator[Finding]:
    """What is to be said of each door's certificate."""
    for name in ("smtp", "lmtp"):
        door = getattr(config, name)
        if door and door.certificate and door.key:
            yield from _certificate(f"tls {name}", name, door.certificate, door.key, config.site.domain, now)


def _certificate(
    about: str, section: str, path: Path, key: Path, domain: str, now: datetime
) -> Iterator[Finding]:
    fault = f"[{section}] certificate, key"
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(path, key, password="")
    except ssl.SSLError as error:
        reason = (error.reason or "no PEM").lower().replace("_", " ")
        cure = "name the files that your CA gave you"
        yield fail(about, f"{fault}: they do not make a pair in PEM ({reason})", cure)
        return
    except OSError as error:
        yield fail(about, f"{fault}: cannot be read ({error.strerror})", "let the daemon's user read them")
        return
    if find_spec("cryptography") is None:
        yield ok(about, f"{path.name} and its key make a pair (the extra `auth` would say more)")
        return
    from cryptography import x509

    chain = x509.load_pem_x509_certificates(path.read_bytes())
    found = [
        *_dates(about, section, chain[0], now),
        *_names(about, chain[0], domain),
        *_chain(about, section, chain),
    ]
    yield from found
    if not found:
        yield ok(about, f"{path.name} is valid until {chain[0].not_valid_after_utc:%Y-%m-%d}")


def _dates(about: str, section: str, leaf: Any, now: datetime) -> Iterator[Finding]:
    ends, begins = leaf.not_valid_after_utc, leaf.not_valid_before_utc
    if ends < now:
        yield fail(about, f"[{section}] certificate ended on {ends:%Y-%m-%d}", RENEW)
    elif ends < now + SOON:
        yield warn(about, f"[{section}] certificate ends on {ends:%Y-%m-%d}", RENEW)
    if begins > now:
        yield fail(
            about, f"[{section}] certificate begins on {begins:%Y-%m-%d}", "set the clock right, or wait"
        )


def _names(about: str, leaf: Any, domain: str) -> Iterator[Finding]:
    from cryptography import x509

    try:
        found = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = [name.lower() for name in found.get_values_for_type(x509.DNSName)]
    except x509.ExtensionNotFound:
        names = []
    # the MX of a domain mostly bears a name below it
    fits = any(name == domain or name.endswith("." + domain) for name in names)
    if not fits:
        told = f"the certificate is for {', '.join(names[:5]) or 'no name'}, not for {domain}"
        yield warn(about, told, "that is right only if the MX of the domain bears that name")


def _chain(about: str, section: str, chain: list[Any]) -> Iterator[Finding]:
    leaf = chain[0]
    if leaf.issuer == leaf.subject:
        yield warn(
            about, "the certificate is signed by itself", "strict senders will not come: get one of a CA"
        )
    elif len(chain) == 1:
        cure = "name the file that holds both (fullchain.pem)"
        yield warn(about, "the certificate stands alone, without those of its issuers", cure)
    for below, above in pairwise(chain):
        try:
            below.verify_directly_issued_by(above)
        except Exception:
            told = f"the chain is broken, what stands after {_common(below)} is not its issuer's"
            yield fail(about, f"[{section}] certificate: {told}", "put them in order, each before its issuer")
            return


def _common(certificate: Any) -> str:
    return str(certificate.subject.rfc4514_string())[:100]
