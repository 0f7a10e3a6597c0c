"""The mailboxes that are read: login, what the server can do, and whether the folders are there."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import suppress

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from ..config import Config
from ..config.sections import ImapConfig
from ..errors import BridgeError
from ..intake.account import from_command, from_file
from .finding import Finding, fail, ok, warn

TIMEOUT = SocketTimeout(connect=10, read=20)
WANTED = {
    b"IDLE": "new mail is seen only every poll_seconds",
    b"UIDPLUS": "only our own mails cannot be expunged",
    b"MOVE": "mails are copied and deleted instead of moved",
}


def mailboxes(config: Config) -> Iterator[Finding]:
    """What is to be said of each."""
    for account in config.imap:
        about = f"imap {account.user}@{account.host}:{account.at_port}"
        try:
            yield from _mailbox(about, account)
        except LoginError as refusal:
            yield fail(about, f"the login is refused: {str(refusal)[:200]}", "mend user or password")
        except BridgeError as fault:
            yield fail(about, str(fault), "mend the file or command of the password")
        except ssl.SSLCertVerificationError as fault:
            yield fail(
                about, f"its certificate does not hold: {fault.verify_message}", "name the host it is for"
            )
        except Exception as fault:  # imaplib, imapclient and servers in trouble raise nearly anything
            told = f"it cannot be used: {str(fault)[:200] or type(fault).__name__}"
            yield fail(about, told, "are host, port and tls right, and is the server running?")


def _mailbox(about: str, account: ImapConfig) -> Iterator[Finding]:
    client = IMAPClient(
        account.host, account.at_port, ssl=account.tls == "ssl", timeout=TIMEOUT, use_uid=True
    )
    try:
        if account.tls == "starttls":
            client.starttls(ssl.create_default_context())
        _log_in(client, account)
        yield ok(about, "it lets us in")
        able = set(client.capabilities())
        lost = [(name, told) for name, told in WANTED.items() if name not in able]
        if not account.done_folder:
            lost = [(name, told) for name, told in lost if name == b"IDLE"]
        for name, told in lost:
            yield warn(
                about,
                f"the server has no {name.decode()}: {told}",
                "nothing breaks; another server does more",
            )
        if not lost:
            yield ok(about, "the server can all that we use")
        for option in ("folder", "done_folder"):
            name = getattr(account, option)
            if name and not client.folder_exists(name):
                cure = "make it there" if option == "done_folder" else "name one that is there"
                yield fail(about, f"there is no {option} {name!r}", cure)
    finally:
        with suppress(Exception):
            client.logout()


def _log_in(client: IMAPClient, account: ImapConfig) -> None:
    if account.oauth_token_command:
        client.oauth2_login(account.user, from_command(account.oauth_token_command)())
    else:
        file, command = account.password_file, account.password_command
        client.login(account.user, from_file(file)() if file else from_command(command)())
