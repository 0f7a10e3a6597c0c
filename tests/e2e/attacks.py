"""Attacks on the SMTP and LMTP doors, as a table: what is sent, and what must be answered (`tests/e2e/wire.py`)."""

from __future__ import annotations

from .wire import DATA, DOT, FROM, HELLO, OPEN, OPENED, SMUGGLED, TEXT, TO, Attack, attack

MEMBERS = "250 250/2.1.0"
LHLO = b"LHLO client.test\r\n"

# -- S1: what looks like the end of a mail ----------------------------------------------------------------------

LOOKALIKES = (
    b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r.\r\n", b"\r\n.\r", b"\r.\n", b"\n.\r", b"\n\n.\n\n",
    b"\r\r.\r\r", b"\r\r\n.\r\r\n", b"\r\n.\r\r\n", b"\n\r.\n\r", b"\n\r\n.\n\r\n", b"\r\n\n.\r\n\n",
    b"\r\n.\n\r\n", b"\n\r.\r\n", b"\r\n\r.\r\n", b"\r\n.\r\n\n"[:-1].replace(b"\n", b"\n\r", 1), b"\r\n\x00.\r\n\n",
    b"\r\x00\n.\r\n", b"\r\n.\x00\n", b"\n\x00.\n", b"\r\n.\r\x00\n", b"\n.\n\r\n", b"\x0b.\x0b\r", b"\x0c.\x0c\n",
    b"\xc2\x85.\xc2\x85\n", b"\xe2\x80\xa8.\xe2\x80\xa8\r",
)  # fmt: skip
"""Each holds a CR or LF that stands alone, so the whole mail is refused at its true end."""
HARMLESS = (
    b"\r\n.\x00\r\n", b"\r\n\x00.\r\n", b"\r\n. \r\n", b"\r\n .\r\n", b"\r\n.\t\r\n", b"\r\n..\r\n", b"\r\n.x\r\n",
    b"\x00\r\n.\x00\r\n", b"\r\n\xff.\r\n", b"\r\n\xe2\x80\xa4\r\n", b"\r\n\xef\xbc\x8e\r\n", b"\xc2\x85.\xc2\x85",
    b"\xe2\x80\xa8.\xe2\x80\xa8", b"\x0b.\x0b", b"\x0c.\x0c", b"\x1c.\x1c", b"\\r\\n.\\r\\n", b"=0D=0A.=0D=0A",
)  # fmt: skip
"""Lines like any other: one mail is kept, and what follows in it is text."""


def _bytewise(raw: bytes) -> tuple[bytes, ...]:
    return tuple(raw[at : at + 1] for at in range(len(raw)))


ENDINGS: list[Attack] = [
    *(attack(f"end {one!r}", OPEN + TEXT + one + SMUGGLED + DOT,
           want=f"{OPENED} 550/5.6.11") for one in LOOKALIKES),
    *(
        attack(f"end bytewise {one!r}", OPEN, TEXT, *_bytewise(one), SMUGGLED, *_bytewise(DOT),
               want=f"{OPENED} 550/5.6.11")
        for one in LOOKALIKES
    ),
    *(attack(f"text {one!r}", OPEN + TEXT + one + SMUGGLED + DOT,
           want=f"{OPENED} 250", kept=1) for one in HARMLESS),
    *(
        attack(f"text bytewise {one!r}", OPEN, TEXT, *_bytewise(one), SMUGGLED + DOT,
               want=f"{OPENED} 250", kept=1)
        for one in HARMLESS[:8]
    ),
    *(
        attack(f"true end cut at {at}", OPEN + TEXT + DOT[:at], DOT[at:] + b"NOOP\r\n",
               want=f"{OPENED} 250 250", kept=1)
        for at in range(1, len(DOT))
    ),
    attack("bare LF in the header", OPEN + TEXT.replace(b"\r\nS", b"\nS") + DOT, want=f"{OPENED} 550/5.6.11"),
    attack("bare CR in the header", OPEN + TEXT.replace(b"\r\nS", b"\rS") + DOT, want=f"{OPENED} 550/5.6.11"),
    attack("bare LF first of all", OPEN + b"\n" + TEXT + DOT, want=f"{OPENED} 550/5.6.11"),
    attack("bare CR before the end", OPEN + TEXT + b"\r" + DOT, want=f"{OPENED} 550/5.6.11"),
    attack("LF lines only", OPEN + TEXT.replace(b"\r\n", b"\n") + b"\n.\n" + DOT,
           want=f"{OPENED} 550/5.6.11"),
    attack("empty mail", OPEN + b".\r\n", want=f"{OPENED} 250", kept=1),
    attack("empty mail, cut", OPEN, b".", b"\r", b"\n", want=f"{OPENED} 250", kept=1),
    attack("a dot, then more", OPEN + b".\r\nRSET\r\n", want=f"{OPENED} 250 250", kept=1),
    attack("dot line ends at once and is followed", OPEN + TEXT + DOT + b".\r\n",
           want=f"{OPENED} 250 500,521 end", kept=1),
    attack("two mails in one segment", OPEN + TEXT + DOT + FROM + TO + DATA + TEXT + b"." + DOT,
           want=f"{OPENED} 250 250 250 354 250", kept=2),
]  # fmt: skip

