"""Whether the author says that his answers stand in the mail below, as in "see my answers below, in red".

Programs such as Outlook quote without marks, and who types into their quote leaves no trace but such a sentence. It
must be the last thing said above the quote, so that one about a list of his own is none. Bounded by SHORT characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .contact import Writer, signs_off
from .languages import LANGUAGES, forms
from .lines import Line, ascii_only, fold, holds, paragraphs

SHORT, RUNS = 250, 3
"""Characters of a paragraph that points below, and paragraphs looked at, from the last upwards."""

_WORDS = tuple(
    (tuple(map(fold, forms(language.answers))), tuple(map(fold, forms(language.below))))
    for language in LANGUAGES
    if language.below
)
_COLOURS = forms(
    "red|blue|green|purple|orange|pink|yellow|colour|color|rot|blau|grün|gelb|lila|farb|rouge|bleu|vert|couleur|rojo|azul|verde|"
    "rosso|blu|vermelho|rood|blauw|groen|kleur|röd|blå|grön|färg|rød|grøn|grønn|farge|farve|punais|sinis|vihre|czerwon|niebiesk|"
    "zielon|kolor|červen|modr|zelen|barev|barv|красн|син|зелен|цвет|червон|колір|kırmızı|mavi|yeşil|renk|piros|kék|zöld|roșu|albastru|"
    "crven|plav|κόκκιν|μπλε|πράσιν|أحمر|بالأحمر|أزرق|بالأزرق|אדום|כחול|آبی|赤|青|緑|红|紅|蓝|藍|绿|빨간|파란|màu"
)
_END = re.compile(r"[.!?。！？](?:\s|$)|[。！？]")
_PLACES = tuple({place: 0 for _, places in _WORDS for place in places})
_PLACES_ASCII = ascii_only(_PLACES)


def points_below(lines: Sequence[Line], places: Sequence[int], who: Writer) -> bool:
    """Does the last of the author's words at `places` say that he answers further down? His sign-off may follow."""
    runs = paragraphs(lines, places)[-RUNS:]
    for number, run in reversed(list(enumerate(runs))):
        said = [lines[place].text for place in run if not signs_off(lines[place].text, who)]
        if said:
            text = fold(" ".join(said))
            if not number and len(said) == 1 and _greets(text):
                return True
            return len(text) <= SHORT and any(map(_points, _END.split(text)))
    return False


def names_colour(text: str) -> bool:
    """Does a line name a colour, as in "my remarks in red"?"""
    return holds(fold(text), _COLOURS)


def _greets(text: str) -> bool:
    """Is it a salutation? Who says no more above the quote has typed into it."""
    return text.endswith((",", "،", "，")) and len(text) < 40 and 2 <= len(text.split()) <= 4


def _points(sentence: str) -> bool:
    if not holds(sentence, _PLACES_ASCII if sentence.isascii() else _PLACES):
        return False
    return any(holds(sentence, places) and holds(sentence, answers) for answers, places in _WORDS)
