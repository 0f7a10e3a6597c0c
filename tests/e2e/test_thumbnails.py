"""C6, P4: photographs come by mail, pages show them small; a bomb among them costs nothing but its own picture."""

from __future__ import annotations

import re
import time
import urllib.request
from email.message import EmailMessage
from pathlib import Path

from tests.servers import Daemon
from tests.thumbnails.drawn import PLACE, file_of, opened, photograph, png, scene

from .conftest import MakeBridge

ADA = "ada@members.test"
FILES = (
    ("harbour.jpg", "jpeg", photograph(turn=6)),
    ("bomb.png", "png", png(50_000, 50_000, pixels=bytes(5_000_000))),
    ("map.png", "png", file_of(scene(), "PNG")),
)


def mail() -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Ada <{ADA}>", "forum@bridge.test", "Pictures of the harbour"
    made["Message-ID"] = "<pictures@members.test>"
    made.set_content("Here they are.")
    for name, kind, content in FILES:
        made.add_attachment(content, maintype="image", subtype=kind, filename=name)
    return made.as_bytes()


def memory(daemon: Daemon) -> int:
    """Kilobytes that the daemon had at most."""
    status = Path(f"/proc/{daemon.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+)", status)
    assert found
    return int(found[1])


def fetched(daemon: Daemon, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{daemon.web}{path}", timeout=20) as answer:
        content: bytes = answer.read()
        return content


def page_with(daemon: Daemon, pattern: str) -> str:
    """The thread's page once it has that."""
    end = time.monotonic() + 60
    while True:
        page = daemon.get("/forum/1")[1]
        if re.search(pattern, page):
            return page
        assert time.monotonic() < end, page + daemon.log()
        time.sleep(0.2)


def test_C6_P4_photographs_are_shown_small_and_a_bomb_is_a_file(bridge: MakeBridge) -> None:
    daemon = bridge()
    daemon.people([(ADA, "Ada", "", "forum", "none")])
    before = memory(daemon)
    daemon.send((ADA, ["forum@bridge.test"], mail()))
    daemon.settled(1)
    page = page_with(daemon, r"(?s)thumbnail/harbour\.jpg.*thumbnail/map\.png.*<bdi>bomb\.png</bdi>")
    assert memory(daemon) - before < 100_000
    places = re.findall(
        r'<img src="(/attachment/\d+/thumbnail/[^"]+)" alt="[^"]*" width="(\d+)" height="(\d+)"', page
    )
    assert [(width, height) for _, width, height in places] == [("240", "320"), ("480", "320")]
    for place, _, _ in places:
        content = fetched(daemon, place)
        assert PLACE.encode() not in content and max(opened(content).size) == 720
    assert not re.search(r"<img [^>]*bomb\.png", page)
    assert daemon.log(100_000).count("picture left") == 1
    assert "Traceback" not in daemon.log(100_000)
    # A second daemon asks for none of them again.
    daemon.terminate()
    daemon.start()
    assert page_with(daemon, "thumbnail/harbour") and daemon.log(100_000).count("picture left") == 1
