"""The secrets of address tokens, and whose tokens are no longer good.

Settings hold the secret that mints (`token_secret`, hex) and those before it that still read (`token_previous`: JSON
of [hex, microseconds until when]). A person's tokens are revoked up to the newest post, digest, mail and claim that
there are; what he gets afterwards is good. Tokens that only end something (unsubscribe, stop) stay good for ever.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ..mail.token import Purpose, Tokens
from .database import Tx

MARKS = {
    Purpose.REPLY: "post", Purpose.RELAY: "post", Purpose.DIGEST: "digest", Purpose.WANTED: "mail",
    Purpose.ANSWERED: "mail", Purpose.APPROVE: "mail", Purpose.REFUSE: "mail", Purpose.ADD_ADDRESS: "claim",
}  # fmt: skip
"""What the second number of a token is, where an older one can be told from a newer one by it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What tokens are made and read with."""

    secret: bytes
    previous: tuple[bytes, ...]
    revoked: Mapping[tuple[str, int], int]
    """(purpose, person) -> the highest second number that is no longer good."""

    def tokens(self) -> Tokens:
        """Tokens that mint and read with these keys."""
        return Tokens(self.secret, self.previous, self.revoked)


def keys(tx: Tx, now: int) -> Keys | None:
    """The keys that hold now; None in a database that has none yet."""
    row = tx.setting_get(key="token_secret")
    if row is None:
        return None
    previous = tuple(bytes.fromhex(secret) for secret, until in _previous(tx) if until > now)
    revoked = {(each["purpose"], each["person_id"]): each["upto"] for each in tx.revoked_all()}
    return Keys(bytes.fromhex(row["value"]), previous, revoked)


def begin(tx: Tx, secret: bytes, now: int) -> Keys:
    """Put the first secret in its place, unless there is one."""
    if tx.setting_get(key="token_secret") is None:
        tx.setting_put(key="token_secret", value=secret.hex())
    found = keys(tx, now)
    assert found is not None
    return found


def rotate(tx: Tx, secret: bytes, now: int, until: int) -> bool:
    """Mint with a new secret from now on, and read with the old one `until` then.

    False, and nothing is changed, where the two secrets have one name among tokens: take another.
    """
    old = keys(tx, now)
    kept = [(each, end) for each, end in _previous(tx) if end > now]
    if old is not None:
        kept.append((old.secret.hex(), until))
        probes = [Tokens(bytes.fromhex(each)) for each, _ in kept]
        together = Tokens(secret, [bytes.fromhex(each) for each, _ in kept])
        if any(together.read(Purpose.REPLY, one.mint(Purpose.REPLY, 1, 1)) is None for one in probes):
            return False
    tx.setting_put(key="token_secret", value=secret.hex())
    tx.setting_put(key="token_previous", value=json.dumps([each for each in kept if each[1] > now]))
    return True


def _previous(tx: Tx) -> list[tuple[str, int]]:
    row = tx.setting_get(key="token_previous")
    return [(str(secret), int(until)) for secret, until in json.loads(row["value"])] if row else []


def revoke(tx: Tx, person_id: int, now: int) -> None:
    """Make worthless what a person has been given so far, also under numbers that were merged into his."""
    marks = tx.revoked_marks()
    for row in list(tx.revoked_ids(person_id=person_id)):
        for purpose, mark in MARKS.items():
            tx.revoked_put(person_id=row["id"], purpose=purpose.value, upto=marks[mark], now=now)
