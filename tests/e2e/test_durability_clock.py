"""Promise D9 on a whole daemon: its clock is set by libfaketime while a queue and a digest are due.

THREADBRIDGE_JUMPS=20 sets it that often.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.servers import Sink, need, wait_for

from .conftest import MakeBridge
from .story import LIST, header, settle, subscribe
from .test_durability import WRITERS, mail, posted

JUMPS = int(os.environ.get("THREADBRIDGE_JUMPS", "2"))
LIBRARIES = "/usr/lib/*/faketime/libfaketime.so.1"
OFFSETS = ("+1d", "+0", "-1d", "+0", "+1h", "+5000d", "+0")


@pytest.mark.timeout(200 + 60 * JUMPS)
def test_D9_a_clock_that_is_set_stalls_and_doubles_nothing(
    bridge: MakeBridge, sink: Sink, tmp_path: Path
) -> None:
    need("faketime")
    (library,) = Path("/").glob(LIBRARIES[1:])
    offset = tmp_path / "offset"
    offset.write_text("+0")
    daemon = bridge(sink=sink, start=False)
    daemon._environment |= {
        "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    daemon.start()
    subscribe(daemon, WRITERS)
    subscribe(daemon, {"digest@readers.test": "Reader Digest"}, mode="daily")
    sent = 0
    for n in range(JUMPS):
        daemon.send(("writer0@members.test", [LIST], mail(f"before.{n}")))
        offset.write_text(OFFSETS[n % len(OFFSETS)])
        wait_for(lambda n=n: daemon.log(10**7).count("clock set") > n, 20, "the clock to be seen")  # type: ignore[misc]
        daemon.send(("writer0@members.test", [LIST], mail(f"after.{n}")))
        sent += 2
        settle(daemon, sent, 30)
        wait_for(lambda sent=sent: len(_copies(sink, "writer1")) >= sent, 20, "letters")  # type: ignore[misc]
    offset.write_text("+5002d")  # behind all that was put off meanwhile
    wait_for(lambda: len(_digested(sink)) >= sent, 60, "the digests")
    offset.write_text("+0")
    time.sleep(2)
    assert set(posted(daemon).values()) == {1}
    assert set(Counter(_copies(sink, "writer1")).values()) == {1}
    told = Counter(_digested(sink))
    assert told == Counter(f"{when}.{n}" for n in range(JUMPS) for when in ("before", "after"))
    assert daemon.terminate()[1] == 0


def _copies(sink: Sink, who: str) -> list[tuple[str, str]]:
    return [
        (copy.recipients[0], header(copy.content, "Message-ID"))
        for copy in list(sink.mails)
        if copy.recipients[0].startswith(who)
    ]


def _digested(sink: Sink) -> list[str]:
    """Which posts the digests that came have told of, by what stands in front of each digest."""
    texts = (message_from_bytes(copy.content, policy=default) for copy in sink.to("digest@readers.test"))
    bodies = (text.get_body(("plain",)) for text in texts)
    told = [
        found
        for body in bodies
        if body
        for found in re.findall(r"^ +\d+\. Mail (\S+) \(", body.get_content(), re.M)
    ]
    return [str(each) for each in told]
