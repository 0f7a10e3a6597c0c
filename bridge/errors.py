"""What can go wrong, said so that a caller knows whether to try again.

`Temporary` and `Permanent` know their SMTP reply (RFC 5321 section 4.2, RFC 3463 for the enhanced code), so the
door can answer with them and the outbox can record them. Their text is safe to show to a stranger.
"""

from __future__ import annotations


class BridgeError(Exception):
    """Every fault that this program names itself."""


class Refusal(BridgeError):
    """A mail or a recipient is not taken: `code` (SMTP), `status` (enhanced), and a text for the sender."""

    code: int
    status: str

    def __init__(self, text: str, *, code: int, status: str) -> None:
        super().__init__(text)
        self.code, self.status = code, status

    @property
    def reply(self) -> str:
        """The reply line, as in `550 5.1.1 no such list`."""
        return f"{self.code} {self.status} {self}"


class Temporary(Refusal):
    """Trying again later may help (4xx): the sender keeps the mail."""

    def __init__(self, text: str, *, code: int = 451, status: str = "4.3.0") -> None:
        super().__init__(text, code=code, status=status)


class Permanent(Refusal):
    """Trying again is of no use (5xx): the verdict stands."""

    def __init__(self, text: str, *, code: int = 550, status: str = "5.7.1") -> None:
        super().__init__(text, code=code, status=status)


class ConfigError(BridgeError):
    """The operator's faults, all of them: one line each, saying what is wrong and what would be right."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
