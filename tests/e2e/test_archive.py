"""R7 in short: each kind of page of an archive of thousands is there (long, with times: tests/soak/archive.py)."""

from __future__ import annotations

from pathlib import Path

from tests.soak.archive import prepared, read


def test_R7_every_page_of_a_large_archive_is_there(tmp_path: Path) -> None:
    daemon, kinds = prepared(tmp_path, 5_000, 50, 5)
    daemon.start(60)
    try:
        _, figures = read(daemon.web, kinds)
    finally:
        daemon.kill9()
    assert figures["errors"] == 0 and figures["pages"] == 5 * len(kinds) >= 80, figures
