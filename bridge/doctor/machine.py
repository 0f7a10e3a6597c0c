"""The machine: room on its disk, its clock, its ports, the MTA that runs on it, and what the database says."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from ..config import Config
from ..store.health import Health, health
from ..thumbnails.process import NotDrawn
from .finding import Finding, fail, ok, warn

LEAST, LITTLE = 200 * 2**20, 2 * 2**30
"""Bytes free on the disk below which nothing works for long, and below which it is time to look."""
FILES = 1000
HOUR = 3600 * 1_000_000
UNSYNCHRONISED = 5
SECONDS = 5.0
WHY_CLOSED = {
    "taken": ("another program has it", "stop that program, or name another port"),
    "rights": ("only root may open it", "give the daemon CAP_NET_BIND_SERVICE, or name a port above 1023"),
    "nowhere": ("it is no address of this machine", "name one that is, or 0.0.0.0 for all"),
}
"""Why a port cannot be listened on, and the cure."""


def disk(config: Config) -> Iterator[Finding]:
    """Room for what comes."""
    folder = next(each for each in (config.site.data_dir, *config.site.data_dir.parents) if each.exists())
    free = shutil.disk_usage(folder).free
    cure = "make room: at 0 mail is refused for the time being (452)"
    told = f"{free // 2**20:,} MB free for {config.site.data_dir}"
    if free < LEAST:
        yield fail("disk", told, cure)
    elif free < LITTLE:
        yield warn("disk", told, cure)
    else:
        yield ok("disk", told)
    files = os.statvfs(folder)
    if files.f_files and files.f_favail < FILES:
        yield fail(
            "disk", f"only {files.f_favail} more files can be made", "delete files, or make a new file system"
        )


def pictures(config: Config, draw: Callable[[bytes], object] | None = None) -> Iterator[Finding]:
    """Whether thumbnails are drawn; `draw` is None where Pillow is not installed. Nobody has to have them."""
    if config.web is None:
        return
    if draw is None:
        yield ok("pictures", "shown as they came; the extra `media` would draw thumbnails")
        return
    try:
        draw(b"")
        yield ok("pictures", "thumbnails are drawn, in a process of their own")
    except NotDrawn as fault:
        yield warn("pictures", str(fault), "install what requirements-media.lock names, or take Pillow away")


def clock(newest: int, now: int) -> Iterator[Finding]:
    """Whether the clock goes forward, and whether somebody keeps it right; times in microseconds."""
    if newest > now + HOUR:
        told = f"the newest mail came {(newest - now) // HOUR} hours after now: the clock has gone back"
        yield fail("clock", told, "set it right (chrony, systemd-timesyncd) before the daemon runs")
    elif _unsynchronised():
        told = "no time service keeps it right, says the kernel"
        yield warn("clock", told, "run chrony or systemd-timesyncd: tokens, DKIM and TLS go by it")
    else:
        yield ok("clock", "it goes forward")


def _unsynchronised() -> bool:
    with suppress(OSError, AttributeError):
        answer = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
        return bool(answer == UNSYNCHRONISED)
    return False


def database(config: Config, path: Path, now: int) -> Iterator[Finding]:
    """Whether the database is whole, and whether the road and the queue move."""
    found = health(path, now)
    if found is None:
        yield ok("database", f"{path} is not there yet: the daemon will make it")
        return
    if found.fault:
        cure = "stop the daemon and restore a backup (threadbridge restore FILE)"
        yield fail("database", f"{path}: {found.fault}", cure)
        return
    yield ok("database", f"{path.name} is whole, {found.size // 2**20:,} MB")
    yield from clock(found.newest, now)
    yield from _road(found)
    if config.outgoing.kind == "smtp":
        yield from _queue(found)


def _road(found: Health) -> Iterator[Finding]:
    if found.oldest_mail > HOUR:
        told = f"{found.mails} mails wait, the oldest for {found.oldest_mail // HOUR} hours"
        yield warn("road", told, "is the daemon running? look into its log, and at `threadbridge ledger`")
    else:
        yield ok("road", f"{found.mails} mails wait")
    if found.parked:
        cure = "see `threadbridge ledger --outcome parked`, and report what no parser takes"
        yield warn("road", f"{found.parked} mails are parked", cure)


def _queue(found: Health) -> Iterator[Finding]:
    if found.oldest_letter > HOUR:
        told = f"{found.letters} letters wait, the oldest for {found.oldest_letter // HOUR} hours"
        yield warn("queue", told, "see `threadbridge queue` for what the relay answers")
    else:
        yield ok("queue", f"{found.letters} letters wait")


def ports(config: Config) -> Iterator[Finding]:
    """Whether each door's port is ours: free, or taken by our own daemon."""
    for name in ("smtp", "lmtp", "web"):
        door = getattr(config, name)
        if not door or not door.port:
            continue
        if free(door.host, door.port):
            yield warn(
                "ports", f"{name} {door.listen} is closed: the daemon is not running", "threadbridge run"
            )
        elif _is_ours(name, door.host, door.port):
            yield ok("ports", f"{name} {door.listen} is open, and the daemon answers")
        else:
            told, cure = WHY_CLOSED[closed_by(door.host, door.port)]
            yield fail("ports", f"{name} {door.listen} cannot be had: {told}", cure)


def free(host: str, port: int) -> bool:
    """Whether a port can be listened on just now."""
    return not closed_by(host, port)


def closed_by(host: str, port: int) -> str:
    """What keeps us from listening there just now: a key of `WHY_CLOSED`, or "" for nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            rights = isinstance(fault, PermissionError)
            nowhere = isinstance(fault, socket.gaierror) or fault.errno == errno.EADDRNOTAVAIL
            return "nowhere" if nowhere else "rights" if rights else "taken"
    return ""


def _is_ours(name: str, host: str, port: int) -> bool:
    """Whether the one who answers there is a threadbridge."""
    there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        with socket.create_connection((there, port), SECONDS) as peer:
            peer.settimeout(SECONDS)
            if name == "web":
                peer.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
                return peer.recv(200).startswith(b"HTTP/1.1 200")
            greeting = peer.recv(500)
            peer.sendall(b"QUIT\r\n")
            return b"threadbridge" in greeting
    except OSError:
        return False


def postfix() -> Iterator[Finding]:
    """Whether a Postfix on this machine forbids line ends that smuggle mails in (CVE-2023-51764)."""
    program = shutil.which("postconf", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if not program:
        return
    option = "smtpd_forbid_bare_newline"
    try:
        answer = subprocess.run(
            [program, "-h", option], capture_output=True, timeout=SECONDS, text=True, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return
    value = answer.stdout.strip()
    if value in ("yes", "normalize", "reject"):
        yield ok("mta", f"Postfix has {option} = {value}")
    elif value:
        cure = f"postconf -e {option}=normalize && postfix reload"
        yield fail("mta", f"Postfix has {option} = {value}: mails can be smuggled in", cure)
    elif answer.returncode == 0 and "unknown" in answer.stderr:
        cure = f"take a newer Postfix, and set {option} = normalize"
        yield warn("mta", f"this Postfix does not know {option}: mails can be smuggled in", cure)
