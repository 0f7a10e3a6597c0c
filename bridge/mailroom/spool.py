"""Where an IMAP mailbox's mails are kept: with the cursor that says how far the folder is read, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from .. import maillog
from ..mail.sender import header_sender
from ..store import blobs, ledger
from ..store.database import Store, Tx


class Mail(Protocol):
    """A fetched mail: its bytes, and when the server got it in microseconds UTC."""

    @property
    def content(self) -> bytes: ...
    @property
    def received(self) -> int: ...


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

    def keep(self, mails: Sequence[Mail], cursor: P, skipped: Sequence[tuple[int, int]]) -> None:
        """Keep mails and cursor together; one that this account brought before, by content, is passed over."""
        packed = [(blobs.pack(mail.content), header_sender(mail.content)) for mail in mails]

        def write(tx: Tx) -> None:
            for blob, sender in packed:
                if not ledger.has(tx, self._account, blob.sha256):
                    ledger.add(
                        tx, blob, via="imap", account=self._account, sender=sender, recipients=self._recipients,
                        now=self._now(),
                    )  # fmt: skip
            tx.cursor_put(
                account=self._account, folder=self._folder, uidvalidity=cursor.uidvalidity, uid=cursor.uid
            )

        self._store.write(write)
        for uid, size in skipped:
            maillog.imap_skipped(self._account, uid, size)
        self._wake()
