"""Who vouches for a mail: real signatures, records and questions, against a DNS server of our own."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from publicsuffixlist import PublicSuffixList

from bridge.dns.checks import Sent, vouch
from bridge.dns.resolver import Resolver
from bridge.dns.verifier import Verifier
from bridge.errors import Temporary
from bridge.fanout.dkim import Key, signed
from bridge.fanout.letter import Letter
from bridge.posting.authentication import Vouched

from ..dnsserver import DnsServer, dns_server, txt

SUFFIXES = PublicSuffixList()
GOOD = Key("garden.test", "a", rsa.generate_private_key(65537, 2048))
ED = Key("garden.test", "e", ed25519.Ed25519PrivateKey.generate())
EVIL = Key("evil.test", "a", GOOD.private)
BELOW = Key("mail.garden.test", "a", GOOD.private)
STRICT = Key("mail.strict.test", "a", GOOD.private)
SLOW = Key("slow.test", "a", GOOD.private)
MAIL = (
    b"From: Ada <ada@%s>\r\nTo: <garden@forum.test>\r\nSubject: Hello\r\n"
    b"Date: Mon, 1 Jan 2024 00:00:00 +0000\r\n\r\nWords.\r\n"
)
KEYS = (GOOD, ED, EVIL, BELOW, STRICT)
RECORDS = {
    **{(f"{key.selector}._domainkey.{key.domain}", "TXT"): [txt(key.published())] for key in KEYS},
    ("garden.test", "TXT"): [txt("v=spf1 ip4:192.0.2.0/28 include:spf.host.test -all")],
    ("spf.host.test", "TXT"): [txt("v=spf1 ip6:2001:db8::/32 ~all")],
    ("mx.evil.test", "TXT"): [txt("v=spf1 ip4:203.0.113.0/24 -all")],
    ("evil.test", "TXT"): [txt("v=spf1 ip4:203.0.113.0/24 -all")],
    ("_dmarc.garden.test", "TXT"): [txt("v=DMARC1; p=reject")],
    ("_dmarc.strict.test", "TXT"): [txt("v=DMARC1; p=quarantine; adkim=s; aspf=s")],
    ("sub.strict.test", "TXT"): [txt("v=spf1 ip4:192.0.2.0/28 -all")],
    ("loop.test", "TXT"): [txt("v=spf1 include:loop.test -all")],
    ("all.test", "TXT"): [txt("v=spf1 +all")],
    ("two.test", "TXT"): [txt("v=spf1 +all"), txt("v=spf1 -all")],
    ("void.test", "TXT"): [txt("v=spf1 a:a.void.test a:b.void.test a:c.void.test +all")],
    ("late.test", "TXT"): [txt("v=spf1 include:silent.test -all")],
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[DnsServer]:
    with dns_server(RECORDS) as server:
        yield server


def organizational(domain: str) -> str:
    return SUFFIXES.privatesuffix(domain) or ""


def by(key: Key, domain: str = "garden.test") -> bytes:
    """A mail in the name of a domain, signed by a key."""
    return signed(Letter((MAIL % domain.encode(),), "x"), (key,), 1_700_000_000).fill({})


def asked(
    server: DnsServer, content: bytes, *, domain: str = "garden.test", peer: str = "203.0.113.9",
    sender: str = "", helo: str = "mx.evil.test",
) -> Vouched:  # fmt: skip
    return vouch(Sent(peer, helo, sender, content), domain, Resolver(server.at, 0.4), organizational)


def test_A3_a_signature_of_the_domain_vouches(server: DnsServer) -> None:
    for key in (GOOD, ED, BELOW):
        assert asked(server, by(key)).passed is True, key.domain


@pytest.mark.parametrize("peer", ["192.0.2.3", "::ffff:192.0.2.3", "2001:db8::1"])
def test_A3_a_host_of_the_domain_vouches(server: DnsServer, peer: str) -> None:
    assert asked(server, MAIL % b"garden.test", peer=peer, sender="ada@garden.test").passed is True


FORGED = {
    "nobody": {},
    "unsigned, another's host": {"sender": "ada@garden.test"},
    "another's domain vouches": {"content": by(EVIL), "sender": "mallory@evil.test"},
    "its sender is another's": {"sender": "mallory@evil.test", "peer": "203.0.113.5"},
    "altered words": {"content": by(GOOD).replace(b"Words.", b"Money.")},
    "altered subject": {"content": by(GOOD).replace(b"Hello", b"Hullo")},
    "a second From": {"content": b"From: Eve <eve@garden.test>\r\n" + by(GOOD)},
    "another's selector": {"content": by(GOOD).replace(b"s=a;", b"s=e;")},
    "no such key": {"content": by(GOOD).replace(b"s=a;", b"s=z;")},
    "a length": {"content": by(GOOD).replace(b"s=a;", b"s=a; l=3;")},
    "no algorithm": {"content": by(GOOD).replace(b"a=rsa-sha256", b"a=rsa-sha1")},
    "this machine": {"sender": "ada@garden.test", "peer": "127.0.0.1", "helo": "garden.test"},
    "no peer": {"sender": "ada@garden.test", "peer": ""},
    "HELO in the domain, sent from elsewhere": {"helo": "garden.test"},
    "not a mail": {"content": b"\x00\r\n\r\n" + by(GOOD)},
}


@pytest.mark.parametrize("name", FORGED)
def test_A3_what_is_forged_is_not_vouched_for(server: DnsServer, name: str) -> None:
    facts = {"content": MAIL % b"garden.test", **FORGED[name]}
    found = asked(server, **facts)
    assert found.passed is False and "DMARC policy is reject" in found.reason


def test_strict_alignment_is_kept(server: DnsServer) -> None:
    strict = {"domain": "strict.test", "peer": "192.0.2.1"}
    assert asked(server, by(STRICT, "strict.test"), **strict).passed is False
    assert asked(server, MAIL % b"strict.test", sender="a@sub.strict.test", **strict).passed is False
    same = asked(
        server,
        MAIL % b"sub.strict.test",
        sender="a@sub.strict.test",
        domain="sub.strict.test",
        peer="192.0.2.1",
    )
    assert same.passed is True


@pytest.mark.parametrize("domain", ["loop.test", "two.test", "void.test", "nothing.test"])
def test_records_that_are_wrong_vouch_for_nobody(server: DnsServer, domain: str) -> None:
    assert asked(server, MAIL % domain.encode(), domain=domain, sender=f"a@{domain}").passed is False
    assert len(server.asked) < 60


def test_a_null_sender_is_judged_by_its_host_name(server: DnsServer) -> None:
    facts = {"domain": "evil.test", "helo": "mx.evil.test", "peer": "203.0.113.9"}
    assert asked(server, MAIL % b"evil.test", **facts).passed is True


def test_trouble_in_the_dns_is_temporary(server: DnsServer) -> None:
    server.silent.add("silent.test")
    server.failing |= {"a._domainkey.slow.test", "_dmarc.down.test"}
    with pytest.raises(Temporary):
        asked(server, MAIL % b"late.test", domain="late.test", sender="a@late.test")
    with pytest.raises(Temporary):
        asked(server, by(SLOW, "slow.test"), domain="slow.test")
    with pytest.raises(Temporary):
        asked(server, MAIL % b"down.test", domain="down.test")


def test_trouble_does_not_matter_where_something_else_vouches(server: DnsServer) -> None:
    server.failing.add("garden.test")
    assert asked(server, by(GOOD), sender="ada@garden.test", peer="192.0.2.3").passed is True


def test_answers_are_kept(server: DnsServer) -> None:
    resolver = Resolver(server.at, 0.4)
    for _ in range(3):
        assert resolver.texts("garden.test")
        assert resolver.texts("nothing.test") == []
    assert server.asked == [("garden.test", "TXT"), ("nothing.test", "TXT")]


@pytest.mark.parametrize("name", ["", "a" * 70 + ".test", "a..b", "\u2603.test", "x" * 400, "a b"])
def test_names_that_are_none_have_no_records(server: DnsServer, name: str) -> None:
    assert Resolver(server.at, 0.4).texts(name) == []


def test_a_check_runs_beside_the_road(server: DnsServer) -> None:
    verifier = Verifier(Resolver(server.at, 0.4), organizational)
    try:
        found, patience = None, time.monotonic() + 60
        while found is None and time.monotonic() < patience:
            found = verifier.ask(7, Sent("203.0.113.9", "mx.evil.test", "", by(GOOD)))
            time.sleep(0.01)
        assert found and found.passed and found.domain == "garden.test"
        assert verifier.check(Sent("", "", "", b"From: a@x.test, b@x.test\r\n\r\n")).passed is False
        server.failing.add("_dmarc.down.test")
        assert verifier.check(Sent("", "", "", MAIL % b"down.test")).passed is None
    finally:
        verifier.close()
