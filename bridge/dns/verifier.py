"""Checks mails beside the road: a mail whose check takes long holds up no other.

`Verifier.ask(mail's number, Sent)` gives what was found, or None while it is under way: ask again a little later.
Where the DNS did not answer, `passed` is None, and asking again starts anew. Limits: `THREADS` checks at a time,
`WAITING` begun and not fetched; beyond that new ones are told to wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from ..errors import Temporary
from ..mail.parse import author_of
from ..posting.authentication import Vouched, ascii_domain
from .checks import Sent, vouch
from .resolver import Resolver

THREADS = 8
WAITING = 500


class Verifier:
    """Says of mails by number whether their author's domain vouches for them."""

    def __init__(self, resolver: Resolver, organizational: Callable[[str], str] | None) -> None:
        self._resolver, self._organizational = resolver, organizational
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="verifier")
        self._asked: dict[int, Future[Vouched]] = {}
        self._lock = threading.Lock()

    def ask(self, number: int, sent: Sent) -> Vouched | None:
        """What was found of a mail; None while that is not known yet."""
        with self._lock:
            found = self._asked.get(number)
            if found is None and len(self._asked) >= WAITING:
                # Some may be of mails that nobody asks for again.
                self._asked = {each: check for each, check in self._asked.items() if not check.done()}
            if found is None and len(self._asked) < WAITING:
                self._asked[number] = self._pool.submit(self.check, sent)
            if found is None or not found.done():
                return None
            del self._asked[number]
        return found.result()

    def check(self, sent: Sent) -> Vouched:
        """What can be found of a mail, now."""
        author = author_of(sent.content)
        domain = ascii_domain(author.address.rpartition("@")[2]) if author else ""
        if not domain:
            return Vouched("", False, "it names no author")
        try:
            return vouch(sent, domain, self._resolver, self._organizational)
        except Temporary as trouble:
            return Vouched(domain, None, str(trouble))

    def close(self) -> None:
        """Begin no more checks, and wait for none."""
        self._pool.shutdown(wait=False, cancel_futures=True)