# -- S2: nobody is relayed for ----------------------------------------------------------------------------------

STRANGERS = (
    "victim@elsewhere.test", "victim%elsewhere.test@bridge.test", "elsewhere.test!victim@bridge.test",
    "elsewhere.test!victim", "victim%elsewhere.test", '"victim@elsewhere.test"@bridge.test',
    '"victim@elsewhere.test"', '"victim%elsewhere.test"@bridge.test', "@bridge.test:victim@elsewhere.test",
    "@elsewhere.test:forum@bridge.test", "@a.test,@bridge.test:victim@elsewhere.test",
    "forum@bridge.test@elsewhere.test", "victim@elsewhere.test@bridge.test", "forum@bridge.test%elsewhere.test",
    "|/bin/sh@bridge.test", '"|/bin/sh"@bridge.test', "/var/mail/root@bridge.test", "../../etc/passwd@bridge.test",

    "/dev/null", "|id", ":include:/etc/passwd@bridge.test", "forum@[127.0.0.1]", "forum@[IPv6:::1]", "forum@127.0.0.1",
    "forum@2130706433", "forum@localhost", "forum", "root", "forum@", "@bridge.test", "@", "", "forum@bridge.test.",
    "forum@.bridge.test", "forum@bridge..test", ".forum@bridge.test", "forum.@bridge.test", "fo..rum@bridge.test",
    "forum @bridge.test", " forum@bridge.test", "forum@ bridge.test", "forum(x)@bridge.test", "forum@bridge.test(x)",
    "(x)forum@bridge.test", "forum@bridge.test,victim@elsewhere.test", "forum@bridge.test;victim@elsewhere.test",
    "forum\\@bridge.test", '"fo\\"rum"@bridge.test', '"forum', 'forum"@bridge.test', "forum@bridge.test\\",
    "forum+nonsense@bridge.test", "forum+@bridge.test", "forum-x@bridge.test", "x" * 65 + "@bridge.test",
    "x" * 300 + "@bridge.test", "forum@" + "x" * 64 + ".test", "forum@" + "x." * 130 + "test", "reply+@bridge.test",
    "reply+aaaa@bridge.test", "reply+" + "a" * 46 + "@bridge.test", "reply+aaaa%elsewhere.test@bridge.test",
    "bounce+aaaa@bridge.test", "to+aaaa@bridge.test", "reply+*@bridge.test", "confirm+../x@bridge.test",
    "postmaster@elsewhere.test", "postmaster%elsewhere.test@bridge.test", "forum@sub.bridge.test", "forum@bridge.tes",
    "forum@xbridge.test", "=?utf-8?q?forum?=@bridge.test", "forum@=?utf-8?q?bridge.test?=", "forum@bridge_test",
    "for%75m@bridge.test", "forum@bridge%2etest", "forum@xn--bridge.test", "user:pass@bridge.test", "*@bridge.test",
)  # fmt: skip
BEYOND_ASCII = (
    "f\u043erum@bridge.test", "forum@bridge\u3002test", "forum\uff20bridge.test", "forum@br\u0456dge.test",
    "\uff46\uff4f\uff52\uff55\uff4d@bridge.test", "for\u00adum@bridge.test", "forum\u200b@bridge.test",
    "forum@bridge\u2024test", "\u202eforum@bridge.test", "forum\u0307@bridge.test", "\u017f@bridge.test",
)  # fmt: skip


