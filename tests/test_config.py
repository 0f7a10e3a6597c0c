"""The configuration: the example holds every option; what bad files are told stands in cli/test_check.py."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bridge.config import ARRAYS, TABLES, embedded, load
from bridge.errors import ConfigError

ROOT = Path(__file__).parents[1]


def test_example_holds_every_option(tmp_path: Path) -> None:
    example = (ROOT / "config.example.toml").read_text()
    secret = tmp_path / "secret"
    secret.write_text("secret\n")
    # With its options uncommented (one way to give a password is enough), the example still loads.
    loud = re.sub(r"^# (?=\[\[imap|[a-z0-9_]+ = )", "", example, flags=re.M)
    loud = re.sub(r'"/etc/[^"]+"', f'"{secret}"', loud)
    tables = tomllib.loads(loud)
    for name, model in {**TABLES, **ARRAYS}.items():
        table = tables[name][0] if name in ARRAYS else tables[name]
        assert set(table) == set(model.model_fields), name
    loud = re.sub(r"^(password|oauth_token)_command.*\n|^path = .*\n", "", loud, flags=re.M)
    (tmp_path / "config.toml").write_text(loud)
    assert load(tmp_path / "config.toml").imap[0].at_port == 993


def test_example_loads_and_holds_the_defaults() -> None:
    config, plain = load(ROOT / "config.example.toml"), embedded()
    assert config.lists[0].address == "general@forum.example"
    assert (config.smtp, config.lmtp and config.lmtp.port) == (plain.smtp, 8024)
    assert (config.limits, config.digest, config.identity) == (plain.limits, plain.digest, plain.identity)


def test_paths_count_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my.toml").write_text('[site]\nname="A"\ndomain="A.Example"\nurl="https://a.example/"\n')
    config = load(tmp_path / "my.toml")
    assert config.site.data_dir == tmp_path / "data"
    assert (config.site.domain, config.site.url) == ("a.example", "https://a.example")
    assert config.outgoing.kind == "maildir" and config.outgoing.path == tmp_path / "data" / "outbox"
    assert (config.smtp, config.web, config.lists) == (None, None, ())


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None) == embedded() == embedded(data_dir=str(tmp_path / "data"))
    (tmp_path / "config.toml").write_text("[site]\n")
    with pytest.raises(ConfigError):
        load(None)


@pytest.mark.parametrize("content", [None, b"\xff", b"#" * 1_000_001])
def test_unreadable_file_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "config.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert len(caught.value.faults) == 1 and str(path) in caught.value.faults[0]


def test_secrets_are_not_told() -> None:
    with pytest.raises(ConfigError) as caught:
        embedded(password="hunter2")
    assert "hunter2" not in str(caught.value)


def test_ipv6_listener() -> None:
    from bridge.config.sections import Listener

    door = Listener(listen="[::1]:0")
    assert (door.host, door.port) == ("::1", 0)
