"""people forget, post mask and unmask, as typed."""

from __future__ import annotations

from .conftest import Command, mail

ADA = "ada@post.example"


def posted(command: Command) -> None:
    """A post of Ada's."""
    assert command("subscribe", "general", ADA, "--name", "Ada Lind").code == 0
    assert command("deliver", "--recipient", "general@forum.example", stdin=mail(1)).code == 0


def test_P5_a_person_is_forgotten(command: Command) -> None:
    posted(command)
    answer = command("people", "forget", ADA.upper(), "--yes")
    assert (
        answer.code == 0
        and answer.out == f"{ADA} is forgotten: 1 addresses, 1 mails, 1 post without a name\n"
    )
    everything = (
        command("export").out + command("ledger", "--format", "jsonl").out + command("people", "list").out
    )
    assert "Words of mail 1" in everything and "A former member" in everything
    assert ADA not in everything and "Ada Lind" not in everything


def test_who_is_not_known_cannot_be_forgotten(command: Command) -> None:
    answer = command("people", "forget", "nobody@post.example", "--yes")
    assert answer.code == 2 and answer.err == "nobody here has the address nobody@post.example\n"


def test_a_post_is_unmasked_and_masked(command: Command) -> None:
    posted(command)
    assert command("post", "unmask", "1").out == "post 1 is shown as it was written\n"
    assert command("post", "mask", "1").out == "post 1 is masked\n"
    answer = command("post", "unmask", "7")
    assert answer.code == 2 and answer.err == "there is no post 7\n"
