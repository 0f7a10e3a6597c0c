"""people merge, people split."""

from __future__ import annotations

import json

from .conftest import Command, mail


def test_two_people_become_one_and_two_again(command: Command) -> None:
    command("subscribe", "general", "ada@post.example", "--name", "Ada Lind")
    command("subscribe", "general", "al@work.example", "--name", "A. Lind")
    assert command("deliver", stdin=mail(1, author="A. Lind <al@work.example>")).code == 0
    done = command("people", "merge", "ada@post.example", "@alind")
    assert (done.code, done.out) == (0, "Ada Lind: ada@post.example, al@work.example; @adalind @alind\n")
    posts = [json.loads(line) for line in command("export", "--format", "jsonl").out.splitlines()]
    assert [post["author"] for post in posts] == ["Ada Lind"]
    again = command("people", "merge", "ada@post.example", "al@work.example")
    assert (again.code, "one person already" in again.err) == (2, True)
    done = command("people", "split", "al@work.example", "--name", "Al Lind")
    assert done.out.startswith("Al Lind: al@work.example; @al")
    assert command("people", "split", "al@work.example").code == 2


def test_unknown_people_are_a_fault_of_one_line(command: Command) -> None:
    answer = command("people", "merge", "nobody@post.example", "@x")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
