"""How mail programs write an answer to a letter they received: bytes in, bytes out.

Each keeps the habits of its kind: where the answer stands, the words of the attribution, how the text and the html
of the letter are quoted and what becomes of its classes, links and long lines, the line it adds about itself, the
charset and the transfer encoding. Written from knowing these programs; not one byte is of a real mail.
"""

from __future__ import annotations

import hashlib
import html
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP, default
from email.utils import formataddr, formatdate, getaddresses, parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

BLOCKS = {"p", "div", "blockquote", "tr", "table", "h1", "h2", "h3", "ul", "ol", "li", "hr", "pre"}


@dataclass(frozen=True)
class Received:
    """What a mail program knows of the letter that is answered."""

    name: str
    address: str
    date: datetime
    to: str
    subject: str
    text: str
    html: str

    @property
    def who(self) -> str:
        return f"{self.name} <{self.address}>"


@dataclass(frozen=True)
class Written:
    """What a mail program makes of an answer: its bodies and its habits."""

    text: str
    html: str | None
    encoding: str = "quoted-printable"
    charset: str = "utf-8"
    flowed: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    prefix: str = "Re: "


def answer(
    letter: bytes,
    program: str,
    words: str,
    *,
    sender: str,
    keep_reply_headers: bool = True,
    subject: str | None = None,
    to: str | None = None,
    message_id: str | None = None,
    cc: str | None = None,
) -> bytes:
    """The whole mail that `program` sends when `sender` ("Name <address>") answers `letter` with `words`."""
    parsed = message_from_bytes(letter, policy=default)
    received = _read(parsed)
    written = PROGRAMS[program](received, words)
    mail = EmailMessage(policy=SMTP.clone(max_line_length=76))
    mail["From"] = sender
    mail["To"] = to or str(parsed["Reply-To"] or parsed["From"])
    if cc:
        mail["Cc"] = cc
    bare = re.sub(r"^(?:(?:re|aw|sv|antw)\s*:\s*)+", "", received.subject, flags=re.I)
    mail["Subject"] = written.prefix + bare if subject is None else subject
    mail["Date"] = formatdate((received.date + timedelta(hours=1)).timestamp())
    digest = hashlib.sha256(
        b"\0".join((letter, program.encode(), words.encode(), sender.encode()))
    ).hexdigest()
    mail["Message-ID"] = message_id or f"<{digest[:24]}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    if keep_reply_headers:
        mail["In-Reply-To"] = str(parsed["Message-ID"]).strip()
        mail["References"] = " ".join(f"{parsed['References'] or ''} {parsed['Message-ID']}".split())
    for name, value in written.headers:
        mail[name] = value
    _put_bodies(mail, written)
    return mail.as_bytes()


def _put_bodies(mail: EmailMessage, written: Written) -> None:
    params = {"format": "flowed"} if written.flowed else None
    charset = written.charset
    try:
        (written.text + (written.html or "")).encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    text = written.text.rstrip("\n") + "\n"
    mail.set_content(text, charset=charset, cte=written.encoding, params=params)
    if written.html is not None:
        mail.add_alternative(written.html, subtype="html", charset=charset, cte=written.encoding)


def _read(letter: Message) -> Received:
    assert isinstance(letter, EmailMessage)
    plain, rich = letter.get_body(("plain",)), letter.get_body(("html",))
    source = str(rich.get_content()) if rich else ""
    text = str(plain.get_content()).replace("\r\n", "\n") if plain else _text(source)
    if not source:
        source = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    body = re.search(r"<body[^>]*>(.*)</body>", source, re.S | re.I)
    name, address = parseaddr(str(letter["From"]))
    date = (
        parsedate_to_datetime(str(letter["Date"])).astimezone(UTC)
        if letter["Date"]
        else datetime(2024, 5, 1, tzinfo=UTC)
    )
    to = ", ".join(formataddr(pair) for pair in getaddresses([str(letter["To"])]))
    return Received(
        name or address, address, date, to, str(letter["Subject"]), text, body[1] if body else source
    )


