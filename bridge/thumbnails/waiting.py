"""The pictures that wait for their thumbnail are drawn, the newest first, one after another.

Each is one row of the store (`store.thumbnails`), so a daemon that is killed loses at most the one in hand, and goes
on with it when it is back. A picture that cannot be drawn is noted, and never asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from .. import maillog
from ..store import thumbnails
from ..store.database import Store
from ..store.thumbnails import Thumbnail


def draw_waiting(store: Store, draw: Callable[[bytes], Thumbnail]) -> int:
    """Draw all that wait; gives their number. What `draw` raises ends it, and the picture waits on."""
    number = 0
    while (picture := store.read(thumbnails.waiting)) is not None:
        made = draw(picture.content) if picture.content else Thumbnail("left", why="its bytes are not kept")
        if made.why:
            maillog.picture_left(picture.attachment, made.why)
        store.write(partial(thumbnails.put, sha256=picture.sha256, made=made))
        number += 1
    return number
