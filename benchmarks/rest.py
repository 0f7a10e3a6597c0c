"""What the daemon takes at rest: memory, CPU, how often it wakes; how long until it is ready, and until --help is read.

Run it: .venv/bin/python benchmarks/rest.py [--seconds 20]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import tempfile
import time
from pathlib import Path

from running import command, daemon


def help_cost() -> tuple[float, float]:
    """(wall, CPU) seconds of `threadbridge --help`, the best of five."""
    found = []
    for _ in range(5):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command("--help"), check=True, stdout=subprocess.DEVNULL)
        after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
        found.append((wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return min(found)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=20)
    seconds = asked.parse_args().seconds
    wall, cpu = help_cost()
    print(f"--help: {wall:.3f} s, of them {cpu:.3f} s of CPU")
    with tempfile.TemporaryDirectory() as folder, daemon(Path(folder)) as one:
        print(f"ready after {one.ready:.2f} s, {one.cpu():.2f} s of CPU")
        time.sleep(3)
        cpu, wakes = one.cpu(), one.wakes()
        time.sleep(seconds)
        used, woken = one.cpu() - cpu, one.wakes() - wakes
        print(
            f"at rest: {one.pss() / 1024:.1f} MB PSS in {len(one.pids())} processes,"
            f" {100 * used / seconds:.2f} % of a core, {woken / seconds:.1f} wakes a second"
        )


if __name__ == "__main__":
    main()
