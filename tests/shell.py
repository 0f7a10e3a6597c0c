"""A shell that knows our commands already: each is a process of its own, but does not import the program anew.

One process imports everything and then forks for each command; the fork has its own folder, environment, input and
outputs, and runs the same `main` as `python -m bridge`. That spares a second for each of hundreds of commands.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

ROOM = Path(__file__).resolve().parent.parent
START = "from tests.shell import serve; serve()"


class Shell:
    """Runs commands one after the other; it ends with the process that made it.

    It may end earlier: killed where memory is short, or as a file of ours that it reads is being changed. Then a new
    one is started for the next command, and the one at hand says how the old one ended.
    """

    def __init__(self) -> None:
        self._process = self._begun()

    def _begun(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", START], cwd=ROOM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip

    def run(
        self, words: list[str], *, folder: Path, environment: Mapping[str, str], stdin: bytes = b""
    ) -> tuple[int, str, str]:
        """Run `threadbridge WORDS` in a folder; gives exit code, standard output and standard error."""
        if self._process.poll() is not None:
            self._process = self._begun()
        assert self._process.stdin and self._process.stdout
        asked = {
            "words": words,
            "folder": str(folder),
            "environment": dict(environment),
            "stdin": stdin.hex(),
        }
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, f"{words}: the shell ended with {self._process.wait(10)}"
        code, out, err = json.loads(answer)
        return code, out, err


def serve() -> None:
    """The other end: read commands from standard input until it is closed."""
    import bridge.cli
    import bridge.daemon
    import bridge.mailroom
    import bridge.store.reports  # noqa: F401

    for line in sys.stdin:
        asked = json.loads(line)
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(bytes.fromhex(asked["stdin"]))
            given.seek(0)
            if (child := _forked()) == 0:
                _become(asked, given.fileno(), out.fileno(), err.fileno())
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            said = []
            for file in (out, err):
                file.seek(0)
                said.append(file.read().decode("utf-8", "replace"))
        print(json.dumps([code, *said]), flush=True)


def _forked() -> int:
    """`os.fork`, with some patience where the machine has no room for one more process right now."""
    for seconds in (0.1, 0.5, 2.0):
        with contextlib.suppress(BlockingIOError):
            return os.fork()
        time.sleep(seconds)
    return os.fork()


def _become(asked: dict[str, object], *outputs: int) -> NoReturn:
    """Be the command, and end as it ends; whatever happens, this process must not go on as the shell."""
    code = 70
    try:
        for ours, theirs in enumerate(outputs):
            os.dup2(theirs, ours)
        sys.stdin = os.fdopen(os.dup(0), encoding="utf-8")
        os.chdir(str(asked["folder"]))
        os.environ.clear()
        os.environ.update(asked["environment"])  # type: ignore[call-overload]
        sys.argv = ["threadbridge", *asked["words"]]  # type: ignore[misc]
        from bridge.cli import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(code)
