"""Where an IMAP mailbox's mails are kept: with the cursor that says how far the folder is read, in one transaction.

What is not taken gets its row in the ledger too, so that its fate can be told; it stays in the mailbox.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from .. import maillog
from ..mail.parse import parse
from ..mail.sender import header_sender
from ..store import blobs, brought, ledger
from ..store.blobs import Blob
from ..store.database import Store, Tx


class Mail(Protocol):
    """A fetched mail: its bytes, and when the server got it in microseconds UTC."""

    @property
    def content(self) -> bytes: ...
    @property
    def received(self) -> int: ...


class Left(Protocol):
    """A mail that stays in the mailbox: `head` is its header, empty where that is not known."""

    @property
    def uid(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def head(self) -> bytes: ...
    @property
    def too_large(self) -> bool: ...


class Place(Protocol):
    """How far a folder has been read (RFC 3501 section 2.3.1.1)."""

    @property
    def uidvalidity(self) -> int: ...
    @property
    def uid(self) -> int: ...


P = TypeVar("P", bound=Place)


class MailboxSpool(Generic[P]):
    """The ledger as one IMAP folder sees it; `recipient` is the list for mails that name no address of ours.

    `place` makes the poller's own value of (UIDVALIDITY, last UID kept).
    """

    def __init__(
        self,
        store: Store,
        account: str,
        folder: str,
        recipient: str,
        place: Callable[[int, int], P],
        now: Callable[[], int],
        wake: Callable[[], None],
    ) -> None:
        self._store, self._account, self._folder = store, account, folder
        self._recipients = (recipient,) if recipient else ()
        self._place, self._now, self._wake = place, now, wake

    def cursor(self) -> P | None:
        """How far the folder is kept, None before the first mail."""
        row = self._store.read(lambda tx: tx.cursor_get(account=self._account, folder=self._folder))
        return self._place(row["uidvalidity"], row["uid"]) if row else None

    def keep(self, mails: Sequence[Mail], cursor: P, skipped: Sequence[Left]) -> None:
        """Keep mails and cursor together; one that this account brought before, by content, is passed over."""
        packed = [(blobs.pack(mail.content), _sender(mail.content)) for mail in mails]
        told: list[Left] = []

        def write(tx: Tx) -> None:
            told.clear()
            for blob, sender in packed:
                self._add(tx, blob, sender)
            told.extend(left for left in skipped if self._leave(tx, left, cursor))
            tx.cursor_put(
                account=self._account, folder=self._folder, uidvalidity=cursor.uidvalidity, uid=cursor.uid
            )

        self._store.write(write)
        for left in told:
            maillog.imap_skipped(self._account, left.uid, left.size, _why(left))
        self._wake()

    def _add(self, tx: Tx, blob: Blob, sender: str) -> int | None:
        if not brought.is_new(tx, self._account, self._recipients, blob.sha256):
            return None
        return ledger.add(
            tx, blob, via="imap", account=self._account, sender=sender, recipients=self._recipients,
            now=self._now(),
        )  # fmt: skip

    def _leave(self, tx: Tx, left: Left, cursor: P) -> bool:
        """Give it its row; false where it has one."""
        # Without its header there is nothing to know it by but its place.
        known_by = left.head or f"X-Place: {self._folder} {cursor.uidvalidity} {left.uid}\r\n\r\n".encode()
        number = self._add(tx, blobs.pack(known_by), _sender(left.head))
        if number is None:
            return False
        message_id, author = _identity(left.head)
        where = f"{left.size} bytes; it is still in {self._folder}, UID {left.uid}"
        tx.brought_left(
            id=number, message_id=message_id, author=author, code=_why(left).replace(" ", "-"), reason=where,
            now=self._now(),
        )  # fmt: skip
        return True


def _why(left: Left) -> str:
    return "too large" if left.too_large else "unreadable"


def _identity(head: bytes) -> tuple[str, str]:
    """Message-ID and author, as the header claims."""
    try:
        message = parse(head)
    except Exception:  # it is not to be read, and nobody will
        return "", ""
    return message.message_id, message.author.address if message.author else ""


def _sender(content: bytes) -> str:
    """Of a mail that is odd beyond all expectation nobody is the sender; it is kept all the same, and parked later."""
    try:
        sender = header_sender(content)
        sender.encode()
    except Exception:  # one mail must not hold up those that come with it
        return ""
    return sender
