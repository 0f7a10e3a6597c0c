"""The bytes between DATA and the line with a lone dot (RFC 5321 sections 4.1.1.4, 4.5.2), without a socket.

Only CRLF.CRLF ends the content, in however many pieces it comes. A CR or LF on its own is refused: some
server further on could take it for a line end, and the rest of the mail for commands. Each piece is judged and
unstuffed as it comes, so that the end of a large mail holds up nobody. Memory stays below the limit: of a mail
that is refused only its end is still looked for.
"""

from __future__ import annotations

from ..errors import Permanent, Refusal

END = b"\r\n.\r\n"


class Content:
    """Collects one mail; `feed` until it returns what came after the end, then `take`."""

    def __init__(self, limit: int) -> None:
        self._pieces: list[bytes] = []
        # The CRLF of the DATA line itself may begin the end mark: an empty mail is a lone dot.
        self._open = b"\r\n"
        self._size = -1
        self._limit = limit
        self._refusal: Refusal | None = None

    def feed(self, chunk: bytes) -> bytes | None:
        """Take what came from the wire; returns the bytes after the end mark, None while it has not come."""
        whole = self._open + chunk
        end = whole.find(END)
        if end >= 0:
            self._settle(whole[: end + 2])
            return whole[end + len(END) :]
        cut = _seam(whole)
        self._open = whole[cut:]
        self._settle(whole[:cut])
        return None

    def _settle(self, piece: bytes) -> None:
        """Judge and keep a piece that neither begins nor ends within CRLF or CRLF and dot."""
        lines = piece.count(b"\r\n")
        if piece.count(b"\r") != lines or piece.count(b"\n") != lines:
            self.refuse(_bare())
        plain = piece.replace(b"\r\n.", b"\r\n")
        if self._size < 0 and plain:  # the CRLF of the DATA line is none of the mail's
            plain, self._size = plain[2:], 0
        self._size += len(plain)
        if self._size > self._limit:
            self.refuse(_too_big())
        if self._refusal:
            self._pieces.clear()
        else:
            self._pieces.append(plain)

    def refuse(self, refusal: Refusal) -> None:
        """Drop what was collected; `take` will raise the first refusal given."""
        self._refusal = self._refusal or refusal

    @property
    def size(self) -> int:
        """Bytes of the mail so far."""
        return max(0, self._size)

    def take(self) -> bytes:
        """Once: the mail, its dots unstuffed; raises the refusal, Permanent for its size or a bare CR or LF."""
        if self._refusal:
            raise self._refusal
        return b"".join(self._pieces)


def _seam(whole: bytes) -> int:
    """Where to cut what has come: the end mark may begin behind it, and no CRLF or CRLF and dot lies across it."""
    cut = max(0, len(whole) - len(END) + 1)
    if whole.endswith(b"\r", 0, cut):
        return cut - 1
    return cut - 2 if whole.endswith(b"\r\n", 0, cut) else cut


def _too_big() -> Permanent:
    return Permanent("the mail is too big", code=552, status="5.3.4")


def _bare() -> Permanent:
    return Permanent("a line must end in CRLF, no CR or LF may stand alone", code=550, status="5.6.11")
