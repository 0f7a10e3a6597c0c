"""Files within a text: taken out where they are whole, left where they are not; in one pass."""

from __future__ import annotations

import binascii
import random
import zlib

import pytest

from bridge.mail.enclosed import FILES, taken_out
from bridge.mail.parse import parse
from tests.guard import soon

CONTENT = bytes(range(256)) * 9 + b"end"
HEAD = (
    b"From: Ada <ada@members.example>\r\nSubject: Jam\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
)


def uuencoded(content: bytes, name: bytes = b"plan.png", *, backtick: bool = True) -> bytes:
    lines = [binascii.b2a_uu(content[at : at + 45], backtick=backtick) for at in range(0, len(content), 45)]
    return b"begin 644 " + name + b"\n" + b"".join(lines) + (b"`" if backtick else b" ") + b"\nend\n"


def yencoded(content: bytes, name: bytes = b"plan.png", part: int = 0) -> bytes:
    values = [(byte + 42) % 256 for byte in content]
    coded = [bytes([61, (v + 64) % 256]) if v in (0, 10, 13, 61) else bytes([v]) for v in values]
    lines = [b"".join(coded[at : at + 128]) for at in range(0, len(coded), 128)]
    number = b"part=%d total=3 " % part if part else b""
    head = [b"=ybegin %sline=128 size=%d name=%s" % (number, len(content), name)]
    head += [b"=ypart begin=1 end=%d" % len(content)] if part else []
    tail = b"=yend size=%d %scrc32=%08x" % (len(content), b"part=1 p" if part else b"", zlib.crc32(content))
    return b"\n".join([*head, *lines, tail]) + b"\n"


FORMS = {
    "uuencode": uuencoded(CONTENT),
    "uuencode with blanks": uuencoded(CONTENT, backtick=False),
    "uuencode whose blanks were cut": b"\n".join(
        line.rstrip(b" ") for line in uuencoded(CONTENT, backtick=False).split(b"\n")
    ),
    "yEnc": yencoded(CONTENT),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_a_file_within_a_text_is_an_attachment(form: str, ends: bytes) -> None:
    body = b"Gr\xfc\xdfe!\n\n" + FORMS[form] + b"\nSee you"
    message = parse(HEAD + body.replace(b"\n", ends))
    assert (message.text or "").split() == ["Grüße!", "See", "you"]
    assert [(a.name, a.type, a.content) for a in message.attachments] == [("plan.png", "image/png", CONTENT)]


def test_several_files_and_a_part_of_one() -> None:
    files, rest = taken_out(uuencoded(b"one", b"a b.txt") + b"between\n" + yencoded(b"two", b"c.bin", part=2))
    assert [(file.name, file.content) for file in files] == [(b"a b.txt", b"one"), (b"c.bin.002", b"two")]
    assert rest == b"between\n"


WHOLE, WHOLE_Y = uuencoded(CONTENT), yencoded(CONTENT)
LEFT = {
    "no end": WHOLE[:-4],
    "cut": WHOLE[:200] + b"\nend\n",
    "quoted": b"".join(b"> " + line + b"\n" for line in WHOLE.splitlines()),
    "words between": WHOLE.replace(b"\n`", b"\nand so on\n`"),
    "no bytes": b"begin 644 x\n`\nend\n",
    "prose": b"begin 644 times\nand then you come to an\nend\nof it",
    "a page of code": b"begin 755 here\n  x := 1;\n\nend\n",
    "yEnc of another size": WHOLE_Y.replace(b"=yend size=", b"=yend size=1"),
    "yEnc that was changed": WHOLE_Y.replace(b"abc", b"abd"),
    "yEnc without an end": WHOLE_Y[: WHOLE_Y.index(b"=yend")] + b"\nend",
}


@pytest.mark.parametrize("form", LEFT)
def test_C9_what_is_no_whole_file_stays_in_the_text(form: str) -> None:
    text = b"Hello\n" + LEFT[form] + b"\nor:\nend\n=yend \n"
    assert taken_out(text) == ([], text)


def test_C5_the_name_is_made_safe() -> None:
    message = parse(HEAD + b"See\n" + uuencoded(b"x", b"../../etc/.cron\x07d"))
    assert [a.name for a in message.attachments] == ["crond"]


def test_a_text_holds_so_many_files_and_no_more() -> None:
    files, rest = taken_out(uuencoded(b"x") * (FILES + 3))
    assert (len(files), rest.count(b"begin 644")) == (FILES, 3)


def test_R3_one_pass() -> None:
    full = b"M" + b"A" * 60 + b"\n"
    for shape in (
        b"begin 644 x\n",
        b"begin 644 x\n" + full,
        b"=ybegin line=1 size=1 name=x\n",
        full,
        b" \n",
        b"end\n",
    ):
        text = b"begin 644 x\n" + shape * (2_000_000 // len(shape)) + b"\nend\n=yend "
        with soon():
            taken_out(text)


def test_R1_damaged_files_raise_nothing() -> None:
    dice = random.Random(7)
    for whole in (WHOLE, WHOLE_Y):
        for _ in range(300):
            damaged = bytearray(whole)
            for _ in range(dice.randint(1, 4)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            text = bytes(damaged)
            files, rest = taken_out(text)
            assert files or rest == text
