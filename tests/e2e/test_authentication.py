"""Authentication both ways: the daemon checks whose a mail is before it posts it, and signs what it sends."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from bridge.fanout.dkim import Key, signed
from bridge.fanout.letter import Letter
from tests.dnsserver import dns_server, txt
from tests.servers import Daemon, Sink, config_text, free_port

from .story import LIST, subscribe

MEMBERS = {"ada@members.test": "Ada Brook", "bo@members.test": "Bo Field", "cy@slow.test": "Cy Hill"}
MEMBER_KEY = Key("members.test", "m", rsa.generate_private_key(65537, 2048))
RECORDS = {("m._domainkey.members.test", "TXT"): [txt(MEMBER_KEY.published())]}


def written(sender: str, text: str, name: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"{MEMBERS[sender]} <{sender}>", LIST, text
    mail["Date"], mail["Message-ID"] = "Fri, 03 May 2024 09:12:00 +0000", f"<{name}@members.test>"
    mail.set_content(text)
    return mail.as_bytes()


def keys(path: Path) -> tuple[str, list[Key]]:
    """The options for two keys, and the keys."""
    made = [
        Key("bridge.test", "a", rsa.generate_private_key(65537, 2048)),
        Key("bridge.test", "b", ed25519.Ed25519PrivateKey.generate()),
    ]
    for key in made:
        pem = key.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (path / f"{key.selector}.pem").write_bytes(pem)
    options = f'dkim_selector = "a"\ndkim_key_file = "{path}/a.pem"\n'
    return options + f'dkim_ed25519_selector = "b"\ndkim_ed25519_key_file = "{path}/b.pem"\n', made


def test_A3_O2_mail_is_checked_on_its_way_in_and_signed_on_its_way_out(sink: Sink, tmp_path: Path) -> None:
    options, own = keys(tmp_path)
    with dns_server(RECORDS) as server:
        server.silent |= {"_dmarc.slow.test", "slow.test"}
        smtp, web = free_port(), free_port()
        more = f'[identity]\nverify = true\nresolver = "127.0.0.1:{server.port}"\n'
        text = config_text(data=tmp_path / "data", smtp=smtp, web=web, sink=sink.port, more=more)
        text = text.replace('tls = "none"', f'tls = "none"\n{options}')
        daemon = Daemon(tmp_path / "bridge", text, smtp=smtp, web=web).start()
        try:
            subscribe(daemon, MEMBERS)
            sink.clear()
            good = signed(
                Letter((written("ada@members.test", "Signed", "good"),), ""), (MEMBER_KEY,), 1_700_000_000
            )
            daemon.send(
                ("cy@slow.test", LIST, written("cy@slow.test", "Nobody can say", "slow")),
                ("ada@members.test", LIST, written("ada@members.test", "Forged", "bad")),
                ("ada@members.test", LIST, good.fill({})),
            )
            sink.wait(lambda one: len(one.to("bo@members.test")) >= 1)
            outcomes = {row["message_id"].partition("@")[0]: row for row in daemon.ledger()}
            assert outcomes["good"]["outcome"] == "posted"
            assert (
                outcomes["bad"]["outcome"] == "held" and "neither SPF nor DKIM" in outcomes["bad"]["reason"]
            )
            assert outcomes[""]["outcome"] == "waiting"
            records = {
                f"{key.selector}._domainkey.bridge.test.".encode(): key.published().encode() for key in own
            }
            for letter in (*sink.to("bo@members.test"), *sink.to("cy@slow.test")):
                for number in (0, 1):
                    raw = letter.content
                    assert dkim.DKIM(raw).verify(number, dnsfunc=lambda name, timeout=5: records.get(name))
                    altered = re.sub(rb"(?m)^Subject: ", b"Subject: x", raw, count=1)
                    assert altered != raw and not dkim.DKIM(altered).verify(
                        number, dnsfunc=lambda name, timeout=5: records.get(name)
                    )
        finally:
            daemon.kill9()
