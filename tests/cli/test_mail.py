"""deliver, clean, import, export, and what the ledger then tells."""

from __future__ import annotations

import base64
import json
import mailbox
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from bridge.store.database import Store

from .conftest import Command, mail


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def ada(command: Command) -> Command:
    """A command line whose list has a member, Ada."""
    assert command("subscribe", "general", "ada@post.example", "--name", "Ada Lind").code == 0
    assert command("subscribe", "general", "bo@post.example", "--name", "Bo").code == 0
    return command


def test_deliver_takes_files_and_standard_input(ada: Command, tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(mail(1))
    (tmp_path / "2.eml").write_bytes(mail(2))
    assert ada("deliver", "1.eml", "2.eml").code == 0
    answer = ada("deliver", "-f", "ada@post.example", "-r", "general@forum.example", stdin=mail(3))
    assert answer.code == 0 and answer.out.startswith("3\tposted")
    assert [row["outcome"] for row in rows(ada("ledger", "--format", "jsonl").out)] == ["posted"] * 3


@pytest.mark.parametrize(
    ("words", "stdin", "code"),
    [
        (["-r", "nobody@forum.example"], mail(1), 67),
        (["-r", "someone@elsewhere.example"], mail(1), 67),
        ([], b"", 65),
        (["missing.eml"], b"", 66),
        (["-c", "missing.toml"], mail(1), 75),
    ],
)
def test_deliver_exits_as_sysexits_has_it(ada: Command, words: list[str], stdin: bytes, code: int) -> None:
    answer = ada("deliver", *words, stdin=stdin)
    assert answer.code == code and answer.out == "" and len(answer.err.splitlines()) == 1


def test_deliver_takes_the_envelope_from_the_mta(ada: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENDER", "ada@post.example")
    monkeypatch.setenv("RECIPIENT", "general@forum.example")
    assert ada("deliver", stdin=mail(1, to="undisclosed-recipients:;")).code == 0
    (row,) = rows(ada("ledger", "--format", "jsonl").out)
    assert (row["sender"], row["recipients"]) == ("ada@post.example", ["general@forum.example"])


@pytest.mark.parametrize(
    ("told", "sender"),
    [
        ("<ada@post.example>", "ada@post.example"),
        ("ada", "ada@post.example"),
        ('"ada lind"@post.example', "ada@post.example"),
        ("MAILER-DAEMON", ""),
        ("MAILER-DAEMON@forum.example", ""),
        ("<>", ""),
        ("", ""),
    ],
)
def test_deliver_reads_the_sender_as_mtas_write_it(ada: Command, told: str, sender: str) -> None:
    assert ada("deliver", "--later", "-f", told, stdin=mail(1)).code == 0
    assert rows(ada("ledger", "--format", "jsonl").out)[0]["sender"] == sender


def test_a_mistyped_option_of_deliver_lets_mail_wait(ada: Command) -> None:
    assert ada("deliver", "--nonsense", stdin=mail(1)).code == 75
    assert ada("ledger", "--nonsense").code == 2


def test_a_database_in_use_is_one_line_and_lets_mail_wait(
    ada: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bridge.store.database.BUSY_MS", 1)
    other = sqlite3.connect("data/threadbridge.db", isolation_level=None)
    other.execute("begin immediate")
    for words, code in (
        (("deliver",), 75),
        (("subscribe", "general", "bo@members.example"), 2),
        (("run",), 2),
    ):
        answer = ada(*words, stdin=mail(1))
        assert answer.code == code and "database is locked" in answer.err and answer.err.count("\n") == 1
    assert ada("ledger").code == 0  # looking is possible
    other.close()


def test_data_that_cannot_be_reached_is_one_line_and_lets_mail_wait(command: Command, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    for words, code in ((("deliver",), 75), (("ledger",), 2), (("run",), 2)):
        answer = command(*words, stdin=mail(1))
        assert answer.code == code and "File exists\n" in answer.err and answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    ["held release 99999999999999999999", "ledger -n -1", "queue -n 0", "export -t -1", "clean --jsonl no"],
)
def test_a_wrong_number_or_file_is_no_traceback(ada: Command, words: str) -> None:
    answer = ada(*words.split())
    assert answer.code == 2 and "Traceback" not in answer.err


def test_deliver_later_only_keeps(ada: Command) -> None:
    assert ada("deliver", "--later", stdin=mail(1)).out == "1\twaiting\n"


def test_ledger_and_trace_tell_the_story(ada: Command) -> None:
    ada("deliver", stdin=mail(1))
    (row,) = rows(ada("ledger", "--format", "jsonl").out)
    keys = "id received via sender recipients message_id outcome reason posts ms".split()
    assert list(row) == keys and row["posts"] == [1]
    by_id, by_message_id = ada("trace", "1").out, ada("trace", "<m1@post.example>").out
    assert by_id == by_message_id
    for part in ("by pipe", "posted", "folded signature", "letter to Bo <bo@post.example>", "waiting"):
        assert part in by_id
    (story,) = rows(ada("trace", "m1@post.example", "--format", "jsonl").out)
    assert story["posts"][0]["deliveries"][0]["state"] == "waiting"
    missing = ada("trace", "m9@post.example")
    assert missing.code == 1 and "no mail" in missing.err
    assert ada("trace", "9" * 30).code == 1


def test_X3_a_mail_that_waits_is_found_by_its_header(ada: Command) -> None:
    ada("deliver", "--later", stdin=mail(1))
    ada("deliver", "--later", stdin=mail(2))
    (story,) = rows(ada("trace", "<m2@post.example>", "--format", "jsonl").out)
    assert (story["id"], story["outcome"], story["posts"]) == (2, "waiting", [])


@pytest.mark.parametrize(
    "header", ['<"><b>@x.test>', "<=?utf-8?q?a=0d=0aBcc:b?=@x.test>", "< a b@x.test >", "bare@x.test"]
)
def test_X3_a_mail_is_found_by_its_header_however_odd(ada: Command, header: str) -> None:
    raw = f"From: Ada <ada@members.example>\nTo: general@forum.example\nMessage-ID: {header}\n\nHello.\n"
    assert ada("deliver", stdin=raw.encode()).code == 0
    assert ada("trace", header).code == 0


@pytest.mark.parametrize(
    "words",
    [
        "trace \udcff",
        "trace <\udcff@x.test>",
        "subscribe general \udcff@x.test",
        "held show \udcff",
        "people set \udcff --mode none",
    ],
)
def test_X3_a_word_that_is_no_text_is_no_traceback(ada: Command, words: str) -> None:
    answer = ada(*words.split())
    assert answer.code in (1, 2) and answer.err and "Traceback" not in answer.err


def test_D1_a_sender_that_is_no_text_lets_no_mail_bounce(ada: Command) -> None:
    assert ada("deliver", "-f", "\udcff@x.test", stdin=mail(1)).code in (0, 75)


def test_held_mails_are_listed_released_and_refused(ada: Command) -> None:
    for number in (1, 2):
        ada("deliver", stdin=mail(number, author="Zoe <zoe@else.example>"))
    held = rows(ada("held", "list", "--format", "jsonl").out)
    assert [row["outcome"] for row in held] == ["held", "held"] and held[0]["reason"]
    assert "posted" in ada("held", "release", "1").out
    assert ada("held", "refuse", "2", "--reason", "spam").code == 0
    again = ada("held", "refuse", "2", "7")
    assert again.code == 2 and len(again.err.splitlines()) == 2
    outcomes = [(row["outcome"], row["reason"]) for row in rows(ada("ledger", "--format", "jsonl").out)]
    assert outcomes[0][0] == "posted" and outcomes[1] == ("refused", "spam")


def test_held_mails_are_shown_by_list_and_their_senders_let_in(ada: Command) -> None:
    zoe = "Zoe <zoe@else.example>"
    ada("deliver", stdin=mail(1, author=zoe))
    ada("deliver", stdin=mail(2, author=zoe, to="repairs@forum.example"))
    (row,) = rows(ada("held", "list", "--list", "repairs", "--format", "jsonl").out)
    assert (row["id"], row["lists"], row["subject"]) == (2, ["repairs"], "Mail 2")
    assert ada("held", "list", "--list", "nowhere").code == 2
    shown = ada("held", "show", "1").out
    assert "> Words of mail 1." in shown and "Folded: signature" in shown and "not a member" in shown
    assert ada("held", "show", "9").code == 2
    assert ada("held", "release", "1", "--subscribe", "sometimes").code == 2
    assert "posted" in ada("held", "release", "1", "--subscribe", "none").out
    assert "posted" in ada("deliver", stdin=mail(3, author=zoe)).out
    reached = {letter["address"] for letter in rows(ada("queue", "--format", "jsonl").out)}
    assert "bo@post.example" in reached and "zoe@else.example" not in reached


def test_queue_and_stats(ada: Command) -> None:
    ada("deliver", stdin=mail(1))
    (letter,) = rows(ada("queue", "--format", "jsonl").out)
    assert (letter["address"], letter["state"]) == ("bo@post.example", "waiting")
    assert "bo@post.example" in ada("queue").out
    assert ada("queue", "--state", "lost").code == 2
    figures = json.loads(ada("stats", "--format", "jsonl").out)
    assert figures["lists"][0]["posts"] == 1 and figures["members"] == 2
    assert "posted\t1" in ada("stats").out


def test_clean_shows_words_parts_or_lines(command: Command, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("My words.\n\n-- \nSam\n")
    assert command("clean", "note.txt").out == "My words.\n"
    whole = json.loads(command("clean", "--json", "note.txt").out)
    assert whole["reply"] == "My words." and whole["parts"][-1]["folded"] and whole["parts"][-1]["reason"]
    cases = [
        {"id": "a", "kind": "text", "input": "Yes.\n\n> Well?\n"},
        {
            "id": "b",
            "kind": "html",
            "input": "<p>Yes <b>indeed</b></p>",
            "subject": "Re: x",
            "sender": "a@b.example",
        },
        {"id": "c", "kind": "eml", "input": base64.b64encode(mail(1)).decode()},
        {"id": "d", "kind": "odd", "input": ""},
    ]
    lines = "\n".join(json.dumps(case) for case in cases) + "\n{not json\n"
    answer = command("clean", "--jsonl", stdin=lines.encode())
    found = {row["id"]: row for row in rows(answer.out)}
    assert found["a"]["reply"] == "Yes." and found["b"]["reply"] == "Yes **indeed**"
    assert found["c"]["reply"].startswith("Words of mail 1.") and list(found["c"]) == [
        "id",
        "reply",
        "parts",
        "ms",
    ]
    assert "error" in found["d"] and "error" in found[None] and answer.code == 1
    assert all(list(part) == ["kind", "text"] for part in found["c"]["parts"])


def archive(path: Path, count: int) -> None:
    box = mailbox.mbox(path)
    for number in range(1, count + 1):
        box.add(mail(number, In_Reply_To=f"<m{number - 1}@post.example>"))
    box.flush()


def test_an_archive_goes_in_and_out_again(ada: Command, tmp_path: Path) -> None:
    archive(tmp_path / "old.mbox", 5)
    assert ada("import", "mbox", "old.mbox", "--list", "general").out == "5 mails: 5 posted\n"
    assert ada("import", "mbox", "old.mbox", "--list", "general").out == "5 mails: 5 there already\n"
    assert ada("queue").out == ""  # nobody is told of an archive
    posts = rows(ada("export").out)
    keys = "list thread title post parent author credit guest date message_id origin text html attachments folded"
    assert list(posts[0]) == keys.split()
    assert [post["parent"] for post in posts] == [None, 1, 2, 3, 4]
    assert "ada@post.example" not in ada("export").out
    assert rows(ada("export", "--addresses").out)[0]["address"] == "ada@post.example"
    assert (
        ada("export", "--thread", "7").err == "there is no thread 7\n"
        and ada("export", "--list", "no").code == 2
    )
    assert ada("export", "--format", "mbox", "--to", "new.mbox").code == 0
    kept = [mailbox.mboxMessage(one)["Message-ID"] for one in mailbox.mbox(tmp_path / "new.mbox")]
    assert kept == [f"<m{number}@post.example>" for number in range(1, 6)]
    other = "[site]\nname='B'\ndomain='b.example'\nurl='http://b.example'\ndata_dir='other'\n[[list]]\nname='old'\n"
    (tmp_path / "other.toml").write_text(other)
    ada("subscribe", "old", "ada@post.example", "--name", "Ada Lind", "-c", "other.toml")
    assert ada("import", "mbox", "new.mbox", "--list", "old", "-c", "other.toml").out == "5 mails: 5 posted\n"
    again = rows(ada("export", "-c", "other.toml").out)
    same = ("title", "parent", "author", "date", "message_id", "text")
    assert [[post[key] for key in same] for post in again] == [[post[key] for key in same] for post in posts]


def test_raw_mails_come_out_byte_for_byte(ada: Command, tmp_path: Path) -> None:
    content = mail(1).replace(b"\n", b"\r\n") + b"caf\xe9 \x00\r\n"
    ada("deliver", "-f", "ada@post.example", "-r", "general@forum.example", stdin=content)
    assert ada("export", "--format", "eml", "--to", "raw").code == 0
    assert (tmp_path / "raw" / "1.eml").read_bytes() == content
    assert ada("export", "--format", "eml").code == 2


def test_a_maildir_comes_in(ada: Command, tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "Maildir")
    box.add(mail(1))
    assert ada("import", "maildir", "Maildir", "--list", "general").out == "1 mails: 1 posted\n"
    assert ada("import", "maildir", ".", "--list", "general").code == 2
    assert ada("import", "mbox", "Maildir", "--list", "general").code == 2


def test_a_stranger_cannot_steer_the_terminal(ada: Command) -> None:
    ada("deliver", stdin=mail(1, author="Ada Lind <ada@post.example>", Subject="\x1b[31mred\x1b[0m"))
    assert "\x1b" not in ada("trace", "1").out + ada("ledger").out


WITH_PICTURE = """From: Ada Lind <ada@post.example>
To: general@forum.example
Subject: =?utf-8?q?Caf=C3=A9_=3D=3Futf-8=3Fq=3Fx=3D0d=3D0aBcc=3A_victim=40x.example=3F=3D?=
Message-ID: <p@post.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b

From me, with a picture.

--b
Content-Type: image/png; name=a.png
Content-Disposition: attachment; filename=a.png

PNG
--b--
"""


def test_a_post_whose_mail_is_gone_is_composed_anew(ada: Command, tmp_path: Path) -> None:
    ada("deliver", stdin=WITH_PICTURE.encode())
    before = rows(ada("export").out)
    store = Store.open(tmp_path / "data" / "threadbridge.db")
    store.write(lambda tx: tx.connection.execute("update ledger set raw = null"))
    store.close()
    assert ada("export", "--format", "eml", "--to", "raw").out.startswith("0 mails")
    ada("export", "--format", "mbox", "--to", "new.mbox")
    (written,) = mailbox.mbox(tmp_path / "new.mbox")
    assert "Bcc" not in written and written["Message-ID"] == "<p@post.example>"
    assert [part.get_content_type() for part in written.walk() if not part.is_multipart()] == [
        "text/plain", "text/html", "image/png",
    ]  # fmt: skip
    assert before[0]["attachments"][0]["name"] == "a.png"


def test_a_terminal_gets_tables_and_colours(ada: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    ada("deliver", stdin=mail(1))
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    for words in (["ledger"], ["trace", "1"], ["queue"], ["people", "list"]):
        answer = ada(*words)
        assert answer.code == 0 and "post.example" in answer.out, words
    assert "message id" in ada("ledger").out
    monkeypatch.setenv("COLUMNS", "80")
    narrow = re.sub(r"\x1b\[[0-9;]*m", "", ada("ledger").out)
    assert "message id" not in narrow and max(map(len, narrow.splitlines())) <= 80
    assert "Mails that came in" in ada("stats").out
    assert "nothing" in ada("held", "list").out
    assert "folded signature" in ada("clean", stdin=mail(1)).out


def test_D6_a_damaged_page_is_one_line_whatever_is_asked(ada: Command, tmp_path: Path) -> None:
    for number in range(1, 4):
        ada("deliver", stdin=mail(number))
    database = tmp_path / "data" / "threadbridge.db"
    whole = database.read_bytes()
    told = []
    for at in range(4096, len(whole), len(whole) // 12 // 4096 * 4096):
        database.write_bytes(whole[:at] + b"\xff" * 4096 + whole[at + 4096 :])
        for words in (("ledger",), ("people", "list")):
            answer = ada(*words)
            assert answer.code in (0, 2) and "Traceback" not in answer.err
            told.append(answer.code and answer.err)
        for left in ("-wal", "-shm"):
            (tmp_path / "data" / f"threadbridge.db{left}").unlink(missing_ok=True)
    assert any("restore a backup" in each for each in told if each)
