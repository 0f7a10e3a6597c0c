"""The values of posting: lists, people and posts, as the core speaks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Who = Literal["members", "anyone", "moderated"]
Visibility = Literal["public", "members"]
Guests = Literal["show", "hold", "refuse"]
Mode = Literal["each", "daily", "weekly", "mentions", "none"]
FirstPosts = Literal["show", "hold"]
Asks = Literal["members", "nobody"]


@dataclass(frozen=True, slots=True)
class MailingList:
    """A list: an address that mail is sent to, and a room of threads on the web page."""

    id: int
    name: str
    address: str
    title: str
    description: str = ""
    who_can_post: Who = "members"
    visibility: Visibility = "public"
    guests: Guests = "show"
    first_posts: FirstPosts = "show"
    """Whether the posts of somebody who has none here yet wait for a moderator."""
    mask_private: bool = True
    """Whether public pages mask telephone numbers, addresses and secret links."""
    who: Asks = "nobody"
    """Who may ask by mail who the members are."""
    spam_header: str = ""
    """The header of our own MTA whose score may hold a mail; empty where none is looked at."""
    spam_score: float = 5.0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes or reads: `addresses` in lower case, the first is the one that letters go to.

    `member` is false for a guest: somebody whom a member copied and who has no subscription.
    """

    id: int
    name: str
    addresses: tuple[str, ...]
    handles: tuple[str, ...] = ()
    member: bool = True
    own_posts: bool = False
    """Whether he wants a copy of what he wrote himself."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a thread, as stored; dates in microseconds UTC, `text` Markdown, `html` sanitised."""

    id: int
    list_id: int
    thread_id: int
    parent_id: int | None
    author_id: int
    author: str
    guest: bool
    credit: str
    subject: str
    date: int
    message_id: str
    origin: str
    text: str
    html: str