def _strangers() -> list[Attack]:
    refused = "550,553,501"
    found = [
        attack(f"to {one[:60]!r}", HELLO + FROM + b"RCPT TO:<" + one.encode() + b">\r\n" + DATA,
               want=f"{MEMBERS} {refused} 503,554")
        for one in STRANGERS
    ]  # fmt: skip
    for one in BEYOND_ASCII:
        rcpt = b"RCPT TO:<" + one.encode() + b">\r\n" + DATA
        sender = b"MAIL FROM:<ann@home.test> SMTPUTF8\r\n"
        found.append(attack(f"to {one!r}", HELLO + FROM + rcpt, want=f"{MEMBERS} {refused} 503,554"))
        if one != "forum@bridge\u3002test":  # UTS 46 reads this dot as a dot: the address is ours
            found.append(
                attack(f"to {one!r} by SMTPUTF8", HELLO + sender + rcpt, want=f"{MEMBERS} {refused} 503,554")
            )
    return found


RELAYS = [
    *_strangers(),
    *(
        attack(f"RCPT {one[:50]!r}", HELLO + FROM + b"RCPT " + one + b"\r\n" + DATA,
               want=f"{MEMBERS} {code} 503,554")
        for one, code in (
            (b"", "501"), (b"TO", "501"), (b"TO:", "501"), (b"TO:<", "501"), (b"TO:>", "501"), (b"TO:<>", "550,501"),
            (b"TO:<<forum@bridge.test>", "501"), (b"TO:<forum@bridge.test>>", "501"),
            (b"TO:forum@bridge.test", "501"),
            (b"TO <forum@bridge.test>", "501"), (b"FROM:<forum@bridge.test>", "501"),
            (b"TO:<forum@bridge.test>x", "501"), (b"TO:<forum@bridge.test> NOTIFY=NEVER", "555"),
            (b"TO:<forum@bridge.test> ORCPT=rfc822;x@elsewhere.test", "555"), (b"TO:<forum@bridge.test> =", "501"),
            (b"TO:<forum@bridge.test> <victim@elsewhere.test>", "501"),
            (b"TO:<forum@bridge.test>,<victim@elsewhere.test>", "501"),
            (b"TO:Forum <forum@bridge.test>", "501"), (b"TO:<forum@bridge.test> RELAY=x", "555"),
            (b"TO:<\xff\xfe@bridge.test>", "550,553"), (b"TO:<" + b"a" * 3000 + b"@bridge.test>", "501,500,550"),
        )
    ),
    *(
        attack(f"RCPT control {byte}", HELLO + FROM + b"RCPT TO:<forum" + bytes([byte]) + b"@bridge.test>\r\n",
               want=f"{MEMBERS} 500,501,550")
        for byte in (0, 1, 7, 8, 9, 11, 12, 27, 127)
    ),
    *(
        attack(f"ours: {one}", HELLO + FROM + b"RCPT TO:<" + one.encode() + b">\r\nRSET\r\n",
               want=f"{MEMBERS} 250/2.1.5 250")
        for one in ("FORUM@BRIDGE.TEST", "Forum@Bridge.Test", '"forum"@bridge.test', "postmaster", "POSTMASTER",
                    "Postmaster@bridge.test", "forum+help@bridge.test", "forum-request@bridge.test")
    ),
]  # fmt: skip

# -- the sender -------------------------------------------------------------------------------------------------

