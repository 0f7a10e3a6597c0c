"""Leaving by the token of a letter or a digest: by one click, by its page, or by a mail to its address."""

from __future__ import annotations

from ..mail.token import Purpose, Tokens
from ..posting.post import MailingList
from ..store import digests, lists, people
from ..store.database import Tx


def lists_of(tx: Tx, tokens: Tokens, token: str) -> tuple[int, tuple[MailingList, ...]]:
    """Whose subscriptions to what an unsubscribe token ends; (0, ()) for a token that we never gave out.

    That of a letter is for its list, that of a digest for all the lists that it is of.
    """
    wanted: set[int] = set()
    bound = tokens.read(Purpose.UNSUBSCRIBE, token) or tokens.read(Purpose.LEAVE_DIGEST, token)
    # Whoever has been merged into somebody leaves as that person.
    person = people.get(tx, bound[0]) if bound else None
    if bound and tokens.read(Purpose.UNSUBSCRIBE, token):
        wanted = {bound[1]}
    elif bound and person:
        found = digests.get(tx, bound[1])
        if found and found.person_id == person.id:
            wanted = {row["list_id"] for row in tx.digest_lists(digest_id=found.id)}
    targets = tuple(each for each in lists.every(tx) if each.id in wanted)
    return (person.id, targets) if person and targets else (0, ())
