"""Names as shown and compared, and greetings that give a wrong author away."""

from __future__ import annotations

import pytest

from bridge.mail.message import Mailbox
from bridge.posting.people import display_name, greets, handle, same_name
from tests.guard import soon


@pytest.mark.parametrize(
    ("name", "address", "shown"),
    [
        ("Ada Brook", "ada@garden.test", "Ada Brook"),
        ("", "ada.brook@garden.test", "Ada Brook"),
        ("", "ada_brook+lists@garden.test", "Ada Brook"),
        ("ada@garden.test", "ada@garden.test", "Ada"),
        ("Ada Brook (ada@garden.test)", "ada@garden.test", "Ada Brook"),
        ("Ada <ada@garden.test>", "ada@garden.test", "Ada"),
        ("'Ada Brook'", "ada@garden.test", "Ada Brook"),
        ("Brook, Ada", "ada@garden.test", "Ada Brook"),
        ("Brook & Sons, Inc.", "shop@garden.test", "Brook & Sons, Inc."),
        ("Ada Brook via General", "general@forum.test", "Ada Brook"),
        ("mike_h", "m@garden.test", "mike_h"),
        ("Søren Ærø", "s@garden.test", "Søren Ærø"),
        ("山田 太郎", "t@garden.test", "山田 太郎"),
        ("\u202eekoorB adA", "a@garden.test", "ekoorB adA"),
        ("Ada\r\nBcc: x", "a@garden.test", "Ada Bcc: x"),
        ("Tool Shed (Co-op)", "t@garden.test", "Tool Shed (Co-op)"),
        ("...", "ada@garden.test", "Ada"),
        ("", "", "Somebody"),
        ("", "+@garden.test", "Somebody"),
    ],
)
def test_a_name_is_shown_and_never_an_address(name: str, address: str, shown: str) -> None:
    assert display_name(Mailbox(name, address)) == shown


@pytest.mark.parametrize("address", ["a@b.test", "x.y+z@sub.b.test", "@", "a@", "a@b@c"])
@pytest.mark.parametrize("name", ["{}", "<{}>", "mailto:{}", "A {} B", "({})", '"{}"', "{}" * 40])
def test_no_name_holds_an_at_sign(name: str, address: str) -> None:
    shown = display_name(Mailbox(name.format(*[address] * 40), address))
    assert shown and "@" not in shown and len(shown) <= 120


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Brook", "ada brook"),
        ("Brook, Ada", "Ada Brook"),
        ("mike_hales", "Mike Hales"),
        ("José Núñez", "Jose Nunez"),
        ("Mark Simmer (Co-op)", "Mark Simmer"),
        ("O’Neill", "O'Neill"),
        ("Ada  B.", "ada b"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert same_name(one, other) and same_name(other, one)


def test_different_names_differ() -> None:
    assert not same_name("Ada Brook", "Ada Stream")
    assert not same_name("", "")
    assert not same_name("Ada", "Ada Brook")


@pytest.mark.parametrize(
    "text",
    [
        "Hi Ada",
        "Hi Ada,\n\nyes",
        "Dear Ada, thank you",
        "Hello Ada and Ben,\nwhat",
        "Hello Ben and Ada,",
        "hey ada!",
        "Dear Ada Brook,",
        "Dear Mrs Brook,",
        "Hallo Ada!\n",
        "Liebe Ada,",
        "Bonjour Ada et Ben,",
        "Hola Ada:",
        "Ciao Ada",
        "Hej Ada!",
        "Привет Ada!",
        "Hi @ada",
        "**Hi Ada**",
        "Good morning Ada -- yes",
        "Hi Ada I think so",
        "Dear Ben, Cy and Ada,",
        "Adaさん、こんにちは",
        "Ada 你好，",
        "\n\n  Hi Ada,",
        "Hi Ada (and all)",
        "Hi Adá,",
        "Moi Ada!",
        "Hi Ada/Ben,",
    ],
)
def test_a_greeting_of_the_sender_is_found(text: str) -> None:
    assert greets(text, ["Ada Brook"])


@pytest.mark.parametrize(
    "text",
    [
        "Hi, Ada here",
        "Hi all, Ada again",
        "Hello, this is Ada",
        "Hello from Ada",
        "Hi Ben, Ada told me",
        "Ada, yes",
        "Hi Ada's plan is good",
        "Hi Ben\nAda",
        "Dear all",
        "Hi Adam",
        "Hi Ada Stream,",
        "History of Ada",
        "Hi",
        "",
        "Thanks Ada",
        "Greetings from Ada",
        "Hi it's Ada",
        "Hi everyone, Ada.",
        "Hi Ben,\n\nHi Ada wrote once",
        "Hi Ben, Ada",
        "Hi Ben, yes and Ada too, I think, would like that.",
        "Hiada",
        "Dear friends of Ada,",
    ],
)
def test_other_openings_hold_nobody_up(text: str) -> None:
    assert not greets(text, ["Ada Brook"])


def test_handles_count_as_names() -> None:
    assert greets("Hi graham2,", ["Graham Stone", "graham2"])
    assert not greets("Hi graham3,", ["graham2"])
    assert not greets("Hi Ada,", [])


def test_handles_are_short_and_never_empty() -> None:
    assert handle("Ada Brook") == "adabrook"
    assert handle("José-María Núñez") == "josemarianunez"
    assert handle("山田 太郎") == "山田太郎"
    assert handle("!!!") == "somebody"
    assert len(handle("a" * 500)) == 30


def test_hostile_names_and_texts_take_no_time() -> None:
    for hostile in (
        "Hi " * 60_000,
        "Hi " + "a and " * 40_000,
        "(" * 200_000,
        "@" * 200_000,
        "Hi " + "," * 200_000,
    ):
        with soon():
            greets(hostile, [hostile])
            display_name(Mailbox(hostile, "a@b.test"))
            same_name(hostile, hostile)