SENDERS = [
    attack(f"MAIL {one[:60]!r}", HELLO + b"MAIL " + one + b"\r\n" + TO, want=f"250 {code} 503/5.5.1")
    for one, code in (
        (b"", "501"), (b"FROM", "501"), (b"FROM:", "501"), (b"FROM:<", "501"), (b"FROM:>", "501"),
        (b"FROM:<@", "501"),
        (b'FROM:<"', "501"), (b"FROM:<@>", "553,501"), (b'FROM:<">', "553,501"), (b'FROM:<"">', "553,501"),
        (b"FROM:<a@b.test", "501"), (b"FROM:a@b.test", "501"), (b"FROM a@b.test", "501"), (b"TO:<a@b.test>", "501"),
        (b"FROM:<<a@b.test>>", "501"), (b"FROM:<a@b.test>x", "501"), (b"FROM:<a@b.test>>", "501"),
        (b"FROM:<a@>", "553,501"), (b"FROM:<@b.test>", "553,501"), (b"FROM:<a@b@c.test>", "553,501"),
        (b"FROM:<a@b..test>", "553,501"), (b"FROM:<a b@c.test>", "553,501"), (b"FROM:<a\x00@c.test>", "500,501,553"),
        (b"FROM:<a\r@c.test>", "500,501,553"), (b"FROM:<\xff@c.test>", "553,501"),
        (b"FROM:<\xd1\x84@c.test>", "553,550"),
        (b"FROM:<" + b"a" * 600 + b"@b.test>", "501,553"), (b"FROM:<a@" + b"b" * 600 + b".test>", "501,553"),
        (b"FROM:<a@b.test> SIZE=99999999999", "552/5.3.4"), (b"FROM:<a@b.test> SIZE=-1", "501/5.5.4"),
        (b"FROM:<a@b.test> SIZE=", "501/5.5.4"), (b"FROM:<a@b.test> SIZE", "501/5.5.4"),
        (b"FROM:<a@b.test> SIZE=1e3", "501"),
        (b"FROM:<a@b.test> SIZE=" + b"9" * 400, "501,552"), (b"FROM:<a@b.test> SIZE=1 SIZE=2", "501/5.5.4"),
        (b"FROM:<a@b.test> SIZE=\xd9\xa1", "501"), (b"FROM:<a@b.test> BODY=BINARYMIME", "501,555"),
        (b"FROM:<a@b.test> BODY=", "501"), (b"FROM:<a@b.test> BODY=7BIT BODY=8BITMIME", "501"),
        (b"FROM:<a@b.test> SMTPUTF8=YES", "501"), (b"FROM:<a@b.test> AUTH=<>", "555"),
        (b"FROM:<a@b.test> RET=FULL", "555"),
        (b"FROM:<a@b.test> ENVID=x", "555"), (b"FROM:<a@b.test> REQUIRETLS", "555"),
        (b"FROM:<a@b.test> FOO=BAR", "555"),
        (b"FROM:<a@b.test> =", "501"), (b"FROM:<a@b.test> a=b=c", "501"), (b"FROM:<a@b.test> " + b"X " * 200, "501"),
        (b"FROM:<a@b.test> SIZE=1,BODY=7BIT", "501"), (b"FROM:<|/bin/sh>", "553,501"), (b"FROM:<../../x>", "553,501"),
        (b"FROM:<@x.test:a@b.test>", "553,501"), (b"FROM:<(x)a@b.test>", "553,501"),
        (b"FROM:<a@b.test(x)>", "553,501"),
    )
] + [
    attack(f"MAIL {one!r}", HELLO + b"MAIL " + one + b"\r\nRSET\r\n", want="250 250/2.1.0 250/2.0.0")
    for one in (
        b"FROM:<>", b"from:<a@b.test>", b"FROM:<a@b.test> SIZE=0", b"FROM:<a@b.test> size=10 body=8bitmime",
        b"FROM:<a@b.test> BODY=7BIT", b"FROM:<\xd1\x84@b.test> SMTPUTF8", b"FROM:<a@[192.0.2.1]>",
        b"FROM:<\"a b\"@c.test>",
        b"FROM:<a+b=c@b.test>", b"FROM:<a@b.test> ",
    )
]  # fmt: skip

# -- order, verbs, lines ----------------------------------------------------------------------------------------

