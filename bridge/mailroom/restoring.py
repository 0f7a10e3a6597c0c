"""What an author wants to be seen is seen: folded parts of a post are unfolded, and its text is rendered anew."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ..reply.parts import Kind, Part, shown
from ..reply.tails import fingerprints
from ..store import tails
from ..store.database import Tx
from .reading import as_html

TAILS = frozenset({Kind.SIGNATURE, Kind.DISCLAIMER})


def restore(tx: Tx, post_id: int, now: int, kinds: Collection[Kind] = frozenset(Kind)) -> int:
    """Unfold a post's parts of these kinds, for the pages and for letters yet to come; gives how many there were.

    What was learned of the author's tails is doubted: it takes several more mails until they are folded again.
    """
    rows = list(tx.part_list(post_id=post_id))
    hidden = [row for row in rows if row["folded"] and Kind(row["kind"]) in kinds]
    if not hidden:
        return 0
    tx.part_unfold([{"post_id": post_id, "seq": row["seq"]} for row in hidden])
    parts = [_part(row) for row in tx.part_list(post_id=post_id)]
    text = shown(parts)
    tx.post_rewrite(id=post_id, text=text, html=as_html(parts, _pictures(tx, post_id, text)))
    _doubt(tx, post_id, [row["text"] for row in hidden if Kind(row["kind"]) in TAILS], now)
    return len(hidden)


def _part(row: Any) -> Part:
    return Part(Kind(row["kind"]), row["text"], row["reason"], bool(row["folded"]), row["quoted_id"] or 0)


def _pictures(tx: Tx, post_id: int, text: str) -> dict[str, str]:
    """Where the pictures of a post are; those that only a folded part showed are shown from now on."""
    rows = list(tx.attachment_list(post_id=post_id))
    tx.attachment_unfold([
        {"id": row["id"]} for row in rows if row["folded"] and f"cid:{row['content_id']}" in text
    ])  # fmt: skip
    return {
        row["content_id"]: f"/attachment/{row['id']}/{row['name']}"
        for row in rows
        if row["content_id"] and row["type"].startswith("image/")
    }


def _doubt(tx: Tx, post_id: int, texts: list[str], now: int) -> None:
    author = tx.post_sender(id=post_id)
    if author is None or not author["address"]:
        return
    prints = {each for text in texts for one in fingerprints(text.split("\n")) for each in one}
    tails.doubt(tx, author["address"], prints, now, tails.RESTORED)
