"""Dovecot, an IMAP and LMTP server, in a directory and on ports of its own."""

from __future__ import annotations

import contextlib
import imaplib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from .daemonprocess import crlf
from .ground import ROOT, answers, free_port, need, wait_for

PASSWORD = "secret"

DOVECOT = """
base_dir = {d}/run
state_dir = {d}/state
log_path = {d}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{d}/home/%u/Maildir
mail_home = {d}/home/%u
mail_fsync = never
auth_cache_size = 0
auth_failure_delay = 0
imap_capability = {capability}
mail_max_userip_connections = 50
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = passwd-file
  args = {d}/passwd
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={d}/home/%u
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
protocol lmtp {{
  auth_username_format = %n
}}
"""


class Dovecot:
    """An IMAP server with the users `alice`, `bob` and whoever is added; all have PASSWORD."""

    host = "127.0.0.1"

    def __init__(self, path: Path, *, capability: str = "") -> None:
        need("dovecot")
        self.path, self.port, self.lmtp_port = path, free_port(), free_port()
        self.user, group = ("nobody", "nogroup") if ROOT else (str(os.getuid()), str(os.getgid()))
        (path / "home").mkdir()
        text = DOVECOT.format(
            d=path,
            user=self.user,
            group=group,
            port=self.port,
            lmtp_port=self.lmtp_port,
            capability=capability,
        )
        (path / "dovecot.conf").write_text(text)
        (path / "passwd").write_text("")
        for name in ("alice", "bob"):
            self.add(name)
        self._process: subprocess.Popen[bytes] | None = None

    def add(self, user: str, password: str = PASSWORD) -> Path:
        """Make a user, or change his password; gives a file that holds the password."""
        lines = [
            line for line in (self.path / "passwd").read_text().splitlines() if line.split(":")[0] != user
        ]
        (self.path / "passwd").write_text(
            "".join(f"{line}\n" for line in [*lines, f"{user}:{{PLAIN}}{password}"])
        )
        secret = self.path / f"{user}.password"
        secret.write_text(f"{password}\n")
        secret.chmod(0o600)
        return secret

    def start(self) -> Dovecot:
        """Start it on the same ports and wait for its greeting."""
        if ROOT:
            for root, _, files in os.walk(self.path):
                for name in [root, *(str(Path(root) / file) for file in files)]:
                    if not name.endswith(".password"):
                        shutil.chown(name, "nobody", "nogroup")
        more = {"user": "nobody", "group": "nogroup", "extra_groups": ()} if ROOT else {}
        self._process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self.path / "dovecot.conf")],
            env={"PATH": f"{os.environ['PATH']}:/usr/sbin"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **more,  # type: ignore[call-overload]
        )
        wait_for(lambda: answers(self.port), 15, "Dovecot")
        return self

    def stop(self) -> None:
        """End it in good order: open sessions get a BYE."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it and every session at once, without a word."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop and start on the same ports."""
        self.stop()
        self.start()

    def signal(self, number: int) -> None:
        """Send a signal (SIGSTOP, SIGCONT) to Dovecot and all its processes."""
        assert self._process
        for pid in _family(self._process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    @property
    def running(self) -> bool:
        """Was it started, and not ended?"""
        return self._process is not None

    def kill_sessions(self) -> int:
        """kill -9 the processes that serve IMAP sessions; gives how many there were."""
        assert self._process
        sessions = [pid for pid in _family(self._process.pid) if _name(pid) == "imap"]
        for pid in sessions:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(sessions)

    def _end(self, number: int) -> None:
        if not self._process:
            return
        family = _family(self._process.pid)
        if number == signal.SIGKILL:
            self.signal(number)
        else:
            self._process.send_signal(number)
        self._process.wait(15)
        self._process = None
        for pid in family:  # what outlives its parent
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not answers(self.port), 10, "the end of Dovecot")
        (self.path / "run" / "master.pid").unlink(missing_ok=True)

    @contextlib.contextmanager
    def session(self, user: str = "alice", password: str = PASSWORD) -> Iterator[imaplib.IMAP4]:
        """An IMAP session of a mail program of that user."""
        imap = imaplib.IMAP4(self.host, self.port, timeout=15)
        try:
            imap.login(user, password)
            yield imap
        finally:
            with contextlib.suppress(Exception):
                imap.logout()

    def append(
        self, user: str, *mails: bytes, folder: str = "INBOX", done: Callable[[int], None] | None = None
    ) -> None:
        """Put mails into a folder over IMAP; `done(n)` is called after each one that is confirmed."""
        with self.session(user) as imap:
            for n, raw in enumerate(mails):
                answer, why = imap.append(folder, "", "", crlf(raw))
                assert answer == "OK", why
                if done:
                    done(n)

    def flags(self, user: str, folder: str = "INBOX") -> list[frozenset[str]]:
        """The flags of each mail in a folder, in order."""
        with self.session(user) as imap:
            imap.select(folder, readonly=True)
            _, lines = imap.fetch("1:*", "(FLAGS)")
            found = [re.search(rb"FLAGS \(([^)]*)\)", line) for line in lines if isinstance(line, bytes)]
            return [frozenset(match[1].decode().split()) for match in found if match]

    def count(self, user: str, folder: str = "INBOX") -> int:
        """How many mails a folder holds."""
        with self.session(user) as imap:
            answer, found = imap.select(folder, readonly=True)
            return int(found[0] or b"0") if answer == "OK" else 0

    def forget_uids(self, user: str) -> None:
        """Delete Dovecot's list of UIDs (stop it first): the folder gets a new UIDVALIDITY."""
        for name in ("dovecot-uidlist", "dovecot-uidvalidity*", "dovecot.index*", "dovecot.list.index*"):
            for path in (self.path / "home" / user / "Maildir").glob(name):
                path.unlink()


def _family(pid: int) -> Sequence[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            fields = stat.read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found.extend(children.get(one, []))
    return found


def _name(pid: int) -> str:
    with contextlib.suppress(OSError):
        return (Path("/proc") / str(pid) / "comm").read_text().strip()
    return ""