class _Reader(HTMLParser):
    """Html as text, each link followed by its target where `link` says how."""

    def __init__(self, link: str) -> None:
        super().__init__()
        self.out: list[str] = []
        self._link, self._targets, self._silent = link, list[str](), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "title"):
            self._silent += 1
        elif tag == "br" or tag in BLOCKS:
            self.out.append("\n")
        elif tag == "a":
            self._targets.append(dict(attrs).get("href") or "")
        elif tag == "img":
            self.out.append(f"[{dict(attrs).get('alt') or 'image'}]")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "title"):
            self._silent -= 1
        elif tag in BLOCKS:
            self.out.append("\n")
        elif tag == "a" and self._targets and (target := self._targets.pop()):
            self.out.append(self._link.format(target))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.out.append(re.sub(r"\s+", " ", data))


def _text(source: str, link: str = " <{}>") -> str:
    reader = _Reader(link)
    reader.feed(source)
    text = re.sub(r" *\n *", "\n", "".join(reader.out)).strip()
    return re.sub(r"\n{3,}", "\n\n", text)


def _marked(text: str, mark: str = "> ", width: int = 0) -> str:
    lines = []
    for line in text.splitlines():
        folded = (
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) if width else [line]
        )
        lines += [mark + one if one else mark.rstrip() for one in folded or [""]]
    return "\n".join(lines)


def _folded(text: str, width: int = 72) -> str:
    return "\n".join(textwrap.fill(line, width, break_long_words=False) for line in text.splitlines())


def _divs(words: str, tag: str = "div", *, empty: str = "<br>", inner: str = "{}") -> str:
    lines = (inner.format(html.escape(line)) if line else empty for line in words.splitlines())
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


def _prefixed(source: str, prefix: str) -> str:
    """Classes and ids as a web mailer rewrites them, so that they cannot meet its own."""

    def rewrite(match: re.Match[str]) -> str:
        names = " ".join(prefix + name for name in match[3].split())
        return f"{match[1]}={match[2]}{names}{match[2]}"

    return re.sub(r"\b(class|id)=([\"'])([^\"']*)\2", rewrite, source)


def _bare(source: str) -> str:
    """No classes and ids at all, as after Word has been through it."""
    return re.sub(r"\s(?:class|id|dir|role)=([\"'])[^\"']*\1", "", source)


def gmail(received: Received, words: str) -> Written:
    """Gmail in a browser: the answer on top, text derived from the html, quoted lines wrapped."""
    at = received.date
    date = f"{at:%a, %b} {at.day}, {at.year} at {at.hour % 12 or 12}:{at:%M}\u202f{at:%p}"
    lead = f"On {date} {received.who} wrote:"
    mailto = f'<a href="mailto:{received.address}">{received.address}</a>'
    quoted = _prefixed(received.html, "m_-5130982746120987312")
    rich = (
        f'<div dir="ltr">{_divs(words)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
        f'class="gmail_attr">On {html.escape(date)} {html.escape(received.name)} &lt;{mailto}'
        '&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px '
        f'0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><u></u>{quoted}</blockquote></div>\n'
    )
    text = f"{_folded(words)}\n\n{_folded(lead, 74)}\n\n{_marked(_text(received.html), width=72)}\n"
    return Written(text, rich)


