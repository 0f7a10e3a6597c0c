"""Logging in to an IMAP server, so that a refused secret is told from every other trouble: by a password or a token.

What the server says to a refusal may repeat the password: only its code (RFC 5530) is told.
"""

from __future__ import annotations

import imaplib
import re

from imapclient.exceptions import LoginError

from ..errors import BridgeError
from .account import Account
from .measured import Client

CODE = re.compile(r"\[([A-Z-]{1,30})\]")
PASSING = {"UNAVAILABLE", "LIMIT", "INUSE", "SERVERBUG"}
"""What a server says when it is in trouble itself."""


class WrongPassword(BridgeError):
    """The server refuses the user: trying again at once would only lock the account."""


def log_in(client: Client, account: Account) -> None:
    """Log in; raises WrongPassword for a refusal, ConnectionError for passing trouble, BridgeError without a secret."""
    if account.tls == "starttls":
        client.starttls()
    try:
        if account.oauth_token is None:
            _by_password(client, account.user, account.password() if account.password else "")
        else:
            _by_token(client, account.user, account.oauth_token())
    except LoginError as refused:
        # imapclient gives a lost connection the same name as a refusal.
        if isinstance(refused.__context__, imaplib.IMAP4.abort):
            raise ConnectionError("lost while logging in") from None
        found = CODE.search(str(refused))
        if found and found[1] in PASSING:
            raise ConnectionError(f"the server cannot take a login now ({found[1]})") from None
        secret = "token" if account.oauth_token else "user or password"
        told = f" ({found[1]})" if found else ""
        raise WrongPassword(f"the server refuses {secret}{told}") from None


def _by_password(client: Client, user: str, password: str) -> None:
    """LOGIN cannot carry all letters, and servers may forbid it; PLAIN (RFC 4616) is UTF-8."""
    plain = client.has_capability("AUTH=PLAIN")
    if plain and (client.has_capability("LOGINDISABLED") or not (user + password).isascii()):
        client.sasl_login("PLAIN", lambda _: f"\0{user}\0{password}".encode())
    else:
        client.login(user, password)


def _by_token(client: Client, user: str, token: str) -> None:
    """By RFC 7628 or its forerunner. A refused token is told by a challenge, which wants an empty answer of sorts."""
    if client.has_capability("AUTH=OAUTHBEARER"):
        name = user.replace("=", "=3D").replace(",", "=2C")
        mechanism, first, last = "OAUTHBEARER", f"n,a={name},\1auth=Bearer {token}\1\1", "\1"
    else:
        mechanism, first, last = "XOAUTH2", f"user={user}\1auth=Bearer {token}\1\1", ""
    answers = iter([first])
    client.sasl_login(mechanism, lambda _: next(answers, last).encode())
