"""subscribe, unsubscribe and people import: who is a member."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Command

PEOPLE = """\ufeffaddress,name,handles,lists,mode
ada@post.example;Ada@Work.example,Ada Lind,@ada;@ada2,general;repairs,each

"bo@post.example","Bo ""the saw"" Berg",,general,none
cy@post.example,,,,
"""


def test_people_are_imported_and_again(command: Command, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert command("people", "import", "people.csv").out == "3 people, 3 of them new, 3 subscriptions\n"
    assert command("people", "import", "people.csv").out == "3 people, 0 of them new, 3 subscriptions\n"
    listed = [json.loads(line) for line in command("people", "list", "--format", "jsonl").out.splitlines()]
    assert [row["name"] for row in listed] == ["Ada Lind", 'Bo "the saw" Berg', "Cy"]
    assert listed[0]["address"] == ["ada@post.example", "ada@work.example"]
    assert listed[0]["handles"] == ["ada", "ada2"] and listed[0]["lists"] == ["general", "repairs"]
    assert (listed[1]["mode"], listed[2]["mode"]) == ("none", "none")
    assert (
        command("people", "list")
        .out.splitlines()[0]
        .startswith("ada@post.example;ada@work.example\tAda Lind")
    )


def test_a_faulty_file_changes_nothing_and_tells_all(command: Command, tmp_path: Path) -> None:
    bad = "name,address,lists,mode\nAda,ada@post.example,general,each\nBo,bo at post,shed,hourly\n,,,x\n"
    (tmp_path / "people.csv").write_text(bad)
    answer = command("people", "import", "people.csv")
    assert answer.code == 2 and len(answer.err.splitlines()) == 5
    assert all(line.startswith("people.csv:") for line in answer.err.splitlines())
    assert command("people", "list").out == ""


@pytest.mark.parametrize(
    "content",
    [b"mail,name\n", b"address,colour\n", b"", b"address\n\xff\n", b"address\na@b.example,c,d\n", None],
)
def test_a_file_that_is_none_is_one_line(command: Command, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "people.csv").write_bytes(content)
    answer = command("people", "import", "people.csv")
    assert answer.code == 2 and len(answer.err.splitlines()) == 1


def test_subscribe_and_unsubscribe(command: Command) -> None:
    assert "each" in command("subscribe", "general", "Pat.Conaty@Post.example").out
    assert (
        "none"
        in command("subscribe", "general@forum.example", "pat.conaty@post.example", "--mode", "none").out
    )
    (row,) = command("people", "list", "--format", "jsonl").out.splitlines()
    assert json.loads(row)["name"] == "Pat Conaty" and json.loads(row)["mode"] == "none"
    assert command("unsubscribe", "general", "pat.conaty@post.example").code == 0
    again = command("unsubscribe", "general", "pat.conaty@post.example")
    assert again.code == 2 and "not subscribed" in again.err
    assert command("unsubscribe", "general", "who@post.example").code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["general", "no address"], "no mail address"),
        (["nowhere", "a@b.example"], "the lists are: general, repairs"),
        (["general", "a@b.example", "--mode", "hourly"], "each, daily, weekly, mentions and none"),
    ],
)
def test_a_wrong_wish_is_one_line(command: Command, words: list[str], told: str) -> None:
    answer = command("subscribe", *words)
    assert answer.code == 2 and told in answer.err and len(answer.err.splitlines()) == 1


def test_people_set(command: Command) -> None:
    command("subscribe", "general", "ada@post.example", "--mode", "daily")
    command("subscribe", "repairs", "ada@post.example", "--mode", "mentions")
    said = command(
        "people", "set", "ada@post.example", "--timezone", "brussels", "--hour", "18", "--weekday", "fri",
        "--quiet", "22-7", "--vacation", "2099-01-31", "--own-posts", "--no-relay", "--mode", "weekly",
        "--list", "general",
    )  # fmt: skip
    assert said.out == (
        "Ada: general weekly; repairs mentions; digests at 18:00 Europe/Brussels, weekly on friday; quiet 22-7; "
        "away until 2099-01-31; gets his own posts; no private mail through us\n"
    )
    (row,) = (json.loads(line) for line in command("people", "list", "--format", "jsonl").out.splitlines())
    assert (row["mode"], row["timezone"], row["hour"]) == ("weekly;mentions", "Europe/Brussels", 18)
    assert row["away_until"] == "2099-01-30T23:00:00Z"
    back = ("--timezone", "", "--hour", "", "--quiet", "", "--vacation", "", "--mode", "none")
    assert command("people", "set", "ada@post.example", *back).out == (
        "Ada: general none; repairs none; digests at 7:00 UTC, weekly on friday; gets his own posts; "
        "no private mail through us\n"
    )


def test_people_set_gives_a_thread_a_mode_of_its_own(command: Command) -> None:
    command("subscribe", "general", "ada@post.example", "--name", "Ada")
    mail = (
        b"From: Ada <ada@post.example>\nTo: general@forum.example\nSubject: Tools\nMessage-ID: <1@x>\n\nHi.\n"
    )
    assert command("deliver", "-r", "general@forum.example", stdin=mail).code == 0
    setting = ("people", "set", "ada@post.example")
    assert "thread 1 daily" in command(*setting, "--thread", "1", "--mode", "daily").out
    assert "thread 1 each" in command(*setting, "--thread", "1", "--mode", "each").out
    assert "thread 1 none" in command(*setting, "--thread", "1", "--mode", "none").out
    assert "thread" not in command(*setting, "--thread", "1", "--mode", "list").out
    for wrong in (("--thread", "9", "--mode", "daily"), ("--thread", "1"), ("--mode", "list"),
                  ("--thread", "1", "--mode", "daily", "--list", "general")):  # fmt: skip
        assert command(*setting, *wrong).code == 2


def test_people_set_tells_all_faults_and_changes_nothing(command: Command) -> None:
    command("subscribe", "general", "ada@post.example")
    wrong = (
        "--timezone",
        "Mars",
        "--hour",
        "24",
        "--weekday",
        "t",
        "--quiet",
        "22",
        "--vacation",
        "soon",
        "--own-posts",
    )
    answer = command("people", "set", "ada@post.example", *wrong)
    assert answer.code == 2 and len(answer.err.splitlines()) == 5
    assert "own posts" not in command("people", "set", "ada@post.example").out
    assert command("people", "set", "who@post.example", "--hour", "7").code == 2
    assert "2100" in command("people", "set", "ada@post.example", "--vacation", "2111-01-01").err
    assert command("people", "set", "ada@post.example", "--list", "general").code == 2
    assert command("people", "set", "ada@post.example", "--mode", "each", "--list", "repairs").code == 2


def test_an_import_with_modes_a_list_and_without_any(command: Command, tmp_path: Path) -> None:
    head = "address,lists,mode\n"
    (tmp_path / "people.csv").write_text(head + "ada@post.example,general;repairs,daily;none\n")
    command("people", "import", "people.csv")
    assert "daily;none" in command("people", "list").out
    (tmp_path / "people.csv").write_text(
        head + "ada@post.example,general;repairs,\nbo@post.example,general,\n"
    )
    command("people", "import", "people.csv")
    ada, bo = command("people", "list").out.splitlines()
    assert "daily;none" in ada and "each" in bo
    (tmp_path / "people.csv").write_text(head + "ada@post.example,general,daily;none\n")
    assert "2 modes for 1 lists" in command("people", "import", "people.csv").err
    assert command("queue", "--state", "waiting").out == ""  # nobody is welcomed by an import
