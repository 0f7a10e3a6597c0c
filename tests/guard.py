"""A guard against what never ends or grows with the square of its input. It measures nothing: `tests/soak/linear.py`
and `benchmarks/` do, on a quiet machine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 15.0
"""Of CPU: many times what any guarded test takes on a slow machine that counts branches."""


@contextmanager
def soon() -> Iterator[None]:
    """What is done here comes to an end within SECONDS."""
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < SECONDS, f"it took {took:.1f} s of CPU"
