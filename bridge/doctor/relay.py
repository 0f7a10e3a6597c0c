"""The server that takes our letters: can it be reached, does it offer TLS, does it let us in, would it take one."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..config import Config
from .finding import Finding, fail, ok, warn
from .settings import LOOPBACK

SECONDS = 15.0


def relay(config: Config, probe: bytes = b"", to: str = "") -> Iterator[Finding]:
    """What is to be said of it; with a probe, a whole letter, that letter is sent to `to`."""
    out = config.outgoing
    about = f"relay {out.host}:{out.port}"
    try:
        server = _connected(config)
        try:
            yield from _offers(config, about, server)
            if out.user:
                server.login(out.user, _password(out.password_file))
                yield ok(about, f"it lets {out.user} in")
            yield from _sends(config, about, server, probe, to)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
    except smtplib.SMTPAuthenticationError as refusal:
        yield fail(
            about, f"it does not let {out.user} in: {_said(refusal)}", "mend [outgoing] user or password_file"
        )
    except ssl.SSLCertVerificationError as fault:
        cure = "name the host that its certificate is for, or have the certificate mended"
        yield fail(about, f"its certificate does not hold: {fault.verify_message}", cure)
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        cure = "is it running? are [outgoing] host, port and tls right?"
        yield fail(about, f"it cannot be used: {_said(fault)}", cure)


def _connected(config: Config) -> smtplib.SMTP:
    out = config.outgoing
    name = config.site.domain
    if out.tls == "ssl":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(out.host, out.port, name, timeout=SECONDS, context=context)
    return smtplib.SMTP(out.host, out.port, name, timeout=SECONDS)


def _offers(config: Config, about: str, server: smtplib.SMTP) -> Iterator[Finding]:
    out = config.outgoing
    server.ehlo()
    offered = server.has_extn("starttls")
    if out.tls == "starttls":
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
        yield ok(about, "STARTTLS, and its certificate holds")
    elif out.tls == "none" and offered and out.host not in LOOPBACK:
        yield warn(about, "it offers STARTTLS, and we do not use it", 'set [outgoing] tls = "starttls"')
    size = server.esmtp_features.get("size", "").strip()
    if size.isdecimal() and 0 < int(size) < config.limits.message_bytes:
        told = f"it takes letters up to {size} bytes, we take mails up to {config.limits.message_bytes}"
        yield warn(about, told, "set [limits] message_bytes no larger")


def _sends(config: Config, about: str, server: smtplib.SMTP, probe: bytes, to: str) -> Iterator[Finding]:
    sender = f"postmaster@{config.site.domain}"
    code, reply = server.mail(sender)
    if code // 100 != 2:
        yield fail(
            about, f"it takes no letter from {sender}: {_reply(code, reply)}", "let it relay for this machine"
        )
        return
    if not probe:
        yield ok(about, f"it takes letters from {sender}")
        with suppress(smtplib.SMTPException):
            server.rset()
        return
    code, reply = server.rcpt(to)
    if code // 100 == 2:
        code, reply = server.data(probe)
    if code // 100 != 2:
        yield fail(
            about,
            f"it does not take the probe for {to}: {_reply(code, reply)}",
            "let it relay for this machine",
        )
        return
    told = f"it took the probe for {to}: {_reply(code, reply)}"
    signed = "ours" if probe.startswith(b"DKIM-Signature:") else "one"
    cure = (
        f"look into its headers there: a DKIM-Signature, {signed}, and Authentication-Results with dkim=pass"
    )
    yield Finding("ok", about, told, cure)


def _password(path: Path | None) -> str:
    return path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r") if path else ""


def _reply(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode('utf-8', 'replace')}"[:300]


def _said(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        error = fault.smtp_error
        return f"{fault.smtp_code} {error.decode('utf-8', 'replace') if isinstance(error, bytes) else error}"[
            :300
        ]
    return str(fault)[:300] or type(fault).__name__
