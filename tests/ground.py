"""Small things that tests with real servers stand on: ports, directories, waiting, what is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = os.geteuid() == 0


def need(*programs: str, root: bool = False) -> None:
    """Skip the test where a program (or root) is missing; with THREADBRIDGE_REAL=1 fail it."""
    missing = [name for name in programs if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")]
    if root and not ROOT:
        missing.append("root")
    if missing:
        said = f"a real server is missing: {', '.join(missing)}"
        if os.environ.get("THREADBRIDGE_REAL") == "1":
            pytest.fail(said)
        pytest.skip(said)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(true: Callable[[], object], seconds: float = 30, what: str = "") -> None:
    """Ask `true` every 30 ms until it holds; AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s for {what or true}"
        time.sleep(0.03)


def answers(port: int) -> bool:
    """Does somebody accept connections on that port?"""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@contextlib.contextmanager
def small_disk(path: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of so many kilobytes at `path`; skips the test where none may be mounted."""
    path.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", path]
    if not ROOT or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small file system, and not everywhere")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=True)


@contextlib.contextmanager
def directory(name: str) -> Iterator[Path]:
    """A short-named directory that other users may enter (the paths of sockets must stay below 108 bytes)."""
    path = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
