"""S2, S4, S5, S8, S9, S10 and D8: who is let in, and what the door answers."""

from __future__ import annotations

import asyncio
import errno
import ssl
import subprocess
from pathlib import Path

import pytest

from bridge.errors import Permanent, Temporary
from bridge.intake.smtp import Tls

from .doors import MAIL, OURS, Mailroom, open_door

OTHERS = [
    "someone@elsewhere.example",
    "someone%elsewhere.example@forum.example",
    "elsewhere.example!someone@forum.example",
    '"someone@elsewhere.example"@forum.example',
    "@forum.example:someone@elsewhere.example",
    "@a.example,@forum.example:someone@elsewhere.example",
    "general@forum.example@elsewhere.example",
    "someone@elsewhere.example@forum.example",
    "general@forum.example%elsewhere.example",
    "general@[127.0.0.1]",
    "|/bin/sh@forum.example",
    "../../etc/passwd@forum.example",
    "/var/mail/root@forum.example",
    "general",
    "",
    "general@",
    "@forum.example",
    '"',
    "@",
    "general @forum.example",
    "general@forum.example.",
    "general@forum..example",
    "g\u00e9n\u00e9ral@forum.example",
    "x" * 300 + "@forum.example",
]


@pytest.mark.parametrize("address", OTHERS, ids=repr)
async def test_S2_only_own_addresses_are_let_in(address: str) -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.say("EHLO home.example")
        await client.say("MAIL FROM:<ann@home.example>")
        assert (await client.say(f"RCPT TO:<{address}>"))[:3] in ("550", "553")
        assert (await client.say("DATA")).startswith("503 5.5.1")
    assert room.kept == []


@pytest.mark.parametrize(
    "argument",
    [
        "",
        "TO",
        "TO:",
        "TO:<",
        "TO:<<general@forum.example>",
        "TO:general@forum.example",
        "FROM:<a@b.example>",
        "TO:<general@forum.example>x",
        "TO:<general@forum.example> =",
        "TO:<general@forum.example> NOTIFY=NEVER",
    ],
    ids=repr,
)
async def test_S2_a_recipient_that_cannot_be_read_is_refused(argument: str) -> None:
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        await client.say("EHLO home.example")
        await client.say("MAIL FROM:<ann@home.example>")
        assert (await client.say(f"RCPT {argument}"))[:3] in ("501", "555")


@pytest.mark.parametrize(
    "argument", ["<", "<@", '<"', "<>>", "<a@b>c", "<a b@c.example>", "<@x:a@b.example>"]
)
async def test_S8_a_sender_that_cannot_be_read_is_refused_without_an_inner_text(argument: str) -> None:
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        await client.say("EHLO home.example")
        reply = await client.say(f"MAIL FROM:{argument}")
        assert reply[:3] in ("501", "553")
        assert "Error" not in reply


async def test_S4_lmtp_answers_once_for_each_recipient() -> None:
    full = Temporary("the mailbox is full", code=452, status="4.2.2")
    room = Mailroom(answers=(None, full, Permanent("moved away", code=550, status="5.1.6")))
    async with open_door(room, lmtp=True) as (_, knock):
        client = await knock()
        await client.begin(*OURS, hello="LHLO")
        await client.send(MAIL + b".\r\nNOOP\r\n")
        replies = [await client.reply() for _ in range(4)]
    assert [reply[:9] for reply in replies] == ["250 2.0.0", "452 4.2.2", "550 5.1.6", "250 2.0.0"]


async def test_S4_lmtp_counts_replies_by_accepted_rcpt_commands() -> None:
    room = Mailroom()
    async with open_door(room, lmtp=True) as (_, knock):
        client = await knock()
        await client.say("LHLO home.example")
        await client.say("MAIL FROM:<>")
        for address in (OURS[0], "nobody@forum.example", OURS[1], OURS[0]):
            await client.say(f"RCPT TO:<{address}>")
        await client.say("DATA")
        await client.send(MAIL + b".\r\nQUIT\r\n")
        replies = [await client.reply() for _ in range(4)]
    assert [reply[:3] for reply in replies] == ["250", "250", "250", "221"]
    assert room.kept[0].envelope.recipients == OURS[:2]
    assert room.kept[0].via == "lmtp"


