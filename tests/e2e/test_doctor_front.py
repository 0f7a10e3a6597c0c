"""X1: the doctor asks a real Postfix in front of the bridge, and sends a probe out and home again by it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dnsserver import dns_server, txt
from tests.servers import Daemon, Postfix, config_text, directory, free_port

from .test_authentication import keys

LIST = "forum@bridge.test"


@pytest.fixture
def front() -> Iterator[Postfix]:
    """A Postfix that takes mail for the bridge, and brings it by LMTP; letters leave by it too."""
    with directory("front") as path:
        server = Postfix(path, "bridge.test", free_port())
        server.start()
        yield server
        server.stop()


def told(daemon: Daemon, *words: str) -> dict[str, list[dict[str, Any]]]:
    """The findings by what they are about."""
    done = daemon.cli("doctor", "--format", "jsonl", *words, check=False)
    assert not done.stderr, done.stderr
    found: dict[str, list[dict[str, Any]]] = {}
    for line in done.stdout.splitlines():
        finding = json.loads(line)
        found.setdefault(finding["about"], []).append(finding)
    return found


def test_X1_the_mta_in_front_is_asked_and_a_probe_comes_home_signed(front: Postfix, tmp_path: Path) -> None:
    options, own = keys(tmp_path)
    records = {(f"{key.selector}._domainkey.bridge.test", "TXT"): [txt(key.published())] for key in own}
    smtp, web = free_port(), free_port()
    with dns_server(records) as server:
        more = f'[lmtp]\nlisten = "127.0.0.1:{front.lmtp_port}"\n'
        more += f'[identity]\nresolver = "127.0.0.1:{server.port}"\n'
        text = config_text(data=tmp_path / "data", smtp=smtp, web=web, sink=front.port, more=more)
        text = text.replace('tls = "none"', f'tls = "none"\n{options}')
        daemon = Daemon(tmp_path / "bridge", text, smtp=smtp, web=web).start()
        try:
            found = told(daemon, "--front", f"127.0.0.1:{front.port}", "--send", LIST)
            asked, probe = found[f"mta 127.0.0.1:{front.port}"], found["probe"]
            assert not [each for each in asked if each["level"] == "FAIL"], asked
            said = " | ".join(each["told"] for each in asked)
            assert "mails of 60000000 bytes, we up to" in said and f"takes mail for {LIST}" in said
            assert "takes any address" in said and "STARTTLS" in said and "SMTPUTF8" not in said
            assert [each["level"] for each in probe] == ["ok", "ok"], probe
            assert "signed by bridge.test" in probe[1]["told"]
            early = sum("for the end of a mail, at least" in each["told"] for each in asked)
            rows = daemon.settled(1 + early)  # a Postfix may end a mail too early for its own machine
            assert [row["outcome"] for row in rows] == ["ignored"] * (1 + early), rows
            for path in tmp_path.glob("**/*.pem"):
                path.unlink()
            daemon.config.write_text(text.replace(options, ""))
            probe = told(daemon, "--send", LIST)["probe"]
            assert probe[1]["level"] == "FAIL" and "nobody signed it" in probe[1]["told"]
        finally:
            daemon.kill9()
    for words in ("here:", "x:99999", ":25"):
        done = daemon.cli("doctor", "--front", words, check=False)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and words in done.stderr
