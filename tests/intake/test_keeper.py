"""D1 and S8 at the door: mails are kept in groups, and a fault of one is not that of the others."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence

import pytest

from bridge.intake.door import Arrival
from bridge.intake.keeper import LARGE, Keeper
from bridge.mail.envelope import Envelope


class Shelf:
    """Keeps what it is given; the first group waits for `gate`, a mail that says `bad` spoils its group."""

    def __init__(self) -> None:
        self.groups: list[list[bytes]] = []
        self.kept: list[bytes] = []
        self.gate = threading.Event()
        self.begun = threading.Semaphore(0)

    def keep_all(self, arrivals: Sequence[Arrival]) -> list[int]:
        contents = [arrival.envelope.content for arrival in arrivals]
        self.groups.append(contents)
        self.begun.release()
        self.gate.wait(10)
        if b"bad" in contents:
            raise OSError("no")
        self.kept += contents
        return [int(content or b"0") for content in contents if len(content) < LARGE] or [7]


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    yield made
    made.gate.set()


def mail(content: bytes) -> Arrival:
    return Arrival(Envelope("", ("general@forum.example",), content), "smtp", "192.0.2.1")


async def test_D1_what_comes_while_a_group_is_written_makes_the_next(shelf: Shelf) -> None:
    keeper = Keeper(shelf.keep_all)
    tasks = [asyncio.create_task(keeper.keep(mail(b"%d" % n))) for n in range(5)]
    await asyncio.to_thread(shelf.begun.acquire)
    shelf.gate.set()
    assert await asyncio.gather(*tasks) == [0, 1, 2, 3, 4]
    assert len(shelf.groups) <= 2
    assert await keeper.keep(mail(b"5")) == 5
    keeper.close()


async def test_S8_a_fault_is_told_to_the_one_whose_mail_it_is(shelf: Shelf) -> None:
    keeper = Keeper(shelf.keep_all)
    tasks = [asyncio.create_task(keeper.keep(mail(each))) for each in (b"1", b"2", b"bad", b"3")]
    shelf.gate.set()
    one, two, bad, three = await asyncio.gather(*tasks, return_exceptions=True)
    assert (one, two, three) == (1, 2, 3)
    assert isinstance(bad, OSError)
    assert sorted(shelf.kept) == [b"1", b"2", b"3"]
    keeper.close()


async def test_S3_a_mail_whose_client_has_gone_is_kept_with_its_group(shelf: Shelf) -> None:
    keeper = Keeper(shelf.keep_all)
    gone = asyncio.create_task(keeper.keep(mail(b"1")))
    stays = asyncio.create_task(keeper.keep(mail(b"2")))
    await asyncio.sleep(0)
    gone.cancel()
    shelf.gate.set()
    assert await stays == 2
    assert sorted(shelf.kept) == [b"1", b"2"]
    keeper.close()


async def test_R5_a_large_mail_waits_for_nobody_and_nobody_for_it(shelf: Shelf) -> None:
    keeper = Keeper(shelf.keep_all)
    large = asyncio.create_task(keeper.keep(mail(b"x" * (LARGE + 1))))
    small = asyncio.create_task(keeper.keep(mail(b"2")))
    for _ in range(2):
        await asyncio.to_thread(shelf.begun.acquire)
    shelf.gate.set()
    assert (await large, await small) == (7, 2)
    keeper.close()
