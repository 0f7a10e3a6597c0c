"""Promise L5: the bounces that flufl.bounce's source archive holds, read right by the road itself.

The archive is found by FLUFL_BOUNCE_SDIST (the unpacked folder or the tarball), else pip downloads it once into
pytest's cache; where neither works the test is skipped and says so. What each sample is stands in the archive's own
table of tests: (detector, file, addresses, temporary).
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tarfile
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pytest

from bridge.store import people, queue
from bridge.store.queue import Result

from .conftest import START, Post

Row = tuple[str, str, list[bytes], bool]
RIGHT = 0.98


def download(folder: Path) -> Path | None:
    """The archive of the version that is installed, from pip's index, or None."""
    for found in folder.glob("*.tar.gz"):
        return found
    command = [
        sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
        "--no-binary", ":all:", "--no-build-isolation", "--retries", "0", "--timeout", "10", "-d", str(folder),
        f"flufl.bounce=={version('flufl.bounce')}",
    ]  # fmt: skip
    # pip asks the archive's build tool for its metadata, and finds that tool beside our own Python
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        subprocess.run(command, env={**os.environ, "PATH": path}, capture_output=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return next(folder.glob("*.tar.gz"), None)


def read_archive(found: Path) -> dict[str, bytes]:
    """Every file of the archive's tests by its name."""
    if found.is_dir():
        return {path.name: path.read_bytes() for path in found.rglob("*") if path.is_file()}
    files = {}
    with tarfile.open(found) as archive:
        for member in archive:
            if member.isfile() and "/tests/" in member.name and (opened := archive.extractfile(member)):
                files[Path(member.name).name] = opened.read()
    return files


@pytest.fixture(scope="module")
def files(pytestconfig: pytest.Config) -> dict[str, bytes]:
    """The archive's tests and samples."""
    named = os.environ.get("FLUFL_BOUNCE_SDIST")
    cache = getattr(pytestconfig, "cache", None)
    found = Path(named) if named else download(cache.mkdir("flufl-bounce")) if cache else None
    if found is None or not found.exists():
        pytest.skip(
            "flufl.bounce's source archive is not here and cannot be downloaded; FLUFL_BOUNCE_SDIST names it"
        )
    return read_archive(found)


def expectations(files: dict[str, bytes]) -> dict[str, str]:
    """What each sample is by the archive's table: "permanent", "temporary", or "nothing" where no address is found."""
    tree = ast.parse(files["test_detectors.py"])
    table = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DETECTORS"
    )
    rows: list[Row] = ast.literal_eval(table)
    told: dict[str, set[str]] = {}
    for _detector, name, addresses, temporary in rows:
        told.setdefault(name, set()).update({"temporary" if temporary else "permanent"} if addresses else ())
    return {name: "nothing" if not kinds else min(kinds) for name, kinds in told.items() if name in files}


def test_L5_the_samples_of_flufl_bounce_are_read_right(post: Post, files: dict[str, bytes]) -> None:
    expected = expectations(files)
    assert len(expected) > 100
    codes = walked(post, files, expected)
    read = {name: kind_of(code) for name, code in codes.items()}
    wrong = {name: (read[name], kind) for name, kind in expected.items() if kind not in read[name]}
    right = 1 - len(wrong) / len(expected)
    print(
        f"{len(expected)} samples, {right:.1%} read right, {Counter(expected.values())}, {Counter(codes.values())}"
    )
    assert right >= RIGHT, wrong


def kind_of(code: str) -> set[str]:
    """What an ending's code says; a full mailbox or a rule of the relay may be told of as either."""
    return {
        "gone": {"permanent"},
        "other": {"permanent"},
        "temporary": {"temporary"},
        "full": {"temporary", "permanent"},
        "policy": {"temporary", "permanent"},
    }.get(code, {"nothing"})


def walked(post: Post, files: dict[str, bytes], names: dict[str, str]) -> dict[str, str]:
    """Send each sample to the envelope sender of a letter of its own; gives the codes of their endings."""
    for n in range(len(names)):
        address = f"p{n}@bounces.example"
        post.room.store.write(lambda tx, a=address: people.subscribe(tx, 1, a, "", "each", START))
    post.receive(post.mail("ada@members.example", "Hello."))
    due = [one for one in post.due() if one.address.endswith("@bounces.example")]
    sent = [Result(one.id, "sent", "250 ok", post.clock[0]) for one in due]
    post.room.store.write(lambda tx: queue.record(tx, sent, post.clock[0]))
    codes = {}
    for one, name in zip(due, names, strict=True):
        back = post.room.addresses(one)[0]
        row = post.receive(re.sub(rb"\r?\n", b"\r\n", files[name]), back, sender="")
        codes[name] = row["code"] if row["outcome"] == "bounce" else row["outcome"]
    return codes
