"""The doctor on a whole installation: Dovecot, a relay, a DNS server, a running daemon; and with each of them gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.dnsserver import dns_server, txt
from tests.servers import PASSWORD, Daemon, Dovecot, Sink, config_text, free_port

RECORDS = {
    ("bridge.test", "MX"): ["10 mx.bridge.test."],
    ("mx.bridge.test", "A"): ["192.0.2.25"],
    ("bridge.test", "TXT"): [txt("v=spf1 mx -all")],
    ("_dmarc.bridge.test", "TXT"): [txt("v=DMARC1; p=none")],
    ("25.2.0.192.in-addr.arpa", "PTR"): ["mx.bridge.test."],
}


def told(daemon: Daemon, *words: str) -> tuple[int, dict[str, list[dict[str, Any]]]]:
    """The exit code, and the findings by what they are about."""
    done = daemon.cli("doctor", "--format", "jsonl", *words, check=False)
    assert not done.stderr, done.stderr
    found: dict[str, list[dict[str, Any]]] = {}
    for line in done.stdout.splitlines():
        finding = json.loads(line)
        found.setdefault(finding["about"].split(" ")[0], []).append(finding)
    mta = found.pop("mta", [])  # whatever Postfix this machine has
    failed = {"FAIL"} & {each["level"] for findings in found.values() for each in findings}
    assert done.returncode == (2 if failed or "FAIL" in levels(mta) else 1), done.stdout
    return 2 if failed else 1, found


def levels(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["level"] for finding in findings]


def test_X1_a_whole_installation_is_examined(
    sink: Sink, dovecot: Dovecot, mailbox: str, tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n")
    secret.chmod(0o600)
    imap = f'[[imap]]\nhost = "{dovecot.host}"\nport = {dovecot.port}\ntls = "none"\nuser = "{mailbox}"\n'
    with dns_server(RECORDS) as server:
        more = f'{imap}password_file = "{secret}"\n[identity]\nresolver = "127.0.0.1:{server.port}"\n'
        smtp, web = free_port(), free_port()
        text = config_text(data=tmp_path / "data", smtp=smtp, web=web, sink=sink.port, more=more)
        daemon = Daemon(tmp_path / "bridge", text, smtp=smtp, web=web).start()
        try:
            code, found = told(daemon, "--address", "192.0.2.25")
            assert code == 1, found  # what it risks is told too: no key, no moderators, nobody vouches
            everything = [each for findings in found.values() for each in findings]
            assert not [each for each in everything if each["level"] == "FAIL"]
            assert all(each["cure"] for each in everything if each["level"] == "warn")
            for about in (
                "config",
                "secrets",
                "database",
                "road",
                "queue",
                "relay",
                "imap",
                "mx",
                "spf",
                "dmarc",
                "ptr",
            ):
                assert set(levels(found[about])) == {"ok"}, found[about]
            assert levels(found["ports"]) == ["ok", "ok"]
            assert not sink.mails

            code, found = told(daemon, "--send", "ada@members.test")
            assert "took the probe" in found["relay"][-1]["told"] and len(sink.to("ada@members.test")) == 1

            text = text.replace('folder = "INBOX"', "").replace("[[imap]]", '[[imap]]\nfolder = "Nowhere"')
            daemon.config.write_text(text)
            secret.write_text("wrong\n")
            code, found = told(daemon)
            assert code == 2 and "login is refused" in found["imap"][-1]["told"]
            secret.write_text(PASSWORD + "\n")
            code, found = told(daemon)
            assert code == 2 and found["imap"][-1]["told"] == "there is no folder 'Nowhere'"
        finally:
            daemon.kill9()
        daemon.config.write_text(text.replace(f"port = {sink.port}", f"port = {free_port()}"))
        code, found = told(daemon)
        assert code == 2 and levels(found["relay"]) == ["FAIL"] and levels(found["ports"]) == ["warn", "warn"]


def test_X1_offline_nobody_is_asked(sink: Sink, tmp_path: Path) -> None:
    smtp, web = free_port(), free_port()
    text = config_text(data=tmp_path / "data", smtp=smtp, web=web, sink=sink.port)
    daemon = Daemon(tmp_path / "bridge", text, smtp=smtp, web=web)
    code, found = told(daemon, "--offline")
    assert code == 1 and "relay" not in found and "mx" not in found
    for words in (["--send", "nobody"], ["--address", "here"], ["--resolver", "dns.example"]):
        done = daemon.cli("doctor", *words, check=False)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and words[1] in done.stderr
