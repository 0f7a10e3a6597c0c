"""A poller on a fake server, with all that it heard, and how soon it tried again."""

from __future__ import annotations

from bridge.intake.imap import Account, Poller, Waits

from .fakeimap import FakeImap
from .spools import Spool


class Reader:
    """`failures` has what the back-off was asked; each try comes 10 ms after the last."""

    def __init__(self, server: FakeImap, *, waits: Waits | None = None, **more: object) -> None:
        self.server, self.spool = server, Spool()
        self.states: list[str] = []
        self.failures: list[int] = []
        given: dict[str, object] = {"password": lambda: "secret", **more}
        account = Account("127.0.0.1", server.port, "none", "ann", **given)  # type: ignore[arg-type]
        self.poller = Poller(
            account, self.spool, backoff=self._pause, on_state=self.states.append, waits=waits
        )

    def _pause(self, failures: int) -> float:
        self.failures.append(failures)
        return 0.01

    def idles(self) -> int:
        """How often it began to wait."""
        return self.server.commands.count("IDLE")

    def end(self) -> None:
        """Stop it; it must then be gone soon."""
        self.poller.stop()
        self.server.close()
        if self.poller.ident:
            self.poller.join(60)
            assert not self.poller.is_alive()


def mail(n: int) -> bytes:
    """A small mail of a number."""
    return b"Subject: %d\r\n\r\nHello\r\n" % n
