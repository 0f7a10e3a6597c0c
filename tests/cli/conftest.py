"""The command line, called as a shell calls it: arguments and standard input in; exit code and both outputs out."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bridge import maillog
from bridge.cli import main

CONFIG = """
[site]
name = "Tool Library"
domain = "forum.example"
url = "https://forum.example"
data_dir = "data"
[[list]]
name = "general"
[[list]]
name = "repairs"
who_can_post = "moderated"
"""


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str


Command = Callable[..., Answer]


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No mail log: it would hold on to a standard error that is closed when the test ends."""
    monkeypatch.setattr(maillog, "configure", lambda **_: None)
    yield


@pytest.fixture
def command(
    silent: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    """Run a command in a folder with a config.toml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SENDER", raising=False)
    monkeypatch.delenv("RECIPIENT", raising=False)
    (tmp_path / "config.toml").write_text(CONFIG)

    def run(*words: str, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "argv", ["threadbridge", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return Answer(int(ended.value.code or 0), out, err)

    return run


def mail(
    number: int,
    author: str = "Ada Lind <ada@post.example>",
    to: str = "general@forum.example",
    **headers: str,
) -> bytes:
    """A small mail, number `number`."""
    head = {
        "From": author,
        "To": to,
        "Subject": f"Mail {number}",
        "Date": f"Mon, 5 May 2025 10:{number:02}:00 +0000",
        "Message-ID": f"<m{number}@post.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    text = f"Words of mail {number}.\n\nFrom here on it is late.\n\n-- \nA signature\n"
    return ("\n".join(f"{name}: {value}" for name, value in head.items()) + "\n\n" + text).encode()
