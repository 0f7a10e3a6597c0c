"""Headless Chromium, spoken to over its debugging pipe: pages are opened, and what they did is written down.

Every name in the world leads to a socket of ours that only counts, so that a request to another host (they all end in
`.test`) is seen even where the browser would not tell of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shlex
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ARGUMENTS = (
    "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
    "--disable-features=Translate,OptimizationHints,MediaRouter", "--remote-debugging-pipe", "about:blank",
)  # fmt: skip


EVERYTHING = b"<script>canary('x');alert(1);new Image().src='http://outside.test/'</script>"
"""A page that does all that a page should not do: at `/everything` of `Outside`."""


@dataclass
class Visit:
    """What happened while a page was open."""

    url: str
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


class Outside:
    """A socket that stands for all other hosts, and counts who comes."""

    def __init__(self) -> None:
        self.came: list[bytes] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                peer, _ = self._server.accept()
                with peer, contextlib.suppress(OSError):
                    peer.settimeout(0.5)
                    said = peer.recv(4_000)
                    if said.startswith(b"GET /everything"):
                        peer.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + EVERYTHING)
                    elif b".test" in said:  # what Chromium asks for itself is not meant
                        self.came.append(said)

    def close(self) -> None:
        """Count no more."""
        self._server.close()


class Browser:
    """One Chromium with one tab; `canary` is a function of each page, and calls of it are heard."""

    def __init__(self, profile: Path) -> None:
        self.outside = Outside()
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        rules = f"MAP * 127.0.0.1:{self.outside.port}, EXCLUDE 127.0.0.1"
        command = shlex.join([
            *ARGUMENTS[:-1], f"--user-data-dir={profile}", f"--host-resolver-rules={rules}", ARGUMENTS[-1],
        ])  # fmt: skip
        self._process = subprocess.Popen(
            ["bash", "-c", f"exec {command} 3<&{theirs_in} 4>&{theirs_out}"],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._out, self._in, self._rest, self._number = ours_out, ours_in, b"", 0
        self.visit = Visit("about:blank")
        self._loaded = False
        target = self.tell("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.tell(f"{domain}.enable")
        self.tell("Runtime.addBinding", name="canary")

    def tell(self, method: str, **given: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": given}
        if getattr(self, "_session", "") and not method.startswith("Target."):
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next(60)
            if answer is None:
                raise TimeoutError(f"the browser does not answer {method}")
            if answer.get("id") == self._number:
                result: dict[str, Any] = answer.get("result", {"error": answer.get("error")})
                return result

    def open(self, url: str, settle: float = 0.05) -> Visit:
        """Go to a page, wait until it is loaded, give what a script there might have queued a moment."""
        self.visit, self._loaded = Visit(url), False
        told = self.tell("Page.navigate", url=url)
        self._loaded = self._loaded or "errorText" in told  # a download is no page
        end = time.monotonic() + 20
        while not self._loaded and time.monotonic() < end:
            self._next(end - time.monotonic())
        end = time.monotonic() + settle
        while time.monotonic() < end:
            self._next(end - time.monotonic())
        return self.visit

    def ask(self, script: str) -> Any:
        """The value of a script in the page."""
        result = self.tell("Runtime.evaluate", expression=script, returnByValue=True)
        return result.get("result", {}).get("value")

    def close(self) -> None:
        """End it and all that it started."""
        self.outside.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._out)
        os.close(self._in)

    def _next(self, seconds: float) -> dict[str, Any] | None:
        """The next message, which is noted if it is an event; None after so long."""
        while b"\0" not in self._rest:
            if not select.select([self._in], [], [], max(0, seconds))[0]:
                return None
            more = os.read(self._in, 1 << 20)
            if not more:
                raise ConnectionResetError("the browser is gone")
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, method: str, told: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.visit.asked.append(told["request"]["url"])
        elif method == "Page.javascriptDialogOpening":
            self.visit.dialogs.append(told["message"])
            self._number += 1
            reply = {"id": self._number, "method": "Page.handleJavaScriptDialog", "params": {"accept": False}}
            os.write(self._out, json.dumps({**reply, "sessionId": self._session}).encode() + b"\0")
        elif method == "Runtime.bindingCalled":
            self.visit.calls.append(told["payload"])
        elif method == "Page.loadEventFired":
            self._loaded = True
