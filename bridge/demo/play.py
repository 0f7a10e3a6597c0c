"""Play the sample conversation: a daemon of its own, mails through its SMTP port, and what became of each.

Everything lies below one folder, made afresh each time. The mails are files, `mails/NN-PROGRAM-WHAT.eml`; the last
step answers a letter that the bridge itself sent, so that an address token is seen at work.
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from rich.console import Console

from ..config import load
from ..errors import BridgeError
from ..store import reports
from ..store.database import Store
from .show import farewell, greet, headline, letters_of, told

HERE = Path(__file__).parent
HOST = "127.0.0.1"
MARK = "demo.toml"
"""The configuration of the demo; only a folder that holds it is ever cleared."""
START_SECONDS = 30.0
READ_SECONDS = 20.0
CONFIG = """# Made by `threadbridge demo`: the embedded defaults, and a second list.
[site]
name = "Larkfield Tool Library"
domain = "forum.example"
url = "http://127.0.0.1:{web}"
data_dir = "."
[[list]]
name = "general"
title = "General"
description = "Whatever concerns the tool library."
[[list]]
name = "repairs"
title = "Repairs"
description = "Repair evenings, broken things, spare parts."
[smtp]
listen = "127.0.0.1:{smtp}"
[web]
listen = "127.0.0.1:{web}"
"""


def play(data_dir: Path, smtp_port: int, web_port: int, *, once: bool) -> int:
    """Play it and stay up until Ctrl-C, or with `once` only until all is played; gives the exit code."""
    # Without a terminal there is no width to keep to.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    config = _fresh(data_dir, smtp_port, web_port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    people = _command("people", "import", str(HERE / "people.csv"), "-c", str(config))
    subprocess.run(people, check=True, stdout=subprocess.DEVNULL)
    try:
        with _daemon(config, smtp_port) as daemon:
            greet(console, len(mails()), smtp_port)
            wrong = _play_all(console, config, smtp_port)
            farewell(console, config, smtp_port, web_port, once=once)
            if not once:
                daemon.wait()
            return 1 if wrong else 0
    except KeyboardInterrupt:
        console.print("\nstopped")
        return 0


def mails() -> list[Path]:
    """The mails of the conversation, in the order in which they arrive."""
    return sorted((HERE / "mails").glob("*.eml"))


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "bridge", *words]


def _fresh(data_dir: Path, smtp_port: int, web_port: int) -> Path:
    """An empty folder with a configuration. Raises `BridgeError` for a folder with anything but an older demo."""
    if data_dir.exists() and any(data_dir.iterdir()):
        if not (data_dir / MARK).is_file():
            raise BridgeError(
                f"{data_dir} holds something else than an older demo; name another folder by --data-dir"
            )
        shutil.rmtree(data_dir)
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = data_dir / MARK
    config.write_text(CONFIG.format(smtp=smtp_port, web=web_port))
    return config


@contextmanager
def _daemon(config: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The daemon as a process of its own, its log beside its data; ended with SIGTERM."""
    log = config.with_name("daemon.log")
    with log.open("wb") as out:
        # A session of its own: Ctrl-C in the terminal reaches only us, and we end it in order.
        daemon = subprocess.Popen(
            _command("run", "-c", str(config)), stdout=out, stderr=out, start_new_session=True
        )
    try:
        _await_start(daemon, port, log)
        yield daemon
    finally:
        daemon.terminate()
        with contextlib.suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
            daemon.wait(15)
        if daemon.poll() is None:
            daemon.kill()


def _await_start(daemon: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if daemon.poll() is not None:
            last = log.read_text(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
            raise BridgeError(f"the daemon did not start: {last[0]} (see {log})")
        try:
            smtplib.SMTP(HOST, port, timeout=2).quit()
            return
        except (OSError, smtplib.SMTPException):
            time.sleep(0.05)
    raise BridgeError(f"the daemon did not answer within {START_SECONDS:.0f} s (see {log})")


def _play_all(console: Console, config: Path, port: int) -> int:
    """Send every mail and show what became of it; gives how many had no outcome."""
    settings = load(config)
    store = Store.open(next(settings.site.data_dir.glob("*.db")))
    wrong = number = 0
    try:
        for number, path in enumerate(mails(), 1):
            content = path.read_bytes().replace(b"\n", b"\r\n")
            wrong += not _play_one(console, store, port, number, path.stem, content, None)
        if answer := _answer_a_letter(store, settings.outgoing.path or config.parent):
            content, token = answer
            wrong += not _play_one(
                console, store, port, number + 1, "20-any-answers-our-letter", content, token
            )
        letters_of(console, _settled(store))
    finally:
        store.close()
    return wrong


def _play_one(
    console: Console, store: Store, port: int, number: int, name: str, content: bytes, recipient: str | None
) -> bool:
    """Send one mail; false where it had no outcome in time."""
    message = _parsed(content)
    headline(console, name, message)
    # A robot writes with the null sender (RFC 3834 section 3.3), so that nobody answers it.
    robot = message.get("Auto-Submitted", "no") != "no"
    sender = "" if robot else message["From"].addresses[0].addr_spec
    with smtplib.SMTP(HOST, port, timeout=30) as smtp:
        smtp.sendmail(sender, [recipient] if recipient else _ours(message), content)
    story = _outcome(store, number)
    told(console, story)
    return story is not None


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=default)


def _ours(message: EmailMessage) -> list[str]:
    fields = [message[name] for name in ("To", "Cc") if message[name]]
    return [one.addr_spec for field in fields for one in field.addresses if one.domain == "forum.example"]


def _outcome(store: Store, ledger_id: int) -> dict[str, Any] | None:
    """The story of a mail once it has its outcome. We alone write to this bridge, so mails number from 1."""
    end = time.monotonic() + READ_SECONDS
    while time.monotonic() < end:
        story = reports.story(store, str(ledger_id))
        if story and story[0]["outcome"] != "waiting":
            return story[0]
        time.sleep(0.02)
    return None


def _settled(store: Store) -> dict[str, int]:
    """Letters by state, once none waits or five seconds have passed."""
    end = time.monotonic() + 5
    while True:
        states = {row["state"]: row["n"] for row in reports.stats(store, 0)["letters"]}
        if not states.get("waiting") or time.monotonic() > end:
            return states
        time.sleep(0.05)


def _answer_a_letter(store: Store, outbox: Path) -> tuple[bytes, str] | None:
    """An answer to the letter that Greta got of the first post, by its Reply-To alone; and that address."""
    _settled(store)
    for path in sorted(outbox.rglob("*")):
        if path.is_file() and b"greta.nowak@webpost.example" in (content := path.read_bytes()):
            letter = _parsed(content)
            reply_to = letter["Reply-To"]
            if reply_to and letter["Subject"] == "A cordless drill for the library?":
                token = reply_to.addresses[0].addr_spec
                return ANSWER.format(token=token).replace("\n", "\r\n").encode(), token
    return None


ANSWER = """From: Greta Nowak <greta.nowak@webpost.example>
To: {token}
Subject: my two cents
Date: Mon, 26 May 2025 08:02:19 +0200
Message-ID: <c81f4e60-2b97-4a35-9d06-answer@webpost.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

I pledge ten euros. (This answer names no mail and has another subject: its reply address alone
says where it belongs.)
"""