@pytest.mark.parametrize(
    ("content", "fault", "code"),
    [(MAIL, RuntimeError("secret"), "451 4.3.0"), (MAIL + b"\n", None, "550 5.6.11")],
    ids=["a fault of ours", "bare LF"],
)
async def test_S4_lmtp_answers_each_recipient_in_trouble_too(
    content: bytes, fault: Exception | None, code: str
) -> None:
    async with open_door(Mailroom(fault=fault), lmtp=True) as (_, knock):
        client = await knock()
        await client.begin(*OURS, hello="LHLO")
        await client.send(content + b"\r\n.\r\n")
        replies = [await client.reply() for _ in OURS]
        assert all(reply.startswith(code) for reply in replies)
        assert (await client.say("NOOP")).startswith("250")


async def test_S4_lmtp_knows_no_helo_and_smtp_no_lhlo() -> None:
    async with open_door(Mailroom(), lmtp=True) as (_, knock):
        client = await knock()
        assert (await client.say("EHLO home.example")).startswith("500 5.5.1")
        assert "250-PIPELINING" in await client.say("LHLO home.example")
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        assert (await client.say("LHLO home.example")).startswith("500 5.5.1")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ((None, None), "250"),
        ((Permanent("no"), None), "550"),
        ((Permanent("no"), Temporary("later")), "451"),
        ((None,), "451"),
    ],
)
async def test_S4_smtp_answers_once_for_all(
    answers: tuple[Permanent | Temporary | None, ...], code: str
) -> None:
    async with open_door(Mailroom(answers=answers)) as (_, knock):
        client = await knock()
        await client.begin(*OURS[:2])
        assert (await client.say(MAIL + b".")).startswith(code)


