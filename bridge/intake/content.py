"""The bytes between DATA and the line with a lone dot (RFC 5321 sections 4.1.1.4, 4.5.2), without a socket.

Only CRLF.CRLF ends the content, in however many pieces it comes. A CR or LF on its own is refused: some
server further on could take it for a line end, and the rest of the mail for commands. Memory stays below the
limit: of a mail that is too big only its end is still looked for.
"""

from __future__ import annotations

from ..errors import Permanent, Refusal

END = b"\r\n.\r\n"


class Content:
    """Collects one mail; `feed` until it returns what came after the end, then `take`."""

    def __init__(self, limit: int) -> None:
        # The CRLF of the DATA line itself may begin the end mark: an empty mail is a lone dot.
        self._held = bytearray(b"\r\n")
        self._limit = limit
        self._refusal: Refusal | None = None

    def feed(self, chunk: bytes) -> bytes | None:
        """Take what came from the wire; returns the bytes after the end mark, None while it has not come."""
        start = max(0, len(self._held) - len(END) + 1)
        self._held += chunk
        end = self._held.find(END, start)
        if end < 0:
            if len(self._held) > self._limit + len(END):
                self.refuse(_too_big())
            if self._refusal:
                del self._held[: 1 - len(END)]
            return None
        after = bytes(self._held[end + len(END) :])
        del self._held[end + 2 :]
        return after

    def refuse(self, refusal: Refusal) -> None:
        """Drop what was collected; `take` will raise the first refusal given."""
        self._refusal = self._refusal or refusal

    def take(self) -> bytes:
        """The mail, its dots unstuffed; raises the refusal, Permanent for its size or a bare CR or LF."""
        if self._refusal:
            raise self._refusal
        if len(self._held) - 2 > self._limit:
            raise _too_big()
        lines = self._held.count(b"\r\n")
        if self._held.count(b"\r") != lines or self._held.count(b"\n") != lines:
            raise Permanent("a line must end in CRLF, no CR or LF may stand alone", code=550, status="5.6.11")
        return bytes(self._held.replace(b"\r\n.", b"\r\n")[2:])


def _too_big() -> Permanent:
    return Permanent("the mail is too big", code=552, status="5.3.4")