ORDER = [
    attack("RCPT before MAIL", HELLO + TO, want="250 503/5.5.1"),
    attack("DATA before MAIL", HELLO + DATA, want="250 503/5.5.1"),
    attack("DATA without RCPT", HELLO + FROM + DATA, want="250 250 503/5.5.1"),
    attack("MAIL before EHLO", FROM + TO + DATA, want="503/5.5.1 503/5.5.1 503/5.5.1"),
    attack("MAIL in MAIL", HELLO + FROM + FROM + TO, want="250 250 503/5.5.1 250"),
    attack("EHLO in a mail resets", HELLO + FROM + TO + HELLO + DATA, want="250 250 250 250 503"),
    attack("HELO in a mail resets", HELLO + FROM + TO + b"HELO x\r\n" + DATA, want="250 250 250 250 503"),
    attack("RSET in a mail resets", HELLO + FROM + TO + b"RSET\r\n" + DATA, want="250 250 250 250 503"),
    attack("RSET before EHLO", b"RSET\r\nNOOP\r\n", want="250 250"),
    attack("QUIT at once", b"QUIT\r\n", want="221/2.0.0 end"),
    attack("QUIT in a mail", HELLO + FROM + TO + b"QUIT\r\n", want="250 250 250 221 end"),
    attack("QUIT pipelined behind the mail", OPEN + TEXT + DOT + b"QUIT\r\n",
           want=f"{OPENED} 250 221 end", kept=1),
    attack("nothing after QUIT", OPEN + TEXT + DOT + b"QUIT\r\n" + SMUGGLED + DOT,
           want=f"{OPENED} 250 221 end", kept=1),
    attack("all refused, then DATA and text", HELLO + FROM + b"RCPT TO:<x@elsewhere.test>\r\n" + DATA + b"QUIT\r\n",
           want="250 250 550 503 221 end"),
    attack("DATA with an argument", HELLO + FROM + TO + b"DATA now\r\nRSET\r\n",
           want="250 250 250 501/5.5.4 250"),
    attack("RSET with an argument", HELLO + b"RSET x\r\n", want="250 501/5.5.4"),
    attack("QUIT with an argument", HELLO + b"QUIT x\r\n", want="250 501/5.5.4"),
    attack("EHLO without a name", b"EHLO\r\nEHLO \r\n", want="501 501"),
    attack("LHLO at the SMTP door", LHLO + FROM, want="500/5.5.1 503"),
    attack("a mail after each refusal", OPEN + TEXT + b"\n" + DOT + FROM + TO + DATA + TEXT + DOT,
           want=f"{OPENED} 550 250 250 354 250", kept=1),
    attack("half-closed after the dot", OPEN + TEXT + DOT,
           want=f"{OPENED} 250 end", kept=1, half_closed=True),
    attack("half-closed before the dot", OPEN + TEXT, want=f"{OPENED} end", half_closed=True),
    attack("half-closed in a command", HELLO + b"MAIL FROM:<a", want="250 end", half_closed=True),
    attack("each byte a segment", *_bytewise(OPEN + TEXT + DOT), want=f"{OPENED} 250", kept=1),
    *(
        attack(f"verb {one[:40]!r}", HELLO + one + b"\r\n", want=f"250 {code}")
        for one, code in (
            (b"VRFY forum", "252/2.0.0"), (b"VRFY", "501,252"), (b"VRFY root", "252"),
            (b"EXPN forum", "502,500/5.5.1"),
            (b"ETRN bridge.test", "502,500"), (b"TURN", "502,500"), (b"ATRN x", "502,500"),
            (b"SEND FROM:<a@b.test>", "502,500"), (b"SOML FROM:<a@b.test>", "502,500"),
            (b"SAML FROM:<a@b.test>", "502,500"),
            (b"XCLIENT ADDR=127.0.0.1", "502,500,550"), (b"XFORWARD ADDR=127.0.0.1", "502,500"),
            (b"XEXCH50 2 2", "502,500"),
            (b"AUTH PLAIN AGEAYg==", "502,500,503"), (b"AUTH LOGIN", "502,500,503"),
            (b"BURL imap://x LAST", "502,500"),
            (b"BDAT 5 LAST", "502,500,503"), (b"BDAT 99999999999999999999", "502,500,501,503"), (b"HELP", "214"),
            (b"HELP MAIL", "214"), (b"NOOP", "250/2.0.0"), (b"NOOP with words", "250"), (b"DEBUG", "500,502"),
            (b"WIZ", "500,502"), (b"KILL", "500,502"), (b"STARTTLS", "502,500,454"), (b"MAILFROM:<a@b.test>", "500"),
            (b"MAIL\tFROM:<a@b.test>", "500,501"), (b"XXXX" * 20, "500"), (b"EHLO\x00", "500,501"),
            (b"NOOP \x00", "500,501"), (b"NOOP " + b"\xff" * 20, "250,500,501"), (b"DATA\x00", "500,501"),
            (b"NOOP\x0b", "500"), (b"MAIL FROM:<a@b.test>\rRCPT TO:<x@elsewhere.test>", "500,501"),
            (b"NOOP " + b"x" * 2000, "250,500"), (b"NOOP " + b"x" * 5000, "500/5.5.2"),
            (b"EHLO " + b"x" * 9000, "500/5.5.2"),
            (b"EHLO " + b"<script>" * 10, "250,501"), (b"EHLO ../../etc", "250,501"), (b"EHLO [127.0.0.1]", "250"),
            (b"EHLO [IPv6:::1]", "250"), (b"EHLO a b c", "250,501"), (b"EHLO \xff\xfe", "250,501"),
            (b"EHLO %s%n%x", "250,501"),
        )
    ),
    *(
        attack(f"line end {one!r}", one, want="521,500 end")
        for one in (b"NOOP\n", b"EHLO x\nMAIL FROM:<a@b.test>\n", HELLO.replace(b"\r\n", b"\n") + FROM + TO + DATA,
                    b"\n", b"NOOP\n\r\n", b"EHLO x\n" + SMUGGLED)
    ),
    attack("bare CR in a command", b"NOOP\rNOOP\r\n", want="500"),
    attack("CR CR LF", b"NOOP\r\r\n", want="500"),
    attack("a blank line", b"\r\nNOOP\r\n", want="500 250"),
    attack("a line without end", b"x" * 200_000, want="500,521 end"),
    attack("LF in MAIL", HELLO + b"MAIL FROM:<a@b.test>\nRCPT TO:<forum@bridge.test>\r\n",
           want="250 521,500 end"),
]  # fmt: skip