def outlook(received: Received, words: str) -> Written:
    """Outlook on Windows: Word's html, a header block below a thin rule, no marks on quoted lines."""
    block = {
        "From": received.who,
        "Sent": f"{received.date:%d %B %Y %H:%M}",
        "To": received.to,
        "Subject": received.subject,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in block.items())
    bold = "<br>\n".join(f"<b>{key}:</b> {html.escape(value)}" for key, value in block.items())
    quoted = re.sub(r"</p>", "<o:p></o:p></p>", _bare(received.html))
    quoted = re.sub(r"<p(?=[ >])", "<p class=MsoNormal", quoted)
    own = _divs(words, "p", empty="<o:p>&nbsp;</o:p>", inner="<span lang=EN-GB>{}<o:p></o:p></span>")
    rich = (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=Generator content="Microsoft Word 15 (filtered '
        'medium)"><style><!--\np.MsoNormal, li.MsoNormal\n\t{margin:0cm;\n\tfont-size:11.0pt;}\n--></style>'
        '</head><body lang=EN-GB link="#0563C1" vlink="#954F72" style=\'word-wrap:break-word\'><div class=WordSection1>'
        f"{own.replace('<p>', '<p class=MsoNormal>')}<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div "
        "style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>"
        f"{bold}<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>{quoted}</div></body></html>\n"
    )
    text = f"{words}\n\n{lines}\n{_text(received.html, '<{}>')}\n"
    headers = (
        ("X-Mailer", "Microsoft Outlook 16.0"),
        ("Thread-Topic", received.subject),
        ("Content-Language", "en-gb"),
    )
    return Written(text, rich, charset="iso-8859-1", headers=headers, prefix="RE: ")


def outlook_web(received: Received, words: str) -> Written:
    """Outlook in a browser: a rule, `divRplyFwdMsg`, the letter's classes prefixed with x_, base64."""
    block = {
        "From": received.who,
        "Sent": f"{received.date:%A, %B} {received.date.day}, {received.date:%Y %I:%M %p}",
        "To": received.to,
        "Subject": received.subject,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in block.items())
    bold = "<br>".join(f"<b>{key}:</b> {html.escape(value)}" for key, value in block.items())
    style = "font-family: Aptos, Calibri, Helvetica, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);"
    own = _divs(words).replace("<div>", f'<div class="elementToProof" style="{style}">')
    rich = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style type="text/css" '
        f'style="display:none;"> P {{margin-top:0;margin-bottom:0;}} </style></head><body dir="ltr">{own}'
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" '
        f'dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">{bold}</font>'
        f'<div>&nbsp;</div></div><div class="BodyFragment">{_prefixed(received.html, "x_")}</div></body></html>'
    )
    text = f"{words}\n{'_' * 32}\n{lines}\n{_text(received.html, '<{}>')}\n"
    headers = (("Thread-Topic", received.subject), ("X-MS-Has-Attach", ""), ("Accept-Language", "en-US"))
    return Written(text, rich, encoding="base64", headers=headers)


def _apple_lead(received: Received) -> str:
    return f"On {received.date.day} {received.date:%b %Y, at %H:%M}, {received.who} wrote:"


def apple_mail(received: Received, words: str) -> Written:
    """Mail on a Mac: `blockquote type=cite` with the attribution inside it."""
    lead = _apple_lead(received)
    own = _divs(words)
    rich = (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style='
        '"overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">'
        f'{own}<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>{html.escape(lead)}</div>'
        f'<br class="Apple-interchange-newline"><div>{received.html}</div></blockquote></div><br></body></html>'
    )
    quoted = _marked(_text(received.html))
    headers = (("X-Mailer", "Apple Mail (2.3774.300.61.1.2)"),)
    return Written(f"{words}\n\n> {lead}\n> \n{quoted}\n\n", rich, headers=headers)


def iphone(received: Received, words: str) -> Written:
    """Mail on an iPhone: "Sent from my iPhone" between answer and quote, a zero-width mark before the quote."""
    lead = _apple_lead(received)
    rich = (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">'
        f'{_divs(words)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Sent from my iPhone</div><div dir='
        f'"ltr"><br><blockquote type="cite">{html.escape(lead)}<br><br></blockquote></div><blockquote type="cite">'
        f'<div dir="ltr">\ufeff{received.html}</div></blockquote></body></html>'
    )
    quoted = _marked("\ufeff" + _text(received.html))
    headers = (("X-Mailer", "iPhone Mail (21F90)"),)
    return Written(f"{words}\n\nSent from my iPhone\n\n> {lead}\n> \n{quoted}\n", rich, headers=headers)


