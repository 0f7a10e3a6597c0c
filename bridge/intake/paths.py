"""The arguments of MAIL and RCPT (RFC 5321 section 4.1.2, RFC 6531): <path>, then parameters.

Strict where relaying or confusion could begin: no source routes, no bare addresses, no controls, one at-sign.
Lenient where honest senders are: dots at odd places in a local part, underscores in a domain, a blank after
the colon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import Permanent

_ARGUMENT = re.compile(r"(FROM|TO): ?<([^<>\x00-\x1f\x7f]{0,512})>(.{0,512})", re.IGNORECASE | re.DOTALL)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\x80-\U0010ffff-]{1,255}")
_QUOTED = re.compile(r'"(?:[\x20\x21\x23-\x5b\x5d-\x7e\x80-\U0010ffff]|\\[\x20-\x7e]){0,255}"')
_DOMAIN = re.compile(r"[A-Za-z0-9_.\x80-\U0010ffff-]{1,255}|\[[A-Za-z0-9.:-]{2,64}\]")
# C1 controls, line ends, wide blanks and marks that turn the writing round: in no address that a person has.
_UNSEEN = re.compile("[\x80-\xa0\u2028-\u202f\u2066-\u2069]")
_PARAMETER = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,63})(?:=([\x21-\x3c\x3e-\x7e]{1,512}))?")


@dataclass(frozen=True, slots=True)
class Path:
    """The address (`""` for `<>`) and the parameters, upper-cased, `""` where one has no value."""

    address: str
    parameters: dict[str, str]


def mail_path(argument: str) -> Path:
    """Read `FROM:<path> [parameters]`; raises Permanent."""
    path, parameters = _split(argument, "FROM")
    utf8 = "SMTPUTF8" in parameters
    if path and not _is_address(path):
        raise Permanent("not a sender address", code=553, status="5.1.7")
    _check_ascii(path, utf8)
    return Path(path, parameters)


def recipient_path(argument: str, *, utf8: bool, postmaster: str) -> Path:
    """Read `TO:<path> [parameters]`; a bare `<postmaster>` gives `postmaster`; raises Permanent."""
    path, parameters = _split(argument, "TO")
    if path.lower() == "postmaster":
        path = postmaster
    path = _unquoted(path)
    if not _is_address(path) or path.startswith('"'):
        raise Permanent("no such address here", code=550, status="5.1.3")
    _check_ascii(path, utf8)
    return Path(path, parameters)


def check_mail_parameters(parameters: Mapping[str, str], size_limit: int) -> None:
    """SIZE (RFC 1870), BODY (RFC 6152) and SMTPUTF8 (RFC 6531) of MAIL; raises Permanent."""
    if parameters.keys() - {"SIZE", "BODY", "SMTPUTF8"}:
        raise Permanent("no such parameter here", code=555, status="5.5.4")
    size = parameters.get("SIZE", "0")
    readable = size.isascii() and size.isdigit() and len(size) <= 20
    body, utf8 = parameters.get("BODY", "7BIT"), parameters.get("SMTPUTF8", "")
    if not readable or body not in ("7BIT", "8BITMIME") or utf8:
        raise Permanent("a parameter cannot be read", code=501, status="5.5.4")
    if int(size) > size_limit:
        raise Permanent("the mail is too big", code=552, status="5.3.4")


def _split(argument: str, word: str) -> tuple[str, dict[str, str]]:
    match = _ARGUMENT.fullmatch(argument)
    if not match or match[1].upper() != word:
        raise Permanent(f"write {word}:<address>", code=501, status="5.5.4")
    return match[2], _parameters(match[3])


def _parameters(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if rest and not rest.startswith(" "):
        raise Permanent("a blank must follow the address", code=501, status="5.5.4")
    for word in rest.split():
        match = _PARAMETER.fullmatch(word)
        if not match or match[1].upper() in found:
            raise Permanent("a parameter cannot be read", code=501, status="5.5.4")
        found[match[1].upper()] = (match[2] or "").upper()
    return found


def _is_address(path: str) -> bool:
    local, at, domain = path.rpartition("@")
    if (
        not at
        or not _DOMAIN.fullmatch(domain)
        or domain.startswith(".")
        or domain.endswith(".")
        or ".." in domain
    ):
        return False
    return bool(_LOCAL.fullmatch(local) or _QUOTED.fullmatch(local))


def _unquoted(path: str) -> str:
    """RFC 5321 section 4.1.2: `"name"@domain` is the same mailbox as `name@domain`."""
    local, at, domain = path.rpartition("@")
    inner = local[1:-1]
    if at and len(local) > 2 and local[0] == local[-1] == '"' and _LOCAL.fullmatch(inner):
        return f"{inner}@{domain}"
    return path


def _check_ascii(path: str, utf8: bool) -> None:
    if path.isascii():
        return
    if not utf8:
        raise Permanent("an address beyond ASCII needs SMTPUTF8", code=553, status="5.6.7")
    if any("\udc80" <= letter <= "\udcff" for letter in path):
        raise Permanent("the address is not UTF-8", code=553, status="5.6.7")
    if _UNSEEN.search(path):
        raise Permanent("the address holds a control", code=553, status="5.1.7")
