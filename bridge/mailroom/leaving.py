"""Leaving by the token of a letter or a digest: by one click, by its page, or by a mail to its address."""

from __future__ import annotations

from ..mail.token import Purpose, Tokens
from ..posting.post import MailingList
from ..store import digests, lists
from ..store.database import Tx


def lists_of(tx: Tx, tokens: Tokens, token: str) -> tuple[int, tuple[MailingList, ...]]:
    """Whose subscriptions to what an unsubscribe token ends; (0, ()) for a token that we never gave out.

    That of a letter is for its list, that of a digest for all the lists that it is of.
    """
    person_id = 0
    wanted: set[int] = set()
    if bound := tokens.read(Purpose.UNSUBSCRIBE, token):
        person_id, wanted = bound[0], {bound[1]}
    elif bound := tokens.read(Purpose.LEAVE_DIGEST, token):
        found = digests.get(tx, bound[1])
        if found and found.person_id == bound[0]:
            person_id, wanted = bound[0], {row["list_id"] for row in tx.digest_lists(digest_id=found.id)}
    targets = tuple(each for each in lists.every(tx) if each.id in wanted)
    return (person_id, targets) if targets else (0, ())
