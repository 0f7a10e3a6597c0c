"""S4 with a real Postfix: it queues again only the recipient that was refused for now, and bounces the unknown."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Iterator

import pytest

from bridge.errors import Permanent, Refusal, Temporary
from bridge.intake.smtp import Arrival, serve
from tests.servers import Postfix, directory, free_port

PEOPLE = tuple(f"list{n}@bridge.test" for n in range(5))
MAIL = (
    b"From: ann@home.example\r\nSubject: to five lists\r\n\r\n.a line with a dot\r\nGr\xc3\xbc\xc3\x9fe\r\n"
)


@pytest.fixture
def own_postfix() -> Iterator[Postfix]:
    with directory("postfix") as path:
        server = Postfix(path, "bridge.test", free_port())
        server.start()
        yield server
        server.stop()


async def test_S4_postfix_queues_only_the_failed_recipient_again(own_postfix: Postfix) -> None:
    arrivals: list[Arrival] = []
    second = asyncio.Event()

    async def admit(sender: str, recipient: str) -> None:
        if recipient not in PEOPLE:
            raise Permanent("no such address here", code=550, status="5.1.1")

    async def accept(arrival: Arrival) -> tuple[Refusal | None, ...]:
        arrivals.append(arrival)
        if len(arrivals) > 1:
            second.set()
            return (None,) * len(arrival.envelope.recipients)
        later = Temporary("not now", code=451, status="4.2.0")
        return tuple(later if each == PEOPLE[3] else None for each in arrival.envelope.recipients)

    def send() -> None:
        with smtplib.SMTP(own_postfix.host, own_postfix.port, timeout=20) as client:
            client.sendmail("ann@home.example", [*PEOPLE, "nobody@bridge.test"], MAIL)

    door = await serve(
        "127.0.0.1", own_postfix.lmtp_port, lmtp=True, hostname="bridge.test", admit=admit, accept=accept
    )
    try:
        await asyncio.to_thread(send)
        async with asyncio.timeout(30):
            await second.wait()
            while own_postfix.log().count(f"to=<{PEOPLE[3]}>") < 2:  # noqa: ASYNC110 - Postfix tells nobody
                await asyncio.sleep(0.05)
        log = await asyncio.to_thread(own_postfix.log)
    finally:
        await door.stop(2)
        await asyncio.to_thread(own_postfix.purge)
    first, again = (arrival.envelope for arrival in arrivals)
    assert sorted(first.recipients) == sorted(PEOPLE)
    assert again.recipients == (PEOPLE[3],)
    assert first.sender == "ann@home.example"
    assert first.content.endswith(MAIL.split(b"\r\n\r\n")[1])
    assert b"\n." in first.content and b"\n.." not in first.content
    told = {address: [line for line in log.splitlines() if f"to=<{address}>" in line] for address in PEOPLE}
    assert ["451 4.2.0 not now" in line for line in told[PEOPLE[3]]] == [True, False]
    assert all("status=sent (250 2.0.0 kept" in lines[-1] for lines in told.values())
    assert "to=<nobody@bridge.test>" in log and "said: 550 5.1.1 no such address here" in log
