"""One SMTP or LMTP conversation (RFC 5321, RFC 2033), over aiosmtpd's protocol class.

aiosmtpd gives the protocol, the session and the envelope. Reading is our own (`Wire`): a command ended by a bare
LF, the end of the content, time, counts and answers must be judged more strictly than aiosmtpd does, and its stream
and its loop over lines would cost more than all the rest of a mail's acceptance.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from typing import cast

from aiosmtpd.smtp import SMTP

from ..errors import Permanent, Refusal, Temporary
from ..mail.envelope import Envelope
from .content import Content
from .desk import Desk, Share, one_answer
from .door import Arrival, as_refusal, reply_line
from .paths import check_mail_parameters, mail_path, recipient_path
from .wire import Hangup, Wire

_COMMAND = re.compile(rb"([A-Za-z]{1,20})(?: ([^\x00-\x1f\x7f]*))?")
_OTHER_PROTOCOL = re.compile(
    rb"(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|TRACE|CONNECT|PRI|PROXY|SSH-|USER|PASS|NICK)(?![A-Za-z])"
    rb"|.* (?:HTTP|RTSP|SIP)/\d|[\w-]+:(?: |$)|[^A-Z]",
    re.IGNORECASE,
)
"""A request of another protocol, a header line, or what begins with no letter."""
LARGE = 1_000_000
CLOSING = "421 4.3.2 closing, come back later"
TROUBLE = "421 4.3.0 trouble on our side, try again later"


class Conversation(SMTP):
    """Answers one client until it leaves, misbehaves or its time is up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            None,
            hostname=desk.hostname,
            data_size_limit=desk.limits.size,
            enable_SMTPUTF8=True,
            tls_context=desk.tls,
            timeout=desk.limits.session_seconds,
            loop=asyncio.get_running_loop(),
        )
        self._desk, self._limits = desk, desk.limits
        self._wire: Wire
        self._commands = self._junk = 0
        self._peer = self._network = ""
        self._waiting = self._keeping = self._leaving = False
        hello = {"LHLO": self.smtp_EHLO} if desk.lmtp else {"EHLO": self.smtp_EHLO, "HELO": self.smtp_HELO}
        self._verbs = hello | {
            "MAIL": self.smtp_MAIL,
            "RCPT": self.smtp_RCPT,
            "DATA": self.smtp_DATA,
            "RSET": self.smtp_RSET,
            "NOOP": self.smtp_NOOP,
            "QUIT": self.smtp_QUIT,
            "VRFY": self.smtp_VRFY,
            "HELP": self.smtp_HELP,
            "STARTTLS": self.smtp_STARTTLS,
        }

    # The connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The desk has let this client in: greet it."""
        peer = transport.get_extra_info("peername")
        self._peer = str(peer[0]) if isinstance(peer, tuple) else ""
        self._network = self._desk.network(self._peer)
        super().connection_made(transport)
        self._wire = Wire(cast(asyncio.Transport, transport), self._limits.command_seconds)

    def data_received(self, data: bytes) -> None:
        """What has come goes to the wire, past the stream of aiosmtpd."""
        self._wire.feed(data)

    def connection_lost(self, error: Exception | None) -> None:
        """The client has gone; a mail that is being kept goes on."""
        self._desk.exit(self, self._peer)
        self._wire.close()
        super().connection_lost(error)

    def pause_writing(self) -> None:
        """The client does not read its replies."""
        self._wire.choke(True)

    def resume_writing(self) -> None:
        """It reads them again."""
        self._wire.choke(False)

    def eof_received(self) -> bool | None:
        """The client sends no more: what it has sent is still answered, unlike in aiosmtpd."""
        self._wire.end()
        return not self._secure

    def _timeout_cb(self) -> None:
        """The time of the whole conversation is up."""
        self.leave(at_once=not self._keeping)

    def leave(self, *, at_once: bool) -> None:
        """Say goodbye as soon as no mail is under way, or at once."""
        self._leaving = True
        if at_once or (self._waiting and self._sender is None):
            self._wire.last_word(CLOSING)

    # The conversation

    async def _handle_client(self) -> None:
        try:
            self._wire.say(f"220 {self.hostname} {'LMTP' if self._desk.lmtp else 'ESMTP'} threadbridge")
            while await self._turn():
                pass
        except Hangup as goodbye:
            self._wire.last_word(str(goodbye))
        except TimeoutError:
            self._wire.last_word("421 4.4.2 nothing came for too long")
        except (ConnectionError, ssl.SSLError):
            pass
        except Exception as fault:
            self._desk.tell("conversation", fault)
            self._wire.last_word(TROUBLE)
        finally:
            self._wire.close()

    async def _turn(self) -> bool:
        """One command and its reply; False when the client has gone."""
        if self._leaving and self._sender is None:
            raise Hangup(CLOSING)
        self._waiting = True
        try:
            line = await self._wire.line()
            self._waiting = False
            if line is None:
                return False
            self._count(line)
            await self._obey(line)
        except (Hangup, OSError):  # the wire broke, TLS failed, or nothing came: all are OSErrors
            raise
        except Exception as fault:
            self._desk.tell("command", fault)
            self._wire.say(reply_line(as_refusal(fault)))
        if self._wire.errors >= self._limits.errors:
            raise Hangup("421 4.7.0 too many errors")
        return True

    def _count(self, line: bytes) -> None:
        """Raises Hangup for another protocol, or for too many commands since the last mail."""
        if _OTHER_PROTOCOL.match(line):
            raise Hangup("521 5.5.1 this is a mail server")
        self._commands += 1
        self._junk += line[:4].upper() not in (b"MAIL", b"RCPT", b"DATA")
        if self._commands > self._limits.commands or self._junk > self._limits.junk:
            raise Hangup("421 4.7.0 too many commands")

    async def _obey(self, line: bytes) -> None:
        match = _COMMAND.fullmatch(line)
        if not match:
            raise Permanent("cannot read this command", code=500, status="5.5.2")
        verb = match[1].decode("ascii").upper()
        act = self._verbs.get(verb)
        if act is None:
            raise Permanent("no such command here", code=500, status="5.5.1")
        bare = verb in ("DATA", "RSET", "QUIT", "STARTTLS")
        argument = (match[2] or b"").decode("utf-8", "surrogateescape").strip(" ")
        if bare and argument:
            raise Permanent(f"{verb} takes no argument", code=501, status="5.5.4")
        if self._desk.tls_required and not self._secure and verb in ("MAIL", "RCPT", "DATA", "VRFY"):
            raise Permanent("say STARTTLS first", code=530, status="5.7.0")
        await act(argument)

    @property
    def _sender(self) -> str | None:
        return None if self.envelope is None else self.envelope.mail_from

    @property
    def _secure(self) -> bool:
        return self.session is not None and self.session.ssl is not None

    # The commands

    async def smtp_EHLO(self, hostname: str) -> None:
        """EHLO, or LHLO: what is offered here (RFC 5321 section 4.1.1.1)."""
        self._greeted(hostname, extended=True)
        offers = [
            self.hostname,
            "PIPELINING",
            f"SIZE {self._limits.size}",
            "8BITMIME",
            "SMTPUTF8",
            "ENHANCEDSTATUSCODES",
        ]
        if self.tls_context and not self._secure:
            offers.append("STARTTLS")
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        self._wire.say("\r\n".join(lines))

    async def smtp_HELO(self, hostname: str) -> None:
        """The old greeting."""
        self._greeted(hostname, extended=False)
        self._wire.say(f"250 {self.hostname}")

    def _greeted(self, hostname: str, *, extended: bool) -> None:
        if not hostname:
            raise Permanent("who is there?", code=501, status="5.5.4")
        assert self.session is not None
        self._reset()
        self.session.host_name, self.session.extended_smtp = hostname, extended

    async def smtp_MAIL(self, arg: str | None) -> None:
        """MAIL FROM (RFC 5321 section 4.1.1.2), with SIZE, BODY and SMTPUTF8."""
        assert self.session is not None and self.envelope is not None
        if not self.session.host_name:
            raise Permanent("greet first", code=503, status="5.5.1")
        if self._sender is not None:
            raise Permanent("one mail at a time", code=503, status="5.5.1")
        if self._leaving:
            raise Temporary("closing, come back later", code=421, status="4.3.2")
        path = mail_path(arg or "")
        check_mail_parameters(path.parameters, self._limits.size)
        self._desk.check_room(int(path.parameters.get("SIZE", "0")))
        self.envelope.smtp_utf8 = "SMTPUTF8" in path.parameters
        self.envelope.mail_from = path.address
        self._wire.say("250 2.1.0 OK")

    async def smtp_RCPT(self, arg: str | None) -> None:
        """RCPT TO (RFC 5321 section 4.1.1.3): only what `admit` lets in."""
        if self.envelope is None or self._sender is None:
            raise Permanent("say MAIL first", code=503, status="5.5.1")
        path = recipient_path(
            arg or "", utf8=self.envelope.smtp_utf8, postmaster=f"postmaster@{self.hostname}"
        )
        if path.parameters:
            raise Permanent("no such parameter here", code=555, status="5.5.4")
        if len(self.envelope.rcpt_tos) >= self._limits.recipients:
            raise Temporary("too many recipients", code=452, status="4.5.3")
        await self._desk.let_in(self._sender, path.address, self._network)
        self.envelope.rcpt_tos.append(path.address)
        self._wire.say("250 2.1.5 OK")

    async def smtp_DATA(self, arg: str) -> None:
        """DATA (RFC 5321 section 4.1.1.4): read the mail, have it kept, and only then say so."""
        if self.envelope is None or not self.envelope.rcpt_tos:
            raise Permanent("no recipient was accepted", code=503, status="5.5.1")
        self._wire.say("354 end with a lone dot")
        recipients = tuple(self.envelope.rcpt_tos)
        sender = self.envelope.mail_from or ""
        content, share = Content(self._limits.size), Share(self._desk)
        try:
            await self._read(content, share)
            answers = await self._kept(sender, recipients, content)
        finally:
            share.free()
        self._reset()
        if None in answers:
            self._wire.errors = self._commands = self._junk = 0
        if not self._desk.lmtp:
            answers = (one_answer(answers),)
        self._wire.say("\r\n".join(map(reply_line, answers)))

    async def _read(self, content: Content, share: Share) -> None:
        """Read the mail; raises Hangup after a fault of ours: the rest of it must never be read as commands."""
        try:
            await self._wire.content(content, share)
        except OSError:  # the wire broke, or nothing came
            raise
        except Exception as fault:
            self._desk.tell("content", fault)
            raise Hangup(TROUBLE) from None

    async def _kept(
        self, sender: str, recipients: tuple[str, ...], content: Content
    ) -> tuple[Refusal | None, ...]:
        """One answer per RCPT (RFC 2033 section 4.2), though an address given twice is kept once."""
        try:
            # Joining releases the interpreter, and a fresh page of memory may be long in coming.
            mail = await asyncio.to_thread(content.take) if content.size > LARGE else content.take()
        except Refusal as refusal:
            return (refusal,) * len(recipients)
        once = tuple(dict.fromkeys(recipients))
        via = "lmtp" if self._desk.lmtp else "smtp"
        helo = (self.session.host_name if self.session else "") or ""
        async with self._desk.turns.turn():
            self._keeping = True
            try:
                answers = await self._desk.keep(Arrival(Envelope(sender, once, mail), via, self._peer, helo))
            finally:
                self._keeping = False
        by_address = dict(zip(once, answers, strict=True))
        return tuple(by_address[recipient] for recipient in recipients)

    def _reset(self) -> None:
        self.envelope = self._create_envelope()

    async def smtp_RSET(self, arg: str) -> None:
        """Forget the mail under way."""
        self._reset()
        self._wire.say("250 2.0.0 OK")

    async def smtp_NOOP(self, arg: str) -> None:
        """Nothing."""
        self._wire.say("250 2.0.0 OK")

    async def smtp_VRFY(self, arg: str) -> None:
        """Tells nobody who is here (RFC 5321 section 3.5.3)."""
        self._wire.say("252 2.0.0 send a mail and see")

    async def smtp_HELP(self, arg: str) -> None:
        """The commands."""
        self._wire.say("214 2.0.0 " + " ".join(self._verbs))

    async def smtp_QUIT(self, arg: str) -> None:
        """Goodbye."""
        raise Hangup("221 2.0.0 goodbye")

    async def smtp_STARTTLS(self, arg: str) -> None:
        """STARTTLS (RFC 3207): what was sent or agreed in the clear is forgotten."""
        if not self.tls_context or self._secure:
            raise Permanent("no TLS to be had", code=502, status="5.5.1")
        assert self.session is not None and self.transport is not None
        self._reset()
        # No await between the reply and start_tls: what comes after the reply belongs to the handshake.
        self._wire.secure()
        plain = cast(asyncio.WriteTransport, self.transport)
        secure = await self.loop.start_tls(plain, self, self.tls_context, server_side=True)
        if secure is None:
            raise ConnectionAbortedError
        self.transport = secure
        self._wire.move(secure)
        self.session.ssl = {"cipher": secure.get_extra_info("cipher")}
        self.session.host_name = None
