"""What mailboxes have brought, by fingerprint: it stays when a mail is forgotten, or a folder that is read again would
bring back what was deleted, and have commands obeyed twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from .database import Tx


def is_new(tx: Tx, account: str, recipients: Sequence[str], sha256: str) -> bool:
    """Note a mail of this content; false where this account, or one for the same list, brought it before."""
    meant = json.dumps(list(recipients))
    if tx.brought_has(sha256=sha256, account=account, recipients=meant) is not None:
        return False
    tx.brought_put(sha256=sha256, account=account, recipients=meant)
    return True
