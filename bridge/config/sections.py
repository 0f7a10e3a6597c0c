"""The sections of the configuration file and their options: each checks itself when it is made.

The description of a field says what would be right, in the words that an operator is told where it is wrong.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal
from zoneinfo import available_timezones

from pydantic import Field, ValidationInfo, field_validator

from ..posting.post import Asks, FirstPosts, Guests, Visibility, Who
from .values import (
    DOMAIN,
    LOCAL_PART,
    Argv,
    Count,
    Domain,
    Existing,
    Flag,
    Language,
    Line,
    Located,
    Section,
    Tls,
    Told,
    Typed,
    mailboxes,
    networks,
    one_line,
    resolver_at,
    web_address,
)

PAGES = frozenset(
    ("attachment", "feed.atom", "health", "people", "post", "search", "static", "unsubscribe", "robots.txt")
)
"""Names that the web page needs for itself, so that no list may bear them."""
HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.%a-z]{2,60}\]")
HEADER = re.compile(r"[A-Za-z0-9-]{0,60}")
OWN_LOCAL_PARTS = frozenset(("reply", "bounce", "confirm", "unsubscribe", "postmaster", "abuse"))


class SiteConfig(Section):
    """[site]: what the installation is called and where it keeps its things."""

    name: Line = Field(description='the name that people see, as in "Example Commons"')
    domain: Domain = Field(description='the mail domain, as in "forum.example"')
    url: str = Field(description='where the page is reached, as in "https://forum.example"')
    data_dir: Located = Field(
        default=Path("data"), description='a folder, as in "data" or "/var/lib/threadbridge"'
    )
    language: Language = Field(default="en", description='"en", "de", "fr", "es", "it", "pt" or "nl"')
    operators: tuple[str, ...] = Field(
        default=(), max_length=50, description='mail addresses, as in ["ops@members.example"]'
    )

    @field_validator("operators")
    @classmethod
    def _operators(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return mailboxes(value)

    @field_validator("url")
    @classmethod
    def _url(cls, value: str) -> str:
        return web_address(value)


class ListConfig(Section):
    """[[list]]: a list and its rules. `address` defaults to NAME@DOMAIN, `title` to the name."""

    name: str = Field(description='small letters, digits, "-", "_" and ".", as in "general"')
    address: str = Field(
        default="", description='a mail address in small letters, as in "general@forum.example"'
    )
    title: str = Field(default="", max_length=200, description='one line of text, as in "General"')
    description: str = Field(default="", max_length=2000, description="a few words on what the list is for")
    who_can_post: Who = Field(default="members", description='"members", "anyone" or "moderated"')
    visibility: Visibility = Field(default="public", description='"public" or "members"')
    guests: Guests = Field(default="show", description='"show", "hold" or "refuse"')
    first_posts: FirstPosts = Field(default="show", description='"show" or "hold"')
    moderators: tuple[str, ...] = Field(
        default=(), max_length=50, description='mail addresses, as in ["mod@members.example"]'
    )
    who: Asks = Field(default="nobody", description='"members" or "nobody"')
    mask_private: Flag = Field(default=True, description="true or false")
    spam_header: str = Field(default="", description='the name of a header, as in "X-Spam-Score"')
    spam_score: float = Field(default=5.0, ge=-1000, le=1000, description="a number, as in 5.0")

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        if not LOCAL_PART.fullmatch(value):
            raise ValueError("is no name for a list")
        if value in PAGES:
            raise Told("is a page of the site itself, take another name")
        return value

    @field_validator("title")
    @classmethod
    def _title(cls, value: str) -> str:
        return one_line(value) if value else ""

    @field_validator("address")
    @classmethod
    def _address(cls, value: str) -> str:
        local, at, domain = value.lower().rpartition("@")
        if value and not (at and LOCAL_PART.fullmatch(local) and DOMAIN.fullmatch(domain)):
            raise ValueError("is no address for a list")
        if local in OWN_LOCAL_PARTS or local.endswith("-request"):
            raise Told("is an address that the bridge needs for itself, take another one")
        return value.lower()

    @field_validator("moderators")
    @classmethod
    def _moderators(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return mailboxes(value)

    @field_validator("spam_header")
    @classmethod
    def _spam_header(cls, value: str) -> str:
        if not HEADER.fullmatch(value):
            raise ValueError("is no name of a header")
        return value.lower()


class Listening(Section):
    """What listens somewhere."""

    listen: str = Field(description='an address and a port, as in "127.0.0.1:8080"')

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        bare = host.startswith("[") and host.endswith("]") and len(host) > 4
        if (
            not HOST.fullmatch(host)
            or (":" in host and not bare)
            or not port.isascii()
            or not port.isdecimal()
            or int(port) > 65535
        ):
            raise ValueError("is no address with a port")
        return value

    @property
    def host(self) -> str:
        """The address to listen on, an IPv6 address without its brackets."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port to listen on; 0 takes any that is free."""
        return int(self.listen.rpartition(":")[2])


