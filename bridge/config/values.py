"""The kinds of values that options hold, each with its check; the faults are worded for the operator.

A path that is not absolute counts from the folder of the file, handed in as the validation context `base`.
"""

from __future__ import annotations

import os
import re
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL}){{0,9}}")
LOCAL_PART = re.compile(r"[a-z0-9][a-z0-9._-]{0,40}")
WEB = re.compile(r"https?://[A-Za-z0-9./:@_~%+,;=&!$'()*\[\]-]+")
MAILBOX = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")


def resolver_at(value: str) -> tuple[str, int] | None:
    """Address and port of a resolver written as `ADDRESS`, `ADDRESS:PORT` or `[ADDRESS]:PORT`; None for others."""
    host, port = value.strip("[]"), "53"
    if value.startswith("[") and "]:" in value:
        host, _, port = value[1:].partition("]:")
    elif value.count(":") == 1:
        host, _, port = value.partition(":")
    try:
        address = ip_address(host)
    except ValueError:
        return None
    right = port.isascii() and port.isdecimal() and 0 < int(port) < 65_536
    return (str(address), int(port)) if right else None


class Told(ValueError):
    """A fault whose text says by itself what would be right."""


def _domain(value: str) -> str:
    value = value.strip().lower()
    if len(value) > 253 or not DOMAIN.fullmatch(value) or value.rpartition(".")[2].isdecimal():
        raise ValueError("is no domain")
    return value


def one_line(value: str) -> str:
    """A text for headers and headings, without its outer blanks; emoji may be joined."""
    if not value.strip() or len(value) > 200 or not value.replace("\u200d", "").isprintable():
        raise ValueError("is not one line of text")
    return value.strip()


def web_address(value: str) -> str:
    """An address that links and headers begin with: ASCII alone, no query, no password; without its last slash."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        named = DOMAIN.fullmatch(host) or ip_address(host)
        right = named and WEB.fullmatch(value) and not parts.username and parts.port != 0
    except ValueError:  # a port beyond 65535, an address in brackets that is none
        right = False
    if not right:
        raise ValueError("is no web address")
    return value.rstrip("/")


def _typed(value: str) -> str:
    if not value.isprintable():
        raise ValueError("holds what cannot be typed, such as a line end")
    return value


def _given(value: object) -> object:
    if value == "":
        raise ValueError("is empty")
    return value


def _located(value: Path, info: ValidationInfo) -> Path:
    base: Path = (info.context or {}).get("base", Path())
    if "\0" in str(value):
        raise ValueError("is no path")
    if len(os.fsencode(value)) > 4000 or any(len(os.fsencode(part)) > 255 for part in value.parts):
        raise ValueError("is too long for a path")
    try:
        return (base / value.expanduser()).absolute()
    except RuntimeError:
        raise ValueError("names nobody's home: there is no such user") from None


def _existing(value: Path, info: ValidationInfo) -> Path:
    path = _located(value, info)
    if not path.is_file():
        raise ValueError("names no file")
    return path


def _program(value: tuple[str, ...]) -> tuple[str, ...]:
    if value and not value[0].strip():
        raise ValueError("names no program")
    return value


Line = Annotated[str, AfterValidator(one_line)]
Domain = Annotated[str, AfterValidator(_domain)]
Typed = Annotated[str, AfterValidator(_typed)]
Located = Annotated[Path, BeforeValidator(_given), AfterValidator(_located)]
Existing = Annotated[Path, BeforeValidator(_given), AfterValidator(_existing)]
Argv = Annotated[tuple[str, ...], AfterValidator(_program)]
Count = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Tls = Literal["none", "starttls", "ssl"]
Language = Literal["en", "de", "fr", "es", "it", "pt", "nl"]


class Section(BaseModel):
    """A table of the file. The description of each field says what would be right."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True)


def mailboxes(value: tuple[str, ...]) -> tuple[str, ...]:
    """Addresses of persons, each once."""
    clean = tuple(address.strip().lower() for address in value)
    for address in clean:
        local, at, domain = address.rpartition("@")
        if not (at and MAILBOX.fullmatch(local) and DOMAIN.fullmatch(domain)):
            raise Told(f"holds {address[:80]!r}, which is no mail address")
    return tuple(dict.fromkeys(clean))


def networks(value: tuple[str, ...]) -> tuple[str, ...]:
    """Networks, as they are written."""
    for network in value:
        try:
            ip_network(network)
        except ValueError as error:
            raise Told(f"holds {network[:80]!r}, which is no network: write it as 192.0.2.0/24") from error
    return value
