"""One IMAP session (RFC 3501, IDLE RFC 2177, MOVE RFC 6851), over imapclient: log in, catch up, wait, and again.

A mail is marked or moved only after the spool has it. Whatever goes wrong is raised: the session is then dead, and
the poller builds a new one. No wait is without an end.
"""

from __future__ import annotations

import imaplib
import logging
import selectors
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from imapclient import SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from .. import maillog
from ..errors import BridgeError
from .account import Account, Cursor, Fetched, Spool

CONNECT_SECONDS, READ_SECONDS = 15, 60
IDLE_SECONDS = 240
"""IDLE is renewed well before the 29 minutes of RFC 2177: only then a half-open connection shows, or news that
came between SELECT and IDLE."""
BATCH_MAILS, BATCH_BYTES = 50, 16_777_216
SEARCH_SPAN = 20_000
QUICK_SECONDS, QUICK_ROUNDS = 1.0, 3
"""Where IDLE ended at once and without news so often, there is a pause before the next."""
MARK_MAILS = 200
UNREADABLE, BROKEN, HOPELESS = 7, 1, 21
"""A mail is skipped after three answers that make no sense, or after 21 connections lost over it alone."""


class WrongPassword(BridgeError):
    """The server refuses the user: trying again at once would only lock the account."""