def yahoo(received: Received, words: str) -> Written:
    """Yahoo in a browser: the quote is indented by a blank, without marks; `yahoo_quoted` in the html."""
    at = received.date
    lead = f"On {at:%A, %B} {at.day}, {at:%Y at %I:%M:%S %p GMT}, {received.who} wrote:"
    rich = (
        '<html><head></head><body><div class="ydp5c1f3a2eyahoo-style-wrap" style="font-family:Helvetica Neue, Arial, '
        f'sans-serif;font-size:16px;">{_divs(words, "div").replace("<div>", DIRECTED)}<div><br></div></div>'
        '<div id="yahoo_quoted_8123094417" class="yahoo_quoted"><div style="font-family:\'Helvetica Neue\', Helvetica, '
        f'Arial, sans-serif;font-size:13px;color:#26282a;"><div>{html.escape(lead)}</div><div><br></div><div><br></div>'
        f'<div><div dir="ltr" id="yiv6127730021">{_prefixed(received.html, "yiv6127730021")}</div></div></div></div>'
        "</body></html>"
    )
    quoted = _marked(_text(received.html), " ", width=76)
    headers = (("X-Mailer", "WebService/1.1.22407 YMailNorrin"),)
    return Written(f" {words}\n\n    {lead}  \n \n {quoted}  \n", rich, headers=headers)


DIRECTED = '<div dir="ltr" data-setdir="false">'


def thunderbird(received: Received, words: str) -> Written:
    """Thunderbird writing plain text: format=flowed, the quote first, the signature of the letter left out."""
    quoted = received.text.split("\n-- \n")[0].rstrip()
    lines = []
    for line in words.splitlines():
        folded = textwrap.wrap(line, 70, break_long_words=False, break_on_hyphens=False) or [""]
        stuffed = [f" {one}" if one.startswith((" ", ">", "From ")) else one for one in folded]
        lines += [f"{one} " for one in stuffed[:-1]] + stuffed[-1:]
    lead = f"On {received.date:%d/%m/%Y %H:%M}, {received.name} wrote:"
    text = f"{lead}\n{_marked(quoted)}\n\n" + "\n".join(lines) + "\n"
    return Written(text, None, encoding="8bit", flowed=True, headers=(("User-Agent", "Mozilla Thunderbird"),))


def proton(received: Received, words: str) -> Written:
    """Proton Mail in a browser: its own signature block and `protonmail_quote`."""
    day = received.date.day
    nth = "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    lead = f"On {received.date:%A, %B} {day}{nth}, {received.date:%Y at %I:%M %p}, {received.who} wrote:"
    style = "font-family: Arial, sans-serif; font-size: 14px;"
    own = _divs(words).replace("<div>", f'<div style="{style}">')
    rich = (
        f'{own}<div class="protonmail_signature_block" style="{style}"><div class="protonmail_signature_block-user '
        'protonmail_signature_block-empty"></div><div class="protonmail_signature_block-proton">Sent with <a target='
        '"_blank" href="https://proton.me/mail/home">Proton Mail</a> secure email.</div></div><div class='
        f'"protonmail_quote">{html.escape(lead)}<br><br><blockquote class="protonmail_quote" type="cite">'
        f"{received.html}</blockquote><br></div>"
    )
    quoted = _marked(_text(received.html))
    text = f"{words}\n\nSent with Proton Mail secure email.\n\n{lead}\n\n{quoted}\n"
    return Written(text, rich, encoding="base64")


def mutt(received: Received, words: str) -> Written:
    """Mutt: plain text, the whole letter quoted line by line, the answer below it."""
    lead = f"On {received.date:%a, %b %d, %Y at %I:%M:%S%p +0000}, {received.name} wrote:"
    text = f"{lead}\n{_marked(received.text.rstrip())}\n\n{_folded(words)}\n"
    return Written(
        text, None, encoding="8bit", headers=(("User-Agent", "Mutt/2.2.9"), ("Content-Disposition", "inline"))
    )


PROGRAMS: dict[str, Callable[[Received, str], Written]] = {
    "gmail": gmail,
    "outlook": outlook,
    "outlook-web": outlook_web,
    "apple-mail": apple_mail,
    "iphone": iphone,
    "yahoo": yahoo,
    "thunderbird": thunderbird,
    "proton": proton,
    "mutt": mutt,
}
