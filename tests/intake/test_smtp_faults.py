"""S8: whatever breaks inside is told as 4xx without its text, keeps nothing that was not told 250, and ends soon."""

from __future__ import annotations

import errno

import pytest

from bridge.intake import conversation, desk
from bridge.intake.content import Content
from bridge.intake.conversation import Conversation
from bridge.intake.wire import Wire

from .doors import MAIL, OURS, Mailroom, open_door

FAULTS = [
    RuntimeError("secret /var/lib/x"),
    OSError(errno.ENOSPC, "No space left on device", "/var/lib/x"),
    OSError(errno.EIO, "Input/output error", "/var/lib/x"),
    MemoryError("secret"),
    KeyError("secret"),
    UnicodeDecodeError("utf-8", b"secret", 0, 1, "secret"),
    RecursionError("secret"),
    TimeoutError("secret"),
]
STAGES = [
    (conversation, "mail_path"),
    (conversation, "check_mail_parameters"),
    (conversation, "recipient_path"),
    (conversation, "one_answer"),
    (conversation, "Content"),
    (conversation, "Share"),
    (conversation, "Arrival"),
    (conversation, "Envelope"),
    (desk, "_network"),
    (desk.Desk, "check_room"),
    (desk.Desk, "let_in"),
    (desk.Desk, "keep"),
    (desk.Desk, "_keep"),
    (desk.Desk, "reserve"),
    (Content, "feed"),
    (Content, "take"),
    (Content, "_settle"),
    (Wire, "content"),
    (Conversation, "_reset"),
    (Conversation, "_count"),
    (Conversation, "_obey"),
]
LINES = (
    b"EHLO home.example",
    b"MAIL FROM:<ann@home.example>",
    b"RCPT TO:<" + OURS[0].encode() + b">",
    b"DATA",
    MAIL + b"MAIL FROM:<x@evil.example>\r\nRCPT TO:<general@forum.example>\r\nDATA\r\nQUIT\r\n.",
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
@pytest.mark.parametrize(("place", "name"), STAGES, ids=lambda value: value if isinstance(value, str) else "")
async def test_S8_a_fault_at_any_stage_is_for_now_and_says_nothing(
    monkeypatch: pytest.MonkeyPatch, place: object, name: str, fault: Exception
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    room = Mailroom()
    async with open_door(room) as (_, knock):
        client = await knock()
        replies = []
        with monkeypatch.context() as patched:
            patched.setattr(place, name, broken)
            for line in LINES:
                reply = await client.say(line)
                replies.append(reply)
                if not reply or reply.startswith("421"):
                    break
                if line == LINES[3] and not reply.startswith("354"):
                    break
        assert not any("secret" in reply or "/var" in reply or "Error" in reply for reply in replies)
        answered = [reply for reply in replies if reply]
        assert all(reply[0] in "234" or reply.startswith("503") for reply in answered), replies
        # What broke after it was kept brings the mail once more, and its Message-ID tells that it is the same.
        assert sum(reply.startswith("250 2.0.0 kept") for reply in replies) <= len(room.kept) <= 1
        good = await knock()
        await good.begin()
        assert (await good.say(MAIL + b".")).startswith("250 2.0.0")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_S8_a_fault_of_the_mailroom_is_told_as_4xx_for_each(fault: Exception) -> None:
    room = Mailroom(fault=fault)
    async with open_door(room, lmtp=True) as (_, knock):
        client = await knock()
        await client.begin(*OURS, hello="LHLO")
        replies = [await client.say(MAIL + b"."), await client.reply(), await client.reply()]
        full = isinstance(fault, OSError) and fault.errno == errno.ENOSPC
        assert {reply[:9] for reply in replies} == {"452 4.3.1" if full else "451 4.3.0"}
        room.fault, room.admit_fault = None, fault
        await client.say("MAIL FROM:<ann@home.example>")
        assert (await client.say(f"RCPT TO:<{OURS[0]}>")).startswith("452 4.3.1" if full else "451 4.3.0")
        room.admit_fault = None
        assert (await client.say(f"RCPT TO:<{OURS[0]}>")).startswith("250")
