"""What the core knows of the installation that it runs in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """The site: `url` has no slash at its end; `authserv_id` is empty where no Authentication-Results is trusted.

    `timezone` and `hour` hold for those who have chosen none: a zone's name, and the hour of digests there.
    """

    name: str
    domain: str
    url: str
    authserv_id: str = ""
    timezone: str = "UTC"
    hour: int = 7
    hold_bytes: int = 0
    """A larger mail waits for a moderator; 0: none does for its size."""
    posts_per_hour: int = 0
    """What one sender writes to a list beyond this waits; 0: no limit."""
    language: str = "en"
    """The language of letters to those of whom no other is known, as `phrases.LANGUAGES` has it."""
    confirm_days: int = 7
    """How many days a letter that asks something can be answered."""
    operators: tuple[str, ...] = ()
    """Addresses of those who run the installation."""
