"""Whole mails as mail programs write them, each with what its author wrote (`NAME.reply.txt`).

Where posts of the thread are known, they stand in `NAME.posts.json`: author, text, and whether they are his own.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bridge.mail.parse import parse
from bridge.reply.clean import clean
from bridge.reply.known import NOTHING, Known, KnownPost

MAILS = Path(__file__).parent.parent / "mails"
PRIVATE = MAILS.parent.parent / "private"
FOUND = (path for folder in (MAILS, PRIVATE) for path in folder.glob("*.eml"))
NAMES = sorted(path for path in FOUND if path.with_suffix(".reply.txt").exists())


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_what_the_author_wrote(path: Path) -> None:
    wanted = path.with_suffix(".reply.txt").read_text(encoding="utf-8")
    reply = clean(parse(path.read_bytes()), known(path.with_suffix(".posts.json")))
    assert reply.text == wanted.rstrip("\n")


def known(path: Path) -> Known:
    """What the bridge knows of the thread: the posts in a file, if there is one."""
    if not path.exists():
        return NOTHING
    posts = enumerate(json.loads(path.read_text(encoding="utf-8")), 1)
    return Known(tuple(KnownPost(number, **post) for number, post in posts), (), "https://forum.example")
