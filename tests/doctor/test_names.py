"""What the doctor says of the DNS, asked of a server of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from bridge.config import Config, read
from bridge.daemon.trust import registered
from bridge.dns.resolver import Resolver
from bridge.doctor.finding import Finding
from bridge.doctor.names import records
from bridge.fanout.dkim import Key

from ..dnsserver import dns_server, txt

KEY = Key("forum.example", "a", rsa.generate_private_key(65537, 2048))
ED = Key("forum.example", "b", ed25519.Ed25519PrivateKey.generate())
HOST = "192.0.2.25"
GOOD = {
    ("forum.example", "MX"): ["20 b.forum.example.", "10 mx.forum.example."],
    ("mx.forum.example", "A"): [HOST],
    ("b.forum.example", "AAAA"): ["2001:db8::25"],
    ("forum.example", "TXT"): [txt("something=else"), txt("v=spf1 mx -all")],
    ("a._domainkey.forum.example", "TXT"): [txt(KEY.published())],
    ("b._domainkey.forum.example", "TXT"): [txt(ED.published())],
    ("_dmarc.forum.example", "TXT"): [txt("v=DMARC1; p=quarantine")],
    ("25.2.0.192.in-addr.arpa", "PTR"): ["mx.forum.example."],
}
SITE = {"name": "A", "domain": "forum.example", "url": "https://forum.example"}


def config(*lists: dict[str, str]) -> Config:
    tables = {"site": SITE, "list": list(lists), "outgoing": {"kind": "smtp", "host": "127.0.0.1"}}
    return read(tables, base=Path(), source="test")


def found(
    changes: dict[tuple[str, str], list[str]], *lists: dict[str, str], keys: tuple[Key, ...] = (KEY, ED)
) -> list[Finding]:
    with dns_server({**GOOD, **changes}) as server:
        return list(records(config(*lists), Resolver(server.at, 5), keys, (HOST,), registered))


def test_X1_all_is_well() -> None:
    all_of_it = found({})
    assert [finding.level for finding in all_of_it] == ["ok"] * 6
    assert "mx.forum.example, b.forum.example" in all_of_it[0].told


FAULTS = {
    "no MX": ({("forum.example", "MX"): [], ("forum.example", "TXT"): [txt("v=spf1 a:mx.forum.example -all")]},
        "FAIL", "mx forum.example", "neither MX nor address"),
    "no MX, but an address": (
        {("forum.example", "MX"): [], ("forum.example", "A"): [HOST], ("forum.example", "TXT"): [txt("v=spf1 a -all")]},
        "warn", "mx forum.example", "there is no MX",
    ),
    "null MX": ({("forum.example", "MX"): ["0 ."], ("forum.example", "TXT"): [txt("v=spf1 a:mx.forum.example -all")]},
                "FAIL", "mx forum.example", "null MX"),
    "MX without address": ({("b.forum.example", "AAAA"): []},
        "FAIL", "mx forum.example", "b.forum.example has no address"),
    "no SPF": ({("forum.example", "TXT"): []}, "FAIL", "spf forum.example", "there is no SPF record"),
    "two SPF": ({("forum.example", "TXT"): [txt("v=spf1 mx -all"), txt("v=spf1 -all")]},
                "FAIL", "spf forum.example", "2 SPF records"),
    "SPF for all": ({("forum.example", "TXT"): [txt("v=spf1 mx +all")]},
        "FAIL", "spf forum.example", "everybody may send"),
    "SPF without us": ({("forum.example", "TXT"): [txt("v=spf1 ip4:203.0.113.1 -all")]},
                       "FAIL", "spf forum.example", f"does not let {HOST} send"),
    "no key": ({("a._domainkey.forum.example", "TXT"): []}, "FAIL", "dkim forum.example", "has no key"),
    "another key": ({("a._domainkey.forum.example", "TXT"): [txt("v=DKIM1; p=AAAA")]},
                    "FAIL", "dkim forum.example", "another key"),
    "a revoked key": ({("a._domainkey.forum.example", "TXT"): [txt("v=DKIM1; p=")]},
                      "FAIL", "dkim forum.example", "revoked"),
    "a test key": ({("a._domainkey.forum.example", "TXT"): [txt(KEY.published() + "; t=y:s")]},
                   "warn", "dkim forum.example", "t=y"),
    "no DMARC": ({("_dmarc.forum.example", "TXT"): []}, "warn", "dmarc forum.example", "there is no DMARC record"),
    "two DMARC": ({("_dmarc.forum.example", "TXT"): [txt("v=DMARC1; p=none"), txt("v=DMARC1; p=reject")]},
                  "FAIL", "dmarc forum.example", "2 DMARC records"),
    "no PTR": ({("25.2.0.192.in-addr.arpa", "PTR"): []}, "FAIL", f"ptr {HOST}", "it has no name"),
    "PTR leads elsewhere": ({("25.2.0.192.in-addr.arpa", "PTR"): ["b.forum.example."]},
                            "FAIL", f"ptr {HOST}", "does not lead back"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_X1_a_fault_in_the_dns_is_one_line_with_its_cure(name: str) -> None:
    changes, level, about, told = FAULTS[name]
    (wrong,) = [finding for finding in found(changes) if finding.level != "ok"]
    assert (wrong.level, wrong.about) == (level, about)
    assert told in wrong.told and wrong.cure and "\n" not in str(wrong)


def test_X1_lists_of_another_domain_are_looked_at_too() -> None:
    wrong = [f for f in found({}, {"name": "talk", "address": "talk@other.example"}) if f.level != "ok"]
    assert [(f.level, f.about) for f in wrong] == [
        ("FAIL", "mx other.example"),
        ("warn", "dkim other.example"),
        ("warn", "dmarc other.example"),
    ]


def test_X1_without_a_key_the_relay_has_to_sign() -> None:
    (wrong,) = [finding for finding in found({}, keys=()) if finding.level != "ok"]
    assert wrong.about == "dkim forum.example" and "--send" in wrong.cure


def test_X1_a_resolver_that_does_not_answer_is_told() -> None:
    with dns_server({}) as server:
        server.failing |= {name for name, _ in GOOD}
        wrong = list(records(config(), Resolver(server.at, 5), (KEY,), (HOST,), registered))
    assert {finding.level for finding in wrong} == {"warn"} and all("no answer" in f.told for f in wrong)
