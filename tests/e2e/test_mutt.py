"""The real mutt answers a letter of ours, and swaks hands its answer in: no habit of these two is guessed."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from tests.servers import Sink, need

from .conftest import MakeBridge
from .story import LIST, header, sent_to, settle, subscribe

RC = """
set from="Ada Lind <ada@members.test>"
set realname="Ada Lind"
set use_from=yes
set include=yes
set fast_reply=yes
set reply_to=yes
set editor="{folder}/editor"
set sendmail="{folder}/sendmail"
set folder="{folder}"
set record=""
set postponed="{folder}/postponed"
set copy=no
set move=no
set quit=yes
set mbox_type=mbox
"""
WORDS = "The ladder hangs in my shed,\nbehind the bicycles."


def test_the_real_mutt_answers_a_letter(bridge: MakeBridge, sink: Sink, tmp_path: Path) -> None:
    need("mutt", "swaks")
    daemon = bridge(sink=sink)
    subscribe(daemon, {"zoe@members.test": "Zoe Bell", "ada@members.test": "Ada Lind"})
    topic = EmailMessage(policy=SMTP)
    topic["From"], topic["To"], topic["Subject"] = "Zoe Bell <zoe@members.test>", LIST, "The long ladder"
    topic["Message-ID"] = "<ladder@members.test>"
    topic.set_content("Who has it?\n\nThe gutter leaks.\n")
    daemon.send(("zoe@members.test", [LIST], topic.as_bytes()))
    settle(daemon, 1)
    raw = answer_by_mutt(tmp_path, sent_to(sink, "ada@members.test", "ladder@members.test"))
    recipient = header(raw, "To").partition("<")[2].rstrip(">")
    assert recipient.startswith("reply+")
    file = tmp_path / "answer.eml"
    file.write_bytes(raw)
    envelope = ["--from", "ada@members.test", "--to", recipient]
    server = ["--server", f"{daemon.host}:{daemon.smtp}", "--helo", "laptop.members.test"]
    subprocess.run(
        ["swaks", *server, *envelope, "--data", f"@{file}"], check=True, capture_output=True, timeout=30
    )
    settle(daemon, 2)
    question, answer = sorted(daemon.export(), key=lambda post: int(post["post"]))
    assert (answer["author"], answer["parent"], answer["guest"]) == ("Ada Lind", question["post"], False)
    assert answer["text"].strip() == WORDS
    assert [copy.recipients for copy in sink.mails] == [("ada@members.test",), ("zoe@members.test",)]


def answer_by_mutt(folder: Path, letter: bytes) -> bytes:
    """Open a mailbox with one letter, press `r`, write below the quote, and send: gives what mutt sends."""
    box, sent = folder / "box", folder / "sent.eml"
    box.write_bytes(b"From list Thu Jan  1 00:00:00 1970\n" + letter.replace(b"\r\n", b"\n") + b"\n")
    (folder / "rc").write_text(RC.format(folder=folder))
    (folder / "words").write_text(f"\n{WORDS}\n")
    for name, line in (
        ("editor", f'cat {folder}/words >> "$1"'),
        ("sendmail", f"cat > {sent}.part; mv {sent}.part {sent}"),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / name).chmod(0o700)
    ours, its = pty.openpty()
    argv = [
        "mutt",
        "-n",
        "-F",
        str(folder / "rc"),
        "-f",
        str(box),
        "-e",
        'push "<reply><send-message><quit>"',
    ]
    environment = {**os.environ, "TERM": "xterm", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        argv, stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True
    )
    os.close(its)
    try:
        seen, end = b"", time.monotonic() + 20
        while not sent.exists():
            assert time.monotonic() < end, seen[-500:]
            with contextlib.suppress(OSError):
                if select.select([ours], [], [], 0.1)[0]:
                    seen += os.read(ours, 4096)
    finally:
        process.kill()
        process.wait(10)
        os.close(ours)
    return sent.read_bytes()
