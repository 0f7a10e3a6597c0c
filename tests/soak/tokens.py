"""Promise A1 in its long form: a million tokens are all different, and none of a million guesses is one.

    python -m tests.soak.tokens [HOW-MANY]

Every guess has the right key name and numbers of a token that is out, so that only the 128 bits of its MAC are unknown.
"""

from __future__ import annotations

import random
import sys
import time

from bridge.mail.token import Purpose, Tokens

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def main(many: int) -> int:
    """Mint and guess; gives how many were equal or guessed."""
    tokens, began = Tokens(random.randbytes(32)), time.process_time()
    issued = {tokens.mint(Purpose.REPLY, n // 1000, n % 1000) for n in range(many)}
    equal = many - len(issued)
    some = sorted(issued)[:: max(1, many // 1000)]
    guessed = 0
    for n in range(many):
        known = some[n % len(some)]
        guess = known[:8] + "".join(random.choices(ALPHABET, k=len(known) - 8))
        guessed += guess not in issued and tokens.read(Purpose.REPLY, guess) is not None
    print(
        f"{many} issued, {equal} equal; {many} guesses, {guessed} right; {time.process_time() - began:.1f} s of CPU"
    )
    return equal + guessed


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000) else 0)
