"""Secrets change and tokens are revoked by command; a mailroom that is open takes it up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.config import load
from bridge.daemon.opening import open_mailroom
from bridge.errors import Permanent
from bridge.mail.token import Purpose

from .conftest import Command, mail


def test_A1_rotate_and_revoke(command: Command, tmp_path: Path) -> None:
    assert command("subscribe", "general", "ada@post.example").code == 0
    assert (
        command("deliver", "-f", "ada@post.example", "-r", "general@forum.example", stdin=mail(1)).code == 0
    )
    with open_mailroom(load(tmp_path / "config.toml")) as room:
        old = room.tokens.mint(Purpose.REPLY, 1, 1)
        room.admit("", f"reply+{old}@forum.example")
        assert command("tokens", "rotate", "--days", "7").code == 0
        room.take_up_keys()
        new = room.tokens.mint(Purpose.REPLY, 1, 1)
        assert new != old
        for token in (old, new):
            room.admit("", f"reply+{token}@forum.example")
        assert command("people", "revoke", "ada@post.example").code == 0
        room.take_up_keys()
        for token in (old, new):
            with pytest.raises(Permanent):
                room.admit("", f"reply+{token}@forum.example")
        room.admit("", f"reply+{room.tokens.mint(Purpose.REPLY, 1, 2)}@forum.example")
        assert command("tokens", "rotate", "--days", "0").code == 0
        leave = room.tokens.mint(Purpose.UNSUBSCRIBE, 1, 1)
        assert room.unsubscribable(leave)
        room.take_up_keys()
        assert not room.unsubscribable(leave)


def test_nobody_is_told(command: Command) -> None:
    answer = command("people", "revoke", "nobody@post.example")
    assert answer.code == 2 and "nobody here" in answer.err
