"""What the doctor says of the machine: certificates, disk, clock, ports, database, the MTA on it."""

from __future__ import annotations

import datetime
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bridge.config import Config, read
from bridge.doctor import machine, settings
from bridge.doctor.certificates import certificates
from bridge.doctor.finding import Finding, exit_code, fail, ok, warn
from bridge.mail.envelope import Envelope
from bridge.mailroom import Mailroom
from bridge.posting.site import Site
from bridge.store.database import Store
from bridge.thumbnails.process import Drawer

NOW = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
HOUR = machine.HOUR
KEY = ec.generate_private_key(ec.SECP256R1())


def config(path: Path, **tables: Any) -> Config:
    site = {
        "name": "A",
        "domain": "forum.example",
        "url": "https://forum.example",
        "data_dir": str(path / "data"),
    }
    lists = [{"name": "general", "moderators": ["mod@members.example"]}]
    return read({"site": site, "list": lists, **tables}, base=path, source="test")


def levels(findings: Any) -> list[tuple[str, str]]:
    return [(finding.level, finding.about) for finding in findings]


def certificate(name: str, days: int, issuer: str = "A CA") -> bytes:
    def called(word: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, word)])

    made = (
        x509.CertificateBuilder().subject_name(called(name)).issuer_name(called(issuer))
        .public_key(KEY.public_key()).serial_number(1).not_valid_before(NOW - datetime.timedelta(9))
        .not_valid_after(NOW + datetime.timedelta(days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    )  # fmt: skip
    return made.sign(KEY, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


CHAIN = certificate("A CA", 900)


@pytest.mark.parametrize(
    ("content", "level", "told"),
    [
        (certificate("forum.example", 60) + CHAIN, "ok", "valid until 2026-07-31"),
        (certificate("mx.forum.example", 60) + CHAIN, "ok", "valid until"),
        (certificate("forum.example", 3) + CHAIN, "warn", "ends on 2026-06-04"),
        (certificate("forum.example", -1) + CHAIN, "FAIL", "ended on 2026-05-31"),
        (certificate("other.example", 60) + CHAIN, "warn", "for other.example, not for forum.example"),
        (certificate("forum.example", 60), "warn", "stands alone"),
        (certificate("forum.example", 60, "forum.example"), "warn", "signed by itself"),
        (certificate("forum.example", 60) + certificate("B CA", 60), "FAIL", "chain is broken"),
    ],
)
def test_X1_a_certificate_is_judged(tmp_path: Path, content: bytes, level: str, told: str) -> None:
    pem, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (tmp_path / "key.pem").write_bytes(KEY.private_bytes(pem, private, serialization.NoEncryption()))
    (tmp_path / "cert.pem").write_bytes(content)
    door = {"listen": "127.0.0.1:8025", "certificate": "cert.pem", "key": "key.pem"}
    (found,) = certificates(config(tmp_path, smtp=door), NOW)
    assert found.level == level and told in found.told and found.about == "tls smtp"


def test_X1_secrets_open_to_others_are_told(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("secret\n")
    out = {"kind": "smtp", "host": "127.0.0.1", "user": "forum", "password_file": str(secret)}
    own = config(tmp_path, outgoing=out)
    secret.chmod(0o640)
    assert levels(settings.modes(own)) == [("warn", "secrets")]
    secret.chmod(0o600)
    assert levels(settings.modes(own)) == [("ok", "secrets")]


@pytest.mark.parametrize(("free", "level"), [(10, "FAIL"), (2**30, "warn"), (2**40, "ok")])
def test_X1_a_full_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2**41, 2**41 - free, free))
    assert levels(machine.disk(config(tmp_path))) == [(level, "disk")]


def test_X1_no_room_for_another_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.statvfs(tmp_path)
    values = [real[n] for n in range(10)]
    values[5], values[7] = 1000, 3
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(values))
    assert ("FAIL", "disk") in levels(machine.disk(config(tmp_path)))


def test_X1_a_clock_that_went_back_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_unsynchronised", lambda: False)
    assert levels(machine.clock(5 * HOUR, 5 * HOUR)) == [("ok", "clock")]
    assert levels(machine.clock(5 * HOUR, 3 * HOUR)) == [("FAIL", "clock")]
    monkeypatch.setattr(machine, "_unsynchronised", lambda: True)
    assert levels(machine.clock(0, 3 * HOUR)) == [("warn", "clock")]


def test_X1_a_port_is_free_ours_or_anothers(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        own = config(tmp_path, smtp={"listen": f"127.0.0.1:{port}"})
        other.settimeout(0.01)
        machine_seconds, machine.SECONDS = machine.SECONDS, 0.1
        try:
            assert levels(machine.ports(own)) == [("FAIL", "ports")]
        finally:
            machine.SECONDS = machine_seconds
    assert levels(machine.ports(own)) == [("warn", "ports")]


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[], list[Finding]]:
    """A database with a mail that waits since 0; gives what is said of it three hours later."""
    path = tmp_path / "data" / "threadbridge.db"
    store = Store.open(path)
    room = Mailroom(store, Site("A", "forum.example", "https://forum.example"), lambda: 0)
    room.keep(Envelope("", ("general@forum.example",), b"Subject: x\n\nx\n"), "smtp")
    store.close()
    own = config(tmp_path, outgoing={"kind": "smtp", "host": "127.0.0.1"})
    return lambda: list(machine.database(own, path, 3 * HOUR))


def test_X1_a_road_that_stands_still_is_told(
    stored: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "_unsynchronised", lambda: False)
    found = stored()
    assert levels(found) == [("ok", "database"), ("ok", "clock"), ("warn", "road"), ("ok", "queue")]
    assert "1 mails wait, the oldest for 3 hours" in found[2].told


def test_X1_a_damaged_database_is_told(tmp_path: Path, stored: Callable[[], list[Finding]]) -> None:
    path = tmp_path / "data" / "threadbridge.db"
    with sqlite3.connect(path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    content = bytearray(path.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    path.write_bytes(content)
    (found,) = stored()
    assert found.level == "FAIL" and "restore" in found.cure
    path.write_bytes(b"not a database" * 100)
    (found,) = stored()
    assert found.level == "FAIL" and "not a database" in found.told


def test_X1_no_database_yet_is_well(tmp_path: Path) -> None:
    assert levels(machine.database(config(tmp_path), tmp_path / "none.db", 0)) == [("ok", "database")]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo normalize", [("ok", "mta")]),
        ("echo no", [("FAIL", "mta")]),
        ("echo 'postconf: warning: x: unknown parameter' >&2", [("warn", "mta")]),
        ("exit 1", []),
    ],
)
def test_X1_a_postfix_that_lets_mails_be_smuggled_in_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, expected: list[tuple[str, str]]
) -> None:
    program = tmp_path / "postconf"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert levels(machine.postfix()) == expected


def test_the_exit_code_is_that_of_the_worst() -> None:
    fine, odd, bad = ok("a", "b"), warn("a", "b", "c"), fail("a", "b", "c")
    assert [exit_code(each) for each in ([fine], [fine, odd], [bad, odd])] == [0, 1, 2]
    assert str(bad) == "FAIL  a: b; c"


def test_pictures_are_drawn_or_not(tmp_path: Path) -> None:
    silent, shown = config(tmp_path), config(tmp_path, web={"listen": "127.0.0.1:1"})
    assert levels(machine.pictures(silent, Drawer().draw)) == []
    assert levels(machine.pictures(shown, None)) == [("ok", "pictures")]
    assert levels(machine.pictures(shown, Drawer().draw)) == [("ok", "pictures")]
    broken = Drawer(program="import a_module_that_is_not_there")
    assert levels(machine.pictures(shown, broken.draw)) == [("warn", "pictures")]
