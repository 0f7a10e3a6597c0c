"""Somebody is forgotten: first in every table, then in what lies below and beside the tables.

    forget(tx, person_id, delete_posts=..., now=...)   one transaction, within a walk or a command
    sweep(store)                                       soon after: raw mails of others, last letters, free pages

`sweep` is asked by the daemon every hour, and by the command line at once; it does nothing where nobody was forgotten.
"""

from __future__ import annotations

import json
from functools import partial

from ..errors import Permanent
from ..mail.message import Message
from ..mail.parse import parse
from ..store import blobs
from ..store.database import Store, Tx
from ..store.forget import SETTING, Forgotten, forget, forgetting

__all__ = ["Forgotten", "forget", "sweep"]

BATCH = 50
"""How many raw mails are read at a time."""


def sweep(store: Store) -> bool:
    """Remove what is left of those who were forgotten; false where something has to wait for a letter on its way."""
    if store.read(lambda tx: tx.setting_get(key=SETTING)) is None:
        return True
    addresses = store.read(forgetting)
    _drop_raws(store, addresses)
    left = store.write(lambda tx: _drop_last_letters(tx, addresses))
    whole = store.compact()
    if whole and not left:
        store.write(lambda tx: tx.setting_drop(key=SETTING))
        whole = store.compact()  # the note held the addresses
    return whole and not left


def _drop_raws(store: Store, addresses: tuple[str, ...]) -> None:
    """Others wrote to him and quoted him: such a mail stays a post, and is no longer kept as it came."""
    after, telling = 0, []
    while mails := store.read(partial(_mails, after=after)):
        after = mails[-1][0]
        telling += [number for number, raw in mails if _tells(raw, addresses)]
    store.write(partial(_drop, ids=json.dumps(telling)))


def _mails(tx: Tx, after: int) -> list[tuple[int, bytes]]:
    rows = list(tx.forget_raws(after=after, n=BATCH))
    return [(row["id"], blobs.get(tx, row["raw"]) or b"") for row in rows]


def _drop(tx: Tx, ids: str) -> None:
    tx.forget_raw(ids=ids)
    tx.blob_sweep()


def _tells(raw: bytes, addresses: tuple[str, ...]) -> bool:
    """Whether a mail names one of these addresses, in whatever encoding."""
    plain = (
        raw.replace(b"=\r\n", b"").replace(b"=\n", b"").replace(b"=40", b"@").replace(b"%40", b"@").lower()
    )
    if any(address.encode() in plain for address in addresses):
        return True
    if b"base64" not in plain:
        return False
    try:
        message = parse(raw)
    except Permanent:
        return False
    return any(address in _words(message) for address in addresses)


def _words(message: Message) -> str:
    """The texts of a mail, and of those attached to it."""
    texts = [
        message.text or "",
        message.html or "",
        *(each.text or each.html or "" for each in message.forwarded),
    ]
    return "\n".join(texts).lower()


def _drop_last_letters(tx: Tx, addresses: tuple[str, ...]) -> bool:
    """Remove the letters that have gone out; true where one still waits."""
    known = json.dumps(addresses)
    tx.forget_last_letters(addresses=known)
    tx.forget_last_notices(addresses=known)
    return bool(tx.forget_letters_left(addresses=known)["n"])
