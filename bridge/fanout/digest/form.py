"""The values of a digest, and the phrases of its text and its page, in its reader's language and on his clock. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from ...posting.post import MailingList
from ...posting.private import hide_addresses
from ...posting.site import Site
from ..headers import clean
from ..languages import DAYS, FRAME, MONTHS
from ..letter import Answered
from ..timetable import local

SUBJECT_MAX = 110


@dataclass(frozen=True, slots=True)
class DigestPost:
    """A post that is new to the reader; `text` is Markdown, `reply_to` his own address for an answer to it."""

    id: int
    author: str
    date: int
    text: str
    permalink: str
    reply_to: str
    guest: bool = False
    credit: str = ""
    answers: Answered | None = None
    attachments: int = 0
    mentions: bool = False
    """Whether it mentions the reader."""
    masked: frozenset[str] = frozenset()
    """Addresses that the text holds and that are not its author's to publish, in lower case."""


@dataclass(frozen=True, slots=True)
class DigestThread:
    """A thread with the posts that are new, oldest first; `size` is how many it has in all."""

    id: int
    mailing_list: MailingList
    title: str
    url: str
    size: int
    reply_to: str
    posts: tuple[DigestPost, ...]

    @property
    def last(self) -> int:
        """When its newest post was written."""
        return max(post.date for post in self.posts)

    @property
    def names(self) -> tuple[str, ...]:
        """Who wrote, each once, in the order of their first posts."""
        return tuple(dict.fromkeys(shown(post.author) or "Somebody" for post in self.posts))


@dataclass(frozen=True, slots=True)
class DigestLetter:
    """All that a digest says, and whom it goes to; `since` is the digest before, None for the first."""

    site: Site
    name: str
    address: str
    threads: tuple[DigestThread, ...]
    message_id: str
    date: int
    since: int | None
    timezone: str
    reply_to: str
    leave_url: str
    leave_address: str
    leave_links: dict[int, str] = field(default_factory=dict)
    """By list, the page on which he leaves it."""
    language: str = "en"

    @property
    def posts(self) -> int:
        """How many posts are new."""
        return sum(len(thread.posts) for thread in self.threads)

    @property
    def lists(self) -> tuple[MailingList, ...]:
        """The lists that these threads are of, in the order in which they stand."""
        return tuple({thread.mailing_list.id: thread.mailing_list for thread in self.threads}.values())

    @property
    def title(self) -> str:
        """What the digest is of: the one list, or the site."""
        return title_of(self.lists[0]) if len(self.lists) == 1 else shown(self.site.name)

    @property
    def zone(self) -> str:
        """The reader's time zone."""
        return self.timezone or self.site.timezone

    def sections(self) -> Iterable[tuple[MailingList, list[tuple[int, DigestThread]]]]:
        """Each list with its threads, numbered through."""
        numbered = enumerate(self.threads, 1)
        for _, group in groupby(numbered, key=lambda pair: pair[1].mailing_list.id):
            threads = list(group)
            yield threads[0][1].mailing_list, threads


def in_order(threads: Iterable[DigestThread]) -> tuple[DigestThread, ...]:
    """Threads as a digest has them."""
    every = {thread.id: thread for thread in threads}
    return tuple(every[each] for each in order({t.id: (t.mailing_list.id, t.last) for t in every.values()}))


def order(last: Mapping[int, tuple[int, int]]) -> list[int]:
    """Threads, given with their list and when something came last, under their lists; the latest activity first."""
    latest: dict[int, int] = {}
    for list_id, date in last.values():
        latest[list_id] = max(latest.get(list_id, 0), date)
    return sorted(last, key=lambda each: (-latest[last[each][0]], last[each][0], -last[each][1], -each))


def subject(digest: DigestLetter) -> str:
    """How much is new, and the first titles: "General, 8 new posts: Lathe repair; Seed swap; …"."""
    line = f"{digest.title}, {counted(digest.language, 'post', digest.posts)}: "
    titles = [
        textwrap.shorten(shown(thread.title), SUBJECT_MAX // 2, placeholder="…") for thread in digest.threads
    ]
    fit = 1
    while fit < len(titles) and len(line + "; ".join(titles[: fit + 1])) <= SUBJECT_MAX:
        fit += 1
    return line + "; ".join(titles[:fit] + ["…"] * (fit < len(titles)))


def summary(digest: DigestLetter) -> str:
    """How much is new, in words."""
    posts = counted(digest.language, "post", digest.posts)
    if len(digest.threads) < 2:
        return posts
    threads = counted(digest.language, "thread", len(digest.threads))
    return framed(digest.language, "posts_in", posts=posts, threads=threads)


def framed(language: str, key: str, **facts: object) -> str:
    """A phrase of the frame with its facts, as they may be shown."""
    return FRAME.get(language, FRAME["en"])[key].format_map(facts)


def counted(language: str, what: str, n: int) -> str:
    """ "1 new post", "2 new posts"; `what` is the key without `_1` and `_n`."""
    return framed(language, f"{what}_1" if n == 1 else f"{what}_n", n=n)


def among(language: str, names: tuple[str, ...], most: int = 4) -> str:
    """Names as a phrase: "Ada, Bo and 3 more"."""
    first, more = names[:most], len(names) - most
    if more > 0:
        return framed(language, "and_more", names=", ".join(first), n=more)
    both = filter(None, (", ".join(first[:-1]), first[-1])) if first else ()
    return framed(language, "and").join(both)


def shown(text: str) -> str:
    """A name or title as one line without addresses."""
    return hide_addresses(clean(text))


def title_of(mailing_list: MailingList) -> str:
    """The name of a list as shown."""
    return shown(mailing_list.title or mailing_list.name)


def day(moment: int, zone: str, language: str = "en") -> str:
    """A date on that zone's clock: "Monday 23 November"."""
    at = local(moment, zone)
    weekday, month = _weekday(at, language), _month(at, language)
    return framed(language, "heading", weekday=weekday, day=at.day, month=month)


def upper(text: str) -> str:
    """A phrase as the beginning of a line."""
    return text[:1].upper() + text[1:]


def moment(then: int, now: int, zone: str, language: str = "en") -> str:
    """A time as short as it is plain: "today, 17:05", "Sunday, 17:05", "3 November, 17:05", with the year if old."""
    at, today = local(then, zone), local(now, zone)
    clock = f"{at:%H:%M}"
    days = (today.date() - at.date()).days
    if days == 0:
        return framed(language, "today", clock=clock)
    if days == 1:
        return framed(language, "yesterday", clock=clock)
    shown = _weekday(at, language) if 0 < days < 7 else _date(at, today, language)
    return framed(language, "clock", day=shown, clock=clock)


def _date(at: datetime, today: datetime, language: str) -> str:
    year = f" {at.year}" if at.year != today.year else ""
    return framed(language, "date", day=at.day, month=_month(at, language)) + year


def _weekday(at: datetime, language: str) -> str:
    return DAYS.get(language, DAYS["en"])[at.weekday()]


def _month(at: datetime, language: str) -> str:
    return MONTHS.get(language, MONTHS["en"])[at.month - 1]
