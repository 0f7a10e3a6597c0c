"""S7 and R4: each limit of the door, from outside."""

from __future__ import annotations

import asyncio
from ipaddress import ip_network

from bridge.intake.desk import _network
from bridge.intake.guesses import PEERS, Guesses
from bridge.intake.smtp import Limits

from .doors import MAIL, OURS, Knock, Mailroom, open_door


async def test_S7_a_mail_announced_too_big_is_refused_at_once() -> None:
    async with open_door(Mailroom(), limits=Limits(size=1000)) as (_, knock):
        client = await knock()
        assert "250-SIZE 1000" in await client.say("EHLO x")
        assert (await client.say("MAIL FROM:<a@b.example> SIZE=1001")).startswith("552 5.3.4")
        assert (await client.say("MAIL FROM:<a@b.example> SIZE=x")).startswith("501")
        assert (await client.say("MAIL FROM:<a@b.example> SIZE=1000")).startswith("250")


async def test_S7_a_mail_that_grows_too_big_is_refused() -> None:
    room = Mailroom()
    async with open_door(room, limits=Limits(size=1000)) as (_, knock):
        client = await knock()
        await client.begin()
        assert (await client.say(MAIL + b"x" * 200_000 + b"\r\n.")).startswith("552 5.3.4")
        await client.begin()
        assert (await client.say(b"x" * 998 + b"\r\n.")).startswith("250")
        await client.begin()
        assert (await client.say(b"x" * 999 + b"\r\n.")).startswith("552 5.3.4")
    assert len(room.kept) == 1


async def test_S7_too_many_recipients_are_for_later() -> None:
    async with open_door(Mailroom(), limits=Limits(recipients=3, errors=2)) as (_, knock):
        client = await knock()
        await client.say("EHLO x")
        await client.say("MAIL FROM:<a@b.example>")
        replies = [await client.say(f"RCPT TO:<{OURS[0]}>") for _ in range(8)]
    assert [reply[:9] for reply in replies] == ["250 2.1.5"] * 3 + ["452 4.5.3"] * 5


async def test_S7_twenty_errors_end_the_conversation() -> None:
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        replies = [await client.say("NONSENSE") for _ in range(19)]
        assert all(reply.startswith("500 5.5.1") for reply in replies)
        await client.say("NONSENSE")
        assert (await client.reply()).startswith("421 4.7.0")
        assert await client.ended()


async def test_S7_a_hundred_idle_commands_end_the_conversation() -> None:
    async with open_door(Mailroom()) as (_, knock):
        client = await knock()
        await client.send(b"NOOP\r\n" * 101)
        replies = [await client.reply() for _ in range(101)]
        assert replies[99].startswith("250") and replies[100].startswith("421 4.7.0")
        assert await client.ended()


async def test_S7_an_honest_client_may_send_many_mails() -> None:
    room = Mailroom()
    async with open_door(room, limits=Limits(commands=12, junk=4, errors=4)) as (_, knock):
        client = await knock()
        for _ in range(20):
            await client.say("RSET")
            await client.begin()
            await client.say(MAIL + b".")
    assert len(room.kept) == 20


async def test_R4_connections_are_capped() -> None:
    async with open_door(Mailroom(), limits=Limits(connections=2)) as (door, knock):
        first, _ = await knock(), await knock()
        assert door.connections == 2
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        assert (await reader.read()).startswith(b"421 4.7.0")
        writer.close()
        await first.say("QUIT")
        assert await first.ended()
        await knock()


def test_R4_a_peer_is_an_ipv4_address_or_an_ipv6_network_but_not_this_machine() -> None:
    relays = Limits().relays
    assert _network("192.0.2.7", relays) == _network("::ffff:192.0.2.7", relays) == "192.0.2.7"
    assert _network("2001:db8::1", relays) == _network("2001:db8::ffff%eth0", relays) == "2001:db8::/64"
    assert _network("127.0.0.1", relays) == _network("::1", relays) == _network("", relays) == ""
    assert _network("192.0.2.7", (ip_network("192.0.2.0/24"),)) == ""


async def test_R4_one_peer_has_a_cap() -> None:
    async with open_door(Mailroom(), limits=Limits(per_address=1, relays=())) as (door, knock):
        client = await knock()
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        assert (await reader.read()).startswith(b"421 4.7.0")
        writer.close()
        await client.say("QUIT")
        assert await client.ended()
        await knock()


async def test_R4_silence_ends_the_conversation() -> None:
    async with open_door(Mailroom(), limits=Limits(command_seconds=0.05)) as (_, knock):
        silent, dripping, writing = await knock(), await knock(), await knock()
        await writing.begin()
        await dripping.send(b"N", b"O", b"O")
        for client in (silent, dripping, writing):
            assert (await client.reply()).startswith("421 4.4.2")
            assert await client.ended()


async def test_R4_the_whole_conversation_has_an_end() -> None:
    async with open_door(Mailroom(), limits=Limits(session_seconds=0.1)) as (_, knock):
        client = await knock()
        replies = [await client.say("NOOP")]
        while replies[-1]:
            replies.append(await client.say("NOOP"))
            if replies[-1].startswith("421"):
                break
        assert replies[-1].startswith("421")
        assert await client.ended()


async def test_R5_mails_under_way_share_a_bound() -> None:
    room = Mailroom()
    async with open_door(room, limits=Limits(pending=150_000)) as (_, knock):
        first, second = await knock(), await knock()
        await first.begin()
        await first.send(MAIL + b"x" * 100_000, b"")
        await second.begin()
        assert (await second.say(MAIL + b"y" * 100_000 + b"\r\n.")).startswith("452 4.3.1")
        assert (await second.say("MAIL FROM:<a@b.example> SIZE=100000")).startswith("452 4.3.1")
        assert (await first.say(b"\r\n.")).startswith("250")
        await second.begin()
        assert (await second.say(MAIL + b"y" * 100_000 + b"\r\n.")).startswith("250")
    assert len(room.kept) == 2


async def _guess(knock: Knock, times: int) -> list[str]:
    client = await knock()
    await client.say("EHLO x")
    await client.say("MAIL FROM:<a@b.example>")
    return [(await client.say(f"RCPT TO:<reply+{n:032}@forum.example>"))[:9] for n in range(times)]


async def test_A1_who_guesses_addresses_has_to_wait_over_all_sessions() -> None:
    room = Mailroom()
    async with open_door(room, limits=Limits(guesses=25, relays=())) as (door, knock):
        assert await _guess(knock, 15) == ["550 5.1.1"] * 15
        assert await _guess(knock, 13) == ["550 5.1.1"] * 11 + ["450 4.7.1"] * 2
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        assert (await reader.read()).startswith(b"421 4.7.0 too many unknown recipients")
        writer.close()
    assert len(room.asked) == 26


async def test_A1_a_relay_of_ours_may_pass_on_what_others_guess() -> None:
    async with open_door(Mailroom(), limits=Limits(guesses=5)) as (_, knock):
        for _ in range(3):
            assert await _guess(knock, 19) == ["550 5.1.1"] * 19
        client = await knock()
        await client.begin()


def test_A1_guesses_are_forgotten_with_time_and_bounded() -> None:
    guesses = Guesses(3)
    for _ in range(8):
        guesses.wrong("192.0.2.7", 0.0)
    assert guesses.barred("192.0.2.7", 600.0) and not guesses.barred("192.0.2.8", 0.0)
    assert not guesses.barred("192.0.2.7", 1200.0)
    for n in range(PEERS + 5):
        guesses.wrong(str(n), 0.0)
    assert len(guesses._counts) == PEERS