@pytest.mark.parametrize(
    ("fault", "reply"),
    [
        (RuntimeError("secret path /var/lib"), "451 4.3.0 "),
        (OSError(errno.ENOSPC, "No space left on device", "/var/lib/x"), "452 4.3.1 "),
        (ConnectionResetError("the database went away"), "451 4.3.0 "),
        (TimeoutError("locked"), "451 4.3.0 "),
        (Permanent("a loop", code=554, status="5.4.6"), "554 5.4.6 a loop"),
        (Temporary("two\r\nlines \u00e9"), "451 4.3.0 two??lines ?"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_S8_trouble_of_ours_is_4xx_and_says_nothing_of_itself(fault: Exception, reply: str) -> None:
    room = Mailroom(fault=fault)
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.begin()
        answer = await client.say(MAIL + b".")
        assert answer.startswith(reply)
        assert not {"secret", "/var/lib", "database", "locked"} & set(answer.split())
        room.fault = None
        await client.begin()
        assert (await client.say(MAIL + b".")).startswith("250 2.0.0")


async def test_S8_trouble_at_rcpt_is_4xx() -> None:
    async with open_door(Mailroom(admit_fault=OSError("secret"))) as (_, knock):
        client = await knock()
        await client.say("EHLO home.example")
        await client.say("MAIL FROM:<ann@home.example>")
        assert await client.say(f"RCPT TO:<{OURS[0]}>") == "451 4.3.0 trouble on our side, try again later"


async def test_S8_every_reply_has_an_enhanced_code() -> None:
    commands = [
        "NOOP",
        "RSET",
        "VRFY ann",
        "HELP",
        "EXPN x",
        "AUTH PLAIN",
        "BDAT 5",
        "STARTTLS",
        "DATA",
        "RCPT",
        "MAIL",
    ]
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        for command in commands:
            code, enhanced, *_ = (await client.say(command)).split(" ")
            assert enhanced.startswith(code[0] + ".") and enhanced.count(".") == 2, command


@pytest.mark.parametrize(
    "junk",
    [
        b"POST / HTTP/1.1\r\nHost: forum.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n",
        b"\x00\x01\x02\xff\r\n",
        b"SSH-2.0-Client\r\n",
        b"x" * 90_000,
        b"From: ann@home.example\r\nSubject: a mail\r\n\r\n",
        b"BREW /pot HTTP/1.1\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1 25\r\n",
        b" EHLO home.example\r\n",
    ],
    ids=repr,
)
async def test_S9_other_protocols_are_sent_away(junk: bytes) -> None:
    room = Mailroom()
    mail = b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<general@forum.example>\r\nDATA\r\n\r\nx\r\n.\r\n"
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.send(junk + mail)
        assert (await client.reply())[:3] == "521"
        assert await client.ended()
    assert room.asked == [] and room.kept == []


@pytest.mark.parametrize("hello", [b"\x16\x03\x01\x00\xee\x01", b"\x80", b" ", b"{"], ids=repr)
async def test_S9_bytes_that_begin_no_command_are_not_waited_on(hello: bytes) -> None:
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        await client.send(hello)
        assert (await client.reply()).startswith("521 5.5.1")
        assert await client.ended()


async def test_S10_the_null_sender_and_postmaster_are_let_in() -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.begin("postmaster", '"general"@forum.example', sender="")
        assert (await client.say(MAIL + b".")).startswith("250")
    envelope = room.kept[0].envelope
    assert (envelope.sender, envelope.recipients) == (
        "",
        ("postmaster@forum.example", "general@forum.example"),
    )


async def test_S10_smtputf8_is_honest() -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        assert "SMTPUTF8" in await client.say("EHLO home.example")
        assert (await client.say("MAIL FROM:<j\u00f6rg@b\u00fccher.example>")).startswith("553 5.6.7")
        assert (await client.say(b"MAIL FROM:<j\xf6rg@home.example> SMTPUTF8")).startswith("553 5.6.7")
        good = "MAIL FROM:<j\u00f6rg@b\u00fccher.example> BODY=8BITMIME SMTPUTF8 SIZE=100"
        assert (await client.say(good)).startswith("250")
        assert (await client.say("RCPT TO:<g\u00e9n\u00e9ral@forum.example>")).startswith("550 5.1.1")
        await client.say(f"RCPT TO:<{OURS[0]}>")
        await client.say("DATA")
        assert (await client.say("Subject: Gr\u00fc\u00dfe\r\n\r\n\u2713\r\n.")).startswith("250")
    assert room.kept[0].envelope.sender == "j\u00f6rg@b\u00fccher.example"
    assert room.kept[0].envelope.content.decode().endswith("\u2713\r\n")


@pytest.mark.parametrize("mark", "\u0085\u00a0\u2028\u2029\u202e\u2066")
async def test_S10_no_address_holds_line_ends_or_marks_that_nobody_sees(mark: str) -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        await client.say("EHLO home.example")
        assert (await client.say(f"MAIL FROM:<j{mark}org@home.example> SMTPUTF8")).startswith("553 5.1.7")
        assert (await client.say("MAIL FROM:<j\u00f6rg@home.example> SMTPUTF8")).startswith("250")
        assert (await client.say(f"RCPT TO:<general{mark}@forum.example>")).startswith("553 5.1.7")


async def test_a_pipelined_conversation_is_answered_in_order() -> None:
    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        head = b"EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<no@forum.example>\r\n"
        head += b"RCPT TO:<general@forum.example>\r\nDATA\r\n"
        await client.send(head + MAIL + b".\r\nMAIL FROM:<>\r\nQUIT\r\n")
        client.writer.write_eof()
        codes = [(await client.reply())[:3] for _ in range(8)]
    assert codes == ["250", "250", "550", "250", "354", "250", "250", "221"]
    assert len(room.kept) == 1


async def test_an_empty_line_after_a_mail_is_forgiven() -> None:
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        await client.begin()
        assert (await client.say(MAIL + b".")).startswith("250")
        assert (await client.say("")).startswith("500 5.5.2")
        await client.begin()


async def test_commands_out_of_order_are_refused() -> None:
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        assert (await client.say("MAIL FROM:<a@b.example>")).startswith("503")
        await client.say("EHLO x")
        assert (await client.say("RCPT TO:<general@forum.example>")).startswith("503")
        assert (await client.say("DATA")).startswith("503")
        await client.say("MAIL FROM:<>")
        assert (await client.say("MAIL FROM:<a@b.example>")).startswith("503")
        await client.say("RSET")
        assert (await client.say("RCPT TO:<general@forum.example>")).startswith("503")
        assert (await client.say("DATA now")).startswith("501")


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    folder: Path = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    make += ["-days", "2", "-subj", "/CN=forum.example", "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run(make, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    return Tls(certificate, key)


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


async def test_S5_starttls_forgets_what_came_in_the_clear(tls: Tls) -> None:
    room = Mailroom()
    async with open_door(room, tls=tls) as (_, knock):
        client = await knock()
        assert "250 STARTTLS" in await client.say("EHLO home.example")
        await client.say("MAIL FROM:<before@home.example>")
        await client.send(b"STARTTLS\r\nEHLO injected\r\nMAIL FROM:<injected@evil.example>\r\n")
        assert (await client.reply()).startswith("220 2.0.0")
        await client.writer.start_tls(trusting(), server_hostname="forum.example")
        assert (await client.say("MAIL FROM:<a@b.example>")).startswith("503")
        assert "STARTTLS" not in await client.say("EHLO home.example")
        assert (await client.say("RCPT TO:<general@forum.example>")).startswith("503")
        await client.begin()
        mail = MAIL + b"line\r\n" * 50_000
        assert (await client.say(mail + b".")).startswith("250")
        assert (await client.say("STARTTLS")).startswith("502")
        assert (await client.say("QUIT")).startswith("221")
        assert await client.ended()
    assert [(arrival.envelope.sender, arrival.envelope.content) for arrival in room.kept] == [
        ("ann@home.example", mail)
    ]


async def test_S5_tls_may_be_required(tls: Tls) -> None:
    async with open_door(Mailroom(), tls=Tls(tls.certificate, tls.key, required=True)) as (_, knock):
        client = await knock()
        await client.say("EHLO home.example")
        assert (await client.say("MAIL FROM:<a@b.example>")).startswith("530 5.7.0")


async def test_S5_a_failed_handshake_ends_the_conversation(tls: Tls) -> None:
    async with open_door(Mailroom(), tls=tls) as (_, knock):
        client = await knock()
        await client.say("EHLO home.example")
        await client.say("STARTTLS")
        await client.send(b"MAIL FROM:<injected@evil.example>\r\n")
        assert await client.ended()


async def test_D8_a_door_that_closes_lets_the_mail_under_way_come_in() -> None:
    room = Mailroom(gate=asyncio.Event())
    async with open_door(room) as (door, knock):
        busy, idle, writing = await knock(), await knock(), await knock()
        await busy.begin()
        await busy.send(MAIL + b".\r\n")
        await writing.begin()
        await room.entered.wait()
        stopping = asyncio.create_task(door.stop(5))
        assert (await idle.reply()).startswith("421 4.3.2")
        assert room.gate
        room.gate.set()
        assert (await busy.reply()).startswith("250")
        assert (await busy.reply()).startswith("421 4.3.2")
        assert (await writing.say(MAIL + b".")).startswith("250")
        await asyncio.wait_for(stopping, 30)
        with pytest.raises(OSError):
            await knock()
    assert len(room.kept) == 2


def test_the_door_stands_on_uvloop_too(tls: Tls) -> None:
    uvloop = pytest.importorskip("uvloop")

    async def both() -> None:
        await test_S5_starttls_forgets_what_came_in_the_clear(tls)
        await test_a_pipelined_conversation_is_answered_in_order()
        await test_D8_a_door_that_closes_lets_the_mail_under_way_come_in()

    uvloop.run(both())
