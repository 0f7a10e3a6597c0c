"""What introduces an earlier mail, and the tables and patterns by which all such lines are known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .languages import LANGUAGES, forms
from .lines import fold

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Opening:
    """The lines `start` to `end` (exclusive) that introduce an earlier mail, and what they say of it."""

    start: int
    end: int
    reason: str
    forward: bool = False
    """The phrase between the dashes says that the mail was passed on."""
    headers: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    attribution: str = ""
    language: str = ""
    """Whose labels a header block has, where that is known."""


def words(name: str) -> dict[str, str]:
    """One field of all languages: each form, case folded, with the code of its (first) language."""
    return {
        fold(form): language.code
        for language in reversed(LANGUAGES)
        for form in forms(getattr(language, name))
    }


# Each begins with one digit, so that the search skips from digit to digit: four times as fast.
CLOCK = re.compile(
    r"\d(?:\d?\s?[:.h時时点點시]\s?\d{2}(?!\d)|\d?\s?(?:am|pm|uhr)\b|\s?[時时点點시])", re.IGNORECASE
)
DATE = re.compile(
    r"\d(?:(?<!\d\d)(?:(?<=1)[349]|(?<=2)[05])\d\d(?!\d)"  # the years of four calendars
    r"|\d{0,3}[./-]\d{1,2}[./-]\d{1,4}|\d?\. ?\d{1,2}\. ?\d{2}(?!\d)|\s?[月년])"
)
DIGIT = re.compile(r"\d")
ADDRESS = re.compile(r"[^\s@<>\"(]{1,64}+@[\w-]{1,64}[\w.-]{0,190}|<[^<>\s]{1,80}>")
COLONS = (":", "：", "﹕", ":-", "∶", "៖")


def ascii_digits(text: str) -> str:
    """Digits of all scripts as ASCII ones."""
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)