class Web(Listening):
    """[web]: the page, plain HTTP; a proxy in front speaks HTTPS."""

    trusted_proxies: tuple[str, ...] = Field(
        default=("127.0.0.0/8", "::1/128"), description='networks of your own proxies, as in ["192.0.2.0/24"]'
    )
    searches_per_minute: Count = Field(
        default=600, ge=0, le=100_000, description="searches of one address in a minute, 0 sets no limit"
    )

    _networks = field_validator("trusted_proxies")(networks)


class Listener(Listening):
    """[smtp], [lmtp]: a door for mail; STARTTLS is offered where there is a certificate."""

    certificate: Existing | None = Field(
        default=None, description="a PEM file with the certificate and its chain"
    )
    key: Existing | None = Field(default=None, description="a PEM file with the key of the certificate")

    @field_validator("key")
    @classmethod
    def _pair(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if "certificate" in info.data and (value is None) != (info.data["certificate"] is None):
            raise Told("goes together with `certificate`: give both or none")
        return value


class ImapConfig(Section):
    """[[imap]]: a mailbox to read. The password comes from a file or a command, or OAuth2 from a command."""

    host: Typed = Field(min_length=1, description='the server, as in "imap.example"')
    tls: Tls = Field(default="ssl", description='"ssl", "starttls" or "none"')
    port: Count = Field(default=0, ge=0, le=65535, description="a port, or 0 for the usual one (993 or 143)")
    user: Typed = Field(min_length=1, description='the name to log in with, as in "forum@forum.example"')
    password_file: Existing | None = Field(
        default=None, description="a file whose first line is the password"
    )
    password_command: Argv = Field(default=(), description='a command, as in ["pass", "show", "forum"]')
    oauth_token_command: Argv = Field(
        default=(), description='a command, as in ["/usr/local/bin/token", "forum"]'
    )
    folder: Typed = Field(default="INBOX", min_length=1, description='a folder, as in "INBOX"')
    done_folder: Typed = Field(
        default="", description='a folder to move to, as in "Done", or "" to leave mail in place'
    )
    list: str = Field(
        default="", description="the name of a [[list]], for mail that names no address of ours"
    )
    idle: Flag = Field(default=True, description="true or false")
    poll_seconds: Count = Field(
        default=60, ge=5, le=86_400, description="seconds between two looks, 5 to 86400"
    )

    @field_validator("oauth_token_command")
    @classmethod
    def _one_secret(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        given = [value, info.data.get("password_file"), info.data.get("password_command")]
        faulty = not {"password_file", "password_command"} <= info.data.keys()
        if not faulty and sum(map(bool, given)) != 1:
            raise Told("goes alone: give one of `password_file`, `password_command`, `oauth_token_command`")
        return value

    @property
    def at_port(self) -> int:
        """The port to connect to."""
        return self.port or (993 if self.tls == "ssl" else 143)


class Outgoing(Section):
    """[outgoing]: where letters go: a Maildir that a human looks at, or a mail server."""

    kind: Literal["maildir", "smtp"] = Field(default="maildir", description='"maildir" or "smtp"')
    path: Located | None = Field(default=None, description="a Maildir, by default `outbox` below data_dir")
    host: Typed = Field(default="", description='the mail server, as in "127.0.0.1"')
    port: Count = Field(default=25, ge=1, le=65535, description="a port, as in 25 or 587")
    tls: Tls = Field(default="none", description='"none", "starttls" or "ssl"')
    user: Typed = Field(default="", description="the name to log in with, where the server asks for one")
    password_file: Existing | None = Field(
        default=None, description="a file whose first line is the password"
    )
    connections: Count = Field(default=4, ge=1, le=50, description="connections at the same time, 1 to 50")
    domain_rate: Count = Field(
        default=0, ge=0, le=1_000_000, description="letters a minute to one domain, 0 for any number"
    )
    dkim_domain: str = Field(default="", description='the domain that signs, as in "forum.example"')
    dkim_selector: str = Field(default="", description='the name of the key in the DNS, as in "a2026"')
    dkim_key_file: Existing | None = Field(default=None, description="a PEM file with an RSA private key")
    dkim_ed25519_selector: str = Field(
        default="", description='the name of the key in the DNS, as in "b2026"'
    )
    dkim_ed25519_key_file: Existing | None = Field(
        default=None, description="a PEM file with an Ed25519 private key"
    )
    arc: Flag = Field(default=False, description="true or false")

    @field_validator("host")
    @classmethod
    def _host(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("kind") == "smtp" and not value.strip():
            raise Told('is needed where kind = "smtp", as in "127.0.0.1"')
        if info.data.get("kind") == "maildir" and value:
            raise Told('goes with kind = "smtp", which is not set')
        return value.strip()

    @field_validator("password_file")
    @classmethod
    def _login(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if "user" in info.data and bool(info.data["user"]) != (value is not None):
            raise Told("goes together with `user`: give both or none")
        return value

    @field_validator("dkim_domain", "dkim_selector", "dkim_ed25519_selector")
    @classmethod
    def _dkim_name(cls, value: str) -> str:
        value = value.strip().lower()
        if len(value) > 200 or (value and not DOMAIN.fullmatch(value)):
            raise ValueError("is no name in the DNS")
        return value

    @field_validator("dkim_key_file", "dkim_ed25519_key_file")
    @classmethod
    def _dkim_key(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        selector = str(info.field_name).replace("_key_file", "_selector")
        if selector in info.data and bool(info.data[selector]) != (value is not None):
            raise Told(f"goes together with `{selector}`: give both or none")
        return value

    @field_validator("arc")
    @classmethod
    def _arc(cls, value: bool, info: ValidationInfo) -> bool:
        if value and "dkim_key_file" in info.data and info.data["dkim_key_file"] is None:
            raise Told("needs an RSA key to seal with: set dkim_selector and dkim_key_file")
        return value


class Identity(Section):
    """[identity]: when a From header is believed."""

    trusted_authserv_id: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9._-]{0,253}$",
        description='the name in the Authentication-Results of your MTA, as in "mx.forum.example"',
    )
    verify: Flag = Field(default=False, description="true or false")
    resolver: str = Field(
        default="", description='the address of a DNS resolver, as in "127.0.0.1" or "127.0.0.1:5353"'
    )

    @field_validator("resolver")
    @classmethod
    def _resolver(cls, value: str) -> str:
        value = value.strip()
        if value and resolver_at(value) is None:
            raise ValueError("is no IP address")
        return value


class Digest(Section):
    """[digest]: when collected letters leave, in whose time zone."""

    hour: Count = Field(default=7, ge=0, le=23, description="an hour of the day, 0 to 23")
    timezone: str = Field(default="UTC", description='a time zone, as in "Europe/Brussels"')

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value != "UTC" and value not in available_timezones():
            raise ValueError("is no time zone")
        return value


class Limits(Section):
    """[limits]: how much of anything is taken."""

    message_bytes: Count = Field(
        default=33_554_432, ge=10_000, le=200_000_000, description="10000 to 200000000"
    )
    recipients: Count = Field(default=100, ge=1, le=1000, description="recipients of one mail, 1 to 1000")
    connections: Count = Field(default=200, ge=1, le=10_000, description="open connections, 1 to 10000")
    connections_per_address: Count = Field(default=20, ge=1, le=10_000, description="connections, 1 to 10000")
    unknown_recipients: Count = Field(
        default=100, ge=20, le=1_000_000, description="wrong recipients from one address, 20 to 1000000"
    )
    relays: tuple[str, ...] = Field(
        default=("127.0.0.0/8", "::1/128"), description='networks of your own MTAs, as in ["192.0.2.0/24"]'
    )
    command_seconds: Count = Field(default=300, ge=5, le=3600, description="seconds of silence, 5 to 3600")
    session_seconds: Count = Field(default=3600, ge=30, le=86_400, description="seconds, 30 to 86400")
    hold_bytes: Count = Field(
        default=0,
        ge=0,
        le=200_000_000,
        description="bytes above which a mail is held, 0 holds none for its size",
    )
    posts_per_hour: Count = Field(
        default=0, ge=0, le=100_000, description="posts of one sender in an hour, 0 sets no limit"
    )
    workers: Count = Field(
        default=0, ge=0, le=64, description="processes that read mails, 1 to 64, or 0 for one a core"
    )
    confirm_days: Count = Field(
        default=7, ge=1, le=365, description="days in which a letter that asks can be answered, 1 to 365"
    )
    keep_raw_days: Count = Field(default=0, ge=0, le=36_500, description="days, 0 keeps raw mails for ever")
    alarm_seconds: Count = Field(default=240, ge=1, le=86_400, description="seconds, 1 to 86400")

    _networks = field_validator("relays")(networks)
