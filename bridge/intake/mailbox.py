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
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from imapclient import SEEN

from .. import maillog
from ..errors import BridgeError
from .account import Account, Cursor, Fetched, Skipped, Spool, Waits
from .login import log_in
from .measured import ANSWER, Client

BATCH_MAILS, BATCH_BYTES = 50, 16_777_216
SEARCH_SPAN = 20_000
QUICK_SECONDS, QUICK_ROUNDS = 1.0, 3
"""Where IDLE ended at once and without news so often, there is a pause before the next; and where SELECT promised
news so often, and there was none, it is believed no more until IDLE or the poll."""
MARK_MAILS = 200
UNREADABLE, BROKEN, HOPELESS = 7, 1, 21
"""A mail is skipped after three answers that make no sense, or after 21 connections lost over it alone."""
HEAD_BYTES = 65_536
"""Of a mail that is not taken its header is, up to this size, so that its fate can be told."""


class Mailbox:
    """A folder selected in a session; `failures` counts, over sessions, the fetches that went wrong by UID."""

    def __init__(
        self,
        account: Account,
        spool: Spool,
        stopping: threading.Event,
        failures: Counter[int],
        waits: Waits,
    ) -> None:
        # Below this level it writes what goes over the wire.
        logging.getLogger("imapclient").setLevel(logging.WARNING)
        self._account, self._spool, self._stopping, self._failures = account, spool, stopping, failures
        self._waits = waits
        self.advanced = False
        """Has this session kept or skipped a mail?"""
        self._cursor, self._idle_rounds = Cursor(-1, 0), 0
        self._marks, self._told = True, False
        self._client = Client(account, waits)
        try:
            log_in(self._client, account)
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        self._can_idle = self._account.idle and self._client.has_capability("IDLE")
        done = self._account.done_folder
        with _named(f"done_folder {done!r} is not there and cannot be made"):
            if done and not self._client.folder_exists(done):
                self._client.create_folder(done)
        self._select()

    def _select(self) -> None:
        """Look at the folder afresh. Only SELECT tells all: other commands swallow news in passing."""
        folder = self._account.folder
        with _named(f"the folder {folder!r} cannot be opened"):
            try:
                state = self._client.select_folder(folder, readonly=not self._marks)
            except imaplib.IMAP4.readonly:
                self._without_marks("the folder may only be read")
                state = self._client.select_folder(folder, readonly=True)
        if self._marks and not self._account.done_folder and not _may_see(state):
            self._without_marks("the server keeps no \\Seen")
        self._exists, self._uidnext = _number(state.get(b"EXISTS")), _number(state.get(b"UIDNEXT"))
        self._place(_number(state.get(b"UIDVALIDITY")))

    def _place(self, validity: int) -> None:
        """Where the folder was read to: a folder without UIDVALIDITY numbers its mails anew in each session."""
        if not validity:
            if self._cursor.uidvalidity < 0:
                self._cursor = Cursor(0, 0)
            return
        known = self._spool.cursor()
        self._cursor = known if known and known.uidvalidity == validity else Cursor(validity, 0)

    def _without_marks(self, why: str) -> None:
        self._marks = False
        self._tell_unmarked(why)

    def _tell_unmarked(self, why: str) -> None:
        """Once a session: it may be so for each mail."""
        if not self._told:
            maillog.imap_trouble(self._account.name, f"mails are read, but cannot be marked or moved: {why}")
        self._told = True

    def close(self) -> None:
        """End the session, politely where that is quick."""
        with suppress(Exception):
            self._client.socket().settimeout(min(2, self._waits.read))
            self._client.logout()
        with suppress(Exception):
            self._client.shutdown()

    # Reading

    def tidy(self) -> None:
        """Mark or move what an earlier session kept and could not mark or move any more."""
        last = self._cursor.uid
        if not last or not self._marks:
            return
        criteria: list[str | int] = ["UID", f"{max(1, last - SEARCH_SPAN)}:{last}"]
        criteria += ["SMALLER", self._account.size_limit + 1, "UNDELETED"]
        if not self._account.done_folder:
            criteria.append("UNSEEN")
        hopeless = {uid for uid, count in self._failures.items() if count >= HOPELESS}
        found = {uid for uid in map(int, self._client.search(criteria)) if uid <= last}
        self._done(sorted(found - hopeless))

    def catch_up(self) -> None:
        """Keep every mail beyond the cursor, in order, until there is none."""
        empty, read_to = 0, (-1, 0)
        while empty < QUICK_ROUNDS and not self._stopping.is_set():
            self._select()
            now = (self._cursor.uidvalidity, self._uidnext)
            if self._uidnext and (now == read_to or self._uidnext == self._cursor.uid + 1):
                return
            before = self._cursor
            for uids in self._new():
                for group in self._groups(uids):
                    if self._stopping.is_set():
                        return
                    self._keep(group)
            read_to = now
            if self._cursor != before:
                empty = self._idle_rounds = 0
            elif not self._uidnext:
                return
            else:
                empty += 1

    def _keep(self, group: list[tuple[int, int]]) -> None:
        mails, skipped = self._fetch(group)
        self._cursor = Cursor(self._cursor.uidvalidity, group[-1][0])
        self._spool.keep(mails, self._cursor, skipped)
        self.advanced = True
        self._done([mail.uid for mail in mails])

    def _new(self) -> Iterator[list[int]]:
        """The UIDs beyond the cursor, ascending; a great folder in pieces, for one answer is one line."""
        first = self._cursor.uid + 1
        while self._exists > SEARCH_SPAN and first + SEARCH_SPAN < self._uidnext:
            if self._stopping.is_set():
                return
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
        """Of those that are still there, ascending; 0 where the server does not say, and the mail is then suspect."""
        answer = self._client.fetch(uids, ["RFC822.SIZE"])
        sizes = {uid: _number(answer[uid].get(b"RFC822.SIZE")) for uid in uids if uid in answer}
        if unsized := {uid for uid in uids if not sizes.get(uid)}:
            there = self._there(unsized)
            for uid in unsized:
                if uid in there:
                    self._failures[uid] += 0
                    sizes[uid] = 0
                else:
                    sizes.pop(uid, None)
        return sorted(sizes.items())

    def _fetch(self, group: list[tuple[int, int]]) -> tuple[list[Fetched], list[Skipped]]:
        """The mails of a group that are still there, and those to be skipped; raises when one cannot be read."""
        uid, size = group[0]
        if size > self._account.size_limit or self._failures[uid] >= HOPELESS:
            return [], self._skipped(uid, size)
        uids = [uid for uid, _ in group]
        asked = ["BODY.PEEK[]", "INTERNALDATE"]
        try:
            with self._allowed(sum(size for _, size in group)):
                # A mail that was not to be read may have a date that cannot be.
                answer = self._client.fetch(uids, asked[:1] if self._failures[uid] else asked)
            mails = [mail for each in uids if (mail := _fetched(each, answer.get(each, {})))]
            if self._there({each for each in uids} - {mail.uid for mail in mails}):
                raise BridgeError("the server gives a mail without its body")
        except Exception as fault:
            broken = isinstance(fault, OSError | imaplib.IMAP4.abort)
            for each in uids:  # a suspect is fetched alone the next time, and then its failures count
                self._failures[each] += (BROKEN if broken else UNREADABLE) if len(uids) == 1 else 0
            raise
        for each in uids:
            self._failures.pop(each, None)
        return mails, []

    @contextmanager
    def _allowed(self, size: int) -> Iterator[None]:
        """Servers may be a little wrong about a size: an answer may be half as large again."""
        self._client.wire.allowance = min(size, BATCH_BYTES + self._account.size_limit) * 3 // 2 + ANSWER // 4
        try:
            yield
        finally:
            self._client.wire.allowance = ANSWER

    def _skipped(self, uid: int, size: int) -> list[Skipped]:
        """A mail that is not taken, with its header where the server gives that; none where it is gone."""
        too_large = size > self._account.size_limit
        if not too_large:  # nothing more is asked about what could not be read
            return [Skipped(uid, size, b"", too_large)]
        with self._allowed(HEAD_BYTES):
            answer = self._client.fetch([uid], [f"BODY.PEEK[HEADER]<0.{HEAD_BYTES}>"]).get(uid, {})
        head = answer.get(b"BODY[HEADER]<0>")
        return [Skipped(uid, size, head if isinstance(head, bytes) else b"", too_large)]

    def _there(self, uids: set[int]) -> set[int]:
        """Which of these mails the folder still holds."""
        if not uids:
            return set()
        return uids & set(map(int, self._client.search(["UID", ",".join(map(str, sorted(uids)))])))

    def _done(self, uids: Sequence[int]) -> None:
        """Mark as seen, or move: these mails are kept. A refusal stops nothing, a lost connection is raised."""
        for start in range(0, len(uids), MARK_MAILS):
            if not self._marks:
                return
            try:
                self._mark(uids[start : start + MARK_MAILS])
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as refused:
                self._tell_unmarked(str(refused))
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
        if not self._client.wire.waiting():
            _readable([self._client.socket(), wake], min(self._waits.idle, self._account.poll_seconds))
        # What woke us may be news, a keep-alive or the end of the connection: only DONE tells them apart.
        self._client.idle_done()
        self._idle_rounds = self._idle_rounds + 1 if time.monotonic() - started < QUICK_SECONDS else 0


