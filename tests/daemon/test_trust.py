"""Keys and checks as the configuration asks for them; what is missing is told in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from bridge.config import Config, read
from bridge.daemon import trust
from bridge.errors import ConfigError
from bridge.fanout.letter import Letter
from bridge.store.queue import Due

RSA, ED = rsa.generate_private_key(65537, 2048), ed25519.Ed25519PrivateKey.generate()


def config(path: Path, outgoing: dict[str, Any] | None = None, **tables: Any) -> Config:
    site = {"name": "A", "domain": "forum.example", "url": "https://forum.example", "data_dir": str(path)}
    out = {"kind": "smtp", "host": "127.0.0.1", **(outgoing or {})}
    return read(
        {"site": site, "smtp": {"listen": "127.0.0.1:0"}, "outgoing": out, **tables}, base=path, source="test"
    )


def written(path: Path, key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> str:
    pem, form, plain = (
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(key.private_bytes(pem, form, plain))
    return str(path)


def test_O2_letters_bear_a_signature_for_each_key(tmp_path: Path) -> None:
    options = {
        "dkim_selector": "a", "dkim_key_file": written(tmp_path / "a.pem", RSA),
        "dkim_ed25519_selector": "b", "dkim_ed25519_key_file": written(tmp_path / "b.pem", ED),
    }  # fmt: skip
    own = config(tmp_path, options)
    records = {
        f"{k.selector}._domainkey.{k.domain}.".encode(): k.published().encode()
        for k in trust.signing_keys(own)
    }
    assert set(records) == {b"a._domainkey.forum.example.", b"b._domainkey.forum.example."}
    letter = Letter((b"From: a@forum.example\r\nSubject: x\r\n\r\nWords.\r\n",), "x")
    compose = trust.signing(own, lambda due: letter, lambda: 1_700_000_000.5)
    raw = compose(Due(*[None] * len(Due._fields))).fill({})  # type: ignore[arg-type]
    for number in (0, 1):
        assert dkim.DKIM(raw).verify(number, dnsfunc=lambda name, timeout=5: records.get(name))


def test_without_keys_letters_are_as_they_are(tmp_path: Path) -> None:
    def compose(due: Due) -> Letter:
        raise AssertionError

    assert trust.signing(config(tmp_path), compose, lambda: 0.0) is compose


def test_a_bad_key_stops_the_daemon_with_one_line(tmp_path: Path) -> None:
    own = config(tmp_path, {"dkim_selector": "a", "dkim_key_file": written(tmp_path / "a.pem", ED)})
    with pytest.raises(ConfigError, match="holds an Ed25519 key") as caught:
        trust.signing_keys(own)
    assert len(caught.value.faults) == 1


def test_without_the_libraries_what_needs_them_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust, "present", lambda *modules: False)
    options = {"dkim_selector": "a", "dkim_key_file": written(tmp_path / "a.pem", RSA)}
    own = config(tmp_path, options, identity={"verify": True})
    assert trust.key_faults(own) == [
        f"[identity] verify = true {trust.EXTRA}",
        f"[outgoing] dkim_key_file {trust.EXTRA}",
    ]
    with pytest.raises(ConfigError), trust.vouching(own):
        pass
    with trust.vouching(config(tmp_path)) as vouching:
        assert (vouching.verify, vouching.organizational) == (None, None)


def test_A3_domains_align_by_the_public_suffix_list(tmp_path: Path) -> None:
    assert [trust.registered(each) for each in ("a.b.co.uk", "b.co.uk", "co.uk", "x.github.io", "")] == [
        "b.co.uk",
        "b.co.uk",
        "",
        "x.github.io",
        "",
    ]
    with trust.vouching(config(tmp_path)) as vouching:
        assert vouching.organizational is trust.registered


@pytest.mark.parametrize("vouched", ["dkim=pass header.d=members.test", "", None])
def test_O2_letters_of_mails_are_sealed_where_that_is_asked_for(tmp_path: Path, vouched: str | None) -> None:
    options = {"dkim_selector": "a", "dkim_key_file": written(tmp_path / "a.pem", RSA), "arc": True}
    own = config(tmp_path, options)
    (key,) = trust.signing_keys(own)
    letter = Letter((b"From: a@forum.example\r\nSubject: x\r\n\r\nWords.\r\n",), "x", vouched=vouched)
    compose = trust.signing(own, lambda due: letter, lambda: 1_700_000_000.5)
    raw = compose(Due(*[None] * len(Due._fields))).fill({})  # type: ignore[arg-type]
    verdict, _, _ = dkim.arc_verify(raw, dnsfunc=lambda name, timeout=5: key.published().encode())
    assert verdict == (b"pass" if vouched is not None else b"none")
    assert (b"; forum.example;\r\n %s\r\n" % (vouched or "none").encode() in raw) == (vouched is not None)
