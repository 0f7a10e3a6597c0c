"""Links that let whoever has them act for somebody: invitations, tokens, password resets, unsubscribe links, sessions.

A link is told by what it is made of (a parameter named `token`, a path that says `invite` and goes on with letters
nobody would type), never by the word alone: an article about how to unsubscribe stays a link. Limits: 2,000 characters
of a link are read. Pure.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from urllib.parse import unquote

READS = 2_000

_SPLIT = re.compile(
    r"^[a-z][a-z0-9+.-]{0,20}://([^/?#]{0,500})([^?#]*)(?:\?([^#]*))?(?:#(.*))?$", re.I | re.S
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_VALUE = re.compile(r"[\w.~+/=-]{8,}")

# Names of parameters whose value is a secret, whatever it looks like from this length on.
_SECRET_NAMES = frozenset({
    "token", "tokens", "secret", "password", "passwd", "passcode", "pwd", "session", "sessionid", "sid", "phpsessid",
    "jsessionid", "apikey", "accesskey", "authkey", "signature", "sig", "hmac", "otp", "nonce", "jwt", "invite",
    "invitation", "unsubscribe", "unsub", "optout", "rlkey", "resourcekey", "authkeyid", "ticket", "magic",
})  # fmt: skip
# Names that are secret only with a value that nobody would type.
_DOUBTFUL_NAMES = frozenset({
    "key", "auth", "code", "hash", "h", "k", "u", "uid", "subscriber", "recipient", "confirm", "verify", "reset",
    "credential", "state", "login", "email", "e", "mid", "data", "qs",
})  # fmt: skip
# Words of a path behind or before which something secret stands.
_ACTS = frozenset({
    "unsubscribe", "unsub", "optout", "invite", "invites", "invitation", "invitations", "join", "reset",
    "activate", "activation", "verify", "verification", "confirm", "confirmation", "magic", "passwordless",
    "resetpassword", "passwordreset", "accept", "redeem", "subscription", "subscriptions", "preferences", "login",
    "signin", "sso", "claim", "autologin", "shared_invite", "joinchat",
})  # fmt: skip
# Hosts whose links are invitations by themselves, with the path that such a one has.
_INVITES = re.compile(
    r"^(?:www\.)?(?:chat\.whatsapp\.com/\w{8}|wa\.me/(?:message/)?\w{6}|api\.whatsapp\.com/send|t\.me/(?:\+|joinchat/)"
    r"|signal\.(?:group|me)/|discord\.gg/\w|discord(?:app)?\.com/invite/|join\.slack\.com/|teams\.microsoft\.com/l/meetup"
    r"|teams\.live\.com/meet/|meet\.google\.com/[a-z]{3}-|invite\.viber\.com/|groups\.google\.com/u/\d/.*invite)",
    re.I,
)


def is_secret(link: str) -> bool:
    """Whether a link, as it stands in text or in an HTML attribute, lets whoever has it act for somebody."""
    parts = _SPLIT.match(html.unescape(link[:READS]))
    if parts is None:
        return False
    host, path, query, fragment = (part or "" for part in parts.groups())
    if "@" in host and ":" in host.partition("@")[0]:  # user:password@ (RFC 3986 section 3.2.1)
        return True
    if _INVITES.match(host + path + ("#" + fragment if fragment else "")):
        return True
    if "eyJ" in link and re.search(r"eyJ[\w-]{10,}\.[\w-]{4,}", link):  # a signed token (RFC 7519)
        return True
    pairs = [*_pairs(query), *_pairs(path.partition(";")[2]), *_pairs(fragment)]
    segments = [unquote(each) for each in path.partition(";")[0].split("/") if each]
    acts = any(_said(segment) & _ACTS for segment in segments)
    if any(_is_secret_pair(name, value, acts=acts) for name, value in pairs):
        return True
    return acts and any(made_up(segment) for segment in segments)


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = (each.partition("=") for each in re.split("[&;]", text)[:100] if each)
    return [(unquote(name), unquote(value)) for name, _, value in pairs]


def _said(text: str) -> set[str]:
    """The words of a name or of a short segment, in lower case: `reset_token`, `resetToken` and `reset-token`."""
    if len(text) > 60:
        return set()
    words = [word.lower() for word in _WORDS.findall(text)]
    return {*words, text.lower(), *(a + b for a, b in pairwise(words))}


def _is_secret_pair(name: str, value: str, *, acts: bool) -> bool:
    said = _said(name)
    if (
        said & _SECRET_NAMES
        and len(value) >= 6
        and not re.fullmatch(r"true|false|[a-z]+(?:[ -][a-z]+)*", value)
    ):
        return True
    if said & _DOUBTFUL_NAMES and made_up(value):
        return True
    return (acts and not value and made_up(name)) or (acts and (made_up(value) or "@" in value))


def made_up(text: str) -> bool:
    """Whether letters and digits stand together as no word or number does: `k7Qz0aPx`, or a UUID."""
    if not _VALUE.fullmatch(text[:500]):
        return False
    turns = len(re.findall(r"\d(?=[A-Za-z])|[A-Za-z](?=\d)", text))
    if len(text) >= 32 and re.fullmatch(r"[0-9a-fA-F-]+", text):
        return True
    cases = len(re.findall(r"[a-z](?=[A-Z])", text))
    return (turns >= 2 and (len(text) >= 16 or turns >= 3 or cases > 0)) or (
        len(text) >= 16 and turns + cases >= 4 and "-" not in text
    )
