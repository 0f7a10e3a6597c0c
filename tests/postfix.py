"""Postfix, which takes mail by SMTP and hands it on by LMTP, in a directory and on a port of its own."""

from __future__ import annotations

import shutil
import smtplib
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .ground import answers, free_port, need, wait_for

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
transport_maps = static:{by}:[127.0.0.1]:{lmtp_port}
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


class Postfix:
    """An MTA that hands all mail for `domain` to an LMTP server (`by` "smtp": an SMTP server), and tries again soon."""

    host = "127.0.0.1"

    def __init__(self, path: Path, domain: str, lmtp_port: int, by: str = "lmtp:inet") -> None:
        need("postfix", root=True)
        self.path, self.port, self.lmtp_port = path, free_port(), lmtp_port
        for name in ("etc", "spool", "data"):
            (path / name).mkdir()
        shutil.chown(path / "data", "postfix")
        main = MAIN_CF.format(d=path, domain=domain, lmtp_port=lmtp_port, by=by)
        (path / "etc" / "main.cf").write_text(main)
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

    def send(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        """Hand it a mail by SMTP; it must take every recipient."""
        with smtplib.SMTP(self.host, self.port, local_hostname="mx.members.test", timeout=30) as door:
            assert door.sendmail(sender, recipients, raw) == {}

    def queue(self) -> list[str]:
        """What waits in its queue, a JSON line a mail."""
        return self._run("/usr/sbin/postqueue", "-c", str(self.path / "etc"), "-j").splitlines()

    def flush(self) -> None:
        """Try all waiting mails now."""
        self._run("/usr/sbin/postqueue", "-c", str(self.path / "etc"), "-f")

    def purge(self) -> None:
        """Throw away all mails that wait."""
        self._run("/usr/sbin/postsuper", "-c", str(self.path / "etc"), "-d", "ALL")

    def log(self) -> str:
        """Its log so far."""
        path = self.path / "maillog"
        return path.read_text(errors="replace") if path.exists() else ""
