"""R2 at the door: while reading is far behind, mails are kept in turn, and none is refused or waits for ever."""

from __future__ import annotations

import asyncio

from bridge.intake.turns import Turns

from .doors import MAIL, Client, Knock, Mailroom, open_door


async def handed_in(knock: Knock) -> Client:
    """A client whose whole mail is at the door."""
    client = await knock()
    await client.begin()
    await client.send(MAIL + b".\r\n")
    return client


async def test_R2_a_mail_is_kept_when_there_is_room_for_it() -> None:
    room = Mailroom(behind=True)
    async with open_door(room) as (_, knock):
        client = await handed_in(knock)
        other = await knock()
        assert (await other.say("NOOP")).startswith("250")  # nobody else is held up
        assert not room.kept
        room.behind = False
        assert (await client.reply()).startswith("250 2.0.0")
    assert len(room.kept) == 1


async def test_R2_who_goes_while_he_waits_has_left_nothing() -> None:
    room = Mailroom(behind=True)
    async with open_door(room) as (door, knock):
        client = await handed_in(knock)
        client.reset()
        while door.connections:  # noqa: ASYNC110 - the door tells nobody
            await asyncio.sleep(0.001)
        room.behind = False
        later = await handed_in(knock)
        assert (await later.reply()).startswith("250 2.0.0")
    assert len(room.kept) == 1


async def test_R2_a_door_that_closes_keeps_what_waits() -> None:
    room = Mailroom(behind=True)
    async with open_door(room) as (door, knock):
        client = await handed_in(knock)
        stopping = asyncio.create_task(door.stop(5))
        assert (await client.reply()).startswith("250 2.0.0")
        await stopping
    assert len(room.kept) == 1


async def test_R2_all_have_their_turn_in_their_order() -> None:
    ahead, most, went = 0, 0, list[int]()
    turns = Turns(lambda: ahead > 0)

    async def hand_in(number: int) -> None:
        nonlocal ahead, most
        async with turns.turn():
            ahead += 1
            most = max(most, ahead)
            went.append(number)

    await hand_in(0)
    clients = [asyncio.create_task(hand_in(number)) for number in range(1, 6)]
    while len(went) < 6:
        await asyncio.sleep(0.001)
        ahead = 0
    await asyncio.gather(*clients)
    assert went == list(range(6)) and most == 1


async def test_R2_nobody_waits_for_ever() -> None:
    turns = Turns(lambda: True, longest=0.05)

    async def hand_in() -> bool:
        async with turns.turn():
            return True

    async with asyncio.timeout(5):
        assert await asyncio.gather(*(hand_in() for _ in range(20)))


async def test_R2_who_gives_up_gives_his_turn_away() -> None:
    behind = True
    turns = Turns(lambda: behind)

    async def hand_in() -> bool:
        async with turns.turn():
            return True

    first, second = asyncio.create_task(hand_in()), asyncio.create_task(hand_in())
    await asyncio.sleep(0.02)
    first.cancel()
    behind = False
    async with asyncio.timeout(5):
        assert await second
