"""One list, hostile mails, many readers: every letter that leaves is judged (O1 to O4, P3)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.servers import Daemon, Sent, Sink

from .letters import TOKEN, form_faults, header_faults, parse
from .story import LIST, settle, subscribe, text_of

WRITER = "wanda@writers.test"
ODD = "\u2028", "\u2029", "\x85", "\0", "\r", "\n", "\u202e"
HEADER = re.compile(rb"[!-9;-~]{1,76}:[ \t]?[^\r\n]*(?:\r\n[ \t][^\r\n]*\S[^\r\n]*)*\r\n")
_PEOPLE = re.compile(r"[\w.+-]{1,64}@(?:writers|readers)\.test", re.I)
_SUBJECTS = (
    "A plain one",
    "=?utf-8?q?inject=0d=0aBcc:_reader0001@readers.test?=",
    "=?utf-8?b?4oCoQmNjOiB4QHkudGVzdMKFbmV4dABub25l?= and =?utf-8?q?=E2=80=AEturned?=",
    "=?utf-8?q?Gr=C3=BC=C3=9Fe_an_alle?= " + "sehr langer Betreff " * 30,
    "=?x-unknown?q?broken?= =?utf-8?q?half",
    "Re: " * 40 + "again",
)
_TEXT = (
    "A first line.\r\n.\r\n..two dots\r\n...three\r\nFrom here on\r\n{long}\r\nWrite to wanda@writers.test or "
    "reader0002@readers.test.\r\nAlso *reader0005@readers.test*, 'Reader0006@READERS.test', "
    "<mailto:reader0007@readers.test>.\r\n> reader0003@readers.test wrote\r\n\r\nAn answer \u2028 with separators.\r\n"
)


def mails() -> list[bytes]:
    """Mails of one writer whose letters are hard to get right, and that tell much of him."""
    made = []
    for number, subject in enumerate(_SUBJECTS):
        name = "=?utf-8?q?W=C3=A4nda_=F0=9F=8C=BB?=" if number % 2 else '"Wanda, of \\"writers\\""'
        text = _TEXT.format(long="x" * 3000 if number % 3 else "word " * 400)
        head = (
            "Received: from laptop.home ([192.0.2.7]) by mx.writers.test; Fri, 03 May 2024 09:12:00 +0000\r\n"
            "X-Originating-IP: [192.0.2.7]\r\nDisposition-Notification-To: wanda@writers.test\r\n"
            "Return-Receipt-To: wanda@writers.test\r\nBcc: reader0004@readers.test\r\n"
            "DKIM-Signature: v=1; a=rsa-sha256; d=writers.test; s=s; h=from; bh=x; b=x\r\n"
            f"From: {name} <{WRITER}>\r\nTo: {LIST}\r\nSubject: {subject}\r\nMessage-ID: <odd{number}@mail.test>\r\n"
            "Date: Fri, 03 May 2024 09:12:00 +0000\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        )
        made.append((head + text).encode())
    return made


def fan_out(daemon: Daemon, sink: Sink, readers: int, seconds: float = 120) -> list[Sent]:
    """The letters of all mails to so many readers."""
    subscribe(daemon, {f"reader{number:04d}@readers.test": "" for number in range(readers)})
    subscribe(daemon, {WRITER: "Wanda"}, mode="none")
    sent = mails()
    daemon.send(*((WRITER, [LIST], mail) for mail in sent))
    settle(daemon, len(sent), seconds)
    outcomes = Counter(row["outcome"] for row in daemon.ledger())
    assert set(outcomes) == {"posted"}, outcomes
    expected = readers * len(sent)
    sink.wait(lambda sink: len(sink.mails) >= expected, seconds)
    return list(sink.mails)


def faults_of(letters: Sequence[Sent]) -> Counter[str]:
    """What is wrong with letters, each fault with its number."""
    owners: dict[str, str] = {}
    found: Counter[str] = Counter()
    for copy in letters:
        found.update(header_faults(copy))
        found.update(form_faults(copy.content))
        found.update(_raw_faults(copy))
        shown = "\n".join(map(str, parse(copy.content).values())) + text_of(copy.content)
        found.update(f"shows {address}" for address in _PEOPLE.findall(shown) if address.lower() != WRITER)
        for token in TOKEN.findall(copy.content.decode("ascii", "replace") + copy.sender):
            if owners.setdefault(token[1].lower(), copy.recipients[0]) != copy.recipients[0]:
                found["a token of another reader"] += 1
    return found


def _raw_faults(copy: Sent) -> Iterable[str]:
    """What a parser may mend in silence."""
    head, _, _ = copy.content.partition(b"\r\n\r\n")
    if not re.fullmatch(rb"(?:" + HEADER.pattern + rb")+", head + b"\r\n"):
        yield "a line in the head that is no header"
    for name, value in parse(copy.content).items():
        if any(sign in str(value) for sign in ODD):
            yield f"{name} holds what ends or turns a line"
        if name.lower().startswith(("x-evil", "bcc", "cc")):
            yield f"it has {name}"
    if len(copy.recipients) != 1:
        yield "several recipients"
