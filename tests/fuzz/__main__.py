"""Fuzz the five parsers: `make fuzz SECONDS=60`, or `.venv/bin/python -m tests.fuzz [TARGET...] --seconds 60`.

Where atheris is installed (the extra `fuzz`) it looks for input that takes new branches, and keeps that in
`tests/fuzz/corpus/TARGET/`; else the sample mails are damaged at random. What is found is written to
`tests/fuzz/found/` and the exit code is 1. Both folders are no part of the repository.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
MAILS = HERE.parent / "mails"
NAMES = ("mail_parser", "quote_stripper", "address_parser", "command_parser", "token_parser")
LARGEST = 16_384


def with_atheris(name: str, seconds: int) -> None:
    """Fuzz one target by the branches that it takes; ends this process."""
    import atheris  # type: ignore[import-not-found]

    with atheris.instrument_imports(include=["bridge"]):
        from .targets import TARGETS
    corpus = HERE / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    found = HERE / "found"
    found.mkdir(exist_ok=True)
    options = [
        f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-timeout=20", "-rss_limit_mb=2000",
        "-verbosity=0", "-print_final_stats=1", f"-artifact_prefix={found}/{name}-",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus), str(MAILS)], TARGETS[name])
    atheris.Fuzz()


def at_random(name: str, seconds: int) -> int:
    """Fuzz one target with damaged samples; gives the number of findings."""
    from tests.hostile import damaged, odd

    from .targets import TARGETS

    samples = sorted(path for path in MAILS.iterdir() if path.suffix in (".eml", ".txt"))
    dice, faults, calls = random.Random(), 0, 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        raw = (
            dice.choice(samples).read_bytes()[:LARGEST] if dice.random() < 0.7 else odd(dice.getrandbits(40))
        )
        for _ in range(dice.randint(0, 12)):
            raw = damaged(dice, raw)
        calls += 1
        try:
            TARGETS[name](raw)
        except Exception:
            traceback.print_exc()
            (HERE / "found").mkdir(exist_ok=True)
            (HERE / "found" / f"{name}-{faults}").write_bytes(raw)
            faults += 1
    print(f"{name}: {calls} calls, {faults} findings")
    return faults


def main() -> int:
    """Each target in a process of its own, one after another, so many seconds each."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("targets", nargs="*", choices=[*NAMES, []], help="all by default")
    asked.add_argument("--seconds", type=int, default=60, help="for each target")
    asked.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        try:
            with_atheris(given.targets[0], given.seconds)
        except ImportError:
            return min(1, at_random(given.targets[0], given.seconds))
    bad = []
    for name in given.targets or NAMES:
        print(f"-- {name}", flush=True)
        again = [sys.executable, "-m", "tests.fuzz", name, "--one", "--seconds", str(given.seconds)]
        if subprocess.run(again, cwd=HERE.parent.parent).returncode:
            bad.append(name)
    print(f"findings in {', '.join(bad)}: see tests/fuzz/found/" if bad else "no findings")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
