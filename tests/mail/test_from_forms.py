"""Promise A4: of all the ways to write From, none makes somebody the author who is not."""

from __future__ import annotations

import pytest

from bridge.errors import Permanent
from bridge.mail.parse import author_of, parse

from .from_forms import EVIL, OTHERS, VICTIM, heads

FORMS = tuple(heads())


def test_A4_there_are_more_than_two_hundred() -> None:
    assert len(set(FORMS)) > 280


@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
def test_A4_nobody_is_taken_for_another(form: str) -> None:
    raw = f"{form}\r\nTo: garden@forum.test\r\n\r\nText.\r\n".encode("utf-8", "surrogateescape")
    try:
        author = parse(raw).author
    except Permanent:  # over a cap
        return
    assert author == author_of(raw)
    assert author is None or author.address in OTHERS | {EVIL}
    assert author is None or VICTIM not in author.address


@pytest.mark.parametrize(
    "raw",
    [
        "From: Ada <ada@x.test>",
        "from:ada@x.test",
        "From:\r\n  Ada\r\n <ada@x.test>",
        "FROM: <ada@x.test> (Ada)",
    ],
)
def test_A4_who_writes_plainly_is_read(raw: str) -> None:
    for ends in ("\r\n", "\n"):
        author = parse(f"{raw}\r\nSubject: x\r\n\r\nText\r\n".replace("\r\n", ends).encode()).author
        assert author and author.address == "ada@x.test"
