"""Whole mails as mail programs write them, each with what its author wrote (`NAME.reply.txt`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.mail.parse import parse
from bridge.reply.clean import clean

MAILS = Path(__file__).parent.parent / "mails"
PRIVATE = MAILS.parent.parent / "private"
FOUND = (path for folder in (MAILS, PRIVATE) for path in folder.glob("*.eml"))
NAMES = sorted(path for path in FOUND if path.with_suffix(".reply.txt").exists())


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_what_the_author_wrote(path: Path) -> None:
    wanted = path.with_suffix(".reply.txt").read_text(encoding="utf-8")
    reply = clean(parse(path.read_bytes()))
    assert reply.text == wanted.rstrip("\n")