class Mailbox:
    """A folder selected in a session; `failures` counts, over sessions, the fetches that went wrong by UID."""

    def __init__(
        self, account: Account, spool: Spool, stopping: threading.Event, failures: Counter[int]
    ) -> None:
        # Below this level it writes what goes over the wire.
        logging.getLogger("imapclient").setLevel(logging.WARNING)
        self._account, self._spool, self._stopping, self._failures = account, spool, stopping, failures
        self._client = IMAPClient(
            account.host,
            account.port,
            ssl=account.tls == "ssl",
            timeout=SocketTimeout(CONNECT_SECONDS, READ_SECONDS),
        )
        self._client.normalise_times = False
        self._idle_rounds = 0
        self._read_to = (0, 0)
        try:
            self._log_in()
            self._open()
        except BaseException:
            self.close()
            raise

    def _log_in(self) -> None:
        client, account = self._client, self._account
        if account.tls == "starttls":
            client.starttls()
        try:
            if account.oauth_token is None:
                client.login(account.user, account.password() if account.password else "")
            elif client.has_capability("AUTH=OAUTHBEARER"):
                client.oauthbearer_login(account.user, account.oauth_token())
            else:
                client.oauth2_login(account.user, account.oauth_token())
        except LoginError as refused:
            # imapclient gives a lost connection the same name as a refusal.
            if isinstance(refused.__context__, imaplib.IMAP4.abort) or "[UNAVAILABLE]" in str(refused):
                raise ConnectionError("lost while logging in") from None
            raise WrongPassword("the server refuses user or password") from None

    def _open(self) -> None:
        self._can_idle = self._account.idle and self._client.has_capability("IDLE")
        done = self._account.done_folder
        if done and not self._client.folder_exists(done):
            self._client.create_folder(done)
        self._select()

    def _select(self) -> None:
        """Look at the folder afresh. Only SELECT tells all: other commands swallow news in passing."""
        state = self._client.select_folder(self._account.folder)
        self._exists = int(state.get(b"EXISTS", 0))
        self._uidnext = int(state.get(b"UIDNEXT", 0))
        known = self._spool.cursor()
        self._cursor = Cursor(int(state.get(b"UIDVALIDITY", 0)), 0)
        if known and known.uidvalidity == self._cursor.uidvalidity:
            self._cursor = known

    def close(self) -> None:
        """End the session, politely where that is quick."""
        with suppress(Exception):
            self._client.socket().settimeout(2)
            self._client.logout()
        with suppress(Exception):
            self._client.shutdown()

    # Reading

    def tidy(self) -> None:
        """Mark or move what an earlier session kept and could not mark or move any more."""
        if not self._cursor.uid:
            return
        criteria = ["UID", f"1:{self._cursor.uid}", "SMALLER", self._account.size_limit + 1, "UNDELETED"]
        if not self._account.done_folder:
            criteria.append("UNSEEN")
        self._done([uid for uid in self._client.search(criteria) if uid <= self._cursor.uid])

    def catch_up(self) -> None:
        """Keep every mail beyond the cursor, in order, until there is none."""
        while not self._stopping.is_set():
            self._select()
            now = (self._cursor.uidvalidity, self._uidnext)
            if self._uidnext and now == self._read_to:
                return
            before, self._idle_rounds = self._cursor, 0
            for uids in self._new():
                for group in self._groups(uids):
                    if self._stopping.is_set():
                        return
                    self._keep(group)
            self._read_to = now
            if not self._uidnext and self._cursor == before:
                return

    def _keep(self, group: list[tuple[int, int]]) -> None:
        mails, skipped = self._fetch(group)
        self._cursor = Cursor(self._cursor.uidvalidity, group[-1][0])
        self._spool.keep(mails, self._cursor, skipped)
        self._done([mail.uid for mail in mails])

    def _new(self) -> Iterator[list[int]]:
        """The UIDs beyond the cursor, ascending; a great folder in pieces, for one answer is one line."""
        first = self._cursor.uid + 1
        while self._exists > SEARCH_SPAN and first + SEARCH_SPAN < self._uidnext:
            yield self._search(f"{first}:{first + SEARCH_SPAN - 1}", first)
            first += SEARCH_SPAN
        yield self._search(f"{first}:*", first)

    def _search(self, uids: str, first: int) -> list[int]:
        # `n:*` gives the last mail even where its UID is below n (RFC 3501 section 6.4.8).
        return sorted({int(uid) for uid in self._client.search(["UID", uids]) if uid >= first})

    def _groups(self, uids: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
        """UIDs and sizes in order, each group small enough for one fetch; a suspect or great mail stands alone."""
        for start in range(0, len(uids), BATCH_MAILS):
            group: list[tuple[int, int]] = []
            for uid, size in self._sizes(uids[start : start + BATCH_MAILS]):
                alone = uid in self._failures or size > self._account.size_limit
                if group and (alone or sum(size for _, size in group) + size > BATCH_BYTES):
                    yield group
                    group = []
                group.append((uid, size))
                if alone:
                    yield group
                    group = []
            if group:
                yield group

    def _sizes(self, uids: Sequence[int]) -> list[tuple[int, int]]:
        """Of those that are still there, ascending."""
        answer = self._client.fetch(uids, ["RFC822.SIZE"])
        return sorted(
            (uid, int(answer[uid][b"RFC822.SIZE"])) for uid in uids if b"RFC822.SIZE" in answer.get(uid, {})
        )

    def _fetch(self, group: list[tuple[int, int]]) -> tuple[list[Fetched], list[tuple[int, int]]]:
        """The mails of a group that are still there, and those to be skipped; raises when one cannot be read."""
        uid, size = group[0]
        if size > self._account.size_limit or self._failures[uid] >= HOPELESS:
            return [], group
        uids = [uid for uid, _ in group]
        try:
            answer = self._client.fetch(uids, ["BODY.PEEK[]", "INTERNALDATE"])
            mails = [
                _fetched(uid, answer[uid]) for uid in uids if answer.get(uid, {}).get(b"BODY[]") is not None
            ]
            self._check_gone(set(uids) - {mail.uid for mail in mails})
        except Exception as fault:
            broken = isinstance(fault, OSError | imaplib.IMAP4.abort)
            for uid in uids:  # a suspect is fetched alone the next time, and then its failures count
                self._failures[uid] += (BROKEN if broken else UNREADABLE) if len(uids) == 1 else 0
            raise
        for uid in uids:
            self._failures.pop(uid, None)
        return mails, []

    def _check_gone(self, uids: set[int]) -> None:
        """A mail that came without its body was deleted meanwhile; raises where it is still there."""
        if uids and self._client.search(["UID", ",".join(map(str, sorted(uids)))]):
            raise BridgeError("the server gives a mail without its body")

    def _done(self, uids: Sequence[int]) -> None:
        """Mark as seen, or move: these mails are kept. A refusal stops nothing, a lost connection is raised."""
        for start in range(0, len(uids), MARK_MAILS):
            try:
                self._mark(uids[start : start + MARK_MAILS])
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as refused:
                maillog.imap_trouble(self._account.name, f"cannot mark or move: {refused}")
                return

    def _mark(self, uids: Sequence[int]) -> None:
        client, folder = self._client, self._account.done_folder
        if not folder:
            client.add_flags(uids, [SEEN], silent=True)
        elif client.has_capability("MOVE"):
            client.move(uids, folder)
        else:
            client.copy(uids, folder)
            client.delete_messages(uids, silent=True)
            if client.has_capability("UIDPLUS"):  # a plain EXPUNGE would also take what others have deleted
                client.uid_expunge(uids)

    # Waiting

    def wait(self, wake: socket.socket) -> None:
        """Until the server says that something changed, the poll is due, or a byte comes on `wake`."""
        if self._idle_rounds >= QUICK_ROUNDS:
            _readable([wake], QUICK_SECONDS)
        if not self._can_idle:
            _readable([wake], self._account.poll_seconds)
            self._client.noop()
            return
        started = time.monotonic()
        self._client.idle()
        if not self._buffered():
            _readable([self._client.socket(), wake], min(IDLE_SECONDS, self._account.poll_seconds))
        # What woke us may be news, a keep-alive or the end of the connection: only DONE tells them apart.
        self._client.idle_done()
        self._idle_rounds = self._idle_rounds + 1 if time.monotonic() - started < QUICK_SECONDS else 0

    def _buffered(self) -> bool:
        """Has the server already said more than was read? Neither poll nor select would tell."""
        stream = self._client.socket()
        stream.setblocking(False)
        try:
            return bool(self._client._imap.file.peek(1))
        except OSError:
            return False
        finally:
            stream.settimeout(READ_SECONDS)


def _fetched(uid: int, answer: dict[bytes, Any]) -> Fetched:
    date = answer.get(b"INTERNALDATE")
    if not isinstance(date, datetime):
        return Fetched(uid, bytes(answer[b"BODY[]"]), time.time_ns() // 1000)
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    return Fetched(uid, bytes(answer[b"BODY[]"]), round(aware.timestamp() * 1_000_000))


def _readable(sockets: Sequence[socket.socket], seconds: float) -> None:
    with selectors.DefaultSelector() as selector:
        for each in sockets:
            selector.register(each, selectors.EVENT_READ)
        selector.select(seconds)
