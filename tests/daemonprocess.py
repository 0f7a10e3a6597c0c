"""The daemon as its own process, and the command line beside it, as an operator runs them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .ground import free_port
from .shell import Shell

ROOM = Path(__file__).resolve().parent.parent

CONFIG = """
[site]
name = "Bridge Commons"
domain = "{domain}"
url = "http://127.0.0.1:{web}"
data_dir = "{data}"
{lists}
[smtp]
listen = "127.0.0.1:{smtp}"

[web]
listen = "127.0.0.1:{web}"

[outgoing]
{outgoing}
"""
FORUM = """
[[list]]
name = "forum"
address = "forum@bridge.test"
title = "Forum"
who_can_post = "members"
visibility = "public"
guests = "show"
"""


def config_text(
    *,
    data: Path,
    smtp: int,
    web: int,
    sink: int | None = None,
    lmtp: int | None = None,
    domain: str = "bridge.test",
    lists: str = FORUM,
    more: str = "",
) -> str:
    """A whole config: the list `forum`, an SMTP door, a page; letters go to the sink, else into a Maildir."""
    outgoing = (
        f'kind = "smtp"\nhost = "127.0.0.1"\nport = {sink}\ntls = "none"' if sink else 'kind = "maildir"'
    )
    text = CONFIG.format(data=data, smtp=smtp, web=web, domain=domain, lists=lists, outgoing=outgoing)
    if lmtp:
        text += f'\n[lmtp]\nlisten = "127.0.0.1:{lmtp}"\n'
    return f"{text}\n{more}"


def crlf(raw: bytes) -> bytes:
    """Every line end as CRLF: `smtplib` sends bytes as they are."""
    return re.sub(rb"\r?\n", b"\r\n", raw)


@cache
def _shell() -> Shell:
    return Shell()


class Daemon:
    """`python -m bridge run -c FILE` in a session of its own; `smtp` and `web` are its ports."""

    host = "127.0.0.1"
    before: Sequence[str] = ()
    """Words before the command line, such as a program that traces it."""

    def __init__(
        self, path: Path, config: str, *, smtp: int, web: int, environment: dict[str, str] | None = None
    ) -> None:
        self.path, self.smtp, self.web = path, smtp, web
        path.mkdir(parents=True, exist_ok=True)
        self.config = path / "config.toml"
        self.config.write_text(config)
        self.log_path = path / "daemon.log"
        self._environment = {**os.environ, "PYTHONPATH": str(ROOM), **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    # ---- its life

    def start(self, seconds: float = 20) -> Daemon:
        """Start it and wait until the door greets and the page is well."""
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.before, sys.executable, "-m", "bridge", "run", "-c", str(self.config)],
                cwd=self.path,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + seconds
        while not (self._greets() and self._healthy()):
            assert self._process.poll() is None, (
                f"the daemon ended with {self._process.returncode}:\n{self.log()}"
            )
            assert time.monotonic() < end, f"the daemon is not ready after {seconds} s:\n{self.log()}"
            time.sleep(0.02)
        return self

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Is the process there?"""
        return self._process is not None and self._process.poll() is None

    def kill9(self) -> None:
        """kill -9 of the whole process group, as power loss would do it to processes."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def terminate(self, seconds: float = 30) -> tuple[float, int]:
        """SIGTERM; gives how many seconds it took to end, and its exit code."""
        assert self._process
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            self.kill9()
            raise AssertionError(f"still there {seconds} s after SIGTERM:\n{self.log()}") from error
        took = time.monotonic() - began
        with contextlib.suppress(ProcessLookupError):  # no worker may outlive it
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process = None
        return took, code

    def signal(self, number: int) -> None:
        """Send a signal to the daemon alone."""
        os.kill(self.pid, number)

    def log(self, size: int = 6000) -> str:
        """The end of what it said."""
        return self.log_path.read_text(errors="replace")[-size:] if self.log_path.exists() else ""

    def _greets(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection((self.host, self.smtp), 2) as door:
            door.settimeout(2)
            greeting = door.recv(100)
            door.sendall(b"QUIT\r\n")
            return greeting.startswith(b"220")
        return False

    def _healthy(self) -> bool:
        try:
            # 503: it runs, and has found letters that waited long
            return self.get("/health")[0] in (200, 503)
        except OSError:
            return False

    # ---- what one does with it

    def get(self, path: str) -> tuple[int, str]:
        """GET a page: status and text."""
        try:
            with urllib.request.urlopen(f"http://{self.host}:{self.web}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def post(self, path: str, body: bytes = b"") -> int:
        """POST a form: the status."""
        request = urllib.request.Request(f"http://{self.host}:{self.web}{path}", data=body, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                status: int = answer.status
                return status
        except urllib.error.HTTPError as error:
            return error.code

    def client(self) -> smtplib.SMTP:
        """A session with the SMTP door."""
        return smtplib.SMTP(self.host, self.smtp, local_hostname="mx.members.test", timeout=30)

    def send(self, *mails: tuple[str, Sequence[str] | str, bytes]) -> None:
        """Send mails as (envelope sender, recipients, bytes) in one session; each must get its 250."""
        with self.client() as door:
            for sender, recipients, raw in mails:
                door.sendmail(sender, recipients, crlf(raw))

    def cli(self, *words: str, check: bool = True, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
        """Run `threadbridge WORDS -c FILE`; AssertionError when it fails and `check` is set."""
        environment = {**self._environment, "NO_COLOR": "1"}
        argv = [*words, "-c", str(self.config)]
        code, out, err = _shell().run(argv, folder=self.path, environment=environment, stdin=stdin)
        assert not check or code == 0, f"{words}: exit {code}\n{out}\n{err}\n{self.log()}"
        return subprocess.CompletedProcess(argv, code, out, err)

    def lines(self, *words: str) -> list[dict[str, Any]]:
        """What a command says with `--format jsonl`."""
        return [
            json.loads(line)
            for line in self.cli(*words, "--format", "jsonl").stdout.splitlines()
            if line.strip()
        ]

    def ledger(self) -> list[dict[str, Any]]:
        """Every mail that came in, with its outcome."""
        return self.lines("ledger")

    def export(self) -> list[dict[str, Any]]:
        """Every post, with addresses."""
        return self.lines("export", "--addresses")

    def queue(self) -> list[dict[str, Any]]:
        """What waits to be sent."""
        return self.lines("queue")

    def people(self, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
        """`people import` of rows (address, name, handles, lists, mode)."""
        file = self.path / "people.csv"
        quoted = ["address,name,handles,lists,mode", *(",".join(f'"{cell}"' for cell in row) for row in rows)]
        file.write_text("\n".join(quoted) + "\n")
        self.cli("people", "import", str(file))

    def settled(self, mails: int, seconds: float = 60) -> list[dict[str, Any]]:
        """Wait until the ledger holds `mails` rows, none of them waiting; gives the ledger."""
        end = time.monotonic() + seconds
        while True:
            rows = self.ledger()
            waiting = [row for row in rows if row["outcome"] == "waiting"]
            if len(rows) >= mails and not waiting:
                return rows
            assert time.monotonic() < end, (
                f"{len(rows)} of {mails} mails, {len(waiting)} waiting:\n{self.log()}"
            )
            time.sleep(0.1)


def started(folder: Path, sink: int | None = None) -> Daemon:
    """A running daemon with the list `forum` on free ports, its data in `folder`; letters go as `config_text` says."""
    smtp, web = free_port(), free_port()
    text = config_text(data=folder / "data", smtp=smtp, web=web, sink=sink)
    return Daemon(folder, text, smtp=smtp, web=web).start()
