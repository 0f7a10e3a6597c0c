"""O1, O3, O4 and P3 in their long form: every letter of a large fan-out is judged.

python -m tests.soak.outgoing --readers 1667 [--dir FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.e2e.outgoing import fan_out, faults_of, mails
from tests.servers import Sink, started

from .table import report


def run(readers: int, folder: Path) -> tuple[bool, dict[str, object]]:
    """Do it; gives whether the promise held, and the figures."""
    with Sink() as sink:
        daemon = started(folder, sink.port)
        try:
            letters = fan_out(daemon, sink, readers, 600)
        finally:
            daemon.kill9()
    faults = faults_of(letters)
    expected = readers * len(mails())
    well = not faults and len(letters) == expected and not sink.faults
    return well, {"letters": len(letters), "of": expected, "faults": dict(faults) or 0}


def main() -> int:
    """Read the options, run, print."""
    options = argparse.ArgumentParser()
    options.add_argument("--readers", type=int, default=1667)
    options.add_argument("--dir", type=Path)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        well, figures = run(wanted.readers, wanted.dir or Path(scratch))
    return report("O1-O4, P3", f"outgoing --readers {wanted.readers}", well, figures)


if __name__ == "__main__":
    sys.exit(main())