# -- other tongues at the port ----------------------------------------------------------------------------------

FORM = OPEN + TEXT + DOT
TONGUES = [
    attack("HTTP POST of a mail", b"POST / HTTP/1.1\r\nHost: bridge.test\r\nContent-Length: 300\r\n\r\n" + FORM,
           want="521,500 end"),
    attack("HTTP GET", b"GET / HTTP/1.0\r\n\r\n", want="521,500 end"),
    attack("HTTP, small letters", b"post / http/1.1\r\n\r\n" + FORM, want="521,500 end"),
    attack("HTTP PUT, bare LF", b"PUT /x HTTP/1.1\nHost: a\n\n" + FORM, want="521,500 end"),
    attack("HTTP header first", b"Host: bridge.test\r\nContent-Type: text/plain\r\n\r\n" + FORM,
           want="521,500 end"),
    attack("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", want="521,500 end"),
    attack("HTTP OPTIONS", b"OPTIONS * HTTP/1.1\r\n\r\n" + FORM, want="521,500 end"),
    attack("HTTP CONNECT", b"CONNECT bridge.test:25 HTTP/1.1\r\n\r\n" + FORM, want="521,500 end"),
    attack("TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40, want="521,500 end"),
    attack("TLS hello with a mail", b"\x16\x03\x01\x00\xff\r\n" + FORM, want="521,500 end"),
    attack("SSLv2 hello", b"\x80\x2e\x01\x03\x01\x00\x15", want="521,500 end"),
    attack("SSH", b"SSH-2.0-OpenSSH_9.6\r\n" + FORM, want="521,500 end"),
    attack("zeros", b"\x00" * 500 + b"\r\n" + FORM, want="521,500 end"),
    attack("binary", bytes(range(128, 256)) * 8 + b"\r\n" + FORM, want="521,500 end"),
    attack("telnet", b"\xff\xfd\x01\xff\xfd\x1f", want="521,500 end"),
    attack("proxy protocol", b"PROXY TCP4 192.0.2.1 192.0.2.2 1 25\r\n" + FORM, want="521,500 end"),
    attack("proxy protocol 2", b"\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c" + b"\x00" * 12,
           want="500 500 521,500 end"),
    attack("FTP", b"USER anonymous\r\nPASS x\r\n" + FORM, want="521,500 end"),
    attack("IRC", b"NICK x\r\nUSER x 0 * x\r\n" + FORM, want="521,500 end"),
    attack("redis", b"*1\r\n$4\r\nPING\r\n", want="521,500 end"),
    attack("JSON", b'{"jsonrpc": "2.0"}\r\n' + FORM, want="521,500 end"),
    attack("SIP", b"INVITE sip:x@bridge.test SIP/2.0\r\nVia: x\r\n\r\n" + FORM, want="521,500 end"),
]  # fmt: skip

# -- sizes and counts -------------------------------------------------------------------------------------------

SIZES = [
    attack("a line of 998", OPEN + TEXT + b"\r\n" + b"x" * 998 + DOT, want=f"{OPENED} 250", kept=1),
    attack("a line of 30,000", OPEN + TEXT + b"\r\n" + b"x" * 30_000 + DOT, want=f"{OPENED} 250", kept=1),
    attack("a line of 1,000,000", OPEN + TEXT + b"\r\n" + b"x" * 1_000_000 + DOT,
           want=f"{OPENED} 250", kept=1),
    attack("too big", OPEN + TEXT + b"\r\n" + b"y" * 2_100_000 + DOT, want=f"{OPENED} 552/5.3.4"),
    attack("too big, then a good one", OPEN + TEXT + b"\r\n" + b"y" * 2_100_000 + DOT + FROM + TO + DATA + TEXT + DOT,
           want=f"{OPENED} 552 250 250 354 250", kept=1),
    attack("SIZE told a lie", HELLO + b"MAIL FROM:<ann@home.test> SIZE=10\r\n" + TO + DATA + b"z" * 2_100_000 + DOT,
           want=f"{OPENED} 552/5.3.4"),
    attack("SIZE too big, and on all the same", HELLO + b"MAIL FROM:<ann@home.test> SIZE=2000001\r\n" + TO + DATA,
           want="250 552/5.3.4 503 503"),
    attack("8-bit text", HELLO + b"MAIL FROM:<ann@home.test> BODY=8BITMIME\r\n" + TO + DATA + TEXT
           + b"\xff\x80\xc3\xbc" + DOT,
           want=f"{OPENED} 250", kept=1),
    attack("BDAT with a mail behind it", HELLO + FROM + TO + b"BDAT %d LAST\r\n" % len(TEXT) + TEXT + b"\r\n",
           want="250 250 250 500 521 end"),
    attack("text after MAIL was refused", HELLO + b"MAIL FROM:<a@b.test> X=1\r\n" + TO + DATA + TEXT + DOT,
           want="250 555 503 503 521 end"),
    attack("half-closed behind two mails", OPEN + TEXT + DOT + FROM + TO + DATA + TEXT + DOT,
           want=f"{OPENED} 250 250 250 354 250 end", kept=2, half_closed=True),
    attack("line end of Unicode in an address", HELLO + "MAIL FROM:<a\u2028b@c.test> SMTPUTF8\r\n".encode(),
           want="250 553/5.1.7"),
    attack("null sender", HELLO + b"MAIL FROM:<>\r\n" + TO + DATA + TEXT + DOT, want=f"{OPENED} 250", kept=1),
    attack("SMTPUTF8", HELLO + "MAIL FROM:<\u0444@home.test> SMTPUTF8\r\n".encode() + TO + DATA + TEXT + DOT,
           want=f"{OPENED} 250", kept=1),
    attack("120 recipients", HELLO + FROM + TO * 120 + DATA + TEXT + DOT,
           want="250 250 " + "250/2.1.5 " * 100 + "452/4.5.3 " * 20 + "354 250", kept=1),
    attack("1,200 recipients", HELLO + FROM + TO * 1200,
           want="250 250 " + "250 " * 100 + "452/4.5.3 " * 898 + "421 end"),
    attack("30 errors", HELLO + b"NONSENSE\r\n" * 30, want="250 " + "500 " * 20 + "421 end"),
    attack("30 unknown recipients", HELLO + FROM + b"RCPT TO:<x@elsewhere.test>\r\n" * 30,
           want="250 250 " + "550 " * 20 + "421 end"),
    attack("30 guessed tokens", HELLO + FROM + b"RCPT TO:<reply+abcdefgh@bridge.test>\r\n" * 30,
           want="250 250 " + "550 " * 20 + "421 end"),
    attack("guesses with RSET", HELLO + (FROM + b"RCPT TO:<reply+abcdefgh@bridge.test>\r\nRSET\r\n") * 30,
           want="250 " + "250 550 250 " * 19 + "250 550 421 end"),
    attack("200 NOOPs", b"NOOP\r\n" * 200, want="250 " * 100 + "421 end"),
    attack("200 RSETs", b"RSET\r\n" * 200, want="250 " * 100 + "421 end"),
    attack("200 EHLOs", HELLO * 200, want="250 " * 100 + "421 end"),
    attack("MAIL and RSET without end", HELLO + (FROM + b"RSET\r\n") * 150,
           want="250 " + "250 250 " * 99 + "250 421 end"),
    attack("VRFY without end", HELLO + b"VRFY x\r\n" * 150, want="250 " + "252 " * 99 + "421 end"),
]  # fmt: skip

# -- LMTP -------------------------------------------------------------------------------------------------------

THREE = (
    TO
    + b"RCPT TO:<nobody@bridge.test>\r\n"
    + TO.replace(b"forum@", b"postmaster@")
    + TO.replace(b"forum@", b"forum+help@")
)
LMTP = [
    attack("EHLO at LMTP", HELLO + FROM, want="500/5.5.1 503", lmtp=True),
    attack("HELO at LMTP", b"HELO x\r\n" + FROM, want="500/5.5.1 503", lmtp=True),
    attack("a reply each", LHLO + FROM + THREE + DATA + TEXT + DOT + b"NOOP\r\n",
           want="250 250 250 550 250 250 354 250 250 250 250/2.0.0", kept=1, lmtp=True),
    attack("too big for each", LHLO + FROM + THREE + DATA + b"x" * 2_100_000 + DOT,
           want="250 250 250 550 250 250 354 552/5.3.4 552/5.3.4 552/5.3.4", lmtp=True),
    attack("a bare LF refused for each", LHLO + FROM + THREE + DATA + TEXT + b"\n.\n" + SMUGGLED + DOT,
           want="250 250 250 550 250 250 354 550/5.6.11 550/5.6.11 550/5.6.11", lmtp=True),
    attack("one recipient twice", LHLO + FROM + TO + TO + DATA + TEXT + DOT,
           want="250 250 250 250 354 250 250", kept=1, lmtp=True),
    attack("no recipient", LHLO + FROM + DATA, want="250 250 503/5.5.1", lmtp=True),
    attack("all refused", LHLO + FROM + b"RCPT TO:<x@elsewhere.test>\r\n" + DATA,
           want="250 250 550 503/5.5.1", lmtp=True),
    attack("text after all were refused", LHLO + FROM + b"RCPT TO:<x@bridge.test>\r\n" + DATA + TEXT + DOT,
           want="250 250 550 503 521 end", lmtp=True),
    attack("DATA for nobody, then a good one",
           LHLO + FROM + b"RCPT TO:<x@bridge.test>\r\n" + DATA + b"RSET\r\n" + FROM + TO + DATA + TEXT + DOT,
           want="250 250 550 503 250 250 250 354 250", kept=1, lmtp=True),
    attack("RSET and a mail pipelined behind the dot", LHLO + FROM + TO + DATA + TEXT + DOT + b"RSET\r\n" + FROM + TO
           + DATA + TEXT + DOT, want="250 250 250 354 250 250 250 250 354 250", kept=2, lmtp=True),
    attack("101 recipients by LMTP", LHLO + FROM + TO * 101 + DATA + TEXT + DOT,
           want="250 250 " + "250 " * 100 + "452 354 " + "250 " * 100, kept=1, lmtp=True),
    attack("half-closed in a mail", LHLO + FROM + TO + DATA + TEXT, want="250 250 250 354 end", lmtp=True,
           half_closed=True),
    attack("null sender by LMTP", LHLO + b"MAIL FROM:<>\r\n" + TO + DATA + TEXT + DOT,
           want=f"{OPENED} 250", kept=1, lmtp=True),
    attack("HTTP at LMTP", b"POST / HTTP/1.1\r\n\r\n" + FORM, want="521,500 end", lmtp=True),
    attack("bare LF at LMTP", LHLO.replace(b"\r\n", b"\n"), want="521,500 end", lmtp=True),
    *(
        attack(f"LMTP end {one!r}", LHLO + FROM + TO + DATA, TEXT, *_bytewise(one), SMUGGLED + DOT,
               want=f"{OPENED} 550/5.6.11", lmtp=True)
        for one in LOOKALIKES[:8]
    ),
]  # fmt: skip

EVERY = [*ENDINGS, *RELAYS, *SENDERS, *ORDER, *TONGUES, *SIZES, *LMTP]
