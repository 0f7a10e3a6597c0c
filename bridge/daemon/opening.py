"""The mailroom over the configured store, for the daemon and for every command."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from ..config import Config
from ..mailroom import Mailroom
from ..mailroom.reading import Read, read_here
from ..posting.post import MailingList
from ..posting.site import Site
from ..store import lists
from ..store.database import OperationalError, Store, StoreError, Tx
from .trust import vouching

DATABASE = "threadbridge.db"


def microseconds() -> int:
    """The time of day, in microseconds UTC."""
    return time.time_ns() // 1000


@contextmanager
def open_mailroom(
    config: Config, wake: Callable[[], None] = lambda: None, *, alone: bool = False, read: Read = read_here
) -> Iterator[Mailroom]:
    """The mailroom over the configured store, with the lists of the config in it; `alone`: as the daemon's.

    `read` reads a mail: here, or in a process of `readers`.
    """
    store = Store.open(config.site.data_dir / DATABASE, alone=alone)
    try:
        try:
            store.write(partial(sync_lists, config=config))
        except OperationalError as error:
            if alone or not store.read(lists.every):  # else one can look at what is there on a full disk too
                raise StoreError(f"{store.path}: {error}") from error
        site = Site(
            config.site.name, config.site.domain, config.site.url.rstrip("/"),
            config.identity.trusted_authserv_id, config.digest.timezone, config.digest.hour,
            config.limits.hold_bytes, config.limits.posts_per_hour, config.site.language, config.limits.confirm_days,
            config.site.operators,
        )  # fmt: skip
        with vouching(config) as believed:
            mailroom = Mailroom(store, site, microseconds, wake, read)
            mailroom.vouching = believed
            mailroom.alarm_after = config.limits.alarm_seconds * 1_000_000
            yield mailroom
    finally:
        store.close()


def sync_lists(tx: Tx, config: Config) -> None:
    """Write the lists of the configuration, and their moderators, or else the operators, into the store."""
    for each in config.lists:
        list_id = lists.put(
            tx,
            MailingList(
                id=0, name=each.name, address=each.address, title=each.title, description=each.description,
                who_can_post=each.who_can_post, visibility=each.visibility, guests=each.guests,
                first_posts=each.first_posts, mask_private=each.mask_private, who=each.who,
                spam_header=each.spam_header, spam_score=each.spam_score,
            ),
        )  # fmt: skip
        lists.appoint(tx, list_id, each.moderators or config.site.operators, microseconds())
