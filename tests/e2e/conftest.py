"""The servers of the stories: Dovecot and Postfix start once, each story has a daemon and sink."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers import Daemon, Dovecot, Postfix, Sink, config_text, directory, free_port

MakeBridge = Callable[..., Daemon]


BOXES = 60
_boxes = iter(range(BOXES))


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One Dovecot for all stories; take a fresh user of it with `mailbox`."""
    with directory("dovecot") as path:
        server = Dovecot(path)
        for n in range(BOXES):  # before it starts: it looks at the list of users at most once a second
            server.add(f"box{n}")
        server.start()
        yield server
        server.stop()


@pytest.fixture
def mailbox(dovecot: Dovecot) -> str:
    """A user of Dovecot whose INBOX is empty."""
    return f"box{next(_boxes)}"


@pytest.fixture(scope="session")
def postfix() -> Iterator[Postfix]:
    """One Postfix that hands the mail of our domains to `postfix.lmtp_port`, where the daemon must listen."""
    with directory("postfix") as path:
        server = Postfix(path, "bridge.test forum.example", free_port())
        server.start()
        yield server
        server.stop()


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A recording smarthost."""
    with Sink() as server:
        yield server


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[MakeBridge]:
    """Make and start daemons: `bridge(sink=..., lmtp=..., more="[[imap]] ...")`; all are ended afterwards."""
    made: list[Daemon] = []

    def make(*, sink: Sink | None = None, start: bool = True, **how: Any) -> Daemon:
        path = tmp_path / f"bridge{len(made)}"
        smtp, web = free_port(), free_port()
        port = sink.port if sink else None
        text = config_text(data=path / "data", smtp=smtp, web=web, sink=port, **how)
        daemon = Daemon(path, text, smtp=smtp, web=web)
        made.append(daemon)
        return daemon.start() if start else daemon

    yield make
    for daemon in made:
        daemon.kill9()


def imap_config(dovecot: Dovecot, user: str, **more: str | int) -> str:
    """The `[[imap]]` table that reads a user's INBOX into the list `forum`."""
    values: dict[str, str | int] = {
        "host": dovecot.host,
        "port": dovecot.port,
        "tls": "none",
        "user": user,
        "password_file": str(dovecot.path / f"{user}.password"),
        "folder": "INBOX",
        "list": "forum",
        **more,
    }
    lines = [
        f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
        for key, value in values.items()
    ]
    return "[[imap]]\n" + "\n".join(lines) + "\n"
