"""The tree of a mail's parts: read from its bones, it is the one that the library reads from all of it."""

from __future__ import annotations

import email
import random
from email.message import Message as Source
from pathlib import Path
from typing import Any

import pytest

from bridge.mail import structure as tree
from bridge.mail.structure import structure
from tests import hostile

MAILS = sorted((Path(__file__).parent.parent / "mails").glob("**/*.eml"))
LONG = "Words that are long enough to be cut out of a mail before the library sees it.\n" * 3
HEAD = 'Subject: Roof\nContent-Type: multipart/mixed; boundary="roof-roof"\n\n'


def flat(part: Source) -> Any:
    """All that we ask of a part: headers, type, and what is in it."""
    inside = vars(part)["_payload"]
    return (
        list(part.raw_items()),
        part.get_content_type(),
        [flat(child) for child in inside] if isinstance(inside, list) else inside,
    )


def check(raw: bytes) -> None:
    for each in (raw, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")):
        assert flat(structure(each)) == flat(email.message_from_bytes(each))


@pytest.mark.parametrize("first", range(20))
def test_the_tree_is_that_of_the_whole_mail(first: int) -> None:
    for path in MAILS[first::20]:
        check(path.read_bytes())
    for seed in range(first, 300, 20):
        check(hostile.odd(seed))


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + f"--roof-roof\n\n{LONG}\n--roof-roof\nContent-Type: text/html\n\n{LONG}\n\n--roof-roof--\n",
        HEAD + f"{LONG}--roof-roof\nX: y\n\n{LONG}",
        HEAD + f"--roof-roof--\n{LONG}\n{LONG}",
        HEAD + f"--roof-roof  \n\n--\n{LONG}-- \n{LONG}--roof-roof-- \n{LONG}",
        HEAD + f"--roof-roof\n\n--roof-roof-roof\n{LONG}--roof-roof\n",
        HEAD.replace("roof-roof", "roof--") + f"--roof--\n\n{LONG}\n--roof----\n",
        HEAD.replace('"', "") + f"--roof-roof\n\n{LONG}\n--roof-roof--\n",
        HEAD.replace("boundary", "BOUNDARY") + f"--roof-roof\n\n{LONG}\n--roof-roof--\n",
        HEAD.replace('"roof-roof"', '"roof-roof"; x="roof-roof"') + f"--roof-roof\n\n{LONG}\n--roof-roof--\n",
        HEAD.replace('boundary="roof-roof"', "boundary*=''roof-roof") + f"--roof-roof\n\n{LONG}--roof-roof--\n",
        f'a="boundary="roof"b": c\nboundary="a-roof": d\nno header\n\n{LONG}',
        HEAD + f"--roof-roof\n\n{LONG}-- \nAda\n\n--\n\n{LONG}\n--- x ---\n{LONG}\n--roof-roof--\n",
        HEAD.replace("roof-roof", "") + f"--\n\n{LONG}\n-- \nContent-Type: text/html\n\n{LONG}\n----\n",
        HEAD + f'--roof-roof\nContent-Type: multipart/mixed; boundary=""\n\n--\n\n{LONG}\n--\nX: y\n\nz\n--roof-roof',
        HEAD + f'--roof-roof\nContent-Type: multipart/mixed; boundary=roof\n\n--roof\n\n{LONG}\n--roof\nX: y\n\nz\n',
        HEAD.replace("roof-roof", "=20") + f"--=20\n\n{LONG}\n--=20\nContent-Type: text/html\n\n{LONG}\n--=20--\n",
        HEAD + 'Content-Type: text/plain; boundary="roof-roof"\n--roof-roof\n\nx\n--roof-roof--\n',
        HEAD + f'--roof-roof\nContent-Type: multipart/mixed; boundary="roof"\n\n--roof\n\n{LONG}--roof-roof\n\nx',
        HEAD + f"--roof-roof\nContent-Type: message/rfc822\n\nFrom: x@a.example\n\n{LONG}\n--roof-roof--\n",
        HEAD + f"--roof-roof\nContent-Type:\n message/rfc822\n\nFrom: x@a.example\n\n{LONG}--roof-roof--\n",
        HEAD.replace("mixed", "Digest") + f"--roof-roof\n\nFrom: x@a.example\n\n{LONG}\n--roof-roof--\n",
        HEAD + f"--roof-roof\nContent-Type: \x1cmessage/rfc822\n\nFrom: x@a.example\n\n{LONG}--roof-roof--\n",
        HEAD + f"--roof-roof\n\n\0000\0\1000\1{LONG}--roof-roof--\n",
        f"\n{LONG}\n\n{LONG}",
        f"Subject: x\n\n{LONG}".rstrip("\n"),
        f"no header\n\n{LONG}\n\n{LONG}",
        f"Subject: x\r\r{LONG}".replace("\n", "\r"),
        "",
    ],
)  # fmt: skip
def test_the_tree_is_that_of_the_whole_mail_where_marks_are_odd(raw: str) -> None:
    check(raw.encode())


MARKS = (
    b"\r\n", b"\n", b"\n\n", b"--", b"\n--roof", b"\n--roof--", b" ", b'"', b";", b"0", b"\x1c", b"\xff", b"\0000\0",
    b"A: b\n", b'boundary="roof"', b"boundary*=roof", b"Content-Type: message/rfc822\n",
    b'Content-Type: multipart/mixed; boundary="roof"\n',
)  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_the_tree_is_that_of_the_whole_mail_where_bytes_were_changed(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All contents are cut out, and marks and ends of lines come, go and move."""
    monkeypatch.setattr(tree, "SHORT", 0)
    dice = random.Random(seed)
    for path in dice.sample(MAILS, 40):
        raw = path.read_bytes()[:20_000]
        for _ in range(dice.randint(1, 6)):
            raw = _changed(raw, dice)
        assert flat(structure(raw)) == flat(email.message_from_bytes(raw))


def _changed(raw: bytes, dice: random.Random) -> bytes:
    at = dice.choice([dice.randrange(len(raw) + 1), max(0, raw.find(b"\n--")), max(0, raw.find(b"oundary="))])
    size = dice.randint(0, 9)
    return raw[:at] + dice.choice([b"", dice.choice(MARKS), raw[at : at + size] * 2]) + raw[at + size :]


def test_a_tree_that_was_seen_before_is_another_mails_own() -> None:
    first, second = (HEAD + f"--roof-roof\n\n{word} {LONG}\n--roof-roof--" for word in ("One", "Two"))
    trees = [structure(raw.encode()) for raw in (first, second, first)]
    assert [flat(each) for each in trees] == [
        flat(email.message_from_string(raw)) for raw in (first, second, first)
    ]
    assert trees[0].get_payload()[0] is not trees[2].get_payload()[0]


def test_contents_and_boundaries_are_kept_from_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    read = tree._read
    monkeypatch.setattr(tree, "_kept", lambda text: (seen.append(text), read(text))[1])
    structure(
        (
            HEAD + f"--roof-roof\n\n{LONG}\n--roof-roof\nContent-Type: text/html\n\n{LONG}--roof-roof--"
        ).encode()
    )
    assert "Words" not in seen[0] and "roof-roof" not in seen[0]