@contextmanager
def _named(what: str) -> Iterator[None]:
    """A refusal with what it is about; a lost connection as it is."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as refused:
        raise BridgeError(f"{what}: {refused}") from None


def _number(value: Any) -> int:
    """What a server gives as a number, 0 where that is none."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else 0
    return value if isinstance(value, int) and 0 <= value < 2**63 else 0


def _may_see(state: dict[bytes, Any]) -> bool:
    """Whether \\Seen can be set (RFC 3501 section 7.1): without PERMANENTFLAGS all flags can."""
    flags = state.get(b"PERMANENTFLAGS")
    if not isinstance(flags, tuple):
        return True
    return SEEN.lower() in {flag.lower() for flag in flags if isinstance(flag, bytes)}


def _fetched(uid: int, answer: dict[bytes, Any]) -> Fetched | None:
    """A mail of an answer, None where it has no body."""
    content, date = answer.get(b"BODY[]"), answer.get(b"INTERNALDATE")
    if not isinstance(content, bytes):
        return None
    if not isinstance(date, datetime):
        return Fetched(uid, content, time.time_ns() // 1000)
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    return Fetched(uid, content, round(aware.timestamp() * 1_000_000))


def _readable(sockets: Sequence[socket.socket], seconds: float) -> None:
    with selectors.DefaultSelector() as selector:
        for each in sockets:
            selector.register(each, selectors.EVENT_READ)
        selector.select(seconds)
