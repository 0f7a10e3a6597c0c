"""The languages in which we write to people: a file each. Pure.

    SENTENCES[language][key]   what commands are answered with
    DOES[language][verb]       what a verb does
    LETTERS[language][key]     the letters that nobody asked for by a command, and `why_CODE`: why a mail is not posted
    MODERATION[language][key]  letters to those who look after a list, and `hold_CODE`: why a mail waits
    AROUND[language][key]      what stands around the post in its letter
    FRAME[language][key]       what stands around the posts of a digest; MONTHS and DAYS (from Monday)

Names in braces are filled in. English has every key, and each of the others has the same.
"""

from __future__ import annotations

from ...posting.verbs import Verb
from . import de, en, es, fr, it, nl, pt

SENTENCES: dict[str, dict[str, str]] = {
    "en": en.SENTENCES, "de": de.SENTENCES, "fr": fr.SENTENCES, "es": es.SENTENCES, "it": it.SENTENCES,
    "pt": pt.SENTENCES, "nl": nl.SENTENCES,
}  # fmt: skip
DOES: dict[str, dict[Verb, str]] = {
    "en": en.DOES, "de": de.DOES, "fr": fr.DOES, "es": es.DOES, "it": it.DOES, "pt": pt.DOES, "nl": nl.DOES,
}  # fmt: skip
LETTERS: dict[str, dict[str, str]] = {
    "en": en.LETTERS, "de": de.LETTERS, "fr": fr.LETTERS, "es": es.LETTERS, "it": it.LETTERS, "pt": pt.LETTERS,
    "nl": nl.LETTERS,
}  # fmt: skip
MODERATION: dict[str, dict[str, str]] = {
    "en": en.MODERATION, "de": de.MODERATION, "fr": fr.MODERATION, "es": es.MODERATION, "it": it.MODERATION,
    "pt": pt.MODERATION, "nl": nl.MODERATION,
}  # fmt: skip
AROUND: dict[str, dict[str, str]] = {
    "en": en.AROUND, "de": de.AROUND, "fr": fr.AROUND, "es": es.AROUND, "it": it.AROUND, "pt": pt.AROUND,
    "nl": nl.AROUND,
}  # fmt: skip
FRAME: dict[str, dict[str, str]] = {
    "en": en.FRAME, "de": de.FRAME, "fr": fr.FRAME, "es": es.FRAME, "it": it.FRAME, "pt": pt.FRAME, "nl": nl.FRAME,
}  # fmt: skip
MONTHS: dict[str, tuple[str, ...]] = {
    "en": en.MONTHS, "de": de.MONTHS, "fr": fr.MONTHS, "es": es.MONTHS, "it": it.MONTHS, "pt": pt.MONTHS,
    "nl": nl.MONTHS,
}  # fmt: skip
DAYS: dict[str, tuple[str, ...]] = {
    "en": en.DAYS, "de": de.DAYS, "fr": fr.DAYS, "es": es.DAYS, "it": it.DAYS, "pt": pt.DAYS, "nl": nl.DAYS,
}  # fmt: skip
