"""Real servers for the tests that need them: Dovecot and Postfix, each in a directory and on ports of its own.

A server that is not installed skips the test that asks for it, or fails it where THREADBRIDGE_REAL=1 is set. Every
process is ended by its own id. `Sink` and `Daemon` are found here as well, so that a test imports one module.
"""

from __future__ import annotations

import contextlib
import imaplib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from .daemonprocess import Daemon, config_text, crlf
from .sink import CUT, DOT, RCPT, Sent, Sink

__all__ = [
    "CUT",
    "DOT",
    "RCPT",
    "Daemon",
    "Dovecot",
    "Postfix",
    "Sent",
    "Sink",
    "config_text",
    "crlf",
    "directory",
    "free_port",
    "need",
    "wait_for",
]

PASSWORD = "secret"
ROOT = os.geteuid() == 0

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

MAIN_CF = """
compatibility_level = 3.6
config_directory = {d}/etc
queue_directory = {d}/spool
data_directory = {d}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {d}/maillog
maillog_file_prefixes = {d}
myhostname = mx.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_dns_support_level = disabled
smtp_host_lookup = native
alias_maps =
local_recipient_maps =
relay_domains = {domain}
transport_maps = static:lmtp:inet:[127.0.0.1]:{lmtp_port}
smtpd_recipient_restrictions = permit_mynetworks, reject
recipient_delimiter = +
lmtp_destination_recipient_limit = 50
minimal_backoff_time = 1s
maximal_backoff_time = 4s
queue_run_delay = 1s
message_size_limit = 60000000
mailbox_size_limit = 0
"""

MASTER_CF = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def need(*programs: str, root: bool = False) -> None:
    """Skip the test where a program (or root) is missing; fail it where THREADBRIDGE_REAL=1 says that all is there."""
    missing = [name for name in programs if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")]
    if root and not ROOT:
        missing.append("root")
    if missing:
        said = f"a real server is missing: {', '.join(missing)}"
        if os.environ.get("THREADBRIDGE_REAL") == "1":
            pytest.fail(said)
        pytest.skip(said)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(true: Callable[[], object], seconds: float = 30, what: str = "") -> None:
    """Ask `true` every 30 ms until it holds; AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s for {what or true}"
        time.sleep(0.03)


def answers(port: int) -> bool:
    """Does somebody accept connections on that port?"""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@contextlib.contextmanager
def directory(name: str) -> Iterator[Path]:
    """A short-named directory that other users may enter (the paths of sockets must stay below 108 bytes)."""
    path = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


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
        """Put mails into a folder over IMAP; `done(n)` is called after each one that the server has confirmed."""
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
        """Delete Dovecot's list of UIDs: the folder gets a new UIDVALIDITY. Stop it before, start it afterwards."""
        for name in ("dovecot-uidlist", "dovecot-uidvalidity*", "dovecot.index*", "dovecot.list.index*"):
            for path in (self.path / "home" / user / "Maildir").glob(name):
                path.unlink()


class Postfix:
    """An MTA that hands all mail for `domain` to an LMTP server on `lmtp_port`, and tries again after a second."""

    host = "127.0.0.1"

    def __init__(self, path: Path, domain: str, lmtp_port: int) -> None:
        need("postfix", root=True)
        self.path, self.port, self.lmtp_port = path, free_port(), lmtp_port
        for name in ("etc", "spool", "data"):
            (path / name).mkdir()
        shutil.chown(path / "data", "postfix")
        (path / "etc" / "main.cf").write_text(MAIN_CF.format(d=path, domain=domain, lmtp_port=lmtp_port))
        (path / "etc" / "master.cf").write_text(MASTER_CF.format(port=self.port))

    def _run(self, *argv: str) -> str:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, f"{argv}: {done.stdout}{done.stderr}"
        return done.stdout

    def start(self) -> Postfix:
        """Start it and wait for its greeting."""
        self._run("/usr/sbin/postfix", "-c", str(self.path / "etc"), "start")
        wait_for(lambda: answers(self.port), 15, "Postfix")
        return self

    def stop(self) -> None:
        """Stop it and wait until it has gone."""
        subprocess.run(
            ["/usr/sbin/postfix", "-c", str(self.path / "etc"), "stop"], capture_output=True, timeout=30
        )

    def queue(self) -> list[str]:
        """What waits in its queue, a JSON line a mail."""
        return self._run("/usr/sbin/postqueue", "-c", str(self.path / "etc"), "-j").splitlines()

    def flush(self) -> None:
        """Try all waiting mails now."""
        self._run("/usr/sbin/postqueue", "-c", str(self.path / "etc"), "-f")

    def log(self) -> str:
        """Its log so far."""
        path = self.path / "maillog"
        return path.read_text(errors="replace") if path.exists() else ""


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
