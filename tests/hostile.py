"""Mails that nobody writes: shapes that grow with a size, and seeded odd ones. Each must be read, or refused, soon.

`SHAPES` are functions of a size in bytes, each aimed at what makes a parser, a regular expression or a sanitiser more
than linear. `odd(seed)` is a mail that is cut, mixed, mislabelled or damaged; the same for the same seed.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

HEAD = (
    b"From: Ada <ada@members.example>\r\nTo: general@forum.example\r\nSubject: Tools\r\n"
    b"Message-ID: <m%d@members.example>\r\nDate: Mon, 02 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
)


def letter(
    body: bytes, kind: bytes = b"text/plain; charset=utf-8", more: bytes = b"", number: int = 0
) -> bytes:
    """A mail with this body."""
    return HEAD % number + b"Content-Type: " + kind + b"\r\n" + more + b"\r\n" + body


def many(piece: str) -> Callable[[int], bytes]:
    """A plain text made of a piece."""
    return lambda size: letter(piece.encode() * (size // len(piece.encode())))


def markup(piece: str, before: str = "", after: str = "") -> Callable[[int], bytes]:
    """A page made of a piece."""
    wide = piece.encode()
    return lambda size: letter(
        before.encode() + wide * (size // len(wide)) + after.encode(), b"text/html; charset=utf-8"
    )


def header(name: str, piece: str, most: int = 60_000) -> Callable[[int], bytes]:
    """A header made of a piece, as long as a header may be."""
    return lambda size: letter(
        b"hi", more=f"{name}: ".encode() + (piece * (min(size, most) // len(piece))).encode() + b"\r\n"
    )


def _multipart(kind: str, part: bytes, most: int = 990) -> Callable[[int], bytes]:
    def made(size: int) -> bytes:
        count = min(size // len(part), most)
        return letter(
            b"--b\r\n" + b"--b\r\n".join([part] * count) + b"--b--\r\n",
            f"multipart/{kind}; boundary=b".encode(),
        )

    return made


def _coded(text: str, charset: str) -> Callable[[int], bytes]:
    """Base64 of a text in a charset that takes work to convert."""

    def made(size: int) -> bytes:
        raw = (text * (size // len(text))).encode(charset, "replace")
        return letter(
            base64.encodebytes(raw),
            f"text/plain; charset={charset}".encode(),
            b"Content-Transfer-Encoding: base64\r\n",
        )

    return made


def _deep(open_: str, close: str = "") -> Callable[[int], bytes]:
    return lambda size: letter(
        (open_ * (size // len(open_)) + "words" + close * (size // len(open_))).encode(),
        b"text/html; charset=utf-8",
    )


SHAPES: dict[str, Callable[[int], bytes]] = {
    # -- text
    "one line": many("a"),
    "one line of words": many("word "),
    "empty lines": many("\n"),
    "spaces": many(" "),
    "tabs and ends": many("\t\n"),
    "quote marks": many(">"),
    "quoted lines": many("> a\n"),
    "deep quotes": many("> > > > > > > > > > a\n"),
    "stairs of quotes": many("> a\n>> a\n>>> a\n>>>> a\n"),
    "attributions": many("On Mon, 2 Nov 2026 at 10:00, Bo <bo@x.example> wrote:\n"),
    "attributions that do not end": many("On Mon, 2 Nov 2026 at 10:00 Bo "),
    "half attributions": many("On Mon\n, 2 Nov\n 2026 at\n"),
    "signature marks": many("-- \n"),
    "rules": many("-----\n_____\n=====\n"),
    "header blocks": many("From: Bo\nSent: Monday\nTo: Ada\nSubject: x\n\n"),
    "forward marks": many("---------- Forwarded message ---------\n"),
    "original marks": many("-----Original Message-----\n"),
    "stars": many("*"),
    "stars and underscores": many("*_"),
    "emphasis that opens": many("**a "),
    "backticks": many("`"),
    "brackets": many("["),
    "links that open": many("[a]("),
    "nested links": many("![["),
    "references": many("[a]: b\n"),
    "nested lists": many("- - - - - - a\n"),
    "list stairs": many(" - a\n  - a\n   - a\n"),
    "tables": many("a|b|c\n-|-|-\n"),
    "pipes": many("|"),
    "backslashes": many("\\"),
    "entities": many("&amp;"),
    "half entities": many("&#"),
    "tags in text": many("<a"),
    "autolinks": many("<http://a"),
    "urls": many("http://a.example/ "),
    "one url": many("http://a.example/?"),
    "addresses": many("a@b.example "),
    "one address": many("a.b"),
    "at signs": many("@"),
    "mentions": many("@ada "),
    "phones": many("+44 1632 960 "),
    "digits": many("1"),
    "digits and dots": many("1."),
    "dates": many("Mon, 2 Nov 2026 10:00 "),
    "capitals": many("Ada Bo Cy "),
    "notices": many("This email is confidential and intended solely for the addressee. "),
    "greetings": many("Hi Ada,\n\nBest regards,\nBo\n\n"),
    "marks on letters": many("a\u0301\u0302\u0303"),
    "marks without end": many("\u0301"),
    "wide letters": many("\u6728\u6f22"),
    "right to left": many("\u05d0\u202e"),
    "joined faces": many("\U0001f469\u200d"),
    "controls": many("\x01\x02\x1b["),
    "uuencode": many("begin 644 a\nM" + "A" * 60 + "\n"),
    "flowed": lambda n: letter(b"a \r\n" * (n // 4), b"text/plain; format=flowed; delsp=yes"),
    "flowed quotes": lambda n: letter(b">> a \r\n" * (n // 7), b"text/plain; format=flowed"),
    # -- pages
    "open divs": _deep("<div>"),
    "divs": _deep("<div>", "</div>"),
    "open bold": _deep("<b>"),
    "misnested": markup("<b><i></b>"),
    "open quotes": _deep("<blockquote>"),
    "quotes": _deep("<blockquote type=cite>", "</blockquote>"),
    "gmail quotes": _deep('<div class="gmail_quote">', "</div>"),
    "open tables": _deep("<table><tr><td>"),
    "cells": markup("<td>a", "<table><tr>"),
    "lists": _deep("<ul><li>", "</li></ul>"),
    "open links": markup("<a href=x>a"),
    "links": markup("<a href='http://a.example/'>a</a>"),
    "open fonts": _deep("<font color=red>"),
    "paragraphs": markup("<p>a"),
    "breaks": markup("<br>"),
    "rules in pages": markup("<hr>"),
    "angles": markup("<"),
    "ampersands": markup("&"),
    "entities in pages": markup("&lt;"),
    "long entity": markup("a", "&"),
    "attributes": markup(" a=b", "<p", ">x</p>"),
    "one attribute": markup("a", '<p title="', '">x</p>'),
    "styles": markup("color:red;", '<p style="', '">x</p>'),
    "style sheet": markup("p{a:b}", "<style>", "</style>x"),
    "comments": markup("<!-- a -->"),
    "open comment": markup("-", "<!--"),
    "conditional": markup("<!--[if mso]>a<![endif]-->"),
    "cdata": markup("<![CDATA["),
    "scripts": markup("<script>a</script>"),
    "svg": _deep("<svg><g>", "</g></svg>"),
    "math": _deep("<math><mi>"),
    "templates": _deep("<template>"),
    "selects": _deep("<select><option>"),
    "pictures": markup("<img src=cid:a>"),
    "data pictures": markup("A", '<img src="data:image/png;base64,', '">x'),
    "plaintext": markup("<plaintext>"),
    "nul in tags": markup("<\x00b>"),
    "spans": markup("<span>a</span>"),
    "nested spans": _deep("<span>", "</span>"),
    "outlook borders": markup("<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> a</p></div>"),
    "preformatted": markup("<pre>\n a\n</pre>"),
    "headings": _deep("<h1>"),
    "buttons": _deep("<button>"),
    "forms": _deep("<form><nobr>"),
    # -- headers
    "comments in From": header("Reply-To", "("),
    "groups": header("Cc", "a:b@c.example;,"),
    "mailboxes": header("Cc", "a <a@b.example>, "),
    "quoted pairs": header("Cc", '"\\'),
    "encoded words": header("X-Note", "=?utf-8?q?=c3=b6?= "),
    "encoded words at once": header("X-Note", "=?utf-8?q?a?="),
    "half words": header("X-Note", "=?"),
    "base64 words": header("X-Note", "=?utf-8?b?w7Y=?= "),
    "folds": header("X-Note", "\r\n a"),
    "references in a header": header("References", "<a@b.example> "),
    "angles in a header": header("In-Reply-To", "<"),
    "authentication results": header("Authentication-Results", "x; dkim=pass header.d=a "),
    "received": lambda n: letter(b"hi", more=b"Received: from a by b; c\r\n" * min(n // 26, 900)),
    # -- parts
    "parts": _multipart("mixed", b"\r\nx\r\n"),
    "alternatives": _multipart("alternative", b"Content-Type: text/html\r\n\r\n<p>x</p>\r\n"),
    "text parts": _multipart("mixed", b"Content-Type: text/plain\r\n\r\n> x\r\n"),
    "pictures as parts": _multipart("related", b"Content-Type: image/png\r\nContent-ID: <a>\r\n\r\nx\r\n"),
    "parts without their boundary": _multipart(
        "mixed", b"Content-Type: multipart/mixed\r\n\r\n--i\r\n\r\nx\r\n", most=400
    ),
    "parts in each other without boundary": _multipart(
        "mixed", b"Content-Type: multipart/mixed\r\n\r\n--i\r\n" * 9, most=100
    ),
    "mails as parts": _multipart("digest", b"Content-Type: message/rfc822\r\n\r\nSubject: a\r\n\r\nx\r\n"),
    "names in pieces": _multipart(
        "mixed", b"Content-Type: a/b;" + b"".join(b" name*%d*=%%41;" % n for n in range(90)) + b"\r\n\r\nx\r\n", 300
    ),
    "base64": lambda n: letter(b"QUJD" * (n // 4), more=b"Content-Transfer-Encoding: base64\r\n"),
    "bad base64": lambda n: letter(b"A=\n" * (n // 3), more=b"Content-Transfer-Encoding: base64\r\n"),
    "quoted-printable": lambda n: letter(b"=3D" * (n // 3), more=b"Content-Transfer-Encoding: quoted-printable\r\n"),
    "soft ends": lambda n: letter(b"=\r\n" * (n // 3), more=b"Content-Transfer-Encoding: quoted-printable\r\n"),
    "utf-7": lambda n: letter(b"+AAo-" * (n // 5), b"text/plain; charset=utf-7"),
    "iso-2022-jp": lambda n: letter(b"\x1b$B0l\x1b(B" * (n // 8), b"text/plain; charset=iso-2022-jp"),
    "iso-2022 switches": lambda n: letter(b"\x1b$B\x1b(B\x1b(J" * (n // 9), b"text/plain; charset=iso-2022-jp"),
    "hz": lambda n: letter(b"~{VP~}" * (n // 6), b"text/plain; charset=hz-gb-2312"),
    "no charset": lambda n: letter(b"\xe4\xf6\xfc " * (n // 4), b"text/plain"),
    "all bytes": lambda n: letter(bytes(range(256)) * (n // 256), b"text/plain; charset=x-none"),
    "gb18030": _coded("\u6728\u6f22\U0001f469 ", "gb18030"),
    "utf-32": _coded("a\u6f22 ", "utf-32"),
    "big5": _coded("\u6728\u6f22 ", "big5"),
    "big5 labelled gb2312": lambda n: letter("\u6728\u6f22".encode("big5") * (n // 4), b"text/plain; charset=gb2312"),
    "koi8 labelled windows-1251": lambda n: letter(
        "Привет ".encode("koi8-r") * (n // 7), b"text/plain; charset=windows-1251"
    ),
    "one word of turned letters": lambda n: letter("аБ".encode("koi8-r") * (n // 2), b"text/plain; charset=koi8-r"),
    "surrogate pairs in utf-8": lambda n: letter(b"\xed\xa0\xbd\xed\xb8\x80" * (n // 6)),
    "half surrogate pairs": lambda n: letter(b"\xed\xa0\xbd " * (n // 4)),
    "single bytes in utf-8": lambda n: letter("\u00fc".encode() * (n // 2) + b"\xfc " * (n // 8)),
    "shifts of utf-7": lambda n: letter(b"+A" * (n // 2), b"text/plain; charset=utf-7"),
    "latin 2 of windows": lambda n: letter(b"\x9c\xb1 " * (n // 3), b"text/plain; charset=iso-8859-2"),
    "stops without a meaning": many("$>"),
    "no-break spaces": many("\u00a0."),
    "no-break spaces in a page": markup("&nbsp;."),
    "nothing to be seen": many("\u200b\u2060\ufe0f"),
    "nothing to be seen in a page": markup("&#8203;&zwnj;<b></b>"),
    "blanks before colons": lambda n: letter(b"hi", more=b"X-Note \t : a\r\n" * min(n // 14, 900)),
    "names beyond ASCII": lambda n: letter(b"hi", more=b"X-N\xc3\xb6te: a\r\n" * min(n // 13, 900)),
    "a name without a colon": lambda n: letter(b"hi", more=b"x" * min(n, 60_000) + b" \xe4\r\n"),
}  # fmt: skip


def odd(seed: int) -> bytes:
    """A mail of a seed: pieces of mail in any order, then perhaps cut, doubled, flipped or with other line ends."""
    dice = random.Random(seed)
    pick = dice.random()
    if pick < 0.25:
        name = dice.choice(list(SHAPES))
        raw = SHAPES[name](dice.randint(10, 40_000))
    elif pick < 0.6:
        raw = _nested(dice, dice.randint(1, 4))
    else:
        raw = b"".join(dice.choice(PIECES) for _ in range(dice.randint(1, 120)))
    if dice.random() < 0.7:
        raw = HEAD % seed + raw.removeprefix(HEAD % 0)
    for _ in range(dice.choice((0, 0, 1, 3, 20))):
        raw = damaged(dice, raw)
    return raw


def _nested(dice: random.Random, depth: int) -> bytes:
    """Parts within parts; labels may lie."""
    if not depth or dice.random() < 0.2:
        kind = dice.choice(
            (b"text/plain", b"text/html", b"image/png", b"text/calendar", b"application/zip", b"x", b"")
        )
        charset = dice.choice(
            (b"utf-8", b"iso-2022-jp", b"utf-16", b"us-ascii", b"\xff", b"unicode_escape", b"koi8-r")
        )
        coding = dice.choice((b"base64", b"quoted-printable", b"8bit", b"x-uuencode", b"=?"))
        body = b" ".join(dice.choice(PIECES) for _ in range(dice.randint(0, 40)))
        return (
            b"Content-Type: " + kind + b"; charset=" + charset + b"\r\nContent-Transfer-Encoding: " + coding
            + b"\r\n\r\n" + (base64.encodebytes(body) if dice.random() < 0.3 else body) + b"\r\n"
        )  # fmt: skip
    kind = dice.choice((b"mixed", b"alternative", b"related", b"signed", b"report", b"digest", b""))
    boundary = dice.choice((b"b", b"b b", b"=_x", b"b%d" % depth, b""))
    parts = [b"--" + boundary + b"\r\n" + _nested(dice, depth - 1) for _ in range(dice.randint(0, 4))]
    end = dice.choice((b"--" + boundary + b"--\r\n", b"", b"--" + boundary))
    return (
        b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n' + b"".join(parts) + end
    )


def damaged(dice: random.Random, raw: bytes) -> bytes:
    """A mail with one thing done to it: cut, doubled, filled in, its line ends changed."""
    at, size = dice.randrange(len(raw) + 1), dice.randint(0, 30)
    what = dice.randrange(6)
    if what == 0:
        return raw[:at]
    if what == 1:
        return raw[:at] + raw[at + size :]
    if what == 2:
        return raw[:at] + dice.randbytes(size) + raw[at:]
    if what == 3:
        return raw[:at] + raw[max(0, at - size * 20) : at] + raw[at:]
    if what == 4:
        return raw.replace(b"\r\n", dice.choice((b"\n", b"\r", b"\n\r", b"\r\n\r\n")), dice.randint(1, 50))
    return raw[:at] + dice.choice(PIECES) + raw[at:]


PIECES = [
    *(
        f"{name}: ".encode()
        for name in (
            "From",
            "To",
            "Cc",
            "Subject",
            "Message-ID",
            "References",
            "In-Reply-To",
            "Date",
            "Content-Type",
            "Sender",
            "Content-Disposition",
            "Content-Transfer-Encoding",
            "Content-ID",
            "Auto-Submitted",
            "List-Id",
            "MIME-Version",
            "Authentication-Results",
            "Received",
            "Return-Path",
            "X-Failed-Recipients",
            "Precedence",
            "Reply-To",
        )
    ),
    b"\r\n",
    b"\r\n",
    b"\r\n\r\n",
    b"\n",
    b"\r",
    b" ",
    b"\t",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1b$B",
    b"\xe2\x80\xa8",
    b"a@b.example",
    b"<a@b.example>",
    b"general@forum.example",
    b"reply+aaaa@forum.example",
    b'"',
    b"\\",
    b"(",
    b")",
    b"<",
    b">",
    b",",
    b";",
    b":",
    b"=",
    b"@",
    b"=?utf-8?q?=0d=0a?=",
    b"=?utf-8?b?/////w==?=",
    b"=?x?z?",
    b"?=",
    b"multipart/mixed; boundary=b",
    b"--b\r\n",
    b"--b--\r\n",
    b"message/rfc822",
    b"message/delivery-status",
    b"text/html",
    b"text/plain; charset=",
    b"; name*0*=utf-8''%00%ff",
    b'; filename="../../x"',
    b"base64\r\n\r\n",
    b"quoted-printable",
    b"> > quoted\r\n",
    b"On Monday Bo wrote:\r\n",
    b"-- \r\n",
    b"-----Original Message-----\r\n",
    b"From: Bo\r\nSent: x\r\n",
    b"<div>",
    b"</div>",
    b"<blockquote>",
    b"<!--",
    b"<script>",
    b'<a href="javascript:x">',
    b"&#0;",
    b"<table>",
    b"]]>",
    b"*",
    b"_",
    b"`",
    b"[a](b)",
    b"![",
    b"|",
    b"#",
    b"http://a.example/",
    b"subscribe\r\n",
    b"999999999999999999999",
    b"Mon, 99 Nov 99999 25:61:61 +9999",
    "Grüße an alle".encode(),
    "木漢字".encode(),
    "\u202e\u0301\u200d".encode(),
    b"word " * 30,
]
