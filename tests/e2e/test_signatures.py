"""O2: what the daemon signs and seals still holds when a real Postfix has passed it on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import dkim
import pytest

from bridge.fanout.dkim import signed
from bridge.fanout.letter import Letter
from tests.dnsserver import dns_server
from tests.servers import Daemon, Postfix, Sink, config_text, directory, free_port

from .story import LIST, subscribe
from .test_authentication import MEMBER_KEY, RECORDS, keys, written

READERS = {"bo@members.test": "Bo Field", "cy@elsewhere.test": "Cy Hill"}
MAIL = (
    f"From: Ada Brook <ada@members.test>\r\nTo: {LIST}\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
    "Date: Fri, 03 May 2024 09:12:00 +0000\r\nMessage-ID: <good@members.test>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nA line.\r\n.\r\n"
    f"..two dots\r\nFrom here on, with a space \r\n\tGrüße, 漢字 and {'word ' * 150}\r\n\r\n\r\nThe end\r\n"
)
POST = signed(Letter((MAIL.encode(),), ""), (MEMBER_KEY,), 1_700_000_000)
"""What Ada writes, signed by her provider."""


@pytest.fixture
def relay(sink: Sink) -> Iterator[Postfix]:
    """A Postfix that passes on all mail to the sink by SMTP."""
    with directory("relay") as path:
        server = Postfix(path, "members.test elsewhere.test", sink.port, by="smtp")
        server.start()
        yield server
        server.stop()


def test_O2_signature_and_seal_hold_behind_a_real_relay(sink: Sink, relay: Postfix, tmp_path: Path) -> None:
    options, own = keys(tmp_path)
    with dns_server(RECORDS) as server:
        smtp, web = free_port(), free_port()
        more = f'[identity]\nverify = true\nresolver = "127.0.0.1:{server.port}"\n'
        text = config_text(data=tmp_path / "data", smtp=smtp, web=web, sink=relay.port, more=more)
        text = text.replace('tls = "none"', f'tls = "none"\n{options}arc = true')
        daemon = Daemon(tmp_path / "bridge", text, smtp=smtp, web=web).start()
        try:
            subscribe(daemon, {"ada@members.test": "Ada Brook", **READERS})
            daemon.send(
                ("ada@members.test", LIST, POST.fill({})),
                ("ada@members.test", "forum+help@bridge.test", written("ada@members.test", "help", "help")),
            )
            sink.wait(lambda one: len(one.mails) >= len(READERS) + 1)
        finally:
            daemon.kill9()
    records = {f"{key.selector}._domainkey.bridge.test.".encode(): key.published().encode() for key in own}
    letters = [sent.content for sent in sink.mails]
    assert all(b"by mx.test (Postfix)" in raw for raw in letters)
    assert [holds(raw, records) for raw in letters] == [[True, True]] * len(letters)
    posts = [raw for raw in letters if b"\r\nList-Id:" in raw]
    assert len(posts) == len(READERS)
    for raw in posts:
        assert chain(raw, records) == b"pass" and chain(raw + b"more\r\n", records) == b"fail"
        told = re.search(rb"(?m)^ARC-Authentication-Results: i=1; bridge\.test;\r\n (.*)\r$", raw)
        assert told and told[1] == b"dkim=pass header.d=members.test"
        assert b"ada@members.test" not in raw and holds(raw + b"more\r\n", records) == [False, False]


def holds(raw: bytes, records: dict[bytes, bytes]) -> list[bool]:
    """What dkimpy says of the two signatures."""
    answers = []
    for number in (0, 1):
        try:
            answers.append(dkim.DKIM(raw).verify(number, dnsfunc=lambda name, timeout=5: records.get(name)))
        except dkim.ValidationError:
            answers.append(False)
    return answers


def chain(raw: bytes, records: dict[bytes, bytes]) -> bytes:
    """What dkimpy says of the seal."""
    verdict, _, _ = dkim.arc_verify(raw, dnsfunc=lambda name, timeout=5: records.get(name))
    return bytes(verdict or b"")
