"""people forget, post mask, post unmask: what of somebody is known, and what of a post is shown to everybody."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from .people import AddressArgument, the_address
from .shared import ConfigOption, UsageFault, cell, opened, say

if TYPE_CHECKING:
    from ..store.database import Tx

post_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Posts: mask what is private in one, or show it."
)
Post = Annotated[int, typer.Argument(metavar="POST", help="The number of a post, as in its link.")]


def forget(
    address: AddressArgument,
    config: ConfigOption = None,
    delete_posts: Annotated[
        bool, typer.Option("--delete-posts", help="Remove what he wrote, too; else it stays under no name.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a person and what is known of him, for good.

    Addresses, names, subscriptions, letters, raw mails, what was folded of his mails: nothing of it is left in the
    database. His posts stay as those of "a former member", or show as removed where answers hang below them.
    """
    from ..mailroom.forget import forget as remove
    from ..mailroom.forget import sweep
    from ..store import people
    from ..store.backup import FOLDER

    clean = the_address(address)
    with opened(config) as mailroom:
        person = mailroom.store.read(lambda tx: people.by_address(tx, clean))
        if person is None:
            raise UsageFault(f"nobody here has the address {clean}")
        what = "with all posts" if delete_posts else "posts stay under no name"
        if not yes:
            typer.confirm(f"Forget {cell(person.name)} <{clean}>, {what}?", abort=True, err=True)
        done = mailroom.store.write(
            partial(remove, person_id=person.id, delete_posts=delete_posts, now=mailroom.now())
        )
        if done is None:
            raise UsageFault(f"nobody here has the address {clean}")
        whole = sweep(mailroom.store)
        posts = f"{done.posts} post{'s' if done.posts != 1 else ''} {'removed' if delete_posts else 'without a name'}"
        print(f"{clean} is forgotten: {len(done.addresses)} addresses, {done.mails} mails, {posts}")
        if not whole:
            say("The database is in use: the daemon clears its free pages within the hour.")
        if copies := sorted((mailroom.store.path.parent / FOLDER).glob("*.db*")):
            say(
                f"Copies from before still hold all of it: remove {', '.join(map(str, copies))}, and those elsewhere."
            )


def unmask(number: Post, config: ConfigOption = None) -> None:
    """Show what its author wrote in a post as he wrote it; mail addresses stay hidden, and so does what he quotes."""
    _set(number, 1, config)
    print(f"post {number} is shown as it was written")


def mask(number: Post, config: ConfigOption = None) -> None:
    """Mask telephone numbers, postal addresses and private links in a post again."""
    _set(number, 0, config)
    print(f"post {number} is masked")


def _set(number: int, unmasked: int, config: ConfigOption) -> None:
    def write(tx: Tx) -> bool:
        return bool(tx.post_unmask(id=number, unmasked=unmasked))

    with opened(config) as mailroom:
        if not mailroom.store.write(write):
            raise UsageFault(f"there is no post {number}")


post_app.command("unmask")(unmask)
post_app.command("mask")(mask)
