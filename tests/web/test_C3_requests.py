"""Requests that no browser sends, over a real socket: each is answered or cut, confined, and the next one is served."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from .conftest import Archive, Leaving
from .test_R8_floods import answer, dial
from .test_R8_floods import served as served_somewhere

served = served_somewhere  # a fixture of this file too

END = b"Host: forum.example\r\nConnection: close\r\n\r\n"
CONFINED = (
    b"default-src 'none'",
    b"x-content-type-options: nosniff",
    b"referrer-policy:",
)
LEAK = re.compile(
    rb"Traceback|sqlite|Errno|File \"|/site-packages|root:|evil\.test|<script>alert|onerror=alert\(1\)>"
)


def get(target: bytes, more: bytes = b"") -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\n" + more + END


def post(more: bytes, body: bytes = b"") -> bytes:
    return b"POST /unsubscribe/good HTTP/1.1\r\n" + more + END + body


PATHS = (
    b"/../../etc/passwd", b"/..%2f..%2fetc/passwd", b"/static/../../config.toml", b"/static/%2e%2e/%2e%2e/app.py",
    b"/static/..%5c..%5capp.py", b"/attachment/1/..%2f..%2fx", b"/attachment/-1/x", b"/attachment/99999999999999999999/x",
    b"//other.test/%2e%2e", b"///other.test//", b"/%5cother.test/", b"/%00", b"/static/style.css%00.png", b"/%ff%fe", b"/.git/config",
    b"/tools%0d%0aX-Evil:1", b"/tools%0d%0aX-Evil:1/", b"/tools/999999999999999999999999", b"/tools/-1", b"/tools/1e3",
    b"/tools/%D9%A3", b"/people/%00", b"/post/99999999999999999999", b"/a" * 2000, b"/unsubscribe/", b"/unsubscribe/%00",
    b"/unsubscribe/%3Cscript%3Ealert(1)%3C/script%3E", b"/unsubscribe/" + b"a" * 4000, b"/openapi.json", b"/docs",
    b"/post/" + b"9" * 5000, b"/tools/" + b"0" * 30_000 + b"1", b"/attachment/" + b"1" * 4301 + b"/x",
)  # fmt: skip
QUERIES = (
    b"%22", b"'", b"*", b"NEAR(a%20b)", b"NEAR(", b"a%20OR", b"NOT", b"a:b", b"{a%20b}:c", b"%5Ea", b"((((((", b"%00",
    b"%22" * 400, b"(" * 2000, b"%3Cscript%3Ealert(1)%3C/script%3E", b"%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    b"%ff%fe", b"%u0041", b"%ED%A0%80", b"a&q=b&page=-1", b"a&page=99999999999999999999", b"a&list=../x", b"a;b",
)  # fmt: skip
ODD = (
    *(verb + b" / HTTP/1.1\r\n" + END for verb in (b"PUT", b"TRACE", b"CONNECT", b"PROPFIND", b"FOO", b"get", b"")),
    b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\n" + END, b"\x16\x03\x01\x00\x00\r\n\r\n", b"\0" * 300, b"GET / HTTP/1.1\nHost: x\n\n",
    b"GET / HTTP/1.1\r\n\r\n", get(b"/", b"Host: evil.test\r\n"), get(b"http://evil.test/"), get(b"*"),
    get(b"/", b"X-Forwarded-Host: evil.test\r\nForwarded: host=evil.test\r\nX-Original-URL: /evil.test\r\n"),
    get(b"/", b"X: a\r\n b\r\n"), get(b"/", b"X: a\0b\r\n"), get(b"/", b"X : a\r\n"), get(b"/", b"X" * 70_000 + b": a\r\n"),
    get(b"/", b"Range: bytes=0-0," + b"0-0," * 900 + b"1-1\r\n"), get(b"/static/style.css", b"Range: bytes=9-1\r\n"),
    get(b"/", b"If-None-Match: \"" + b"x" * 3000 + b"\r\n"), get(b"/", b"Upgrade: h2c\r\nHTTP2-Settings: AAMA\r\n"),
    get(b"/", b"Upgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n"),
    get(b"/", b"Cookie: " + b"a=b;" * 8000 + b"\r\n"), get(b"/", b"Expect: 100-continue\r\n"),
    post(b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\nGET /evil.test HTTP/1.1\r\n\r\n"),
    post(b"Content-Length: 1\r\nContent-Length: 2\r\n", b"ab"), post(b"Content-Length: -1\r\n"), post(b"Content-Length: +5\r\n", b"abcde"),
    post(b"Transfer-Encoding: xchunked\r\n"), post(b"Transfer-Encoding: chunked\r\n", b"ZZ\r\nab\r\n0\r\n\r\n"),
    post(b"Transfer-Encoding: chunked\r\n", b"FFFFFFFFFFFFFFFF\r\nab"), post(b"Transfer-Encoding: chunked\r\n", b"1;" + b"a" * 70_000),
    post(b"Content-Length: 99999999999999999999\r\n", b"a"), post(b"", b"List-Unsubscribe=One-Click"),
)  # fmt: skip


@pytest.fixture
def requests() -> Iterator[list[bytes]]:
    yield [*map(get, PATHS), *(get(b"/search?q=" + one) for one in QUERIES), *ODD]


def test_C3_odd_requests_are_answered_and_confined(
    served: int, archive: Archive, leaving: Leaving, requests: list[bytes]
) -> None:
    for number, said in enumerate(requests):
        told = b""
        with dial(served) as one:
            try:
                one.sendall(said)
                told = answer(one)
            except OSError:
                pass
        name = said[:80]
        head, _, _rest = told.partition(b"\r\n\r\n")
        assert not LEAK.search(told), (name, LEAK.search(told))
        assert b"\r\nX-Evil" not in head and b"\nlocation: //" not in head.lower(), (name, head)
        assert not told or re.match(rb"HTTP/1\.[01] (?!500)\d{3} ", told), (name, head[:60])
        assert not told or all(one in head.lower() for one in CONFINED), (name, head)
        if number % 10 == 0 or not told:
            with dial(served, get(b"/robots.txt")) as one:
                assert answer(one).startswith(b"HTTP/1.1 200"), name
    assert leaving.left == ["good"] * len(leaving.left) and len(leaving.left) <= 2
