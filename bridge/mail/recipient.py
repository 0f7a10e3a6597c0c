"""What an address of ours means: a list, a command to a list, or an address with a token.

    NAME@                      posts to a list
    NAME+subscribe@ (unsubscribe, help, owner), NAME-request@, NAME-owner@
    NAME+daily@, NAME+vacation@ and the like       as NAME-request@ with that word
    reply+TOKEN@ bounce+TOKEN@ confirm+TOKEN@ unsubscribe+TOKEN@   at the site's domain
    to+TOKEN@                  writes to one person alone
    postmaster@ abuse@         at the site's domain (RFC 5321 section 4.5.1, RFC 2142)

Local parts are compared without regard to case. Only an exact match of a known form is ours: `%`, `!`, quotes and
routes never are (promise S2).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from .address import addr_spec, split


class RecipientKind(StrEnum):
    """What a mail to an address does."""

    POST = "post"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    HELP = "help"
    OWNER = "owner"
    REQUEST = "request"
    REPLY = "reply"
    BOUNCE = "bounce"
    CONFIRM = "confirm"
    UNSUBSCRIBE_TOKEN = "unsubscribe-token"  # noqa: S105
    RELAY = "relay"
    POSTMASTER = "postmaster"


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address of ours: its list's address where it has one, its token where it has one."""

    kind: RecipientKind
    list_address: str = ""
    token: str = ""


TOKENS = {
    "reply": RecipientKind.REPLY,
    "bounce": RecipientKind.BOUNCE,
    "confirm": RecipientKind.CONFIRM,
    "unsubscribe": RecipientKind.UNSUBSCRIBE_TOKEN,
    "to": RecipientKind.RELAY,
}
COMMANDS = {
    "+subscribe": RecipientKind.SUBSCRIBE,
    "+unsubscribe": RecipientKind.UNSUBSCRIBE,
    "+help": RecipientKind.HELP,
    "+owner": RecipientKind.OWNER,
    "-owner": RecipientKind.OWNER,
    "-request": RecipientKind.REQUEST,
}
REQUESTS = frozenset(
    "confirm each daily weekly mentions none vacation who lists status forget-me forgetme".split()
)
"""NAME+WORD@ for these is a mail to NAME-request@ that says WORD: the recipient's `token`."""
POSTMASTERS = frozenset(("postmaster", "abuse"))
TOKEN = re.compile(r"[a-z2-7]{1,52}")


def recipient(address: str, domain: str, lists: Collection[str]) -> Recipient | None:
    """What `address` means at this site, where `lists` are the addresses of all lists; None where it is not ours."""
    # RFC 5321 section 4.1.1.3: postmaster stands without a domain, too.
    if address.strip().lower() == "postmaster":
        return Recipient(RecipientKind.POSTMASTER)
    clean = addr_spec(address)
    if clean is None:
        return None
    if clean in lists:
        return Recipient(RecipientKind.POST, list_address=clean)
    local, host = split(clean)
    if host == domain.lower():
        name, plus, token = local.partition("+")
        if plus and name in TOKENS and TOKEN.fullmatch(token):
            return Recipient(TOKENS[name], token=token)
    if local in POSTMASTERS and (host == domain.lower() or any(split(one)[1] == host for one in lists)):
        return Recipient(RecipientKind.POSTMASTER)
    for ending, kind in COMMANDS.items():
        if local.endswith(ending) and (list_address := f"{local.removesuffix(ending)}@{host}") in lists:
            return Recipient(kind, list_address=list_address)
    name, _, word = local.rpartition("+")
    if word in REQUESTS and f"{name}@{host}" in lists:
        return Recipient(RecipientKind.REQUEST, list_address=f"{name}@{host}", token=word)
    return None
