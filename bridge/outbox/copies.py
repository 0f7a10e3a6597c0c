"""The copies of a letter: which deliveries share one, and each filled for its person when it is asked for.

Limits: `TOGETHER` copies are addressed at once; of a letter that is signed, `AHEAD` are made ahead, as far as they
take no more than `AHEAD_BYTES`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ..fanout.letter import Letter, Slot
from ..mail.envelope import Envelope
from ..store.queue import Due

TOGETHER = 16
"""5 us each in place of 11, and the relay has something to do for as long as it takes."""
AHEAD, AHEAD_BYTES = 64, 8 << 20

Address: TypeAlias = Callable[[Sequence[Due]], Sequence[tuple[str, Mapping[Slot, bytes]]]]
"""The envelope senders and the slots of some copies of one letter."""
Copy: TypeAlias = tuple[Due, Envelope | Exception]
"""A delivery, and its filled letter or why there is none."""
Key: TypeAlias = tuple[int | None, int | None, int | None, str]
"""A letter: of a post in a language, of a notice, or of a digest."""


def by_letter(chunk: Iterable[Due]) -> list[list[Due]]:
    """The copies of each letter together, letters in the order in which their first copies were queued."""
    groups: dict[Key, list[Due]] = {}
    for due in chunk:
        groups.setdefault(letter_key(due), []).append(due)
    return list(groups.values())


def letter_key(due: Due) -> Key:
    """Which letter a delivery is a copy of: a post's is composed once for each language."""
    return due.post_id, due.notice_id, due.digest_id, due.language if due.post_id is not None else ""


def filled(letter: Letter, copies: Sequence[Due], address: Address) -> Iterator[Copy]:
    """One copy after another, filled when it is asked for, or why it cannot be made."""
    for at in range(0, len(copies), TOGETHER):
        some = copies[at : at + TOGETHER]
        try:
            addressed = address(some)
        except Exception as error:
            if len(some) == 1:
                yield some[0], error
            else:  # the fault may be of one alone
                yield from (copy for due in some for copy in filled(letter, [due], address))
            continue
        for due, (sender, slots) in zip(some, addressed, strict=True):
            yield due, _fill(letter, due, sender, slots)


def _fill(letter: Letter, due: Due, sender: str, slots: Mapping[Slot, bytes]) -> Envelope | Exception:
    try:
        return Envelope(sender, (due.address,), letter.fill(slots))
    except Exception as error:
        return error


def runs(letter: Letter, copies: list[Due]) -> list[list[Due]]:
    """The copies of a letter that is signed, as many together as are made ahead."""
    size = sum(len(piece) for piece in letter.pieces if isinstance(piece, bytes))
    ahead = max(1, min(AHEAD, AHEAD_BYTES // max(size, 1)))
    return [copies[at : at + ahead] for at in range(0, len(copies), ahead)]


async def signed(letter: Letter, copies: list[Due], address: Address) -> list[Copy]:
    """Copies made ahead in two threads: a signature takes 0.4 ms, in which the loop and the relay can go on."""
    half = (len(copies) + 1) // 2

    def fill(some: list[Due]) -> list[Copy]:
        return list(filled(letter, some, address))

    both = [asyncio.to_thread(fill, some) for some in (copies[:half], copies[half:]) if some]
    return [copy for made in await asyncio.gather(*both) for copy in made]
