"""R4 and R5 in short: idle and dripping connections, large mails at once (long: tests/soak/connections.py)."""

from __future__ import annotations

import asyncio
import time

from tests.servers import Daemon
from tests.soak.connections import crowd, drip, files, greeting, large, peak, rss

from .conftest import MakeBridge


async def test_R4_a_crowd_is_capped_and_leaves_nothing_behind(bridge: MakeBridge) -> None:
    daemon: Daemon = bridge(more="[limits]\nconnections = 200\n")
    base = files(daemon.pid)
    held = await crowd(daemon.smtp, 300)
    await drip(held)
    assert held.greeted == {"220": 200, "421": 100}
    assert (await greeting(daemon.smtp))[1] == "421"
    assert rss(daemon.pid) < 400
    for writer in held.writers[:10]:
        writer.transport.abort()
    await asyncio.sleep(0.2)
    assert (await greeting(daemon.smtp))[1] == "220"
    for writer in held.writers:
        writer.transport.abort()
    end = time.monotonic() + 20
    while files(daemon.pid) > base + 5:
        assert time.monotonic() < end, f"{files(daemon.pid)} files are open, {base} were"
        await asyncio.sleep(0.1)


async def test_R5_large_mails_at_once_are_kept_or_put_off(bridge: MakeBridge) -> None:
    daemon: Daemon = bridge()
    sending = asyncio.create_task(large(daemon.smtp, 20, 20_000_000))
    assert await peak(daemon.pid, sending) < 1000
    answers = await sending
    assert set(answers) <= {"250 2.0.0", "452 4.3.1"} and answers["250 2.0.0"]
    assert (await large(daemon.smtp, 1, 1000))["250 2.0.0"] == 1
