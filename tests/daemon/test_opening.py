"""What the configuration says of lists and who looks after them stands in the store."""

from __future__ import annotations

from pathlib import Path

from bridge.config import load
from bridge.daemon.opening import open_mailroom
from bridge.store import lists

TEXT = """
[site]
name = "Example Commons"
domain = "forum.example"
url = "https://forum.example"
operators = ["ops@members.example"]
[[list]]
name = "general"
[[list]]
name = "board"
moderators = ["mo@members.example"]
[smtp]
listen = "127.0.0.1:0"
"""


def test_the_operators_moderate_a_list_that_names_no_moderators(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(TEXT)
    with open_mailroom(load(tmp_path / "config.toml")) as room:
        named = [
            [one.address for one in room.store.read(lambda tx, n=n: lists.moderators(tx, n))] for n in (1, 2)
        ]
    assert named == [["ops@members.example"], ["mo@members.example"]]
