"""R8: slow and large requests, floods of connections and of searches; `/health` answers through all of it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bridge.web import connection
from bridge.web.app import create
from bridge.web.callers import LINK_POSTS, WRONG_LINKS, Callers
from tests.ground import free_port, wait_for

from .conftest import SITE, Archive, Leaving

HEAD = b"POST /unsubscribe/good HTTP/1.1\r\nHost: forum.example\r\nContent-Length: 60000\r\n\r\n"


@pytest.fixture
def served(archive: Archive, leaving: Leaving, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server with short patience."""
    monkeypatch.setattr(connection, "REQUEST_SECONDS", 0.5)
    monkeypatch.setattr(connection, "CONNECTIONS", 60)
    app = create(archive.store, SITE, unsubscribable=leaving.unsubscribable, unsubscribe=leaving.unsubscribe)
    port = free_port()
    kind = connection.connection(lambda _: True)
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, http=kind, ws="none", log_config=None, lifespan="off")
    )
    running = threading.Thread(target=server.run)
    running.start()
    wait_for(lambda: server.started)
    yield port
    server.should_exit = True
    running.join()


def dial(port: int, said: bytes = b"") -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), 5)
    one.sendall(said)
    return one


def answer(one: socket.socket) -> bytes:
    """All that comes until the other side closes; nothing where it resets."""
    said = b""
    try:
        while more := one.recv(65_536):
            said += more
    except ConnectionError:
        pass
    return said


def healthy(port: int) -> bool:
    with dial(port, b"GET /health HTTP/1.0\r\n\r\n") as one:
        return answer(one).endswith(b"\r\n\r\nok\n")


def test_R8_slow_posts_are_cut_off_and_keep_nobody_out(served: int, leaving: Leaving) -> None:
    slow = [dial(served, HEAD + b"x") for _ in range(50)]
    assert healthy(served)
    slow += [dial(served, b"GET / HTTP/1.1\r\nX-") for _ in range(50)]  # more than there are places
    assert healthy(served)
    assert all(answer(one) == b"" for one in slow)
    assert leaving.left == []
    for one in slow:
        one.close()


def test_R8_a_drip_does_not_prolong_it(served: int) -> None:
    with dial(served, HEAD) as one:
        end = time.monotonic() + 5
        with pytest.raises(ConnectionError):
            while time.monotonic() < end:
                one.sendall(b"x")
                time.sleep(0.05)


@pytest.mark.parametrize(
    "said", [b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000, b"GET /" + b"x" * 90_000, b"POST /unsubscribe/good HTTP/1.1"
             b"\r\nHost: x\r\nContent-Length: 900000\r\n\r\n" + b"x" * 200_000],
)  # fmt: skip
def test_R8_what_is_too_large_is_refused(served: int, said: bytes, leaving: Leaving) -> None:
    with dial(served) as one:
        try:
            one.sendall(said)
        except ConnectionError:
            return
        told = answer(one)
        assert not told or (
            told.startswith(b"HTTP/1.1 413") and b"\r\nX-Content-Type-Options: nosniff" in told
        )
    assert leaving.left == [] and healthy(served)


def test_R8_an_address_has_its_share(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    class Peer:
        client = ("192.0.2.7", 1)

    crowd = connection.Crowd()
    peers: list[Any] = [Peer() for _ in range(connection.PER_ADDRESS + 1)]
    assert [crowd.enter(each) for each in peers] == [True] * connection.PER_ADDRESS + [False]
    crowd.leave(peers[0])
    assert crowd.enter(peers[0])


def request(peer: str, passed: str = "") -> Request:
    headers = [(b"x-forwarded-for", passed.encode())] if passed else []
    return Request({"type": "http", "client": (peer, 1), "headers": headers})


@pytest.mark.parametrize(
    ("peer", "passed", "counts"),
    [
        ("192.0.2.9", "", "192.0.2.9"),
        ("192.0.2.9", "203.0.113.5", "192.0.2.9"),  # who is no proxy of ours may say what he likes
        ("127.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "203.0.113.5, 10.0.0.2", "203.0.113.5"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("::ffff:127.0.0.1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ],
)
def test_R8_behind_a_proxy_the_callers_address_counts(peer: str, passed: str, counts: str) -> None:
    assert Callers(("127.0.0.0/8", "10.0.0.0/8")).address(request(peer, passed)) == counts


def test_R8_a_bucket_fills_by_the_minute_and_callers_are_forgotten() -> None:
    now = [0.0]
    callers = Callers(clock=lambda: now[0])
    for _ in range(6):
        callers.spend("search", "a", 6)
    with pytest.raises(HTTPException) as told:
        callers.spend("search", "a", 6)
    assert told.value.status_code == 429 and (told.value.headers or {})["Retry-After"] == "10"
    callers.spend("search", "b", 6)
    now[0] = 10.0
    callers.spend("search", "a", 6)
    for number in range(30_000):
        callers.spend("search", str(number), 6)
    assert len(callers._buckets) <= 10_000


async def test_R8_floods_are_told_to_wait(archive: Archive, leaving: Leaving) -> None:
    app = create(
        archive.store, SITE, unsubscribable=leaving.unsubscribable, unsubscribe=leaving.unsubscribe,
        callers=Callers(searches=5),
    )  # fmt: skip
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="https://forum.example") as web:
        searches = [await web.get("/search?q=slugs") for _ in range(7)]
        assert [each.status_code for each in searches] == [200] * 5 + [429] * 2
        assert int(searches[-1].headers["retry-after"]) > 0 and "wait a little" in searches[-1].text
        assert (await web.get("/search")).status_code == (await web.get("/tools")).status_code == 200
        leave = [(await web.post("/unsubscribe/good")).status_code for _ in range(LINK_POSTS + 2)]
        assert leave == [200] * LINK_POSTS + [429] * 2
        assert (await web.post("/unsubscribe/gOOd")).status_code == 429
        wrong = [(await web.get(f"/unsubscribe/bad{n}")).status_code for n in range(WRONG_LINKS + 5)]
        assert wrong[0] == 404 and wrong[-1] == 429
