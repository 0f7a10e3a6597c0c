"""Who leaves or changes his mind in the middle of a large fan-out gets nothing more (promise O9)."""

from __future__ import annotations

import re

from tests.servers import Sink

from .conftest import MakeBridge
from .story import LIST, query
from .story import find_database as database

MANY = 5000
LEAVERS = {
    way: [f"{way}{n}@leavers.test" for n in range(4)]
    for way in ("click", "mail", "operator", "none", "away", "mentions")
}
WRITER = "writer@members.test"


def mail(number: int) -> tuple[str, str, bytes]:
    """A post to the list."""
    head = f"From: Writer One <{WRITER}>\nTo: {LIST}\nSubject: Mail {number}\nMessage-ID: <m{number}@members.test>\n"
    return WRITER, LIST, f"{head}Date: Fri, 03 May 2024 09:12:00 +0000\n\nWords of mail {number}.\n".encode()


def test_O9_leaving_in_the_middle_of_a_fan_out(bridge: MakeBridge, sink: Sink) -> None:
    daemon = bridge(sink=sink)
    crowd = [(f"p{n}@crowd.test", f"P {n}", "", "forum", "none") for n in range(MANY)]
    leavers = [address for addresses in LEAVERS.values() for address in addresses]
    daemon.people([*crowd, (WRITER, "Writer One", "", "forum", "each")])
    daemon.people([(address, address.split("@")[0], "", "forum", "each") for address in leavers])
    daemon.send(mail(1))
    sink.wait(lambda s: len(s.mails) == len(leavers))
    tokens = {m.recipients[0]: re.search(rb"/unsubscribe/([a-z2-7]+)>", m.content) for m in sink.mails}
    daemon.people((*row[:4], "each") for row in crowd)
    sink.clear()
    sink.pause = 0.03  # a slow smarthost: nobody below leaves too late
    daemon.send(mail(2))
    sink.wait(lambda s: len(s.mails) > 100)

    for address in LEAVERS["click"]:
        token = tokens[address]
        assert token and daemon.get(f"/unsubscribe/{token[1].decode()}")[0] == 200
        assert [daemon.post(f"/unsubscribe/{token[1].decode()}") for _ in range(2)] == [200, 200]
    for address in LEAVERS["mail"]:
        token = tokens[address]
        assert token
        to = f"unsubscribe+{token[1].decode()}@bridge.test"
        daemon.send((address, to, f"From: <{address}>\nTo: <{to}>\nMessage-ID: <{address}>\n\n".encode()))
    for address in LEAVERS["operator"]:
        daemon.cli("unsubscribe", "forum", address)
    for address in LEAVERS["none"]:
        daemon.cli("people", "set", address, "--mode", "none")
    for address in LEAVERS["away"]:
        daemon.cli("people", "set", address, "--vacation", "2099-01-01")
    for address in LEAVERS["mentions"]:
        daemon.cli("people", "set", address, "--mode", "mentions")
    daemon.settled(6)
    early = len(sink.mails)
    assert early < MANY - 500, "the fan-out was over before they left"

    sink.pause = 0
    sink.wait(lambda s: len(s.mails) >= MANY, 60)
    sink.settle()
    got = [m.recipients[0] for m in sink.mails if b"m2@members.test" in m.content]
    assert sorted(got) == sorted(row[0] for row in crowd)
    states = query(
        database(daemon),
        "select state, count(*) from delivery where address like '%@leavers.test' and post_id = 2"
        " group by 1 order by 1",
    )
    assert states == [("cancelled", 20), ("digest", 4)]
