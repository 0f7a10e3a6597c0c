"""The mail server in front of ours, asked as a stranger asks it: does it bring all our mail, and nothing else?

It is told MAIL and RCPT, and one mail that is begun and never ended: only a server that takes something else than
CRLF.CRLF for its end delivers it, and then to a list that ignores it, as the mail of a robot. Servers trust the
machine that they run on, so that some of it can be learned from another machine alone.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address

from ..config import Config
from .finding import Finding, fail, ok, warn

SECONDS = 15.0
LOOK = 1.0
"""For so long an answer to each end that is none is waited for."""
ASKED = 20
"""Of so many lists it is asked whether it takes their mail."""
ENDS = {
    "LF.LF": b"\n.\n",
    "LF.CRLF": b"\n.\r\n",
    "CRLF.LF": b"\r\n.\n",
    "CR.CR": b"\r.\r",
    "CRLF.CR": b"\r\n.\r",
}
PROBE = (
    b"From: <%s>\r\nTo: <%s>\r\nSubject: A probe of threadbridge doctor\r\nAuto-Submitted: auto-generated\r\n"
    b"Precedence: bulk\r\nMessage-ID: <front.%d@%s>\r\n\r\nThis mail has no end. Who sees it got it too early.\r\n"
)


def front(config: Config, host: str, port: int, now: int) -> Iterator[Finding]:
    """What is to be said of it; `now` in microseconds makes an address that nobody has."""
    about = f"mta {host}:{port}"
    try:
        server = smtplib.SMTP(host, port, config.site.domain, timeout=SECONDS)
        try:
            server.ehlo_or_helo_if_needed()
            yield from _offers(config, about, server)
            yield from _takes(config, about, server)
            yield from _strangers(config, about, server, now)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        yield from _ends(config, about, host, port, now)
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        told = f"it cannot be asked: {str(fault)[:200] or type(fault).__name__}"
        yield fail(about, told, "is it running, and may this machine reach it?")


def _offers(config: Config, about: str, server: smtplib.SMTP) -> Iterator[Finding]:
    ours = config.limits.message_bytes
    size = server.esmtp_features.get("size", "").strip()
    if not size.isdecimal() or int(size) == 0 or int(size) > ours:
        much = f"{int(size)} bytes" if size.isdecimal() and int(size) else "any size"
        told = (
            f"it takes mails of {much}, we up to {ours}: what is between comes back to who may have sent it"
        )
        yield warn(about, told, f"let it take {ours} bytes (Postfix: message_size_limit)")
    else:
        yield ok(about, f"it takes mails of up to {size} bytes")
    if not server.has_extn("smtputf8"):
        told = "it does not know SMTPUTF8: who has an address beyond ASCII cannot write to us"
        yield warn(about, told, "let it (Postfix: smtputf8_enable = yes)")
    if not server.has_extn("starttls"):
        yield warn(about, "it offers no STARTTLS: mail comes in the clear", "give it a certificate")


def _takes(config: Config, about: str, server: smtplib.SMTP) -> Iterator[Finding]:
    code, reply = server.mail("")
    if code // 100 != 2:
        told = f"it takes nothing from the null sender: {_reply(code, reply)}"
        yield fail(about, f"{told}; bounces cannot come", "let it, as RFC 5321 section 4.5.5 asks")
        return
    lists = [each.address for each in config.lists][:ASKED]
    lost = {each: answer for each in lists if (answer := server.rcpt(each))[0] // 100 != 2}
    for address, (code, reply) in lost.items():
        told = f"it does not take mail for {address}: {_reply(code, reply)}"
        if code // 100 == 4:
            yield warn(about, told, "greylisting? then ask again in ten minutes")
        else:
            yield fail(about, told, "let it relay our domain to us (docs/howto-postfix.md)")
    if lists and not lost:
        yield ok(about, f"it takes mail for {', '.join(lists[:5])}")


def _strangers(config: Config, about: str, server: smtplib.SMTP, now: int) -> Iterator[Finding]:
    code, _ = server.rcpt(f"nobody-{now}@{config.site.domain}")
    if code // 100 != 2:
        yield ok(about, "it refuses addresses that nobody has")
    elif trusting(server.sock):
        told = "it trusts this machine, and takes any address from it"
        cure = "run `doctor --front HOST` on another machine to see what strangers are told"
        yield Finding("ok", about, told, cure)
    else:
        told = "it takes mail for addresses that nobody has, and bounces it to who may not have sent it"
        yield warn(about, told, "let it ask us first (reject_unverified_recipient, docs/howto-postfix.md)")


def trusting(peer: socket.socket | None) -> bool:
    """Whether the other end is this very machine."""
    if peer is None:
        return False
    name = str(peer.getpeername()[0])
    return name == str(peer.getsockname()[0]) or ip_address(name.partition("%")[0]).is_loopback


def _ends(config: Config, about: str, host: str, port: int, now: int) -> Iterator[Finding]:
    """Whether it takes one of `ENDS` for the end of a mail, which lets one mail hide in another (CVE-2023-51764)."""
    if not config.lists:
        return
    to = config.lists[0].address
    server = smtplib.SMTP(host, port, config.site.domain, timeout=SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        server.mail("")
        if server.rcpt(to)[0] // 100 != 2 or server.docmd("DATA")[0] != 354:
            return
        domain = config.site.domain
        head = PROBE % (f"postmaster@{domain}".encode(), to.encode(), now, domain.encode())
        name, answer = _answered(server, head)
        home = trusting(server.sock)
    finally:
        with suppress(OSError):
            server.close()  # without the end: nobody gets the mail
    if not name or not answer.startswith(b"2"):
        yield ok(about, "it takes nothing but CRLF.CRLF for the end of a mail")
    elif home:
        told = f"it takes {name} for the end of a mail, at least from this machine"
        cure = "Postfix: smtpd_forbid_bare_newline = normalize, smtpd_forbid_bare_newline_exclusions ="
        yield warn(about, told, cure)
    else:
        told = f"it takes {name} for the end of a mail: mails can be smuggled in, in the name of others"
        yield fail(about, told, "take a newer one; Postfix: smtpd_forbid_bare_newline = normalize")


def _answered(server: smtplib.SMTP, head: bytes) -> tuple[str, bytes]:
    """Which end that is none was answered, and how; "" where it goes on waiting for the end."""
    peer = server.sock
    if peer is None:
        return "", b""
    peer.sendall(head)
    for name, end in ENDS.items():
        with suppress(TimeoutError):
            peer.settimeout(LOOK)
            try:
                peer.sendall(b"more" + end)
                return name, peer.recv(500)
            except ConnectionError:
                return name, b""
    return "", b""


def _reply(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode('utf-8', 'replace')}"[:200]
