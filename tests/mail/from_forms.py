"""Two hundred and more ways to write From so that somebody may be taken for VICTIM, and what each names in truth.

Each form is the head of a mail, without the empty line. None of them is VICTIM's: EVIL is the author, or nobody.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

VICTIM, EVIL = "victim@ok.test", "evil@evil.test"

# what stands in a display name, a comment or a quotation is never an address
NAMES = (
    VICTIM, f"<{VICTIM}>", f'"{VICTIM}"', f'"<{VICTIM}>"', f'"Victim <{VICTIM}>"', f'"{VICTIM}, "', f"({VICTIM})",
    f"(<{VICTIM}>)", f"Victim ({VICTIM})", f"Victim (a (nested <{VICTIM}>))", f'"a\\" <{VICTIM}>"', f"'{VICTIM}'",
    f"'<{VICTIM}>'", f"{VICTIM},", f"{VICTIM};", f"{VICTIM}:", f"Victim {VICTIM}", f"{VICTIM} via List", f"[{VICTIM}]",
    f"=?utf-8?q?{VICTIM.replace('@', '=40')}?=", "=?utf-8?b?dmljdGltQG9rLnRlc3Q=?=", "=?utf-8?q?=3Cvictim=40ok=2Etest=3E?=",
    "=?utf-8?b?PHZpY3RpbUBvay50ZXN0Pg==?=", '"=?utf-8?b?PHZpY3RpbUBvay50ZXN0Pg==?="', "=?utf-8?q?=22?= <victim@ok.test>",
    "=?utf-8?q?victim=40ok=2Etest=00?=", "=?utf-8?q?a=0d=0aFrom:_victim=40ok=2Etest?=", "=?utf-8?q?victim?= =?utf-8?q?=40ok=2Etest?=",
    "victim\uff20ok.test", "victim@ok\u3002test", "vi\u200bctim@ok.test", "\u202etset.ko@mitciv\u202c", "victim\x00@ok.test",
    "=?x?q?victim@ok.test?=", "=?utf-7?q?victim+AEA-ok.test?=", "\\<victim@ok.test\\>", '"victim@ok.test\\"',
    f"{VICTIM} <{VICTIM}>", f"Group: {VICTIM};", f"Group:{VICTIM},", ":;", f"@ok.test:{VICTIM}", f"{VICTIM}\t", "Victim\r\n",
    f"{VICTIM}\r\n", f"\r\n <{VICTIM}>\r\n", "x" * 3000 + f" <{VICTIM}>", "(" * 60 + VICTIM + ")" * 60, '"' * 3 + VICTIM, "<", ">",
    "<>", "<<", ",", "@", ";", "\\", "(", ")", '"', "\x00", "\x07", "\x1b[2J", "\x85", "\u2028",
)  # fmt: skip

# what stands around or inside of the angle brackets
WHOLE = (
    f"<{VICTIM}> <{EVIL}>", f"<{EVIL}> <{VICTIM}>", f"<{VICTIM}>, <{EVIL}>", f"<{EVIL}>, <{VICTIM}>", f"{VICTIM}, {EVIL}",
    f"{EVIL}, {VICTIM}", f"{VICTIM} {EVIL}", f"{VICTIM};{EVIL}", f"{VICTIM}\t{EVIL}", f"{VICTIM}<{EVIL}>", f"<{VICTIM}>{EVIL}",
    f"<{EVIL}>{VICTIM}", f"<{VICTIM}><{EVIL}>", f"<<{VICTIM}>{EVIL}>", f"<{VICTIM}<{EVIL}>>", f"<{VICTIM},{EVIL}>",
    f"<{VICTIM} {EVIL}>", f"<{VICTIM}\t{EVIL}>", f"<{VICTIM}:{EVIL}>", f"<@ok.test:{EVIL}>", f"<@ok.test,@b.test:{EVIL}>",
    f"<{VICTIM}@evil.test>", f'<"{VICTIM}"@evil.test>', f"<{VICTIM}%evil.test>", "<victim%ok.test@evil.test>",
    "<ok.test!victim@evil.test>", f"<{VICTIM}\x00@evil.test>", f"<{VICTIM}\x00{EVIL}>", f"<{VICTIM}\\@evil.test>",
    f"<{VICTIM}(@evil.test)>", f"<({VICTIM}){EVIL}>", f"<{EVIL}({VICTIM})>", "<evil(@ok.test)@evil.test>", f"{VICTIM}({EVIL})x",
    f"({EVIL}) {VICTIM} <{EVIL}>", f"undisclosed: {VICTIM};, {EVIL}", f"A: {EVIL}, {VICTIM};", f"A: B: {VICTIM};; {EVIL}",
    f"{VICTIM}:;{EVIL}", f":{VICTIM}", f"{EVIL};", f";{EVIL}", f",{EVIL}", f"{EVIL},", f"{EVIL},,", f"<{EVIL}>,", f"<{EVIL}>;",
    f"<mailto:{VICTIM}>", f"mailto:{VICTIM}", f"smtp:{VICTIM}", f"<{EVIL}", f"{EVIL}>", f"<{EVIL}>>", f"<<{EVIL}>>", f"< {EVIL} >",
    f"<\r\n {EVIL}>", f"<{EVIL}\r\n >", "<ev\r\n il@evil.test>", "<victim @ok.test>", "<victim@ ok.test>", "<victim@ok .test>",
    "<victim@ok.test.>", "<victim@ok..test>", "<.victim@ok.test>", "<victim.@ok.test>", "<vic..tim@ok.test>", "<victim@[ok.test]>",
    "<victim@[127.0.0.1]>", "<victim@127.0.0.1>", "<victim@ok.test#evil.test>", "<victim@ok.test/evil.test>", "<victim@ok.test?x>",
    "<victim@ok.test&x>", "<victim@ok_test>", "<victim@-ok.test>", "<victim>", "<@ok.test>", "<victim@>", "<@>", "<>", "", " ", "\t",
    "=?utf-8?q?=3Cvictim=40ok=2Etest=3E?=", "=?utf-8?b?dmljdGltQG9rLnRlc3Q=?=", "=?utf-8?q?victim?=@ok.test",
    "<=?utf-8?q?victim?=@ok.test>", "<=?utf-8?q?victim=40ok=2Etest?=>", "<victim@=?utf-8?q?ok?=.test>",
    "=?utf-8?q?=3C?=victim@ok.test=?utf-8?q?=3E?=",
    "<vict\u0456m@ok.test>", "<victim@\u043ek.test>", "<victim\uff20ok.test>", "<victim@ok\u3002test@evil.test>",
    "<victim@o\u212a.test>", "<\u200bvictim@ok.test>", "<victim\u200b@ok.test>", "<victim@ok.test\u200b>", "<victim\u00ad@ok.test>",
    "<vi\u0301ctim@ok.test>", "<\uff56ictim@ok.test>", "<victim@\uff4f\uff4b.test>x", "<victim@ok.test\u202e>", "<\u2066victim@ok.test>",
    f'"{VICTIM}', f'<"{VICTIM}>', f'"<{VICTIM}>', f"({VICTIM}", f"{VICTIM})<{EVIL}>", f"a)({VICTIM} <{EVIL}>", f'"a" b" <{VICTIM}>',
    "\\<victim@ok.test>", "<victim@ok.test\\>", "<vic\\tim@ok.test>", '<"vic\\"tim"@ok.test>', '<"victim@ok.test>"@evil.test>',
    '<"victim"x@ok.test>', '<x"victim"@ok.test>', '<"" @ok.test>', '<""@ok.test>', "x" * 70_000 + f" <{VICTIM}>",
)  # fmt: skip

# a head as a whole; what follows the last of them is an empty line
HEADS = (
    "", "Subject: x", f"Sender: {VICTIM}", f"Reply-To: {VICTIM}", f"Return-Path: <{VICTIM}>", f"Resent-From: {VICTIM}",
    f"X-From: {VICTIM}", f"Apparently-From: {VICTIM}", f"From {VICTIM} Mon Jan  1 00:00:00 2024", f">From: {VICTIM}",
    f"Sender: {VICTIM}\r\nFrom: {EVIL}", f"From: {EVIL}\r\nReply-To: {VICTIM}", f"From: {EVIL}\r\nResent-From: {VICTIM}",
    f"Resent-From: {VICTIM}\r\nResent-Sender: {VICTIM}\r\nFrom: {EVIL}", f"From: {VICTIM}\r\nFrom: {EVIL}",
    f"From: {EVIL}\r\nFrom: {VICTIM}", f"From: {VICTIM}\r\nfrom: {EVIL}", f"FROM: {VICTIM}\r\nFrom: {EVIL}",
    f"From : {VICTIM}\r\nFrom: {EVIL}", f"From\t: {VICTIM}\r\nFrom: {EVIL}", f"From: {EVIL}\r\nFrom : {VICTIM}",
    f" From: {VICTIM}\r\nFrom: {EVIL}", f"Subject: a\r\n From: {VICTIM}\r\nFrom: {EVIL}", f"Subject: a\rFrom: {VICTIM}",
    f"Subject: a\rFrom: {VICTIM}\r\nFrom: {EVIL}", f"From: {EVIL}\rFrom: {VICTIM}", f"From: {EVIL}\nFrom: {VICTIM}",
    f"From: {EVIL}\x0bFrom: {VICTIM}", f"From: {EVIL}\x0cFrom: {VICTIM}", f"From: {EVIL}\x85From: {VICTIM}",
    f"From: {EVIL}\u2028From: {VICTIM}", f"Subject: a\x0b\r\nFrom: {EVIL}\r\nSubject: b\u2028From: {VICTIM}",
    f"From: {EVIL}\r\n\r\nFrom: {VICTIM}", f"\r\nFrom: {VICTIM}", f"From: {EVIL}\r\n \r\nFrom: {VICTIM}",
    f"From: {EVIL}\r\nno header\r\nFrom: {VICTIM}", f"From: \r\n {VICTIM}\r\nFrom: {EVIL}", f"From:\r\nFrom: {VICTIM}\r\nFrom: {EVIL}",
    f"Fr\u043em: {VICTIM}", f"From\u200b: {VICTIM}", f"\ufeffFrom: {VICTIM}\r\nFrom: {EVIL}", f"From\x00: {VICTIM}\r\nFrom: {EVIL}",
    f"F\x00rom: {VICTIM}\r\nFrom: {EVIL}", f"=?utf-8?q?From?=: {VICTIM}\r\nFrom: {EVIL}", f'"From": {VICTIM}\r\nFrom: {EVIL}',
    f"From: {EVIL}\r\nContent-Type: message/rfc822\r\n\r\nFrom: {VICTIM}",
    f"From: {EVIL}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nFrom: {VICTIM}\r\n\r\nx\r\n--b--",
    f"Content-Type: message/rfc822\r\n\r\nFrom: {VICTIM}", "From: " + ", ".join([VICTIM] * 3), f"From: {EVIL}\r\n" * 60,
    f"From: {EVIL}\r\nAuthentication-Results: mx.ok.test; dmarc=pass header.from=ok.test\r\nFrom: {VICTIM}",
)  # fmt: skip

OTHERS = frozenset(
    ("victim%ok.test@evil.test", "ok.test!victim@evil.test", "victim@xn--k-0tb.test", "v\u00edctim@ok.test")
)
"""Addresses that some of the forms name in truth, and that are neither."""


def heads() -> Iterator[str]:
    """Every form as the head of a mail."""
    for name in NAMES:
        yield f"From: {name} <{EVIL}>"
        yield f"From: <{EVIL}> {name}"
    for value in WHOLE:
        yield f"From: {value}"
    yield from HEADS
