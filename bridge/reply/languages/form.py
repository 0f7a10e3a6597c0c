"""What is kept of a language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One language's forms; each field is parted by `|`."""

    code: str
    wrote: str = ""
    opens: str = ""
    sender: str = ""
    date: str = ""
    to: str = ""
    cc: str = ""
    subject: str = ""
    original: str = ""
    forwarded: str = ""
    fwd: str = ""
    sent_from: str = ""
    closing: str = ""
    notice: str = ""
    answers: str = ""
    below: str = ""


def forms(field: str) -> tuple[str, ...]:
    """The parted forms of one field, empty ones dropped."""
    return tuple(form for form in field.split("|") if form)
