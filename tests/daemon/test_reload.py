"""SIGHUP: what is taken up at once, what is named as waiting for a restart, and what a faulty file changes: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bridge.config import Config, read
from bridge.daemon.reload import later, reload
from bridge.errors import ConfigError

TABLES: dict[str, Any] = {
    "site": {"name": "Commons", "domain": "forum.example", "url": "https://forum.example"},
    "list": [{"name": "general"}],
    "smtp": {"listen": "127.0.0.1:8025"},
    "web": {"listen": "127.0.0.1:8080"},
}


def config(**changed: Any) -> Config:
    return read({**TABLES, **changed}, base=Path("/nowhere"), source="test")


@pytest.mark.parametrize(
    ("changed", "waits"),
    [
        ({}, []),
        ({"list": [{"name": "general", "title": "All"}, {"name": "new"}]}, []),
        ({"limits": {"recipients": 7, "workers": 3}}, ["[limits] workers"]),
        ({"smtp": {"listen": "127.0.0.1:9025"}}, ["[smtp] listen"]),
        ({"lmtp": {"listen": "127.0.0.1:8024"}}, ["[lmtp]"]),
        ({"site": {**TABLES["site"], "domain": "other.example"}}, ["[site] domain", "[outgoing] path"]),
    ],
)
def test_D8_what_waits_for_a_restart(changed: dict[str, Any], waits: list[str]) -> None:
    assert set(later(config(), config(**changed))) <= set(waits)
    assert bool(later(config(), config(**changed))) == bool(waits)


def test_D8_a_faulty_file_changes_nothing() -> None:
    old, taken = config(), list[Config]()

    def faulty() -> Config:
        raise ConfigError(["[site] name is missing"])

    assert reload(old, faulty, [taken.append]) is old
    assert not taken
    new = config(limits={"recipients": 7})
    assert reload(old, lambda: new, [taken.append]) is new
    assert taken == [new]
