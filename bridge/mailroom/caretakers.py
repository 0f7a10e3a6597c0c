"""Who looks after a list, and who after the whole installation: where one is not named, it is the other."""

from __future__ import annotations

from ..posting.site import Site
from ..store import lists
from ..store.database import Tx
from ..store.lists import Moderator


def of_list(tx: Tx, site: Site, list_id: int) -> tuple[Moderator, ...]:
    """The moderators of a list; the operators where it has none."""
    return lists.moderators(tx, list_id) or _operators(site)


def of_site(tx: Tx, site: Site, list_id: int | None) -> tuple[Moderator, ...]:
    """The operators; where none is named, the moderators of a list, and where it has none those of all lists."""
    return _operators(site) or lists.moderators(tx, list_id) or lists.moderators(tx, None)


def _operators(site: Site) -> tuple[Moderator, ...]:
    return tuple(Moderator(0, "", address, 0) for address in site.operators)
