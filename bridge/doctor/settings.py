"""What the configuration means and risks, and what the files that it names are worth. No network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ..config import Config
from ..daemon.trust import key_faults
from .certificates import certificates
from .finding import Finding, fail, ok, warn

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def faults(config: Config, now: datetime) -> Iterator[Finding]:
    """What would keep the daemon from working, as far as the files tell."""
    for fault in key_faults(config):
        place, _, told = fault.partition("] ")
        yield fail("keys", f"{place}] {told}", "give it another file, or leave the option out")
    yield from _data(config)
    for path in _passwords(config):
        yield from _password(path)
    yield from (each for each in certificates(config, now) if each.level == "FAIL")


def _data(config: Config) -> Iterator[Finding]:
    named = [("[site] data_dir", config.site.data_dir)]
    out = config.outgoing
    if out.kind == "maildir" and out.path and config.site.data_dir not in out.path.parents:
        named.append(("[outgoing] path", out.path))
    for option, folder in named:
        there = next(each for each in (folder, *folder.parents) if each.exists())
        if not there.is_dir():
            yield fail("data", f"{option} {folder}: {there.name} is a file", "name a folder")
        elif not os.access(there, os.W_OK | os.X_OK):
            cure = "run the daemon as another user, or change its owner"
            yield fail("data", f"{option} {folder} cannot be written by this user", cure)


def _passwords(config: Config) -> list[Path]:
    named = [account.password_file for account in config.imap] + [config.outgoing.password_file]
    return [path for path in named if path]


def _password(path: Path) -> Iterator[Finding]:
    try:
        first = path.read_text(encoding="utf-8").split("\n", 1)[0].strip("\r")
    except (OSError, UnicodeDecodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8 text"
        yield fail("secrets", f"{path} cannot be read ({why})", "let the daemon's user read it")
        return
    if not first.strip():
        yield fail("secrets", f"{path} holds no password in its first line", "write it there")


def modes(config: Config) -> Iterator[Finding]:
    """Whether secrets are open to others."""
    out = config.outgoing
    named = [*_passwords(config), out.dkim_key_file, out.dkim_ed25519_key_file]
    named += [door.key for door in (config.smtp, config.lmtp) if door]
    secrets = [path for path in named if path and path.exists()]
    opened = [path for path in secrets if path.stat().st_mode & 0o077]
    for path in opened:
        yield warn("secrets", f"{path} can be read by others", f"chmod 600 {path}")
    if secrets and not opened:
        yield ok("secrets", f"{len(secrets)} files, closed to others")
    folder = config.site.data_dir
    if folder.is_dir() and folder.stat().st_mode & 0o007:
        yield warn("data", f"{folder} can be read by everybody", f"chmod 700 {folder}")


def risks(config: Config) -> Iterator[Finding]:
    """What is allowed and yet deserves a second thought."""
    if not config.lists:
        yield warn("lists", "there is no [[list]]: every mail will be ignored", "add one")
    if not (config.smtp or config.lmtp or config.imap):
        told = "there is no [smtp], [lmtp] or [[imap]]: mail comes in by `threadbridge deliver` alone"
        yield warn("doors", told, "open one, or let your MTA call `threadbridge deliver`")
    if config.outgoing.kind == "maildir":
        told = 'outgoing kind is "maildir": no letter leaves this machine'
        yield warn("outgoing", told, 'set [outgoing] kind = "smtp"')
    yield from _identity(config)
    if config.web and config.site.url.startswith("http://") and "127.0.0.1" not in config.site.url:
        told = "site.url is http: one-click unsubscription (RFC 8058) needs https"
        yield warn("page", told, "put a proxy with TLS before [web]")
    for each in config.lists:
        if not each.moderators:
            told = (
                f"list {each.name} has no moderators: what it holds is seen by `threadbridge held list` alone"
            )
            yield warn("moderators", told, "name some")
    for account in config.imap:
        if account.tls == "none" and account.host not in LOOPBACK:
            told = f"imap {account.host} is read without TLS: password and mail can be overheard"
            yield warn("imap", told, 'set tls = "ssl"')
    out = config.outgoing
    if out.kind == "smtp" and out.tls == "none" and out.host not in LOOPBACK:
        told = f"letters go to {out.host} without TLS" + (": the password too" if out.user else "")
        yield warn("outgoing", told, 'set [outgoing] tls = "starttls" or "ssl"')


def _identity(config: Config) -> Iterator[Finding]:
    if not config.identity.trusted_authserv_id and not config.identity.verify:
        told = (
            "identity.trusted_authserv_id is empty: whoever forges a member's From can post in his name, "
            "unless your MTA refuses such mail"
        )
        yield warn(
            "identity", told, "name your MTA's authserv-id, or set verify = true where there is no MTA"
        )
    if config.identity.verify and config.smtp and config.smtp.host in LOOPBACK:
        told = f"identity.verify is on, but [smtp] listens on {config.smtp.host}: SPF cannot be told behind an MTA"
        yield warn(
            "identity",
            told,
            "let your MTA check it (trusted_authserv_id), or listen on the address of the MX",
        )
