"""run, check and help: quick, and plain about faults."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bridge.cli import app
from bridge.daemon.doors import busy
from bridge.store.database import OperationalError, StoreError

from .conftest import Command

ROOM = Path(__file__).parents[2]
HEAVY = {
    "pydantic",
    "rich",
    "sqlite_utils",
    "aiosql",
    "turbohtml",
    "nh3",
    "mailparser",
    "imapclient",
    "starlette",
}


def test_help_imports_nothing_heavy() -> None:
    show = "import sys; sys.argv = ['threadbridge', '--help']; from bridge.cli import main\n"
    show += "try: main()\nexcept SystemExit: print('|', *sys.modules)"
    out = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True).stdout
    assert "run " in out and not HEAVY & set(out.split("|")[1].split())


@pytest.mark.parametrize("words", [[], ["people"], ["import"], ["held"]])
def test_every_command_says_what_it_does(command: Command, words: list[str]) -> None:
    answer = command(*words, "--help")
    assert answer.code == 0
    commands = answer.out.split("Commands:\n")[1].split("\n\n")[0].splitlines()
    assert commands and all(line.endswith(".") and not line.endswith("..") for line in commands)


def test_every_command_has_help(command: Command) -> None:
    names = [registered.callback.__name__ for registered in app.registered_commands if registered.callback]
    for name in names:
        answer = command(name, "--help")
        assert (answer.code == 0 and "--config" in answer.out) or name in ("demo", "clean")


def test_version(command: Command) -> None:
    assert command("--version").out.startswith("threadbridge 0")


def test_check_tells_meaning_and_risks(command: Command) -> None:
    answer = command("check")
    assert answer.code == 0
    assert "list general <general@forum.example>" in answer.out and "the configuration is right" in answer.out
    assert "forges" in answer.err and "no letter leaves" in answer.err and "deliver" in answer.err


@pytest.mark.parametrize("name", ["run", "check", "ledger", "stats"])
def test_a_bad_file_is_told_in_lines(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "config.toml").write_text('[site]\nname = "A"\ndomain = "a b"\n[smpt]\n')
    answer = command(name)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 3 and "Traceback" not in answer.err


def test_a_busy_port_is_one_line(command: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = command("demo", "--smtp-port", str(taken.getsockname()[1]))
    assert answer.code == 2 and len(answer.err.splitlines()) == 1 and "--smtp-port" in answer.err


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (errno.EADDRINUSE, "Address already in use; stop what uses"),
        (errno.EACCES, "Permission denied; a port below 1024 needs"),
        (errno.EADDRNOTAVAIL, "this machine has no such address"),
        (-2, "Name or service not known; name an address"),
    ],
)
def test_a_port_that_cannot_be_opened_is_told_with_its_cure(number: int, cure: str) -> None:
    fault = busy("smtp", "192.0.2.1", 25, OSError(number, "Name or service not known"))
    assert '[smtp] listen = "192.0.2.1:25": ' in str(fault) and cure in str(fault)


@pytest.mark.parametrize("value", ['"x\\u0000y"', '"~nobody-of-that-name/x"'])
def test_a_path_that_is_none_is_one_line(command: Command, tmp_path: Path, value: str) -> None:
    text = (tmp_path / "config.toml").read_text().replace('"data"', value)
    (tmp_path / "config.toml").write_text(text)
    answer = command("check")
    assert (answer.code, len(answer.err.splitlines())) == (2, 1) and "data_dir" in answer.err


def test_check_warns_of_what_is_open_to_others(command: Command, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2\n")
    (tmp_path / "secret").chmod(0o644)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        (tmp_path / "open.toml").write_text(
            '[site]\nname="A"\ndomain="a.example"\nurl="http://a.example"\n'
            '[[imap]]\nhost="imap.example"\ntls="none"\nuser="a"\npassword_file="secret"\n'
            '[outgoing]\nkind="smtp"\nhost="mx.example"\n'
            f'[web]\nlisten="127.0.0.1:{taken.getsockname()[1]}"\n'
        )
        answer = command("check", "-c", "open.toml")
    assert answer.code == 0 and "letters go to mx.example:25" in answer.out and "imap a at" in answer.out
    for risk in ("no [[list]]", "without TLS", "chmod 600", "needs https", "another program"):
        assert risk in answer.err
    assert "hunter2" not in answer.out + answer.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("stats >&-", 0, ""),
        ("stats <&- >&- 2>&-", 0, ""),
        ("stats >/dev/full", 74, "standard output cannot be written: its disk is full\n"),
        ("check -c bom.toml >/dev/null 2>&1", 0, ""),
        ("deliver <&-", 75, "standard input: it is closed\n"),
        ("clean <&-", 2, "standard input: it is closed\n"),
    ],
)
def test_odd_streams_are_no_traceback(command: Command, words: str, code: int, told: str) -> None:
    Path("bom.toml").write_bytes(b"\xef\xbb\xbf" + Path("config.toml").read_bytes())
    assert command("stats").code == 0
    shell = f"{sys.executable} -m bridge {words}"
    found = subprocess.run(
        ["sh", "-c", shell], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOM)}
    )
    assert (found.returncode, found.stderr) == (code, told)


@pytest.mark.parametrize("wrapped", [True, False])
def test_D5_a_start_on_a_full_disk_is_to_be_tried_again(
    command: Command, monkeypatch: pytest.MonkeyPatch, wrapped: bool
) -> None:
    def full(*_: object, **__: object) -> int:
        fault = OperationalError("database or disk is full")
        fault.sqlite_errorcode = 13  # SQLITE_FULL
        if wrapped:
            raise StoreError("threadbridge.db: database or disk is full") from fault
        raise fault

    monkeypatch.setattr("bridge.daemon.run", full)
    answer = command("run")
    assert answer.code == 75 and "make some" in answer.err and "Traceback" not in answer.err
