"""`threadbridge demo`: every sample mail has the outcome that its file name speaks of, twice in a row."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.ground import free_port

PROGRAMS = {"gmail", "outlook", "apple", "thunderbird", "iphone", "yahoo", "proton", "gmx", "mutt", "samsung"}


def bridge(folder: Path, *words: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "bridge", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout


def rows(folder: Path, command: str) -> list[dict[str, Any]]:
    out = bridge(folder, command, "-c", "data/demo/demo.toml", "--format", "jsonl")
    return [json.loads(line) for line in out.splitlines()]


def test_the_demo_plays_twice(tmp_path: Path) -> None:
    ports = ("--smtp-port", str(free_port()), "--web-port", str(free_port()))
    bridge(tmp_path, "demo", "--once", *ports)
    told = bridge(tmp_path, "demo", "--once", *ports)
    assert f"http://127.0.0.1:{ports[3]}/" in told and "nothing yet" not in told
    assert all(program in told for program in PROGRAMS)
    mails = {row["id"]: row for row in rows(tmp_path, "ledger")}
    assert len(mails) == 20
    unposted = {number: mail["outcome"] for number, mail in mails.items() if mail["outcome"] != "posted"}
    assert unposted == {11: "ignored", 12: "refused", 13: "ignored", 19: "held"}
    posts = {post["post"]: post for post in rows(tmp_path, "export")}
    by_mail = {number: [posts[post] for post in mail["posts"]] for number, mail in mails.items()}
    assert [post["list"] for post in by_mail[14]] == ["general", "repairs"]
    (guest,), (picture,), (forward,), (early,), (late,) = (by_mail[number] for number in (5, 6, 8, 16, 17))
    assert (guest["author"], guest["guest"]) == ("Kofi Mensah", True)
    assert (picture["text"].strip(), picture["attachments"][0]["name"]) == ("", "IMG_2417.png")
    assert (forward["author"], forward["credit"]) == ("Hamish Mackay", "Lena Vogt")
    assert early["parent"] == late["post"] and by_mail[18][0]["parent"] == by_mail[1][0]["post"]
    assert by_mail[20][0]["parent"] == by_mail[1][0]["post"]
    shown = "\n".join(post["text"] for post in posts.values())
    for gone in (
        "confidential",
        "7700 900",
        "Sent from",
        "Original Message",
        "wrote:",
        "Get [Outlook",
        "Galaxy",
    ):
        assert gone not in shown
    assert len(list((tmp_path / "data/demo/outbox/new").iterdir())) > 100


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    words = ("demo", "--data-dir", "mine", "--smtp-port", str(free_port()), "--web-port", str(free_port()))
    ended = subprocess.run(
        [sys.executable, "-m", "bridge", *words], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 2 and len(ended.stderr.splitlines()) == 1
    assert (tmp_path / "mine" / "letter.txt").exists()
