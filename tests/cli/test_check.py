"""check names every fault of a configuration and of the files that it names: one line each, exit 2, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Command

BAD = sorted((Path(__file__).parents[1] / "bad_configs").iterdir())


def test_X1_there_are_forty_and_more() -> None:
    assert len(BAD) >= 40


@pytest.mark.parametrize("folder", BAD, ids=lambda folder: folder.name)
def test_X1_a_bad_config_is_named(folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    answer = command("check", "-c", "config.toml")
    expected = (folder / "expected.txt").read_text().replace("{folder}", str(folder))
    assert (answer.code, answer.err, answer.out) == (2, expected, "")
    assert "hunter2" not in answer.err and "Traceback" not in answer.err
