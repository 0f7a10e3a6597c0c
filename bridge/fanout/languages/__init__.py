"""The languages in which commands are answered: a file each, `SENTENCES` by key and `DOES` by verb. Pure."""

from __future__ import annotations

from ...posting.phrases import Verb
from . import de, en, es, fr, it, nl, pt

SENTENCES: dict[str, dict[str, str]] = {
    "en": en.SENTENCES, "de": de.SENTENCES, "fr": fr.SENTENCES, "es": es.SENTENCES, "it": it.SENTENCES,
    "pt": pt.SENTENCES, "nl": nl.SENTENCES,
}  # fmt: skip
DOES: dict[str, dict[Verb, str]] = {
    "en": en.DOES, "de": de.DOES, "fr": fr.DOES, "es": es.DOES, "it": it.DOES, "pt": pt.DOES, "nl": nl.DOES,
}  # fmt: skip
