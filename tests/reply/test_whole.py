"""Promise C9 over every mail of `tests/mails`: no post is empty that had words; what is folded is there."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from bridge.mail.parse import parse
from bridge.mail.triage import Own
from bridge.mailroom.reading import Reading, read_here
from bridge.reply.clean import body
from bridge.reply.known import NOTHING

MAILS = Path(__file__).parent.parent / "mails"
OWN = Own("forum.example", frozenset({"general@forum.example"}))
ONLY_QUOTES = {"iphone-it-only-quote", "quote-only-gmail"}
"""Mails in which their author wrote nothing: they become no post, and he is told (`nothing-new`)."""


@cache
def readings() -> dict[str, Reading]:
    """Each mail as the walk reads it."""
    return {
        path.stem: read_here(path.read_bytes(), "ada@members.example", OWN, lambda _: NOTHING)
        for path in sorted(MAILS.glob("*.eml"))
    }


def test_C9_no_post_of_a_mail_with_words_is_empty() -> None:
    found = readings()
    assert len(found) > 1000
    silent = {name for name, each in found.items() if each.reply is None or not each.reply.text.strip()}
    assert silent == ONLY_QUOTES
    for name in silent:
        reply = found[name].reply
        assert reply and all(part.folded or not part.text.strip() for part in reply.parts)
        assert found[name].empty, f"{name} would become an empty post"


def test_C9_every_word_of_a_mail_stands_in_a_part() -> None:
    for name, each in readings().items():
        assert each.reply
        message = parse((MAILS / f"{name}.eml").read_bytes())
        if message.forwarded:
            continue  # what is attached stands among the parts too
        wanted = Counter("\n".join(line.markdown for line in body(message)).replace(">", " ").split())
        kept = Counter("\n".join(part.text for part in each.reply.parts).replace(">", " ").split())
        missing = wanted - kept
        assert not missing, f"{name}: {sorted(missing)[:5]}"
